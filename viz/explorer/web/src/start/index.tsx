/** The first screen: England today in figures, three questions, what this page is and how current. */
import "./start.css";
import { useMemo } from "preact/hooks";
import type { Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type State, write } from "../state.ts";
import { useParts } from "../kit/more.ts";
import { count } from "../kit/words.ts";
import { own } from "../body/cite.ts";
import { examples, lastReform } from "./examples.ts";

export function Start({ model, state }: PanelProps) {
  const ready = useParts(model, "topology", "places", "practices");
  const asked = useMemo(() => (ready ? examples(model, state) : []), [model, ready, state.at]);
  const reform = useMemo(() => lastReform(model, state), [model, state.at]);
  const { meta } = model.main;
  return (
    <div class="start">
      <h1 tabIndex={-1}>Who commissions what, for whom, in England’s health and care</h1>
      <p class="lead">
        Type a postcode, a place, a body, a code or a whole question into the box above. The map and the pages show every commissioner of England’s health and care on any day since{" "}
        {model.words(meta.firstDay)}, for a place since {model.words(meta.firstDayOfPlaces)}, with the plans known for the years ahead. Each fact has its source.
      </p>
      <section>
        <h2>England today</h2>
        <Figures model={model} state={state} ready={ready} />
      </section>
      <section>
        <h2>Examples</h2>
        <ul class="examples">
          {asked.map((example) => (
            <li key={example.question}>
              <a href={write(example.state, model)}>{example.question}</a>
            </li>
          ))}
        </ul>
        {!ready && <p role="status">Reading the places…</p>}
        {reform && (
          <p>
            Or compare two days: <a href={write(reform.state, model)}>{reform.question}</a>
          </p>
        )}
      </section>
      <section>
        <h2>What this is, and how current</h2>
        <p>
          A model of who commissions what, for whom, and who answers to whom, made from official tables and documents. Facts are known to {model.words(meta.knownTo)}; what is
          later is a plan or shown as last known, and says so. Nothing you type leaves this page.
        </p>
        <details>
          <summary>How far each part is known</summary>
          <ul>
            {meta.horizons.map((part) => (
              <li key={part.title}>
                {part.title}: {part.horizon === null ? "no last day stated" : `known to ${model.words(part.horizon)}`}
              </li>
            ))}
          </ul>
        </details>
        <p class="muted">{own(model)}</p>
      </section>
    </div>
  );
}

/** How many bodies of each kind there are on the day, each a link to them. */
function Figures({ model, state, ready }: { model: Model; state: State; ready: boolean }) {
  const figures = useMemo(() => {
    const kinds = model.kinds().map((kind) => ({ ...kind, number: model.inForce(kind.kind, state.at, state.include).length }));
    return kinds.filter((kind) => kind.number > 0 && !model.main.kinds.some((one) => one.kind === kind.kind && (one.traits.includes("of_wales") || one.standing === "entry" || one.standing === "thing")));
  }, [model, state.at, state.include, ready]);
  const ahead = useMemo(() => model.plansAhead(), [model]);
  const dated = ahead.filter((plan) => plan.day !== null);
  const next = dated[0];
  const [mapped, others] = [figures.filter((kind) => kind.layers), figures.filter((kind) => !kind.layers)];
  const link = (kind: (typeof figures)[number]) => write({ ...state, view: "explore", kind: kind.kind, tab: kind.layers ? "map" : "table", body: null, place: null }, model);
  return (
    <>
      <ul class="figures">
        {mapped.map((kind) => (
          <li key={kind.kind}>
            <a href={link(kind)}>
              <b class="number">{kind.number.toLocaleString("en-GB")}</b> <span>{kind.number === 1 ? kind.label : kind.plural}</span>
            </a>
          </li>
        ))}
      </ul>
      {next && (
        <p class="plans-ahead">
            <a href={write({ ...state, view: "plans" }, model)}>
              <b class="number">{dated.length}</b> <span>plans ahead, the next for {model.words(next.day ?? 0, next.precision)}; and {ahead.length - dated.length} without a day</span>
            </a>
        </p>
      )}
      <p class="others">
        Also:{" "}
        {others.map((kind, number) => (
          <span key={kind.kind}>
            {number > 0 && ", "}
            <a href={link(kind)}>{count(kind.number, kind.label, kind.plural)}</a>
          </span>
        ))}
        .
      </p>
    </>
  );
}
