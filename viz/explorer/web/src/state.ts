/** The one state of the page, and its address: what stands after the `#` says all of it. */
import { type Body, type Day, type Include, type Model, NotRead } from "./model/index.ts";
import { nearestDay } from "./kit/words.ts";
import { sure } from "./search/sure.ts";

export const VIEWS = ["start", "explore", "compare", "body", "services", "walks", "plans", "about"] as const;
export const TABS = ["map", "structure", "services", "walks", "lineage", "table"] as const;
export type View = (typeof VIEWS)[number];
export type Tab = (typeof TABS)[number];

/** The middle of the map in longitude and latitude, and how many times larger than all England. */
export interface Zoom {
  x: number;
  y: number;
  k: number;
}

export interface State {
  view: View;
  at: Day;
  /** The second day, if two are compared. */
  and: Day | null;
  /** The kind of body on the map and in the table. */
  kind: string | null;
  body: Body | null;
  /** What `model.place` knows it by. */
  place: string | null;
  service: string | null;
  /** The case that is walked, and the practice on whose list the person is, as `model.place` knows it. */
  walk: string | null;
  practice: string | null;
  tab: Tab;
  include: Include;
  filter: string;
  zoom: Zoom | null;
}

/** Goes to a state; with "replace" no step for Back is made (for what follows a hand: slider, zoom). */
export type Go = (change: Partial<State>, how?: "push" | "replace") => void;

/** What an address says, and in words what of it is not understood. */
export interface Read {
  state: State;
  problems: string[];
  /** The day that it asks for and the page cannot show: then no other day is shown in its place. */
  noDay?: NoDay;
}

export interface NoDay {
  /** One of the problems. */
  words: string;
  which: "at" | "and";
}

const KEYS = ["view", "at", "day", "and", "kind", "body", "place", "service", "walk", "practice", "tab", "include", "filter", "zoom"];
const LONGEST = 120;

/** The page as it opens. */
export function start(model: Model): State {
  return {
    view: "start",
    at: model.main.meta.today,
    and: null,
    kind: null,
    body: null,
    place: null,
    service: null,
    walk: null,
    practice: null,
    tab: "map",
    include: { planned: false, proposed: false },
    filter: "",
    zoom: null,
  };
}

/** The kind that is shown if none is chosen: the local commissioners of the day. */
export function usualKind(model: Model, at: Day, include: Include): string | null {
  if (!model.has("topology")) throw new NotRead("topology");
  const mapped = model.kinds().filter((kind) => kind.layers);
  const local = new Set(model.main.kinds.filter((kind) => kind.traits.includes("local_commissioner")).map((kind) => kind.kind));
  const there = (kind: { kind: string }) => model.inForce(kind.kind, at, include).length > 1;
  const kinds = model.kinds().filter((kind) => local.has(kind.kind));
  return (kinds.find(there) ?? mapped.find(there) ?? mapped[0])?.kind ?? null;
}

