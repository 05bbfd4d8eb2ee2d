/** The bodies and relations of the pack, to be walked: lives, names, codes, who belongs to whom. */

import { holds, iso, words } from "./days";
import type { Include, Source } from "./index";
import type { Bodies, Body, Day, Kind, Main, Practices, Relations } from "./pack";

/** One relation, with its place in the order of the program. */
export interface Relation {
  subject: Body;
  verb: string;
  object: Body;
  about: string;
  from: Day | null;
  until: Day | null;
  basis: string;
  status: string;
  statedOn: Day | null;
  note: string;
  cited: number;
  order: number;
}

/** A stretch of days in which a body had one status. */
export interface Life {
  status: string;
  from: Day | null;
  until: Day | null;
  note: string;
  /** The day on which it began, as far as that is known; `from` is the first day on which it is known to hold. */
  begins?: Day | null;
}

export type Level = "inForce" | "planned" | "proposed" | "both";

/** Which set of plans is asked for. */
export function level(include: Include): Level {
  if (include.planned) return include.proposed ? "both" : "planned";
  return include.proposed ? "proposed" : "inForce";
}

const NO_KIND: Kind = {
  kind: "", prefix: "", label: "", plural: "", short: "", tier: "", standing: "", reach: "",
  roles: [], climbs: [], traits: [], pairs: {}, description: "",
};

export const UP: readonly string[] = ["part_of", "member_of"];

interface DatedName {
  name: string;
  use: string;
  from: Day | null;
  until: Day | null;
}

export class Graph {
  readonly main: Main;
  practices: Practices | undefined;
  private readonly numbers = new Map<string, Body>();
  private readonly byPrefix = new Map<string, Kind>();
  private readonly kindNumbers = new Map<string, number>();
  private readonly bySubject = new Map<Body, Relation[]>();
  private readonly byObject = new Map<Body, Relation[]>();
  private readonly named = new Map<Body, DatedName[]>();
  private readonly coded = new Map<Body, { scheme: string; code: string; from: Day | null; until: Day | null }[]>();
  private readonly staged = new Map<Body, Life[]>();
  private readonly ofKind = new Map<string, Body[]>();
  private readonly statusSets: Record<Level, Set<string>>;
  private readonly statusOrder: Map<string, number>;
  readonly plans: Set<string>;
  readonly count: number;

  constructor(main: Main) {
    this.main = main;
    this.count = main.bodies.id.length;
    main.kinds.forEach((kind, number) => {
      this.kindNumbers.set(kind.kind, number);
      if (!this.byPrefix.has(kind.prefix)) this.byPrefix.set(kind.prefix, kind);
    });
    this.statusOrder = new Map(Object.keys(main.statuses).map((status, number) => [status, number]));
    const { planned, proposed } = main.opened;
    this.plans = new Set([...planned, ...proposed]);
    this.statusSets = {
      inForce: new Set(["in_force"]),
      planned: new Set(["in_force", ...planned]),
      proposed: new Set(["in_force", ...proposed]),
      both: new Set(["in_force", ...planned, ...proposed]),
    };
    this.addBodies(main.bodies, 0);
    const { names, codes, stages } = main;
    this.addNames(names);
    this.addCodes(codes);
    stages.body.forEach((body, n) => {
      const begins = stages.fromPrecision[n] === "not_known" ? null : stages.from[n]!;
      const life = { status: stages.status[n]!, from: stages.from[n]!, until: stages.until[n]!, note: stages.note[n]!, begins };
      push(this.staged, body, life);
    });
    this.addRelations(main.relations);
  }

  /** Lays the practices over what is there. */
  addPractices(part: Practices): void {
    this.practices = part;
    this.addBodies(part.bodies, this.count);
    this.addNames(part.names);
    this.addCodes(part.codes);
    part.bodies.id.forEach((id, n) => {
      const code = { scheme: "ods", code: id.slice(id.indexOf(":") + 1), from: null, until: null };
      push(this.coded, this.count + n, code);
    });
    this.addRelations(part.relations);
  }

  private addBodies(bodies: Bodies, first: Body): void {
    bodies.id.forEach((id, n) => {
      this.numbers.set(id, first + n);
      push(this.ofKind, this.main.kinds[bodies.kind[n]!]!.kind, first + n);
    });
  }

  private addNames(names: Main["names"]): void {
    names.body.forEach((body, n) => {
      push(this.named, body, { name: names.name[n]!, use: names.use[n]!, from: names.from[n]!, until: names.until[n]! });
    });
  }

  private addCodes(codes: Main["codes"]): void {
    codes.body.forEach((body, n) => {
      const one = { scheme: codes.scheme[n]!, code: codes.code[n]!, from: codes.from[n]!, until: codes.until[n]! };
      push(this.coded, body, one);
    });
  }

