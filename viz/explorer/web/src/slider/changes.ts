/** The days on which something changed or is to change, each with all that is said of it. */
import type { Change, Day, Include, Model } from "../model/index.ts";

export interface ChangeDay {
  day: Day;
  /** Reforms first. */
  changes: Change[];
  /** How many bodies took over from others on that day. */
  weight: number;
  plan: boolean;
  label: string;
  short: string;
}

const kept = new WeakMap<Model, ChangeDay[]>();

/** Shorter words for a tick: kinds by their initials, no year, no full stop. */
export function shortly(label: string, kinds: readonly { label: string; plural: string; short: string }[]): string {
  let text = label;
  for (const { label: one, plural, short } of [...kinds].sort((a, b) => b.label.length - a.label.length)) {
    if (!short) continue;
    text = text.replace(new RegExp(`\\b${plural}\\b`, "gi"), `${short}s`).replace(new RegExp(`\\b${one}\\b`, "gi"), short);
  }
  return text
    .replace(/^Mergers of (\S+?)s?\b,?/, "$1 mergers")
    .replace(/,? (of )?(19|20)\d\d$/, "")
    .replace(/^(.*) Act (19|20)\d\d reforms$/, "$1 Act")
    .replace(/\.$/, "");
}

/** Every day with a change that lies within what the line of time shows. What was planned for days now past is no tick. */
export function changeDays(model: Model): ChangeDay[] {
  const known = kept.get(model);
  if (known) return known;
  const { events, successions, meta, kinds } = model.main;
  const counts = new Map<Day, number>();
  for (const event of successions.event) {
    const day = events.day[event];
    if (day !== null && day !== undefined) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = new Map<Day, Change[]>();
  for (const change of model.changes()) {
    if (change.day < meta.firstDay || change.day > meta.lastDay) continue;
    if (change.kind === "plan" && change.day <= meta.today) continue;
    days.set(change.day, [...(days.get(change.day) ?? []), change]);
  }
  const made = [...days.entries()]
    .sort((a, b) => a[0] - b[0])
    .map(([day, all]): ChangeDay => {
      const reforms = all.filter((change) => change.kind === "reform");
      const first = reforms[0] ?? all[0]!;
      const more = all.length - 1;
      return {
        day,
        changes: [...reforms, ...all.filter((change) => change.kind !== "reform")],
        weight: counts.get(day) ?? 0,
        plan: day > meta.today,
        label: reforms.length ? [...new Set(reforms.map((change) => change.label))].join("; ") : `${first.label.replace(/\.$/, "")}${more ? `, and ${more} more` : ""}`,
        short: shortly(first.label, kinds),
      };
    });
  kept.set(model, made);
  return made;
}

/** The change that two days stand around; none if it is a plan and plans are not shown. */
export function changeBetween<T extends Pick<ChangeDay, "day" | "plan">>(days: readonly T[], before: Day, after: Day, include: Include): T | undefined {
  return days.find((one) => one.day === after && before === after - 1 && (!one.plan || include.planned || include.proposed));
}

/** The days before and of the last change up to a day that moved bodies: what a comparison begins with. */
export function lastChange(model: Model, at: Day): { at: Day; and: Day } {
  const days = changeDays(model).filter((one) => one.weight > 0);
  const last = days.findLast((one) => one.day <= at) ?? days[0];
  return last ? { at: last.day - 1, and: last.day } : { at, and: at };
}
