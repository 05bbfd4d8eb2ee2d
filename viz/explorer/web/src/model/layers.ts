/** The areas of a kind on a day, as features for the map, with their borders once. */

import { feature, mesh } from "topojson-client";
import type { GeometryObject, Topology as Topojson } from "topojson-specification";
import type { Changes } from "./changes";
import { holds, words } from "./days";
import { Graph, level } from "./graph";
import type { Include, Layer, LayerArea } from "./index";
import { NotRead } from "./not_read";
import type { Day, LayerRow, Topology } from "./pack";

/** Puts what a plan would make over what it is to end, and marks what then is covered. */
export function layered(areas: LayerArea[]): void {
  const made = areas.filter((area) => area.dashed && area.begins);
  for (const area of areas) area.covered = area.dashed && !area.begins && made.some((other) => inside(area.label, other.feature.geometry.coordinates));
  areas.sort((one, other) => Number(made.includes(one)) - Number(made.includes(other)));
}

/** Whether a point lies in an area: a line from it to the east crosses the borders an odd number of times. */
function inside([x, y]: [number, number], polygons: number[][][][]): boolean {
  let found = false;
  for (const ring of polygons.flat()) {
    ring.forEach(([ax, ay], n) => {
      const [bx, by] = ring[(n + 1) % ring.length] as [number, number];
      if (ay! > y !== by > y && x < ax! + ((y - ay!) / (by - ay!)) * (bx - ax!)) found = !found;
    });
  }
  return found;
}

export class Layers {
  private topology: Topology | undefined;
  private topojson: Topojson | undefined;
  private readonly made = new Map<string, Layer>();

  constructor(
    readonly graph: Graph,
    readonly changes: Changes,
  ) {}

  add(part: Topology): void {
    this.topology = part;
    this.topojson = { type: "Topology", arcs: part.arcs, transform: part.transform, objects: {} };
  }

  private read(): Topology {
    if (!this.topology) throw new NotRead("topology");
    return this.topology;
  }

  kinds(): Set<string> {
    if (!this.topology) return new Set();
    return new Set(this.topology.layers.map((row) => this.graph.main.kinds[row.kind]!.kind));
  }

  towns(): { name: string; x: number; y: number; people: number }[] {
    const { towns, transform } = this.read();
    const [x, y] = transform.scale;
    return towns.map(([name, across, up, people]) => ({ name, x: across * x, y: up * y, people }));
  }

  days(kind: string): [Day, Day | null][] {
    const rows = this.read().layers.filter((row) => this.graph.main.kinds[row.kind]!.kind === kind && row.included === "inForce");
    const found: [Day, Day | null][] = [];
    for (const row of rows.sort((one, other) => one.from - other.from)) {
      const last = found[found.length - 1];
      if (last && last[1] === row.from) last[1] = row.until;
      else found.push([row.from, row.until]);
    }
    return found;
  }

  private row(kind: string, day: Day, include: Include): LayerRow | undefined {
    const rows = this.read().layers.filter((row) => this.graph.main.kinds[row.kind]!.kind === kind && holds(row.from, row.until, day));
    const asked = level(include);
    return rows.find((row) => row.included === asked) ?? rows.find((row) => row.included === "inForce");
  }

  layer(asked: string, day: Day, include: Include): Layer | null {
    const topology = this.read();
    let kind = asked;
    let row = this.row(kind, day, include);
    if (!row) {
      kind = this.changes.kindOn(asked, day, include);
      row = this.row(kind, day, include);
    }
    if (!row) return null;
    const { graph } = this;
    const key = `${topology.layers.indexOf(row)}`;
    const known = this.made.get(key);
    const made = known ?? this.make(row, kind, day);
    if (!known) this.made.set(key, made);
    const ahead = day > graph.main.meta.knownTo;
    const unsettled = made.areas.filter((area) => area.unsettled).map((area) => graph.label(area.body, day));
    const notes = [
      row.note ? `Areas of ${graph.kindCalled(kind).plural}: ${row.note}.` : "",
      unsettled.length ? `Drawn only as far as it is settled: ${unsettled.join(", ")}.` : "",
      ahead && level(include) === "inForce" ? day > graph.main.meta.today ? "A day to come: shown as last known, without plans." : `Shown as last known on ${words(graph.main.meta.knownTo)}.` : "",
    ];
    return { ...made, day, note: notes.filter(Boolean).join(" ") };
  }

  private make(row: LayerRow, kind: string, day: Day): Layer {
    const topology = this.read();
    const topojson = this.topojson!;
    const { scale } = topology.transform;
    const geometry = (n: number) => ({ type: "MultiPolygon", arcs: topology.shapes[row.shape[n]!]! }) as GeometryObject;
    const areas = row.body.map((body, n): LayerArea => {
      const [x, y] = topology.labels[row.shape[n]!]!;
      const shape = feature(topojson, geometry(n)) as unknown as LayerArea["feature"];
      const mark = row.marks[body];
      return {
        body,
        feature: { type: "Feature", properties: { id: this.graph.id(body) }, geometry: shape.geometry },
        colour: row.colour[n]!,
        label: [x * scale[0], y * scale[1]],
        estimated: row.estimated,
        joined: row.joined[n] ?? "",
        plan: mark ? mark[0] : "",
        planSentence: mark ? mark[1] : "",
        dashed: mark !== undefined && mark[3] === 1,
        begins: mark !== undefined && mark[2] === 1,
        covered: false,
        unsettled: row.unsettled[body] ?? "",
      };
    });
    layered(areas);
    const all = { type: "GeometryCollection", geometries: row.body.map((_, n) => geometry(n)) } as GeometryObject;
    return {
      kind,
      day,
      from: row.from,
      until: row.until,
      areas,
      mesh: mesh(topojson, all, (one, other) => one !== other) as Layer["mesh"],
      outer: mesh(topojson, all, (one, other) => one === other) as Layer["mesh"],
      gaps: row.missing,
      estimated: row.estimated,
      note: "",
    };
  }
}
