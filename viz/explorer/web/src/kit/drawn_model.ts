/** A small drawn world for the tests of the panels: bodies, what passed between them, who answers to whom. */
import type { Body, Day, Model, Source, Step, Succession } from "../model/index.ts";

export interface DrawnBody {
  id: string;
  kind: string;
  name: string;
  from: string | null;
  until: string | null;
  status?: string;
}
export interface DrawnPassing {
  from: string;
  to: string;
  day: string;
  weight?: number | null;
  how?: string;
  stray?: boolean;
  goesOn?: boolean;
  status?: string;
}
export interface DrawnStep {
  from: string;
  to?: string;
  words?: string;
  basis?: string;
}

export const dayOf = (iso: string): Day => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
export const isoOf = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
export const SOURCE: Source = { id: "act", title: "The Act", publisher: "Parliament", url: "https://example.org/act", licence: "OGL", locator: "s. 1" };

/** Only what the panels' own computations ask; anything else is an error that says so. */
export function drawnModel(world: { bodies: DrawnBody[]; passed?: DrawnPassing[]; steps?: DrawnStep[] }): Model {
  const number = (id: string): Body => world.bodies.findIndex((body) => body.id === id);
  const own = (body: Body): DrawnBody => {
    const found = world.bodies[body];
    if (!found) throw new Error(`no body ${body}`);
    return found;
  };
  const day = (text: string | null) => (text === null ? null : dayOf(text));
  const made = (one: DrawnPassing, other: string): Succession => ({
    other: number(other),
    day: dayOf(one.day),
    precision: "",
    how: one.how ?? "replaced",
    meaning: "",
    weight: one.weight === undefined ? 1 : one.weight,
    counts: "practices",
    basis: "published",
    about: "",
    stray: one.stray ?? false,
    goesOn: one.goesOn ?? false,
    status: one.status ?? "in_force",
    note: "",
    event: `${one.day} ${one.how ?? "replaced"}`,
    sources: [SOURCE],
  });
  const kinds = [...new Set(world.bodies.map((body) => body.kind))];
  const model = {
    main: {
      meta: { today: dayOf("2026-11-27"), firstDay: dayOf("1999-04-01"), lastDay: dayOf("2028-12-31"), hash: "sha256:x", version: "0", attribution: [] },
      tiers: { local: { label: "Local", colour: "#000000" } },
      roles: [],
      sources: { id: ["act"], asOf: [dayOf("2012-03-27")] },
    },
    has: () => true,
    meant: () => undefined,
    day: (iso: string) => (Number.isNaN(Date.parse(iso)) ? undefined : dayOf(iso)),
    iso: isoOf,
    words: (at: Day) => new Date(at * 86_400_000).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
    statusWords: (status: string) => status.replaceAll("_", " "),
    kinds: () => kinds.map((kind) => ({ kind, label: kind, plural: `${kind}s`, short: "", tier: "local", colour: "#000000", layers: true })),
    kindLabel: (kind: string, many?: boolean) => (many ? `${kind}s` : kind),
    layerDays: () => [],
    body: (id: string) => (number(id) < 0 ? undefined : number(id)),
    id: (body: Body) => own(body).id,
    kind: (body: Body) => own(body).kind,
    name: (body: Body) => own(body).name,
    from: (body: Body) => day(own(body).from),
    until: (body: Body) => day(own(body).until),
    status: (body: Body) => own(body).status ?? "in_force",
    codes: (body: Body) => [{ scheme: "ods", code: own(body).id }],
    inForce: (kind: string, at: Day) =>
      world.bodies.flatMap((body, position) => {
        const [from, until] = [day(body.from), day(body.until)];
        return body.kind === kind && (from === null || from <= at) && (until === null || at < until) ? [position] : [];
      }),
    standing: (kind: string, at: Day) => model.inForce(kind, at),
    cameFrom: (body: Body) => (world.passed ?? []).filter((one) => one.to === own(body).id).map((one) => made(one, one.from)),
    became: (body: Body) => (world.passed ?? []).filter((one) => one.from === own(body).id).map((one) => made(one, one.to)),
    answersTo: (root: Body): Step[] => {
      const climb = (body: Body, depth: number, path: Body[]): Step[] =>
      (world.steps ?? [])
        .filter((step) => step.from === own(body).id && (step.to === undefined || !path.includes(number(step.to))))
        .flatMap((step) => [{
          verb: "accountable_to",
          about: "",
          basis: step.basis ?? "statutory",
          other: step.to === undefined ? undefined : number(step.to),
          otherText: step.words ?? "",
          text: `${own(body).name} is accountable to ${step.words ?? own(number(step.to ?? "")).name}`,
          direction: "up",
          depth,
          holds: "yes",
          status: "in_force",
          from: null,
          until: null,
          note: "",
          sources: [SOURCE],
        } as Step, ...(step.to === undefined ? [] : climb(number(step.to), depth + 1, [...path, number(step.to)]))]);
      return climb(root, 0, [root]);
    },
  };
  return model as unknown as Model;
}

/** Two old bodies of which one is shared out, a merger later, a plan after that. */
export const KENTISH = {
  bodies: [
    { id: "old:w", kind: "old", name: "West Trust", from: "2006-10-01", until: "2013-04-01" },
    { id: "old:e", kind: "old", name: "East Trust", from: "2006-10-01", until: "2013-04-01" },
    { id: "mid:a", kind: "mid", name: "A Group", from: "2013-04-01", until: "2020-04-01" },
    { id: "mid:b", kind: "mid", name: "B Group with a name that is rather long", from: "2013-04-01", until: "2020-04-01" },
    { id: "mid:c", kind: "mid", name: "C Group", from: "2013-04-01", until: "2020-04-01" },
    { id: "new:k", kind: "new", name: "Whole Board", from: "2020-04-01", until: null },
    { id: "far:f", kind: "far", name: "Far Board", from: "2027-04-01", until: null, status: "planned" },
  ],
  passed: [
    { from: "old:w", to: "mid:a", day: "2013-04-01", weight: 0.64 },
    { from: "old:w", to: "mid:b", day: "2013-04-01", weight: 0.35 },
    { from: "old:w", to: "mid:c", day: "2013-04-01", weight: 0.01, stray: true },
    { from: "old:e", to: "mid:c", day: "2013-04-01", weight: 1 },
    { from: "mid:a", to: "new:k", day: "2020-04-01", how: "merged" },
    { from: "mid:b", to: "new:k", day: "2020-04-01", how: "merged" },
    { from: "mid:c", to: "new:k", day: "2020-04-01", how: "merged" },
    { from: "new:k", to: "far:f", day: "2027-04-01", how: "renamed", status: "planned" },
  ],
};
