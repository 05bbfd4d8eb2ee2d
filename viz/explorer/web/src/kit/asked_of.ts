/** The server that gave the page, if one did: what the page cannot tell is asked there. */

/** The address of the server's questions, "/api"; "" where the page was opened from a file. */
export function apiAddress(): string {
  return typeof document === "undefined" ? "" : (document.querySelector<HTMLMetaElement>('meta[name="orgmap-api"]')?.content ?? "");
}

/** The address of a question of the server. */
export function questionAddress(api: string, question: string, asked: readonly (readonly [string, string])[]): string {
  return `${api}/${question}?${new URLSearchParams(asked.map(([name, value]) => [name, value]))}`;
}
