import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel, KENTISH } from "../kit/drawn_model.ts";
import type { Plan } from "../model/index.ts";
import { dayWords, narrowed, plansCsv, withWord, wordIn } from "./rows.ts";

const model = drawnModel(KENTISH);
const plan = (change: Partial<Plan>): Plan => ({
  day: dayOf("2027-04-01"), label: "Far Board is to begin.", kind: "plan", id: "a", status: "planned", precision: "", statedOn: dayOf("2026-03-10"), saidBy: "The Board", condition: "", about: [6], aboutKinds: [], note: "", sources: [], ...change,
});
const plans = [plan({}), plan({ id: "b", status: "conditional", about: [5], label: "It ends." }), plan({ id: "c", day: null, about: [] })];
const ids = (filter: string, kind: string | null = null) => narrowed(model, plans, filter, kind).map((one) => one.id);

test("plans are narrowed by a status, a year, a kind of body and by any word of a row", () => {
  assert.deepEqual(ids(""), ["a", "b", "c"]);
  assert.deepEqual(ids("conditional 2027"), ["b"]);
  assert.deepEqual(ids("", "far"), ["a"]);
  assert.deepEqual(ids("whole board"), ["b"]);
  assert.deepEqual(ids("2031"), []);
});

test("a plan without a day says so", () => {
  assert.deepEqual(plans.map((one) => dayWords(model, one)), ["1 April 2027", "1 April 2027", "no day is given"]);
});

test("one year or status in the filter takes the place of another", () => {
  assert.equal(withWord("Surrey 2027", ["2027", "2028"], "2028"), "Surrey 2028");
  assert.equal(withWord("2027", ["2027", "2028"], ""), "");
  assert.equal(wordIn("surrey Conditional", ["planned", "conditional"]), "conditional");
});

test("the rows are written as they are shown", () => {
  assert.match(plansCsv(model, plans.slice(0, 1)), /^\uFEFF?planned_for.*\r?\n2027-04-01,,planned,Far Board is to begin\.,far:f,The Board,2026-03-10/);
});
