/** Places: what a text of the address means, the areas in which it lies, and which bodies it has. */

import { basisOf, Chains, compare, pairs, type Holder, type Parts } from "./chains";
import { holds, iso } from "./days";
import { Graph } from "./graph";
import type { Answer, Found, Include, Place } from "./index";
import { NotRead } from "./not_read";
import type { Body, Day, Places } from "./pack";
import type { Postcodes } from "./postcodes";
import * as text from "./text";

/** A body with at least this share of a place has all of it: the rest is rounding. */
export const WHOLE = 0.9995;

export interface Known extends Place {
  parts: Parts;
  shareOf: string;
  /** A practice: the answer is for its list. */
  practice?: Body;
  body?: Body;
}

export interface Share {
  holder: Holder;
  share: number;
}

/** Steps of the grid of points in a degree. */
const GRID = 10_000;
const LOCAL = new Set(["town", "place", "parish", "neighbourhood", "ward"]);
const WORDS: Record<string, string> = {
  region: "a region of government",
  county: "a county",
  "traditional county": "a traditional county",
  "former county": "a former county",
  "combined authority": "the area of a combined authority",
  town: "a town",
  place: "a place",
  parish: "a parish",
  neighbourhood: "a small area (MSOA)",
  ward: "a ward",
};
const ONLY_IN_FORCE: Include = { planned: false, proposed: false };

export class PlaceBook {
  places: Places | undefined;
  private typed = new Map<string, number>();
  private outcodes = new Map<string, number>();

  constructor(
    readonly graph: Graph,
    readonly chains: Chains,
    readonly postcodes: Postcodes,
  ) {}

  addPlaces(part: Places): void {
    this.places = part;
    part.name.forEach((_, n) => {
      const typed = this.typedOf(n);
      if (!this.typed.has(typed.toLowerCase())) this.typed.set(typed.toLowerCase(), n);
    });
    part.outcodes.name.forEach((name, n) => this.outcodes.set(name, n));
  }

  /** What a person may type to mean just this place: "Ashford, Spelthorne (town)". */
  typedOf(n: number): string {
    const part = this.read();
    const name = part.called[n] ?? part.name[n]!;
    const sort = this.sortOf(n);
    return LOCAL.has(sort) ? `${name}, ${part.texts[part.within[n]!]} (${sort})` : `${name} (${sort})`;
  }

  sortOf(n: number): string {
    const part = this.read();
    return part.texts[part.kind[n]!]!.split(" (")[0]!;
  }

  private read(): Places {
    if (!this.places) throw new NotRead("places");
    return this.places;
  }

  /** The place that a text of the address means. */
  place(ref: string, day: Day): Known | undefined {
    const { graph } = this;
    const clean = ref.trim();
    if (clean.includes(":")) {
      const body = graph.number(clean) ?? graph.number(clean.replace(/^[^:]*:/, (prefix) => prefix.toLowerCase()));
      return body === undefined ? undefined : this.ofBody(body, day);
    }
    const whole = text.postcode(clean);
    if (whole) return this.ofPostcode(whole, day);
    const outcode = text.outcode(clean);
    const coded = outcode ? this.ofOutcode(outcode, day) : undefined;
    if (coded) return coded;
    const named = this.places ? this.typed.get(clean.toLowerCase()) : undefined;
    if (named !== undefined) return this.ofName(named, day);
    const code = text.code(clean);
    if (code) {
      const practice = graph.number(`practice:${code}`);
      if (practice !== undefined) return this.ofBody(practice, day);
    }
    if (!this.places) throw new NotRead("places");
    return undefined;
  }

  /** What to type to mean the other places of a place's name, each of its sort: other towns called Ashford. */
  namesakes(ref: string): string[] {
    const part = this.read();
    const n = this.typed.get(ref.trim().toLowerCase());
    if (n === undefined) return [];
    const nameOf = (one: number) => (part.called[one] ?? part.name[one]!).toLowerCase();
    const [name, sort, own] = [nameOf(n), part.kind[n], this.typedOf(n)];
    const found = part.name.flatMap((_, one) => (part.kind[one] === sort && nameOf(one) === name ? [this.typedOf(one)] : []));
    return [...new Set(found)].filter((one) => one !== own);
  }

