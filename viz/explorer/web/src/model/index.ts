/** What the page may ask of its data. The panels, the map and the slider use only this file. */

import type { BoardOnDay } from "./boards";
import type { CaseOfBody } from "./cases";
import type { DueStep } from "./due";
import type { Needed } from "./not_read";
import type { Body, Day, Main, PartName } from "./pack";
import type { WalkAsked, Walked } from "./walks";

export type { Body, Day, PartName, Parts } from "./pack";

/** Which plans to show beside what is in force. */
export interface Include {
  planned: boolean;
  proposed: boolean;
}
export const IN_FORCE: Include = { planned: false, proposed: false };

/** Where a fact is from; `url` is "" where the source has no address. */
export interface Source {
  id: string;
  title: string;
  publisher: string;
  url: string;
  licence: string;
  locator: string;
}

export interface Succession {
  /** The other body; null where none is named. */
  other: Body | null;
  day: Day | null;
  /** How exactly the day is known: "" to the day, "month", "year". */
  precision: string;
  /** "merged", "split", "boundary changed" … */
  how: string;
  /** What that means, where nobody ends by it: "Bodies come under one management and stay legal bodies." */
  meaning: string;
  /** The share of the predecessor that passed, 0 to 1; null where no table weighs it. */
  weight: number | null;
  /** What the weight counts: "practices". */
  counts: string;
  basis: string;
  about: string;
  /** So little passed that nothing was taken over: told last, folded. */
  stray: boolean;
  /** The body itself goes on: area or practices passed, nobody took over. */
  goesOn: boolean;
  status: string;
  note: string;
  event: string;
  sources: Source[];
}

export interface Step {
  verb: string;
  about: string;
  basis: string;
  other?: Body;
  /** The other end in words, where no single body is known: "NHS trusts". */
  otherText: string;
  /** The whole sentence: "NHS Kent CCG is accountable to NHS England". */
  text: string;
  /** "up": to whom the body answers; "down": who answers to it; "beside": neither. */
  direction: "up" | "down" | "beside";
  /** How many steps above the body itself it stands: 0 is the body's own, 1 that of whom it answers to. */
  depth: number;
  /** "may": it held for some such bodies, and nobody says for which. */
  holds: "yes" | "may";
  status: string;
  from: Day | null;
  until: Day | null;
  note: string;
  sources: Source[];
}

export interface Commissioned {
  service: string;
  serviceName: string;
  /** The body through which others act, if it commissions so. */
  through?: string;
  population: string;
  basis: string;
  status: string;
  holds: "yes" | "may";
  from: Day | null;
  until: Day | null;
  note: string;
  sources: Source[];
}

export interface Members {
  kind: string;
  label: string;
  /** No mere entry in a register that stands among practices. */
  proper: boolean;
  bodies: Body[];
}

/** One body of a place, as `orgmap find` tells it. */
export interface Found {
  role: string;
  roleLabel: string;
  body: Body;
  name: string;
  from: Day | null;
  until: Day | null;
  /** 1 where the body has all of the place. */
  share: number;
  /** What the share counts, "" where it is all. */
  shareOf: string;
  basis: string;
  note: string;
  status: string;
  sources: Source[];
  /** The day is to come, and the tables know nothing newer of it. */
  lastKnown?: boolean;
  /** The plan that is to end it, where plans are asked for. */
  toEnd?: PlannedEnd | undefined;
}

/** The plan by which a body is to end. */
export interface PlannedEnd {
  event: string;
  day: Day | null;
  precision: string;
  status: string;
  /** Who is to take over; none where the plan names nobody. */
  to: Body[];
  statedOn: Day | null;
  saidBy: string;
  sources: Source[];
}

/** One answer of who commissions a service, as `orgmap who` tells it. */
export interface Who {
  service: string;
  serviceName: string;
  commissioner: Body;
  through: Body[];
  /** Who answers in law, the first one first. */
  accountable: Body[];
  onBehalfOf: Body[];
  supportedBy: Body[];
  population: string;
  /** The population's own word, by which one tells whether a list or the place decides. */
  people: string;
  basis: string;
  status: string;
  statedOn: Day | null;
  share: number;
  shareOf: string;
  verified: boolean;
  from: Day | null;
  until: Day | null;
  notes: string[];
  note: string;
  sources: Source[];
}

/** A service with its answers for a place; `why` says why there is none. */
export interface ServiceAnswer {
  service: string;
  name: string;
  group: string;
  description: string;
  answers: Who[];
  why: string;
  /** How many statements a plan alone makes that is not shown, in a sentence of the command; "" if none. */
  hidden: string;
}

/** Somewhere in England; `ref` is what the address keeps and what the command line takes. */
export interface Place {
  ref: string;
  name: string;
  kind: string;
  described: string;
  /** Degrees; null where nothing tells where it is. */
  x: number | null;
  y: number | null;
  estimated: boolean;
  notes: string[];
}

