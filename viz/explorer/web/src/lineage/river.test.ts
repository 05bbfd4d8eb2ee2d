import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel, KENTISH } from "../kit/drawn_model.ts";
import { family, readable } from "./family.ts";
import { river, yearTicks } from "./river.ts";

const model = drawnModel(KENTISH);
const include = { planned: true, proposed: true };
const board = model.body("new:k") as number;
const first = dayOf("2006-01-01");
const last = dayOf("2028-01-01");
const lives = { from: model.from, until: model.until, label: (body: number) => model.name(body) };

test("all before and after a body are its family, and small parts stand apart", () => {
  const kin = family(model, [board], include);
  assert.equal(kin.bodies.length, 7);
  assert.equal(kin.flows.length, 7);
  assert.deepEqual(kin.small.map((flow) => flow.weight), [0.01]);
  assert.equal(kin.left, 0);
});

test("of a few steps the rest is counted", () => {
  const kin = family(model, [board], include, 1);
  assert.equal(kin.bodies.length, 5);
  assert.equal(kin.left, 2);
  assert.equal(readable(model, [board], include, 5).bodies.length, 5);
  assert.equal(readable(model, [board], include, 60).bodies.length, 7);
});

test("a family of one who is sent round in a ring comes to an end", () => {
  const ring = drawnModel({
    bodies: KENTISH.bodies,
    passed: [
      { from: "mid:a", to: "mid:b", day: "2014-04-01" },
      { from: "mid:b", to: "mid:a", day: "2015-04-01" },
    ],
  });
  const kin = family(ring, [2], include);
  assert.equal(kin.bodies.length, 2);
  const drawn = river(kin, lives, 600, first, last);
  assert.ok(drawn.bars.every((bar) => Number.isFinite(bar.y) && Number.isFinite(bar.height)));
});

for (const width of [280, 390, 1280, 2560]) {
  test(`at ${width} pixels no bar or name stands on another, and all stand in the picture`, () => {
    const drawn = river(family(model, [board], include), lives, width, first, last);
    const boxes = drawn.bars.map((bar) => {
      const wide = model.name(bar.body).length * 7.1;
      const [left, right] = bar.labelEnd ? [bar.labelX - wide, bar.labelX] : [bar.labelX, bar.labelX + wide];
      return { x0: Math.min(bar.x0, left), x1: Math.max(bar.x1, right), y0: bar.y - 17, y1: bar.y + bar.height };
    });
    for (const [number, one] of boxes.entries()) {
      assert.ok(one.y0 >= 0 && one.y1 <= drawn.height, "within the height");
      for (const other of boxes.slice(number + 1)) {
        assert.ok(one.x1 <= other.x0 || other.x1 <= one.x0 || one.y1 <= other.y0 || other.y1 <= one.y0, "apart");
      }
    }
  });
}

test("time runs to the right and a band is as wide as what passed", () => {
  const drawn = river(family(model, [board], include), lives, 1000, first, last);
  assert.ok(drawn.x(dayOf("2010-01-01")) < drawn.x(dayOf("2011-01-01")));
  const width = (from: string, to: string) => drawn.bands.find((band) => model.id(band.flow.from) === from && model.id(band.flow.to) === to)?.width ?? 0;
  assert.ok(Math.abs(width("old:w", "mid:a") / width("old:w", "mid:b") - 0.64 / 0.35) < 1e-9);
  const whole = drawn.bars.find((bar) => model.id(bar.body) === "new:k");
  const into = drawn.bands.filter((band) => model.id(band.flow.to) === "new:k").reduce((sum, band) => sum + band.width, 0);
  assert.ok(whole && Math.abs(whole.height - into) < 1e-6, "a merged body is as high as all that came");
});

test("years get a number only where there is room", () => {
  assert.ok(yearTicks(first, last, 280).length <= 7);
  assert.ok(yearTicks(first, last, 1280).length >= 20);
});
