/** A question typed as a sentence: what is read in it (places, bodies, services, kinds, days), and the views that answer it.
 *
 * Nothing is chosen for the person who asks: what was read is said, with what was not, and each view is offered. */
import type { Body, Day, Hit, Model } from "../model/index.ts";
import { BREAK, trimmed } from "../model/sentence.ts";
import { choosing } from "../kit/parts.tsx";
import { capital, inForceOn, life, listed, nearestDay } from "../kit/words.ts";
import { type State, start } from "../state.ts";
import { daysIn, type SpokenDay } from "./spoken_days.ts";
import { exactly, outwardOf } from "./suggest.ts";
import { sure } from "./sure.ts";

/** One view that may answer. */
export interface Choice {
  name: string;
  more: string;
  state: State;
}

export interface Reading {
  /** What was read, and what was not. */
  said: string;
  choices: Choice[];
}

/** So many views are offered. */
const MOST = 12;
/** So many of one name. */
const NAMESAKES = 4;
/** Days of the longest month. */
const MONTH = 31;
const ASKS = /^(who|whom|whose|which|what|when|where|why|how|is|are|was|were|did|does|do|will|to whom|in which|tell|show)\b|\?\s*$/i;
const NO_WORD = /[^\p{L}\p{N}' -]+/gu;
const PLANS = /\bplan(s|ned)?\b/i;

interface Read {
  places: Hit[];
  bodies: Hit[];
  services: Hit[];
  /** Groups of services, where no single one is named: "Public health". */
  groups: string[];
  kinds: string[];
  days: SpokenDay[];
  /** What is to be said of each name, in the order of the sentence. */
  told: string[];
  /** Places abroad, names that are only near, days of which the page does not tell. */
  beside: string[];
  left: string[];
}

/** What a sentence asks, or null where nothing in it is known. */
export function reading(model: Model, state: State, text: string): Reading | null {
  if (text.trim().split(/\s+/).length < 2) return null;
  const read = readIn(model, text, state.at);
  const choices = [...together(model, state, read), ...ofPlaces(model, state, read), ...ofBodies(model, state, read), ...ofPlans(model, read, text), ...ofKinds(model, state, read)];
  if (!choices.length && !read.beside.length) return null;
  const several = new Map(choices.map((choice) => [`${choice.name} ${choice.more}`, choice]));
  return { said: sentence(read), choices: [...several.values()].slice(0, MOST) };
}

/** Whether a text is read as a question while it is being typed: it asks, or says a day beside a name. */
export function isQuestion(model: Model, text: string): boolean {
  const words = text.trim().split(/\s+/).length;
  return (words > 2 && ASKS.test(text.trim())) || (words > 1 && daysIn(model, text, BREAK).days.length > 0);
}

function readIn(model: Model, text: string, at: Day): Read {
  const spoken = daysIn(model, text, BREAK);
  const read: Read = { places: [], bodies: [], services: [], groups: [], kinds: [], days: spoken.days, told: [], beside: [...spoken.problems], left: [] };
  const { named, rest } = model.within(withoutKinds(model, spoken.words.join(" ")));
  for (const one of named) take(model, read, one.text, one.hits, read.days[0]?.day ?? at);
  for (const run of rest) {
    const { others } = kindsIn(model, run);
    if (!others) continue;
    const abroad = model.abroad(others);
    // A name that is mistyped is looked for as it stands, and without the kind of body beside it.
    const isName = /(^| )[A-Z0-9]/.test(others);
    const near = abroad || !isName ? [] : [run, others].map((one) => model.search(one, 20).filter((hit) => !hit.lesser)).find((found) => found.length) ?? [];
    if (abroad) read.beside.push(abroad);
    else if (near.length) {
      const nearest = near.slice(0, NAMESAKES);
      read.beside.push(`Nothing is called “${others}”; near it ${nearest.length === 1 ? "is" : "are"} ${listed(nearest.map((hit) => hit.name))}.`);
      for (const hit of nearest) sortOf(read, hit).push(hit);
    } else read.left.push(others);
  }
  // Words such as “boards” and “councils” stand outside the runs that are left: they are looked for in the whole.
  for (const kind of kindsIn(model, spoken.words.filter((word) => word !== BREAK).join(" ")).kinds) {
    const inName = named.some((one) => kindsIn(model, one.text).kinds.includes(kind));
    if (!inName && !read.kinds.includes(kind)) read.kinds.push(kind);
  }
  if (!read.services.length) {
    const beside = plainly(named.reduce((words, one) => words.replace(one.text, BREAK), text));
    read.groups = [...new Set(model.main.services.group)].filter((group) => group && beside.includes(` ${group.toLowerCase()} `));
    read.told.push(...read.groups.map((group) => `services of the group ${group}`));
    read.left = read.left.filter((run) => !read.groups.some((group) => group.toLowerCase().includes(run.toLowerCase())));
  }
  if (read.days.length) read.told.push(`${read.days.length > 1 ? "days" : "day"} ${listed(read.days.map((day) => saidDay(model, day)))}`);
  return read;
}

function plainly(text: string): string {
  return ` ${text.toLowerCase().replace(BREAK, ".").replace(NO_WORD, " ").replace(/\s+/g, " ")} `;
}

/** A sentence without the kinds that it names in many: no name goes on over “integrated care boards”. */
function withoutKinds(model: Model, words: string): string {
  const plurals = model.kinds().flatMap((kind) => [kind.plural, ...(kind.short ? [`${kind.short}s`] : [])]);
  const written = plurals.sort((one, other) => other.length - one.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return words.replace(new RegExp(`\\b(${written.join("|")})(?=[\\s?!.,;:]|$)`, "gi"), BREAK);
}

function sortOf(read: Read, hit: Hit): Hit[] {
  return hit.kind === "place" ? read.places : hit.kind === "body" ? read.bodies : read.services;
}

/** Takes one name of the sentence: the thing that is clearly meant, else all that are called so. */
function take(model: Model, read: Read, text: string, hits: Hit[], day: Day): void {
  const taken = sure(model, hits, text, day);
  const meant: Hit[] = taken ? [taken.asPlace ? { ...taken.hit, kind: "place", name: `${text}, the area of ${taken.hit.name}` } : taken.hit] : exactly(hits).slice(0, NAMESAKES);
  for (const hit of meant) sortOf(read, hit).push(hit);
  const sort = meant[0]?.kind ?? "name";
  read.told.push(meant.length > 1 ? `${sort} ${text}, which may be ${listed(meant.map((hit) => hit.name), "or")}` : `${sort} ${meant[0]?.kind === "service" ? meant[0].name : text}`);
}

/** The kinds of body that words name ("CCGs", "integrated care boards", "councils" for both sorts), and the words beside them. */
function kindsIn(model: Model, words: string): { kinds: string[]; others: string } {
  const named = new Map<string, string[]>();
  for (const kind of model.kinds()) {
    if (model.main.kinds.some((one) => one.kind === kind.kind && (one.traits.includes("of_wales") || one.reach === "list"))) continue;
    const last = (label: string) => label.split(" ").at(-1)!;
    for (const name of new Set([kind.plural, kind.label, kind.short && `${kind.short}s`, kind.short, last(kind.plural)])) {
      if (name) named.set(name.toLowerCase(), [...(named.get(name.toLowerCase()) ?? []), kind.kind]);
    }
  }
  let others = ` ${words.replace(NO_WORD, " ")} `;
  const kinds: string[] = [];
  for (const [name, called] of [...named].sort(([one], [other]) => other.length - one.length)) {
    const at = others.toLowerCase().indexOf(` ${name} `);
    if (at < 0) continue;
    others = `${others.slice(0, at)} ${others.slice(at + name.length + 1)}`;
    kinds.push(...called);
  }
  return { kinds: [...new Set(kinds)], others: kinds.length ? trimmed(others.trim().split(/\s+/)).join(" ") : words };
}

const vague = (day: SpokenDay) => day.last > day.day;

function saidDay(model: Model, day: SpokenDay): string {
  return vague(day) ? `${day.text} (from ${model.words(day.day)} on)` : day.text === model.words(day.day) ? day.text : `${day.text} (${model.words(day.day)})`;
}

function sentence(read: Read): string {
  const parts = [read.told.length ? `I read: ${read.told.join("; ")}.` : "", ...read.beside];
  if (read.left.length) parts.push(`Not understood: ${listed(read.left.map((run) => `“${run}”`))}.`);
  return parts.filter(Boolean).join(" ");
}

/** The page as it opens, with the day and the plans that a question about that day needs. */
function onDay(model: Model, state: State, day: Day): State {
  const ahead = day > model.main.meta.today;
  return { ...start(model), view: "explore", at: day, include: { ...state.include, planned: state.include.planned || ahead } };
}

/** The days that are asked of: those that were said, else the one shown. */
function asked(state: State, read: Read): Day[] {
  return read.days.length ? read.days.map((day) => day.day) : [state.at];
}

function when(model: Model, day: Day): string {
  return day > model.main.meta.today ? `on ${model.words(day)}, with what is planned` : `on ${model.words(day)}`;
}

/** Who commissions a service for a place. */
function together(model: Model, state: State, read: Read): Choice[] {
  const places = read.places.length ? read.places : [null];
  const wanted = [...read.services.map((hit) => ({ name: hit.name, service: hit.ref, filter: "" })), ...read.groups.map((group) => ({ name: group, service: null, filter: group }))];
  return wanted.flatMap(({ name, service, filter }) =>
    places.flatMap((place) =>
      asked(state, read).map((day) => ({
        name: place ? `${name}: ${place.name}` : name,
        more: `who commissions ${service ? "it" : "what"}${place ? " there" : ", by kind of body"}, ${when(model, day)}`,
        state: { ...onDay(model, state, day), view: "services" as const, service, filter, place: place?.ref ?? null },
      })),
    ),
  );
}

/** The bodies of a place: on each day, at the end of a year within which its commissioner changed, and two days beside each other. */
function ofPlaces(model: Model, state: State, read: Read): Choice[] {
  return read.places.flatMap((place) => {
    const view = (day: Day): Choice => ({ name: place.name, more: `its bodies ${when(model, day)}`, state: { ...onDay(model, state, day), place: place.ref } });
    const made = asked(state, read).map(view);
    for (const day of read.days) if (vague(day) && changes(model, place, day)) made.push({ ...view(day.last), more: `its bodies ${when(model, day.last)}: its commissioner changed within ${day.text}` });
    const [first, second] = asked(state, read).sort((one, other) => one - other);
    if (first !== undefined && second !== undefined) {
      const beside = { ...onDay(model, state, second), view: "services" as const, place: place.ref, at: first, and: second };
      made.push({ name: place.name, more: `who commissioned what on ${model.words(first)} and on ${model.words(second)}, side by side`, state: beside });
    }
    return made;
  });
}

/** Whether another body commissions for a place at the end of a stretch than at its beginning, as far as that is read. */
function changes(model: Model, place: Hit, days: SpokenDay): boolean {
  const whole = outwardOf(place.ref);
  if (whole && !model.has(`postcodes/${whole}`)) return false;
  const role = model.main.roles[0]?.role;
  const [one, other] = [days.day, days.last].map((day) =>
    model.place(place.ref, day) ? model.find(place.ref, day, { planned: day > model.main.meta.today, proposed: false }).bodies.filter((found) => found.role === role).map((found) => found.body).join(" ") : "",
  );
  return one !== other;
}

/** A body on each day; where it was not there then, on the nearest day of its life, which is said. */
function ofBodies(model: Model, state: State, read: Read): Choice[] {
  return read.bodies.flatMap((hit) => {
    const body = model.body(hit.ref);
    if (body === undefined) return [];
    return asked(state, read).map((day) => ({
      name: hit.name,
      more: `${model.kindLabel(model.kind(body))}, ${life(model, body)}; ${bodyDay(model, body, day)}`,
      state: choosing(model, { ...onDay(model, state, day), kind: null }, body),
    }));
  });
}

function bodyDay(model: Model, body: Body, day: Day): string {
  if (inForceOn(model, body, day)) return `shown ${when(model, day)}`;
  const near = nearestDay(model, body, day);
  const until = model.until(body);
  return `not there on ${model.words(day)}: shown on its ${until !== null && until <= day ? "last" : "first"} day, ${model.words(near)}`;
}

/** The plans ahead, of the year and the names that were said. */
function ofPlans(model: Model, read: Read, text: string): Choice[] {
  if (!PLANS.test(text)) return [];
  const year = /(\d{4})/.exec(read.days[0]?.text ?? "")?.[1] ?? "";
  const about = [...read.places, ...read.bodies].map((hit) => (hit.name.split(/,/)[0] ?? ""));
  return (about.length ? about : [""]).map((name) => ({
    name: `Plans ${[name && `about ${name}`, year && `for ${year}`].filter(Boolean).join(" ") || "ahead"}`,
    more: "each with its day, how sure it is, and who said so",
    state: { ...start(model), view: "plans" as const, filter: [name, year].filter(Boolean).join(" ") },
  }));
}

/** The bodies of a kind on a day, and what changed; only where no place, body or service is named. */
function ofKinds(model: Model, state: State, read: Read): Choice[] {
  if (read.places.length || read.bodies.length || read.services.length || read.groups.length) return [];
  const days = asked(state, read);
  if (!read.kinds.length && !read.days.length) return [];
  const there = read.kinds.filter((kind) => days.some((day) => model.inForce(kind, day, onDay(model, state, day).include).length > 1));
  const kinds: (string | null)[] = there.length ? there : read.kinds.length ? read.kinds : [null];
  return kinds.flatMap((kind) => {
    const name = kind === null ? "England" : capital(model.kindLabel(kind, true));
    const view = (day: Day): Choice => ({
      name,
      more: `${kind === null ? "the map" : "all of them"} ${when(model, day)}`,
      state: { ...onDay(model, state, day), kind, tab: kind === null ? ("map" as const) : ("table" as const) },
    });
    const made = days.map(view);
    // Of a year or month within which bodies began or ended, its last day, too.
    const there = (day: Day) => (kind === null ? [] : model.inForce(kind, day, onDay(model, state, day).include)).join(" ");
    const moved = read.days.filter((day) => vague(day) && (kind === null ? day.last - day.day > MONTH : there(day.day) !== there(day.last)));
    if (kind !== null) made.push(...moved.map((day) => view(day.last)));
    const [first, second] = days.length > 1 ? [...days].sort((one, other) => one - other) : read.days.length ? [days[0]! - 1, moved[0]?.last ?? days[0]!] : [];
    if (first !== undefined && second !== undefined) {
      made.push({ name, more: `what changed between ${model.words(first)} and ${model.words(second)}`, state: { ...onDay(model, state, second), view: "compare", kind, at: first, and: second } });
    }
    return made;
  });
}
