/** What Enter takes without asking, as `orgmap find` would; where that is not sure, nothing. */
import type { Hit, Model } from "../model/index.ts";

/** What is taken: a body, or what it stands for as a place. */
export interface Taken {
  hit: Hit;
  asPlace: boolean;
}

/** Of two alike the one with so many times the people is meant: a step of the scores, which are logarithms. */
const CLEARLY = Math.log10(5) - 0.01;
/** Places of less are known by a part of their name only, or by another. */
const OWN_NAME = 706.5;
const STYLE = new Set("council county borough city district metropolitan royal london unitary of the and".split(" "));

const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** A council that is called so but for words of its style: "Thanet District Council" is Thanet's. */
function isOwnCouncil(model: Model, hit: Hit, typed: string): boolean {
  const body = model.body(hit.ref);
  if (body === undefined || model.until(body) !== null) return false;
  if (!traits(model, hit).includes("local_authority")) return false;
  const name = plain(hit.name);
  const rest = ` ${name} `.replace(` ${typed} `, " ").trim();
  return rest !== name && rest.split(" ").every((word) => STYLE.has(word)) && name.startsWith(typed);
}

function traits(model: Model, hit: Hit): string[] {
  const body = model.body(hit.ref);
  const kind = body === undefined ? "" : model.kind(body);
  return model.main.kinds.find((one) => one.kind === kind)?.traits ?? [];
}

function first(name: string): string {
  return plain(name.split(",")[0] ?? "");
}

/** The one of several places that is clearly meant. */
function meant(places: readonly Hit[], typed: string): Hit | null {
  const named = places.filter((hit) => first(hit.name) === typed || plain(hit.name) === typed || plain(hit.ref) === typed);
  const [best, next] = [...(named.length ? named : places)].sort((a, b) => b.score - a.score);
  if (!best || (!named.length && best.score < OWN_NAME)) return null;
  if (!next || best.score - next.score >= CLEARLY) return best;
  // The town that gives its council the name is meant before another of that name.
  const own = (hit: Hit) => plain(hit.name) === `${typed} ${typed}`;
  const givers = named.filter(own);
  return givers.length === 1 ? (givers[0] ?? null) : null;
}

/** Without lists of patients and mere entries, unless nothing else has the name. */
export function meantFirst(hits: readonly Hit[]): Hit[] {
  const first = hits.filter((hit) => !hit.lesser);
  return first.length ? first : [...hits];
}

/** What is meant by a text, or null: then the page asks. */
export function sure(model: Model, hits: readonly Hit[], text: string): Taken | null {
  const typed = plain(text);
  const exact = meantFirst(hits.filter((hit) => hit.exact));
  const take = (hit: Hit | undefined | null, asPlace = false): Taken | null => (hit ? { hit, asPlace } : null);
  const clear = (list: readonly Hit[]) => {
    const [best, next] = [...list].sort((a, b) => b.score - a.score);
    return best && (!next || best.score - next.score > 0.4) ? best : null;
  };
  if (!exact.length) return hits.length === 1 && plain(hits[0]?.name ?? "").includes(typed) ? take(hits[0]) : null;
  if (/[\d:]/.test(text)) return take(clear(exact));
  const places = exact.filter((hit) => hit.kind === "place");
  const bodies = exact.filter((hit) => hit.kind === "body" && hit.score < 900);
  const whole = bodies.filter((hit) => plain(hit.name) === typed);
  if (whole.length && !places.length) return take(clear(whole));
  const council = bodies.find((hit) => isOwnCouncil(model, hit, typed));
  const place = meant(places, typed);
  // “Newcastle” is upon Tyne or under Lyme: a longer name that is called so for short is asked about.
  const longer = places.some((hit) => first(hit.name).startsWith(`${typed} `));
  if (council && !longer && plain(council.name) !== typed) {
    const inside = traits(model, council).includes("only_inside");
    // A district of a town's name: the town is meant, unless it is known by another name.
    if (!inside || !place || place.score < 709) return take(council, true);
  }
  if (places.length) return take(place);
  if (bodies.length) return take(clear(bodies));
  const services = exact.filter((hit) => hit.kind === "service");
  return services.length ? take(clear(services)) : take(clear(exact));
}
