/** The lineage as a table: everything in the picture, and the small parts that it leaves out. */
import type { Model } from "../model/index.ts";
import type { State } from "../state.ts";
import { BodyLink, PlanMark } from "../kit/parts.tsx";
import { capital, share } from "../kit/words.ts";
import type { Family, Flow } from "./family.ts";

function Row({ model, state, flow }: { model: Model; state: State; flow: Flow }) {
  return (
    <tr role="row" class={flow.plan ? "plan" : undefined}>
      <th scope="row" role="rowheader">{model.words(flow.day)}</th>
      <td role="cell" data-label="From">
        <BodyLink model={model} state={state} body={flow.from} />
      </td>
      <td role="cell" data-label="What happened">
        {capital(flow.how)} <PlanMark model={model} status={flow.status} />
        {flow.goesOn && <span class="muted"> (the older one goes on)</span>}
      </td>
      <td role="cell" data-label="To">
        <BodyLink model={model} state={state} body={flow.to} />
      </td>
      <td role="cell" data-label="Share">{flow.weight === null ? "not known" : `${share(flow.weight)}${flow.counts ? ` of ${flow.counts}` : ""}`}</td>
    </tr>
  );
}

function Rows({ model, state, flows, caption }: { model: Model; state: State; flows: readonly Flow[]; caption: string }) {
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={`${caption}, scrollable`}>
      <table class="table stack" role="table">
        <caption>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Day</th>
            <th scope="col" role="columnheader">From</th>
            <th scope="col" role="columnheader">What happened</th>
            <th scope="col" role="columnheader">To</th>
            <th scope="col" role="columnheader">Share of the older one</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {flows.map((flow, number) => (
            <Row key={number} model={model} state={state} flow={flow} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function LineageTable({ model, state, kin }: { model: Model; state: State; kin: Family }) {
  return (
    <>
      {kin.flows.length > 0 && (
        <details open={kin.flows.length <= 30}>
          <summary>What passed, as a table ({kin.flows.length})</summary>
          <Rows model={model} state={state} flows={kin.flows} caption="What passed, by day" />
        </details>
      )}
      {kin.small.length > 0 && (
        <details>
          <summary>and small parts ({kin.small.length})</summary>
          <Rows model={model} state={state} flows={kin.small} caption="Small parts, and what passed between bodies that went on" />
        </details>
      )}
    </>
  );
}
