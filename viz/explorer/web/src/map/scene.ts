/** What a map shows: made from the state by who uses the map, drawn on the screen or written as a picture. */
import type { Body, Layer, LayerArea } from "../model/index.ts";
import { ENGLAND, type Placement, type Size } from "./projection.ts";
import { type Placed, Room, type Wish, place } from "./labels.ts";
import { project } from "./projection.ts";
import { shapeOf } from "./shapes.ts";

/** Number of a colour of the map; "same" for what is not to stand out; a second one is hatched over it. */
export interface Fill {
  colour: number | "same";
  over?: number;
}
export interface Town {
  name: string;
  x: number;
  y: number;
  people: number;
}
export interface Pin {
  x: number;
  y: number;
  name: string;
}
export interface Ground {
  area: LayerArea;
  name: string;
}
export interface Scene {
  layer: Layer | null;
  /** All England, below: where nothing lies over it, there is a gap. */
  land: Layer | null;
  fill: (area: LayerArea) => Fill;
  chosen: Body | null;
  lit: ReadonlySet<Body>;
  /** Under the pointer: outlined too, but named beside the pointer and not on the map. */
  hovered: Body | null;
  pin: Pin | null;
  /** The outline of the searched place, if it is the area of a body. */
  ground: Ground | null;
  towns: readonly Town[];
  /** The name as it is written on the map. */
  name: (body: Body) => string;
  /** The mark of a body whose name may have no room; none has one if it is not given. */
  mark?: (body: Body) => string | undefined;
  /** Only these are written, if given. */
  named: ReadonlySet<Body> | null;
}

/** A place's dot beside its name, or an area's name. */
export interface Label extends Wish {
  kind: "area" | "chosen" | "town" | "pin";
}

export const AREA_TEXT = 12.5;
export const TOWN_TEXT = 11.5;
export const LINE = 14.5;

/** From how many people on a town is named, if the map is so many times larger than all England. */
export function least(times: number): number {
  return times < 1.6 ? 450_000 : times < 3 ? 180_000 : times < 6 ? 70_000 : times < 12 ? 25_000 : 0;
}

/** The names that stand on a map of this size: first what is chosen, then areas, then towns where there is room left. */
export function labels(scene: Scene, size: Size, placed: Placement, measure: (text: string, kind: Label["kind"]) => number): Placed<Label>[] {
  const room = new Room();
  const onScreen = ([x, y]: readonly [number, number]) => [x * placed.k + placed.x, y * placed.k + placed.y] as const;
  const inside = (x: number, y: number) => x > -20 && y > -10 && x < size.width + 20 && y < size.height + 10;
  const times = (placed.k * ENGLAND.height) / Math.max(1, size.height);
  const first: Label[] = [];
  const areas: Label[] = [];
  if (scene.pin) {
    const [x, y] = onScreen(project([scene.pin.x, scene.pin.y]));
    room.take([x - 11, y - 30, x + 11, y + 4]);
    if (inside(x, y)) first.push({ kind: "pin", text: scene.pin.name, x, y: y + 14, room: 0, tall: 0, rank: 2, always: true });
  }
  if (scene.ground) {
    const { label, box } = shapeOf(scene.ground.area);
    const [x, y] = onScreen(label);
    const wide = (box[2] - box[0]) * placed.k;
    // What its own name would cover has the name above it.
    const up = measure(scene.ground.name, "pin") > wide ? box[1] * placed.k + placed.y - LINE : y;
    if (inside(x, up)) first.push({ kind: "pin", text: scene.ground.name, x, y: up, room: 0, tall: 0, rank: 2, always: true });
  }
  for (const area of scene.layer?.areas ?? []) {
    // What a plan ends bears its name no more; what it makes does.
    if (area.covered || (area.dashed && !area.begins && area.body !== scene.chosen)) continue;
    const chosen = area.body === scene.chosen || (scene.lit.has(area.body) && area.body !== scene.hovered);
    if (scene.named && !scene.named.has(area.body) && !chosen) continue;
    const shape = shapeOf(area);
    const [x, y] = onScreen(shape.label);
    if (!inside(x, y)) continue;
    const tall = (shape.box[3] - shape.box[1]) * placed.k;
    const wide = shape.room * placed.k;
    const mark = scene.mark?.(area.body);
    if (!chosen && wide < 18 && !mark) continue;
    const text = scene.name(area.body);
    // A chosen area that its own name would cover has the name above it.
    const covered = chosen && measure(text, "chosen") > wide;
    const up = covered ? shape.box[1] * placed.k + placed.y - LINE : y;
    (chosen ? first : areas).push({ kind: chosen ? "chosen" : "area", text, x, y: up, room: wide, tall, rank: chosen ? 1 : area.dashed ? 2 * wide : wide, always: chosen, ...(mark ? { mark } : {}) });
  }
  const out = place(first, (text) => measure(text, "chosen"), LINE, room);
  const from = least(times);
  const towns: Label[] = [];
  for (const town of scene.towns) {
    if (town.people < from) continue;
    const [x, y] = onScreen(project([town.x, town.y]));
    if (!inside(x, y)) continue;
    // The dot stands at the place, the name beside it.
    const width = measure(town.name, "town");
    towns.push({ kind: "town", text: town.name, x: x + width / 2 + 6, y, room: 0, tall: 0, rank: town.people, always: true });
  }
  // The largest towns tell where one is; the others must leave room for the names of the areas.
  const few = towns.sort((a, b) => b.rank - a.rank).splice(0, Math.max(5, Math.round((size.width * size.height) / 60_000)));
  out.push(...place(few, (text) => measure(text, "town"), TOWN_TEXT + 2, room));
  out.push(...place(areas, (text) => measure(text, "area"), LINE, room));
  out.push(...place(towns, (text) => measure(text, "town"), TOWN_TEXT + 2, room));
  return out;
}
