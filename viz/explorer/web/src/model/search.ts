/** Finding what a person types: codes and outcodes, names in any ordinary way of writing, and with typing errors. */

import MiniSearch from "minisearch";
import { Graph } from "./graph";
import type { Hit } from "./index";
import { Names } from "./names";
import { NotRead } from "./not_read";
import type { Body, Day } from "./pack";
import type { PlaceBook } from "./places";
import { BREAK, COMMON, JOINING, trimmed } from "./sentence";
import * as text from "./text";

type Ref = { sort: "body"; body: Body } | { sort: "place"; place: number } | { sort: "service"; service: number };

interface Entry {
  id: number;
  name: string;
}

const LOCAL_ORDER: Record<string, number> = { town: 1, place: 1, parish: 2, neighbourhood: 3, ward: 4 };

export class Search {
  private readonly refs: Ref[] = [];
  private readonly exact = new Map<string, Set<number>>();
  private readonly ofCode = new Map<string, Body[]>();
  private readonly words = new MiniSearch<Entry>({
    fields: ["name"],
    idField: "id",
    tokenize: (string) => text.normalise(string).split(" "),
    processTerm: (term) => term,
  });
  private readonly names: Names;
  private meantBy: Map<string, Ref | null> | undefined;
  private bodies = 0;
  private places = 0;

  constructor(
    readonly graph: Graph,
    readonly book: PlaceBook,
    readonly today: Day,
  ) {
    this.names = new Names(graph.main.folding);
  }

  /** Reads names that are not known yet, at most so many: services, bodies, places. Says whether all are known. */
  fill(most = Number.POSITIVE_INFINITY): boolean {
    const entries: Entry[] = [];
    const { main } = this.graph;
    const add = (ref: Ref, names: Iterable<string>, forms: (name: string) => string[]) => {
      const id = this.refs.push(ref) - 1;
      const all = [...new Set([...names].filter(Boolean))];
      for (const name of all) for (const form of forms(name)) this.formsOf(form).add(id);
      entries.push({ id, name: all.join(" ") });
    };
    if (!this.bodies) {
      main.services.id.forEach((_, service) => {
        const names = [main.services.name[service]!, ...main.services.words[service]!];
        add({ sort: "service", service }, names, (name) => [text.normalise(name)]);
      });
    }
    const count = this.graph.count + (this.graph.practices?.bodies.id.length ?? 0);
    for (; this.bodies < count && entries.length < most; this.bodies++) {
      const body = this.bodies;
      const names = [this.graph.name(body), ...this.graph.names(body).map((one) => one.name)];
      const isPractice = this.graph.kind(body).reach === "list";
      add({ sort: "body", body }, names, (name) => (isPractice ? [text.normalise(name)] : this.bodyForms(name)));
      const id = this.graph.id(body);
      const own = id.slice(id.indexOf(":") + 1); // "10E" is a code, "kent_and_medway" is a name of our own
      const codes = [...(own === own.toUpperCase() ? [own] : []), ...this.graph.codes(body).map((one) => one.code)];
      for (const code of new Set(codes.map((one) => one.toUpperCase()))) this.ofCode.set(code, [...(this.ofCode.get(code) ?? []), body]);
    }
    const part = this.book.places;
    const named = part?.name.length ?? 0;
    for (; this.places < named && entries.length < most; this.places++) {
      const place = this.places;
      add({ sort: "place", place }, [part!.name[place]!, part!.called[place] ?? ""], (one) => [this.names.placeForm(one)]);
    }
    if (entries.length) this.words.addAll(entries);
    return this.bodies >= count && this.places >= named;
  }

  private bodyForms(name: string): string[] {
    const bare = this.names.withoutStyle(name);
    return [...this.names.forms(name), ...(bare ? [bare] : [])];
  }

  private formsOf(form: string): Set<number> {
    let found = this.exact.get(form);
    if (!found) {
      found = new Set();
      this.exact.set(form, found);
    }
    return found;
  }

