/** The line of time below the map: days to pixels, ticks whose labels never touch, steps from change to change. */
import type { Day } from "../model/index.ts";

export interface Line {
  first: Day;
  last: Day;
  width: number;
}
export interface Mark {
  day: Day;
  /** Its words, the longest way to say it first; the first that has room is taken. */
  ways: string[];
  /** The larger, the earlier it is given room. */
  weight: number;
  plan: boolean;
}
export interface Labelled {
  mark: Mark;
  x: number;
  /** What is written, and where its left edge is; none if there is no room. */
  text: string | null;
  left: number;
  width: number;
}

const iso = (day: Day) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const dayOf = (year: number, month: number, day: number): Day => Date.UTC(year, month, day) / 86_400_000;

export function xOf(line: Line, day: Day): number {
  return ((day - line.first) / (line.last - line.first)) * line.width;
}

/** The day under a point of the line; a change that is nearer than `near` pixels draws it to itself. */
export function dayAt(line: Line, x: number, changes: readonly Day[] = [], near = 5): Day {
  const within = Math.max(0, Math.min(line.width, x));
  const day = Math.round(line.first + (within / line.width) * (line.last - line.first));
  let best = day;
  let least = near;
  for (const change of changes) {
    const away = Math.abs(xOf(line, change) - within);
    if (away < least) {
      least = away;
      best = change;
    }
  }
  return best;
}

export const within = (line: { first: Day; last: Day }, day: Day): Day => Math.max(line.first, Math.min(line.last, day));

/** So many months later or earlier; of a month without such a day its last. */
export function months(day: Day, by: number): Day {
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + by];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(year, month, Math.min(date.getUTCDate(), lastOfMonth));
}

export function nextChange(changes: readonly Day[], day: Day): Day | null {
  return changes.find((change) => change > day) ?? null;
}
export function changeBefore(changes: readonly Day[], day: Day): Day | null {
  return changes.findLast((change) => change < day) ?? null;
}

/** The first of January of the years that get a tick; of few pixels only every second or fifth. */
export function years(line: Line): { day: Day; year: number; named: boolean }[] {
  const [from, to] = [Number(iso(line.first).slice(0, 4)) + 1, Number(iso(line.last).slice(0, 4))];
  const each = line.width / (to - from + 1);
  const step = each >= 42 ? 1 : each >= 21 ? 2 : 5;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).map((year) => ({ day: dayOf(year, 0, 1), year, named: year % step === 0 }));
}

/** So far a name that stands to one side of its mark reaches over it. */
const ASIDE = 8;

/** Gives the marks their words: those of most weight first, and no two ever touch. */
export function labelled(line: Line, marks: readonly Mark[], measure: (text: string) => number, gap = 10): Labelled[] {
  const taken: [number, number][] = [];
  const out = new Map<Mark, Labelled>();
  for (const mark of [...marks].sort((a, b) => b.weight - a.weight || b.day - a.day)) {
    const x = xOf(line, mark.day);
    let found: Labelled = { mark, x, text: null, left: x, width: 0 };
    for (const text of mark.ways) {
      const width = measure(text);
      // Above its mark, or else to the one or the other side of it.
      const lefts = [x - width / 2, x - ASIDE, x - width + ASIDE].map((left) => Math.max(0, Math.min(line.width - width, left)));
      const left = lefts.find((one) => !taken.some(([from, to]) => one < to + gap && from < one + width + gap));
      if (left === undefined) continue;
      taken.push([left, left + width]);
      found = { mark, x, text, left, width };
      break;
    }
    out.set(mark, found);
  }
  return marks.map((mark) => out.get(mark)!);
}
