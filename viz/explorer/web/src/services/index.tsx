/** Who commissions: services down, days across, with a filter; for a place, a body, or all England by kind. */
import "./services.css";
import { useMemo, useState } from "preact/hooks";
import type { Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type State, write } from "../state.ts";
import { CompareWith } from "../kit/compare_with.tsx";
import { csv } from "../kit/csv.ts";
import { csvFile, fileName } from "../kit/files.ts";
import { FilterField } from "../kit/filter.tsx";
import { useParts } from "../kit/more.ts";
import { BodyLink, DownloadButton, PlanMark, Sources } from "../kit/parts.tsx";
import { count } from "../kit/words.ts";
import { type Cell, cellText, filtered, type Matrix, matrix, type Row } from "./matrix.ts";
import { LeftOut } from "../body/place.tsx";
import { ServiceCard } from "./service.tsx";

/** The day before the last reform that is not after a day: what it is compared with if one asks what changed. */
export function dayBefore(model: Model, day: number): number | null {
  const reforms = model.changes().filter((change) => change.kind === "reform" && change.day <= day);
  const last = reforms.at(-1);
  return last ? last.day - 1 : null;
}

export function Services({ model, state, go }: PanelProps) {
  const ready = useParts(model, "places", "practices");
  const [changedOnly, setChangedOnly] = useState(false);
  const made = useMemo(() => (ready || state.place === null ? matrix(model, state) : null), [model, ready, state.place, state.body, state.at, state.and, state.include]);
  if (!made) {
    return (
      <section class="services" role="region" aria-label="Who commissions">
        <p role="status">Reading the places…</p>
      </section>
    );
  }
  const groups = filtered(made, state.filter, changedOnly && made.days.length > 1);
  const shown = [...groups.values()].reduce((sum, rows) => sum + rows.length, 0);
  const changed = made.rows.filter((row) => row.changed).length;
  const only = (on: boolean) => {
    setChangedOnly(on);
    if (on && state.and === null) {
      const before = dayBefore(model, state.at);
      if (before !== null) go({ and: before, view: state.view === "explore" ? "services" : state.view });
    }
  };
  return (
    <section class="services" role="region" aria-label="Who commissions">
      {state.view === "services" ? <h1 tabIndex={-1}>{sentence(model, made, changed)}</h1> : <p class="headline">{sentence(model, made, changed)}</p>}
      <Scope model={model} state={state} />
      {made.scope === "place" && state.place !== null && <LeftOut model={model} state={state} count={model.find(state.place, state.at, state.include).leftOut} />}
      {state.service !== null && <ServiceCard model={model} state={state} service={state.service} />}
      <div class="row no-print">
        <FilterField label="Filter services" state={state} go={go} />
        <label class="tick">
          <input type="checkbox" checked={changedOnly} onChange={(event) => only(event.currentTarget.checked)} /> Changed only
        </label>
        <CompareWith model={model} state={state} go={go} view="services" />
        <button type="button" class="button-quiet" onClick={() => print()}>
          Print
        </button>
        <DownloadButton name={fileName(`who-commissions-${made.whose}-${model.iso(state.at)}`, "csv")} make={() => csvFile(table(model, made, groups))}>
          Download CSV
        </DownloadButton>
      </div>
      <p role="status" class="muted">
        {shown === made.rows.length ? count(made.rows.length, "service") : `${shown} of ${count(made.rows.length, "service")}`}
        {made.days.length > 1 && `; ${changed} changed`}.
      </p>
      {shown === 0 ? (
        <p>{changedOnly && !state.filter ? "Nothing changed between these days, as far as stated." : "No service fits. Try another word: “dentist”, “children”, “drugs”."}</p>
      ) : (
        <MatrixTable model={model} state={state} made={made} groups={groups} />
      )}
    </section>
  );
}

