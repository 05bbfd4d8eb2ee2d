/** Days as whole numbers since 1970-01-01, and what people call them. */

import type { Day } from "./pack";

const MS = 86_400_000;
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** The number of a day as "2016-06-01"; undefined for what is no day. */
export function day(iso: string): Day | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!found) return undefined;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const time = Date.UTC(year, month - 1, date);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? Math.round(time / MS) : undefined;
}

export function iso(number: Day): string {
  return new Date(number * MS).toISOString().slice(0, 10);
}

/** "1 June 2016"; in its month or year only, where it is not known more exactly. */
export function words(number: Day, precision = ""): string {
  const found = new Date(number * MS);
  const [date, month, year] = [found.getUTCDate(), found.getUTCMonth(), found.getUTCFullYear()];
  if (precision === "year") return `${year}`;
  if (precision === "month") return `${MONTHS[month]} ${year}`;
  if (precision === "quarter") return `the ${["first", "second", "third", "last"][Math.floor(month / 3)]} quarter of ${year}`;
  const exact = `${date} ${MONTHS[month]} ${year}`;
  return precision === "approx" ? `about ${exact}` : exact;
}

/** Whether a day lies in a stretch; `null` is open. */
export function holds(from: Day | null | undefined, until: Day | null | undefined, at: Day): boolean {
  return (from === null || from === undefined || from <= at) && (until === null || until === undefined || at < until);
}

/** What must be said of a plan: how sure it is, and when it was said. */
export function planWords(statuses: Readonly<Record<string, string>>, status: string, statedOn: Day | null): string {
  return `${statuses[status] ?? status}${statedOn === null ? "" : `; said on ${iso(statedOn)}`}`;
}
