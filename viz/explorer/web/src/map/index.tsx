/** The map of one day: the areas of a kind, the chosen body, the searched place, and in words what it does not show. */
import { useEffect, useMemo } from "preact/hooks";
import type { LayerArea } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { changeDays } from "../slider/changes.ts";
import { changeBefore, nextChange } from "../slider/scale.ts";
import { outlinedOn } from "./ground.ts";
import { sceneOf } from "./day_scene.ts";
import { MapKey } from "./key.tsx";
import { prepare } from "./shapes.ts";
import { MapCanvas } from "./map_canvas.tsx";

/** Whether what must be said of the map stands there at once: only what is pressing, and where it covers little. */
function unfolded(pressing: boolean): boolean {
  return pressing && matchMedia("(min-width: 1200px)").matches;
}

export function ExploreMap({ model, state, go }: PanelProps) {
  const { at, body, kind: asked, place, include } = state;
  const scene = useMemo(() => sceneOf({ model, state }), [model, at, body, asked, place, include.planned, include.proposed]);
  const { layer, kind } = scene;
  useEffect(() => {
    // The steps before and after are drawn at once when somebody goes there.
    const days = changeDays(model).map((one) => one.day);
    const next = [nextChange(days, at), changeBefore(days, at)];
    const later = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 300));
    const handles = next.map((day) => day !== null && later(() => prepare(sceneOf({ model, state: { ...state, at: day } }).layer)));
    const cancel = window.cancelIdleCallback ?? window.clearTimeout;
    return () => handles.forEach((handle) => handle !== false && cancel(handle));
  }, [model, at, asked, include.planned, include.proposed]);
  const many = kind === null ? "bodies" : model.kindLabel(kind, true);
  const life = (area: LayerArea) => [model.life(area.body), area.estimated && "outline estimated", area.plan].filter(Boolean).join(" · ");
  const off = body !== null && layer && !layer.areas.some((area) => area.body === body) && model.kind(body) === kind;
  const other = off ? outlinedOn(model, body, at, include) : null;
  const gaps = layer?.gaps.length ?? 0;
  const notes = Number(Boolean(off)) + gaps + Number(Boolean(layer && layer.kind !== kind)) + Number(Boolean(layer?.note));
  return (
    <div class="map-block">
      <MapCanvas
        scene={scene}
        zoom={state.zoom}
        home={scene.home}
        onZoom={(zoom) => go({ zoom }, "replace")}
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
        <MapKey layer={layer} />
      </MapCanvas>
      {notes > 0 && <details class="map-notes" open={unfolded(Boolean(off || (layer && layer.kind !== kind)))}>
        <summary>About this map</summary>
        {off && body !== null && (
          <p>
            {model.name(body, at)} is not on this map ({model.life(body)}).{" "}
            {other !== null && (
              <button type="button" class="link" onClick={() => go({ at: other })}>
                Go to {model.words(other)}
              </button>
            )}
          </p>
        )}
        {layer && gaps > 0 && (
          <details class="map-gaps">
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
        {layer && layer.kind !== kind && (
          <p>
            On this day there were no {many} yet: the map shows {model.kindLabel(layer.kind, true)}, in whose place they came.
          </p>
        )}
        {layer?.note && <p>{layer.note}</p>}
      </details>}
    </div>
  );
}
