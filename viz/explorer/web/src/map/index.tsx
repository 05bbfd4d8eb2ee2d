/** The map of one day: the areas of a kind, the chosen body, the searched place, and in words what it does not show. */
import { useMemo } from "preact/hooks";
import type { Body, LayerArea } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { usualKind } from "../state.ts";
import { shortName } from "./labels.ts";
import { landOf, townsOf } from "./land.ts";
import { MapCanvas } from "./map_canvas.tsx";
import { WHOLE } from "./projection.ts";
import type { Scene } from "./scene.ts";

/** How near the map opens at a searched place. */
const NEAR = 5;
const NOBODY: ReadonlySet<Body> = new Set();

/** The name of a body on a map of its kind. */
export function namer({ model, state }: Pick<PanelProps, "model" | "state">, kind: string): (body: Body) => string {
  const words = model.kinds().find((one) => one.kind === kind);
  return (body) => {
    const name = model.name(body, state.at);
    return words ? shortName(name, words) : name;
  };
}

/** What the map of a state shows. */
export function sceneOf({ model, state }: Pick<PanelProps, "model" | "state">): Scene & { kind: string | null } {
  const kind = state.kind ?? usualKind(model, state.at, state.include);
  const layer = kind === null ? null : model.layer(kind, state.at, state.include);
  const place = state.place === null ? undefined : model.place(state.place, state.at);
  const pin = place && place.x !== null && place.y !== null ? { x: place.x, y: place.y, name: place.name } : null;
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
    name: kind === null ? String : namer({ model, state }, kind),
    named: null,
  };
}

export function ExploreMap({ model, state, go }: PanelProps) {
  const { at, body, kind: asked, place, include } = state;
  const scene = useMemo(() => sceneOf({ model, state }), [model, at, body, asked, place, include.planned, include.proposed]);
  const { layer, kind } = scene;
  const many = kind === null ? "bodies" : model.kindLabel(kind, true);
  const life = (area: LayerArea) => [model.life(area.body), area.estimated && "outline estimated", area.plan].filter(Boolean).join(" · ");
  const off = body !== null && layer && !layer.areas.some((area) => area.body === body) && model.kind(body) === kind;
  const dashed = layer?.areas.some((area) => area.estimated) || layer?.estimated;
  const gaps = layer?.gaps.length ?? 0;
  const planned = layer?.areas.some((area) => area.plan);
  return (
    <div class="map-block">
      <MapCanvas
        scene={scene}
        zoom={state.zoom ?? (scene.pin && { x: scene.pin.x, y: scene.pin.y, k: NEAR })}
        onZoom={(zoom) => go({ zoom: zoom ?? (scene.pin && WHOLE) }, "replace")}
        onPick={(picked) => picked !== body && go({ body: picked })}
        label={`Map of England: ${layer?.areas.length ?? 0} ${many} on ${model.words(at)}.`}
        spoken={(area) => `${model.name(area.body, at)}, ${life(area)}`}
        tip={(area) => (
          <>
            <strong>{model.name(area.body, at)}</strong>
            <span>{life(area)}</span>
          </>
        )}
      >
        {!layer && (
          <p class="map-none">
            No outlines of {many} are published for {model.words(at)}. The tab Table lists {kind !== null && model.inForce(kind, at, include).length ? "those of the day" : "what is known"}.
          </p>
        )}
        {(dashed || planned || gaps > 0) && (
          <ul class="map-key" aria-label="Signs on the map">
            {dashed ? (
              <li>
                <i class="key-dashed" /> estimated outline
              </li>
            ) : null}
            {planned ? (
              <li>
                <i class="key-plan" /> planned
              </li>
            ) : null}
            {gaps ? (
              <li>
                <i class="key-gap" /> no outline known
              </li>
            ) : null}
          </ul>
        )}
      </MapCanvas>
      <div class="map-notes">
        {off && body !== null && (
          <p>
            {model.name(body, at)} is not on this map: it was there {model.life(body)}.
          </p>
        )}
        {layer && gaps > 0 && (
          <details>
            <summary>
              {gaps} {gaps === 1 ? "body has" : "bodies have"} no outline: hatched, or not on the map
            </summary>
            <ul>
              {layer.gaps.map((gap) => (
                <li key={gap}>
                  <button type="button" class="link" onClick={() => go({ body: gap })}>
                    {model.name(gap, at)}
                  </button>
                </li>
              ))}
            </ul>
          </details>
        )}
        {layer?.note && <p>{layer.note}</p>}
      </div>
    </div>
  );
}