  search(typed: string, limit: number): Hit[] {
    this.fill();
    const found = new Map<string, Hit>();
    const put = (hit: Hit) => {
      const key = `${hit.kind} ${hit.ref}`;
      const known = found.get(key);
      if (!known || known.score < hit.score) found.set(key, hit);
    };
    const [name, code] = nameAndCode(typed.split(" — ")[0]!.trim());
    if (!name && !code) return [];
    for (const ref of [text.postcode(name), text.outcode(name)]) {
      const asked = typeof ref === "string" ? ref : ref?.label;
      if (asked && typeof ref !== "string" && this.book.postcodes.asked) {
        put({ kind: "place", ref: asked, name: asked, described: `${asked}, a postcode`, score: 1000, exact: true });
        continue; // whether there is such a one is asked when it is taken
      }
      const place = asked && this.book.places ? this.book.place(asked, this.today) : undefined;
      if (place && asked) put({ kind: "place", ref: asked, name: place.name, described: place.described, score: 1000, exact: true });
    }
    const id = name.includes(":") ? this.graph.number(name.toLowerCase()) ?? this.graph.number(name) : undefined;
    if (id !== undefined) put(this.ofBody(id, 1000, true));
    for (const one of [code, text.code(name)]) {
      for (const body of this.ofCode.get((one ?? "").toUpperCase()) ?? []) put(this.ofBody(body, 900 + this.rank(body), true));
    }
    if (name) {
      for (const hit of this.byName(name)) put(hit);
      if (name.includes(",")) for (const hit of this.byCommas(name)) put(hit);
      if (found.size < limit) {
        const results = this.words.search(text.normalise(name), {
          prefix: true,
          fuzzy: (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : 0),
          combineWith: "AND",
          weights: { fuzzy: 0.3, prefix: 0.6 },
        });
        for (const result of results.slice(0, limit * 4)) {
          const ref = this.refs[result.id as number]!;
          put(this.told(ref, Math.min(99, result.score * 3) + this.rankOf(ref) - this.aside(ref), false));
        }
      }
    }
    return [...found.values()].sort((one, other) => other.score - one.score || (one.name < other.name ? -1 : 1)).slice(0, limit);
  }

  /** What a name that several have means on a day, as it was worked out beforehand. */
  meant(typed: string, day: Day): Hit | null | undefined {
    const part = this.book.places;
    if (!part) throw new NotRead("places");
    const form = this.names.placeForm(typed.split(" — ")[0]!.trim());
    if (!this.meantBy) {
      const { places, otherwise, bodies, asked } = part.meant;
      this.meantBy = new Map<string, Ref | null>([
        ...asked.map((one) => [one, null] as const),
        ...places.map((place) => [this.names.placeForm(part.called[place] ?? part.name[place]!), { sort: "place", place }] as const),
        ...Object.entries(otherwise).map(([one, place]) => [one, { sort: "place", place }] as const),
        ...Object.entries(bodies).map(([one, body]) => [one, { sort: "body", body }] as const),
      ]);
    }
    const then = part.meant.before[form]?.find(([end]) => day < end);
    const ref = then ? refOf(then[1], then[2]) : this.meantBy.get(form);
    return ref && this.told(ref, 1000, true);
  }

  /** Why a text is no place here, if it is one outside England; else "". `known`: something here is called just so. */
  abroad(typed: string, known = false): string {
    const part = this.book.places;
    if (!part) return "";
    const name = typed.split(",")[0]!.trim();
    const form = this.names.placeForm(name);
    for (const [country, lists] of Object.entries(part.abroad ?? {})) {
      const itself = this.names.placeForm(country.replace(/^the /, "")) === form && lists.names.includes(form);
      if (itself) return `${text.capital(country)} is not in England: only places in England are known.`;
    }
    if (known) return "";
    const outcode = text.postcode(name)?.outcode ?? text.outcode(name);
    const letters = outcode && /^[A-Z]+/.exec(outcode)![0];
    for (const [country, lists] of Object.entries(part.abroad ?? {})) {
      if (letters && lists.letters.includes(letters)) return `“${name}” is not in England: the letters of ${outcode} belong to ${country}.`;
    }
    if (!form || this.exact.has(form)) return "";
    const bare = this.names.withoutStyle(name);
    const inside = () => [...this.exact.keys()].some((one) => one.startsWith(`${form} `));
    for (const [country, lists] of Object.entries(part.abroad ?? {})) {
      const elsewhere = lists.names.includes(form) || (bare !== "" && lists.names.includes(bare)) || (lists.lesser.includes(form) && !inside());
      if (!elsewhere) continue;
      if (name.toLowerCase().includes(country.toLowerCase().replace(/^the /, ""))) return `${text.capital(country)} is not in England: only places in England are known.`;
      return `“${name}” is not in England: a place of that name is in ${country}.`;
    }
    return "";
  }

