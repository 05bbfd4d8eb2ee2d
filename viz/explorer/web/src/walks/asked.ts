/** What a state of the page asks to be walked. */
import { questionAddress } from "../kit/asked_of.ts";
import type { Day, Model } from "../model/index.ts";
import type { WalkAsked } from "../model/walks.ts";
import { practiceOf, type State } from "../state.ts";

/** The days in their order. */
export function daysOf({ at, and }: State): Day[] {
  return and === null || and === at ? [at] : [at, and].sort((one, other) => one - other);
}

/** Who walks which case; null where nobody is named, or no case. A practice that stands for the place is one. */
export function askedBy(model: Model, state: State): WalkAsked | null {
  const { walk, place, include } = state;
  const own = place === null ? null : practiceOf(model, place);
  const practice = state.practice ?? own;
  const resident = own === null ? place : null;
  return walk === null || (resident === null && practice === null) ? null : { script: walk, resident, practice, days: daysOf(state), include };
}

/** Where the server tells the same, as a page. */
export function walkAddress(model: Model, api: string, asked: WalkAsked): string {
  const code = (id: string) => id.slice(id.indexOf(":") + 1);
  const [first, second] = asked.days;
  const words: [string, string][] = [["script", asked.script]];
  if (asked.resident !== null) words.push(["resident", asked.resident]);
  if (asked.practice !== null) words.push(["practice", code(asked.practice)]);
  if (first !== undefined) words.push(["at", model.iso(first)]);
  if (second !== undefined) words.push(["and", model.iso(second)]);
  for (const word of ["planned", "proposed"] as const) if (asked.include[word]) words.push(["include", word]);
  return questionAddress(api, "walk", [...words, ["format", "html"]]);
}
