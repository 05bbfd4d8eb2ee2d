/** Where bodies and bands stand in the picture: time runs to the right, a band is as wide as what passed. */
import { area, curveBumpX } from "d3-shape";
import type { Body } from "../model/index.ts";
import type { Family, Flow } from "./family.ts";

export interface Bar {
  body: Body;
  x0: number;
  x1: number;
  /** Its drawn ends: short of the days where bands begin and end, so that these have room to bend. */
  left: number;
  right: number;
  y: number;
  height: number;
  /** Where its name begins, and how wide it may be. */
  labelX: number;
  labelEnd: boolean;
  open: boolean;
}

export interface Band {
  flow: Flow;
  path: string;
  width: number;
}

export interface River {
  width: number;
  height: number;
  bars: Bar[];
  bands: Band[];
  /** The x of a day. */
  x: (day: number) => number;
}

export interface Lives {
  from: (body: Body) => number | null;
  until: (body: Body) => number | null;
  label: (body: Body) => string;
}

const BAR = 14;
const TEXT = 17;
const GAP = 8;
/** A body to which so much came that it would be higher makes all others thinner. */
const HIGHEST = 150;
const LETTER = 7.1;
const BEND = 12;
const TOP = 30;
const ROUNDS = 60;

/** Draws the river of a family into a width; `first` and `last` are the days at its edges. */
export function river(family: Family, lives: Lives, width: number, first: number, last: number): River {
  const inner = Math.max(width - 16, 200);
  const x = (day: number) => 8 + ((Math.min(Math.max(day, first), last) - first) / (last - first)) * inner;
  const drawn = family.flows;
  const full = heightsOf(family, BAR);
  const highest = Math.max(BAR, ...full.values());
  const heights = highest > HIGHEST ? heightsOf(family, Math.max((BAR * HIGHEST) / highest, 3)) : full;
  const bars = new Map<Body, Bar>();
  for (const body of family.bodies) {
    const [from, until] = [lives.from(body), lives.until(body)];
    const x0 = x(from ?? first);
    const x1 = Math.max(x(until ?? last), x0 + 3);
    const wide = lives.label(body).length * LETTER;
    const labelEnd = x0 + wide > width - 4;
    const labelX = labelEnd ? Math.max(Math.min(Math.max(x1, wide + 4), width - 4), Math.min(wide + 4, width - 4)) : x0;
    bars.set(body, { body, x0, x1, left: x0, right: x1, y: 0, height: heights.get(body) ?? BAR, labelX, labelEnd, open: until === null });
  }
  trim(drawn, bars, lives);
  place(family, bars, lives);
  const list = [...bars.values()];
  const lowest = list.reduce((low, bar) => Math.max(low, bar.y + bar.height), 0);
  return { width, height: lowest + 30, bars: list, bands: bands(drawn, bars, x), x };
}

/** How high each bar is: the oldest all alike, the others as high as all that came to them. */
function heightsOf(family: Family, oldest: number): Map<Body, number> {
  const heights = new Map<Body, number>();
  const size = (body: Body, trail: Set<Body>): number => {
    const known = heights.get(body);
    if (known !== undefined) return known;
    if (trail.has(body)) return oldest;
    trail.add(body);
    let incoming = 0;
    for (const flow of family.flows) if (flow.to === body) incoming += size(flow.from, trail) * (flow.weight ?? 1);
    trail.delete(body);
    const height = Math.max(oldest, incoming);
    heights.set(body, height);
    return height;
  };
  for (const body of family.bodies) size(body, new Set());
  return heights;
}

/** Shortens the bars on whose first or last day something passes. */
function trim(flows: readonly Flow[], bars: Map<Body, Bar>, lives: Lives): void {
  for (const bar of bars.values()) {
    const bend = Math.min(BEND, (bar.x1 - bar.x0) / 3);
    if (flows.some((flow) => flow.to === bar.body && flow.day === lives.from(bar.body))) bar.left = bar.x0 + bend;
    if (flows.some((flow) => flow.from === bar.body && flow.day === lives.until(bar.body))) bar.right = bar.x1 - bend;
  }
}

/** Left and right edge of what a bar takes of the page, its name included. */
function extent(bar: Bar, label: string): [number, number] {
  const wide = label.length * LETTER;
  const [left, right] = bar.labelEnd ? [bar.labelX - wide, bar.labelX] : [bar.labelX, bar.labelX + wide];
  return [Math.min(bar.x0, left) - 6, Math.max(bar.x1, right) + 6];
}

