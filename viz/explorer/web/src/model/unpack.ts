/** Takes a part as it stands in the page apart: columns of steps become columns, sparse columns records by number. */

import type { PartName, Parts, Topology } from "./pack";

type Json = unknown;

/** A part as the model reads it, from what the program wrote. */
export function unpack<P extends PartName>(name: P, part: Json): Parts[P] {
  const found = opened(part) as Parts[P];
  return name === "topology" ? (drawn(found as Topology) as Parts[P]) : found;
}

function opened(value: Json): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const given = value as Record<string, Json>;
  const keys = Object.keys(given);
  if (keys.length === 1 && keys[0] === "d") return summed(given.d as number[]);
  if (keys.length === 2 && Array.isArray(given.k) && Array.isArray(given.v)) {
    const values = given.v;
    return Object.fromEntries(summed(given.k as number[]).map((number, n) => [number, values[n]]));
  }
  for (const key of keys) given[key] = opened(given[key]);
  return given;
}

/** Numbers from their steps. */
function summed(steps: number[]): number[] {
  let last = 0;
  return steps.map((step) => (last += step));
}

/** Arcs and outlines as TopoJSON has them. */
function drawn(part: Topology): Topology {
  let [x, y] = [0, 0];
  const arcs = (part.arcs as unknown as number[][]).map((flat) => {
    const arc: [number, number][] = [];
    for (let n = 0; n < flat.length; n += 2) {
      const [stepX, stepY] = [flat[n]!, flat[n + 1]!];
      x += stepX;
      y += stepY;
      arc.push(n ? [stepX, stepY] : [x, y]);
    }
    return arc;
  });
  const shapes = part.shapes.map((shape) =>
    shape.map((polygon) =>
      polygon.map((ring) => {
        let last = 0;
        return ring.map((step) => {
          last += step >> 1;
          return step & 1 ? ~last : last;
        });
      }),
    ),
  );
  return { ...part, arcs, shapes };
}
