/** To whom a body answers, who stands by it, and whose members it has. */

import { Chains } from "./chains";
import { holds, planWords } from "./days";
import { Graph, type Relation } from "./graph";
import type { Include, Members, Source, Step } from "./index";
import type { Body, Day, StepRow } from "./pack";
import type { Rules, Verdict } from "./services";

const HOLDS_TO_ACCOUNT = ["performance_manages", "assures", "authorises", "licenses", "regulates", "inspects", "scrutinises"];
const BESIDE = ["advises", "consults", "hosts", "funds", "delegates_to", "supports"];
const LICENSED_BY = ["licenses", "authorises"];
const EITHER_WAY = ["clustered_with", "holds_contract_with", "hosts", "supports"];
const DEEPEST = 6;

/** A step between two ends; an end is a body, or a kind of which none is named. */
interface Found {
  subject: Body | string;
  verb: string;
  object: Body | string;
  about: string;
  basis: string;
  holds: "yes" | "may";
  coverage: string;
  status: string;
  statedOn: Day | null;
  from: Day | null;
  until: Day | null;
  note: string;
  cited: number;
}

/** Who stands over a body, and what says so. */
export interface Overseer {
  body: Body;
  sentences: { text: string; sources: Source[] }[];
}

const sentenceOf = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export class Accountability {
  constructor(
    readonly graph: Graph,
    readonly chains: Chains,
    readonly rules: Rules,
  ) {}

  answersTo(body: Body, day: Day, include: Include): Step[] {
    const life = this.graph.lifeOn(body, day, include);
    if (!life) return [];
    const steps: Step[] = [];
    const seen = new Set<string>();
    const first = new Set<string>();
    const climb = (current: Body | string, depth: number, path: (Body | string)[]): void => {
      const ended = depth > 0 && typeof current === "number" && this.graph.usualKind(current).traits.includes("social_care");
      if (depth >= DEEPEST || ended) return;
      for (const [step, upper] of this.stepsUp(current, day, include)) {
        if (path.includes(upper)) continue;
        const key = keyOf(step);
        if (depth === 0) first.add(key);
        if (!seen.has(`${depth} ${key}`)) {
          seen.add(`${depth} ${key}`);
          steps.push(this.told(step, current, day, include, "up", depth));
        }
        climb(upper, depth + 1, [...path, upper]);
      }
    };
    climb(body, 0, [body]);
    for (const step of this.others(body, day, include)) {
      if (first.has(keyOf(step))) continue;
      const up = HOLDS_TO_ACCOUNT.includes(step.verb) && step.object === body;
      steps.push(this.told(step, body, day, include, up ? "up" : "beside", 0));
    }
    return steps;
  }

  /** Who holds a body to account, or does one of these `verbs` to it, each with the sentences that say so. Of a kind that
   * is `here` too only those that are here: a board answers to many councils, a place has its own. */
  overseers(body: Body, day: Day, include: Include, here: ReadonlySet<Body>, verbs: readonly string[]): Overseer[] {
    const { graph } = this;
    if (!graph.lifeOn(body, day, include)) return [];
    const up = this.stepsUp(body, day, include).filter(([, upper]) => upper !== body);
    const first = new Set(up.map(([step]) => keyOf(step)));
    const others = this.others(body, day, include)
      .filter((step) => !first.has(keyOf(step)) && verbs.includes(step.verb) && step.object === body && step.holds === "yes")
      .map((step): [Found, Body | string] => [step, step.subject]);
    const kinds = new Set([...here].map((one) => graph.usualKind(one).kind));
    const found = new Map<Body, Overseer>();
    for (const [step, upper] of [...up, ...others]) {
      if (typeof upper === "string" || (kinds.has(graph.kind(upper).kind) && !here.has(upper))) continue;
      const one = found.get(upper) ?? { body: upper, sentences: [] };
      found.set(upper, one);
      const { text, sources } = this.told(step, body, day, include, "up", 0);
      if (!one.sentences.some((said) => said.text === text)) one.sentences.push({ text, sources });
    }
    return [...found.values()];
  }

  /** The steps upwards that hold for a body: of the first sort that there is. */
  private stepsUp(body: Body | string, day: Day, include: Include): [Found, Body | string][] {
    for (const verb of ["accountable_to", "performance_manages", "part_of", ...LICENSED_BY]) {
      const downwards = verb === "performance_manages" || LICENSED_BY.includes(verb);
      const byRule = this.byRule(body, day, include, [verb], downwards ? "object" : "subject").filter((step) => step.holds === "yes");
      const found: [Found, Body | string][] = downwards
        ? byRule.filter((step) => step.object === body).map((step) => [step, step.subject])
        : byRule.filter((step) => step.subject === body).map((step) => [step, step.object]);
      if (verb === "part_of" && typeof body === "number" && !this.graph.usualKind(body).traits.includes("only_inside")) {
        for (const step of this.ownSteps(body, day, include)) if (step.verb === verb && step.subject === body) found.push([step, step.object]);
      }
      if (found.length) {
        const once = new Map<Body | string, [Found, Body | string]>();
        for (const pair of found) if (!once.has(pair[1])) once.set(pair[1], pair);
        return [...once.values()];
      }
    }
    return [];
  }

  /** Steps that are no chain: who assures, inspects, scrutinises, advises or hosts it, what it belongs to. */
  private others(body: Body, day: Day, include: Include): Found[] {
    const byRule = this.byRule(body, day, include).filter(
      (step) => step.verb !== "accountable_to" && (step.object === body) === (HOLDS_TO_ACCOUNT.includes(step.verb) || BESIDE.includes(step.verb)),
    );
    const known = new Set(byRule.filter((step) => step.holds === "yes").map(keyOf));
    const own = this.ownSteps(body, day, include).filter((step) => !known.has(keyOf(step)));
    const sure = new Set(own.map(keyOf));
    return [...byRule.filter((step) => step.holds === "yes" || !sure.has(keyOf(step))), ...own];
  }

  private byRule(body: Body | string, day: Day, include: Include, verbs: string[] = [], end = ""): Found[] {
    const { graph } = this;
    const here = typeof body === "number" ? [graph.id(body), graph.kind(body).kind] : [body];
    const found: Found[] = [];
    for (const rule of graph.main.accountability) {
      if (!holds(rule.from, rule.until, day) || !graph.shows(rule.status, include)) continue;
      if (verbs.length && !verbs.includes(rule.verb)) continue;
      for (const [mine, other] of [[rule.subject, rule.object], [rule.object, rule.subject]] as const) {
        if (end && mine !== (end === "subject" ? rule.subject : rule.object)) continue;
        if (!here.includes(mine)) continue;
        const said = typeof body === "number" ? this.rules.verdict(rule, body, day, include) : verdictOfKind(rule);
        if (said === "no") continue;
        for (const target of this.targets(other, body, day, include)) {
          const [subject, object] = mine === rule.subject ? [body, target] : [target, body];
          found.push({ ...ofRule(rule), subject, object, holds: said });
        }
        if (rule.subject === rule.object) break;
      }
    }
    return found;
  }

  /** The bodies that the other end of a step means: the one named, or those of the kind that it meets, else the kind. */
  private targets(other: string, body: Body | string, day: Day, include: Include): (Body | string)[] {
    if (other.includes(":")) return [this.graph.number(other) ?? other];
    if (typeof body === "string") return [other];
    const met = this.chains.meeting(body, other, day, include);
    return met.length ? met : [other];
  }

  private ownSteps(body: Body, day: Day, include: Include): Found[] {
    const { graph } = this;
    const united = graph.usualKind(body).traits.includes("made_of_members");
    return graph
      .ties(body, day, include)
      .filter((one) => one.subject === body || EITHER_WAY.includes(one.verb) || (one.verb === "member_of" && united))
      .filter((one) => graph.usualKind(one.subject).reach !== "list" || one.subject === body)
      .map(ofRelation);
  }

  private told(step: Found, from: Body | string, day: Day, include: Include, direction: Step["direction"], depth: number): Step {
    const { graph } = this;
    const other = step.subject === from ? step.object : step.subject;
    let [subject, object] = [this.called(step.subject, step.object, day, include), this.called(step.object, step.subject, day, include)];
    const words = graph.main.verbs[step.verb] ?? { forward: step.verb, many: step.verb };
    const many = typeof step.subject === "string" && subject === graph.kindCalled(step.subject).plural;
    const inside = step.verb === "part_of" && typeof step.subject === "number" && graph.usualKind(step.subject).reach === "postcode";
    const maybe = step.holds !== "yes";
    const unsure = maybe && step.coverage === "foundation_trusts" ? " (if it was a foundation trust by then, which is not known)" : "";
    // What holds of some, and no source says of which, is told of the kind and of no body.
    const some = maybe && !unsure ? this.someOf(step, from) : undefined;
    if (some?.isSubject) subject = some.name;
    else if (some) object = some.name;
    const planned = graph.plans.has(step.status) ? ` (${planWords(graph.main.statuses, step.status, step.statedOn)})` : "";
    const verb = some ? (some.isSubject ? words.many : words.forward) : inside ? "has its address in the area of" : many ? words.many : words.forward;
    const sentence = some ? sentenceOf(`${subject} ${verb} ${object} (which is not known)`) : `${subject} ${verb} ${object}${unsure}`;
    return {
      verb: step.verb,
      about: step.about,
      basis: step.basis,
      ...(typeof other === "number" ? { other } : {}),
      otherText: typeof other === "number" ? graph.label(other, day) : step.subject === from ? object : subject,
      text: `${sentence}${planned}${step.about ? ` (${step.about})` : ""}`,
      direction,
      depth,
      holds: step.holds,
      status: step.status,
      from: step.from,
      until: step.until,
      note: step.note,
      sources: graph.sourcesOf(step.cited),
    };
  }

  /** The end of a step that only some bodies of its kind have: the one asked from, or below a body of the whole country. */
  private someOf(step: Found, from: Body | string): { name: string; isSubject: boolean } | undefined {
    const { graph } = this;
    const country = typeof from === "number" && graph.usualKind(from).reach === "country";
    const isSubject = (step.subject === from) !== country;
    const end = isSubject ? step.subject : step.object;
    const kind = typeof end === "number" ? graph.kind(end) : graph.kindCalled(end);
    return kind.kind ? { name: `some ${kind.plural}`, isSubject } : undefined;
  }

  private called(end: Body | string, other: Body | string, day: Day, include: Include): string {
    const { graph } = this;
    if (typeof end === "number") {
      const life = graph.lifeOn(end, day, include);
      const status = life?.status ?? graph.status(end);
      return graph.label(end, life ? day : undefined) + (graph.plans.has(status) ? ` (${status})` : "");
    }
    const kind = graph.kindCalled(end);
    if (!kind.kind) return graph.main.serviceNames[end] ?? end;
    const country = typeof other === "number" && graph.usualKind(other).reach === "country";
    if (country || kind.reach === "list" || kind.reach === "lists") return kind.plural;
    return `${/^(NHS|[aeiou])/.test(kind.label) ? "an" : "a"} ${kind.label} (which one is not known)`;
  }

  /** What is part or a member of a body, by kind; practices proper first, what is only listed like them last. */
  members(body: Body, day: Day, include: Include): Members[] {
    const { graph } = this;
    const found = new Map<string, Body[]>();
    const through = graph.below(body, day, include).filter((one) => graph.usualKind(one.subject).traits.includes("lists_for_whole"));
    const listed = through.flatMap((one) => graph.below(one.subject, day, include).filter((two) => graph.usualKind(two.subject).reach === "list"));
    for (const one of [...graph.below(body, day, include), ...listed]) {
      const kind = graph.kind(one.subject).kind;
      const known = found.get(kind) ?? [];
      if (!known.includes(one.subject)) found.set(kind, [...known, one.subject]);
    }
    const order = new Map(graph.main.kinds.map((kind, n) => [kind.kind, n]));
    const isList = (kind: string) => graph.kindCalled(kind).reach === "list";
    const proper = (kind: string, bodies: Body[]) => !isList(kind) || graph.usualKind(bodies[0]!).kind === kind;
    const lists = (kind: string) => (!isList(kind) ? 1 : proper(kind, found.get(kind)!) ? 0 : 2);
    return [...found]
      .sort(([one], [other]) => lists(one) - lists(other) || order.get(one)! - order.get(other)!)
      .map(([kind, bodies]) => ({
        kind,
        label: graph.kindCalled(kind).plural,
        proper: proper(kind, bodies),
        bodies: bodies.sort((one, other) => graph.label(one, day).localeCompare(graph.label(other, day), "en")),
      }));
  }

  above(body: Body, day: Day, include: Include): { body: Body; verb: string; text: string; sources: Source[] }[] {
    const { graph } = this;
    return graph.above(body, day, include).map((one) => ({
      body: one.object,
      verb: one.verb,
      text: `${graph.label(body, day)} ${graph.main.verbs[one.verb]?.forward ?? one.verb} ${graph.label(one.object, day)}`,
      sources: graph.sourcesOf(one.cited),
    }));
  }
}

function ofRule(rule: StepRow): Omit<Found, "subject" | "object" | "holds"> {
  const { verb, about, basis, coverage, status, statedOn, from, until, note, cited } = rule;
  return { verb, about, basis, coverage, status, statedOn, from, until, note, cited };
}
function ofRelation(one: Relation): Found {
  const { subject, verb, object, about, basis, status, statedOn, from, until, note, cited } = one;
  return { subject, verb, object, about, basis, status, statedOn, from, until, note, cited, holds: "yes", coverage: "" };
}
/** Whether a step holds for a kind of which no body is named. */
function verdictOfKind(rule: StepRow): Verdict {
  if (rule.coverage === "" || rule.coverage === "all" || rule.coverage === "except") return "yes";
  return rule.coverage === "only" || rule.coverage === "related" ? "no" : "may";
}
function keyOf(step: Found): string {
  return `${step.subject} ${step.verb} ${step.object}`;
}