  private addRelations(rows: Relations): void {
    rows.subject.forEach((subject, n) => {
      const one: Relation = {
        subject,
        verb: rows.verb[n]!,
        object: rows.object[n]!,
        about: rows.about[n] ?? "",
        from: rows.from[n]!,
        until: rows.until[n]!,
        basis: rows.basis[n]!,
        status: rows.status[n] ?? "in_force",
        statedOn: rows.statedOn[n] ?? null,
        note: rows.note[n] ?? "",
        cited: rows.cited[n]!,
        order: n,
      };
      push(this.bySubject, subject, one);
      push(this.byObject, one.object, one);
    });
  }

  private row(body: Body): [Bodies, number] {
    if (body < this.count) return [this.main.bodies, body];
    if (!this.practices) throw new Error("The practices are not read yet.");
    return [this.practices.bodies, body - this.count];
  }

  number(id: string): Body | undefined {
    return this.numbers.get(id);
  }
  id(body: Body): string {
    const [rows, n] = this.row(body);
    return rows.id[n]!;
  }
  from(body: Body): Day | null {
    const [rows, n] = this.row(body);
    return rows.from[n]!;
  }
  until(body: Body): Day | null {
    const [rows, n] = this.row(body);
    return rows.until[n]!;
  }
  status(body: Body): string {
    const [rows, n] = this.row(body);
    return rows.status[n] ?? "in_force";
  }
  note(body: Body): string {
    const [rows, n] = this.row(body);
    return rows.note[n] ?? "";
  }
  cited(body: Body): number {
    const [rows, n] = this.row(body);
    return rows.cited[n]!;
  }
  /** Who gives its names, codes, postcodes and stages. */
  called(body: Body): number {
    const [rows, n] = this.row(body);
    return rows.called[n]!;
  }
  /** The kind that a body's own row names. */
  kind(body: Body): Kind {
    const [rows, n] = this.row(body);
    return this.main.kinds[rows.kind[n]!]!;
  }
  /** The usual kind of the prefix of a body's id, by which the rules go. */
  kindOfId(id: string): Kind {
    return this.byPrefix.get(id.slice(0, Math.max(0, id.indexOf(":")))) ?? NO_KIND;
  }
  usualKind(body: Body): Kind {
    return this.kindOfId(this.id(body));
  }
  kindCalled(kind: string): Kind {
    const number = this.kindNumbers.get(kind);
    return number === undefined ? NO_KIND : this.main.kinds[number]!;
  }
  isKind(kind: string): boolean {
    return this.kindNumbers.has(kind);
  }
  has(kind: string, trait: string): boolean {
    return this.kindCalled(kind).traits.includes(trait);
  }
  bodiesOf(kind: string): readonly Body[] {
    return this.ofKind.get(kind) ?? [];
  }

  shows(status: string, include: Include): boolean {
    return this.statusSets[level(include)].has(status || "in_force");
  }

  /** The days on which a body was in force, or undefined if it never was. */
  inForceLife(body: Body): Life | undefined {
    const [rows, n] = this.row(body);
    const life = { status: "in_force", from: rows.from[n]!, until: rows.until[n]!, note: rows.note[n] ?? "" };
    const stage = rows.stage[n];
    if (!stage) return life;
    if (stage[1] === null) return undefined;
    const until = life.until === null ? stage[1] : Math.min(life.until, stage[1]);
    return life.from !== null && life.from >= until ? undefined : { ...life, until };
  }

  stages(body: Body): readonly Life[] {
    return this.staged.get(body) ?? [];
  }

  /** What a body is on a day, the surest of what may be shown; days are those of its row. */
  lifeOn(body: Body, day: Day, include: Include, shadowToo = true): Life | undefined {
    const found: Life[] = [];
    const inForce = this.inForceLife(body);
    if (inForce && holds(inForce.from, inForce.until, day)) {
      const [rows, n] = this.row(body);
      found.push({ ...inForce, until: rows.until[n]! });
    }
    for (const stage of this.stages(body)) {
      const shown = this.shows(stage.status, include) || (shadowToo && stage.status === "shadow");
      if (shown && holds(stage.from, stage.until, day)) found.push(stage);
    }
    found.sort((one, other) => this.rank(one.status) - this.rank(other.status));
    const surest = found[0];
    return surest && { ...surest, from: surest.begins === undefined ? surest.from : surest.begins };
  }

  rank(status: string): number {
    return this.statusOrder.get(status) ?? 99;
  }

  /** The stage in shadow form that a body is known to be in on a day. */
  shadowOn(body: Body, day: Day): Life | undefined {
    return this.stages(body).find((stage) => stage.status === "shadow" && holds(stage.from, stage.until, day));
  }

