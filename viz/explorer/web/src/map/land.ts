/** All England below the areas: the layer with the fewest areas that has no gaps. */
import { type Include, type Layer, type Model, NotRead } from "../model/index.ts";
import type { Town } from "./scene.ts";

const IN_FORCE: Include = { planned: false, proposed: false };
const kept = new WeakMap<Model, Layer | null>();

export function landOf(model: Model): Layer | null {
  if (!model.has("topology")) throw new NotRead("topology");
  let land = kept.get(model);
  if (land !== undefined) return land;
  land = null;
  const day = model.main.meta.today;
  for (const kind of model.kinds()) {
    if (!kind.layers) continue;
    const layer = model.layer(kind.kind, day, IN_FORCE);
    if (layer && layer.areas.length > 1 && !layer.gaps.length && (!land || layer.areas.length < land.areas.length)) land = layer;
  }
  kept.set(model, land);
  return land;
}

const towns = new WeakMap<Model, readonly Town[]>();

/** The towns that the model knows, the largest first. */
export function townsOf(model: Model): readonly Town[] {
  let known = towns.get(model);
  if (!known) {
    known = model.towns();
    towns.set(model, known);
  }
  return known;
}
