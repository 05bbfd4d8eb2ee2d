import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel, isoOf, KENTISH } from "../kit/drawn_model.ts";
import type { Model } from "../model/index.ts";
import { turns } from "./turns.ts";

const drawn = drawnModel(KENTISH);
const days = [...new Set(KENTISH.passed.map((one) => one.day))];
/** The kind that was there on a day, old, mid, new or far. */
const kindOn = (day: number) => KENTISH.bodies.find((body) => (body.from ?? "") <= isoOf(day) && isoOf(day) < (body.until ?? "9"))!.kind;
const model = {
  ...drawn,
  main: {
    ...drawn.main,
    events: { day: days.map(dayOf) },
    successions: { event: KENTISH.passed.map((one) => days.indexOf(one.day)), from: KENTISH.passed.map((one) => drawn.body(one.from)), to: KENTISH.passed.map((one) => drawn.body(one.to)) },
  },
  diff: (kind: string, before: number, after: number) => ({ kindBefore: kindOn(before), kindAfter: kindOn(after), changes: kind === "far" ? [] : [1], headline: `${isoOf(after)} ${kindOn(before)} to ${kindOn(after)}` }),
} as unknown as Model;

test("a kind is followed back to the kinds before it and on to those after it", () => {
  const sentences = ["2013-04-01 old to mid", "2020-04-01 mid to new", "2027-04-01 new to new"];
  for (const [kind, at] of [["old", "2010-01-01"], ["mid", "2015-01-01"], ["new", "2026-01-01"]] as const) {
    assert.deepEqual(turns(model, kind, dayOf(at), { planned: true, proposed: true }).map((turn) => turn.sentence), sentences, kind);
  }
});

test("a kind of which nothing is known has no days", () => {
  assert.deepEqual(turns(model, "moon", dayOf("2015-01-01"), { planned: true, proposed: true }), []);
});