function sentence(model: Model, made: Matrix, changed: number): string {
  const [first, second] = made.days;
  if (first === undefined) return "";
  const does = first >= model.main.meta.today ? "commissions" : "commissioned";
  const where = made.scope === "england" ? "in England, by kind of body" : made.scope === "place" ? `for ${made.whose}${made.whose.includes(",") ? "," : ""}` : "";
  if (made.scope === "body") {
    const sum = made.rows.length;
    return sum ? `${made.whose} ${does} ${count(sum, "service")}${second === undefined ? ` on ${model.words(first)}` : " on one of the two days or both"}.` : `That ${made.whose} commissioned a service on ${model.words(first)} is not stated.`;
  }
  if (second === undefined) return `Who ${does} what ${where} on ${model.words(first)}.`;
  return `Between ${model.words(first)} and ${model.words(second)}, the commissioner of ${count(changed, "service")} changed ${where.replace(/,$/, "")}.`;
}

/** For whom, and the ways to see it for another. */
function Scope({ model, state }: { model: Model; state: State }) {
  return (
    <p class="muted">
      {state.place === null && state.body === null && "Type a postcode or place into the box above to see its own commissioners. "}
      {state.place !== null && <a href={write({ ...state, view: "services", place: null, body: null }, model)}>All England</a>}
      {state.place === null && state.body !== null && (
        <>
          This is the list of one body; for everybody’s commissioners type a place into the box above. <a href={write({ ...state, view: "services", body: null }, model)}>All England</a>
        </>
      )}
    </p>
  );
}

function table(model: Model, made: Matrix, groups: Map<string, Row[]>): string {
  const head = ["group", "service", "service_name", ...made.days.map((day) => model.iso(day)), "changed"];
  const rows = [...groups].flatMap(([group, list]) => list.map((row) => [group, row.service, row.name, ...row.cells.map(cellText), row.changed ? "yes" : "no"]));
  return csv([head, ...rows]);
}

function MatrixTable({ model, state, made, groups }: { model: Model; state: State; made: Matrix; groups: Map<string, Row[]> }) {
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label="Who commissions, scrollable">
      <table class="table matrix" role="table">
        <caption class="visually-hidden">Who commissions</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Service</th>
            {made.days.map((day) => (
              <th scope="col" role="columnheader" key={day}>
                {model.words(day)}
              </th>
            ))}
          </tr>
        </thead>
        {[...groups].map(([group, rows]) => (
          <tbody role="rowgroup" key={group}>
            <tr role="row" class="group-row">
              <th scope="rowgroup" role="rowheader" colSpan={made.days.length + 1}>
                {group || "Other services"}
              </th>
            </tr>
            {rows.map((row) => (
              <tr role="row" key={row.service} data-id={row.service} class={row.changed ? "changed" : undefined}>
                <th scope="row" role="rowheader">
                  <a href={write({ ...state, view: "services", service: row.service }, model)}>{row.name}</a>
                  {row.description && <div class="muted description">{row.description}</div>}
                  {row.changed && made.days.length > 1 && <span class="chip">changed</span>}
                </th>
                {row.cells.map((cell, number) => (
                  <td role="cell" key={number} data-day={model.words(made.days[number] ?? state.at)}>
                    <CellWords model={model} state={{ ...state, at: made.days[number] ?? state.at, and: null }} cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function CellWords({ model, state, cell }: { model: Model; state: State; cell: Cell }) {
  if (!cell.entries.length) return <span class="muted">{cell.why || "not stated"}</span>;
  return (
    <>
      {cell.entries.map((entry, number) => (
        <div key={number}>
          {entry.body === null ? entry.name : <BodyLink model={model} state={state} body={entry.body} />}
          {entry.more.length > 0 && <span class="muted"> ({entry.more.join("; ")})</span>} <PlanMark model={model} status={entry.status} />
        </div>
      ))}
      <div class="no-print">
        <Sources sources={cell.sources} folded />
      </div>
    </>
  );
}
