import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../../../tests/viz/explorer_dates.json";
import { changeBetween } from "./changes.ts";
import { readDate } from "./dates.ts";
import { type Mark, changeBefore, dayAt, labelled, months, nextChange, xOf, years } from "./scale.ts";

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const line = { first: day("1999-04-01"), last: day("2028-12-31"), width: 1000 };
const measure = (text: string) => text.length * 6;

test("a day goes to its place on the line and back", () => {
  for (const iso of ["1999-04-01", "2013-04-01", "2020-02-29", "2028-12-31"]) {
    const exact = { ...line, width: line.last - line.first };
    assert.equal(dayAt(exact, xOf(exact, day(iso))), day(iso));
  }
  assert.equal(dayAt(line, -50), line.first);
  assert.equal(dayAt(line, 5000), line.last);
});

test("a change near the hand draws it to itself", () => {
  const change = day("2013-04-01");
  assert.equal(dayAt(line, xOf(line, change) + 4, [change]), change);
  assert.notEqual(dayAt(line, xOf(line, change) + 6, [change]), change);
});

test("labels never touch, whatever the width", () => {
  const marks: Mark[] = Array.from({ length: 34 }, (_, i) => ({ day: line.first + Math.round((i * i * 9.3) % (line.last - line.first)), ways: [`Change number ${i} of many`, `${2000 + i}`], weight: (i * 7) % 11, plan: false }));
  for (const width of [250, 320, 700, 1200, 2400]) {
    const boxes = labelled({ ...line, width }, marks, measure).filter((one) => one.text !== null);
    assert.ok(boxes.length >= 2);
    for (const box of boxes) assert.ok(box.left >= 0 && box.left + box.width <= width);
    boxes.sort((a, b) => a.left - b.left);
    boxes.slice(1).forEach((box, i) => assert.ok(box.left >= boxes[i]!.left + boxes[i]!.width + 10));
  }
});

test("the change of most weight keeps its label", () => {
  const marks: Mark[] = [
    { day: day("2013-04-01"), ways: ["CCGs"], weight: 211, plan: false },
    { day: day("2013-05-01"), ways: ["something small"], weight: 1, plan: false },
  ];
  assert.deepEqual(labelled(line, marks, measure).map((one) => one.text), ["CCGs", null]);
});

test("next and previous change, and none beyond the ends", () => {
  const changes = [day("2002-10-01"), day("2013-04-01")];
  assert.equal(nextChange(changes, day("2002-10-01")), day("2013-04-01"));
  assert.equal(changeBefore(changes, day("2013-04-01")), day("2002-10-01"));
  assert.equal(nextChange(changes, day("2013-04-01")), null);
  assert.equal(changeBefore(changes, day("2002-10-01")), null);
});

test("a comparison is called by the change that it stands around, by a planned one only while plans are shown", () => {
  const days = [{ day: day("2026-04-01"), plan: false }, { day: day("2027-04-01"), plan: true }];
  const named = (after: string, planned: boolean) => changeBetween(days, day(after) - 1, day(after), { planned, proposed: false })?.day;
  assert.equal(named("2026-04-01", false), day("2026-04-01"));
  assert.equal(named("2027-04-01", false), undefined);
  assert.equal(named("2027-04-01", true), day("2027-04-01"));
  assert.equal(changeBetween(days, day("2026-01-01"), day("2026-04-01"), { planned: true, proposed: true }), undefined);
});

test("a month later is a day that exists", () => {
  assert.equal(months(day("2013-01-31"), 1), day("2013-02-28"));
  assert.equal(months(day("2012-02-29"), 12), day("2013-02-28"));
  assert.equal(months(day("2013-04-01"), -1), day("2013-03-01"));
});

test("fewer years are named where there is less room", () => {
  const named = (width: number) => years({ ...line, width }).filter((one) => one.named).length;
  assert.ok(named(1600) > named(800) && named(800) > named(300));
});

test("dates are read as the command line reads them", () => {
  for (const [text, expected] of Object.entries(cases)) {
    const found = readDate(text, "2026-11-27");
    assert.equal("iso" in found ? found.iso : null, expected, `“${text}”`);
  }
});

test("why a text is no date is said with what would be understood", () => {
  const said = (text: string) => {
    const found = readDate(text, "2026-11-27");
    return "problem" in found ? found.problem : "";
  };
  assert.match(said("yesterday"), /is not a date\. Write 2013-04-01/);
  assert.match(said("04/13/2013"), /The day stands first/);
  assert.match(said("Tuesday 1 April 2013"), /is a Monday/);
  assert.match(said("13"), /bare number/);
  assert.ok(said("x".repeat(10_000)).length < 300);
});
