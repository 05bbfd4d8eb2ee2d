/** Everything the graph says about a body, on any day, each sentence with its source. */
import { useMemo, useState } from "preact/hooks";
import type { Body, Model } from "../model/index.ts";
import type { State } from "../state.ts";
import { type Said, saidOf } from "../kit/more.ts";
import { BodyLink, PlanMark, Sources } from "../kit/parts.tsx";
import { count, plain, said, worded } from "../kit/words.ts";

const MOST = 20;

export function SaidTable({ model, state, body }: { model: Model; state: State; body: Body }) {
  const [all, setAll] = useState(false);
  const rows = useMemo(() => saidOf(model, body), [model, body]);
  if (!rows.length) return <p>Nothing else is said about it.</p>;
  const shown = all ? rows : rows.slice(0, MOST);
  return (
    <>
      <div class="scroll-x" tabIndex={0} role="group" aria-label="What is said about it, scrollable">
        <table class="table stack" role="table">
          <caption>{count(rows.length, "sentence")}, of any day</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">What is said</th>
              <th scope="col" role="columnheader">When</th>
              <th scope="col" role="columnheader">Basis</th>
              <th scope="col" role="columnheader">Source</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.map((row, number) => (
              <SaidRow key={number} model={model} state={state} body={body} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MOST && (
        <button type="button" class="button-quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Only the first ${MOST}` : `All ${count(rows.length, "sentence")}`}
        </button>
      )}
    </>
  );
}

function SaidRow({ model, state, body, row }: { model: Model; state: State; body: Body; row: Said }) {
  const other = row.subject !== undefined && row.subject !== body ? row.subject : row.object !== body ? row.object : undefined;
  return (
    <tr role="row">
      <td role="cell">
        {row.sentence}
        {row.about && !row.sentence.includes(row.about) && `: ${row.about}`} <PlanMark model={model} status={row.status} />
        {row.note && <div class="muted">{worded(model, row.note)}</div>}
        {other !== undefined && (
          <div>
            <BodyLink model={model} state={state} body={other} dated />
          </div>
        )}
      </td>
      <td role="cell" data-label="When">{row.from === null && row.until === null ? "not stated" : model.span(row.from, row.until)}</td>
      <td role="cell" data-label="Basis">{said(plain(row.basis))}</td>
      <td role="cell" data-label="Source">
        <Sources sources={row.sources} />
      </td>
    </tr>
  );
}
