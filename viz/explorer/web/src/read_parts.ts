/** Reads the parts of the data that stand in the page: base64 of gzip, each in a script element of its own. */
import type { Ask, Read, Shard } from "./model/index.ts";

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

const told = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";

/** Who can be asked for whole postcodes: the server that gave the page, the files beside it, or nobody. */
export function postcodesAsked(): Ask | undefined {
  const [api, files] = [told("orgmap-api"), told("orgmap-postcodes")];
  if (!api && !files) return undefined;
  return async (outcode) => {
    const got = await fetch(api ? `${api}/postcodes/${outcode}` : `${files}${outcode}.json`, { headers: { Accept: "application/json" } });
    if (got.ok) return (await got.json()) as Shard;
    if (got.status !== 404) throw new Error(`asked for ${outcode}: ${got.status}`);
    const said: unknown = await got.json().catch(() => null); // a host of files says it in a page of its own
    const detail = (said as { detail?: unknown } | null)?.detail;
    return typeof detail === "string" ? detail : "";
  };
}
