/** Who answers to whom, from a body or a place up to Parliament: rows of boxes, and on every screen an indented list. */
import "./structure.css";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Body, Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import type { State } from "../state.ts";
import { StepLine } from "../body/facts.tsx";
import { useParts } from "../kit/more.ts";
import { useWidth } from "../kit/use_width.ts";
import { BodyLink, Fold, Sources } from "../kit/parts.tsx";
import { capital, count, listed } from "../kit/words.ts";
import { type Branch, branches, type Chain, chain } from "./chain.ts";
import { EnglandByKinds } from "./england.tsx";
import { layout } from "./layout.ts";

/** The chosen body, or all bodies of the chosen place. */
function rootsOf(model: Model, state: State): Body[] {
  if (state.body !== null) return [state.body];
  if (state.place === null || !model.has("places")) return [];
  return [...new Set(model.find(state.place, state.at, state.include).bodies.map((found) => found.body))];
}

export function Structure({ model, state, go }: PanelProps) {
  useParts(model, "places", "practices");
  const roots = rootsOf(model, state);
  const made = useMemo(() => chain(model, roots, state.at, state.include), [model, roots.join(" "), state.at, state.include]);
  const start = state.body !== null ? model.name(state.body, state.at) : ((state.place && model.has("places") && model.place(state.place, state.at)?.name) || "");
  return (
    <section class="structure" role="region" aria-label="Structure">
      {!roots.length && <EnglandByKinds model={model} state={state} go={go} />}
      {roots.length > 0 && (
        <>
          <p class="headline">{headline(model, made, start, state)}</p>
          {made.ties.length > 0 && <Picture model={model} state={state} made={made} />}
          <Lists model={model} state={state} made={made} />
          {state.body !== null && <Beside model={model} state={state} body={state.body} />}
        </>
      )}
    </section>
  );
}

function headline(model: Model, made: Chain, start: string, state: State): string {
  const day = model.words(state.at);
  if (!made.ties.length) return `To whom ${state.body === null ? `the bodies of ${start}` : start} answered on ${day} is not stated.`;
  const top = (made.rows[0] ?? []).filter((post) => !post.root).map((post) => post.text);
  const verb = state.at >= model.main.meta.today ? "answers" : "answered";
  const who = state.body !== null ? `${start} ${verb}` : `the bodies of ${start} ${verb.replace(/s$/, "")}`;
  return `On ${day}, ${who} ${top.length ? `up to ${listed(top.slice(0, 3))}` : "to nobody named"}; ${count(made.ties.filter((tie) => tie.law).length, "tie is", "ties are")} by law, ${made.ties.filter((tie) => !tie.law).length} otherwise.`;
}

function Picture({ model, state, made }: { model: Model; state: State; made: Chain }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 0, 0);
  const [lit, setLit] = useState<string | null>(null);
  const drawn = useMemo(() => (width >= 300 ? layout(made, width) : null), [made, width]);
  const tiers = model.main.tiers;
  return (
    <div class="tiers" ref={frame}>
      {drawn && (
        <div class="tiers-inside" style={{ height: `${drawn.height}px` }}>
          <svg width={width} height={drawn.height} aria-hidden="true">
            {drawn.lines.map(({ tie, path }, number) => (
              <path key={number} d={path} class={`${tie.law ? "law" : "managing"}${lit && tie.from !== lit && tie.to !== lit ? " dim" : ""}`}>
                <title>{tie.step.text}</title>
              </path>
            ))}
          </svg>
          {drawn.boxes.map((box) => (
            <div
              key={box.post.key}
              class={`post${box.post.root ? " root" : ""}${box.post.body === null ? " unnamed" : ""}`}
              style={{ left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, minHeight: `${box.height}px` }}
              onPointerEnter={() => setLit(box.post.key)}
              onPointerLeave={() => setLit(null)}
              onFocusIn={() => setLit(box.post.key)}
              onFocusOut={() => setLit(null)}
            >
              {box.post.body === null ? <span>{box.post.text}</span> : <BodyLink model={model} state={state} body={box.post.body} />}
              <small class="muted">{tiers[box.post.tier]?.label ?? "a whole kind"}</small>
            </div>
          ))}
        </div>
      )}
      <p class="muted legend">
        <span class="line law" aria-hidden="true" /> by law <span class="line managing" aria-hidden="true" /> by management, delegation or agreement
      </p>
    </div>
  );
}

/** By law and otherwise apart, as indented lists. */
function Lists({ model, state, made }: { model: Model; state: State; made: Chain }) {
  const only = (law: boolean): Chain => ({ ...made, ties: made.ties.filter((tie) => tie.law === law) });
  const parts = [
    { title: "By law", chain: only(true) },
    { title: "By management, delegation or agreement", chain: only(false) },
  ].filter((part) => part.chain.ties.length > 0);
  return (
    <div class="answer-lists">
      {parts.map((part) => (
        <section key={part.title}>
          <h2>{part.title}</h2>
          <ul class="branches">
            {branches(part.chain)
              .filter((branch) => branch.above.length)
              .map((branch) => (
                <BranchItem key={branch.post.key} model={model} state={state} branch={branch} />
              ))}
          </ul>
          <Sources sources={part.chain.ties.flatMap((tie) => tie.step.sources)} />
        </section>
      ))}
    </div>
  );
}

function BranchItem({ model, state, branch }: { model: Model; state: State; branch: Branch }) {
  return (
    <li>
      {branch.ties.length === 0 && (branch.post.body === null ? branch.post.text : <BodyLink model={model} state={state} body={branch.post.body} />)}
      {branch.ties.map((tie, number) => (
        <div key={number}>
          <StepLine model={model} state={state} step={tie.step} />
        </div>
      ))}
      {branch.again && <span class="muted">To whom it answers stands above.</span>}
      {branch.above.length > 0 && (
        <ul>
          {branch.above.map((above) => (
            <BranchItem key={above.post.key} model={model} state={state} branch={above} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Who else has to do with the body: those below it, and those beside it. */
function Beside({ model, state, body }: { model: Model; state: State; body: Body }) {
  const steps = model.answersTo(body, state.at, state.include).filter((step) => step.depth === 0);
  const parts = (["down", "beside"] as const).map((direction) => ({
    title: direction === "down" ? "who answers to it" : "who else has to do with it",
    steps: steps.filter((step) => step.direction === direction),
  }));
  return (
    <>
      {parts
        .filter((part) => part.steps.length)
        .map((part) => (
          <section key={part.title} class="facts">
            <h2>{capital(part.title)}</h2>
            <Fold items={part.steps} what="sentences" render={(step) => <StepLine model={model} state={state} step={step} />} />
            <Sources sources={part.steps.flatMap((step) => step.sources)} />
          </section>
        ))}
    </>
  );
}
