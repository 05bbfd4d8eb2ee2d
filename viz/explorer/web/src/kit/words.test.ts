import assert from "node:assert/strict";
import { test } from "node:test";
import type { Source } from "../model/index.ts";
import { bySource } from "./words.ts";

test("a source that is cited at many places stands there once", () => {
  const cited = (id: string, locator: string) => ({ id, locator }) as Source;
  const found = bySource([cited("a", "line 1"), cited("b", ""), cited("a", "line 2"), cited("a", "line 1")]);
  assert.deepEqual(found.map((one) => [one.source.id, one.at]), [["a", ["line 1", "line 2"]], ["b", [""]]]);
});
