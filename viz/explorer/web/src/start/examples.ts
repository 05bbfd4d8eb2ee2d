/** The questions the page opens with: each is looked up like anything typed, so that it never leads astray. */
import type { Day, Hit, Model } from "../model/index.ts";
import { leadsTo } from "../search/index.tsx";
import { sure } from "../search/sure.ts";
import type { State } from "../state.ts";

export interface Example {
  question: string;
  state: State;
}

interface Asked {
  question: string;
  what: "place" | "body" | "service";
  text: string;
  at?: string;
  /** Also for this place. */
  place?: string;
}

const ASKED: Asked[] = [
  { question: "Which board was Glossop’s in June 2021?", what: "place", text: "Glossop", at: "2021-06-01" },
  { question: "What became of West Kent PCT?", what: "body", text: "West Kent PCT", at: "2012-06-01" },
  { question: "Who commissions mental health services for adults in Thanet?", what: "service", text: "Mental health services for adults", place: "Thanet" },
];

/** What Enter in the search box would take; else what comes nearest of the sort that is asked. */
function found(model: Model, what: Asked["what"], text: string, day: Day): Hit | undefined {
  const all = model.search(text);
  const taken = sure(model, all, text, day);
  if (taken && (taken.asPlace ? "place" : taken.hit.kind) === what) return taken.asPlace ? { ...taken.hit, kind: "place" } : taken.hit;
  const hits = all.filter((hit) => hit.kind === what);
  return hits.find((hit) => hit.exact) ?? hits[0];
}

/** The examples that the data at hand can answer. */
export function examples(model: Model, state: State): Example[] {
  return ASKED.flatMap((asked) => {
    const at: Day = (asked.at === undefined ? undefined : model.day(asked.at)) ?? state.at;
    const hit = found(model, asked.what, asked.text, at);
    const place = asked.place === undefined ? undefined : found(model, "place", asked.place, at);
    if (!hit || (asked.place !== undefined && !place)) return [];
    const led = leadsTo(model, { ...state, view: "explore", at, tab: "map" }, hit);
    return [{ question: asked.question, state: place ? { ...led, place: place.ref } : led }];
  });
}

/** What changed last in England by law: the day before it against the day. */
export function lastReform(model: Model, state: State): Example | null {
  const reforms = model.changes().filter((change) => change.kind === "reform" && change.day <= state.at);
  const last = reforms.at(-1);
  if (!last) return null;
  return { question: `What changed in England on ${model.words(last.day)}: ${last.label}?`, state: { ...state, view: "compare", at: last.day - 1, and: last.day } };
}
