import assert from "node:assert/strict";
import { test } from "node:test";
import { Changes } from "./changes";
import { day } from "./days";
import { Graph } from "./graph";
import type { Main } from "./pack";

const D = (text: string) => day(text)!;
const APRIL = D("2028-04-01");

/** Two districts and a county on 27 November 2026, of which a plan makes one council; one of the districts has no named successor. */
function drawn(): Changes {
  const bodies = [["district:a", 0], ["district:b", 0], ["county:c", 1], ["county:new", 1], ["county:stays", 1]] as const;
  const column = <T>(value: (n: number) => T) => bodies.map((_, n) => value(n));
  const kind = (name: string) => ({
    kind: name, prefix: name, label: name === "district" ? "district" : "county", plural: name === "district" ? "districts" : "counties", short: "", tier: "", standing: "", reach: "",
    roles: [], climbs: [], traits: [], pairs: {}, description: "",
  });
  const none = { body: [], name: [], use: [], from: [], until: [], scheme: [], code: [], status: [], note: [], fromPrecision: {} };
  const main = {
    meta: { today: D("2026-11-27"), knownTo: D("2026-10-09"), horizons: [] },
    kinds: [kind("district"), kind("county")],
    bodies: {
      id: bodies.map(([id]) => id), kind: bodies.map(([, n]) => n), name: ["A", "B", "C", "New", "Stays"], from: column((n) => (n === 3 ? APRIL : null)), until: column(() => null),
      status: { 3: "planned" }, note: {}, cited: column(() => 0), stage: { 3: [APRIL, null] }, fromPrecision: {}, untilPrecision: {},
    },
    names: none, codes: none,
    stages: { body: [3], status: ["planned"], from: [APRIL], until: [null], note: [""], fromPrecision: {} },
    relations: { subject: [], verb: [], object: [], about: {}, from: [], until: [], basis: [], status: {}, note: {}, cited: [] },
    statuses: { in_force: "in force", planned: "planned, not law" }, opened: { planned: ["planned"], proposed: [] },
    events: {
      id: ["e", "f"], kind: ["reorganised", "abolished"], day: [APRIL, APRIL], precision: {}, status: { 0: "planned", 1: "planned" }, statedOn: {}, goesOn: [], instrument: {}, note: {}, cited: [0, 0],
    },
    successions: { event: [0, 0, 1], from: [0, 2, 1], to: [3, 3, null], weight: [1, 1, null], counts: {}, about: {}, stray: [], status: {} },
    changeWords: { reorganised: { label: "reorganised", ends: true, description: "" }, abolished: { label: "abolished", ends: true, description: "" } },
    sources: { id: [], title: [], publisher: [], url: [], licence: [] }, cited: [[]], reforms: [], plans: [],
  };
  return new Changes(new Graph(main as unknown as Main));
}
const [NONE, PLANNED] = [{ planned: false, proposed: false }, { planned: true, proposed: false }];

test("of a day to come nothing is said to have happened, and what is planned and not shown is counted", () => {
  const changes = drawn();
  assert.equal(changes.headline("county", APRIL - 1, APRIL, NONE), "On 1 April 2028 England is to have 2 counties, as last known; 1 planned change is not shown.");
  assert.equal(changes.headline("county", D("2028-05-01"), undefined, NONE), "On 1 May 2028 England is to have 2 counties, as last known; 1 planned change is not shown.");
  assert.equal(
    changes.headline("county", D("2027-05-01"), D("2028-05-01"), NONE),
    "Between 1 May 2027 and 1 May 2028 no change among 2 counties is made by what is in force; 1 planned change is not shown.",
  );
  assert.match(changes.headline("district", D("2026-10-01"), D("2026-10-05"), NONE), /nothing changed among 2 districts/);
});

test("with what is planned a day and a comparison count alike", () => {
  const changes = drawn();
  assert.equal(changes.headline("county", D("2028-05-01"), undefined, PLANNED), "On 1 May 2028 England is to have 2 counties, 1 of them only planned.");
  assert.equal(changes.diff("county", APRIL - 1, APRIL, PLANNED).after.length, 2);
  assert.equal(changes.headline("district", D("2028-05-01"), undefined, PLANNED), "On 1 May 2028 England is to have no districts, if what is planned comes.");
});

test("who ends by a plan bears its status, and the successor of another kind is named where the plan names it", () => {
  const found = drawn().diff("district", APRIL - 1, APRIL, PLANNED).changes;
  assert.deepEqual(
    found.map((one) => [one.from, one.how, one.status, one.beyond.map(([from, to]) => [from, to])]),
    [[[0], "reorganised", "planned", [[0, 3]]], [[1], "abolished", "planned", []]],
  );
});
