/** The frame of the page: the top, and the view that the address names. */
import type { ComponentChild } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { BodyPage } from "./body/index.tsx";
import { Compare } from "./compare/index.tsx";
import { Explore } from "./explore.tsx";
import { About } from "./frame/about.tsx";
import { Boundary } from "./frame/boundary.tsx";
import { OtherDay } from "./frame/other_day.tsx";
import { Top } from "./frame/top.tsx";
import { unfoldOnPaper } from "./kit/paper.ts";
import { usePageState } from "./frame/use_state.ts";
import type { Model } from "./model/index.ts";
import type { PanelProps } from "./panel.ts";
import { Plans } from "./plans/index.tsx";
import { Services } from "./services/index.tsx";
import { Slider } from "./slider/index.tsx";
import { Start } from "./start/index.tsx";
import type { Read, State } from "./state.ts";
import { Walks } from "./walks/index.tsx";

interface Props {
  model: Model;
  first: Read;
  /** Told what is shown; null where the address asks for a day that cannot be shown. */
  onState: (state: State | null) => void;
}

export function App({ model, first, onState }: Props) {
  const { now, settled, go, dismiss } = usePageState(model, first);
  const { state, noDay } = now;
  const problems = now.problems.filter((problem) => problem !== noDay?.words);
  const main = useRef<HTMLElement>(null);
  const opened = useRef(false);
  onState(noDay ? null : state);
  useEffect(() => {
    // Who reads by ear or goes by keys begins at the heading of the new view.
    if (opened.current) {
      scrollTo(0, 0);
      main.current?.scrollTo(0, 0);
      main.current?.querySelector("h1")?.focus({ preventScroll: true });
    }
    opened.current = true;
  }, [state.view, state.view === "body" ? state.body : null]);
  useEffect(() => {
    document.title = noDay ? "No such day here – orgmap" : titleOf(model, settled);
  }, [settled, noDay]);
  useEffect(() => unfoldOnPaper(document), []);
  const props = { model, state, go };
  return (
    <div class={`page is-${state.view}`}>
      <button type="button" class="skip" onClick={() => main.current?.querySelector("h1")?.focus()}>
        Skip to the content
      </button>
      <Top {...props} />
      {problems.length > 0 && (
        <div class="problems" role="alert">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
          <button type="button" class="link" onClick={dismiss}>
            Close
          </button>
        </div>
      )}
      <main ref={main}>
        <Boundary key={noDay ? "no day" : state.view} model={model} what="This view">
          {noDay ? <OtherDay {...props} noDay={noDay} /> : <View {...props} settled={settled} />}
        </Boundary>
      </main>
      {!noDay && (state.view === "body" || state.view === "services" || state.view === "walks") && (
        <div class="page-time">
          <Boundary model={model} what="The line of time">
            <Slider {...props} />
          </Boundary>
        </div>
      )}
    </div>
  );
}

function View(props: PanelProps & { settled: State }) {
  const views: Record<State["view"], () => ComponentChild> = {
    start: () => <Start {...props} />,
    explore: () => <Explore {...props} />,
    compare: () => <Compare {...props} />,
    body: () => <BodyPage {...props} />,
    services: () => <Services {...props} />,
    walks: () => <Walks {...props} />,
    plans: () => <Plans {...props} />,
    about: () => <About {...props} />,
  };
  return views[props.state.view]();
}

function titleOf(model: Model, state: State): string {
  const words: Record<State["view"], string> = {
    start: "England’s health and care, who commissions what",
    explore: `England on ${model.words(state.at)}`,
    compare: `${model.words(state.at)} and ${state.and === null ? "" : model.words(state.and)}`,
    body: state.body === null ? "" : model.name(state.body, state.at),
    services: `Who commissions what on ${model.words(state.at)}`,
    walks: `A case walked on ${model.words(state.at)}`,
    plans: "Plans ahead",
    about: "About this page",
  };
  return `${words[state.view]} – orgmap`;
}
