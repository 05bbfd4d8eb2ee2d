/** What plans say of bodies that are there: which of them is to end, and how many changes an answer leaves out. */

import type { Changes } from "./changes";
import { holds } from "./days";
import { Graph } from "./graph";
import type { Answer, Include, PlannedEnd } from "./index";
import type { Body, Day } from "./pack";

const PLANNED: Include = { planned: true, proposed: false };
const ALL: Include = { planned: true, proposed: true };

export class Foretold {
  constructor(
    readonly graph: Graph,
    readonly changes: Changes,
  ) {}

  private superseded(status: string): boolean {
    return status === "superseded";
  }

  /** By which plan a body is to end: the first one to come, of a plan stated several times the latest word. */
  end(body: Body, include: Include): PlannedEnd | undefined {
    const { graph } = this;
    const { events, changeWords } = graph.main;
    const parts = (this.changes.ofFrom.get(body) ?? []).filter((part) => {
      const plan = graph.plans.has(part.status) || graph.plans.has(events.status[part.event] ?? "");
      return plan && !part.stray && changeWords[events.kind[part.event]!]?.ends === true && graph.shows(events.status[part.event] ?? "", include) && graph.shows(part.status, include);
    });
    const status = (event: number) => events.status[event] ?? "in_force";
    const stands = (one: number, other: number): number =>
      Number(this.superseded(status(other))) - Number(this.superseded(status(one))) ||
      (events.statedOn[one] ?? -Infinity) - (events.statedOn[other] ?? -Infinity) ||
      graph.rank(status(other)) - graph.rank(status(one)) ||
      (events.day[one] ?? -Infinity) - (events.day[other] ?? -Infinity) || 0;
    const latest = new Map<string, number>();
    for (const event of [...new Set(parts.map((part) => part.event))].sort((one, other) => stands(one, other) || one - other)) latest.set(events.kind[event]!, event);
    const [first] = [...latest.values()].sort(
      (one, other) =>
        Number(this.superseded(status(one))) - Number(this.superseded(status(other))) ||
        (events.day[one] ?? 1e9) - (events.day[other] ?? 1e9) ||
        stands(other, one),
    );
    if (first === undefined) return undefined;
    const sources = graph.sourcesOf(events.cited[first]!);
    const to = parts.filter((part) => part.event === first && part.to !== null && part.to !== body).map((part) => part.to!);
    return {
      event: events.id[first]!,
      day: events.day[first] ?? null,
      precision: events.precision[first] ?? "",
      status: status(first),
      to: [...new Set(to)],
      statedOn: events.statedOn[first] ?? null,
      saidBy: [...new Set(sources.map((source) => source.publisher || source.title))].join(" and "),
      sources,
    };
  }

  /** The end that is still to come, whether or not plans are shown: of what is likely first, then of what is only proposed. */
  ahead(body: Body): PlannedEnd | undefined {
    const { today } = this.graph.main.meta;
    for (const include of [PLANNED, ALL]) {
      const end = this.end(body, include);
      if (end && !this.superseded(end.status) && (end.day === null || end.day > today)) return end;
    }
    return undefined;
  }

  /** The last day that the tables know of a kind of body. */
  private horizon(kind: string): Day | undefined {
    const { kinds, meta } = this.graph.main;
    const days = meta.horizons.filter((one) => one.horizon !== null && one.kinds.some((n) => kinds[n]!.kind === kind)).map((one) => one.horizon!);
    return days.length ? Math.max(...days) : undefined;
  }

  /** Whether a body stands in an answer for a day to come only because nothing newer is known of it. */
  lastKnown(body: Body, status: string, day: Day): boolean {
    const { graph } = this;
    const known = this.horizon(graph.kind(body).kind);
    return day > graph.main.meta.today && !graph.plans.has(status) && known !== undefined && known < day;
  }

  /** How many planned changes of these bodies until a day an answer leaves out. */
  leftOut(bodies: readonly Body[], day: Day, include: Include): number {
    const { graph, changes } = this;
    if (include.planned || day <= graph.main.meta.today) return 0;
    const { events, opened } = graph.main;
    const wanted = new Set<string>(opened.planned);
    const found = new Set<string>();
    const asked = new Set(bodies);
    const touched = new Set<Body>();
    const since = new Map([...asked].map((body) => [body, this.horizon(graph.kind(body).kind) ?? day]));
    for (const body of asked) {
      for (const part of [...(changes.ofFrom.get(body) ?? []), ...(changes.ofTo.get(body) ?? [])]) {
        const on = events.day[part.event];
        if (on === null || on === undefined || on > day || on <= since.get(body)! || !wanted.has(events.status[part.event] ?? "")) continue;
        found.add(events.id[part.event]!);
        for (const end of changes.ends(part.event)) touched.add(end);
      }
    }
    const earliest = Math.min(...since.values());
    for (const body of asked) {
      for (const one of graph.ever(body)) {
        const begins = wanted.has(one.status) && holds(one.from, one.until, day) && one.from !== null && one.from > earliest;
        if (begins && !touched.has(one.subject) && !touched.has(one.object)) found.add(`${one.subject} ${one.verb} ${one.object}`);
      }
    }
    return found.size;
  }

  /** An answer with what plans say of its bodies. */
  marked(answer: Answer, include: Include): Answer {
    const bodies = answer.bodies.map((found) => ({
      ...found,
      lastKnown: this.lastKnown(found.body, found.status, answer.day),
      toEnd: (include.planned || include.proposed) && !this.graph.plans.has(found.status) ? this.end(found.body, include) : undefined,
    }));
    return { ...answer, bodies, leftOut: this.leftOut(answer.bodies.map((one) => one.body), answer.day, include) };
  }
}
