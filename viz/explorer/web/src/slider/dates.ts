/** Reads a date as people write it, as the command line does: a day, a month, a year, a financial year. */

export type Reading = { iso: string } | { problem: string };

const UNDERSTOOD =
  "Write 2013-04-01, 2013-04 or 1 April 2013. Also understood: 20130401, 01APR2013, 01-Apr-13, 01/04/2013 (day first), 2013 and 2013/14.";

const MONTHS = new Map<string, number>(
  "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec"
    .split("|")
    .flatMap((names, index) => names.split(" ").map((name): [string, number] => [name, index + 1])),
);
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const Y = String.raw`(?<y>\d{4})`;
const D = String.raw`(?<d>\d{1,2})`;
const M = String.raw`(?<m>\d{1,2})`;
const WORD = String.raw`(?<word>[a-z]+)\.?`;
const ANY_YEAR = String.raw`(?<y>\d{4}|\d{2})`;
const FORMS = [
  String.raw`${Y}-${M}(?:-${D})?`,
  String.raw`${Y}(?<by>[/.])${M}\k<by>${D}`,
  String.raw`(?<y>(?:19|20)\d{2})(?:(?<m>\d{2})(?<d>\d{2})?)?`,
  String.raw`${D}(?<by>[/.])${M}\k<by>${ANY_YEAR}`,
  String.raw`${D}-${M}-${Y}`,
  String.raw`${M}[/.-]${Y}`,
  String.raw`${D}(?:st|nd|rd|th)? ?(?<by>[ /.-]?) ?${WORD}\k<by> ?${ANY_YEAR}`,
  String.raw`${WORD}[ /.-]?${Y}`,
  String.raw`${WORD}-(?<y>\d{2})`,
  String.raw`${WORD} ${D}(?:st|nd|rd|th)? ${Y}`,
  String.raw`${Y}[ -]${WORD}[ -]${D}`,
].map((form) => new RegExp(`^(?:${form})$`));
const FINANCIAL = /^(?<y>\d{4})(?<by>[/-])(?<next>\d{4}|\d{2})$/;
const WEEKDAY = /^(?<name>mon|tue|wed|thu|fri|sat|sun)(?<rest>[a-z]*)\.? (?=\d)/;
const SHORT = /^(\d{1,2})-(\d{1,2})-(\d{2})$/;
const TIME =
  /(?:t| |:)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)? ?(?:[ap]m)? ?(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$/;
const THREE_NUMBERS = /(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})/;

const pad = (number: number, length: number) => String(number).padStart(length, "0");
const century = (year: string) => (year.length > 2 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900));

/** The day as `YYYY-MM-DD`, or null if the calendar has none. */
function calendar(year: number, month: number, day: number): string | null {
  const iso = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || year < 1 || new Date(time).toISOString().slice(0, 10) !== iso ? null : iso;
}

function monthFirst(text: string): boolean {
  const found = THREE_NUMBERS.exec(text);
  return found !== null && Number(found[1]) <= 12 && Number(found[3]) > 12 && Number(found[3]) <= 31;
}

function dayFirst(text: string, one: string, month: string, other: string, today: string): Reading {
  const found: string[] = [];
  for (const [year, day] of [
    [other, one],
    [one, other],
  ] as const) {
    const iso = calendar(Number(year) + (Number(year) < 50 ? 2000 : 1900), Number(month), Number(day));
    if (iso) found.push(iso);
  }
  const near = found.filter((iso) => "1999" <= iso.slice(0, 4) && iso.slice(0, 4) <= today.slice(0, 4));
  const likely = [...new Set(near.length ? near : found)];
  if (likely.length > 1) return { problem: `“${text}” could be ${likely.join(" or ")}; write one of them.` };
  return likely[0] ? { iso: likely[0] } : { problem: `There is no day “${text}” in the calendar. Write 2013-04-01.` };
}

/** The first day that is meant. `today` is the day on which it is asked. */
export function readDate(text: string, today: string): Reading {
  const no: Reading = { problem: `“${text.slice(0, 60)}” is not a date. ${UNDERSTOOD}` };
  let clean = text.toLowerCase().replaceAll(",", " ").replaceAll("–", "-").split(/\s+/).filter(Boolean).join(" ");
  if (clean.endsWith(".")) clean = clean.slice(0, -1);
  if (clean === "today") return { iso: today };
  if (clean.length > 10) clean = clean.replace(TIME, "");
  const weekday = WEEKDAY.exec(clean)?.groups;
  if (weekday) {
    const whole = WEEKDAYS.find((day) => day.startsWith(weekday.name!))!;
    const rest = clean.replace(WEEKDAY, "");
    const found = readDate(rest, today);
    if (!("iso" in found)) return found;
    if (!whole.startsWith(weekday.name! + weekday.rest!) && weekday.rest !== "s") return no;
    const actual = WEEKDAYS[(new Date(`${found.iso}T00:00:00Z`).getUTCDay() + 6) % 7]!;
    if (/^\d{4}(-\d{1,2}|\/\d+)?$/.test(rest)) return no;
    if (actual !== whole) {
      return { problem: `“${text}” is not a date: ${rest} is a ${actual[0]!.toUpperCase()}${actual.slice(1)}. ${UNDERSTOOD}` };
    }
    return found;
  }
  const years = FINANCIAL.exec(clean)?.groups;
  if (years) {
    const month = years.by === "-" && years.next!.length === 2 && Number(years.next) >= 1 && Number(years.next) <= 12;
    if (String(Number(years.y) + 1).endsWith(years.next!) && !month) return { iso: `${years.y}-04-01` };
  }
  for (const form of FORMS) {
    const cells = form.exec(clean)?.groups;
    if (!cells) continue;
    const month = cells.word === undefined ? cells.m : MONTHS.get(cells.word);
    if (cells.word !== undefined && month === undefined) continue;
    const iso = calendar(century(cells.y!), Number(month ?? 1), Number(cells.d ?? 1));
    if (iso) return { iso };
    const order = monthFirst(text) ? "The day stands first: 01/04/2013." : "Write 2013-04-01.";
    return { problem: `There is no day “${text}” in the calendar. ${order}` };
  }
  const short = SHORT.exec(clean);
  if (short) return dayFirst(text, short[1]!, short[2]!, short[3]!, today);
  if (/^\d+$/.test(clean)) return { problem: `“${text.slice(0, 60)}” is a bare number and not a date. ${UNDERSTOOD}` };
  return no;
}
