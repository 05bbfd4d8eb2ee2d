/** One body on the map of its kind: it in colour, its neighbours pale. */
import { useMemo, useState } from "preact/hooks";
import { type Body, type Day, type LayerArea, type Model, NotRead } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type Zoom, write } from "../state.ts";
import { namer } from "./day_scene.ts";
import { landOf, townsOf } from "./land.ts";
import { MapCanvas } from "./map_canvas.tsx";
import type { Box } from "./projection.ts";
import type { Scene } from "./scene.ts";
import { shapeOf } from "./shapes.ts";

/** The day nearest to the one asked on which the body has an outline; null if it never has one. */
export function outlinedOn(model: Model, body: Body, at: Day, include: PanelProps["state"]["include"]): Day | null {
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

/** The box of an area with room for its neighbours around. */
function home(area: LayerArea): Box {
  const [left, top, right, bottom] = shapeOf(area).box;
  const [x, y] = [(right - left) * 0.45 + 4, (bottom - top) * 0.45 + 4];
  return [left - x, top - y, right + x, bottom + y];
}

export function BodyMap({ model, state, go, body }: PanelProps & { body: Body }) {
  const [zoom, setZoom] = useState<Zoom | null>(null);
  const kind = model.kind(body);
  const { planned, proposed } = state.include;
  const day = useMemo(() => outlinedOn(model, body, state.at, state.include), [model, body, state.at, planned, proposed]);
  const layer = day === null ? null : model.layer(kind, day, state.include);
  const area = layer?.areas.find((one) => one.body === body);
  const scene = useMemo(
    (): Scene => ({
      layer,
      land: landOf(model),
      fill: (one) => ({ colour: one.body === body ? one.colour : "same" }),
      chosen: body,
      lit: new Set(),
      hovered: null,
      pin: null,
      towns: townsOf(model),
      name: namer(model, kind, day ?? state.at),
      named: null,
    }),
    [model, layer, body],
  );
  if (day === null || !area) return <p class="muted">No outline of it is known.</p>;
  return (
    <figure class="body-map">
      <MapCanvas
        scene={scene}
        zoom={zoom}
        home={home(area)}
        onZoom={setZoom}
        onPick={(other) => other !== null && other !== body && go({ body: other })}
        label={`Map of ${model.name(body, day)} and its neighbours on ${model.words(day)}.`}
        spoken={(one) => model.name(one.body, day)}
        tip={(one) => <strong>{model.name(one.body, day)}</strong>}
      />
      <figcaption>
        On {model.words(day)}
        {area.estimated && ", outline estimated"}
        {area.plan && `, ${area.plan}`}. <a href={write({ ...state, view: "explore", tab: "map", kind, at: day }, model)}>On the map of all England</a>
        {layer?.note && <span class="muted"> {layer.note}</span>}
      </figcaption>
    </figure>
  );
}
