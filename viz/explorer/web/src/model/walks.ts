/** Cases walked step by step through the structure of a day or of two, as `orgmap walk` walks them. */

import type { Accountability, Overseer } from "./accountability";
import { compare } from "./chains";
import { holds, iso } from "./days";
import type { Foretold } from "./foretold";
import { Graph } from "./graph";
import type { Include, PlannedEnd, Source, Who } from "./index";
import type { Body, Day, WalkRow } from "./pack";
import type { Known, PlaceBook } from "./places";
import type { Rules, Setting } from "./services";
import { type Flag, flagsOf } from "./walk_flags";

/** The sides from which a step is asked: where the person lives, and on which practice's list they are. */
export type Side = "resident" | "registered";

export interface WalkAsked {
  script: string;
  /** What `place` knows: where the person lives, and the practice; one of them is given. */
  resident: string | null;
  practice: string | null;
  days: readonly Day[];
  include: Include;
}

/** An answer of `who` in a walk: asked from which side, and whether it holds for the person. */
export interface WalkAnswer extends Who {
  /** Its name on the day. */
  name: string;
  side: Side;
  counts: boolean;
  /** It is for a part of the people of any place only. */
  part: boolean;
  /** The commissioner's own status on the day. */
  stands: string;
}

export interface WalkCell {
  day: Day;
  /** Not where the service began later: then there is nothing to commission, and nothing open. */
  applies: boolean;
  answers: WalkAnswer[];
  flags: Flag[];
  /** Why nobody is named. */
  notes: string[];
}

export interface WalkStep {
  text: string;
  service: string;
  serviceName: string;
  cells: WalkCell[];
  sources: Source[];
}

/** A body that commissions on a day: what becomes of a complaint to it, and who oversees it. */
export interface WalkBody {
  day: Day;
  body: Body;
  complaint: { text: string; sources: Source[] } | null;
  scrutiny: Overseer[];
}

export interface Walked {
  id: string;
  name: string;
  text: string;
  note: string;
  places: { side: Side; described: string }[];
  steps: WalkStep[];
  bodies: WalkBody[];
  /** How often each flag stands there. */
  counts: Map<string, number>;
  sources: Source[];
}

const SCRUTINY = ["scrutinises"];
const ABROAD = "of_wales";

/** The sides on the days: the bodies around, or why they are not known. */
type Around = Map<string, Setting | string>;

export class Walks {
  constructor(
    readonly graph: Graph,
    readonly rules: Rules,
    readonly steps: Accountability,
    readonly book: PlaceBook,
    readonly foretold: Foretold,
  ) {}

  walk(asked: WalkAsked): Walked {
    const { graph } = this;
    const row = graph.main.walks.find((one) => one.id === asked.script);
    if (!row) throw new Error(`“${asked.script}” is no case to walk.`);
    const typed = ([["resident", asked.resident], ["registered", asked.practice]] as const).filter((one): one is readonly [Side, string] => one[1] !== null);
    const around: Around = new Map(typed.flatMap(([side, ref]) => asked.days.map((day) => [`${side} ${day}`, this.around(side, ref, day, asked)] as const)));
    this.refuse(typed, around, asked.days);
    const steps = row.steps.map((step) => this.step(step, asked, typed.map(([side]) => side), around));
    const counts = new Map<string, number>();
    for (const flag of steps.flatMap((step) => step.cells.flatMap((cell) => cell.flags))) counts.set(flag.flag, (counts.get(flag.flag) ?? 0) + 1);
    const { id, name, text, note } = row;
    const places = typed.map(([side, ref]) => ({ side, described: this.described(ref, asked.days) }));
    return { id, name, text, note, places, steps, bodies: this.bodies(steps, around, asked.include), counts, sources: graph.sourcesOf(row.cited) };
  }

  /** A place as `find` describes it, a practice as the people on its list, by its name on the day. */
  private described(ref: string, days: readonly Day[]): string {
    const [place, day] = this.place(ref, days);
    return place?.practice === undefined ? (place?.described ?? ref) : `patients registered with ${this.graph.label(place.practice, day)}`;
  }

  /** What is meant on the last of these days on which something is. */
  private place(ref: string, days: readonly Day[]): [Known | undefined, Day?] {
    for (const day of [...days].reverse()) {
      const found = this.book.place(ref, day);
      if (found) return [found, day];
    }
    return [undefined];
  }

  private around(side: Side, ref: string, day: Day, { include, days }: WalkAsked): Setting | string {
    const place = this.book.place(ref, day);
    if (!place) return this.book.whyNot(ref) || `No place is called “${ref}” in this file.`;
    const { practice } = place;
    if (practice !== undefined) {
      const kind = this.graph.kind(practice);
      if (side === "registered" && kind.traits.includes(ABROAD)) {
        return `${this.graph.label(practice, days.at(-1))} is a ${kind.label}: who commissions for its list is not told by these tables of England.`;
      }
      const setting = this.rules.setting(place, day, include);
      return setting.shares.length ? setting : this.rules.notListed(practice, day);
    }
    return this.rules.setting(place, day, include);
  }

  /** Throws why a case cannot be walked: the home, or all that was given, is known on none of the days. */
  private refuse(typed: readonly (readonly [Side, string])[], around: Around, days: readonly Day[]): void {
    if (!typed.length) throw new Error("A case is walked by somebody: say where they live, or on whose list they are.");
    for (const [side, ref] of typed) {
      const found = days.map((day) => around.get(`${side} ${day}`));
      const known = found.some((one) => typeof one !== "string");
      const abroad = side === "registered" && this.isAbroad(ref, days);
      if (!known && !abroad && (side === "resident" || typed.length === 1)) throw new Error(String(found[0]));
    }
  }

