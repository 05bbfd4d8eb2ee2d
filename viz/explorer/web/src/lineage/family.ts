/** The bodies before and after one body, and what passed between them. */
import type { Body, Day, Include, Model, Succession } from "../model/index.ts";
import { isPlan } from "../kit/words.ts";

export interface Flow {
  from: Body;
  to: Body;
  day: Day;
  how: string;
  /** The share of the older body that passed; null where no table weighs it. */
  weight: number | null;
  stray: boolean;
  plan: boolean;
  goesOn: boolean;
  status: string;
  counts: string;
}

export interface Family {
  /** The bodies in whose lineage one is interested. */
  roots: Body[];
  bodies: Body[];
  flows: Flow[];
  /** What passed in small parts, and between bodies that went on: told in the table, not drawn. */
  small: Flow[];
  /** How many bodies would come in addition if no step were too many. */
  left: number;
}

const NO_LIMIT = 100;

function flow(from: Body, to: Body, one: Succession): Flow {
  return {
    from,
    to,
    day: one.day ?? 0,
    how: one.how,
    weight: one.weight,
    stray: one.stray,
    plan: isPlan(one.status),
    goesOn: one.goesOn,
    status: one.status,
    counts: one.counts,
  };
}

/** Follows successions backwards and forwards, `steps` far each way. */
export function family(model: Model, roots: readonly Body[], include: Include, steps = NO_LIMIT): Family {
  const flows = new Map<string, Flow>();
  const small = new Map<string, Flow>();
  const bodies = new Set(roots);
  let left = 0;
  for (const back of [true, false]) {
    let edge = [...roots];
    const seen = new Set(roots);
    for (let step = 0; edge.length; step += 1) {
      const next: Body[] = [];
      for (const body of edge) {
        for (const one of back ? model.cameFrom(body, include) : model.became(body, include)) {
          if (one.other === null || one.day === null || one.other === body) continue;
          const made = back ? flow(one.other, body, one) : flow(body, one.other, one);
          const key = `${made.from} ${made.to} ${made.day} ${made.how} ${one.about}`;
          if (one.stray || one.goesOn) {
            if (step < steps) small.set(key, made);
            continue;
          }
          if (step < steps) {
            flows.set(key, made);
            bodies.add(one.other);
          } else if (!bodies.has(one.other) && !seen.has(one.other)) left += 1;
          if (!seen.has(one.other)) {
            seen.add(one.other);
            next.push(one.other);
          }
        }
      }
      if (step >= steps) break;
      edge = next;
    }
  }
  const byDay = (a: Flow, b: Flow) => a.day - b.day || a.from - b.from || a.to - b.to;
  return { roots: [...roots], bodies: [...bodies], flows: [...flows.values()].sort(byDay), small: [...small.values()].sort(byDay), left };
}

/** As many steps as make a picture that can be read. */
export function readable(model: Model, roots: readonly Body[], include: Include, most: number): Family {
  let best = family(model, roots, include, 1);
  for (let steps = 2; steps <= 12; steps += 1) {
    const more = family(model, roots, include, steps);
    if (more.bodies.length > most) break;
    best = more;
    if (!more.left) break;
  }
  return best;
}
