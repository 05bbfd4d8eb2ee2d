/** The bodies of a kind on a day as rows that can be sorted, filtered and written as CSV. */
import type { Body, Day, Include, Model } from "../model/index.ts";
import { csv } from "../kit/csv.ts";

export interface BodyRow {
  body: Body;
  id: string;
  name: string;
  code: string;
  from: Day | null;
  until: Day | null;
  cameFrom: Body[];
  became: Body[];
  status: string;
}

export type Column = "name" | "code" | "from" | "until" | "cameFrom" | "became";

function others(model: Model, list: ReturnType<Model["cameFrom"]>): Body[] {
  const bodies = list.filter((one) => !one.stray && !one.goesOn && one.other !== null).map((one) => one.other as Body);
  void model;
  return [...new Set(bodies)];
}

export function bodyRows(model: Model, kind: string, day: Day, include: Include): BodyRow[] {
  return model.inForce(kind, day, include).map((body) => ({
    body,
    id: model.id(body),
    name: model.name(body, day) || "(name not known)",
    code: model.codes(body, day)[0]?.code ?? "",
    from: model.from(body),
    until: model.until(body),
    cameFrom: others(model, model.cameFrom(body, include)),
    became: others(model, model.became(body, include)),
    status: model.status(body),
  }));
}

const TEXT = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

/** Sorted by a column; what is not known comes last, whichever way. */
export function sorted(rows: readonly BodyRow[], column: Column, down: boolean): BodyRow[] {
  const key = (row: BodyRow): string | number | null => {
    if (column === "cameFrom" || column === "became") return row[column].length;
    return row[column] === "" ? null : row[column];
  };
  return [...rows].sort((a, b) => {
    const [one, other] = [key(a), key(b)];
    if (one === null || other === null) return one === other ? TEXT.compare(a.name, b.name) : one === null ? 1 : -1;
    const order = typeof one === "number" && typeof other === "number" ? one - other : TEXT.compare(String(one), String(other));
    return (down ? -order : order) || TEXT.compare(a.name, b.name);
  });
}

/** Every word typed is in the name, the id or a body before or after. */
export function filteredRows(model: Model, rows: readonly BodyRow[], filter: string): BodyRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [...rows];
  return rows.filter((row) => {
    const around = [...row.cameFrom, ...row.became].map((body) => model.name(body));
    const text = [row.name, row.id, row.code, ...around].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The columns of `orgmap list --format csv`, and what came before and after. */
export function tableCsv(model: Model, rows: readonly BodyRow[], kind: string): string {
  const head = ["id", "kind", "name", "code", "valid_from", "valid_until", "status", "came_from", "became"];
  const iso = (day: Day | null) => (day === null ? "" : model.iso(day));
  const ids = (bodies: readonly Body[]) => bodies.map((body) => model.id(body)).join(" ");
  return csv([head, ...rows.map((row) => [row.id, kind, row.name, row.code, iso(row.from), iso(row.until), row.status, ids(row.cameFrom), ids(row.became)])]);
}
