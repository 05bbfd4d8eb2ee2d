/** What changed: who came from whom, what became of whom, between two days, and the sentence on top. */

import { compare } from "./chains";
import { words } from "./days";
import { Graph, push } from "./graph";
import type { Change, Diff, Include, Passing, Plan, Succession } from "./index";
import type { Body, Day, PlanRow } from "./pack";
import { many } from "./text";

export interface Part {
  event: number;
  from: Body | null;
  to: Body | null;
  weight: number | null;
  counts: string;
  about: string;
  stray: boolean;
  status: string;
}

export class Changes {
  readonly ofFrom = new Map<Body, Part[]>();
  readonly ofTo = new Map<Body, Part[]>();
  private readonly ofEvent = new Map<number, Part[]>();
  private readonly goesOn: Set<number>;

  constructor(readonly graph: Graph) {
    const { successions, events } = graph.main;
    this.goesOn = new Set(events.goesOn);
    const strays = new Set(successions.stray);
    successions.event.forEach((event, n) => {
      const part: Part = {
        event,
        from: successions.from[n]!,
        to: successions.to[n]!,
        weight: successions.weight[n]!,
        counts: successions.counts[n] ?? "",
        about: successions.about[n] ?? "",
        stray: strays.has(n),
        status: successions.status[n] || events.status[event] || "in_force",
      };
      push(this.ofEvent, event, part);
      if (part.from !== null) push(this.ofFrom, part.from, part);
      if (part.to !== null) push(this.ofTo, part.to, part);
    });
  }

  /** Every body that a change is about. */
  ends(event: number): Body[] {
    return (this.ofEvent.get(event) ?? []).flatMap((part) => [part.from, part.to]).filter((body): body is Body => body !== null);
  }

  private shown(part: Part, include: Include): boolean {
    return this.graph.shows(part.status, include) && this.graph.shows(this.graph.main.events.status[part.event] ?? "", include);
  }

  private told(part: Part, other: Body | null): Succession {
    const { events, changeWords } = this.graph.main;
    const kind = events.kind[part.event]!;
    return {
      other,
      day: events.day[part.event]!,
      precision: events.precision[part.event] ?? "",
      how: changeWords[kind]?.label ?? kind,
      meaning: changeWords[kind]?.ends === false ? changeWords[kind].description : "",
      weight: part.weight,
      counts: part.counts,
      basis: events.instrument[part.event] ?? "",
      about: part.about,
      stray: part.stray,
      goesOn: this.goesOn.has(part.event),
      status: part.status,
      note: events.note[part.event] ?? "",
      event: events.id[part.event]!,
      sources: this.graph.sourcesOf(events.cited[part.event]!),
    };
  }

  private ordered(found: Succession[]): Succession[] {
    return found.sort(
      (one, other) =>
        Number(one.stray) - Number(other.stray) || (one.day ?? -Infinity) - (other.day ?? -Infinity) || (other.weight ?? 0) - (one.weight ?? 0),
    );
  }

  cameFrom(body: Body, include: Include): Succession[] {
    return this.ordered((this.ofTo.get(body) ?? []).filter((part) => this.shown(part, include)).map((part) => this.told(part, part.from)));
  }
  became(body: Body, include: Include): Succession[] {
    return this.ordered((this.ofFrom.get(body) ?? []).filter((part) => this.shown(part, include)).map((part) => this.told(part, part.to)));
  }

  /** The reforms and the plans, by their day. */
  changes(): Change[] {
    const { graph } = this;
    const reforms = graph.main.reforms.map((one): Change => ({
      day: one.day, label: one.name, kind: "reform", id: one.id, status: "in_force", precision: "", statedOn: null, saidBy: "", condition: "",
      about: [], aboutKinds: [], note: one.note, sources: graph.sourcesOf(one.cited),
    }));
    const plans = graph.main.plans.flatMap((one): Change[] => (one.day === null ? [] : [{ ...this.planned(one), day: one.day }]));
    return [...reforms, ...plans].sort((one, other) => one.day - other.day || compare(one.kind, other.kind) || compare(one.id, other.id));
  }

