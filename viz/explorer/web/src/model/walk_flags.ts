/** What is open in a step of a case: nobody commissions it, two do, another does than before, or nobody says. */

import { iso, planWords, words } from "./days";
import type { Graph } from "./graph";
import type { PlannedEnd } from "./index";
import type { Body, Day } from "./pack";
import { SOME } from "./services";
import type { WalkAnswer, WalkCell } from "./walks";

export const FLAGS = ["GAP", "TWO", "MOVED", "NOT KNOWN"] as const;

export interface Flag {
  flag: (typeof FLAGS)[number];
  words: string;
  /** The status of the plan that alone says so. */
  status?: string;
}

const ACTING = ["acting_through", "administrative"];
const JOINT = "joint";
const SUPERSEDED = "superseded";

/** A service that a case needs: its name, and from and until when there was such a service. */
type Needed = readonly [name: string, from: Day | null, until: Day | null, rules: readonly number[]];
type Ends = ReadonlyMap<Body, PlannedEnd>;

/** The flags of a cell; `last` is that of the day before, if one was asked for. */
export function flagsOf(graph: Graph, cell: WalkCell, last: WalkCell | undefined, service: Needed | undefined, ends: Ends): Flag[] {
  const now = deciding(graph, cell);
  const certain = sure(now);
  const flags: Flag[] = [];
  if (!now.length) flags.push(nobody(cell, service));
  else if (!certain.length) {
    const maybe = cell.answers.filter((one) => one.counts && !byPlan(graph, one) && !toCome(graph, one));
    const which = ids(maybe).size > 1 ? "which of these" : "whether this";
    flags.push({ flag: "NOT KNOWN", words: `The sources do not say ${which} held here: ${names(maybe)}.` });
  }
  flags.push(...two(certain));
  if (!planned(graph, cell, ends).length) {
    for (const one of certain) if (leaves(one, ends, cell.day)) flags.push(ending(graph, one, ends));
  }
  if (last) flags.push(...moved(graph, cell, last, ends));
  return flags;
}

/** The answers that hold for the person and name who decides; those for a part of the people only if no other is. */
function deciding(graph: Graph, cell: WalkCell, wanted = (one: WalkAnswer) => !(byPlan(graph, one) || toCome(graph, one))): WalkAnswer[] {
  let found = cell.answers.filter((one) => one.counts && one.status !== SUPERSEDED && wanted(one));
  const outright = found.filter((one) => !ACTING.includes(one.basis));
  if (outright.length) found = outright;
  const named = ids(found);
  const own = found.filter((one) => one.basis === JOINT || !answersFor(one, named));
  const whole = own.filter((one) => !one.part);
  return whole.length ? whole : own;
}

const byPlan = (graph: Graph, one: WalkAnswer) => graph.plans.has(one.status);
const toCome = (graph: Graph, one: WalkAnswer) => graph.plans.has(one.stands);
const sure = (answers: WalkAnswer[]) => answers.filter((one) => !one.notes.includes(SOME));

/** Whether another body that is named beside it answers in law for what a body does. */
function answersFor(one: WalkAnswer, named: ReadonlySet<Body>): boolean {
  const lawful = one.accountable[0];
  return lawful !== undefined && lawful !== one.commissioner && named.has(lawful);
}

/** Who is to decide by plans: by those for the service, or else who is to come beside those whom no plan ends. */
function planned(graph: Graph, cell: WalkCell, ends: Ends): WalkAnswer[] {
  const plan = deciding(graph, cell, (one) => byPlan(graph, one));
  const coming = plan.length ? [] : deciding(graph, cell, (one) => toCome(graph, one) && !byPlan(graph, one));
  const staying = coming.length ? sure(deciding(graph, cell)) : [];
  return [...plan, ...staying, ...coming].filter((one) => !leaves(one, ends, cell.day));
}

function leaves(one: WalkAnswer, ends: Ends, day: Day): boolean {
  const end = ends.get(one.commissioner);
  return end !== undefined && end.day !== null && end.day <= day;
}

function nobody(cell: WalkCell, service: Needed | undefined): Flag {
  if (service) {
    const [name, , until] = service;
    if (until !== null && until <= cell.day) return { flag: "GAP", words: `${name} ended on ${iso(until)}: nobody commissioned it any more.` };
  }
  return { flag: "NOT KNOWN", words: cell.notes.join(" ") || "Not stated: no source says who commissions it for this person." };
}

/** A flag for each part of the people for whom several bodies decide. */
function two(certain: readonly WalkAnswer[]): Flag[] {
  return [...new Set(certain.map((one) => one.population))].flatMap((population): Flag[] => {
    const same = certain.filter((one) => one.population === population);
    if (ids(same).size < 2) return [];
    const shared = same.some((one) => one.shareOf !== "");
    const joint = same.every((one) => one.basis === JOINT);
    const why = shared ? "each for a part of the place" : joint ? "together" : "both are named";
    return [{ flag: "TWO", words: `${names(same)}: ${why}, for ${population}.` }];
  });
}

function ending(graph: Graph, one: WalkAnswer, ends: Ends): Flag {
  const end = ends.get(one.commissioner)!;
  const vague = end.precision !== "" && end.precision !== "day";
  const when = end.day === null ? "" : !vague ? `on ${iso(end.day)}` : end.precision === "approx" ? words(end.day, end.precision) : `in ${words(end.day, end.precision)}`;
  return { flag: "NOT KNOWN", words: `${one.name} is to end ${when} (${planWords(graph.main.statuses, end.status, end.statedOn)}); no plan for this service says who follows.`, status: end.status };
}

/** Whether another body decides than on the day before; a plan that says so is told as one. */
function moved(graph: Graph, cell: WalkCell, before: WalkCell, ends: Ends): Flag[] {
  const [was, now, plan] = [sure(deciding(graph, before)), sure(deciding(graph, cell)), planned(graph, cell, ends)];
  const flags: Flag[] = [];
  if (was.length && now.length && !alike(ids(was), ids(now))) flags.push({ flag: "MOVED", words: `From ${names(was)} to ${names(now)}.` });
  const known = [ids(was), ids(now), ids(planned(graph, before, ends))];
  if (plan.length && was.length && !known.some((one) => alike(one, ids(plan)))) {
    const ruled = plan.find((one) => byPlan(graph, one));
    const coming = plan.find((one) => toCome(graph, one));
    const [status, saidOn] = ruled ? [ruled.status, ruled.statedOn] : [coming?.stands ?? "", null];
    flags.push({ flag: "MOVED", words: `Planned: from ${names(was)} to ${names(plan)} (${planWords(graph.main.statuses, status, saidOn)}).`, status });
  }
  return flags;
}

const ids = (answers: readonly WalkAnswer[]) => new Set(answers.map((one) => one.commissioner));
const alike = (one: ReadonlySet<Body>, other: ReadonlySet<Body>) => one.size === other.size && [...one].every((body) => other.has(body));

/** A share as whole hundredths, halves to the even one. */
export function hundredths(share: number): string {
  const exact = share * 100;
  const near = Math.round(exact);
  return `${exact % 1 === 0.5 && near % 2 ? near - 1 : near}%`;
}

/** "NHS Kent (60%) and NHS Surrey (40%)". */
function names(answers: readonly WalkAnswer[]): string {
  const found = new Map<Body, string>();
  for (const one of answers) if (!found.has(one.commissioner)) found.set(one.commissioner, `${one.name}${one.shareOf ? ` (${hundredths(one.share)})` : ""}`);
  const all = [...found.values()];
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all[all.length - 1]}` : (all[0] ?? "");
}
