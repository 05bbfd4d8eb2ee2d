/** What Enter takes without asking, as `orgmap find` would; where that is not sure, nothing. */
import type { Day, Hit, Model } from "../model/index.ts";

/** What is taken: a body, or what it stands for as a place. */
export interface Taken {
  hit: Hit;
  asPlace: boolean;
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** Without lists of patients and mere entries, unless nothing else has the name. */
export function meantFirst(hits: readonly Hit[]): Hit[] {
  const first = hits.filter((hit) => !hit.lesser);
  return first.length ? first : [...hits];
}

/** What is meant by a text on a day, or null: then the page asks. */
export function sure(model: Model, hits: readonly Hit[], text: string, day: Day): Taken | null {
  const typed = plain(text);
  const exact = meantFirst(hits.filter((hit) => hit.exact));
  const take = (hit: Hit | undefined | null, asPlace = false): Taken | null => (hit ? { hit, asPlace } : null);
  const clear = (list: readonly Hit[]) => {
    const [best, next] = [...list].sort((a, b) => b.score - a.score);
    return best && (!next || best.score - next.score > 0.4) ? best : null;
  };
  if (!exact.length) return hits.length === 1 && plain(hits[0]?.name ?? "").includes(typed) ? take(hits[0]) : null;
  if (/[\d:]/.test(text)) return take(clear(exact));
  const every = exact.filter((hit) => hit.kind === "place");
  const named = every.filter((hit) => plain(hit.name.split(",")[0] ?? "") === typed || plain(hit.name) === typed);
  const places = named.length ? named : every;
  const bodies = exact.filter((hit) => hit.kind === "body" && hit.score < 900);
  const whole = bodies.filter((hit) => plain(hit.name) === typed);
  if (whole.length && !places.length) return take(clear(whole));
  const known = model.meant(text, day);
  if (known !== undefined) return known && { hit: known, asPlace: known.kind === "body" };
  if (places.length) return take(places.length === 1 ? places[0] : null);
  if (bodies.length) return take(clear(bodies));
  const services = exact.filter((hit) => hit.kind === "service");
  return services.length ? take(clear(services)) : take(clear(exact));
}