  /** The plans that are still to come, by their day; last those of which no day is said. */
  ahead(): Plan[] {
    const { plans, meta } = this.graph.main;
    const found = plans.filter((one) => !one.passed && (one.day === null || one.day > meta.today)).map((one) => this.planned(one));
    return found.sort((one, other) => (one.day ?? Infinity) - (other.day ?? Infinity) || compare(one.id, other.id));
  }

  private planned(one: PlanRow): Plan {
    const { graph } = this;
    const about = one.about.split(" ").map((id) => graph.number(id)).filter((body): body is Body => body !== undefined);
    return {
      day: one.day, label: one.text, kind: "plan", id: one.id, status: one.status, precision: one.precision, statedOn: one.statedOn,
      saidBy: one.saidBy, condition: one.condition, about, aboutKinds: one.about.split(" ").filter((part) => graph.isKind(part)), note: one.verdict, sources: graph.sourcesOf(one.cited),
    };
  }

  plans(body: Body): Plan[] {
    const id = this.graph.id(body);
    return this.graph.main.plans.filter((one) => `${one.about} ${one.replaces}`.split(" ").includes(id)).map((one) => this.planned(one));
  }

  plansOfKind(kind: string): Plan[] {
    return this.graph.main.plans.filter((one) => `${one.about} ${one.replaces}`.split(" ").includes(kind)).map((one) => this.planned(one));
  }

  /** The bodies of a kind on a day. */
  inForce(kind: string, day: Day, include: Include): Body[] {
    const { graph } = this;
    const there = graph.bodiesOf(kind).filter((body) => {
      const life = graph.lifeOn(body, day, include, false);
      return life !== undefined;
    });
    return there.sort((one, other) => compare(graph.label(one, day), graph.label(other, day)) || one - other);
  }

  /** The bodies of a kind on a day, without those that a plan which is shown is to have ended by then. */
  standing(kind: string, day: Day, include: Include): Body[] {
    return this.inForce(kind, day, include).filter((body) => !this.isToHaveEnded(body, day, include));
  }

  private isToHaveEnded(body: Body, day: Day, include: Include): boolean {
    const { graph } = this;
    const { events, changeWords } = graph.main;
    return (this.ofFrom.get(body) ?? []).some((part) => {
      const on = events.day[part.event];
      const plan = graph.plans.has(part.status) || graph.plans.has(events.status[part.event] ?? "");
      const ends = changeWords[events.kind[part.event]!]?.ends;
      return plan && ends && !part.stray && typeof on === "number" && on <= day && this.shown(part, include);
    });
  }

  /** The kind that stood in the place of a kind on a day, or the kind itself. */
  kindOn(kind: string, day: Day, include: Include): string {
    if (this.inForce(kind, day, include).length) return kind;
    const { graph } = this;
    const near = graph.main.kinds.filter(
      (one) => (one.pairs.in_place_of ?? []).includes(kind) || (graph.kindCalled(kind).pairs.in_place_of ?? []).includes(one.kind),
    );
    return near.find((one) => one.standing === graph.kindCalled(kind).standing && this.inForce(one.kind, day, include).length)?.kind
      ?? near.find((one) => this.inForce(one.kind, day, include).length)?.kind
      ?? kind;
  }

  diff(kind: string, before: Day, after: Day, include: Include): Diff {
    const { graph } = this;
    const [kindBefore, kindAfter] = [this.kindOn(kind, before, include), this.kindOn(kind, after, include)];
    const [old, fresh] = [new Set(this.standing(kindBefore, before, include)), new Set(this.standing(kindAfter, after, include))];
    const unchanged = [...old].filter((body) => fresh.has(body));
    const ended = [...old].filter((body) => !fresh.has(body));
    const began = [...fresh].filter((body) => !old.has(body));
    const renamed = unchanged.filter((body) => graph.name(body, before) !== graph.name(body, after));
    const groups = this.groups(ended, began, before, after, fresh, include);
    const changes = groups.map((group) => this.passing(group, before, after, include));
    changes.sort((one, other) => compare(this.first(one, before, after), this.first(other, before, after)));
    return { kindBefore, kindAfter, before: [...old], after: [...fresh], changes, renamed, unchanged, headline: this.sentence(kind, before, after, include) };
  }

  private first(one: Passing, before: Day, after: Day): string {
    const body = one.from[0] ?? one.to[0];
    return body === undefined ? "" : this.graph.label(body, one.from.length ? before : after);
  }

