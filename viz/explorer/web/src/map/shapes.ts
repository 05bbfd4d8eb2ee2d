/** Outlines made ready to be drawn: each is brought into the plane once and kept for as long as the model keeps it. */
import type { Layer, LayerArea } from "../model/index.ts";
import { type Box, type Point, project } from "./projection.ts";

export interface Shape {
  path: Path2D;
  box: Box;
  /** Where the name stands, and how much room there is to both sides of it. */
  label: Point;
  room: number;
}

const shapes = new WeakMap<object, Shape>();
const lines = new WeakMap<object, Path2D>();

/** How wide the area is at the height of its label, and the middle of that stretch. */
export function roomAt(rings: readonly Point[][], at: Point): { middle: number; room: number } {
  const crossed: number[] = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i]!;
      const [bx, by] = ring[j]!;
      if (ay > at[1] !== by > at[1]) crossed.push(ax + ((at[1] - ay) / (by - ay)) * (bx - ax));
    }
  }
  crossed.sort((a, b) => a - b);
  for (let i = 0; i + 1 < crossed.length; i += 2) {
    const [left, right] = [crossed[i]!, crossed[i + 1]!];
    if (left <= at[0] && at[0] <= right) return { middle: (left + right) / 2, room: right - left };
  }
  return { middle: at[0], room: 0 };
}

/** The rings of an area in the plane. */
export function ringsOf(area: LayerArea): Point[][] {
  return area.feature.geometry.coordinates.flatMap((polygon) => polygon.map((ring) => ring.map((point) => project(point as Point))));
}

/** Makes ready what is likely to be shown next. */
export function prepare(layer: Layer | null): void {
  if (!layer) return;
  for (const area of layer.areas) shapeOf(area);
  linesOf(layer.mesh);
}

export function shapeOf(area: LayerArea): Shape {
  const kept = shapes.get(area.feature);
  if (kept) return kept;
  const path = new Path2D();
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  const rings = ringsOf(area);
  for (const ring of rings) {
    ring.forEach(([x, y], i) => {
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    });
    path.closePath();
  }
  const at = project(area.label);
  const { middle, room } = roomAt(rings, at);
  const shape: Shape = { path, box, label: [middle, at[1]], room };
  shapes.set(area.feature, shape);
  return shape;
}

/** The lines of a layer, each once. */
export function linesOf(mesh: Layer["mesh"]): Path2D {
  const kept = lines.get(mesh);
  if (kept) return kept;
  const path = new Path2D();
  for (const line of mesh.coordinates) {
    line.forEach((point, i) => {
      const [x, y] = project(point as Point);
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
    });
  }
  lines.set(mesh, path);
  return path;
}

/** The area under a point of the plane. Where areas lie over each other, the last drawn. */
export function areaAt(ctx: CanvasRenderingContext2D, areas: readonly LayerArea[], at: Point): LayerArea | null {
  for (let i = areas.length - 1; i >= 0; i--) {
    const area = areas[i]!;
    const { box, path } = shapeOf(area);
    const near = at[0] >= box[0] && at[0] <= box[2] && at[1] >= box[1] && at[1] <= box[3];
    if (near && ctx.isPointInPath(path, at[0], at[1], "evenodd")) return area;
  }
  return null;
}

/** The nearest area in a direction from a point, for the arrow keys: near counts, and straight ahead counts more. */
export function nextArea<T extends { at: Point }>(all: readonly T[], from: Point, direction: Point): T | null {
  let best: T | null = null;
  let least = Infinity;
  for (const one of all) {
    const [dx, dy] = [one.at[0] - from[0], one.at[1] - from[1]];
    const ahead = dx * direction[0] + dy * direction[1];
    if (ahead <= 1e-6) continue;
    const aside = Math.abs(dx * direction[1] - dy * direction[0]);
    const cost = ahead + 2 * aside;
    if (aside <= 2 * ahead && cost < least) {
      least = cost;
      best = one;
    }
  }
  return best;
}
