/** Boards: who sits on those of a body, and what they may do, by the law of a day. */
import { holds } from "./days";
import type { Graph } from "./graph";
import type { Body, Include, Source } from "./index";
import type { BoardPart, Day } from "./pack";

export interface BoardLine {
  text: string;
  status: string;
  /** What must be said of a row that was not read in full in its source. */
  mark: string;
}

export interface BoardOnDay {
  /** Blank where the body itself is the board. */
  name: string;
  form: string;
  seats: BoardLine[];
  powers: BoardLine[];
  sources: Source[];
}

/** The boards that a body is, then those that it has; a board that is a body of its own stands on that body's page. */
export function boardsOf(graph: Graph, body: Body, day: Day, include: Include): BoardOnDay[] {
  const here = [graph.id(body), graph.kind(body).kind];
  const isHere = (parts: string[]) => parts.some((part) => here.includes(part));
  const shown = (row: BoardPart) => {
    const status = row.status ?? "in_force";
    if (!graph.shows(status, include) || (row.only && !row.only.includes(here[0]!))) return false;
    if (graph.plans.has(status) && row.from === null) return (row.statedOn ?? -Infinity) <= day;
    return holds(row.from, row.until, day);
  };
  const line = (row: BoardPart): BoardLine => ({ text: row.text, status: row.status ?? "in_force", mark: row.mark ?? "" });
  return graph.main.boards
    .filter((board) => (isHere(board.itself) || (!board.itself.length && isHere(board.parent))) && holds(board.from, board.until, day))
    .sort((one, other) => Number(isHere(other.itself)) - Number(isHere(one.itself)))
    .map((board) => {
      const [seats, powers] = [board.seats.filter(shown), board.powers.filter(shown)];
      return {
        name: isHere(board.itself) ? "" : board.name,
        form: board.form,
        seats: seats.map(line),
        powers: powers.map(line),
        sources: graph.sourcesOf(...[...seats, ...powers].map((row) => row.cited)),
      };
    })
    .filter((board) => board.seats.length > 0 || board.powers.length > 0);
}