  /** Old and new bodies that belong together: who took over from whom, over however many steps. */
  private groups(ended: Body[], began: Body[], before: Day, after: Day, fresh: Set<Body>, include: Include): Group[] {
    const { events } = this.graph.main;
    const links: { from: Body; to: Body; parts: Part[] }[] = [];
    const inTime = (part: Part) => {
      const day = events.day[part.event];
      return day !== null && day !== undefined && day > before && day <= after && this.shown(part, include);
    };
    for (const from of ended) {
      const waiting: { at: Body; parts: Part[] }[] = [{ at: from, parts: [] }];
      const seen = new Set<Body>([from]);
      while (waiting.length) {
        const { at, parts } = waiting.shift()!;
        const onward = (this.ofFrom.get(at) ?? []).filter((part) => inTime(part) && !this.goesOn.has(part.event) && part.to !== null && part.to !== at);
        for (const part of onward) {
          const to = part.to!;
          if (fresh.has(to)) links.push({ from, to, parts: [...parts, part] });
          else if (!part.stray && !seen.has(to) && parts.length < 5) {
            seen.add(to);
            waiting.push({ at: to, parts: [...parts, part] });
          }
        }
      }
    }
    const group = new Map<Body, Group>();
    const ofBody = (body: Body): Group => {
      let found = group.get(body);
      if (!found) {
        found = { from: new Set(), to: new Set(), links: [], strays: [] };
        group.set(body, found);
      }
      return found;
    };
    for (const body of ended) ofBody(body).from.add(body);
    for (const body of began) ofBody(body).to.add(body);
    const strays: typeof links = [];
    for (const link of links) {
      if (link.parts.some((part) => part.stray)) {
        strays.push(link);
        continue;
      }
      const [one, other] = [ofBody(link.from), ofBody(link.to)];
      one.from.add(link.from);
      one.to.add(link.to);
      one.links.push(link);
      if (one !== other) {
        for (const body of other.from) one.from.add(body);
        for (const body of other.to) one.to.add(body);
        one.links.push(...other.links);
        for (const body of [...other.from, ...other.to]) group.set(body, one);
        group.set(link.to, one);
      }
    }
    for (const link of strays) group.get(link.from)?.strays.push(link);
    return [...new Set(group.values())];
  }

  private passing(group: Group, before: Day, after: Day, include: Include): Passing {
    const { graph } = this;
    const { events } = graph.main;
    const [from, to] = [[...group.from], [...group.to]];
    const weigh = (links: Link[]) => {
      const found = new Map<string, [Body, Body, number | null]>();
      for (const { from: one, to: other, parts } of links) {
        const weight = parts.reduce<number | null>((sum, part) => (sum === null || part.weight === null ? null : sum * part.weight), 1);
        const key = `${one} ${other}`;
        const known = found.get(key);
        if (known) known[2] = known[2] === null || weight === null ? null : known[2] + weight;
        else found.set(key, [one, other, weight]);
      }
      return [...found.values()].map(([one, other, weight]): [Body, Body, number | null] => [one, other, weight === null ? null : Math.round(weight * 1e4) / 1e4]);
    };
    const parts = [...new Set(group.links.flatMap((link) => link.parts))];
    const further = this.beyond(group, before, after, include);
    const alone = parts.length ? [...parts, ...further] : [...new Set([...this.partsOf(from, to, include), ...further])];
    const kinds = new Set((!parts.length && further.length ? further : alone).map((part) => events.kind[part.event]!));
    const days = alone.map((part) => events.day[part.event]).filter((one): one is Day => typeof one === "number");
    const statuses = alone.map((part) => part.status).filter((one) => graph.plans.has(one));
    return {
      from,
      to,
      how: this.how(from, to, kinds),
      day: days.length ? Math.max(...days) : null,
      weights: weigh(group.links),
      strays: weigh(group.strays),
      beyond: further.map((part): [Body, Body, number | null] => [part.from!, part.to!, part.weight]),
      status: statuses[0] ?? "in_force",
      sources: graph.sourcesOf(...new Set(alone.map((part) => events.cited[part.event]!))),
    };
  }

