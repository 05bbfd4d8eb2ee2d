/** The days on which something changed or is to change, each with all that is said of it. */
import type { Change, Day, Model } from "../model/index.ts";

export interface ChangeDay {
  day: Day;
  changes: Change[];
  /** How many bodies took over from others on that day. */
  weight: number;
  plan: boolean;
  label: string;
  short: string;
}

const kept = new WeakMap<Model, ChangeDay[]>();

/** The words of a change for a tick: its own short ones, or its label without the year. */
function shortOf(change: Change & { short?: string }): string {
  return change.short || change.label.replace(/,? (of )?(19|20)\d\d$/, "");
}

export function changeDays(model: Model): ChangeDay[] {
  const known = kept.get(model);
  if (known) return known;
  const { events, successions } = model.main;
  const counts = new Map<Day, number>();
  for (const event of successions.event) {
    const day = events.day[event];
    if (day !== null && day !== undefined) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = new Map<Day, Change[]>();
  const { firstDay, lastDay } = model.main.meta;
  for (const change of model.changes()) {
    if (change.day < firstDay || change.day > lastDay) continue;
    days.set(change.day, [...(days.get(change.day) ?? []), change]);
  }
  const made = [...days.entries()]
    .sort((a, b) => a[0] - b[0])
    .map(([day, changes]): ChangeDay => {
      const labels = [...new Set(changes.map((change) => change.label))];
      const shorts = [...new Set(changes.map(shortOf))];
      return {
        day,
        changes,
        weight: counts.get(day) ?? 0,
        plan: changes.every((change) => change.kind === "plan"),
        label: labels.join("; "),
        short: shorts[0] ?? "",
      };
    });
  kept.set(model, made);
  return made;
}

/** The days before and of the last change up to a day that moved bodies: what a comparison begins with. */
export function lastChange(model: Model, at: Day): { at: Day; and: Day } {
  const days = changeDays(model).filter((one) => one.weight > 0);
  const last = days.findLast((one) => one.day <= at) ?? days[0];
  return last ? { at: last.day - 1, and: last.day } : { at, and: at };
}