function quoted(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `“${short.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ")}”`;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day in `YYYY-MM-DD`, or null if that is no day of the calendar. */
export function isoDay(model: Model, text: string): Day | null {
  if (!DAY.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return null;
  return model.day(text) ?? null;
}

/** In words that the page tells nothing of a day; "" if it does. */
export function outsideOf(model: Model, day: Day): string {
  const { firstDay, lastDay } = model.main.meta;
  return day < firstDay || day > lastDay ? `This page tells of ${model.words(firstDay)} to ${model.words(lastDay)}.` : "";
}

function readZoom(text: string): Zoom | null {
  const match = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?),(\d{1,4}(?:\.\d{1,4})?)$/.exec(text);
  if (!match) return null;
  const [x, y, k] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return k >= 0.5 && k <= 1000 && x >= -10 && x <= 5 && y >= 48 && y <= 62 ? { x, y, k } : null;
}

/** The view that an address means which names none. */
function impliedView(state: Omit<State, "view">, asked: URLSearchParams): View {
  if (state.and !== null) return "compare";
  if (state.body !== null) return "body";
  if (state.service !== null) return "services";
  if (state.walk !== null) return "walks";
  return [...asked.keys()].some((key) => KEYS.includes(key)) ? "explore" : "start";
}

/** Reads the part of an address after `#`. What is not understood is left out and said, never guessed.
 *
 * Throws the model's `NotRead` if the address names what stands in a part of the data that is not read yet. */
export function read(hash: string, model: Model): Read {
  const state = start(model);
  const problems: string[] = [];
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const once = (key: string): string | null => {
    const all = asked.getAll(key);
    if (all.length > 1 && new Set(all).size > 1) {
      problems.push(`The link says “${key}” more than once, so none of them is taken.`);
      return null;
    }
    return all[0] || null;
  };
  const refuse = (what: string, text: string) => problems.push(`The link asks for ${what} ${quoted(text)}, which this page does not know.`);

  for (const key of new Set(asked.keys())) {
    if (!KEYS.includes(key)) problems.push(`The link says ${quoted(key)}, which this page does not understand.`);
  }

  let noDay: NoDay | undefined;
  const refuseDay = (words: string, which: NoDay["which"]) => {
    if (!problems.includes(words)) problems.push(words);
    noDay ??= { words, which };
    return null;
  };
  const day = (key: string, which: NoDay["which"] = "at"): Day | null => {
    const before = problems.length;
    const text = once(key);
    if (text === null) return problems.length > before ? refuseDay(problems[before]!, which) : null;
    const found = isoDay(model, text);
    if (found === null) return refuseDay(`The link asks for the day ${quoted(text)}, which is ${DAY.test(text) ? "no day of the calendar" : "not a day written like 2013-04-01"}.`, which);
    const outside = outsideOf(model, found);
    return outside ? refuseDay(`The link asks for ${model.words(found)}. ${outside}`, which) : found;
  };
  const at = day("at");
  const alias = day("day");
  if (at !== null && alias !== null && at !== alias) refuseDay("The link names two different days for one view.", "at");
  else state.at = at ?? alias ?? state.at;
  state.and = day("and", "and");

  const kind = once("kind");
  if (kind !== null) {
    if (model.kinds().some((known) => known.kind === kind)) state.kind = kind;
    else refuse("a kind of body named", kind);
  }
  const body = once("body");
  if (body !== null) {
    state.body = model.body(body) ?? null;
    // Practices stand in a part of their own: nothing is unknown before that is read.
    if (state.body === null && !model.has("practices")) throw new NotRead("practices");
    if (state.body === null && body.startsWith("ods:")) {
      problems.push(`The link asks for ${quoted(body)}, which only the register of organisations has: it is not in this page. Where the register is loaded, orgmap show and orgmap serve tell what it is.`);
    } else if (state.body === null) refuse("a body with the code", body);
  }
  const place = once("place");
  if (place !== null) {
    const known = model.place(place);
    const why = model.whyNot(place);
    if (!known && !model.has("practices")) throw new NotRead("practices");
    // Words that the box above would take without asking are taken here, too: “Thanet”.
    const taken = known || why ? null : sure(model, model.search(place), place, state.at);
    const meant = known ? place : taken && model.place(taken.hit.ref) ? taken.hit.ref : null;
    if (meant !== null) state.place = meant;
    if (why) problems.push(why);
    else if (meant === null) problems.push(`The link asks for a place named ${quoted(place)}: this page knows none of that name, or more than one. Type it into the box above.`);
  }
  const service = once("service");
  if (service !== null) {
    if (model.service(service)) state.service = service;
    else refuse("a service named", service);
  }
  const walk = once("walk");
  if (walk !== null) {
    if (model.main.walks.some((one) => one.id === walk)) state.walk = walk;
    else refuse("a case to walk named", walk);
  }
  const practice = once("practice");
  if (practice !== null) {
    if (!model.has("practices")) throw new NotRead("practices");
    state.practice = practiceOf(model, practice);
    if (state.practice === null) refuse("a practice with the code", practice);
  }
  const tab = once("tab");
  if (tab !== null) {
    if ((TABS as readonly string[]).includes(tab)) state.tab = tab as Tab;
    else refuse("a tab named", tab);
  }
  for (const word of (once("include") ?? "").split(",").filter(Boolean)) {
    if (word === "planned" || word === "proposed") state.include[word] = true;
    else refuse("what is", word);
  }
  state.filter = (once("filter") ?? "").slice(0, LONGEST);
  const zoom = once("zoom");
  if (zoom !== null) {
    state.zoom = readZoom(zoom);
    if (!state.zoom) refuse("a part of the map written", zoom);
  }
  const view = once("view");
  if (view !== null && (VIEWS as readonly string[]).includes(view)) state.view = view as View;
  else {
    if (view !== null) refuse("a view named", view);
    state.view = impliedView(state, asked);
  }
  if (state.body !== null && at === null && alias === null && state.and === null) onItsDay(model, state, state.body);
  if (state.view === "body" && state.body === null) state.view = problems.length ? "explore" : "start";
  // A view that shows no day can stand beside what is wrong with it.
  return { state, problems, ...(noDay && state.view !== "about" ? { noDay } : {}) };
}

/** The practice that a code means, as the address keeps it; null if there is none. */
export function practiceOf(model: Model, code: string): string | null {
  const place = model.place(code);
  const body = place && model.body(place.ref);
  return body !== undefined && model.main.kinds.some((kind) => kind.kind === model.kind(body) && kind.reach === "list") ? model.id(body) : null;
}

/** A body that is named without a day is shown on one on which it is there: its last one, or that on which it is to begin. */
function onItsDay(model: Model, state: State, body: Body): void {
  const { opened } = model.main;
  const status = model.status(body);
  if (opened.planned.includes(status)) state.include.planned = true;
  if (opened.proposed.includes(status)) state.include.proposed = true;
  state.at = nearestDay(model, body, state.at);
}

/** The day that an address means which names none; null where it must name one. */
function dayLeftOut(model: Model, { body, and }: State): Day | null {
  const { meta, opened } = model.main;
  if (body === null || and !== null) return meta.today;
  const plan = [...opened.planned, ...opened.proposed].includes(model.status(body));
  return plan ? null : nearestDay(model, body, meta.today);
}

const round = (value: number, digits: number) => String(Number(value.toFixed(digits)));

/** The address of a state, with its `#`; what is as the page opens is left out. */
export function write(state: State, model: Model): string {
  const asked: [string, string][] = [];
  const put = (key: string, text: string | null) => {
    if (text) asked.push([key, text]);
  };
  put("body", state.body === null ? null : model.id(state.body));
  put("place", state.place);
  put("service", state.service);
  put("walk", state.walk);
  put("practice", state.practice);
  put("kind", state.kind);
  put("at", state.at === dayLeftOut(model, state) ? null : model.iso(state.at));
  put("and", state.and === null ? null : model.iso(state.and));
  put("tab", state.tab === "map" ? null : state.tab);
  put("include", [state.include.planned && "planned", state.include.proposed && "proposed"].filter(Boolean).join(","));
  put("filter", state.filter);
  put("zoom", state.zoom && `${round(state.zoom.x, 4)},${round(state.zoom.y, 4)},${round(state.zoom.k, 2)}`);
  const implied = impliedView(state, new URLSearchParams(asked));
  if (state.view !== implied) asked.unshift(["view", state.view]);
  const plain = (text: string) => encodeURIComponent(text).replace(/%(3A|2C|20)/g, (code) => ({ "%3A": ":", "%2C": ",", "%20": "+" })[code] ?? code);
  return `#${asked.map(([key, text]) => `${key}=${plain(text)}`).join("&")}`;
}
