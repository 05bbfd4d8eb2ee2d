/** Who commissions what, as rows of services and columns of days: for a place, a body, or all England by kind. */
import type { Body, Day, Include, Model, Source } from "../model/index.ts";
import type { State } from "../state.ts";
import { cited } from "../kit/more.ts";

/** One who commissions, in a cell: a body, or in words a whole kind. */
export interface Entry {
  body: Body | null;
  name: string;
  /** "jointly", "through NHS England": what else is to be said. */
  more: string[];
  status: string;
}

export interface Cell {
  entries: Entry[];
  /** Why nobody is named. */
  why: string;
  sources: Source[];
}

export interface Row {
  service: string;
  name: string;
  group: string;
  description: string;
  cells: Cell[];
  /** The cells say different things. */
  changed: boolean;
}

export interface Matrix {
  /** For whom: a place, a body, England. */
  scope: "place" | "body" | "england";
  whose: string;
  days: Day[];
  rows: Row[];
}

/** What a cell says, for comparing and for the CSV. */
export function cellText(cell: Cell): string {
  if (!cell.entries.length) return cell.why || "not stated";
  return cell.entries.map((entry) => (entry.more.length ? `${entry.name} (${entry.more.join("; ")})` : entry.name)).join("; ");
}

function who(cell: Cell): string {
  return cell.entries
    .map((entry) => entry.name)
    .sort()
    .join("|");
}

function listedOnce(items: readonly string[]): string[] {
  return [...new Set(items.filter(Boolean))];
}

/** The cells of a place on a day, by service. */
function ofPlace(model: Model, place: string, day: Day, include: Include): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const answer of model.services(place, day, include)) {
    const entries = answer.answers.map((one) => {
      const through = one.through.map((body) => model.name(body, day));
      const more = listedOnce([
        one.basis === "" || one.basis.startsWith("statut") ? "" : one.basis.replaceAll("_", " "),
        through.length ? `through ${through.join(", ")}` : "",
        one.share < 0.9995 && one.shareOf ? `${Math.round(one.share * 100)}% of ${one.shareOf}` : "",
      ]);
      return { body: one.commissioner, name: model.name(one.commissioner, day), more, status: one.status };
    });
    cells.set(answer.service, { entries, why: answer.why, sources: answer.answers.flatMap((one) => one.sources) });
  }
  return cells;
}

function ofBody(model: Model, body: Body, day: Day, include: Include): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const name = model.name(body, day);
  for (const row of model.commissions(body, day, include)) {
    const cell = cells.get(row.service) ?? { entries: [], why: "", sources: [] };
    cell.entries.push({
      body,
      name,
      more: listedOnce([row.basis.replaceAll("_", " "), row.population && `for ${row.population}`, row.through ? `through ${row.through}` : "", row.holds === "may" ? "held for some such bodies" : ""]),
      status: row.status,
    });
    cell.sources.push(...row.sources);
    cells.set(row.service, cell);
  }
  return cells;
}

/** By the rules for whole kinds: "integrated care boards". */
function ofEngland(model: Model, day: Day, include: Include): Map<string, Cell> {
  const { services, rules } = model.main;
  const open = ["in_force", "", ...(include.planned ? model.main.opened.planned : []), ...(include.proposed ? model.main.opened.proposed : [])];
  const kinds = new Set(model.kinds().map((kind) => kind.kind));
  const cells = new Map<string, Cell>();
  services.id.forEach((service, number) => {
    const entries: Entry[] = [];
    const sources: Source[] = [];
    for (const position of services.rules[number] ?? []) {
      const rule = rules[position];
      if (!rule || !open.includes(rule.status) || (rule.from !== null && rule.from > day) || (rule.until !== null && rule.until <= day)) continue;
      const body = kinds.has(rule.commissioner) ? null : (model.body(rule.commissioner) ?? null);
      const name = body === null ? model.kindLabel(rule.commissioner, true) : model.name(body, day);
      const more = listedOnce([rule.basis.startsWith("statut") ? "" : rule.basis.replaceAll("_", " "), rule.coverage === "may" || rule.bodies.length ? "some of them" : ""]);
      if (!entries.some((entry) => entry.name === name && entry.more.join() === more.join())) entries.push({ body, name, more, status: rule.status });
      sources.push(...cited(model, rule.cited));
    }
    cells.set(service, { entries, why: entries.length ? "" : "not stated", sources });
  });
  return cells;
}

/** The whole matrix of a state. */
export function matrix(model: Model, state: State): Matrix {
  const days = state.and === null ? [state.at] : [state.at, state.and].sort((a, b) => a - b);
  const scope = state.place !== null ? "place" : state.body !== null ? "body" : "england";
  const cells = days.map((day) => {
    if (state.place !== null) return ofPlace(model, state.place, day, state.include);
    if (state.body !== null) return ofBody(model, state.body, day, state.include);
    return ofEngland(model, day, state.include);
  });
  const { services } = model.main;
  const rows = services.id.flatMap((service, number): Row[] => {
    const own = cells.map((column) => column.get(service) ?? { entries: [], why: scope === "body" ? "does not, as far as stated" : "not stated", sources: [] });
    if (scope === "body" && own.every((cell) => !cell.entries.length)) return [];
    const first = own[0];
    const changed = first !== undefined && own.some((cell) => who(cell) !== who(first));
    return [{ service, name: services.name[number] || service, group: services.group[number] ?? "", description: services.description[number] ?? "", cells: own, changed }];
  });
  const place = state.place === null ? undefined : model.place(state.place, state.at);
  const whose = scope === "place" ? (place?.described ?? state.place ?? "") : state.body !== null ? model.name(state.body, state.at) : "England";
  return { scope, whose, days, rows };
}

/** The rows that a filter leaves, by group: every word of it is in the name, description, group or a commissioner. */
export function filtered(made: Matrix, filter: string, changedOnly: boolean): Map<string, Row[]> {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Row[]>();
  for (const row of made.rows) {
    if (changedOnly && !row.changed) continue;
    const text = `${row.name} ${row.description} ${row.group} ${row.cells.map(cellText).join(" ")}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  }
  return groups;
}
