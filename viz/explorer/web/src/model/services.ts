/** Who commissions a service for a place, and what a body commissions: the rules, as `orgmap who` reads them. */

import { Chains, compare } from "./chains";
import { holds, iso } from "./days";
import { Graph } from "./graph";
import type { Commissioned, Include, ServiceAnswer, Who } from "./index";
import type { Body, Day, RuleRow, StepRow } from "./pack";
import { rounded } from "./text";
import { type Known, type PlaceBook, type Share, WHOLE } from "./places";

export type Verdict = "yes" | "may" | "no";

export const SOME = "The sources say that this held for some bodies and do not say which: it may not hold here.";
/** The trait of kinds of bodies that are not England's: no rule of these tables holds for their people. */
const ABROAD = "of_wales";
const OF_TRUSTS = ["foundation_trusts", "other_trusts", "some_other_trusts"];

/** The part of a place in which the same bodies have a role. */
interface Piece {
  share: number;
  bodies: Set<Body>;
}

/** A place on a day with its bodies, as a whole and by piece. */
export interface Setting {
  place: Known;
  day: Day;
  include: Include;
  registered: boolean;
  shares: Share[];
  pieces: Piece[];
}

/** A service with the numbers of its rules. */
interface Service {
  id: string;
  name: string;
  group: string;
  description: string;
  rules: number[];
}

export class Rules {
  private readonly serviceNumbers: Map<string, number>;

  constructor(
    readonly graph: Graph,
    readonly chains: Chains,
    readonly book: PlaceBook,
  ) {
    this.serviceNumbers = new Map(graph.main.services.id.map((id, n) => [id, n]));
  }

  setting(place: Known, day: Day, include: Include): Setting {
    const shares = this.book.shares(place, day, include);
    if (place.practice !== undefined) {
      const bodies = new Set(shares.map((one) => one.holder.body));
      return { place, day, include, registered: true, shares, pieces: shares.length ? [{ share: 1, bodies }] : [] };
    }
    const pieces = new Map<string, Piece>();
    for (const [area, share] of place.parts) {
      const bodies = new Set(this.chains.ofArea(area, day, include).map((one) => one.body));
      const key = [...bodies].sort((one, other) => one - other).join(" ");
      const known = pieces.get(key);
      if (known) known.share += share;
      else pieces.set(key, { share, bodies });
    }
    return { place, day, include, registered: false, shares, pieces: [...pieces.values()] };
  }

  /** All services for a place, one after the other. */
  all(place: Known, day: Day, include: Include): ServiceAnswer[] {
    const setting = this.setting(place, day, include);
    return this.graph.main.services.id.map((_, n) => this.answer(this.told(n), setting));
  }

  /** A service where one is already; undefined for one that is not told here. */
  within(service: string, setting: Setting): ServiceAnswer | undefined {
    const n = this.serviceNumbers.get(service);
    if (n !== undefined) return this.answer(this.told(n), setting);
    const needed = this.graph.main.needed[service];
    return needed && this.answer({ id: service, name: needed[0], group: "", description: "", rules: needed[3] }, setting);
  }

  private told(n: number): Service {
    const { id, name, group, description, rules } = this.graph.main.services;
    return { id: id[n]!, name: name[n]!, group: group[n]!, description: description[n]!, rules: rules[n]! };
  }

  of(service: string, place: Known, day: Day, include: Include): ServiceAnswer | undefined {
    return this.within(service, this.setting(place, day, include));
  }

  private answer(service: Service, setting: Setting): ServiceAnswer {
    const own = service.rules.map((number) => this.graph.main.rules[number]!);
    const shown = own.filter((rule) => holds(rule.from, rule.until, setting.day) && this.graph.shows(rule.status, setting.include));
    const { place, day } = setting;
    const unknown = setting.registered && !setting.shares.length;
    const answers = unknown ? [] : shown.flatMap((rule) => this.answersBy(rule, service, setting));
    return {
      service: service.id,
      name: service.name,
      group: service.group,
      description: service.description,
      answers,
      why: answers.length ? "" : unknown ? this.notListed(place.practice!, day) : this.whyNot(own, service, setting),
      hidden: unknown ? "" : this.hidden(own, setting),
    };
  }

