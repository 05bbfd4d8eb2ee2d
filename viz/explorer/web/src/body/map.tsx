/** A small map on the page of a body: its own outline among those of its kind. */
import { useMemo } from "preact/hooks";
import type { Body, LayerArea, Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import type { Zoom } from "../state.ts";
import { inForceOn, nearestDay } from "../kit/words.ts";
import { useParts } from "../kit/more.ts";
import { sceneOf } from "../map/index.tsx";
import { MapCanvas } from "../map/map_canvas.tsx";

/** England is about so many degrees wide and high. */
const ENGLAND = { wide: 8.2, high: 5.9 };

export function BodyMap({ model, state, go, body }: PanelProps & { body: Body }) {
  const ready = useParts(model, "topology");
  const kind = model.kind(body);
  const at = nearestDay(model, body, state.at);
  const scene = useMemo(() => (ready ? sceneOf({ model, state: { ...state, kind, at, place: null } }) : null), [model, ready, kind, body, at, state.include]);
  if (!scene) return <p role="status">Reading the outlines…</p>;
  const own = scene.layer?.areas.find((area) => area.body === body);
  if (!scene.layer || !own) return <p>No outline of {model.name(body, at)} is held{inForceOn(model, body, state.at) ? ` for ${model.words(state.at)}` : ""}.</p>;
  const name = model.name(body, at);
  return (
    <>
      <div class="body-map">
        <MapCanvas
          scene={scene}
          zoom={around(own)}
          onZoom={() => undefined}
          onPick={(picked) => picked !== null && picked !== body && go({ body: picked, at })}
          label={`Map: ${name} among the ${model.kindLabel(kind, true)} of ${model.words(at)}.`}
          spoken={(area) => model.name(area.body, at)}
          tip={(area) => <strong>{model.name(area.body, at)}</strong>}
        />
      </div>
      <p class="muted">
        {name} on {model.words(at)}
        {own.estimated && "; the outline is estimated"}
        {own.joined && `; joined from ${own.joined}`}
        {own.planSentence && `; ${own.planSentence}`}.
      </p>
    </>
  );
}

/** Where the map shows an area with some of its neighbours. */
function around(area: LayerArea): Zoom {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const polygon of area.feature.geometry.coordinates) {
    for (const [x, y] of polygon[0] ?? []) {
      if (x === undefined || y === undefined) continue;
      [west, east, south, north] = [Math.min(west, x), Math.max(east, x), Math.min(south, y), Math.max(north, y)];
    }
  }
  const k = 0.55 * Math.min(ENGLAND.wide / Math.max(east - west, 0.05), ENGLAND.high / Math.max(north - south, 0.05));
  return { x: (west + east) / 2, y: (south + north) / 2, k: Math.min(Math.max(k, 1), 40) };
}

/** Whether there is an outline of the body's kind on any day. */
export function isMapped(model: Model, kind: string): boolean {
  return model.has("topology") && model.layerDays(kind).length > 0;
}
