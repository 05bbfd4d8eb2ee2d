import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diff, Layer, Passing } from "../model/index.ts";
import { compared, marksOf, pairsOf, untouched } from "./groups.ts";
import { share } from "./table.tsx";

const passing = (from: number[], to: number[], weights: [number, number, number | null][] = [], strays: [number, number, number | null][] = []): Passing =>
  ({ from, to, weights, strays, beyond: [], how: "merged", day: 1, status: "in_force", sources: [] }) as unknown as Passing;
const diff = (...changes: Passing[]): Diff => ({ changes, renamed: [], unchanged: [], headline: "" }) as unknown as Diff;
const layer = (colours: Record<number, number>): Layer => ({ areas: Object.entries(colours).map(([body, colour]) => ({ body: Number(body), colour })) }) as unknown as Layer;

test("old areas have the colour of what most of them became, and a large second part is hatched over", () => {
  const { before, after } = compared(diff(passing([1, 2, 3], [8, 9], [[1, 8, 1], [2, 8, 0.6], [2, 9, 0.4], [3, 9, 0.95], [3, 8, 0.05]])), null, layer({ 8: 4, 9: 2 }));
  assert.deepEqual(after.get(8), { colour: 4 });
  assert.deepEqual(before.get(1), { colour: 4 });
  assert.deepEqual(before.get(2), { colour: 4, over: 2 });
  assert.deepEqual(before.get(3), { colour: 2 });
});

test("what a body is linked with lights on the other side", () => {
  const { linked } = compared(diff(passing([1, 2], [8], [[1, 8, 1], [2, 8, 1]])), null, null);
  assert.deepEqual([...linked.get(8)!].sort(), [1, 2]);
  assert.deepEqual([...linked.get(1)!], [8]);
});

test("nobody who changed is missing from the pairs", () => {
  const bodies = (one: Passing) => {
    const pairs = pairsOf(one);
    return [new Set(pairs.map((pair) => pair.from)), new Set(pairs.map((pair) => pair.to))] as const;
  };
  for (const one of [passing([1, 2], [8]), passing([1], [8, 9]), passing([1, 2], [8, 9], [[1, 8, 1]]), passing([1], []), passing([], [8]), passing([1, 2], [8], [[1, 8, 1]], [[2, 8, 0.01]])]) {
    const [from, to] = bodies(one);
    for (const body of one.from) assert.ok(from.has(body), JSON.stringify(one));
    for (const body of one.to) assert.ok(to.has(body), JSON.stringify(one));
  }
});

test("what only a stray joins is no successor on the map", () => {
  const { before } = compared(diff(passing([1], [8], [], [[1, 8, 0.001]])), null, layer({ 8: 3 }));
  assert.ok(before.has(1));
});

test("a share is never rounded to nothing or to all", () => {
  assert.deepEqual([1, 0.9999, 0.996, 0.64, 0.004, null].map(share), ["all", "all", "99.6 %", "64 %", "under 1 %", "not weighed"]);
});

test("who goes on and gained is not among those that did not change, and has one colour on both sides", () => {
  const both = { ...diff(passing([1], [8, 9], [[1, 8, 0.8], [1, 9, 0.2]])), unchanged: [9, 5] };
  const groups = compared(both, layer({ 1: 0, 9: 1, 5: 2 }), layer({ 8: 3, 9: 4, 5: 2 }));
  assert.deepEqual(untouched(both, groups), [5]);
  assert.deepEqual(groups.before.get(9), groups.after.get(9));
});

test("old bodies are marked by numbers and new ones by letters, in the order of the list", () => {
  const marks = marksOf(pairsOf(passing([1, 2], [8, 9], [[1, 8, 1], [2, 8, 0.5], [2, 9, 0.5]])));
  assert.deepEqual([...marks], [[8, "A"], [9, "B"], [1, "1"], [2, "2"]]);
});
