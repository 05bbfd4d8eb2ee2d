/** All bodies of the kind on the day, to sort, filter and take away. */
import "./table.css";
import { useMemo, useState } from "preact/hooks";
import type { Body } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { usualKind } from "../state.ts";
import { csvFile, fileName } from "../kit/files.ts";
import { FilterField } from "../kit/filter.tsx";
import { useParts } from "../kit/more.ts";
import { BodyLink, DownloadButton, PlanMark } from "../kit/parts.tsx";
import { capital, count } from "../kit/words.ts";
import { bodyRows, type Column, filteredRows, sorted, tableCsv } from "./rows.ts";

const COLUMNS: { column: Column; label: string }[] = [
  { column: "name", label: "Name" },
  { column: "code", label: "Code" },
  { column: "from", label: "First day" },
  { column: "until", label: "Last day" },
  { column: "cameFrom", label: "Came from" },
  { column: "became", label: "Became" },
];
const MOST = 400;

export function Table({ model, state, go }: PanelProps) {
  const ready = useParts(model, "practices");
  const [order, setOrder] = useState<{ column: Column; down: boolean }>({ column: "name", down: false });
  const [all, setAll] = useState(false);
  const kind = state.kind ?? usualKind(model, state.at, state.include);
  const rows = useMemo(() => (kind === null ? [] : bodyRows(model, kind, state.at, state.include)), [model, ready, kind, state.at, state.include]);
  const standing = useMemo(() => new Set(kind === null ? [] : model.standing(kind, state.at, state.include)), [rows]);
  const ended = rows.filter((row) => !standing.has(row.body)).length;
  const left = sorted(filteredRows(model, rows, state.filter), order.column, order.down);
  if (kind === null) return <p>Choose a kind of body: all of them on the day stand here.</p>;
  const shown = all ? left : left.slice(0, MOST);
  const title = `${capital(model.kindLabel(kind, true))} on ${model.words(state.at)}`;
  const turn = (column: Column) => setOrder({ column, down: order.column === column && !order.down });
  const day = (at: number | null, otherwise: string) => (at === null ? <span class="muted">{otherwise}</span> : model.words(at));
  const few = (bodies: Body[], none: string) => {
    if (!bodies.length) return <span class="muted">{none}</span>;
    return (
      <>
        {bodies.slice(0, 3).map((body, number) => (
          <span key={body}>
            {number > 0 && ", "}
            <BodyLink model={model} state={state} body={body} />
          </span>
        ))}
        {bodies.length > 3 && <span class="muted"> and {bodies.length - 3} more</span>}
      </>
    );
  };
  return (
    <section class="bodies-table">
      <div class="row no-print">
        <FilterField label="Filter table" state={state} go={go} />
        <DownloadButton name={fileName(`${model.kindLabel(kind, true)}-${model.iso(state.at)}`, "csv")} make={() => csvFile(tableCsv(model, left, kind))}>
          Download CSV
        </DownloadButton>
        <span class="muted" role="status">
          {left.length === rows.length ? `${count(rows.length - ended, "body", "bodies")}${ended ? `, and ${ended} that a plan ends` : ""}` : `${left.length} of ${count(rows.length, "body", "bodies")}`}
        </span>
      </div>
      {!rows.length && <p>None were there on this day, as far as is known.</p>}
      {rows.length > 0 && !left.length && <p>None fits the filter “{state.filter}”.</p>}
      {shown.length > 0 && (
        <div class="scroll-x" tabIndex={0} role="group" aria-label={`${title}, scrollable`}>
          <table class="table sortable">
            <caption>{title}</caption>
            <thead>
              <tr>
                {COLUMNS.map(({ column, label }) => (
                  <th key={column} scope="col" aria-sort={order.column === column ? (order.down ? "descending" : "ascending") : "none"}>
                    <button type="button" onClick={() => turn(column)}>
                      {label}
                      <span aria-hidden="true">{order.column === column ? (order.down ? " ▼" : " ▲") : ""}</span>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.body} data-id={row.id} aria-current={row.body === state.body ? "true" : undefined} class={row.status === "in_force" && standing.has(row.body) ? undefined : "plan"}>
                  <th scope="row">
                    <BodyLink model={model} state={state} body={row.body}>
                      {row.name}
                    </BodyLink>{" "}
                    <PlanMark model={model} status={row.status} />
                    {!standing.has(row.body) && <strong class="chip plan">ended by a plan</strong>}
                  </th>
                  <td>{row.code || <span class="muted">not known</span>}</td>
                  <td>{day(row.from, "not known")}</td>
                  <td>{day(row.until === null ? null : row.until - 1, "no end known")}</td>
                  <td>{few(row.cameFrom, "none named")}</td>
                  <td>{few(row.became, row.until === null ? "goes on" : "none named")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {left.length > MOST && (
        <button type="button" class="button-quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Only the first ${MOST}` : `All ${count(left.length, "body", "bodies")}`}
        </button>
      )}
    </section>
  );
}
