/** The plans ahead as rows that can be narrowed by words, a status, a year and a kind of body; and as CSV. */
import type { Body, Model, Plan } from "../model/index.ts";
import { csv } from "../kit/csv.ts";

/** "1 April 2027", "April 2027"; what has no day says so. */
export function dayWords(model: Model, plan: Plan): string {
  return plan.day === null ? "no day is given" : model.words(plan.day, plan.precision);
}

/** The year of a plan, "" where no day is given. */
export function yearOf(model: Model, plan: Plan): string {
  return plan.day === null ? "" : model.iso(plan.day).slice(0, 4);
}

export function kindsOf(model: Model, plan: Plan): string[] {
  return [...new Set([...plan.about.map((body: Body) => model.kind(body)), ...plan.aboutKinds])];
}

/** Every word typed stands in what the row shows; of a kind, if one is chosen, the plan is about a body. */
export function narrowed(model: Model, plans: readonly Plan[], filter: string, kind: string | null): Plan[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return plans.filter((plan) => {
    if (kind !== null && !kindsOf(model, plan).includes(kind)) return false;
    const text = [plan.label, dayWords(model, plan), yearOf(model, plan), plan.status, model.statusWords(plan.status), plan.saidBy, ...plan.about.map((body) => model.name(body)), ...plan.aboutKinds.map((one) => model.kindLabel(one, true))];
    const all = text.join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** The filter with another word in the place of one of several that stand for the same: another year, another status. */
export function withWord(filter: string, instead: readonly string[], word: string): string {
  const kept = filter.split(/\s+/).filter((one) => one && !instead.includes(one.toLowerCase()));
  return [...kept, word].filter(Boolean).join(" ");
}

/** Which of several words stands in the filter; "" if none does. */
export function wordIn(filter: string, words: readonly string[]): string {
  const typed = filter.toLowerCase().split(/\s+/);
  return words.find((word) => typed.includes(word)) ?? "";
}

export function plansCsv(model: Model, plans: readonly Plan[]): string {
  const iso = (day: number | null) => (day === null ? "" : model.iso(day));
  const rows = plans.map((plan) => [
    iso(plan.day), plan.precision, plan.status, plan.label, [...plan.about.map((body) => model.id(body)), ...plan.aboutKinds].join(" "), plan.saidBy, iso(plan.statedOn), plan.condition, plan.sources.map((source) => source.id).join(" "),
  ]);
  return csv([["planned_for", "precision", "status", "text", "about", "said_by", "stated_on", "depends_on", "sources"], ...rows]);
}
