/** One body on the map of its kind: it in colour, its neighbours pale. */
import { useMemo, useState } from "preact/hooks";
import type { Body } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type Zoom, write } from "../state.ts";
import { namer } from "./day_scene.ts";
import { around, outlinedOn } from "./ground.ts";
import { landOf, townsOf } from "./land.ts";
import { MapCanvas } from "./map_canvas.tsx";
import type { Scene } from "./scene.ts";
import { shapeOf } from "./shapes.ts";

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
      ground: null,
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
        home={around(shapeOf(area).box)}
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