  private hidden(rules: RuleRow[], { day, include }: Setting): string {
    const found = rules.filter((rule) => holds(rule.from, rule.until, day) && !this.graph.shows(rule.status, include));
    const words = [...new Set(found.map((rule) => rule.status))].sort(compare).join(", ");
    return found.length ? `${found.length} statement(s) with the status ${words} are not shown; --include shows them.` : "";
  }

  notListed(practice: Body, day: Day): string {
    const shut = this.book.shut(practice, day);
    return shut || `No table says under which commissioner ${this.graph.label(practice)} was listed on ${iso(day)}.`;
  }

  private answersBy(rule: RuleRow, service: Service, setting: Setting): Who[] {
    const part = this.narrowed(rule, setting);
    if ((!part.pieces.length && setting.pieces.length) || this.isAbroad(setting)) return [];
    let found: [Body, number][];
    if (rule.commissioner.includes(":")) {
      const body = this.graph.number(rule.commissioner);
      if (body === undefined) return [];
      const whole = part.pieces.length === setting.pieces.length;
      found = [[body, whole ? 1 : part.pieces.reduce((sum, piece) => sum + piece.share, 0)]];
    } else {
      found = this.bodiesOf(rule.commissioner, part).filter(([body]) => this.inItsTime(rule, body, setting.day));
    }
    return found.map(([body, share]) => this.whoBy(rule, service, part, body, share));
  }

  /** Whether a practice is listed under a body of Wales: England's commissioners, national or not, are not its own. */
  private isAbroad(setting: Setting): boolean {
    return setting.registered && setting.shares.some((one) => this.graph.usualKind(one.holder.body).traits.includes(ABROAD));
  }

  private whoBy(rule: RuleRow, { id: service, name }: Service, setting: Setting, body: Body, share: number): Who {
    const { graph } = this;
    const { populations, scope } = graph.main;
    const { through, unknown } = this.actingThrough(rule, setting, body);
    const behalf = rule.onBehalfOf ? graph.number(rule.onBehalfOf) : undefined;
    const life = graph.lifeOn(body, setting.day, setting.include);
    const [from, until] = life ? [life.from, life.until] : [graph.from(body), graph.until(body)];
    const notes = [...rule.notes];
    if (rule.about === scope && service !== scope) {
      notes.unshift(
        `No source speaks of “${name}” by itself: it is told by the rule for everything that local commissioners buy.`,
      );
    }
    const all = share >= WHOLE;
    return {
      service,
      serviceName: name,
      commissioner: body,
      through,
      accountable: this.answerable(rule, setting, body),
      onBehalfOf: behalf === undefined ? [] : [behalf],
      supportedBy: graph.supporters(body, setting.day),
      population: populations[rule.population] ?? rule.population,
      people: rule.population,
      basis: rule.basis,
      status: rule.status,
      statedOn: rule.statedOn,
      share: all ? 1 : rounded(share),
      shareOf: all ? "" : setting.place.shareOf,
      verified: rule.verified,
      from: latest(rule.from, from),
      until: earliest(rule.until, until),
      notes: [...notes, ...unknown],
      note: [...notes, ...unknown].join(" "),
      sources: graph.sourcesOf(rule.cited),
    };
  }

  /** The part of a place in which a rule holds or may hold. */
  private narrowed(rule: RuleRow, setting: Setting): Setting {
    if (rule.coverage === "" || rule.coverage === "all") return setting;
    const named = rule.bodies.map((id) => this.graph.number(id));
    const only = rule.coverage === "only";
    const pieces = setting.pieces.filter((piece) => named.some((one) => one !== undefined && piece.bodies.has(one)) === only);
    return { ...setting, pieces };
  }

