/** From longitude and latitude to the plane of the map: England upright, as on the national grid. */
import { geoTransverseMercator } from "d3-geo";
import type { Zoom } from "../state.ts";

export type Point = [number, number];
export type Box = [left: number, top: number, right: number, bottom: number];
export interface Size {
  width: number;
  height: number;
}
/** How the plane lies on the screen: screen = plane × k + (x, y). */
export interface Placement {
  k: number;
  x: number;
  y: number;
}

/** One unit is about 650 metres, so that England is a thousand units high. */
const plane = geoTransverseMercator().rotate([2, 0]).scale(9800).translate([0, 0]).center([0, 52.85]).precision(0);

export function project(point: readonly [number, number]): Point {
  return plane(point as [number, number]) as Point;
}
export function unproject(point: Point): Point {
  return plane.invert?.(point) as Point;
}

/** The corners of England with the Isles of Scilly and Berwick, in the plane. */
export const ENGLAND = ((): { left: number; top: number; width: number; height: number } => {
  const around: Point[] = [
    [-6.42, 49.86],
    [-5.3, 49.94],
    [1.8, 52.5],
    [1.5, 51.1],
    [-2.0, 55.83],
    [-3.66, 54.5],
  ];
  const places = around.map(project);
  const [xs, ys] = [places.map((place) => place[0]), places.map((place) => place[1])];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
})();

/** All England in the middle of a map of this size, with a little sea around. */
export function fit(size: Size): Placement {
  const margin = Math.min(28, size.width * 0.04, size.height * 0.04);
  const room = { width: Math.max(1, size.width - 2 * margin), height: Math.max(1, size.height - 2 * margin) };
  const k = Math.min(room.width / ENGLAND.width, room.height / ENGLAND.height);
  return {
    k,
    x: size.width / 2 - (ENGLAND.left + ENGLAND.width / 2) * k,
    y: size.height / 2 - (ENGLAND.top + ENGLAND.height / 2) * k,
  };
}

/** Where the plane lies if the map shows this part; none is where the map opens: its home, or all England. */
export function placement(size: Size, zoom: Zoom | null, home: Box | null = null): Placement {
  const whole = fit(size);
  if (!zoom) return home ? placement(size, around(size, home)) : whole;
  const [x, y] = project([zoom.x, zoom.y]);
  const k = whole.k * zoom.k;
  return { k, x: size.width / 2 - x * k, y: size.height / 2 - y * k };
}

/** The part of the map that is seen, as the address keeps it; none if it is all England. */
export function zoomOf(size: Size, placed: Placement): Zoom | null {
  const whole = fit(size);
  const k = placed.k / whole.k;
  if (Math.abs(k - 1) < 0.005 && Math.hypot(placed.x - whole.x, placed.y - whole.y) < 2) return null;
  const [x, y] = unproject([(size.width / 2 - placed.x) / placed.k, (size.height / 2 - placed.y) / placed.k]);
  return { x: Number(x.toFixed(4)), y: Number(y.toFixed(4)), k: Number(k.toFixed(2)) };
}

/** The part of the map in which this box of the plane has room. */
export function around(size: Size, box: Box, most = 40): Zoom {
  const whole = fit(size);
  const [left, top, right, bottom] = box;
  const k = Math.min((size.width * 0.92) / Math.max(1e-6, right - left), (size.height * 0.86) / Math.max(1e-6, bottom - top));
  const [x, y] = unproject([(left + right) / 2, (top + bottom) / 2]);
  return { x, y, k: Math.max(1, Math.min(most, k / whole.k)) };
}

/** All England, said outright: where a map would else open nearer. */
export const WHOLE: Zoom = (() => {
  const [x, y] = unproject([ENGLAND.left + ENGLAND.width / 2, ENGLAND.top + ENGLAND.height / 2]);
  return { x: Number(x.toFixed(4)), y: Number(y.toFixed(4)), k: 1 };
})();
