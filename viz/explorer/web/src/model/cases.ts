/** Cases of approval: what a body applied for, or what it was made by, and how that was decided. */
import type { Graph } from "./graph";
import type { Body, Source } from "./index";

export interface CaseLine {
  text: string;
  status: string;
  /** How sure it is, where it is not beyond doubt. */
  mark: string;
}

export interface CaseOfBody {
  name: string;
  process: string;
  /** How it was decided, in words; “not known” where nobody tells. */
  outcome: string;
  events: CaseLine[];
  note: string;
  sources: Source[];
}

/** The cases in which a body has a part, in the order of the pack. */
export function casesOf(graph: Graph, body: Body): CaseOfBody[] {
  const id = graph.id(body);
  return graph.main.cases
    .filter((one) => one.bodies.includes(id))
    .map((one) => ({
      name: one.name,
      process: one.process,
      outcome: one.outcome,
      events: one.events.map((row) => ({ text: row.text, status: row.status ?? "in_force", mark: row.mark ?? "" })),
      note: one.note,
      sources: graph.sourcesOf(...one.events.map((row) => row.cited)),
    }));
}