  /** The bodies of a kind with a role here, each with its share of the place, the largest first. */
  private bodiesOf(kind: string, setting: Setting): [Body, number][] {
    const { graph } = this;
    const shares = new Map<Body, number>();
    for (const one of setting.shares) if (graph.usualKind(one.holder.body).kind === kind) shares.set(one.holder.body, one.share);
    const there = new Map<Body, number>();
    for (const piece of setting.pieces) {
      for (const one of piece.bodies) if (shares.has(one)) there.set(one, (there.get(one) ?? 0) + piece.share);
    }
    const found: [Body, number][] = [...there].map(([one, share]) => [one, setting.registered ? shares.get(one)! : share]);
    return found.sort((one, other) => other[1] - one[1] || compare(graph.id(one[0]), graph.id(other[0])));
  }

  /** The bodies of a kind in those pieces where a body has a role. */
  private beside(body: Body, kind: string, setting: Setting): Body[] {
    const { graph } = this;
    const there = new Map<Body, number>();
    const everywhere = setting.pieces.every((piece) => !piece.bodies.has(body));
    for (const piece of setting.pieces) {
      if (!everywhere && !piece.bodies.has(body)) continue;
      for (const one of piece.bodies) if (graph.usualKind(one).kind === kind) there.set(one, (there.get(one) ?? 0) + piece.share);
    }
    return [...there.keys()].sort((one, other) => there.get(other)! - there.get(one)! || compare(graph.id(one), graph.id(other)));
  }

  private bodiesMeant(word: string, setting: Setting, body: Body): Body[] {
    const { graph, chains } = this;
    if (word.includes(":")) {
      const named = graph.number(word);
      return named === undefined ? [] : [named];
    }
    const here = this.beside(body, word, setting);
    const own = graph.usualKind(body);
    if (own.reach === "country") return here.filter((one) => chains.belongsTo(one, setting.day, setting.include).includes(body));
    const found = chains.ownBodies(body, word, setting.day, setting.include);
    if (found.length) {
      const both = here.filter((one) => found.includes(one));
      return both.length ? both : found;
    }
    const making = (own.pairs.forms_beside ?? []).includes(word);
    return making || chains.isLocalGovernment(word) || chains.isLocalGovernment(own.kind) ? here : [];
  }

  private actingThrough(rule: RuleRow, setting: Setting, body: Body): { through: Body[]; unknown: string[] } {
    const { graph } = this;
    const found: Body[] = [];
    const [unknown, notes]: [string[], string[]] = [[], []];
    let team = false;
    for (const word of rule.actingThrough) {
      const kind = graph.kindCalled(word);
      if (kind.reach === "list") {
        notes.push(`It acted through its ${kind.plural}, which are too many to name.`);
        continue;
      }
      const isTeam = kind.traits.includes("team");
      if (isTeam && team) continue;
      const meant = this.bodiesMeant(word, setting, body)
        .filter((one) => one !== body)
        .filter((one) => graph.isInForce(one, setting.day, setting.include));
      team = team || (isTeam && meant.length > 0);
      for (const one of meant) if (!found.includes(one)) found.push(one);
      if (!meant.length && this.eachHasOne(word) && this.anyOfKind(word, setting.day)) unknown.push(word);
    }
    for (const word of unknown) {
      const kind = graph.kindCalled(word);
      if (!(team && kind.traits.includes("team"))) notes.push(`Which ${kind.label} it acted through, if any, is not known.`);
    }
    const elsewhere = rule.actingThrough
      .filter((word) => word.includes(":"))
      .map((word) => graph.number(word))
      .filter((one): one is Body => one !== undefined && !this.beside(body, graph.usualKind(one).kind, setting).includes(one));
    const through = [...found.filter((one) => !elsewhere.includes(one)), ...found.filter((one) => elsewhere.includes(one))];
    return { through, unknown: notes };
  }

  private eachHasOne(kind: string): boolean {
    const found = this.graph.kindCalled(kind);
    return found.traits.includes("team") || found.traits.includes("made_of_members") || this.chains.isLocalGovernment(kind);
  }