export interface Answer {
  place: Place;
  day: Day;
  bodies: Found[];
  notes: string[];
  /** How many planned changes until the day are not shown. */
  leftOut?: number;
}

export interface LayerArea {
  body: Body;
  /** A GeoJSON feature (longitude and latitude), ready for d3-geo. */
  feature: { type: "Feature"; properties: { id: string }; geometry: { type: "MultiPolygon"; coordinates: number[][][][] } };
  /** 0 to 5; neighbours differ. */
  colour: number;
  label: [number, number];
  estimated: boolean;
  /** From whose outlines it was joined; "" where it is a published one. */
  joined: string;
  /** What a plan says of the body, in a few words: "conditional, not law"; "" where none does. */
  plan: string;
  /** The same as a sentence's end: "is to end on 2027-04-01: planned, not law". */
  planSentence: string;
  /** The plan's day has come on the day shown: drawn dashed. */
  dashed: boolean;
  /** The plan would make the body (else it is to end). */
  begins: boolean;
  /** It is to end by a plan, and what the plan would make lies over it. */
  covered: boolean;
  /** What a plan leaves open of the area. */
  unsettled: string;
}

export interface Layer {
  /** The kind drawn: the one asked for, or the one in its place on the day. */
  kind: string;
  day: Day;
  /** The days on which the same areas are drawn: for them the same object comes back but for `day` and `note`. */
  from: Day;
  until: Day | null;
  areas: LayerArea[];
  /** The borders between areas, each once, and the outer line. */
  mesh: { type: "MultiLineString"; coordinates: number[][][] };
  outer: { type: "MultiLineString"; coordinates: number[][][] };
  /** Bodies of the kind on the day whose outline no table has. */
  gaps: Body[];
  estimated: boolean;
  /** What must be said below the map; "" if nothing. */
  note: string;
}

export interface Change {
  day: Day;
  label: string;
  kind: "reform" | "plan";
  id: string;
  status: string;
  /** How exactly the day is known: "" to the day, "month", "year". */
  precision: string;
  statedOn: Day | null;
  saidBy: string;
  condition: string;
  /** Bodies that a plan is about. */
  about: Body[];
  /** Kinds of which a plan is about all bodies. */
  aboutKinds: string[];
  note: string;
  sources: Source[];
}

/** A plan as it was said last; its day is null where none was said. */
export type Plan = Omit<Change, "day"> & { day: Day | null };

export interface Passing {
  from: Body[];
  to: Body[];
  how: string;
  day: Day | null;
  /** [from, to, weight] of those pairs that a table weighs. */
  weights: [Body, Body, number | null][];
  /** Pairs of strays, folded. */
  strays: [Body, Body, number | null][];
  /** Pairs with a body of another kind, where no body of the kind took over or was before. */
  beyond: [Body, Body, number | null][];
  status: string;
  sources: Source[];
}

export interface Diff {
  /** The kind itself, or the one that stood in its place on a day. */
  kindBefore: string;
  kindAfter: string;
  before: Body[];
  after: Body[];
  changes: Passing[];
  renamed: Body[];
  /** Bodies that are on both days. */
  unchanged: Body[];
  headline: string;
}

export interface Hit {
  kind: "place" | "body" | "service";
  /** A place's `ref`, a body's id, a service's id. */
  ref: string;
  name: string;
  described: string;
  score: number;
  /** It has exactly this name or code. */
  exact: boolean;
  /** An entry of a register, or a list of patients: meant only where nothing else is called so. */
  lesser?: boolean;
}

/** Gives one part of the pack as it was written; the page reads it from its own HTML, a test from a file. */
export type Read = (part: PartName) => Promise<unknown>;

/** The graph in the page. What needs a part that is not read yet throws `NotRead`; `need` reads it. */
export interface Model {
  readonly main: Main;
  /** Reads parts; at once where they are read already. `main` is read before the model is there. */
  need(...parts: Needed[]): Promise<void>;
  has(part: Needed): boolean;

  day(iso: string): Day | undefined;
  iso(day: Day): string;
  /** "1 June 2016" */
  words(day: Day, precision?: string): string;
  /** The days that a body's life or a fact held: "1 April 2013 to 31 March 2020". */
  span(from: Day | null, until: Day | null): string;

  body(id: string): Body | undefined;
  id(body: Body): string;
  kind(body: Body): string;
  /** The name of the day; without a day the last one. */
  name(body: Body, day?: Day): string;
  names(body: Body): { name: string; use: string; from: Day | null; until: Day | null }[];
  from(body: Body): Day | null;
  until(body: Body): Day | null;
  /** Its life in words, as exactly as it is known. */
  life(body: Body): string;
  /** "in_force", or what a plan alone knows: "planned", "enacted" … */
  status(body: Body): string;
  /** What it is on a day: "in_force", "shadow" or a plan's status; undefined if it is not there. */
  statusOn(body: Body, day: Day, include: Include): string | undefined;
  /** The status in words: "planned". */
  statusWords(status: string): string;
  codes(body: Body, day?: Day): { scheme: string; code: string }[];
  note(body: Body): string;
  /** Who knows of it, and who gives its names and codes. */
  sources(body: Body): Source[];
  isThere(body: Body, day: Day, include: Include): boolean;
  /** The label of a kind: "clinical commissioning group", in many "clinical commissioning groups". */
  kindLabel(kind: string, many?: boolean): string;