  /** A whole postcode where it is known or can be asked; else its outcode, and that this is all. */
  private ofPostcode(whole: { outcode: string; label: string }, day: Day): Known | undefined {
    const { people } = this.read().shareOf;
    const lying = this.postcodes.lying(whole);
    const { label, outcode } = whole;
    if ("parts" in lying) {
      return { ref: label, name: label, kind: "postcode", described: `${label}, a postcode`, x: null, y: null, estimated: false, shareOf: people, ...lying };
    }
    const found = lying.outcodeOnly ? this.ofOutcode(outcode, day) : undefined;
    return found && { ...found, ref: outcode, name: label, described: `${label}, told by its outcode ${outcode}`, notes: [lying.why, ...found.notes] };
  }

  /** In words why there is no such place, where more can be said than that; also where a postcode is but its outcode. */
  whyNot(ref: string): string {
    const whole = text.postcode(ref);
    const lying = whole && this.postcodes.asked ? this.postcodes.lying(whole) : undefined;
    return lying && "why" in lying ? lying.why : "";
  }

  /** An outcode by the postcodes that lists of the day have in use. */
  private ofOutcode(outcode: string, day: Day): Known | undefined {
    const part = this.read();
    const n = this.outcodes.get(outcode);
    if (n === undefined) return undefined;
    const lists = (part.outcodes.later[n] ?? []).findLast(([since]) => since <= day)?.[1] ?? part.outcodes.parts[n]!;
    return {
      ref: outcode, name: outcode, kind: "outcode", described: `${outcode}, an outcode`, x: null, y: null, estimated: false, notes: [],
      parts: shared(pairs(part.partLists[lists]!)), shareOf: part.shareOf.postcodes,
    };
  }

  /** A named place as it lay on a day. */
  ofName(n: number, day: Day): Known {
    const part = this.read();
    const [kind, sort] = [part.texts[part.kind[n]!]!, this.sortOf(n)];
    const lyings = part.lyings[part.lying[n]!]!;
    const within = (lyings.findLast(([from]) => from <= day) ?? lyings[0]!)[1];
    const local = LOCAL.has(sort);
    const name = part.called[n] ?? part.name[n]!;
    const council = within.split(", now ").pop()!.replace(/^now /, "");
    const lying = within.startsWith("now ") ? `now in ${council}` : `in ${within}`;
    const county = part.texts[part.county[n]!]!;
    const words = `${name}, ${WORDS[sort] ?? sort}`;
    const described = local ? `${words} ${lying}${county && county !== council ? `, ${county}` : ""}` : words;
    const notes: string[] = [];
    const [note, near, basis] = [part.note[n] ?? "", part.near[n] ?? "", part.basis[n] ?? ""];
    if (note) notes.push(`${name} is ${WORDS[sort]}: ${note}.`);
    if (kind.includes("extent not known")) notes.push(`How far ${name} reaches is not known; the answer is for all of ${within.replace(/^now /, "")}.`);
    if (sort === "neighbourhood" || sort === "ward") {
      notes.push(`${name} is ${WORDS[sort]} ${lying}.`);
    }
    if (basis === "estimated") notes.push(`Where ${name} lies is estimated from a point, by councils' outlines and the nearest neighbourhoods.`);
    if (basis === "called after it") notes.push(`Where ${name} lies is estimated from the wards and small areas that are called after it.`);
    if (near === council) notes.push(`${name} lies in no council's outline, near the border with ${near}, which is taken.`);
    else if (near) notes.push(`${name} is near the border with ${near}.`);
    return {
      ref: this.typedOf(n), name: local ? `${name}, ${within}` : name, kind: sort, described, x: (part.points[n]?.[0] ?? NaN) / GRID || null, y: (part.points[n]?.[1] ?? NaN) / GRID || null,
      estimated: basis !== "", notes, parts: pairs(part.partLists[part.parts[n]!]!), shareOf: part.shareOf.people,
    };
  }

