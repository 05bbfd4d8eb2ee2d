/** Steps of programmes: what a body has to do, and how each step stands on a day. */
import type { Graph } from "./graph";
import type { Body, Source } from "./index";
import type { Day, DueRow } from "./pack";

/** Open says that no evidence is recorded, never that a step was missed. */
export type Stands = "done" | "open" | "ahead";

export interface DueStep {
  id: string;
  programme: string;
  text: string;
  when: string;
  status: string;
  condition: string;
  stands: Stands;
  doneOn: Day | null;
  sources: Source[];
}

/** Steps stay on the page for so many days after the day that counts for them. */
const KEPT = 365;

function stands(row: DueRow, day: Day): Stands {
  if (row.doneOn !== undefined && row.doneOn <= day) return "done";
  return row.day <= day ? "open" : "ahead";
}

/** What a body, or all of its kind, has to do, as had been said by the day: what is ahead, then what was due in the year before. */
export function dueOf(graph: Graph, body: Body, day: Day): DueStep[] {
  const here = [graph.id(body), graph.kind(body).kind];
  return graph.main.due
    .filter((row) => row.day >= day - KEPT && (row.statedOn ?? -Infinity) <= day && row.owners.some((one) => here.includes(one)))
    .map((row) => ({
      id: row.id,
      programme: row.programme,
      text: row.text,
      when: row.when,
      status: row.status,
      condition: row.condition ?? "",
      stands: stands(row, day),
      doneOn: row.doneOn ?? null,
      sources: graph.sourcesOf(row.cited),
    }))
    .sort((one, other) => Number(other.stands === "ahead") - Number(one.stands === "ahead"));
}
