/** Reads the parts of the data that stand in the page: base64 of gzip, each in a script element of its own. */
import type { Read } from "./model/index.ts";

async function unpacked(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Reads one part out of the page it stands in. */
export const readFromPage: Read = async (part) => {
  const element = document.getElementById(`pack-${part}`);
  if (!element) throw new Error(`the part “${part}” is not in it`);
  return JSON.parse(await unpacked(element.textContent ?? ""));
};
