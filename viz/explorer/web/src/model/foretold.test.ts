import assert from "node:assert/strict";
import { test } from "node:test";
import type { Changes } from "./changes";
import { day } from "./days";
import { Foretold } from "./foretold";
import type { Graph } from "./graph";

/** Two councils: one that an order ends, and of which an older plan said another day; one of which a court was only asked. */
function drawn(): Foretold {
  const [TODAY, PLANNED, PROPOSED] = [day("2026-11-27")!, ["enacted", "planned", "conditional"], ["proposed", "disputed", "superseded"]];
  const order = ["in_force", ...PLANNED, ...PROPOSED];
  const events = {
    id: ["order", "older", "court"], kind: ["reorganised", "reorganised", "abolished"], day: [day("2027-04-01")!, day("2028-04-01")!, day("2027-06-01")!],
    precision: {}, status: { 0: "enacted", 1: "planned", 2: "disputed" }, statedOn: { 0: day("2026-03-10")!, 1: day("2025-10-28")! }, cited: [0, 0, 0],
  };
  const part = (event: number, from: number, to: number | null) => ({ event, from, to, weight: null, counts: "", about: "", stray: false, status: (events.status as Record<number, string>)[event]! });
  const parts = [part(0, 1, 7), part(1, 1, 7), part(2, 2, null)];
  const graph = {
    plans: new Set([...PLANNED, ...PROPOSED]),
    rank: (status: string) => order.indexOf(status),
    shows: (status: string, include: { planned: boolean; proposed: boolean }) =>
      status === "in_force" || (include.planned && PLANNED.includes(status)) || (include.proposed && PROPOSED.includes(status)),
    sourcesOf: () => [{ publisher: "The Secretary of State", title: "Order" }],
    kind: () => ({ kind: "council" }),
    ever: () => [],
    main: {
      events, opened: { planned: PLANNED, proposed: PROPOSED }, changeWords: { reorganised: { label: "reorganised", ends: true, description: "" }, abolished: { label: "abolished", ends: true, description: "" } },
      kinds: [{ kind: "council" }], meta: { today: TODAY, horizons: [{ title: "Councils", horizon: day("2025-04-01")!, namesFrom: null, kinds: [0] }] },
    },
  };
  const changes = {
    ofFrom: new Map([1, 2].map((body) => [body, parts.filter((one) => one.from === body)])),
    ofTo: new Map([[7, parts.filter((one) => one.to === 7)]]),
    ends: (event: number) => parts.filter((one) => one.event === event).flatMap((one) => (one.to === null ? [one.from] : [one.from, one.to])),
  };
  return new Foretold(graph as unknown as Graph, changes as unknown as Changes);
}
const NONE = { planned: false, proposed: false };

test("who is to end is told by the latest word, whether or not plans are shown", () => {
  const end = drawn().ahead(1)!;
  assert.deepEqual([end.event, end.status, end.to, end.saidBy], ["order", "enacted", [7], "The Secretary of State"]);
  assert.equal(drawn().end(1, NONE), undefined);
});

test("an end that is only disputed is told with its status, and who goes on has none", () => {
  assert.equal(drawn().ahead(2)!.status, "disputed");
  assert.equal(drawn().ahead(3), undefined);
});

test("planned changes that an answer leaves out are counted, what is only proposed is not", () => {
  assert.equal(drawn().leftOut([1, 2], day("2027-07-01")!, NONE), 1);
  assert.equal(drawn().leftOut([1, 2], day("2027-07-01")!, { planned: true, proposed: false }), 0);
  assert.equal(drawn().leftOut([1], day("2026-11-27")!, NONE), 0);
});

test("only on a day to come a body is as last known, and never one that a plan makes", () => {
  const at = day("2027-07-01")!;
  assert.deepEqual([drawn().lastKnown(1, "in_force", at), drawn().lastKnown(7, "enacted", at), drawn().lastKnown(1, "in_force", day("2026-11-27")!)], [true, false, false]);
});
