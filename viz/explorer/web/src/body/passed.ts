/** What a body came from and what it became, change by change, in words. */
import type { Model, Succession } from "../model/index.ts";
import { capital, share } from "../kit/words.ts";

/** One change, with those it was shared with; what is small stands apart. */
export interface Step {
  key: string;
  title: string;
  /** What it means, where the word alone does not tell. */
  meaning: string;
  status: string;
  passed: Succession[];
  strays: Succession[];
}

/** Successions by the change in which they happened, in the order of time. */
export function byChange(model: Model, successions: readonly Succession[]): Step[] {
  const steps = new Map<string, Step>();
  for (const one of [...successions].sort((a, b) => (a.day ?? 0) - (b.day ?? 0))) {
    const key = one.event || `${one.day} ${one.how}`;
    let step = steps.get(key);
    if (!step) {
      const day = one.day === null ? "day not known" : model.words(one.day);
      step = { key, title: `${day}: ${one.how || "change not named"}`, meaning: one.meaning, status: one.status, passed: [], strays: [] };
      steps.set(key, step);
    }
    (one.stray ? step.strays : step.passed).push(one);
  }
  for (const step of steps.values()) {
    step.passed.sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
    step.strays.sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  }
  return [...steps.values()];
}

/** How much passed: "19% of its practices"; where no table weighs it, that is said. */
export function weightWords(one: Succession, way: "from" | "to"): string {
  if (one.weight === null) return one.goesOn ? "a part, and no table says how much" : "no table says how much of it";
  if (one.weight >= 0.9995) return way === "from" ? "all of it" : "all";
  const counts = one.counts ? ` of its ${one.counts}` : "";
  return `${share(one.weight)}${counts}`;
}

/** The sentence where nothing is named. */
export function nothing(model: Model, way: "from" | "to", ended: boolean, name: string): string {
  void model;
  if (way === "from") return "No body is named from which it took over.";
  return ended ? `No body is named that took over from ${name}.` : "It goes on: nothing has taken over from it.";
}

/** The heading of a step: its day, what happened, and that it is a plan if it is one. */
export function stepTitle(step: Step): string {
  return capital(step.title);
}
