import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, drawnModel } from "../kit/drawn_model.ts";
import type { Model } from "../model/index.ts";
import { kindRows } from "./kinds.ts";

const bodies = [
  { id: "minister:m", kind: "minister", name: "Minister", from: null, until: null },
  { id: "board:a", kind: "board", name: "A", from: "2013-04-01", until: null },
  { id: "board:b", kind: "board", name: "B", from: "2013-04-01", until: null },
  { id: "old:o", kind: "old", name: "O", from: null, until: "2013-04-01" },
  { id: "entry:e", kind: "entry", name: "E", from: null, until: null },
];
const rule = (subject: string, verb: string, object: string, more: object = {}) => ({ subject, verb, object, from: null, until: null, status: "in_force", coverage: "", ...more });
const drawn = drawnModel({ bodies });
const model = {
  ...drawn,
  main: {
    ...drawn.main,
    opened: { planned: ["planned"], proposed: [] },
    kinds: ["minister", "board", "old", "entry"].map((kind) => ({ kind, traits: [], standing: kind === "entry" ? "entry" : "" })),
    accountability: [
      rule("board", "accountable_to", "minister:m"),
      rule("board", "accountable_to", "moon", { coverage: "only" }),
      rule("board", "part_of", "old"),
      rule("minister:m", "accountable_to", "parliament"),
      rule("board", "accountable_to", "old", { status: "planned" }),
    ],
  },
} as unknown as Model;

test("every kind of the day is told with its bodies and to whom all of it answers", () => {
  const rows = kindRows(model, dayOf("2020-01-01"), { planned: false, proposed: false });
  assert.deepEqual(
    rows.map((row) => [row.kind, row.bodies.length, row.up.map((one) => one.text)]),
    [["minister", 1, ["parliaments"]], ["board", 2, ["Minister"]]],
  );
});

test("what is planned stands there only where plans are shown", () => {
  const [, board] = kindRows(model, dayOf("2020-01-01"), { planned: true, proposed: false });
  assert.deepEqual(board?.up.map((one) => one.text), ["Minister", "olds"]);
});