  anyOfKind(kind: string, day: Day): boolean {
    const { graph } = this;
    return graph
      .bodiesOf(kind)
      .some((body) => !graph.plans.has(graph.status(body)) && holds(graph.from(body), graph.until(body), day));
  }

  private answerable(rule: RuleRow, setting: Setting, body: Body): Body[] {
    const found = rule.accountable ? this.bodiesMeant(rule.accountable, setting, body) : [];
    return found.length ? found : [body];
  }

  private whyNot(rules: RuleRow[], { name }: Service, setting: Setting): string {
    const at = iso(setting.day);
    if (this.isAbroad(setting)) return `Not stated: who commissioned “${name}” in Wales on ${at}. These tables tell England's services.`;
    const holding = rules.filter((rule) => holds(rule.from, rule.until, setting.day) && rule.status === "in_force");
    if (!holding.length) return `Not stated: no source says who commissioned “${name}” on ${at}.${this.statedNearest(rules, setting.day)}`;
    const wanted = [...new Set(holding.map((rule) => rule.commissioner).filter((one) => !one.includes(":")))].sort(compare);
    const words = wanted.filter((kind) => this.graph.isKind(kind)).map((kind) => this.graph.kindCalled(kind).label).join(" or ");
    const may = holding.some((rule) => this.narrowed(rule, setting).pieces.length > 0 || !setting.pieces.length);
    if (may && words) return `${/^([aeio]|up)/.test(words) ? "An" : "A"} ${words} commissioned “${name}” on ${at}; which one for this place is not known.`;
    return `Not stated: the sources name no commissioner of “${name}” for this place on ${at}.`;
  }

  /** Who did it by the last rule that had ended by a day, else by the first that came later; "" without one. */
  private statedNearest(rules: RuleRow[], day: Day): string {
    const held = rules.filter((rule) => rule.status === "in_force");
    const ended = held.flatMap(({ until }) => (until !== null && until <= day ? [until] : []));
    if (ended.length) {
      const last = Math.max(...ended);
      return ` The last that is stated: ${this.calledIn(held.filter((rule) => rule.until === last))}, until ${iso(last)}.`;
    }
    const begins = held.flatMap(({ from }) => (from !== null && from > day ? [from] : []));
    if (!begins.length) return "";
    const first = Math.min(...begins);
    return ` The first that is stated: ${this.calledIn(held.filter((rule) => rule.from === first))}, from ${iso(first)}.`;
  }

  /** The commissioners of rules, kinds in the plural and bodies by name. */
  private calledIn(rules: readonly RuleRow[]): string {
    const { graph } = this;
    const named = [...new Set(rules.map((rule) => rule.commissioner))].map((one) => {
      const body = graph.isKind(one) ? undefined : graph.number(one);
      return graph.isKind(one) ? graph.kindCalled(one).plural : body === undefined ? one : graph.name(body);
    });
    return named.join(" and ");
  }

  /** Whether a body has begun as far as a rule asks: for one in shadow form holds only what ends with that time. */
  inItsTime(rule: RuleRow | StepRow, body: Body, day: Day): boolean {
    const stage = this.graph.shadowOn(body, day);
    return !stage || (rule.until !== null && rule.until <= (stage.until ?? rule.until));
  }

  /** Whether a rule or step holds for a body on a day. */
  verdict(rule: RuleRow | StepRow, body: Body, day: Day, include: Include): Verdict {
    const { graph, chains } = this;
    if (!this.inItsTime(rule, body, day)) return "no";
    const named = rule.bodies;
    const [id, kind] = [graph.id(body), graph.usualKind(body)];
    if (rule.coverage === "related" || named.includes(id)) return named.includes(id) && rule.coverage === "only" ? "yes" : "no";
    if (OF_TRUSTS.includes(rule.coverage) && kind.reach === "postcode") return this.ofTrust(rule.coverage, this.isFoundation(body, day));
    if (rule.coverage === "not_known" || OF_TRUSTS.includes(rule.coverage)) return "may";
    const alike = named.some((one) => graph.kindOfId(one).kind === kind.kind);
    if (rule.coverage === "" || rule.coverage === "all" || (kind.reach === "country" && !alike)) return "yes";
    const meets =
      !alike &&
      [...new Set(named.map((one) => graph.kindOfId(one).kind))].some((other) =>
        chains.meeting(body, other, day, include).some((one) => named.includes(graph.id(one))),
      );
    return meets === (rule.coverage === "only") ? "yes" : "no";
  }

