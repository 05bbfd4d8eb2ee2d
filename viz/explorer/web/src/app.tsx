/** The frame of the page: the top, and the view that the address names. */
import { useEffect, useRef } from "preact/hooks";
import { BodyPage } from "./body/index.tsx";
import { Compare } from "./compare/index.tsx";
import { Explore } from "./explore.tsx";
import { About } from "./frame/about.tsx";
import { Boundary } from "./frame/boundary.tsx";
import { Top } from "./frame/top.tsx";
import { usePageState } from "./frame/use_state.ts";
import type { Model } from "./model/index.ts";
import { Plans } from "./plans/index.tsx";
import { Services } from "./services/index.tsx";
import { Slider } from "./slider/index.tsx";
import { Start } from "./start/index.tsx";
import type { Read, State } from "./state.ts";

interface Props {
  model: Model;
  first: Read;
  onState: (state: State) => void;
}

export function App({ model, first, onState }: Props) {
  const { now, settled, go, dismiss } = usePageState(model, first);
  const { state, problems } = now;
  const main = useRef<HTMLElement>(null);
  const opened = useRef(false);
  onState(state);
  useEffect(() => {
    // Who reads by ear or goes by keys begins at the heading of the new view.
    if (opened.current) {
      scrollTo(0, 0);
      main.current?.querySelector("h1")?.focus({ preventScroll: true });
    }
    opened.current = true;
  }, [state.view, state.view === "body" ? state.body : null]);
  useEffect(() => {
    document.title = titleOf(model, settled);
  }, [settled]);
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
        <Boundary key={state.view} model={model} what="This view">
          {state.view === "start" && <Start {...props} />}
          {state.view === "explore" && <Explore {...props} settled={settled} />}
          {state.view === "compare" && <Compare {...props} />}
          {state.view === "body" && <BodyPage {...props} />}
          {state.view === "services" && <Services {...props} />}
          {state.view === "plans" && <Plans {...props} />}
          {state.view === "about" && <About {...props} />}
        </Boundary>
      </main>
      {(state.view === "body" || state.view === "services") && (
        <div class="page-time">
          <Boundary model={model} what="The line of time">
            <Slider {...props} />
          </Boundary>
        </div>
      )}
    </div>
  );
}

function titleOf(model: Model, state: State): string {
  const words: Record<State["view"], string> = {
    start: "England’s health and care, who commissions what",
    explore: `England on ${model.words(state.at)}`,
    compare: `${model.words(state.at)} and ${state.and === null ? "" : model.words(state.and)}`,
    body: state.body === null ? "" : model.name(state.body, state.at),
    services: `Who commissions what on ${model.words(state.at)}`,
    plans: "Plans ahead",
    about: "About this page",
  };
  return `${words[state.view]} – orgmap`;
}
