import assert from "node:assert/strict";
import { test } from "node:test";
import { embedAddress, embedded, embedSnippet, wholeAddress } from "./embed.ts";

test("an embed keeps the whole state, and there is a way back to the whole page", () => {
  const href = "https://example.org/explore.html#body=a:1&day=2016-06-01";
  assert.equal(embedAddress(href), "https://example.org/explore.html?embed#body=a:1&day=2016-06-01");
  assert.ok(embedded(new URL(embedAddress(href)).search));
  assert.equal(wholeAddress(embedAddress(href)), href);
});

test("nothing in a title or an address ends the snippet early", () => {
  const text = embedSnippet('https://example.org/x.html#filter="><script>', 'a"><script>alert(1)</script>');
  assert.equal(text.match(/</g)?.length, 2);
  assert.ok(!text.includes('"><script'));
});
