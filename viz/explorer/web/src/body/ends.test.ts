import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel, KENTISH, SOURCE } from "../kit/drawn_model.ts";
import type { Found, PlannedEnd } from "../model/index.ts";
import { endSaid, endTo, endWhen, leftOutWords, toEndWords } from "./ends.ts";

const model = drawnModel(KENTISH);
const end = (change: Partial<PlannedEnd> = {}): PlannedEnd => ({
  event: "e", day: dayOf("2027-04-01"), precision: "", status: "enacted", to: [1], statedOn: dayOf("2026-03-10"), saidBy: "The Secretary of State", sources: [SOURCE], ...change,
});
const found = (change: Partial<Found>): Found => ({ status: "in_force", ...change }) as Found;

test("a body that a plan is to end says when, who takes over, and who said so", () => {
  assert.equal(endWhen(model, end()), "A plan is to end it on 1 April 2027");
  assert.equal(endTo(end()), "is to take over.");
  assert.equal(endTo(end({ to: [1, 2] })), "are to take over.");
  assert.equal(endTo(end({ to: [] })), "No body is named that is to take over.");
  assert.equal(endSaid(model, end()), "Said by The Secretary of State on 10 March 2026.");
  assert.equal(endSaid(model, end({ saidBy: "", statedOn: null })), "Said by whom is not stated; when is not stated.");
  assert.equal(endWhen(model, end({ day: null })), "A plan is to end it on a day not known");
});

test("a row of a place that a plan is to end bears its mark", () => {
  assert.equal(toEndWords(model, found({ toEnd: end() })), "to end on 1 April 2027 (enacted)");
  assert.equal(toEndWords(model, found({})), "");
});

test("how many planned changes are not shown is said, with the way to them", () => {
  assert.equal(leftOutWords(6), "6 planned changes until then: tick Planned");
  assert.equal(leftOutWords(1), "1 planned change until then: tick Planned");
  assert.equal(leftOutWords(0), "");
});
