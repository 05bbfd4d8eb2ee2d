/** The two maps of a comparison. */
import { namer } from "../map/day_scene.ts";
import { landOf, townsOf } from "../map/land.ts";
import type { Box } from "../map/projection.ts";
import type { Scene } from "../map/scene.ts";
import { shapeOf } from "../map/shapes.ts";
import type { Body, Day, Diff, Layer, Model } from "../model/index.ts";
import { lastChange } from "../slider/changes.ts";
import { type State, usualKind } from "../state.ts";
import { type Compared, compared, kindChanged, marksOf, ordered } from "./groups.ts";

const NOBODY: ReadonlySet<Body> = new Set();

export interface Pair {
  before: Day;
  after: Day;
  kind: string;
  diff: Diff;
  layers: readonly [Layer | null, Layer | null];
  groups: Compared;
  marks: Map<Body, string>;
  /** The part of England in which something changed, where it is not nearly all. */
  home: Box | null;
}

/** What is compared: what the address says, else before and after the last change. */
export function pairOf(model: Model, state: State): Pair {
  const chosen = state.and === null ? lastChange(model, state.at) : { at: state.at, and: state.and };
  const [before, after] = chosen.at <= chosen.and ? [chosen.at, chosen.and] : [chosen.and, chosen.at];
  const kind = state.kind ?? kindChanged(model, after) ?? usualKind(model, after, state.include) ?? "";
  const diff = model.diff(kind, before, after, state.include);
  const layers = [model.layer(kind, before, state.include), model.layer(kind, after, state.include)] as const;
  const groups = compared(diff, layers[0], layers[1]);
  groups.pairs = ordered(model, groups.pairs);
  return { before, after, kind, diff, layers, groups, marks: marksOf(groups.pairs), home: homeOf(layers, groups) };
}

function homeOf(layers: Pair["layers"], groups: Compared): Box | null {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  layers.forEach((layer, side) => {
    for (const area of layer?.areas ?? []) {
      if (!(side ? groups.after : groups.before).has(area.body)) continue;
      const own = shapeOf(area).box;
      for (const i of [0, 1] as const) box[i] = Math.min(box[i], own[i]);
      for (const i of [2, 3] as const) box[i] = Math.max(box[i], own[i]);
    }
  });
  return box[0] < box[2] ? box : null;
}

/** The scenes, with what is pointed at or chosen lit on both sides. */
export function scenesOf(model: Model, state: State, pair: Pair, over: Body | null): { scenes: [Scene, Scene]; lit: ReadonlySet<Body> } {
  const { groups, layers, kind, before, after, marks } = pair;
  const centre = over ?? state.body;
  const lit = centre === null ? NOBODY : new Set([centre, ...(groups.linked.get(centre) ?? [])]);
  const scene = (side: 0 | 1): Scene => {
    const fills = side ? groups.after : groups.before;
    const layer = layers[side];
    return {
      layer,
      land: landOf(model),
      fill: (area) => fills.get(area.body) ?? { colour: "same" },
      chosen: state.body,
      lit,
      hovered: over,
      pin: null,
      ground: null,
      towns: townsOf(model),
      name: namer(model, layer?.kind ?? kind, side ? after : before),
      mark: (body) => marks.get(body),
      named: fills.size ? new Set(fills.keys()) : null,
    };
  };
  return { scenes: [scene(0), scene(1)], lit };
}

/** All of it at once, for a picture. */
export function comparedScenes(model: Model, state: State, over: Body | null): Pair & { scenes: [Scene, Scene] } {
  const pair = pairOf(model, state);
  return { ...pair, scenes: scenesOf(model, state, pair, over).scenes };
}