  /** Whether a body is in force, or in shadow form, on a day. */
  isInForce(body: Body, day: Day, include: Include): boolean {
    const life = this.lifeOn(body, day, include);
    if (life) return !this.plans.has(life.status);
    return !this.plans.has(this.status(body)) && holds(this.from(body), this.until(body), day);
  }

  name(body: Body, day?: Day): string {
    const [rows, n] = this.row(body);
    let found = rows.name[n]!;
    if (day !== undefined) {
      for (const one of this.named.get(body) ?? []) {
        const dated = one.from !== null || one.until !== null;
        if (dated && (one.use === "official" || one.use === "former") && holds(one.from, one.until, day)) found = one.name;
      }
    }
    return found;
  }
  /** The name, or what it is with its code and a word that the name is not known. */
  label(body: Body, day?: Day): string {
    const id = this.id(body);
    return this.name(body, day) || `${this.kind(body).label} ${id.slice(id.indexOf(":") + 1)} (name not known)`;
  }
  names(body: Body): readonly DatedName[] {
    return this.named.get(body) ?? [];
  }
  codes(body: Body): readonly { scheme: string; code: string; from: Day | null; until: Day | null }[] {
    return this.coded.get(body) ?? [];
  }

  /** Its life in words, as exactly as it is known. */
  life(body: Body): string {
    const [rows, n] = this.row(body);
    const [from, until] = [rows.from[n]!, rows.until[n]!];
    const start = from === null ? "start not known" : words(from, rows.fromPrecision[n] ?? "");
    if (until === null) return from === null ? start : `${from > this.main.meta.today ? "from" : "since"} ${start}`;
    const how = rows.untilPrecision[n] ?? "";
    // To the day, its last one; where only the month or year is known, that in which it ended.
    const vague = how !== "" && how !== "approx";
    const end = vague ? `until ${words(until, how)}` : `to ${words(until - 1, how)}`;
    return from === null ? `${start}, ${end}` : `${start} ${end}`;
  }

  /** What a body is part or a member of on a day. */
  above(body: Body, day: Day, include: Include): Relation[] {
    return this.holding(this.bySubject.get(body), day, include, UP);
  }
  everAbove(body: Body): Relation[] {
    return (this.bySubject.get(body) ?? []).filter((one) => UP.includes(one.verb));
  }
  /** What is part or a member of it. */
  below(body: Body, day: Day, include: Include): Relation[] {
    return this.holding(this.byObject.get(body), day, include, UP);
  }
  /** What is part of it, and whom it pays. */
  standingAt(body: Body, day: Day, include: Include): Relation[] {
    return [
      ...this.holding(this.byObject.get(body), day, include, ["part_of"]),
      ...this.holding(this.bySubject.get(body), day, include, ["holds_contract_with"]),
    ];
  }
  /** Every relation between it and another body. */
  ties(body: Body, day: Day, include: Include): Relation[] {
    const found = [...(this.bySubject.get(body) ?? []), ...(this.byObject.get(body) ?? []).filter((one) => one.subject !== body)];
    return this.holding(found, day, include).sort((one, other) => one.order - other.order);
  }
  /** Every relation that a body ever has, of every status. */
  ever(body: Body): Relation[] {
    return [...(this.bySubject.get(body) ?? []), ...(this.byObject.get(body) ?? [])];
  }
  supporters(body: Body, day: Day): Body[] {
    return this.holding(this.byObject.get(body), day, { planned: false, proposed: false }, ["supports"]).map((one) => one.subject);
  }

  private holding(rows: Relation[] | undefined, day: Day, include: Include, verbs?: readonly string[]): Relation[] {
    return (rows ?? []).filter(
      (one) => (!verbs || verbs.includes(one.verb)) && this.shows(one.status, include) && holds(one.from, one.until, day),
    );
  }

  /** The sources of lists of citations, each once. */
  sourcesOf(...lists: number[]): Source[] {
    const { sources, cited } = this.main;
    const seen = new Set<string>();
    const found: Source[] = [];
    for (const list of lists) {
      for (const [n, locator] of cited[list] ?? []) {
        const key = `${n} ${locator}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found.push({
          id: sources.id[n]!,
          title: sources.title[n]!,
          publisher: sources.publisher[n]!,
          url: sources.url[n]!,
          licence: sources.licence[n]!,
          locator,
        });
      }
    }
    return found;
  }

  /** A day for a message of the program: as it is typed. */
  typed(day: Day): string {
    return iso(day);
  }
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const found = map.get(key);
  if (found) found.push(value);
  else map.set(key, [value]);
}