  /** What passed to or from bodies of another kind, of those that nobody of their own kind stands beside. */
  private beyond(group: Group, before: Day, after: Day, include: Include): Part[] {
    const { events, changeWords } = this.graph.main;
    const linked = new Set(group.links.flatMap((link) => [link.from, link.to]));
    const passed = (part: Part) => {
      const day = events.day[part.event];
      const inTime = typeof day === "number" && day > before && day <= after;
      return inTime && !part.stray && part.from !== null && part.to !== null && this.shown(part, include) && changeWords[events.kind[part.event]!]?.ends === true;
    };
    const alone = (bodies: Set<Body>) => [...bodies].filter((body) => !linked.has(body));
    const [olds, news] = [alone(group.from), alone(group.to)];
    const found = [...olds.flatMap((body) => this.ofFrom.get(body) ?? []), ...news.flatMap((body) => this.ofTo.get(body) ?? [])].filter(passed);
    return [...new Set(found)];
  }

  private partsOf(from: Body[], to: Body[], include: Include): Part[] {
    const found = [...from.flatMap((body) => this.ofFrom.get(body) ?? []), ...to.flatMap((body) => this.ofTo.get(body) ?? [])];
    return found.filter((part) => !this.goesOn.has(part.event) && this.shown(part, include) && (part.from === null || part.to === null));
  }

  /** One word for a change: of one event its own; of several what they come to. */
  private how(from: Body[], to: Body[], kinds: Set<string>): string {
    const { changeWords } = this.graph.main;
    const label = (kind: string) => changeWords[kind]?.label ?? kind;
    if (!to.length) return kinds.size === 1 ? label([...kinds][0]!) : "ended";
    if (!from.length) return kinds.size === 1 ? label([...kinds][0]!) : "began";
    const other = this.graph.kind(from[0]!).kind !== this.graph.kind(to[0]!).kind;
    if (other) return label("replaced");
    if (from.length > 1) return label(to.length > 1 ? "reorganised" : "merged");
    if (to.length > 1) return label("split");
    return kinds.size === 1 ? label([...kinds][0]!) : label("renamed");
  }

  /** What there is on a day, or what changed between two. */
  headline(kind: string, day: Day, and: Day | undefined, include: Include): string {
    if (and !== undefined) return this.sentence(kind, Math.min(day, and), Math.max(day, and), include);
    const here = this.kindOn(kind, day, include);
    const there = this.standing(here, day, include);
    const before = this.standing(this.kindOn(kind, day - 1, include), day - 1, include);
    const same = before.length === there.length && before.every((body) => there.includes(body));
    if (!same && before.length && there.length) return this.sentence(kind, day - 1, day, include);
    return this.count(here, there, day, include);
  }

  private count(kind: string, there: Body[], day: Day, include: Include): string {
    const { graph } = this;
    const words_ = graph.kindCalled(kind);
    const ahead = day > graph.main.meta.knownTo;
    if (!there.length && day > graph.main.meta.today && this.inForce(kind, day, include).length) return `On ${words(day)} England is to have no ${words_.plural}, if what is planned comes.`;
    if (!there.length) return `On ${words(day)} there was no ${words_.label} in the tables.`.replace("there was", ahead ? "there is" : "there was");
    const planned = there.filter((body) => graph.plans.has(graph.lifeOn(body, day, { planned: true, proposed: true })?.status ?? "")).length;
    const count = many(there.length, words_.label, words_.plural);
    if (!ahead) return `On ${words(day)} England had ${count}.`;
    const { today, knownTo } = graph.main.meta;
    if (day <= today && !planned) return `On ${words(day)} England has ${count} (as last known on ${words(knownTo)}).`;
    const part = planned ? `, ${planned} of them only planned` : ", as last known";
    return `On ${words(day)} England is to have ${count}${part}${this.leftOut(kind, today, day, include)}.`;
  }

  /** How many planned changes among a kind, between two days that are to come, a sentence does not count. */
  private leftOut(kind: string, after: Day, until: Day, include: Include): string {
    const { graph } = this;
    const { events, meta, opened } = graph.main;
    if (include.planned) return "";
    const wanted = new Set<string>(opened.planned);
    const found = new Set<number>();
    for (const body of graph.bodiesOf(kind)) {
      for (const part of [...(this.ofFrom.get(body) ?? []), ...(this.ofTo.get(body) ?? [])]) {
        const day = events.day[part.event];
        if (typeof day === "number" && day > Math.max(after, meta.today) && day <= until && wanted.has(events.status[part.event] ?? "")) found.add(part.event);
      }
    }
    return found.size ? `; ${many(found.size, "planned change is", "planned changes are")} not shown` : "";
  }