  /** The area of a body, or the list of a practice. */
  ofBody(body: Body, day: Day): Known | undefined {
    const { graph } = this;
    if (graph.plans.has(graph.status(body)) && !this.chains.extent(body, day).length) return undefined;
    const kind = graph.kind(body);
    const label = graph.label(body, day);
    const article = /^([aeiou]|NHS)/.test(kind.label) ? "an" : "a";
    const place = {
      ref: graph.id(body), name: label, kind: kind.kind, described: `${label}, ${article} ${kind.label}`,
      x: null, y: null, estimated: false, shareOf: this.places?.shareOf.people ?? "population mid-2020",
    };
    if (kind.reach === "list") return { ...place, notes: [], parts: [], practice: body };
    const notes: string[] = [];
    let areas = this.chains.extent(body, day);
    const former = areas.length ? undefined : this.read().former[body];
    if (!areas.length && former !== undefined) {
      notes.push(`How far ${label} reached is taken from the names of small areas that were given in its time.`);
      return { ...place, notes, parts: pairs(this.read().partLists[former]!), body };
    }
    if (!areas.length) {
      const later = this.firstDayKnown(body, day);
      if (later === undefined) return undefined;
      areas = this.chains.extent(body, later);
      notes.push(`How far ${label} reached on ${iso(day)} is not known; its area of ${iso(later)} is taken.`);
    }
    const people = graph.main.areas.people;
    const total = areas.reduce((sum, area) => sum + people[area]!, 0);
    const parts: Parts = areas.map((area) => [area, total ? people[area]! / total : 1 / areas.length]);
    return { ...place, notes, parts, body };
  }

  private firstDayKnown(body: Body, day: Day): Day | undefined {
    const days = new Set(this.graph.main.areas.id.flatMap((_, area) => this.chains.daysOf(area, ONLY_IN_FORCE)));
    return [...days].sort((one, other) => one - other).find((one) => one > day && this.chains.extent(body, one).length > 0);
  }

  /** Everything that has a role for a place, with its share, in the order in which it is told. */
  shares(place: Known, day: Day, include: Include): Share[] {
    const { graph, chains } = this;
    if (place.practice !== undefined) {
      if (!holds(graph.from(place.practice), graph.until(place.practice), day)) return [];
      const own = chains.ofPractice(place.practice, day, include).map((holder) => ({ holder, share: 1 }));
      const stood = chains.standing(place.practice, day);
      const councils = stood ? this.sharesOf(stood.parts, day, include) : [];
      const isCouncils = (one: Share) => graph.main.roles[one.holder.role]!.side === "local_government";
      return [...own, ...councils.filter(isCouncils)];
    }
    return this.sharesOf(place.parts, day, include);
  }

  /** The roles over the area of a body in force of which no table tells the area on the day, with the body's own and
   * those of what it belongs to. */
  private withItself(place: Known, shares: Share[], day: Day, include: Include): Share[] {
    const { graph, chains } = this;
    const { body } = place;
    if (body === undefined || !holds(graph.from(body), graph.until(body), day)) return shares;
    const numbers = graph.usualKind(body).roles.map((role) => graph.main.roles.findIndex((one) => one.role === role));
    const known = new Set(shares.map((one) => one.holder.role));
    if (!numbers.length || numbers.some((role) => known.has(role))) return shares;
    const more = new Map<string, Holder>();
    const add = (holder: Holder) => {
      const key = `${holder.role} ${holder.body}`;
      if (!known.has(holder.role) && !more.has(key)) more.set(key, holder);
    };
    for (const role of numbers) add({ role, body, basis: "published", note: "", cited: [] });
    for (const relation of graph.above(body, day, include)) {
      for (const { role, body: other, path } of chains.climb(relation.object, relation, day, include)) {
        add({ role, body: other, basis: basisOf(path), note: path.find((step) => step.note)?.note ?? "", cited: path.map((step) => step.cited) });
      }
    }
    return this.inOrder([...shares, ...[...more.values()].map((holder) => ({ holder, share: 1 }))]);
  }

  private sharesOf(parts: Parts, day: Day, include: Include): Share[] {
    const found = new Map<string, Share>();
    for (const [area, share] of parts) {
      for (const holder of this.chains.ofArea(area, day, include)) {
        const key = `${holder.role} ${holder.body}`;
        const before = found.get(key);
        if (before) before.share += share;
        else found.set(key, { holder, share });
      }
    }
    return this.inOrder([...found.values()]);
  }

  private inOrder(shares: Share[]): Share[] {
    const id = (one: Share) => this.graph.id(one.holder.body);
    return shares.sort((one, other) => one.holder.role - other.holder.role || other.share - one.share || compare(id(one), id(other)));
  }

  /** What `orgmap find` answers. */
  find(place: Known, day: Day, include: Include): Answer {
    const { chains } = this;
    const shares = this.withItself(place, this.shares(place, day, include), day, include);
    const stood = place.practice === undefined ? undefined : chains.standing(place.practice, day);
    const shareOf = stood ? (this.places?.shareOf.people ?? "population mid-2020") : place.shareOf;
    const bodies = shares.map((one) => this.found(one, shareOf, day, include));
    const notes = [...place.notes, ...(place.practice === undefined ? this.gaps(shares, day) : this.ofLists(place.practice, bodies, day))];
    return { place, day, bodies, notes: [...new Set(notes)] };
  }

