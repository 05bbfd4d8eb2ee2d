/** One day of England: a sentence on top, tabs of one selection, the chosen body beside them, the line of time below. */
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { BodyPanel } from "./body/index.tsx";
import { Boundary } from "./frame/boundary.tsx";
import { Icon } from "./frame/icons.tsx";
import { IncludeChoice, KindChoice } from "./frame/kind_choice.tsx";
import { Tabs } from "./frame/tabs.tsx";
import { Lineage } from "./lineage/index.tsx";
import { ExploreMap } from "./map/index.tsx";
import type { PanelProps } from "./panel.ts";
import { Services } from "./services/index.tsx";
import { lastChange } from "./slider/changes.ts";
import { Slider } from "./slider/index.tsx";
import { type State, type Tab, usualKind } from "./state.ts";
import { Structure } from "./structure/index.tsx";
import { Table } from "./table/index.tsx";
import { Walks } from "./walks/index.tsx";

const PANELS: Record<Exclude<Tab, "map">, ComponentType<PanelProps>> = { structure: Structure, services: Services, walks: Walks, lineage: Lineage, table: Table };

/** The width at which the parts of the page stand below each other, as the style sheet has it. */
const NARROW = "(max-width: 900px), (max-height: 520px)";

/** A panel beside the map: it follows when the hand rests, and is given the kind that is shown. */
function Calm({ model, settled, go, panel: Panel }: PanelProps & { settled: State; panel: ComponentType<PanelProps> }) {
  const { kind, at, include } = settled;
  const shown = kind ?? usualKind(model, at, include);
  const state = useMemo(() => ({ ...settled, kind: shown }), [settled, shown]);
  return <Panel model={model} state={state} go={go} />;
}

export function Explore(props: PanelProps & { settled: State }) {
  const { model, state, settled } = props;
  const { body, place, tab } = state;
  // On a phone the answer stands first, and the map below it.
  const answered = tab === "map" && (body !== null || place !== null);
  const side = useRef<HTMLDivElement>(null);
  const main = useRef<HTMLDivElement>(null);
  const opened = useRef(false);
  const show = (part: HTMLElement | null) => matchMedia(NARROW).matches && part?.scrollIntoView({ block: "start" });
  useEffect(() => {
    if (opened.current) show(answered ? side.current : main.current);
    opened.current = true;
  }, [body, place, tab]);
  return (
    <div class={answered ? "explore is-answered" : "explore"}>
      <div class="explore-head">
        <Boundary model={model} what="The sentence on top">
          <Headline {...props} />
        </Boundary>
      </div>
      <div class="explore-main" ref={main}>
        <Tabs {...props} beside={<Choices {...props} />}>
          <Boundary key={state.tab} model={model} what="This tab">
            {state.tab === "map" && <ExploreMap {...props} />}
            {state.tab !== "map" && <Calm {...props} panel={PANELS[state.tab]} />}
          </Boundary>
        </Tabs>
      </div>
      <div class="explore-side" ref={side}>
        {answered && (
          <button type="button" class="link to-map" onClick={() => show(main.current)}>
            To the map and the other views
          </button>
        )}
        <Boundary key={`${settled.body} ${settled.place}`} model={model} what="The chosen body">
          <Calm {...props} panel={BodyPanel} />
        </Boundary>
      </div>
      <div class="explore-time">
        <Slider {...props} />
      </div>
    </div>
  );
}

function Headline(props: PanelProps & { settled: State }) {
  const { model, state, settled, go } = props;
  const kind = state.kind ?? usualKind(model, state.at, state.include);
  return (
    <>
      <h1 tabIndex={-1}>{kind === null ? model.words(state.at) : model.headline(kind, state.at, undefined, state.include)}</h1>
      <p class="visually-hidden" aria-live="polite">
        {kind !== null && settled.at === state.at && model.headline(kind, settled.at, undefined, state.include)}
      </p>
      <div class="explore-choices">
        <button type="button" class="button-quiet shy" onClick={() => go({ kind, ...lastChange(model, state.at), view: "compare" })}>
          <Icon name="compare" /> <span>Compare</span>
        </button>
      </div>
    </>
  );
}

function Choices(props: PanelProps) {
  return (
    <div class="explore-choices">
      <Boundary model={props.model} what="The choice of kinds">
        <KindOfState {...props} />
      </Boundary>
      <IncludeChoice {...props} />
    </div>
  );
}

function KindOfState({ model, state, go }: PanelProps) {
  return <KindChoice model={model} kind={state.kind ?? usualKind(model, state.at, state.include)} onKind={(chosen) => go({ kind: chosen === usualKind(model, state.at, state.include) ? null : chosen })} />;
}
