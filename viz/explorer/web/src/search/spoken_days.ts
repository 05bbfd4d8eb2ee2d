/** The days that a sentence names: "in 2021 and 2023", "1 April 2013", "next April". */
import type { Day, Model } from "../model/index.ts";
import { dayIn } from "../slider/date_field.tsx";

export interface SpokenDay {
  /** As it was said: "2021". */
  text: string;
  day: Day;
  /** The last day of the year or month that was said; the day itself where one was. */
  last: Day;
}

export interface Spoken {
  days: SpokenDay[];
  /** Why a day that was said is none to this page. */
  problems: string[];
  /** The words without the days; where one stood is a break. */
  words: string[];
}

const MONTHS = "january february march april may june july august september october november december".split(" ");
const BARE = /^["“'(]+|["”')?!.,;:]+$/g;
const MOST = 4;

/** The days within a sentence, in the order in which they are said. */
export function daysIn(model: Model, sentence: string, between: string): Spoken {
  // “2013-2020” are two years; “2013-2014” is one financial year.
  const apart = sentence.replace(/\b(\d{4})\s*[-–]\s*(\d{4})\b/g, (text, one, other) => (Number(other) === Number(one) + 1 ? text : `${one} ${other}`));
  const words = apart.trim().split(/\s+/);
  const found: Spoken = { days: [], problems: [], words: [] };
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    for (let count = Math.min(MOST, words.length - at); count > 0 && !taken; count--) {
      const span = words.slice(at, at + count).join(" ").replace(BARE, "").replace(/['’]s$/, "");
      const read = spoken(model, span);
      if (read === null) continue;
      taken = count;
      if (typeof read === "string") found.problems.push(`“${span}”: ${read}`);
      else if (!found.days.some((one) => one.day === read.day)) found.days.push(read);
    }
    found.words.push(taken ? between : words[at]!);
    at += taken || 1;
  }
  return found;
}

/** The day that a few words mean, why they mean none, or null where they are no day. */
function spoken(model: Model, text: string): SpokenDay | string | null {
  const { today } = model.main.meta;
  const plain = text.toLowerCase();
  if (plain === "today" || plain === "now") return { text, day: today, last: today };
  const relative = /^(next|last|this) ([a-z]+)$/.exec(plain);
  const month = relative ? MONTHS.indexOf(relative[2]!) : -1;
  const year = Number(model.iso(today).slice(0, 4));
  if (relative && relative[2] === "year" && relative[1] !== "this") return vague(model, text, `${year + (relative[1] === "next" ? 1 : -1)}`);
  if (relative && month >= 0) {
    const inYear = (which: number) => `${which}-${String(month + 1).padStart(2, "0")}`;
    const here = model.day(`${inYear(year)}-01`) ?? today;
    if (relative[1] === "next") return vague(model, text, inYear(here > today ? year : year + 1));
    return vague(model, text, inYear(relative[1] === "this" || here <= today ? year : year - 1));
  }
  // A number alone is a year only if it has four digits; "111" is a service.
  if (!/\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}/.test(text)) return null;
  return vague(model, text, plain.replace(/\bof /g, ""));
}

/** A day as it is written, with how far the year or month goes that was said. */
function vague(model: Model, text: string, written: string): SpokenDay | string | null {
  const day = dayIn(model, written);
  if (typeof day === "string") return /is not a date|bare number/.test(day) ? null : day;
  const year = Number(model.iso(day).slice(0, 4));
  const end = (iso: string) => (model.day(iso) ?? day + 1) - 1;
  if (/^\d{4}$/.test(written)) return { text, day, last: end(`${year + 1}-01-01`) };
  if (/^\d{4}[/-]\d{2,4}$/.test(written) && !/^\d{4}-(0\d|1[0-2])$/.test(written)) return { text, day, last: end(`${year + 1}-04-01`) };
  if (/^(\d{4}-\d{1,2}|[a-z]+\.?[ /-]?\d{4}|\d{1,2}[/.-]\d{4})$/i.test(written)) {
    const month = Number(model.iso(day).slice(5, 7));
    return { text, day, last: month === 12 ? end(`${year + 1}-01-01`) : end(`${year}-${String(month + 1).padStart(2, "0")}-01`) };
  }
  return { text, day, last: day };
}
