/** England by kinds of bodies: how many there are of each, and to whom the rules for the whole kind make it answer. */
import { type Body, type Day, holds, type Include, type Model } from "../model/index.ts";

export interface KindRow {
  kind: string;
  tier: string;
  label: string;
  bodies: Body[];
  /** To whom it answers: bodies that a rule names, and kinds; `of` are the few of which it is said, none where of all. */
  up: Upper[];
}
export interface Upper {
  body: Body | null;
  text: string;
  of: Body[];
}
/** Of so many bodies of a kind without a rule each is asked. */
const FEW = 40;

/** What makes one answer to another, the first sort that a rule tells of; behind each whether the upper one stands first. */
const WAYS: [verb: string, downwards: boolean][] = [["accountable_to", false], ["performance_manages", true], ["part_of", false], ["licenses", true], ["authorises", true]];
/** Rules that hold for all of a kind, or all but a few. */
const OF_ALL = ["", "all", "except"];

export function kindRows(model: Model, day: Day, include: Include): KindRow[] {
  const { main } = model;
  const opened = new Set(["in_force", "", ...(include.planned ? main.opened.planned : []), ...(include.proposed ? main.opened.proposed : [])]);
  const rules = main.accountability.filter((rule) => holds(rule.from, rule.until, day) && opened.has(rule.status) && OF_ALL.includes(rule.coverage));
  const plainOnes = new Set(main.kinds.filter((kind) => !kind.traits.includes("of_wales") && kind.standing !== "entry" && kind.standing !== "thing").map((kind) => kind.kind));
  const called = (end: string) => {
    const body = model.body(end);
    return body === undefined ? { body: null, text: model.kindLabel(end, true), of: [] } : { body, text: model.name(body, day), of: [] };
  };
  /** What is said of each body alone, those together that answer to the same. */
  const upOfEach = (bodies: readonly Body[]): Upper[] => {
    const found = new Map<string, Upper>();
    for (const body of bodies) {
      for (const step of model.answersTo(body, day, include)) {
        if (step.depth > 0 || step.direction !== "up" || !WAYS.some(([verb]) => verb === step.verb)) continue;
        const known = found.get(step.otherText) ?? { body: step.other ?? null, text: step.otherText, of: [] };
        if (!known.of.includes(body)) known.of.push(body);
        found.set(step.otherText, known);
      }
    }
    return [...found.values()].map((upper) => (upper.of.length === bodies.length ? { ...upper, of: [] } : upper)).sort((a, b) => b.of.length - a.of.length);
  };
  const upOf = (ends: readonly string[]): Upper[] => {
    for (const [verb, downwards] of WAYS) {
      const found = rules.filter((rule) => rule.verb === verb && ends.includes(downwards ? rule.object : rule.subject)).map((rule) => (downwards ? rule.subject : rule.object));
      if (found.length) return [...new Set(found)].map(called);
    }
    return [];
  };
  return model
    .kinds()
    .filter((kind) => plainOnes.has(kind.kind))
    .map((kind) => {
      const bodies = model.standing(kind.kind, day, include);
      // Of a kind with one body the rules may name the body.
      const ends = bodies.length === 1 ? [kind.kind, model.id(bodies[0]!)] : [kind.kind];
      const byRule = bodies.length ? upOf(ends) : [];
      const up = byRule.length || bodies.length > FEW ? byRule : upOfEach(bodies);
      return { kind: kind.kind, tier: kind.tier, label: bodies.length === 1 ? kind.label : kind.plural, bodies, up };
    })
    .filter((row) => row.bodies.length > 0);
}
