/** What the page may ask of the model. Only types: `index.ts` beside it answers from the pack. */
import type { Feature, MultiLineString, MultiPolygon, Polygon } from "geojson";

/** Whole days since 1 January 1970. */
export type Day = number;
/** The position of a body in the pack; its id is `model.id(body)`. */
export type Body = number;
/** A place as it stands in the address: the key that `model.place` knows. */
export type Place = string;
export interface Include {
  planned: boolean;
  proposed: boolean;
}

export interface Source {
  id: string;
  title: string;
  publisher: string;
  date: string;
  url: string;
  licence: string;
}
export interface Kind {
  id: string;
  one: string;
  many: string;
  short: string;
  /** There are outlines of this kind. */
  mapped: boolean;
  note: string;
}
export interface ServiceInfo {
  id: string;
  name: string;
  description: string;
  group: string;
}
export interface PlaceInfo {
  key: Place;
  name: string;
  /** As the command line describes it: "town in Thanet, Kent". */
  described: string;
  /** Longitude and latitude of its mark on the map, if known. */
  point: [number, number] | null;
}
export interface Succession {
  other: Body;
  day: Day;
  how: string;
  weight: number | null;
  basis: string;
  stray: boolean;
  status: string;
  sources: Source[];
}
export interface AnswersTo {
  verb: string;
  about: string;
  basis: string;
  other?: Body;
  text: string;
  sources: Source[];
  direction: string;
}
export interface Commissioned {
  service: string;
  through?: Body;
  population: string;
  basis: string;
  status: string;
  sources: Source[];
}
export interface Members {
  label: string;
  bodies: Body[];
}
export interface Found {
  role: string;
  body: Body;
  share: number | null;
  basis: string;
  note: string;
  status: string;
  sources: Source[];
}
export interface WhoRow {
  service: string;
  commissioner: Body | null;
  through: Body[];
  accountable: Body[];
  population: string;
  basis: string;
  status: string;
  note: string;
  sources: Source[];
}
export interface Area {
  body: Body;
  /** In longitude and latitude. */
  feature: Feature<Polygon | MultiPolygon>;
  /** Neighbours never have the same number. */
  colour: number;
  /** Where its name stands best, in longitude and latitude. */
  label: [number, number];
  estimated: boolean;
  /** Empty, or the status of the plan by which this area comes. */
  status: string;
}
export interface Layer {
  /** The same for the same outlines, so that what is drawn from them can be kept. */
  key: string;
  areas: Area[];
  /** The lines between neighbours and the coast. */
  mesh: MultiLineString;
  /** What has no outline, in words. */
  gaps: { text: string; bodies: Body[] }[];
  note: string;
}
export interface Change {
  day: Day;
  label: string;
  /** Two or three words, for the slider. */
  short: string;
  kind: "reform" | "plan";
  status: string;
  /** The kinds of body that it changes. */
  kinds: string[];
  sources: Source[];
}
export interface DiffRow {
  from: Body[];
  to: Body[];
  how: string;
  weights: { from: Body; to: Body; weight: number | null }[];
  status: string;
  sources: Source[];
}
export interface Diff {
  rows: DiffRow[];
  unchanged: number;
  headline: string;
}
export interface Hit {
  kind: "place" | "body" | "service";
  ref: string | Body;
  name: string;
  described: string;
  score: number;
  exact: boolean;
}

export interface Model {
  /** The day the page opens on, and the first and last day it knows anything of. */
  today: Day;
  first: Day;
  last: Day;
  meta: { hash: string; date: string; version: string; attribution: string[] };

  day(iso: string): Day;
  iso(day: Day): string;
  words(day: Day): string;

  kinds(): Kind[];
  kindOf(id: string): Kind | undefined;
  services(): ServiceInfo[];
  service(id: string): ServiceInfo | undefined;
  place(key: Place): PlaceInfo | undefined;

  body(id: string): Body | undefined;
  id(body: Body): string;
  name(body: Body, day?: Day): string;
  kind(body: Body): string;
  from(body: Body): Day | null;
  until(body: Body): Day | null;
  status(body: Body): string;
  codes(body: Body): string[];
  notes(body: Body): string[];
  sources(body: Body): Source[];

  inForce(kind: string, day: Day, include: Include): Body[];
  cameFrom(body: Body, include: Include): Succession[];
  became(body: Body, include: Include): Succession[];
  answersTo(body: Body, day: Day, include: Include): AnswersTo[];
  commissions(body: Body, day: Day, include: Include): Commissioned[];
  members(body: Body, day: Day, include: Include): Members[];
  find(place: Place, day: Day, include: Include): Found[];
  who(asked: Place | Body, day: Day, include: Include): WhoRow[];
  layer(kind: string, day: Day, include: Include): Layer | null;
  changes(): Change[];
  diff(kind: string, before: Day, after: Day, include: Include): Diff;
  headline(kind: string, day: Day, and?: Day | null): string;
  search(text: string): Hit[];
}
