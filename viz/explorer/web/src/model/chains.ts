/** Walking from body to body: what has a role because another has, whom a body meets, how far it reaches. */

import type { Include } from "./index";
import { holds } from "./days";
import { Graph, level, push, UP, type Relation } from "./graph";
import type { Body, Day, Standing } from "./pack";

/** What is said of a council that only the names of small areas tell: it tells how far no body reached. */
const BY_SMALL_AREAS = "by the names of small areas that were given in the time of its districts";

/** Areas with the share of a place in each. */
export type Parts = [area: number, share: number][];

export function pairs(flat: number[]): Parts {
  const found: Parts = [];
  for (let n = 0; n < flat.length; n += 2) found.push([flat[n]!, flat[n + 1]!]);
  return found;
}

/** A body with the role that it has, and who says so. */
export interface Holder {
  role: number;
  body: Body;
  basis: string;
  note: string;
  cited: number[];
}

interface Climbed {
  role: number;
  body: Body;
  path: Relation[];
}

export class Chains {
  private readonly roleNumbers: Map<string, number>;

  constructor(readonly graph: Graph) {
    this.roleNumbers = new Map(graph.main.roles.map((role, number) => [role.role, number]));
  }

  /** What has a role for an area on a day. */
  ofArea(area: number, day: Day, include: Include): Holder[] {
    const { areas } = this.graph.main;
    const set = areas.sets[this.setOf(area, day, include)] ?? [];
    return set.map((number) => {
      const [role, body, basis, note, cited] = areas.holders[number]!;
      return { role, body, basis, note, cited: [cited] };
    });
  }

  /** The number of the set of holders that holds for an area on a day. */
  setOf(area: number, day: Day, include: Include): number {
    const { eras } = this.graph.main.areas;
    const asked = level(include);
    const stretch = (asked === "inForce" ? undefined : eras[asked][area]) ?? eras.inForce[area]!;
    let found = stretch[1]!;
    for (let n = 0; n < stretch.length && stretch[n]! <= day; n += 2) found = stretch[n + 1]!;
    return found;
  }

  /** The days on which something around an area changes. */
  daysOf(area: number, include: Include): Day[] {
    const { eras } = this.graph.main.areas;
    const asked = level(include);
    const stretch = (asked === "inForce" ? undefined : eras[asked][area]) ?? eras.inForce[area]!;
    return stretch.filter((_, n) => n % 2 === 0);
  }

  /** What has a role for a practice's patients on a day. */
  ofPractice(practice: Body, day: Day, include: Include): Holder[] {
    const { graph } = this;
    const listed = graph.above(practice, day, include);
    const isNetwork = (one: Relation) => graph.usualKind(one.object).reach === "lists";
    const found = new Map<string, Climbed>();
    for (const relation of listed.filter((one) => !isNetwork(one))) {
      for (const one of this.climb(relation.object, relation, day, include)) {
        const key = `${one.role} ${one.body}`;
        if (!found.has(key)) found.set(key, one);
      }
    }
    for (const relation of listed.filter(isNetwork)) {
      for (const word of graph.usualKind(relation.object).roles) {
        const role = this.roleNumbers.get(word)!;
        found.set(`${role} ${relation.object}`, { role, body: relation.object, path: [relation] });
      }
    }
    return [...found.values()]
      .sort((one, other) => one.role - other.role || compare(graph.id(one.body), graph.id(other.body)))
      .map(({ role, body, path }) => ({
        role,
        body,
        basis: basisOf(path),
        note: path.find((step) => step.note)?.note ?? "",
        cited: path.map((step) => step.cited),
      }));
  }