/** Gives each bar its height on the page: near those it has to do with, and over nothing else. */
function place(family: Family, bars: Map<Body, Bar>, lives: Lives): void {
  const order = firstOrder(family, bars);
  const all = order.map((body) => bars.get(body)).filter((bar) => bar !== undefined);
  const wish = new Map<Body, number>();
  all.forEach((bar, number) => wish.set(bar.body, number * (BAR + TEXT + GAP)));
  const extents = new Map(all.map((bar) => [bar.body, extent(bar, lives.label(bar.body))]));
  const apart = (a: Bar, b: Bar) => {
    const [one, other] = [extents.get(a.body), extents.get(b.body)];
    return !one || !other || one[1] <= other[0] || other[1] <= one[0];
  };
  // The nearer to the body asked about, the earlier it gets its place: the nearest free one to where it wants to be.
  const ranks = distances(family);
  const byRank = [...all].sort((a, b) => (ranks.get(a.body) ?? 99) - (ranks.get(b.body) ?? 99));
  const settle = () => {
    const done: Bar[] = [];
    for (const bar of byRank) {
      const hoped = (wish.get(bar.body) ?? 0) - bar.height / 2;
      const beside = done.filter((one) => !apart(one, bar));
      const free = (top: number) => beside.every((one) => top >= one.y + one.height + TEXT + GAP - 0.01 || one.y >= top + bar.height + TEXT + GAP - 0.01);
      const slots = [hoped, ...beside.flatMap((one) => [one.y + one.height + TEXT + GAP, one.y - bar.height - TEXT - GAP])];
      bar.y = slots.filter(free).reduce((best, top) => (Math.abs(top - hoped) < Math.abs(best - hoped) ? top : best), Number.MAX_SAFE_INTEGER);
      done.push(bar);
    }
  };
  settle();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const bar of all) {
      let sum = 0;
      let weight = 0;
      for (const flow of family.flows) {
        const other = flow.from === bar.body ? flow.to : flow.to === bar.body ? flow.from : null;
        const near = other === null ? undefined : bars.get(other);
        if (!near) continue;
        const share = (flow.weight ?? 1) + 0.01;
        sum += (near.y + near.height / 2) * share;
        weight += share;
      }
      const own = bar.y + bar.height / 2;
      wish.set(bar.body, weight ? (own + (3 * sum) / weight) / 4 : own);
    }
    settle();
  }
  const highest = Math.min(...all.map((bar) => bar.y));
  for (const bar of all) bar.y += TOP + TEXT - highest;
}

/** How many steps each body is away from those asked about. */
function distances(family: Family): Map<Body, number> {
  const steps = new Map<Body, number>(family.roots.map((body) => [body, 0]));
  let edge = [...family.roots];
  for (let step = 1; edge.length; step += 1) {
    const next: Body[] = [];
    for (const flow of family.flows) {
      for (const [one, other] of [[flow.from, flow.to], [flow.to, flow.from]] as const) {
        if (!edge.includes(one) || steps.has(other)) continue;
        steps.set(other, step);
        next.push(other);
      }
    }
    edge = next;
  }
  return steps;
}

/** Bodies so that those of one successor stand together. */
function firstOrder(family: Family, bars: Map<Body, Bar>): Body[] {
  const order: Body[] = [];
  const seen = new Set<Body>();
  const visit = (body: Body) => {
    if (seen.has(body)) return;
    seen.add(body);
    for (const flow of family.flows) if (flow.to === body) visit(flow.from);
    order.push(body);
    for (const flow of family.flows) if (flow.from === body) visit(flow.to);
  };
  const latest = [...family.bodies].sort((a, b) => (bars.get(b)?.x0 ?? 0) - (bars.get(a)?.x0 ?? 0) || a - b);
  for (const body of latest) visit(body);
  return order;
}

/** Bands from an older bar to a younger one, about the day on which something passed. */
function bands(flows: readonly Flow[], bars: Map<Body, Bar>, x: (day: number) => number): Band[] {
  const middle = (body: Body) => {
    const bar = bars.get(body);
    return bar ? bar.y + bar.height / 2 : 0;
  };
  const thick = (flow: Flow) => Math.max((bars.get(flow.from)?.height ?? 0) * (flow.weight ?? 1), 1.5);
  /** Puts the bands at one side of a bar under each other, in the order of their other ends. */
  const stacked = (own: "from" | "to", other: "from" | "to") => {
    const tops = new Map<Flow, number>();
    const taken = new Map<string, number>();
    for (const flow of [...flows].sort((a, b) => middle(a[other]) - middle(b[other]))) {
      const bar = bars.get(flow[own]);
      if (!bar) continue;
      const key = `${flow[own]} ${flow.day}`;
      const used = taken.get(key) ?? 0;
      taken.set(key, used + thick(flow));
      tops.set(flow, Math.min(bar.y + used, bar.y + Math.max(bar.height - thick(flow), 0)));
    }
    return tops;
  };
  const [leave, arrive] = [stacked("from", "to"), stacked("to", "from")];
  return flows.flatMap((flow) => {
    const [from, to] = [bars.get(flow.from), bars.get(flow.to)];
    if (!from || !to) return [];
    const begin = Math.max(from.left, Math.min(from.right, x(flow.day) - BEND));
    const end = Math.max(begin + BEND, Math.min(to.right, Math.max(to.left, x(flow.day) + BEND)));
    const width = thick(flow);
    return [{ flow, width, path: ribbon(begin, leave.get(flow) ?? 0, end, arrive.get(flow) ?? 0, width) }];
  });
}

/** A band of one width between two points. */
export function ribbon(x0: number, y0: number, x1: number, y1: number, width: number): string {
  const shape = area<[number, number]>()
    .x((point) => point[0])
    .y0((point) => point[1])
    .y1((point) => point[1] + width)
    .curve(curveBumpX)
    .digits(1);
  return shape([[x0, y0], [x1, y1]]) ?? "";
}

/** The years that get a line and a number: as many as there is room for. */
export function yearTicks(first: number, last: number, width: number): { day: number; year: number }[] {
  const year = (day: number) => new Date(day * 86_400_000).getUTCFullYear();
  const [begin, end] = [year(first), year(last)];
  const step = [1, 2, 5, 10, 20].find((every) => (width * every) / Math.max(end - begin, 1) >= 44) ?? 20;
  const ticks: { day: number; year: number }[] = [];
  for (let one = Math.ceil(begin / step) * step; one <= end; one += step) {
    const day = Math.round(Date.UTC(one, 0, 1) / 86_400_000);
    if (day >= first && day <= last) ticks.push({ day, year: one });
  }
  return ticks;
}
