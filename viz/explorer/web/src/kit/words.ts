/** Dates, shares and counts in plain English. */
import type { Body, Day, Model, Source } from "../model/index.ts";

/** "1 body", "3 bodies". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[], and = "and"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${and} ${items[items.length - 1]}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A share in words: "41 %", "less than 1 %"; null is said. */
export function share(part: number | null | undefined): string {
  if (part === null || part === undefined) return "not known";
  const percent = part * 100;
  if (percent > 0 && percent < 0.5) return "less than 1%";
  if (percent < 100 && percent >= 99.5) return "more than 99%";
  return `${Math.round(percent)}%`;
}

/** What stands where the data say nothing. */
export function said(text: string | null | undefined, otherwise = "not stated"): string {
  return text?.trim() ? text : otherwise;
}

/** A word of the data ("in_force", "statutory") as people read it. */
export function plain(word: string): string {
  return word.replaceAll("_", " ");
}

/** A note of the data with bodies by their names and days in words: "keeps the code of ccg:92A" names the group, and its code. */
export function worded(model: Model, note: string): string {
  const dated = note.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (iso) => {
    const day = model.day(iso);
    return day === undefined ? iso : model.words(day);
  });
  return dated.replace(/\b[a-z_]+:[A-Za-z0-9_]*[A-Za-z0-9]/g, (id) => {
    const body = model.body(id);
    return body === undefined ? id : `${model.name(body)}${coded(id) && ` (${coded(id)})`}`;
  });
}

/** The code in an id, "" where it is a name of our own: "kent_and_medway". */
export function coded(id: string): string {
  const own = id.slice(id.indexOf(":") + 1);
  return own === own.toUpperCase() ? own : "";
}

/** It is a plan, or disputed: nothing that holds. */
export function isPlan(status: string): boolean {
  return status !== "" && status !== "in_force" && status !== "in force";
}

/** First and last day of a body in words, as exactly as they are known: "1 April 2013 to 31 March 2020". */
export function life(model: Model, body: Body): string {
  return model.life(body);
}

/** A code of the data, "ods", as people write it. */
export function scheme(code: string): string {
  return code.length <= 4 ? code.toUpperCase() : capital(plain(code)).replace(/ register$/, " register");
}

/** "2013 to 2020", for where there is little room. */
export function years(model: Model, body: Body): string {
  const year = (day: Day) => model.iso(day).slice(0, 4);
  const [from, until] = [model.from(body), model.until(body)];
  const begun = from === null ? "" : year(from);
  if (until === null) return begun && `since ${begun}`;
  const ended = year(until - 1);
  if (!begun) return `to ${ended}`;
  return begun === ended ? begun : `${begun} to ${ended}`;
}

export function inForceOn(model: Model, body: Body, day: Day): boolean {
  const [from, until] = [model.from(body), model.until(body)];
  return (from === null || from <= day) && (until === null || day < until);
}

/** The day itself if the body was there, else its nearest day within what the page tells of. */
export function nearestDay(model: Model, body: Body, day: Day): Day {
  const [from, until] = [model.from(body), model.until(body)];
  let near = day;
  if (until !== null && near >= until) near = until - 1;
  if (from !== null && near < from) near = from;
  return Math.min(Math.max(near, model.main.meta.firstDay), model.main.meta.lastDay);
}

/** A source as a reference to put below a text, as `orgmap cite` writes it. */
export function reference(model: Model, source: Source): string {
  let text = `${[source.publisher, source.title, source.locator].filter(Boolean).join(", ")}.`;
  const asOf = model.main.sources.asOf[model.main.sources.id.indexOf(source.id)];
  if (asOf !== null && asOf !== undefined) text += ` As of ${model.iso(asOf)}.`;
  if (source.url) text += ` ${source.url}`;
  if (source.licence) text += ` (${source.licence})`;
  return text;
}

/** Each source once, with the places in it that are cited. */
export function bySource(sources: readonly Source[]): { source: Source; at: string[] }[] {
  const found = new Map<string, { source: Source; at: string[] }>();
  for (const source of onlyOnce(sources)) {
    const known = found.get(source.id);
    if (known) known.at.push(source.locator);
    else found.set(source.id, { source, at: [source.locator] });
  }
  return [...found.values()];
}

/** Each source once, in the order of their first mention. */
export function onlyOnce(sources: readonly Source[]): Source[] {
  const seen = new Map<string, Source>();
  for (const source of sources) {
    const key = `${source.id} ${source.locator}`;
    if (!seen.has(key)) seen.set(key, source);
  }
  return [...seen.values()];
}

