import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, safeCell } from "./csv.ts";

test("no cell can be taken for a formula", () => {
  for (const evil of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) assert.equal(safeCell(evil), `'${evil}`);
  assert.equal(safeCell("NHS Kent = Medway"), "NHS Kent = Medway");
});

test("quotes, commas and ends of lines can be read back", () => {
  assert.equal(csv([["a,b", 'c"d', "e\nf", null, 0.5]]), '"a,b","c""d","e\nf",,0.5\n');
});

test("a number stays a number, and what is none is blank", () => {
  assert.equal(csv([[-3, Number.NaN]]), "-3,\n");
});
