import assert from "node:assert/strict";
import { test } from "node:test";
import { cellText, filtered, type Matrix } from "./matrix.ts";

const cell = (...names: string[]) => ({ entries: names.map((name) => ({ body: null, name, more: [], status: "in_force" })), why: names.length ? "" : "not stated", sources: [] });
const made: Matrix = {
  scope: "place",
  whose: "Thanet",
  days: [1, 2],
  rows: [
    { service: "s:1", name: "Dentistry", group: "Primary care", description: "Check-ups and treatment", cells: [cell("Agency"), cell("Board")], changed: true },
    { service: "s:2", name: "Ambulances", group: "Urgent care", description: "999", cells: [cell("Board"), cell("Board")], changed: false },
    { service: "s:3", name: "Prisons", group: "Primary care", description: "", cells: [cell(), cell()], changed: false },
  ],
};

test("a filter finds by name, description and commissioner", () => {
  assert.deepEqual([...filtered(made, "check", false).values()].flat().map((row) => row.service), ["s:1"]);
  assert.deepEqual([...filtered(made, "board", false).values()].flat().map((row) => row.service), ["s:1", "s:2"]);
});

test("changed only leaves what changed", () => {
  assert.deepEqual([...filtered(made, "", true).values()].flat().map((row) => row.service), ["s:1"]);
});

test("an empty cell says that it is not stated", () => {
  assert.equal(cellText(cell()), "not stated");
});