  /** The names and codes within a sentence, each with what is called exactly so, and the runs of words beside them. */
  within(typed: string): { named: { text: string; hits: Hit[] }[]; rest: string[] } {
    this.fill();
    const words = typed.trim().split(/\s+/).map((word) => word.replace(/^[“"'(]+|[”"')?!.,;:]+$/g, ""));
    const named: { text: string; hits: Hit[] }[] = [];
    const rest: string[][] = [[]];
    for (let at = 0; at < words.length; ) {
      let taken = 0;
      for (let count = Math.min(9, words.length - at); count > 0 && !taken; count--) {
        const span = words.slice(at, at + count);
        if (span.includes(BREAK)) continue;
        const last = span[count - 1]!.replace(/['’]s?$/, "");
        const said = [...span.slice(0, -1), last].join(" ");
        const hits = this.calledIn(span.join(" "));
        const found = hits.length || said === span.join(" ") ? hits : this.calledIn(said);
        if (found.length) {
          named.push({ text: hits.length ? span.join(" ") : said, hits: found });
          taken = count;
        }
      }
      if (taken || words[at] === BREAK) rest.push([]);
      else rest.at(-1)!.push(words[at]!);
      at += taken || 1;
    }
    const runs = rest.map((run) => trimmed(run).join(" ")).filter(Boolean);
    return { named, rest: runs };
  }

  /** What a part of a sentence names; small words and words that only tell a kind name nothing. */
  private calledIn(span: string): Hit[] {
    const words = text.normalise(span).split(" ");
    const { small } = this.graph.main.folding;
    const joins = (word: string) => JOINING.has(word) || small.includes(word);
    if (!words[0] || joins(words[0]) || joins(words[words.length - 1]!) || words.every((word) => joins(word) || COMMON.has(word))) return [];
    const { core } = this.names.read(span);
    if (!core || (words.length === 1 && words[0].length < 3 && !/\d/.test(span))) return [];
    const found = new Map<string, Hit>();
    const put = (hit: Hit) => found.get(`${hit.kind} ${hit.ref}`) ?? found.set(`${hit.kind} ${hit.ref}`, hit);
    const code = words.length === 1 && /\d/.test(span) ? text.code(span) : undefined;
    if (code && !/^\d{1,4}$/.test(code)) for (const body of this.ofCode.get(code) ?? []) put(this.ofBody(body, 900 + this.rank(body), true));
    const whole = text.postcode(span)?.label;
    // Whether there is such a postcode is asked when it is taken.
    if (whole && this.book.postcodes.asked) put({ kind: "place", ref: whole, name: whole, described: `${whole}, a postcode`, score: 1000, exact: true });
    const outcode = text.outcode(span) ?? (this.book.postcodes.asked ? undefined : whole);
    const place = outcode && this.book.places ? this.book.place(outcode, this.today) : undefined;
    if (place) put({ kind: "place", ref: place.ref, name: place.name, described: place.described, score: 1000, exact: true });
    for (const hit of this.byName(span)) put(hit);
    return [...found.values()].sort((one, other) => other.score - one.score);
  }

  /** What has the very name, in any ordinary way of writing it. */
  private byName(name: string): Hit[] {
    const read = this.names.read(name);
    const asked = new Map<string, number>();
    const want = (form: string, score: number) => {
      if (form && !asked.has(form)) asked.set(form, score);
    };
    want(read.plain, 700);
    want(read.short, 680);
    want(this.names.placeForm(name), 660);
    want(this.names.withoutStyle(name), 640);
    want(read.core, 600);
    const found: Hit[] = [];
    for (const [form, score] of asked) {
      for (const number of this.exact.get(form) ?? []) {
        const ref = this.refs[number]!;
        if (ref.sort === "body") {
          const kind = this.graph.kind(ref.body).kind;
          if (read.kinds.size && !read.kinds.has(kind)) continue;
          if (read.nhs && this.graph.has(kind, "not_nhs")) continue;
        } else if (read.kinds.size && score < 660) continue;
        found.push(this.told(ref, score + this.rankOf(ref) - this.behind(ref, read.kinds.size > 0) - this.aside(ref), true));
      }
    }
    return found;
  }

  /** How far a body stands behind what else has a name: one that ended, and one that is named with its kind only. */
  private behind(ref: Ref, kindSaid: boolean): number {
    if (ref.sort !== "body") return 0;
    const { graph } = this;
    const ended = graph.lifeOn(ref.body, this.today, { planned: false, proposed: false }, false) ? 0 : 120;
    const named = !kindSaid && graph.kind(ref.body).traits.includes("named_with_kind") ? 60 : 0;
    return kindSaid ? ended / 4 : ended + named;
  }

  /** How far what nobody looks for first stands behind places and bodies: entries of a register, lists of patients. */
  private aside(ref: Ref): number {
    if (ref.sort !== "body") return 0;
    const kind = this.graph.kind(ref.body);
    return kind.standing === "entry" ? 100 : kind.reach === "list" ? 20 : 0;
  }

  /** A place told from its namesakes by what it lies in: "Ashford, Spelthorne". */
  private byCommas(name: string): Hit[] {
    const [first, ...behind] = name.replace(/\(([^)]*)\)\s*$/, ", $1").split(",").map((one) => this.names.placeForm(one));
    const part = this.book.places;
    if (!first || !part) return [];
    const found: Hit[] = [];
    for (const number of this.exact.get(first) ?? []) {
      const ref = this.refs[number]!;
      if (ref.sort !== "place") continue;
      const around = [part.texts[part.within[ref.place]!]!, part.texts[part.county[ref.place]!]!, this.book.sortOf(ref.place)];
      const forms = around.map((one) => this.names.placeForm(one));
      if (behind.filter(Boolean).every((one) => forms.some((form) => form === one || form.startsWith(`${one} `)))) {
        found.push(this.told(ref, 800 + this.rankOf(ref), true));
      }
    }
    return found;
  }

  /** What counts beside the name: bodies that are there, large places, in that order of kinds. */
  private rankOf(ref: Ref): number {
    if (ref.sort === "body") return this.rank(ref.body);
    if (ref.sort === "service") return 5;
    const part = this.book.places!;
    const order = LOCAL_ORDER[this.book.sortOf(ref.place)] ?? 0;
    const people = part.people[ref.place] ?? 0;
    return (order === 0 ? 8 : order === 1 ? 6 : 3 - order) + Math.min(4, Math.log10(people + 1)) - (part.called[ref.place] ? 3 : 0);
  }

  private rank(body: Body): number {
    const { graph } = this;
    const kind = graph.kind(body);
    const alive = graph.lifeOn(body, this.today, { planned: false, proposed: false }, false) ? 6 : 0;
    const standing = { statutory: 5, office: 3, part: 1, entry: 0, thing: 0 }[kind.standing] ?? 0;
    const councils = kind.traits.includes("local_authority") ? 2 : 0;
    return alive + standing + councils + (kind.traits.includes("local_commissioner") ? 1.5 : 0);
  }

  private told(ref: Ref, score: number, exact: boolean): Hit {
    if (ref.sort === "body") return this.ofBody(ref.body, score, exact);
    const { services } = this.graph.main;
    if (ref.sort === "service") {
      const described = `a service: ${services.group[ref.service]}`;
      return { kind: "service", ref: services.id[ref.service]!, name: services.name[ref.service]!, described, score, exact };
    }
    const place = this.book.ofName(ref.place, this.today);
    return { kind: "place", ref: place.ref, name: place.name, described: place.described, score, exact };
  }

  private ofBody(body: Body, score: number, exact: boolean): Hit {
    const { graph } = this;
    const kind = graph.kind(body);
    const described = `${kind.label}, ${graph.life(body)}`;
    const lesser = this.aside({ sort: "body", body }) > 0;
    return { kind: "body", ref: graph.id(body), name: graph.label(body), described, score, exact, ...(lesser && { lesser }) };
  }
}

function refOf(place: number | null, body: Body | null): Ref | null {
  if (place !== null) return { sort: "place", place };
  return body === null ? null : { sort: "body", body };
}

/** A name with a code in brackets behind it: "NHS Thanet CCG (10E)". */
function nameAndCode(typed: string): [string, string] {
  const found = /^(.*[^\s([])\s*[([]\s*([A-Z0-9]{2,9})\s*[)\]]\.?$/.exec(typed);
  return found ? [found[1]!, found[2]!] : [typed, ""];
}
