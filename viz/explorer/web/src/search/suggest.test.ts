import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel, KENTISH } from "../kit/drawn_model.ts";
import type { Hit } from "../model/index.ts";
import { grouped, outwardOf, question, sure } from "./suggest.ts";

const hit = (name: string, more: Partial<Hit> = {}): Hit => ({ kind: "place", ref: name, name, described: "a town", score: 1, exact: false, ...more });

test("Enter takes the one exact hit, or the only one there is", () => {
  const exact = hit("Glossop", { exact: true });
  assert.equal(sure([hit("Glossopdale"), exact], "glossop"), exact);
  const only = hit("Thanet");
  assert.equal(sure([only], "thant"), only);
});

test("a place of the name is meant before a body of it", () => {
  const place = hit("Glossop", { exact: true });
  assert.equal(sure([hit("Glossop PCN", { kind: "body", exact: true }), place], "Glossop"), place);
});

test("two of one name, or several near ones, are asked about", () => {
  assert.equal(sure([hit("Newport", { exact: true }), hit("Newport", { ref: "Newport 2", exact: true })], "Newport"), null);
  assert.equal(sure([hit("Kent"), hit("Kenton")], "Ken"), null);
  assert.match(question([hit("Newport", { exact: true }), hit("Newport", { exact: true })], "Newport"), /^Which one\? 2 have/);
  assert.match(question([hit("Kent")], "Kentt"), /^Which one\? Nothing is called exactly “Kentt”/);
});

test("a whole postcode is never taken for its first half unasked", () => {
  assert.equal(outwardOf("ct9 1aa"), "CT9");
  assert.equal(outwardOf("Newport 3"), null);
  assert.equal(sure([hit("CT9")], "CT9 1AA"), null);
  assert.match(question([hit("CT9")], "CT9 1AA"), /first half/);
});

test("nothing found says what can be typed", () => {
  assert.match(question([], "Zzqqy"), /Nothing here is called “Zzqqy”. Try/);
});

test("bodies of the day stand apart from those of other days", () => {
  const model = drawnModel(KENTISH);
  const body = (ref: string) => hit(ref, { kind: "body", ref });
  const groups = grouped(model, [body("new:k"), hit("Kent"), body("old:w")], dayOf("2024-01-01"));
  assert.deepEqual(groups.map((group) => group.label), ["Bodies", "Places", "Bodies of other days"]);
});
