import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnModel, isoOf, KENTISH } from "../kit/drawn_model.ts";
import { daysIn } from "./spoken_days.ts";

const model = drawnModel(KENTISH);
/** The days of a sentence, each with the last day of the year or month that was said. */
const said = (sentence: string) => daysIn(model, sentence, "|").days.map((one) => [one.text, isoOf(one.day), isoOf(one.last)]);

test("years and months are read as their first day, and how far they go is kept", () => {
  assert.deepEqual(said("Which board was Glossop's in 2021 and 2023?"), [["2021", "2021-01-01", "2021-12-31"], ["2023", "2023-01-01", "2023-12-31"]]);
  assert.deepEqual(said("boards in April 2026"), [["April 2026", "2026-04-01", "2026-04-30"]]);
  assert.deepEqual(said("Leeds, December 2012."), [["December 2012", "2012-12-01", "2012-12-31"]]);
  assert.deepEqual(said("funds in 2013/14"), [["2013/14", "2013-04-01", "2014-03-31"]]);
});

test("whole days are read however they are written", () => {
  for (const written of ["1 April 2013", "1st of April 2013", "2013-04-01", "01/04/2013", "April 1, 2013"]) {
    assert.deepEqual(said(`Who had Leeds on ${written}?`).map(([, day, last]) => [day, last]), [["2013-04-01", "2013-04-01"]], written);
  }
});

test("next and last are told from today", () => {
  assert.deepEqual(said("What changes for Woking next April?"), [["next April", "2027-04-01", "2027-04-30"]]);
  assert.deepEqual(said("last April and this April").map(([, day]) => day), ["2026-04-01"]);
  assert.deepEqual(said("next year").map(([, day]) => day), ["2027-01-01"]);
  assert.deepEqual(said("who is it today"), [["today", "2026-11-27", "2026-11-27"]]);
});

test("two years joined by a dash are two days", () => {
  assert.deepEqual(said("Kent 2013-2020").map(([, day]) => day), ["2013-01-01", "2020-01-01"]);
});

test("a number that is no year, and a code, is no day", () => {
  assert.deepEqual(said("who runs 111 in CT9, E38000184 and 5QA"), []);
});

test("a day of which the page does not tell is said, and none is taken in its place", () => {
  const read = daysIn(model, "Leeds in 1985", "|");
  assert.deepEqual(read.days, []);
  assert.match(read.problems[0] ?? "", /^“1985”: This page tells of/);
});

test("where a day stood, no name goes on", () => {
  assert.deepEqual(daysIn(model, "Kent 2013 Council", "|").words, ["Kent", "|", "Council"]);
});
