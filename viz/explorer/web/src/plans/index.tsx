/** All plans ahead, the nearest first: each with its day, how sure it is, the bodies it is about, and who said so. */
import "./plans.css";
import { useId, useMemo } from "preact/hooks";
import type { Model, Plan } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type State, write } from "../state.ts";
import { csvFile, fileName } from "../kit/files.ts";
import { FilterField } from "../kit/filter.tsx";
import { BodyLink, DownloadButton, Fold, PlanMark, Sources } from "../kit/parts.tsx";
import { capital, count, listed } from "../kit/words.ts";
import { condition } from "./plan.tsx";
import { dayWords, kindsOf, narrowed, plansCsv, withWord, wordIn, yearOf } from "./rows.ts";

export function Plans({ model, state, go }: PanelProps) {
  const all = useMemo(() => model.plansAhead(), [model]);
  const shown = useMemo(() => narrowed(model, all, state.filter, state.kind), [model, all, state.filter, state.kind]);
  const undated = all.filter((plan) => plan.day === null).length;
  return (
    <section class="plans" role="region" aria-label="Plans ahead">
      <h1 tabIndex={-1}>{`${count(all.length - undated, "plan")} ahead, and ${undated} of which no day is given`}</h1>
      <p class="lead">What is said to change in England’s health and care after {model.words(model.main.meta.today)}, as it was said last. Nothing here is a fact yet: each row says how sure it is, and who said so.</p>
      <div class="row no-print">
        <FilterField label="Filter plans" state={state} go={go} />
        <Choice label="How sure" state={state} go={go} words={[...new Set(all.map((plan) => plan.status))]} told={(word) => model.statusWords(word)} any="any" />
        <Choice label="Year" state={state} go={go} words={[...new Set(all.map((plan) => yearOf(model, plan)))].filter(Boolean)} told={(word) => word} any="any" />
        <Kind model={model} all={all} state={state} go={go} />
        <DownloadButton name={fileName(`plans-${model.iso(model.main.meta.today)}`, "csv")} make={() => csvFile(plansCsv(model, shown))}>
          Download CSV
        </DownloadButton>
      </div>
      <p role="status" class="muted">
        {shown.length === all.length ? count(all.length, "plan") : `${shown.length} of ${count(all.length, "plan")}`}.
      </p>
      {shown.length ? <Table model={model} state={state} plans={shown} /> : <p>No plan fits. Take a word away.</p>}
    </section>
  );
}

interface ChoiceProps extends Pick<PanelProps, "state" | "go"> {
  label: string;
  words: string[];
  told: (word: string) => string;
  any: string;
}

/** Puts one of several words into the filter, so that a link keeps it. */
function Choice({ label, state, go, words, told, any }: ChoiceProps) {
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <select id={id} value={wordIn(state.filter, words)} onChange={(event) => go({ filter: withWord(state.filter, words, event.currentTarget.value) })}>
        <option value="">{any}</option>
        {words.map((word) => (
          <option key={word} value={word}>
            {told(word)}
          </option>
        ))}
      </select>
    </>
  );
}

function Kind({ model, all, state, go }: PanelProps & { all: readonly Plan[] }) {
  const id = useId();
  const there = new Set(all.flatMap((plan) => kindsOf(model, plan)));
  return (
    <>
      <label for={id}>About</label>
      <select id={id} value={state.kind ?? ""} onChange={(event) => go({ kind: event.currentTarget.value || null })}>
        <option value="">bodies of any kind</option>
        {model.kinds().filter((kind) => there.has(kind.kind)).map((kind) => (
          <option key={kind.kind} value={kind.kind}>
            {kind.plural}
          </option>
        ))}
      </select>
    </>
  );
}

function Table({ model, state, plans }: { model: Model; state: State; plans: readonly Plan[] }) {
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label="Plans, scrollable">
      <table class="table stack" role="table">
        <caption class="visually-hidden">Plans ahead</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">For</th>
            <th scope="col" role="columnheader">What is to change</th>
            <th scope="col" role="columnheader">About</th>
            <th scope="col" role="columnheader">Who said so</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {plans.map((plan) => (
            <PlanRow key={plan.id} model={model} state={state} plan={plan} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PlanRow({ model, state, plan }: { model: Model; state: State; plan: Plan }) {
  const { opened, meta } = model.main;
  const include = { planned: true, proposed: state.include.proposed || opened.proposed.includes(plan.status) };
  // Links lead to the day of the plan, with plans shown: there its bodies stand as it would have them.
  const then: State = { ...state, at: Math.min(plan.day ?? state.at, meta.lastDay), include, filter: "" };
  return (
    <tr role="row" class="plan" data-id={plan.id}>
      <th scope="row" role="rowheader">
        {plan.day === null ? capital(dayWords(model, plan)) : <a href={write({ ...then, view: "explore", kind: kindsOf(model, plan).find((kind) => model.layerDays(kind).length) ?? null, body: null, place: null }, model)}>{dayWords(model, plan)}</a>}
      </th>
      <td role="cell" data-label="What is to change">
        {plan.label} <PlanMark model={model} status={plan.status} />
        {plan.condition && <div class="muted">Depends on: {condition(model, plan)}.</div>}
      </td>
      <td role="cell" data-label="About">
        {plan.aboutKinds.length > 0 && <p>All {listed(plan.aboutKinds.map((kind) => model.kindLabel(kind, true)))}</p>}
        {plan.about.length > 0 && <Fold items={plan.about} most={5} what="bodies" render={(body) => <BodyLink model={model} state={then} body={body} />} />}
        {!plan.about.length && !plan.aboutKinds.length && <span class="muted">no single body</span>}
      </td>
      <td role="cell" data-label="Who said so">
        {plan.saidBy || "Not stated"}
        {plan.statedOn !== null && `, ${model.words(plan.statedOn)}`}
        <div>
          <Sources sources={plan.sources} />
        </div>
      </td>
    </tr>
  );
}
