/** The words by which a body is said to end by a plan. */
import type { Found, Model, PlannedEnd } from "../model/index.ts";

/** "on 1 April 2027", "in April 2027", "about 1 April 2027"; no day is said, too. */
function when(model: Model, end: PlannedEnd): string {
  if (end.day === null) return "on a day not known";
  const exact = end.precision === "" || end.precision === "day";
  const day = model.words(end.day, end.precision);
  return exact ? `on ${day}` : end.precision === "approx" ? day : `in ${day}`;
}

export function endWhen(model: Model, end: PlannedEnd): string {
  return `A plan is to end it ${when(model, end)}`;
}

/** What follows the names of those who are to take over, or that none is named. */
export function endTo(end: PlannedEnd): string {
  if (!end.to.length) return "No body is named that is to take over.";
  return end.to.length === 1 ? "is to take over." : "are to take over.";
}

export function endSaid(model: Model, end: PlannedEnd): string {
  const said = `Said by ${end.saidBy || "whom is not stated"}`;
  return end.statedOn === null ? `${said}; when is not stated.` : `${said} on ${model.words(end.statedOn)}.`;
}

/** That a row of a place is to end: "to end on 1 April 2027 (enacted)"; "" if no plan that is shown says so. */
export function toEndWords(model: Model, found: Found): string {
  if (!found.toEnd) return "";
  return `to end ${when(model, found.toEnd)} (${model.statusWords(found.toEnd.status).replace(", its day to come", "")})`;
}

/** How many planned changes an answer does not show, and what shows them; "" if none. */
export function leftOutWords(count: number | undefined): string {
  return count ? `${count} planned ${count === 1 ? "change" : "changes"} until then: tick Planned` : "";
}
