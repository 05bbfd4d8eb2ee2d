/** Lineage: a river on a true axis of time, with a table that says the same. */
import "./lineage.css";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Body, Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type State, write } from "../state.ts";
import { useParts } from "../kit/more.ts";
import { usePaper } from "../kit/paper.ts";
import { useWidth } from "../kit/use_width.ts";
import { choosing } from "../kit/parts.tsx";
import { count, isPlan, life, listed, nearestDay, share, years } from "../kit/words.ts";
import { LineageOfKind } from "./england.tsx";
import { type Family, family, type Flow, readable } from "./family.ts";
import { type Band, type Bar, type River, river, yearTicks } from "./river.ts";
import { LineageTable } from "./table.tsx";

/** So many bodies make a picture that can be read, on a screen and on half a page of paper. */
const [ON_SCREEN, ON_PAPER] = [60, 20];

/** In whose lineage one is interested: the chosen body, or the statutory commissioners of the chosen place. */
export function rootsOf(model: Model, state: State): Body[] {
  if (state.body !== null) return [state.body];
  if (state.place === null || !model.has("places")) return [];
  const first = model.main.roles[0]?.role;
  const found = model.find(state.place, state.at, state.include).bodies.filter((one) => one.role === first);
  return [...new Set(found.map((one) => one.body))];
}

export function Lineage(props: PanelProps) {
  const { model, state } = props;
  useParts(model, "places", "practices");
  const roots = rootsOf(model, state);
  return (
    <section class="lineage" role="region" aria-label="Lineage">
      {roots.length ? <OfBodies key={roots.join(" ")} {...props} roots={roots} /> : <LineageOfKind {...props} />}
    </section>
  );
}

/** The sentence above the picture. */
export function headline(model: Model, roots: readonly Body[], kin: Family): string {
  const names = listed(roots.map((body) => model.name(body)));
  const before = kin.bodies.filter((body) => kin.flows.some((flow) => flow.from === body) && isBefore(kin, body)).length;
  const after = kin.bodies.length - before - roots.length;
  const words = [before ? `${count(before, "body", "bodies")} before it` : "none before it", after ? `${count(after, "body", "bodies")} after it` : "none after it"];
  return `${names}: ${words.join(", ")}.`;
}

function isBefore(kin: Family, body: Body): boolean {
  const seen = new Set<Body>();
  const edge = [body];
  while (edge.length) {
    const now = edge.pop() as Body;
    if (seen.has(now)) continue;
    seen.add(now);
    for (const flow of kin.flows) {
      if (flow.from !== now) continue;
      if (kin.roots.includes(flow.to)) return !kin.roots.includes(body);
      edge.push(flow.to);
    }
  }
  return false;
}

function OfBodies({ model, state, go, roots }: PanelProps & { roots: Body[] }) {
  const [all, setAll] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const paper = usePaper();
  const kin = useMemo(() => (all && !paper ? family(model, roots, state.include) : readable(model, roots, state.include, paper ? ON_PAPER : ON_SCREEN)), [model, all, paper, state.include, roots.join(" ")]);
  const drawn = useMemo(() => draw(model, kin, width, state.at), [model, kin, width]);
  const unseen = !state.include.planned && roots.some((body) => model.plannedEnd(body) || isPlan(model.status(body)));
  return (
    <>
      <p class="headline">{headline(model, roots, kin)}</p>
      {unseen && (
        <p class="notice">
          Without what is planned. <a href={write({ ...state, include: { ...state.include, planned: true } }, model)}>Show what is planned</a>
        </p>
      )}
      {kin.left > 0 && (
        <p>
          {count(kin.left, "body is", "bodies are")} further away.{" "}
          <button type="button" class="button-quiet" onClick={() => setAll(true)}>
            Show all
          </button>
        </p>
      )}
      <div class="river-frame" ref={frame}>
        {kin.flows.length > 0 || kin.bodies.length > 1 ? <Picture model={model} state={state} go={go} kin={kin} drawn={drawn} /> : null}
        {!kin.flows.length && !unseen && <p>No body is named before or after it{kin.small.length ? "; small parts passed, see the table" : ""}.</p>}
      </div>
      <p class="muted">
        Time runs to the right. A band is as wide as the share of the older body that passed, each oldest body drawn alike; what is planned is dashed. Small parts
        and exchanges between bodies that went on are in the table only.
      </p>
      <LineageTable model={model} state={state} kin={kin} />
    </>
  );
}

function shortLabel(model: Model, body: Body, most: number): string {
  const name = model.name(body) || model.id(body);
  return name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name;
}

