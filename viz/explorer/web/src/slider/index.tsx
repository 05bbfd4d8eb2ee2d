/** The line of time: drag it, step it, play it, or type the day. */
import "./slider.css";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../frame/icons.tsx";
import type { Day } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { DateField } from "./date_field.tsx";
import { changeDays } from "./changes.ts";
import { type Line, changeBefore, dayAt, labelled, months, nextChange, within, xOf, years } from "./scale.ts";

const EACH = 1600;
let pen: CanvasRenderingContext2D | null = null;

/** How wide small text is on this page. */
function measure(text: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 7;
  pen.font = `500 12px ${getComputedStyle(document.documentElement).fontFamily}`;
  return pen.measureText(text).width;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

export function Slider({ model, state, go }: PanelProps) {
  const track = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [playing, setPlaying] = useState(false);
  const dragging = useRef(false);
  const { firstDay: first, lastDay: last, knownTo } = model.main.meta;
  const line: Line = { first, last, width };
  const days = useMemo(() => changeDays(model), [model]);
  const stops = useMemo(() => days.filter((one) => one.weight > 0 || !one.plan).map((one) => one.day), [days]);

  useLayoutEffect(() => {
    const element = track.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    setWidth(element.clientWidth);
    return () => watch.disconnect();
  }, []);

  const marks = useMemo(
    () =>
      labelled(
        { first, last, width },
        days.map((one) => {
          const year = model.iso(one.day).slice(0, 4);
          return { day: one.day, weight: one.weight, plan: one.plan, ways: one.weight > 0 || !one.plan ? [`${year} ${shortened(one.short, 40)}`, `${year} ${shortened(one.short, 24)}`, `${year} ${shortened(one.short, 12)}`, year] : [] };
        }),
        measure,
      ),
    [days, width, last],
  );
  const ticks = useMemo(() => years({ first, last, width }), [width, last]);

  const to = (day: Day, how: "push" | "replace" = "push") => {
    if (day !== state.at) go({ at: within(line, day) }, how);
  };
  const next = nextChange(stops, state.at);
  const before = changeBefore(stops, state.at);

  useEffect(() => {
    if (!playing) return;
    if (next === null) return setPlaying(false);
    const timer = setTimeout(() => to(next, "replace"), EACH);
    return () => clearTimeout(timer);
  }, [playing, state.at]);

  const play = () => {
    if (!playing && next === null) go({ at: stops[0] ?? first });
    setPlaying(!playing);
  };
  const pointed = (event: PointerEvent) => dayAt(line, event.clientX - (track.current?.getBoundingClientRect().left ?? 0), stops, event.pointerType === "touch" ? 9 : 5);
  const step = (event: KeyboardEvent) => {
    const by: Record<string, Day> = {
      ArrowRight: event.shiftKey ? months(state.at, 1) : state.at + 1,
      ArrowUp: event.shiftKey ? months(state.at, 1) : state.at + 1,
      ArrowLeft: event.shiftKey ? months(state.at, -1) : state.at - 1,
      ArrowDown: event.shiftKey ? months(state.at, -1) : state.at - 1,
      PageUp: next ?? last,
      PageDown: before ?? first,
      Home: first,
      End: last,
    };
    const day = by[event.key];
    if (day === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setPlaying(false);
    to(within(line, day), "replace");
  };
  const here = days.find((one) => one.day === state.at);
  const x = xOf(line, state.at);

  return (
    <section class="slider" aria-label="Time">
      <div class="slider-tools">
        <button type="button" class="button-quiet icon-only" onClick={() => before !== null && to(before)} disabled={before === null} aria-label="Previous change" title="Previous change">
          <Icon name="previous" />
        </button>
        <button type="button" class="button-quiet icon-only" onClick={play} aria-label={playing ? "Pause" : "Play"} title={playing ? "Pause" : "Play the changes"}>
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <button type="button" class="button-quiet icon-only" onClick={() => next !== null && to(next)} disabled={next === null} aria-label="Next change" title="Next change">
          <Icon name="next" />
        </button>
        <DateField model={model} day={state.at} label="Date" onDay={(day) => go({ at: day })} />
        <button type="button" class="button-quiet slider-today" onClick={() => to(model.main.meta.today)} disabled={state.at === model.main.meta.today}>
          Today
        </button>
        <p class="slider-here" aria-live={playing ? "off" : "polite"}>
          {here ? (
            <>
              <span class={here.plan ? "chip plan" : "chip"}>{here.plan ? "Plan" : "Change"}</span> {here.label}{" "}
              {here.plan && !state.include.planned ? (
                <button type="button" class="link" onClick={() => go({ include: { ...state.include, planned: true } })}>
                  Show what is planned
                </button>
              ) : (
                <button type="button" class="link" onClick={() => go({ view: "compare", kind: null, at: state.at - 1, and: state.at })}>
                  Compare before and after
                </button>
              )}
            </>
          ) : (
            state.at > knownTo && <span class="muted">After {model.words(knownTo)}: as last known{state.include.planned && ", and what is planned"}</span>
          )}
        </p>
      </div>
      <div
        class="slider-track"
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label="Day"
        aria-valuemin={first}
        aria-valuemax={last}
        aria-valuenow={state.at}
        aria-valuetext={`${model.words(state.at)}${here ? `: ${here.label}` : ""}`}
        onKeyDown={step}
        onPointerDown={(event) => {
          if (event.button) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus({ preventScroll: true });
          dragging.current = true;
          setPlaying(false);
          to(pointed(event));
        }}
        onPointerMove={(event) => dragging.current && to(pointed(event), "replace")}
        onPointerUp={() => (dragging.current = false)}
        onPointerCancel={() => (dragging.current = false)}
      >
        <div class="slider-labels" aria-hidden="true">
          {marks.map(
            (one) =>
              one.text && (
                <span key={one.mark.day} class={`slider-label${one.mark.plan ? " is-plan" : ""}${one.mark.day === state.at ? " is-here" : ""}`} style={{ left: `${one.left}px` }}>
                  {one.text}
                </span>
              ),
          )}
        </div>
        <div class="slider-line" aria-hidden="true">
          <span class="slider-past" style={{ width: `${Math.max(0, xOf(line, Math.min(knownTo, last)))}px` }} />
          {marks.map((one) => (
            <span
              key={one.mark.day}
              class={`slider-mark${one.mark.plan ? " is-plan" : ""}${one.mark.weight > 30 ? " is-large" : ""}`}
              style={{ left: `${one.x}px` }}
              title={days.find((day) => day.day === one.mark.day)?.label}
            />
          ))}
          <span class="slider-thumb" style={{ left: `${x}px` }} />
        </div>
        <div class="slider-years" aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick.year} class={tick.named ? "is-named" : ""} style={{ left: `${xOf(line, tick.day)}px` }}>
              {tick.named && (width > 620 ? tick.year : `’${String(tick.year).slice(2)}`)}
            </span>
          ))}
        </div>
      </div>
    </section>
  );
}
