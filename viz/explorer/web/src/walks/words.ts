/** Walks in words, as the command line and its page say them. */
import { plain } from "../kit/words.ts";
import type { Model } from "../model/index.ts";
import { hundredths } from "../model/walk_flags.ts";
import type { Side, WalkAnswer, WalkBody, WalkCell, Walked } from "../model/walks.ts";

/** So many of those through whom a body acts are named; more are counted. */
const NAMED = 3;

/** A sign for each flag beside its word, so that none is told by colour alone. */
export const SIGNS = { GAP: "○", TWO: "◐", MOVED: "→", "NOT KNOWN": "?" } as const;
export const MEANINGS = {
  GAP: "the tables say that nobody does",
  TWO: "two bodies do for the same people",
  MOVED: "another body than on the first day",
  "NOT KNOWN": "nobody says",
} as const;

export const ASKED_FROM: Record<Side, string> = { resident: "by where the person lives", registered: "by the practice’s list" };

/** "statutory, through X, Y and Z, for residents of the council's area" */
export function howWords(model: Model, one: WalkAnswer, day: number): string {
  const name = (body: number) => model.name(body, day);
  const behalf = one.onBehalfOf.map(name).join(" and ");
  const basis = plain(one.basis);
  const through = one.through.slice(0, NAMED).map(name).join(" and ");
  const more = one.through.length > NAMED ? ` and ${one.through.length - NAMED} more` : "";
  const whom = one.people === "not_stated" || !one.population ? "for whom is not stated" : `for ${one.population}`;
  return [behalf && basis.endsWith(" of") ? `${basis} ${behalf}` : basis, through && `through ${through}${more}`, whom].filter(Boolean).join(", ");
}

export function shareWords(one: WalkAnswer): string {
  return one.shareOf ? `${hundredths(one.share)} of ${one.shareOf}` : "";
}

/** Those who commission for the person first, then who would for others. */
export function shownOf(cell: WalkCell): WalkAnswer[] {
  const holding = new Set(cell.answers.filter((one) => one.counts).map((one) => `${one.commissioner} ${one.basis}`));
  return [...cell.answers.filter((one) => one.counts), ...cell.answers.filter((one) => !one.counts && !holding.has(`${one.commissioner} ${one.basis}`))];
}

/** "7 steps on 2 days: 3 MOVED, 1 TWO" */
export function countedWords(walked: Walked, days: number): string {
  const many = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const found = [...walked.counts].map(([flag, number]) => `${number} ${flag}`).join(", ");
  const idle = walked.steps.filter((step) => !step.cells.some((cell) => cell.applies)).length;
  return `${many(walked.steps.length, "step")} on ${many(days, "day")}: ${found || "nothing open, nothing moved"}${idle ? `; ${idle} ${idle === 1 ? "does" : "do"} not apply` : ""}`;
}

/** "living at CT9, an outcode; one of the patients registered with Bethesda Medical Centre" */
export function whoseWords(walked: Walked): string {
  return walked.places.map(({ side, described }) => (side === "resident" ? `living at ${described}` : `one of the ${described}`)).join("; ");
}

/** What the command says of what is not shown, as it is done here. */
export function hereWords(text: string): string {
  return text.replace("are not shown; --include shows them.", "are not shown: “Planned” and “Proposed” show them.");
}

/** Each body with what is said of it; days on which all is the same stand together. */
export function togetherOf(model: Model, bodies: readonly WalkBody[]): { first: WalkBody; days: number[] }[] {
  const found = new Map<string, { first: WalkBody; days: number[] }>();
  for (const one of bodies) {
    const key = [model.name(one.body, one.day), one.body, one.complaint?.text ?? "", ...one.scrutiny.flatMap((line) => line.sentences.map((said) => said.text))].join("\n");
    const known = found.get(key);
    if (known) known.days.push(one.day);
    else found.set(key, { first: one, days: [one.day] });
  }
  return [...found.values()];
}

/** That there is nothing to commission in a step on its day, and why; "" where there is. */
export function doesNotApply(cell: WalkCell): string {
  return cell.applies ? "" : `does not apply: ${cell.notes.join(" ")}`;
}

/** The walk as rows: an answer of a step on a day in each; no step is without a row. */
export function rowsOf(model: Model, walked: Walked): string[][] {
  const said = new Map(walked.bodies.map((one) => [`${one.day} ${one.body}`, one]));
  const head = ["case", "step", "service", "service_id", "at", "commissioner", "commissioner_id", "holds", "asked_from", "share", "through", "for", "basis", "status", "flags", "flags_in_words", "complaint", "scrutiny", "note", "sources"];
  const rows = walked.steps.flatMap((step) =>
    step.cells.flatMap((cell) => {
      const flags = [cell.flags.map((flag) => flag.flag).join("; "), cell.flags.map((flag) => flag.words).join(" ")];
      const first = [walked.id, step.text, step.serviceName, step.service, model.iso(cell.day)];
      const own = cell.answers.map((one) => {
        const body = said.get(`${cell.day} ${one.commissioner}`);
        const over = body?.scrutiny.map((line) => model.name(line.body, cell.day)).join("; ");
        return [
          ...first, one.name, model.id(one.commissioner), one.counts ? "yes" : "no", one.side, shareWords(one), one.through.map((through) => model.name(through, cell.day)).join("; "),
          one.population, one.basis, one.status, ...flags, one.counts ? (body?.complaint?.text ?? "not stated") : "", one.counts ? over || "not stated" : "", one.note,
          [...new Set(one.sources.map((source) => source.title))].join("; "),
        ];
      });
      const nobody = [...first, ...Array<string>(9).fill(""), ...flags, "", "", doesNotApply(cell) || cell.notes.join(" "), [...new Set(step.sources.map((source) => source.title))].join("; ")];
      return cell.answers.some((one) => one.counts) ? own : [...own, nobody];
    }),
  );
  return [head, ...rows];
}