  /** Kinds that have bodies, in order of tiers; `layers` says whether there are outlines on some day. */
  kinds(): { kind: string; label: string; plural: string; short: string; tier: string; description: string; colour: string; layers: boolean }[];
  inForce(kind: string, day: Day, include: Include): Body[];
  /** The same without those that a plan which is shown is to have ended by then. */
  standing(kind: string, day: Day, include: Include): Body[];
  cameFrom(body: Body, include: Include): Succession[];
  became(body: Body, include: Include): Succession[];
  answersTo(body: Body, day: Day, include: Include): Step[];
  commissions(body: Body, day: Day, include: Include): Commissioned[];
  /** What is part or a member of a body, by kind; GP practices proper first (they need the part `practices`). */
  members(body: Body, day: Day, include: Include): Members[];
  /** The councils of a body's area by kind, each with the share of its people that lives there. */
  councils(body: Body, day: Day, include: Include): { kind: string; label: string; rows: Found[] }[];
  /** What it is part or a member of. */
  /** Who sits on its boards on a day, and what they may do. */
  boards(body: Body, day: Day, include: Include): BoardOnDay[];
  /** What it applied for, or was made by, and how that was decided. */
  cases(body: Body): CaseOfBody[];
  /** What it has to do by programmes, as had been said by a day. */
  due(body: Body, day: Day): DueStep[];
  above(body: Body, day: Day, include: Include): { body: Body; verb: string; text: string; sources: Source[] }[];

  /** A place by what the address keeps: an outcode, a place's words, the id or code of a practice or body. */
  place(ref: string, day?: Day): Place | undefined;
  /** What to type to mean the other places of its name and sort: "Ashford, Spelthorne (town)". */
  namesakes(ref: string): string[];
  /** In words why a whole postcode that was asked for is no place, or only its outcode; "" where there is no such reason. */
  whyNot(ref: string): string;
  find(place: string | Place, day: Day, include: Include): Answer;
  /** All that `find` says over all days: from when on which bodies. */
  history(place: string | Place, include: Include): { from: Day; until: Day | null; bodies: Found[] }[];
  who(service: string, place: string | Place, day: Day, include: Include): ServiceAnswer;
  /** A case walked step by step for who lives at a place, or is on a practice's list, on a day or on two. */
  walk(asked: WalkAsked): Walked;
  /** Every service for a place, by group. */
  services(place: string | Place, day: Day, include: Include): ServiceAnswer[];
  service(id: string): { id: string; name: string; group: string; description: string } | undefined;

  /** The areas of a kind on a day, or null where the tables have none; of the kind in its place if it had not begun. */
  layer(kind: string, day: Day, include: Include): Layer | null;
  /** The largest towns, the largest first; `people` only ranks. */
  towns(): { name: string; x: number; y: number; people: number }[];
  /** The days on which a kind has outlines: [from, until][] without breaks. */
  layerDays(kind: string): [Day, Day | null][];
  /** The body of a kind that has a place (the largest part of it) on a day. */
  bodyAt(place: string | Place, kind: string, day: Day, include: Include): Body | undefined;

  changes(): Change[];
  diff(kind: string, before: Day, after: Day, include: Include): Diff;
  /** The sentence on top: what there is on a day, or what changed between two. */
  headline(kind: string, day: Day, and?: Day, include?: Include): string;

  search(text: string, limit?: number): Hit[];
  /** What the command takes a name for on a day, if several have it: a place, a body for its area, null where it asks which; undefined for any other. */
  meant(text: string, day: Day): Hit | null | undefined;
  /** The names and codes within a sentence, each with what is called exactly so, and the runs of words beside them. */
  within(text: string): { named: { text: string; hits: Hit[] }[]; rest: string[] };
  /** In words that a text is a place outside England; "" where it is none. `known`: something here is called just so. */
  abroad(text: string, known?: boolean): string;
  source(id: string): Source | undefined;
  plans(body: Body): Plan[];
  /** Plans about a whole kind of body. */
  plansOfKind(kind: string): Plan[];
  /** Every plan whose day is to come, by its day; those without a day last. */
  plansAhead(): Plan[];
  /** The plan by which a body is to end on a day to come, whether or not plans are shown. */
  plannedEnd(body: Body): PlannedEnd | undefined;
}

export { holds } from "./days";
export { type Needed, NotRead } from "./not_read";
export type { Ask, Shard } from "./postcodes";
export { load } from "./load";
