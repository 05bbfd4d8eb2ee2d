import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayerArea, Model, Place } from "../model/index.ts";
import { layered } from "../model/layers.ts";
import { groundOf } from "./ground.ts";

// What the browser draws with is not asked here: only where the map goes.
Object.assign(globalThis, { Path2D: class { moveTo() {} lineTo() {} closePath() {} } });

const square = (body: number, x: number, y: number, size: number, more: Partial<LayerArea> = {}): LayerArea => {
  const ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
  return { body, feature: { geometry: { coordinates: [[ring]] } }, label: [x + size / 2, y + size / 2], dashed: false, begins: false, covered: false, ...more } as unknown as LayerArea;
};
const areas = [square(0, -1, 51, 1), square(1, -0.6, 51.2, 0.1)];
const model = {
  main: { meta: { lastDay: 100 } },
  has: () => true,
  kind: (body: number) => ["board", "district"][body],
  from: () => null,
  until: () => null,
  body: (id: string) => (id === "district:1" ? 1 : undefined),
  layerDays: () => [[10, null]],
  layer: (kind: string) => ({ areas: areas.filter((area) => model.kind(area.body) === kind) }),
  find: () => ({ bodies: [{ body: 0, role: "commissioner" }, { body: 1, role: "council" }] }),
} as unknown as Model;
const none = { planned: false, proposed: false };

test("the map goes to a council as to a town, and outlines it", () => {
  const { area, home } = groundOf(model, { ref: "district:1" } as Place, 20, none);
  assert.equal(area?.body, 1);
  const [left, top, right, bottom] = home!;
  assert.ok(right - left < 200 && bottom - top < 200);
});

test("of a place without point or outline the map goes to the smallest around it", () => {
  const { area, home } = groundOf(model, { ref: "CT9" } as Place, 20, none);
  assert.equal(area, null);
  assert.deepEqual(home, groundOf(model, { ref: "district:1" } as Place, 20, none).home);
});

test("what a plan would make lies over what it is to end", () => {
  const all = [square(9, 0, 50, 2, { dashed: true, begins: true }), square(1, 0, 50, 1, { dashed: true }), square(2, 5, 50, 1, { dashed: true }), square(3, 0, 51, 1)];
  layered(all);
  assert.deepEqual(all.map((area) => [area.body, area.covered]), [[1, true], [2, false], [3, false], [9, false]]);
});
