import assert from "node:assert/strict";
import { test } from "node:test";
import { Room, broken, place, shortName, type Wish } from "./labels.ts";
import { nextArea, roomAt } from "./shapes.ts";

const measure = (text: string) => text.length * 7;
const wish = (text: string, x: number, y: number, rank = 0, more: Partial<Wish> = {}): Wish => ({ text, x, y, rank, room: 1000, tall: 1000, always: false, ...more });

test("no two names touch, and the higher rank stands", () => {
  const placed = place([wish("Kent", 50, 50, 1), wish("Medway", 60, 52, 2), wish("Sussex", 50, 90, 0)], measure, 14, new Room());
  assert.deepEqual(placed.map((one) => one.wish.text), ["Medway", "Sussex"]);
});

test("many names by chance never touch", () => {
  let seed = 7;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const wishes = Array.from({ length: 800 }, (_, i) => wish(`Name ${i}`, chance() * 900 - 100, chance() * 700 - 100, chance()));
  const placed = place(wishes, measure, 14, new Room());
  const boxes = placed.map(({ lines, x, y }) => {
    const width = Math.max(...lines.map(measure));
    return [x - width / 2, y - (lines.length * 14) / 2, x + width / 2, y + (lines.length * 14) / 2] as const;
  });
  assert.ok(placed.length > 50);
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => assert.ok(!(a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]))));
});

test("a name that is too wide for its area is broken into lines, or left out", () => {
  const narrow = { room: 80, tall: 100 };
  assert.deepEqual(place([wish("Hampshire and Isle of Wight", 0, 0, 0, narrow)], measure, 14, new Room())[0]?.lines, ["Hampshire", "and Isle", "of Wight"]);
  assert.deepEqual(place([wish("Hampshire and Isle of Wight", 0, 0, 0, { room: 20, tall: 100 })], measure, 14, new Room()), []);
  assert.equal(place([wish("Hampshire", 0, 0, 0, { room: 1, tall: 1, always: true })], measure, 14, new Room()).length, 1);
  assert.deepEqual(broken("Kent", measure, 3), [["Kent"]]);
});

test("a name loses what its kind says already", () => {
  const group = { label: "care group", plural: "care groups", short: "CG" };
  assert.equal(shortName("NHS Thanet CG", group), "Thanet");
  assert.equal(shortName("NHS Care Group", group), "NHS");
  assert.equal(shortName("Group of Derbyshire, Lincolnshire and Nottinghamshire", group), "Derbyshire, Lincolnshire and Nottinghamshire");
  const council = { label: "upper-tier council", plural: "upper-tier councils", short: "" };
  assert.equal(shortName("Bury Metropolitan Borough Council", council), "Bury");
  assert.equal(shortName("London Borough of Barnet", council), "London Borough of Barnet");
  assert.equal(shortName("East Norfolk Council (name not settled)", council), "East Norfolk");
  assert.equal(shortName("Council of the Isles (Scilly)", council), "Council of the Isles (Scilly)");
});

test("the room at a label is that of the stretch it stands in", () => {
  const bay: [number, number][] = [[0, 0], [30, 0], [30, 10], [20, 10], [20, 5], [10, 5], [10, 10], [0, 10]];
  assert.deepEqual(roomAt([bay], [5, 8]), { middle: 5, room: 10 });
  assert.deepEqual(roomAt([bay], [5, 2]), { middle: 15, room: 30 });
  assert.deepEqual(roomAt([bay], [15, 8]), { middle: 15, room: 0 });
});

test("an arrow key goes to the nearest area ahead, or nowhere", () => {
  const at = (name: string, x: number, y: number) => ({ name, at: [x, y] as [number, number] });
  const all = [at("here", 0, 0), at("east", 10, 1), at("far east", 30, 0), at("north", 1, -10)];
  assert.equal(nextArea(all, [0, 0], [1, 0])?.name, "east");
  assert.equal(nextArea(all, [0, 0], [0, -1])?.name, "north");
  assert.equal(nextArea(all, [0, 0], [-1, 0]), null);
});
