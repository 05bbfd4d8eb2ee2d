/** Where on the map a body or a place lies: its outline, or the part of England to which the map goes. */
import { type Body, type Day, type Include, type LayerArea, type Model, NotRead, type Place } from "../model/index.ts";
import type { Box } from "./projection.ts";
import { shapeOf } from "./shapes.ts";

/** Half the width of what is shown around something small, in units of the plane. */
const LEAST = 45;

/** A box with room for its neighbours around. */
export function around([left, top, right, bottom]: Box, least = 0): Box {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const [wide, high] = [(right - left) * 0.95 + 4, (bottom - top) * 0.95 + 4].map((half) => Math.max(half, least)) as [number, number];
  return [x - wide, y - high, x + wide, y + high];
}

/** The day nearest to the one asked on which the body has an outline; null if it never has one. */
export function outlinedOn(model: Model, body: Body, at: Day, include: Include): Day | null {
  if (!model.has("topology")) throw new NotRead("topology");
  const kind = model.kind(body);
  const [from, until] = [model.from(body) ?? -Infinity, model.until(body) ?? Infinity];
  const days = model
    .layerDays(kind)
    .map(([first, end]) => [Math.max(first, from), Math.min(end ?? model.main.meta.lastDay, until)] as const)
    .filter(([first, end]) => first < end)
    .map(([first, end]) => Math.max(first, Math.min(end - 1, at)))
    .sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
  return days.find((day) => model.layer(kind, day, include)?.areas.some((area) => area.body === body)) ?? null;
}

/** The outline of a body on the day, or on the nearest day on which it has one. */
function outline(model: Model, body: Body, at: Day, include: Include): LayerArea | null {
  const day = outlinedOn(model, body, at, include);
  return day === null ? null : (model.layer(model.kind(body), day, include)?.areas.find((area) => area.body === body) ?? null);
}

/** Where a place lies that has no point: its own outline if it is a body's area; else those around it show where to look. */
export function groundOf(model: Model, place: Place, at: Day, include: Include): { area: LayerArea | null; home: Box | null } {
  const body = model.body(place.ref);
  const area = body === undefined ? null : outline(model, body, at, include);
  if (area) return { area, home: around(shapeOf(area).box, LEAST) };
  const boxes = new Map<string, Box>();
  for (const found of model.find(place, at, include).bodies) {
    const own = outline(model, found.body, at, include);
    if (!own) continue;
    const [left, top, right, bottom] = shapeOf(own).box;
    const all = boxes.get(found.role) ?? [left, top, right, bottom];
    boxes.set(found.role, [Math.min(all[0], left), Math.min(all[1], top), Math.max(all[2], right), Math.max(all[3], bottom)]);
  }
  const size = ([left, top, right, bottom]: Box) => (right - left) * (bottom - top);
  const least = [...boxes.values()].sort((a, b) => size(a) - size(b))[0];
  return { area: null, home: least ? around(least, LEAST) : null };
}
