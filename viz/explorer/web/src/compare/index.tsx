/** Two days beside or over each other: what was old has the colour of what it became. */
import "./compare.css";
import { useMemo, useState } from "preact/hooks";
import { Boundary } from "../frame/boundary.tsx";
import { Icon } from "../frame/icons.tsx";
import { IncludeChoice, KindChoice } from "../frame/kind_choice.tsx";
import { MapKey } from "../map/key.tsx";
import { MapCanvas } from "../map/map_canvas.tsx";
import type { MapView } from "../map/view.ts";
import { type Body, type Day, NotRead } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { changeBetween, changeDays } from "../slider/changes.ts";
import { DateField } from "../slider/date_field.tsx";
import { kindChanged, untouched } from "./groups.ts";
import { pairOf, scenesOf } from "./scenes.ts";
import { ChangeTable, share } from "./table.tsx";

export function Compare(props: PanelProps) {
  const { model, state, go } = props;
  if (!model.has("topology")) throw new NotRead("topology");
  const [mode, setMode] = useState<"Side by side" | "Swipe">("Side by side");
  const [over, setOver] = useState<Body | null>(null);
  const { planned, proposed } = state.include;
  const pair = useMemo(() => pairOf(model, state), [model, state.kind, state.at, state.and, planned, proposed]);
  const { before, after, kind, diff, groups } = pair;
  const many = model.kindLabel(kind, true);
  const same = useMemo(() => untouched(diff, groups), [pair]);
  const { scenes } = useMemo(() => scenesOf(model, state, pair, over), [pair, over, state.body]);
  const days = useMemo(() => changeDays(model).filter((one) => one.weight > 0), [model]);
  const reform = changeBetween(days, before, after, state.include);
  const toReform = (day: Day) => {
    const plan = day > model.main.meta.today;
    go({ at: day - 1, and: day, kind: kindChanged(model, day), body: null, include: { planned: planned || plan, proposed } });
  };

  const notes = [...new Set(scenes.map((scene) => scene.layer?.note ?? ""))].filter(Boolean);

  const links = (body: Body, at: Day) => {
    const others = groups.pairs.filter((pair) => !pair.stray && (at === before ? pair.from === body : pair.to === body));
    return others.map((pair) => {
      const other = at === before ? pair.to : pair.from;
      return `${at === before ? "to" : "from"} ${other === null ? "not known" : model.name(other, at === before ? after : before)}${pair.weight === null ? "" : `, ${share(pair.weight)}`}`;
    });
  };
  const peers = useMemo(() => new Set<MapView>(), []);
  const map = (side: 0 | 1) => {
    const at = side ? after : before;
    const scene = scenes[side]!;
    return (
      <MapCanvas
        scene={scene}
        zoom={state.zoom}
        home={pair.home}
        peers={peers}
        onZoom={(zoom) => go({ zoom }, "replace")}
        onOver={setOver}
        onPick={(body) => body !== state.body && go({ body }, "replace")}
        label={`Map of England on ${model.words(at)}: ${scene.layer?.areas.length ?? 0} ${model.kindLabel(scene.layer?.kind ?? kind, true)}.`}
        spoken={(area) => [model.name(area.body, at), ...links(area.body, at)].join("; ")}
        tip={(area) => (
          <>
            <strong>{model.name(area.body, at)}</strong>
            {links(area.body, at).slice(0, 6).map((line) => (
              <span key={line}>{line}</span>
            ))}
            {!links(area.body, at).length && <span>{groups.linked.has(area.body) ? "goes on, with another area" : "did not change"}</span>}
          </>
        )}
      >
        <p class={`map-day${side ? " is-after" : ""}`}>{model.words(at)}</p>
        <MapKey layer={scene.layer} />
        {!scene.layer && <p class="map-none">No outlines of {many} are published for {model.words(at)}.</p>}
      </MapCanvas>
    );
  };

  return (
    <div class="compare">
      <div class="compare-head">
        <h1 tabIndex={-1} aria-live="polite">
          {diff.headline || `${model.words(before)} and ${model.words(after)}: nothing changed among the ${many}.`}
        </h1>
        <IncludeChoice {...props} />
        <button type="button" class="button-quiet shy" onClick={() => go({ view: "explore", at: after, and: null })}>
          <Icon name="close" /> <span>End comparison</span>
        </button>
      </div>
      <div class="compare-choices">
        <select aria-label="Reform" value={reform ? String(reform.day) : ""} onChange={(event) => event.currentTarget.value && toReform(Number(event.currentTarget.value))}>
          <option value="">Choose a reform</option>
          {days.map((one) => (
            <option key={one.day} value={String(one.day)}>
              {model.iso(one.day).slice(0, 4)}: {one.label}
              {one.plan ? " (planned)" : ""}
            </option>
          ))}
        </select>
        <KindChoice model={model} kind={kind} onKind={(other) => go({ kind: other, body: null })} />
        <DateField model={model} day={before} label="Date" onDay={(day) => go({ at: day, and: after })} />
        <DateField model={model} day={after} label="Second date" onDay={(day) => go({ at: before, and: day })} />
      </div>
      <div class="compare-maps">
        <fieldset class="mode" role="radiogroup" aria-label="Show as">
          {(["Side by side", "Swipe"] as const).map((one) => (
            <label key={one} class="tick">
              <input type="radio" name="mode" checked={mode === one} onChange={() => setMode(one)} />
              {one}
            </label>
          ))}
        </fieldset>
        <Boundary model={model} what="The maps">{mode === "Swipe" ? <Swipe left={map(0)} right={map(1)} /> : [0, 1].map((side) => <div key={side} class="compare-map">{map(side as 0 | 1)}</div>)}</Boundary>
      </div>
      <div class="compare-side">
        <ChangeTable {...props} diff={diff} pairs={groups.pairs} marks={pair.marks} same={same} centre={over ?? state.body} onOver={setOver} before={before} after={after} many={many} />
        {notes.length > 0 && (
          <details class="compare-same">
            <summary>About these maps</summary>
            {notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </details>
        )}
      </div>
    </div>
  );
}

/** One map over the other, the line between them where the hand puts it. */
function Swipe({ left, right }: { left: preact.ComponentChildren; right: preact.ComponentChildren }) {
  const [at, setAt] = useState(50);
  return (
    <div class="swipe">
      <div class="swipe-under">{left}</div>
      <div class="swipe-over" style={{ clipPath: `inset(0 0 0 ${at}%)` }}>
        {right}
      </div>
      <div class="swipe-line" style={{ left: `${at}%` }} aria-hidden="true" />
      <input type="range" class="swipe-range" min="0" max="100" value={at} aria-label="Swipe position" aria-valuetext={`${at} % of the first day`} onInput={(event) => setAt(Number(event.currentTarget.value))} />
    </div>
  );
}