  private isAbroad(ref: string, days: readonly Day[]): boolean {
    const practice = this.place(ref, days)[0]?.practice;
    return practice !== undefined && this.graph.kind(practice).traits.includes(ABROAD);
  }

  private step([text, needed, cited]: WalkRow["steps"][number], asked: WalkAsked, sides: readonly Side[], around: Around): WalkStep {
    const { graph } = this;
    const service = graph.main.needed[needed];
    const cells: WalkCell[] = [];
    for (const day of asked.days) {
      const cell: WalkCell = { day, applies: true, answers: [], flags: [], notes: [] };
      for (const side of sides) {
        const setting = around.get(`${side} ${day}`);
        if (typeof setting === "string") cell.notes.push(setting);
        if (setting === undefined || typeof setting === "string") continue;
        const found = this.rules.within(needed, setting);
        for (const one of found?.answers ?? []) cell.answers.push(this.answer(one, side, sides, day, asked.include));
        if (found && !found.answers.length) cell.notes.push(...[found.why, found.hidden].filter(Boolean));
      }
      const begins = service?.[1] ?? null;
      if (service && !cell.answers.length && begins !== null && begins > day) {
        cell.applies = false;
        cell.notes = [`${service[0]} began on ${iso(begins)}: the step does not apply on ${iso(day)}.`];
      }
      cell.notes = [...new Set(cell.notes)];
      cells.push(cell);
    }
    const ends = this.ends(cells, asked.include);
    cells.forEach((cell, n) => {
      if (cell.applies) cell.flags = flagsOf(graph, cell, cells[n - 1], service, ends);
    });
    return { text, service: needed, serviceName: service?.[0] ?? needed, cells, sources: graph.sourcesOf(cited) };
  }

  private answer(one: Who, side: Side, sides: readonly Side[], day: Day, include: Include): WalkAnswer {
    const { graph } = this;
    const { byList, ofSome } = graph.main;
    const wanted: Side = byList.includes(one.people) ? "registered" : "resident";
    const stands = graph.lifeOn(one.commissioner, day, include)?.status ?? graph.status(one.commissioner);
    return {
      ...one,
      name: graph.label(one.commissioner, day),
      side,
      counts: sides.length === 1 || side === wanted,
      part: ofSome.includes(one.people),
      stands,
    };
  }

  /** The bodies of a step that a plan is to end. */
  private ends(cells: readonly WalkCell[], include: Include): Map<Body, PlannedEnd> {
    const found = new Map<Body, PlannedEnd>();
    if (!include.planned && !include.proposed) return found;
    for (const body of new Set(cells.flatMap((cell) => cell.answers.map((one) => one.commissioner)))) {
      const end = this.foretold.end(body, include);
      if (end) found.set(body, end);
    }
    return found;
  }

  private bodies(steps: readonly WalkStep[], around: Around, include: Include): WalkBody[] {
    const { graph } = this;
    const found = new Map<string, [Day, Body]>();
    for (const cell of steps.flatMap((step) => step.cells)) {
      for (const one of cell.answers) if (one.counts) found.set(`${cell.day} ${one.commissioner}`, [cell.day, one.commissioner]);
    }
    const order = [...found.values()].sort((one, other) => one[0] - other[0] || compare(graph.id(one[1]), graph.id(other[1])));
    return order.map(([day, body]) => {
      const settings = [...around].filter(([key]) => key.endsWith(` ${day}`)).map(([, one]) => one);
      const here = new Set(settings.flatMap((one) => (typeof one === "string" ? [] : one.pieces.flatMap((piece) => [...piece.bodies]))));
      return { day, body, complaint: this.complaint(body, day), scrutiny: this.scrutiny(body, day, include, here) };
    });
  }

  /** What is said of the body itself, else of its kind. */
  private complaint(body: Body, day: Day): WalkBody["complaint"] {
    const { graph } = this;
    for (const about of [graph.id(body), graph.kind(body).kind]) {
      const row = graph.main.complaints.find((one) => one.about === about && holds(one.from, one.until, day));
      if (row) return { text: row.text, sources: graph.sourcesOf(row.cited) };
    }
    return null;
  }

  /** Who oversees a body; of a kind of which several do, and none is of this place, nobody is picked out. */
  private scrutiny(body: Body, day: Day, include: Include, here: ReadonlySet<Body>): Overseer[] {
    const { graph } = this;
    const lines = this.steps.overseers(body, day, include, here, SCRUTINY);
    const many = new Map<string, number>();
    for (const { body: one } of lines) if (!here.has(one)) many.set(graph.usualKind(one).kind, (many.get(graph.usualKind(one).kind) ?? 0) + 1);
    return lines.filter(({ body: one }) => here.has(one) || graph.usualKind(one).reach === "country" || many.get(graph.usualKind(one).kind) === 1);
  }
}

/** The command that walks the same case. */
export function walkCommand(asked: WalkAsked): string {
  const quoted = (text: string) => (/^[\w.:-]+$/.test(text) ? text : `"${text.replace(/["\\$`]/g, "")}"`);
  const [first, second] = asked.days;
  const words = ["orgmap walk", asked.script];
  if (asked.resident !== null) words.push(`--resident ${quoted(asked.resident)}`);
  if (asked.practice !== null) words.push(`--practice ${quoted(asked.practice)}`);
  if (first !== undefined) words.push(`--at ${iso(first)}`);
  if (second !== undefined) words.push(`--and ${iso(second)}`);
  if (asked.include.planned) words.push("--include planned");
  if (asked.include.proposed) words.push("--include proposed");
  return words.join(" ");
}
