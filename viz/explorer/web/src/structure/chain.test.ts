import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel } from "../kit/drawn_model.ts";
import { branches, chain } from "./chain.ts";
import { layout } from "./layout.ts";

const world = {
  bodies: ["Board", "Agency", "Minister", "Parliament", "Committee"].map((name) => ({ id: name, kind: "any", name, from: null, until: null })),
  steps: [
    { from: "Board", to: "Agency" },
    { from: "Board", to: "Committee", basis: "administrative" },
    { from: "Board", words: "councils (which one is not known)" },
    { from: "Agency", to: "Minister" },
    { from: "Minister", to: "Parliament" },
    { from: "Committee", to: "Agency", basis: "administrative" },
  ],
};
const day = dayOf("2020-01-01");
const none = { planned: false, proposed: false };

test("each stands below all it answers to, and Parliament is on top", () => {
  const made = chain(drawnModel(world), [0], day, none);
  assert.deepEqual(made.rows[0]?.map((post) => post.text), ["Parliament"]);
  assert.deepEqual(made.rows[3]?.map((post) => post.text).sort(), ["Committee", "councils (which one is not known)"]);
  for (const tie of made.ties) {
    const [from, to] = [made.posts.get(tie.from), made.posts.get(tie.to)];
    assert.ok(from && to && from.row > to.row);
  }
});

test("by law and otherwise are told apart", () => {
  const made = chain(drawnModel(world), [0], day, none);
  assert.equal(made.ties.filter((tie) => tie.law).length, 4);
  assert.equal(made.ties.filter((tie) => !tie.law).length, 2);
});

test("a ring of those who answer to each other comes to an end", () => {
  const ring = { ...world, steps: [...world.steps, { from: "Parliament", to: "Board" }] };
  const made = chain(drawnModel(ring), [0], day, none);
  assert.equal(made.posts.size, 6);
  assert.ok(branches(made).length === 1);
});

test("the indented list tells each body's own way up once", () => {
  const made = chain(drawnModel(world), [0], day, none);
  const [root] = branches(made);
  const names: string[] = [];
  const walk = (branch: typeof root): void => {
    if (!branch) return;
    names.push(`${branch.post.text}${branch.again ? " again" : ""}`);
    branch.above.forEach(walk);
  };
  walk(root);
  assert.deepEqual(names, ["Board", "Agency", "Minister", "Parliament", "Committee", "Agency again", "councils (which one is not known)"]);
});

for (const width of [300, 700, 2000]) {
  test(`at ${width} pixels boxes stand apart and inside`, () => {
    const made = layout(chain(drawnModel(world), [0], day, none), width);
    for (const [number, one] of made.boxes.entries()) {
      assert.ok(one.x >= 0 && one.x + one.width <= width + 0.01);
      for (const other of made.boxes.slice(number + 1)) {
        assert.ok(one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y);
      }
    }
  });
}