  private ofTrust(coverage: string, foundation: boolean | null): Verdict {
    if (coverage === OF_TRUSTS[0]) return foundation === null ? "may" : foundation ? "yes" : "no";
    if (foundation !== false) return "no";
    return coverage === OF_TRUSTS[2] ? "may" : "yes";
  }

  /** Whether a trust is a foundation trust, by its name of the day; null if that does not tell. */
  private isFoundation(body: Body, day: Day): boolean | null {
    const { graph } = this;
    if (graph.usualKind(body).reach !== "postcode") return null;
    if (!graph.name(body, day).toLowerCase().split(/\s+/).includes("foundation")) return false;
    const firsts = graph.main.accountability.filter((step) => step.coverage === OF_TRUSTS[0]).map((step) => step.from ?? -Infinity);
    if (day < Math.min(...firsts)) return false;
    const trusts = graph.main.kinds.map((kind, n) => (kind.reach === "postcode" ? n : -1)).filter((n) => n >= 0);
    const known = graph.main.meta.horizons.filter((one) => one.kinds.some((kind) => trusts.includes(kind))).map((one) => one.namesFrom ?? -Infinity);
    return day >= Math.max(...known, -Infinity) ? true : null;
  }

  /** What a body commissions on a day, and what others commission through it. */
  commissions(body: Body, day: Day, include: Include): Commissioned[] {
    const { graph } = this;
    const life = graph.lifeOn(body, day, include);
    if (!life) return [];
    const [id, kind] = [graph.id(body), graph.kind(body).kind];
    const found: [RuleRow, Verdict, boolean][] = [];
    for (const rule of graph.main.rules) {
      if (!holds(rule.from, rule.until, day) || !graph.shows(rule.status, include)) continue;
      const own = rule.commissioner === id || rule.commissioner === kind;
      if (!own && !this.actsBy(rule, body, day)) continue;
      const said = this.verdict(rule, body, day, include);
      if (said !== "no") found.push([rule, said, own]);
    }
    found.sort(
      (one, other) =>
        Number(other[2]) - Number(one[2]) || compare(one[0].about, other[0].about) || compare(one[0].basis, other[0].basis) || compare(one[0].id, other[0].id),
    );
    return found.map(([rule, said, own]) => ({
      service: rule.about,
      serviceName: graph.main.serviceNames[rule.about] ?? rule.about,
      ...(own ? {} : { through: rule.commissioner }),
      population: graph.main.populations[rule.population] ?? rule.population,
      basis: rule.basis,
      status: rule.status,
      holds: said === "may" ? ("may" as const) : ("yes" as const),
      from: rule.from,
      until: rule.until,
      note: [...new Set([...(said === "may" ? [SOME] : []), ...rule.notes])].join(" "),
      sources: graph.sourcesOf(rule.cited),
    }));
  }

  /** Whether others act through a body by a rule: it is named, or of its kind, and no nearer team is. */
  private actsBy(rule: RuleRow, body: Body, day: Day): boolean {
    const { graph } = this;
    const [words, kind] = [rule.actingThrough, graph.kind(body).kind];
    if (words.includes(graph.id(body))) return true;
    if (!words.includes(kind)) return false;
    const teams = graph.main.kinds.filter((one) => one.traits.includes("team")).map((one) => one.kind);
    const nearer = teams.includes(kind) ? teams.slice(0, teams.indexOf(kind)) : [];
    return !nearer.some((word) => words.includes(word) && this.anyOfKind(word, day));
  }
}

function latest(one: Day | null, other: Day | null): Day | null {
  return one === null ? other : other === null ? one : Math.max(one, other);
}
function earliest(one: Day | null, other: Day | null): Day | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}
