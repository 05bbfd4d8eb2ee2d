/** Who became whom between two days, made ready for two maps and a table. */
import type { Body, Diff, Layer, Model, Passing } from "../model/index.ts";
import type { Fill } from "../map/scene.ts";

/** A pair of bodies with the part of the first that passed; null where no table weighs it. */
export interface Pair {
  from: Body | null;
  to: Body | null;
  weight: number | null;
  how: string;
  status: string;
  stray: boolean;
  passing: Passing;
}

/** The pairs of a change: those that are weighed, else those that leave no choice. */
export function pairsOf(passing: Passing): Pair[] {
  const { how, status } = passing;
  const pair = (from: Body | null, to: Body | null, weight: number | null, stray: boolean): Pair => ({ from, to, weight, how, status, stray, passing });
  const pairs = passing.weights.map(([from, to, weight]) => pair(from, to, weight, false));
  const [froms, tos] = [new Set(pairs.map((one) => one.from)), new Set(pairs.map((one) => one.to))];
  for (const from of passing.from) {
    if (froms.has(from)) continue;
    if (passing.to.length === 1) pairs.push(pair(from, passing.to[0]!, null, false));
    else pairs.push(pair(from, null, null, false));
  }
  for (const to of passing.to) {
    if (tos.has(to) || pairs.some((one) => one.to === to)) continue;
    if (passing.from.length === 1) pairs.push(pair(passing.from[0]!, to, null, false));
    else pairs.push(pair(null, to, null, false));
  }
  const beyond = passing.beyond.map(([from, to, weight]) => pair(from, to, weight, false));
  const further = (one: Pair) => (one.to === null && beyond.some((other) => other.from === one.from)) || (one.from === null && beyond.some((other) => other.to === one.to));
  const all = [...pairs.filter((one) => !further(one)), ...beyond];
  const known = all.filter((one) => one.to !== null || !all.some((other) => other.from === one.from && other.to !== null));
  return [...known, ...passing.strays.map(([from, to, weight]) => pair(from, to, weight, true))];
}

export interface Compared {
  pairs: Pair[];
  /** The bodies on the other side, for a body of either side. */
  linked: Map<Body, Set<Body>>;
  before: Map<Body, Fill>;
  after: Map<Body, Fill>;
}

const SAME: Fill = { colour: "same" };
const COLOURS = 6;
/** A part of the body smaller than this is not hatched over it. */
const SHOWN = 0.1;

/** The bodies that neither gave nor took anything. */
export function untouched(diff: Diff, { linked }: Compared): Body[] {
  return diff.unchanged.filter((body) => !linked.has(body));
}

/** Colours the new areas so that neighbours differ, and the old ones as what most of them became. */
export function compared(diff: Diff, before: Layer | null, after: Layer | null): Compared {
  const pairs = diff.changes.flatMap(pairsOf);
  const linked = new Map<Body, Set<Body>>();
  const link = (one: Body, other: Body) => {
    const there = linked.get(one);
    if (there) there.add(other);
    else linked.set(one, new Set([other]));
  };
  const own = new Map((after?.areas ?? []).map((area) => [area.body, area.colour]));
  const news = new Map<Body, Fill>();
  const olds = new Map<Body, Fill>();
  let next = 0;
  const colour = (body: Body): number => own.get(body) ?? next++ % COLOURS;
  for (const { to } of pairs) if (to !== null && !news.has(to)) news.set(to, { colour: colour(to) });
  const parts = new Map<Body, Pair[]>();
  for (const pair of pairs) {
    const { from, to } = pair;
    if (from !== null && to !== null) {
      link(from, to);
      link(to, from);
    }
    if (from !== null) parts.set(from, [...(parts.get(from) ?? []), pair]);
  }
  for (const [from, all] of parts) {
    const best = all.filter((one) => one.to !== null && !one.stray).sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
    const [first, second] = [best[0], best[1]];
    if (!first || first.to === null) {
      olds.set(from, SAME);
      continue;
    }
    const fill: Fill = { colour: news.get(first.to)!.colour };
    if (second && second.to !== null && (second.weight ?? 1) >= SHOWN) fill.over = news.get(second.to)!.colour as number;
    olds.set(from, fill);
  }
  // Who goes on and gained has its own colour on both sides.
  for (const { body } of before?.areas ?? []) {
    const fill = news.get(body);
    if (fill && !olds.has(body)) olds.set(body, fill);
  }
  return { pairs, linked, before: olds, after: news };
}

/** With more bodies than this no marks are given: the list would be no help. */
const MOST_MARKS = 60;

/** Old bodies by number, new ones by letter, in the order of the list. */
export function marksOf(pairs: readonly Pair[]): Map<Body, string> {
  const [olds, news] = [new Set<Body>(), new Set<Body>()];
  for (const { from, to, stray } of pairs) {
    if (stray) continue;
    if (from !== null) olds.add(from);
    if (to !== null) news.add(to);
  }
  const marks = new Map<Body, string>();
  if (olds.size > MOST_MARKS || news.size > MOST_MARKS) return marks;
  const letter = (n: number): string => (n < 26 ? String.fromCharCode(65 + n) : `${letter(Math.floor(n / 26) - 1)}${letter(n % 26)}`);
  [...news].forEach((body, n) => marks.set(body, letter(n)));
  // Who goes on is old and new, and has one mark: its letter.
  [...olds].filter((body) => !marks.has(body)).forEach((body, n) => marks.set(body, String(n + 1)));
  return marks;
}

/** Pairs in the order of the new names, what became of nobody known last. */
export function ordered(model: Model, pairs: readonly Pair[]): Pair[] {
  const name = (body: Body | null) => (body === null ? "\uffff" : model.name(body));
  return [...pairs].sort((a, b) => name(a.to).localeCompare(name(b.to), "en") || name(a.from).localeCompare(name(b.from), "en"));
}

/** The kind with outlines that a day changed most, the local commissioners before others. */
export function kindChanged(model: Model, day: number): string | null {
  const { events, successions, bodies, kinds } = model.main;
  const counts = new Map<string, number>();
  successions.event.forEach((event, n) => {
    if (events.day[event] !== day) return;
    for (const body of [successions.from[n], successions.to[n]]) {
      const kind = body === null || body === undefined ? undefined : kinds[bodies.kind[body]!]?.kind;
      if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  });
  const local = new Set(kinds.filter((kind) => kind.traits.includes("local_commissioner")).map((kind) => kind.kind));
  const mapped = model.kinds().filter((kind) => kind.layers && counts.has(kind.kind));
  const rank = (kind: string) => (local.has(kind) ? 1e6 : 0) + counts.get(kind)! + (model.standing(kind, day, { planned: true, proposed: true }).length > 1 ? 1e5 : 0);
  return mapped.sort((a, b) => rank(b.kind) - rank(a.kind))[0]?.kind ?? null;
}