  /** "On 1 April 2013, 151 primary care trusts gave way to 211 clinical commissioning groups." */
  private sentence(kind: string, before: Day, after: Day, include: Include): string {
    const { graph } = this;
    const [kindBefore, kindAfter] = [this.kindOn(kind, before, include), this.kindOn(kind, after, include)];
    const [old, fresh] = [this.standing(kindBefore, before, include), this.standing(kindAfter, after, include)];
    const [one, other] = [graph.kindCalled(kindBefore), graph.kindCalled(kindAfter)];
    const kept = new Set(fresh);
    const ended = old.filter((body) => !kept.has(body));
    const known = new Set(old);
    const began = fresh.filter((body) => !known.has(body));
    const when = after - before === 1 ? `On ${words(after)}` : `Between ${words(before)} and ${words(after)}`;
    const ahead = after > graph.main.meta.knownTo;
    const unsure = [...ended, ...began].length > 0 && ahead ? this.surety(ended, began, after, include) : "";
    if (!old.length && !fresh.length) return `${when}: the tables know no ${one.plural}.`;
    if (!ended.length && !began.length && after > graph.main.meta.today) {
      const left = this.leftOut(kindAfter, before, after, include);
      if (after - before === 1) return `${when} England is to have ${many(fresh.length, other.label, other.plural)}, as last known${left}.`;
      return `${when} no change among ${many(fresh.length, other.label, other.plural)} ${left ? "is made by what is in force" : "is known"}${left}.`;
    }
    if (!ended.length && !began.length) return `${when} nothing changed among ${many(fresh.length, other.label, other.plural)}.`;
    if (kindBefore !== kindAfter || (ended.length === old.length && began.length === fresh.length && old.length && fresh.length)) {
      const verb = ahead ? "are to give way" : "gave way";
      const subject = many(old.length, one.label, one.plural);
      return `${when}, ${subject} ${old.length === 1 && ahead ? "is to give way" : verb} to ${many(fresh.length, other.label, other.plural)}${unsure}.`;
    }
    const all = fresh.length ? many(fresh.length, other.label, other.plural) : `no ${other.plural}`;
    const total = `${ahead ? fresh.length === 1 ? "there is to be" : "there are to be" : "there were then"} ${all}`;
    if (!ended.length) return `${when}, ${many(began.length, other.label, other.plural)} ${!ahead ? "began" : began.length === 1 ? "is to begin" : "are to begin"}; ${total}${unsure}.`;
    if (!began.length) return `${when}, ${many(ended.length, one.label, one.plural)} ${!ahead ? "ended" : ended.length === 1 ? "is to end" : "are to end"} and no new one ${ahead ? "is to begin" : "began"}; ${total}${unsure}.`;
    const gave = `${many(ended.length, one.label, one.plural)} ${!ahead ? "gave way" : ended.length === 1 ? "is to give way" : "are to give way"} to ${began.length.toLocaleString("en-GB")} new ${began.length === 1 ? "one" : "ones"}`;
    return `${when}, ${gave}; ${total}${unsure}.`;
  }

  /** How sure what is to come is: the statuses of the plans, the least sure last. */
  private surety(ended: Body[], began: Body[], after: Day, include: Include): string {
    const { graph } = this;
    const statuses = new Set<string>();
    for (const body of began) statuses.add(graph.lifeOn(body, after, include)?.status ?? graph.status(body));
    for (const body of ended) for (const part of this.ofFrom.get(body) ?? []) if (this.shown(part, include)) statuses.add(part.status);
    const plans = [...statuses].filter((one) => graph.plans.has(one)).map((one) => graph.main.statuses[one] ?? one);
    return plans.length ? ` (${plans.join("; ")})` : "";
  }
}

interface Link {
  from: Body;
  to: Body;
  parts: Part[];
}
interface Group {
  from: Set<Body>;
  to: Set<Body>;
  links: Link[];
  strays: Link[];
}
