import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel, KENTISH } from "../kit/drawn_model.ts";
import type { Hit } from "../model/index.ts";
import { grouped, outwardOf, question } from "./suggest.ts";
import { sure } from "./sure.ts";

const hit = (name: string, more: Partial<Hit> = {}): Hit => ({ kind: "place", ref: name, name, described: "a town", score: 1, exact: false, ...more });

const world = drawnModel({
  bodies: [
    { id: "council:leeds", kind: "upper", name: "Leeds City Council", from: null, until: null },
    { id: "district:ashford", kind: "lower", name: "Ashford Borough Council", from: null, until: null },
    { id: "board:x", kind: "board", name: "NHS Leeds Board", from: null, until: null },
  ],
});
world.main.kinds = [
  { kind: "upper", traits: ["local_authority"] },
  { kind: "lower", traits: ["local_authority", "only_inside"] },
  { kind: "board", traits: [] },
] as unknown as typeof world.main.kinds;
const exact = (name: string, score: number, more: Partial<Hit> = {}) => hit(name, { exact: true, score, ...more });
const body = (ref: string, score: number) => exact(world.name(world.body(ref) as number), score, { kind: "body", ref });
const taken = (hits: Hit[], text: string) => sure(world, hits, text, 0)?.hit.ref ?? null;

test("Enter takes the one exact place, or the only hit there is", () => {
  assert.equal(taken([hit("Glossopdale"), exact("Glossop, High Peak", 710)], "glossop"), "Glossop, High Peak");
  assert.equal(taken([hit("Thanet")], "thanet"), "Thanet");
  assert.equal(taken([hit("Thanet")], "thnet"), null);
});

test("a name that several have means what the command takes it for, a council for its area", () => {
  const known: Record<string, Hit> = { leeds: body("council:leeds", 713), ashford: exact("Ashford, Ashford", 710) };
  const model = { ...world, meant: (text: string) => known[text.toLowerCase()] } as typeof world;
  assert.deepEqual(sure(model, [body("council:leeds", 713), exact("Leeds, Leeds", 710)], "Leeds", 0), { hit: body("council:leeds", 713), asPlace: true });
  assert.equal(sure(model, [body("district:ashford", 713), exact("Ashford, Ashford", 710), exact("Ashford, Spelthorne", 710)], "Ashford", 0)?.hit.ref, "Ashford, Ashford");
});

test("where the command asks which one the page asks, too, even if but one has just that name", () => {
  const model = { ...world, meant: () => null } as typeof world;
  const alston = [exact("Alston, Westmorland and Furness", 706)];
  assert.equal(sure(model, alston, "Alston", 0), null);
  assert.match(question(alston, "Alston"), /^Which one\? One is called just “Alston”/);
});

test("a council's whole name is the council itself", () => {
  assert.deepEqual(sure(world, [body("council:leeds", 713)], "Leeds City Council", 0), { hit: body("council:leeds", 713), asPlace: false });
});

test("a place of the name is meant before a body of it", () => {
  assert.equal(taken([body("board:x", 707), exact("Glossop, High Peak", 710)], "Glossop"), "Glossop, High Peak");
});

test("of two of a name of which the command knows nothing more the page asks", () => {
  const newports = [exact("Newport, Isle of Wight", 710), exact("Newport, Telford", 710)];
  assert.equal(taken(newports, "Newport"), null);
  assert.match(question(newports, "Newport"), /^Which one\? 2 have/);
  assert.match(question([hit("Kent")], "Kentt"), /^Which one\? Nothing is called exactly “Kentt”/);
});

test("a code is taken at its word", () => {
  assert.equal(taken([body("board:x", 907), hit("Other")], "P81160"), "board:x");
});

test("a whole postcode is told from its first half", () => {
  assert.equal(outwardOf("ct9 1aa"), "CT9");
  assert.equal(outwardOf("Newport 3"), null);
  assert.equal(taken([hit("CT9")], "CT9 1AA"), null);
  assert.match(question([hit("CT9")], "CT9 1AA"), /first half/);
});

test("lists of patients and entries of a register come last, and are meant only where nothing else has the name", () => {
  const entry = exact("Health Visiting", 546, { kind: "body", ref: "board:x", lesser: true });
  const service = exact("Health visiting and more", 705, { kind: "service", ref: "service:hv" });
  assert.equal(taken([entry, service], "health visiting"), "service:hv");
  assert.equal(taken([entry], "health visiting"), "board:x");
  assert.deepEqual(grouped(world, [entry, service], 0).map((group) => group.label), ["Services", "Practices and entries of the register"]);
});

test("nothing found says what can be typed", () => {
  assert.match(question([], "Zzqqy"), /Nothing here is called “Zzqqy”. Try/);
  assert.match(question([], "Boots Canterbury"), /Pharmacies, .* are not in this page: where the register is loaded, orgmap search/);
});

test("bodies of the day stand apart from those of other days", () => {
  const model = drawnModel(KENTISH);
  const one = (ref: string) => hit(ref, { kind: "body", ref });
  const groups = grouped(model, [one("new:k"), hit("Kent"), one("old:w")], dayOf("2024-01-01"));
  assert.deepEqual(groups.map((group) => group.label), ["Bodies", "Places", "Bodies of other days"]);
});
