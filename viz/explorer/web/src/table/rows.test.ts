import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel, KENTISH } from "../kit/drawn_model.ts";
import { bodyRows, filteredRows, sorted, tableCsv } from "./rows.ts";

const model = drawnModel({ ...KENTISH, bodies: [...KENTISH.bodies, { id: "mid:x", kind: "mid", name: "=cmd()", from: null, until: null }] });
const rows = bodyRows(model, "mid", dayOf("2015-01-01"), { planned: false, proposed: false });

test("all bodies of the kind on the day are rows, with those before and after; strays are none", () => {
  assert.deepEqual(rows.map((row) => row.id), ["mid:a", "mid:b", "mid:c", "mid:x"]);
  assert.deepEqual(rows[2]?.cameFrom.map((body) => model.id(body)), ["old:e"]);
});

test("what is not known comes last, whichever way it is sorted", () => {
  assert.equal(sorted(rows, "from", false).at(-1)?.id, "mid:x");
  assert.equal(sorted(rows, "from", true).at(-1)?.id, "mid:x");
});

test("a filter finds by name, code and those around", () => {
  assert.deepEqual(filteredRows(model, rows, "west").map((row) => row.id), ["mid:a", "mid:b"]);
  assert.deepEqual(filteredRows(model, rows, "a GROUP mid:a").map((row) => row.id), ["mid:a"]);
});

test("the CSV has a row for each, and no formula", () => {
  const lines = tableCsv(model, rows, "mid").trimEnd().split("\n");
  assert.equal(lines.length, 5);
  assert.ok(lines.some((line) => line.includes("'=cmd()")));
});
