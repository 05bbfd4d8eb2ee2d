/** How a kind of body came and went: the days on which its bodies changed, and those of the kinds before and after it. */
import type { Day, Include, Model } from "../model/index.ts";

export interface Turn {
  day: Day;
  sentence: string;
  /** The kind that changed: another than the one asked for, further back or ahead. */
  kind: string;
}

/** The days on which bodies of each kind took part in a change. */
function daysByKind(model: Model): Map<string, Set<Day>> {
  const { events, successions, meta } = model.main;
  const days = new Map<string, Set<Day>>();
  successions.event.forEach((event, n) => {
    const day = events.day[event];
    if (typeof day !== "number" || day <= meta.firstDay || day > meta.lastDay) return;
    for (const body of [successions.from[n], successions.to[n]]) {
      if (typeof body !== "number") continue;
      const kind = model.kind(body);
      const known = days.get(kind);
      if (known) known.add(day);
      else days.set(kind, new Set([day]));
    }
  });
  return days;
}

/** Every day on which bodies of a kind began or ended, from the kinds before it to those after it. */
export function turns(model: Model, kind: string, at: Day, include: Include): Turn[] {
  const days = daysByKind(model);
  const found: Turn[] = [];
  for (const forward of [false, true]) {
    let asked = kind;
    let day: Day | undefined = forward ? at : at + 1;
    while (day !== undefined) {
      const here: Day = day;
      const others = [...(days.get(asked) ?? [])].filter((one) => (forward ? one > here : one < here));
      if (!others.length) break;
      day = forward ? Math.min(...others) : Math.max(...others);
      const diff = model.diff(asked, day - 1, day, include);
      if (!diff.changes.length) continue;
      found.push({ day, sentence: diff.headline, kind: asked });
      asked = forward ? diff.kindAfter : diff.kindBefore;
    }
  }
  return found.sort((a, b) => a.day - b.day);
}