  private found({ holder, share }: Share, shareOf: string, day: Day, include: Include): Found {
    const { graph } = this;
    const role = graph.main.roles[holder.role]!;
    const life = graph.lifeOn(holder.body, day, include);
    const all = share >= WHOLE;
    return {
      role: role.role,
      roleLabel: role.label,
      body: holder.body,
      name: graph.label(holder.body, life ? day : undefined),
      from: life ? life.from : graph.from(holder.body),
      until: life ? life.until : graph.until(holder.body),
      share: all ? 1 : text.rounded(share),
      shareOf: all ? "" : shareOf,
      basis: holder.basis,
      note: holder.note || (life ? life.note : graph.note(holder.body)),
      status: life ? life.status : graph.status(holder.body),
      sources: graph.sourcesOf(...holder.cited),
    };
  }

  /** What an answer must admit: no known commissioner or council, or one that is only estimated. */
  private gaps(shares: Share[], day: Day): string[] {
    const { graph } = this;
    const at = iso(day);
    const notes: string[] = [];
    const care = shares.filter((one) => graph.usualKind(one.holder.body).traits.includes("social_care"));
    const council = care.reduce((sum, one) => sum + one.share, 0);
    if (!care.length) notes.push(`No table says which council this place had on ${at}.`);
    else if (council < WHOLE) notes.push(`For part of this place no table says which council it had on ${at}.`);
    const main = graph.main.roles[0]!.role;
    const commissioners = shares.filter((one) => graph.main.roles[one.holder.role]!.role === main);
    if (!commissioners.length) {
      notes.push(`Area not known for that day: no table says which body commissioned for this place on ${at}.`);
      return notes;
    }
    if (commissioners.some((one) => one.holder.basis === "estimated")) {
      notes.push("The primary care trust of a place is estimated from later boundaries; a practice's is published.");
    }
    if (commissioners.reduce((sum, one) => sum + one.share, 0) < WHOLE) {
      notes.push("For part of this place the commissioner on that day is not known.");
    }
    return notes;
  }

  /** Why nothing can be said of a practice's list on a day; "" if something can. */
  shut(practice: Body, day: Day): string {
    const { graph } = this;
    const [from, until] = [graph.from(practice), graph.until(practice)];
    const label = graph.label(practice);
    if (from !== null && day < from) return `${label} opened on ${iso(from)}, after ${iso(day)}.`;
    if (until !== null && day >= until) return `${label} had closed by ${iso(day)}: ${iso(until)} was its first day shut.`;
    return "";
  }

  private ofLists(practice: Body, bodies: Found[], day: Day): string[] {
    const shut = this.shut(practice, day);
    if (shut) return [shut];
    const notes = ["Bodies of the NHS are those of the practice's registered patients, by its listing."];
    if (!bodies.some((one) => one.role === "commissioner" || one.role === "managing_body")) {
      notes.push(`No table says under which commissioner this practice was listed on ${iso(day)}.`);
    }
    if (!this.chains.standing(practice, day)) {
      notes.push("Its council is not known: its postcode on that day is not in the lists of English postcodes.");
    }
    return notes;
  }

  /** The days on which the bodies of a place may change. */
  days(place: Known, include: Include): Day[] {
    const { graph, chains } = this;
    const days = new Set<Day>();
    let areas = place.parts.map(([area]) => area);
    if (place.practice !== undefined) {
      const stood = chains.stoodIn(place.practice);
      areas = stood.areas;
      for (const one of stood.days) days.add(one);
      let bodies = [place.practice];
      const seen = new Set<Body>();
      while (bodies.length) {
        const next: Body[] = [];
        for (const body of bodies) {
          if (seen.has(body)) continue;
          seen.add(body);
          for (const one of graph.everAbove(body)) {
            for (const end of [one.from, one.until]) if (end !== null) days.add(end);
            next.push(one.object);
          }
        }
        bodies = next;
      }
      const [from, until] = [graph.from(place.practice), graph.until(place.practice)];
      for (const end of [from, until]) if (end !== null) days.add(end);
    }
    for (const area of areas) for (const one of chains.daysOf(area, include)) days.add(one);
    return [...days].sort((one, other) => one - other);
  }
}

/** Counts as shares of all of them. */
function shared(counts: Parts): Parts {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return counts.map(([area, count]) => [area, count / total]);
}
