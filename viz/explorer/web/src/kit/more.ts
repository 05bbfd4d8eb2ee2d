/** What the panels ask beyond the model's first interface; where the pack doesn't say it, nothing is made up. */
import type { AnswersTo, Body, Day, Found, Include, Kind, Model, Place, Source } from "../model/index.ts";
import { dates as plainDates } from "./words.ts";

export interface NameOf {
  name: string;
  use: string;
  from: Day | null;
  until: Day | null;
}
export interface CodeOf {
  code: string;
  scheme: string;
  from: Day | null;
  until: Day | null;
}
export interface Phase {
  status: string;
  from: Day | null;
  until: Day | null;
  note: string;
}
export interface Plan {
  text: string;
  status: string;
  statedOn: string;
  condition: string;
  day: Day | null;
  dayText: string;
  sources: Source[];
}
export interface Said {
  subject: Body | null;
  verb: string;
  object: Body | null;
  sentence: string;
  about: string;
  from: Day | null;
  until: Day | null;
  basis: string;
  status: string;
  note: string;
  sources: Source[];
}
export interface Tier {
  id: string;
  label: string;
  order: number;
}
export type Step = AnswersTo & { kind?: "chain" | "other"; holds?: string; otherKind?: string; status?: string; note?: string };
export type FoundRow = Found & { side?: string; roleLabel?: string; roleMeaning?: string };
export type KindMore = Kind & { tier?: string; standing?: string };

interface Extra {
  names(body: Body): NameOf[];
  codesOf(body: Body): CodeOf[];
  phases(body: Body): Phase[];
  dates(body: Body): { from: string; until: string };
  plans(about: Body | string): Plan[];
  said(body: Body): Said[];
  tier(kind: string): Tier | undefined;
  placeNotes(place: Place, day: Day, include: Include): string[];
}

const extra = (model: Model) => model as unknown as Partial<Extra>;

export const names = (model: Model, body: Body): NameOf[] => extra(model).names?.(body) ?? [];
export const phases = (model: Model, body: Body): Phase[] => extra(model).phases?.(body) ?? [];
export const plans = (model: Model, about: Body | string): Plan[] => extra(model).plans?.(about) ?? [];
export const saidOf = (model: Model, body: Body): Said[] => extra(model).said?.(body) ?? [];
export const tier = (model: Model, kind: string): Tier | undefined => extra(model).tier?.(kind);
export const placeNotes = (model: Model, place: Place, day: Day, include: Include): string[] =>
  extra(model).placeNotes?.(place, day, include) ?? [];

export function codes(model: Model, body: Body): CodeOf[] {
  return extra(model).codesOf?.(body) ?? model.codes(body).map((code) => ({ code, scheme: "", from: null, until: null }));
}

/** The first and last day in words, as exact as they are known. */
export function dates(model: Model, body: Body): { from: string; until: string } {
  return extra(model).dates?.(body) ?? plainDates(model, body);
}