interface Drawn extends River {
  first: number;
  last: number;
  most: number;
}

function draw(model: Model, kin: Family, width: number, at: number): Drawn {
  const known = kin.bodies.flatMap((body) => [model.from(body), model.until(body)]).filter((day): day is number => day !== null);
  const { firstDay, lastDay, today } = model.main.meta;
  const days = [...known, ...kin.flows.map((flow) => flow.day), at].filter((day) => day >= firstDay);
  const first = Math.max(Math.min(...days) - 200, firstDay - 60);
  const last = Math.min(Math.max(...days, today) + 300, lastDay + 60);
  const most = Math.max(Math.floor((width - 20) / 7.4), 14);
  const lives = { from: (body: Body) => model.from(body), until: (body: Body) => model.until(body), label: (body: Body) => shortLabel(model, body, most) };
  return { ...river(kin, lives, width, first, last), first, last, most };
}

/** What passed, in words: for the tip, the reader of the screen and the table. */
export function flowWords(model: Model, flow: Flow): string {
  const weight = flow.weight === null ? "a share not known" : flow.weight >= 0.9995 ? "all" : share(flow.weight);
  const counts = flow.counts && flow.weight !== null ? ` (by ${flow.counts})` : "";
  const plan = flow.plan ? `; ${model.statusWords(flow.status)}` : "";
  return `${model.words(flow.day)}: ${flow.how}. ${weight} of ${model.name(flow.from)} passed to ${model.name(flow.to)}${counts}${plan}`;
}

function Picture({ model, state, go, kin, drawn }: PanelProps & { kin: Family; drawn: Drawn }) {
  const [lit, setLit] = useState<Body | null>(null);
  const touching = (band: Band) => lit === null || band.flow.from === lit || band.flow.to === lit;
  const near = (bar: Bar) => lit === null || bar.body === lit || kin.flows.some((flow) => (flow.from === lit && flow.to === bar.body) || (flow.to === lit && flow.from === bar.body));
  const now = drawn.x(state.at);
  return (
    <svg class="river" viewBox={`0 0 ${drawn.width} ${drawn.height}`} width={drawn.width} height={drawn.height} role="group" aria-label="River of bodies; the table below says the same">
      <g class="axis" aria-hidden="true">
        {yearTicks(drawn.first, drawn.last, drawn.width).map(({ day, year }) => (
          <g key={year}>
            <line x1={drawn.x(day)} x2={drawn.x(day)} y1={20} y2={drawn.height} />
            <text x={drawn.x(day)} y={14} text-anchor="middle">
              {year}
            </text>
          </g>
        ))}
        <line class="now" x1={now} x2={now} y1={18} y2={drawn.height} />
      </g>
      {drawn.bands.map((band) => (
        <path
          key={`${band.flow.from} ${band.flow.to} ${band.flow.day}`}
          d={band.path}
          class={`band${band.flow.plan ? " planned" : ""}${touching(band) ? "" : " dim"}`}
          onPointerEnter={() => setLit(band.flow.from)}
          onPointerLeave={() => setLit(null)}
        >
          <title>{flowWords(model, band.flow)}</title>
        </path>
      ))}
      {drawn.bars.map((bar) => {
        const plan = model.status(bar.body) !== "in_force";
        const name = shortLabel(model, bar.body, drawn.most);
        return (
          <a
            key={bar.body}
            href={write(choosing(model, state, bar.body), model)}
            data-id={model.id(bar.body)}
            aria-label={`${model.name(bar.body)}, ${years(model, bar.body)}`}
            class={`bar${kin.roots.includes(bar.body) ? " root" : ""}${plan ? " planned" : ""}${near(bar) ? "" : " dim"}`}
            onPointerEnter={() => setLit(bar.body)}
            onPointerLeave={() => setLit(null)}
            onFocus={() => setLit(bar.body)}
            onBlur={() => setLit(null)}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              go({ ...choosing(model, state, bar.body), view: state.view, tab: state.tab, at: nearestDay(model, bar.body, state.at) });
            }}
          >
            <title>{`${model.name(bar.body)}: ${life(model, bar.body)}`}</title>
            <rect x={bar.left} y={bar.y} width={Math.max(bar.right - bar.left, 2)} height={bar.height} rx={2} />
            <text x={bar.labelX} y={bar.y - 4} text-anchor={bar.labelEnd ? "end" : "start"}>
              {name}
            </text>
          </a>
        );
      })}
    </svg>
  );
}