  /** The roles of a body, and of everything above it. */
  climb(body: Body, first: Relation, day: Day, include: Include): Climbed[] {
    const { graph } = this;
    const found = new Map<string, Climbed>();
    const add = (one: Climbed) => {
      const key = `${one.role} ${one.body}`;
      if (!found.has(key)) found.set(key, one);
    };
    const waiting: [Body, Relation[]][] = [[body, [first]]];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [current, path] = next;
      const kind = graph.usualKind(current);
      for (const role of kind.roles) add({ role: this.roleNumbers.get(role)!, body: current, path });
      if (!kind.climbs.includes("above")) {
        if (kind.climbs.length) {
          for (const around of this.around(current, kind.climbs, day, include)) add({ ...around, path: [...path, ...around.path] });
        }
      } else if (path.length < 6) {
        for (const one of graph.above(current, day, include)) waiting.push([one.object, [...path, one]]);
      }
    }
    return [...found.values()];
  }

  /** The bodies of these kinds at a body: its parts, whom it pays, what it is a member of. */
  private around(body: Body, kinds: string[], day: Day, include: Include): Climbed[] {
    const { graph } = this;
    const found: Climbed[] = [];
    for (const one of [...graph.standingAt(body, day, include), ...graph.above(body, day, include)]) {
      const other = one.object === body ? one.subject : one.object;
      const kind = graph.usualKind(other);
      if (kinds.includes(kind.kind)) {
        for (const role of kind.roles) found.push({ role: this.roleNumbers.get(role)!, body: other, path: [one] });
      }
    }
    return found;
  }

  /** Everything that a body is part or a member of, and what that belongs to, the nearest first. */
  belongsTo(body: Body, day: Day, include: Include): Body[] {
    const found: Body[] = [];
    let waiting = [body];
    while (waiting.length) {
      const upper = new Set(waiting.flatMap((one) => this.graph.above(one, day, include).map((step) => step.object)));
      waiting = [...upper].filter((one) => !found.includes(one) && one !== body);
      found.push(...waiting);
    }
    return found;
  }

  /** Every body that stands in one relation with it. */
  beside(body: Body, day: Day, include: Include): Body[] {
    return [...new Set(this.graph.ties(body, day, include).map((one) => (one.subject === body ? one.object : one.subject)))];
  }

  /** The bodies of a kind that a body's own relations lead to. */
  ownBodies(body: Body, kind: string, day: Day, include: Include): Body[] {
    const { graph } = this;
    if (graph.usualKind(body).kind === kind) return [body];
    const above = this.belongsTo(body, day, include);
    let found = this.ofKind(above, kind);
    if (found.length) return found;
    const beside = this.beside(body, day, include);
    found = this.ofKind(beside, kind);
    if (found.length) return found;
    const care = graph.main.kinds.find((one) => one.traits.includes("social_care"))?.kind ?? "";
    const councils = this.ofKind([...above, ...beside], care);
    found = this.ofKind(councils.flatMap((one) => this.beside(one, day, include)), kind);
    if (found.length) return found;
    const members = graph.ties(body, day, include).filter((one) => one.object === body && UP.includes(one.verb)).map((one) => one.subject);
    const proper = [...new Set(members)].filter((one) => graph.usualKind(one).reach !== "list");
    return this.ofKind(proper.flatMap((one) => this.belongsTo(one, day, include)), kind);
  }

  /** The bodies of a kind that meet a body: by its own relations, or by their areas where councils or groups in the making do. */
  meeting(body: Body, kind: string, day: Day, include: Include): Body[] {
    const found = this.ownBodies(body, kind, day, include);
    if (found.length) return found;
    const own = this.graph.usualKind(body);
    const making = (own.pairs.forms_beside ?? []).includes(kind) || (this.graph.kindCalled(kind).pairs.forms_beside ?? []).includes(own.kind);
    if (!making && !this.isLocalGovernment(kind) && !this.isLocalGovernment(own.kind)) return [];
    return this.ofKind(this.sharing(body, day, include), kind);
  }

  private sharing(body: Body, day: Day, include: Include): Body[] {
    const care = this.graph.main.kinds.find((one) => one.traits.includes("social_care"))?.kind ?? "";
    const bodies = this.isLocalGovernment(this.graph.usualKind(body).kind) ? [body, ...this.ownBodies(body, care, day, include)] : [body];
    const areas = new Set(bodies.flatMap((one) => this.extent(one, day)));
    const found = new Set<Body>();
    for (const area of areas) for (const one of this.ofArea(area, day, include)) if (one.note !== BY_SMALL_AREAS) found.add(one.body);
    found.delete(body);
    return [...found];
  }

  /** Whether a kind has a role on the councils' side. */
  isLocalGovernment(kind: string): boolean {
    const sides = this.graph.main.roles;
    return this.graph.kindCalled(kind).roles.some((role) => sides[this.roleNumbers.get(role)!]?.side === "local_government");
  }

  private ofKind(bodies: Iterable<Body>, kind: string): Body[] {
    const found = [...new Set(bodies)].filter((one) => this.graph.usualKind(one).kind === kind);
    return found.sort((one, other) => compare(this.graph.id(one), this.graph.id(other)));
  }

  /** The areas that a body covers, on the day of its life that is nearest. */
  extent(body: Body, day: Day): number[] {
    const { graph } = this;
    const at = this.dayInLife(body, day);
    const kind = graph.usualKind(body);
    const all = graph.main.areas.id.map((_, area) => area);
    if (kind.reach === "country") return all;
    if (kind.reach === "postcode") return (this.standing(body, at)?.parts ?? []).map(([area]) => area);
    const include = { planned: false, proposed: false }; // a plan alone gives nobody an area
    if (!kind.roles.length) {
      if (!kind.traits.includes("made_of_members")) return [];
      const members = graph.below(body, at, include).map((one) => one.subject);
      return [...new Set(members.flatMap((one) => this.extent(one, at)))].sort((one, other) => one - other);
    }
    const sets = this.setsWith(body);
    return sets.size ? all.filter((area) => sets.has(this.setOf(area, at, include))) : [];
  }

  private readonly withBody = new Map<Body, Set<number>>();

  /** The sets in which a body stands as one that covers the area. */
  private setsWith(body: Body): Set<number> {
    if (!this.withBody.size) {
      const { holders, sets } = this.graph.main.areas;
      sets.forEach((set, number) => {
        for (const holder of set) {
          const [, one, , note] = holders[holder]!;
          if (note === BY_SMALL_AREAS) continue;
          const known = this.withBody.get(one);
          if (known) known.add(number);
          else this.withBody.set(one, new Set([number]));
        }
      });
    }
    return this.withBody.get(body) ?? new Set();
  }

  private readonly stood = new Map<Body, [Standing, number][]>();
  private stoodFrom: Standing[] = [];

  /** Where a body that has a postcode stood on a day, and the areas of that. */
  standing(body: Body, day: Day): { postcode: string; parts: Parts } | undefined {
    const { main, practices } = this.graph;
    for (const part of practices ? [main.standing, practices] : [main.standing]) {
      if (this.stoodFrom.includes(part)) continue;
      this.stoodFrom.push(part);
      part.locations.body.forEach((one, n) => push(this.stood, one, [part, n]));
    }
    for (const [part, n] of this.stood.get(body) ?? []) {
      const { locations } = part;
      if (!holds(locations.from[n], locations.until[n], day)) continue;
      const list = locations.parts[n]!;
      return list < 0 ? undefined : { postcode: locations.postcode[n]!, parts: pairs(part.partLists[list]!) };
    }
    return undefined;
  }

  /** The areas in which a body ever stood, and the days on which it moved. */
  stoodIn(body: Body): { areas: number[]; days: Day[] } {
    this.standing(body, 0);
    const rows = this.stood.get(body) ?? [];
    const days = rows.flatMap(([{ locations }, n]) => [locations.from[n], locations.until[n]]).filter((one): one is Day => typeof one === "number");
    const lists = rows.filter(([{ locations }, n]) => locations.parts[n]! >= 0);
    return { days, areas: lists.flatMap(([part, n]) => pairs(part.partLists[part.locations.parts[n]!]!).map(([area]) => area)) };
  }

  private dayInLife(body: Body, day: Day): Day {
    const [from, until] = [this.graph.from(body), this.graph.until(body)];
    if (until !== null && day >= until) return until - 1;
    return from !== null && day < from ? from : day;
  }
}

/** Text order as the program has it: by code points. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The weakest basis on the way: one estimated or derived step makes the whole so. */
export function basisOf(path: Relation[]): string {
  for (const weak of ["estimated", "derived"]) if (path.some((step) => step.basis === weak)) return weak;
  return path[path.length - 1]?.basis || "published";
}
