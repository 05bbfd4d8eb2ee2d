/** What the map of one day shows, made from the state. */
import type { Body, Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { usualKind } from "../state.ts";
import { groundOf } from "./ground.ts";
import { shortName } from "./labels.ts";
import { landOf, townsOf } from "./land.ts";
import { type Box, project } from "./projection.ts";
import type { Scene } from "./scene.ts";

/** How far around a searched place the map shows at first, in units of the plane. */
const NEAR = 75;
const NOBODY: ReadonlySet<Body> = new Set();

/** The names of bodies on a map of their kind. */
export function namer(model: Model, kind: string, at: number): (body: Body) => string {
  const words = model.kinds().find((one) => one.kind === kind);
  return (body) => {
    const name = model.name(body, at);
    return words ? shortName(name, words) : name;
  };
}

export interface DayScene extends Scene {
  kind: string | null;
  /** Where the map opens, if not with all England. */
  home: Box | null;
}

export function sceneOf({ model, state }: Pick<PanelProps, "model" | "state">): DayScene {
  const kind = state.kind ?? usualKind(model, state.at, state.include);
  const layer = kind === null ? null : model.layer(kind, state.at, state.include);
  const place = state.place === null ? undefined : model.place(state.place, state.at);
  const pin = place && place.x !== null && place.y !== null ? { x: place.x, y: place.y, name: place.name } : null;
  const [x, y] = pin ? project([pin.x, pin.y]) : [0, 0];
  const ground = place && !pin ? groundOf(model, place, state.at, state.include) : null;
  return {
    kind,
    layer,
    land: landOf(model),
    fill: (area) => ({ colour: area.colour }),
    chosen: state.body,
    lit: NOBODY,
    hovered: null,
    pin,
    towns: townsOf(model),
    name: kind === null ? String : namer(model, layer?.kind ?? kind, state.at),
    named: null,
    ground: ground?.area ? { area: ground.area, name: namer(model, model.kind(ground.area.body), state.at)(ground.area.body) } : null,
    home: pin ? [x - NEAR, y - NEAR, x + NEAR, y + NEAR] : (ground?.home ?? null),
  };
}
