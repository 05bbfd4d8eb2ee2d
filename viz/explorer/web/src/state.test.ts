import assert from "node:assert/strict";
import { test } from "node:test";
import { type Model, NotRead } from "./model/index.ts";
import { type State, read, start, write } from "./state.ts";

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const iso = (at: number) => new Date(at * 86_400_000).toISOString().slice(0, 10);
const model = {
  main: { meta: { today: day("2026-11-27"), firstDay: day("1999-04-01"), lastDay: day("2028-12-31") }, opened: { planned: ["enacted"], proposed: ["proposed"] } },
  day,
  iso,
  words: iso,
  kinds: () => [{ kind: "group" }],
  body: (id: string) => ({ "ccg:10E": 7, "council:new": 8, "icb:QKS": 9 })[id],
  id: (body: number) => ({ 7: "ccg:10E", 8: "council:new", 9: "icb:QKS" })[body],
  status: (body: number) => (body === 8 ? "enacted" : "in_force"),
  from: (body: number) => day(body === 8 ? "2027-04-01" : "2013-04-01"),
  until: (body: number) => (body === 7 ? day("2020-04-01") : null),
  has: () => true,
  place: (key: string) => (key === "Stoke & Trent=1" ? { key } : undefined),
  whyNot: () => "",
  search: (text: string) => (text === "stoke" ? [{ kind: "place", ref: "Stoke & Trent=1", name: "Stoke", described: "", score: 710, exact: true }] : []),
  meant: () => undefined,
  service: (id: string) => (id === "dental" ? { id } : undefined),
} as unknown as Model;

const said = (hash: string) => read(hash, model);

test("an address without anything opens the start", () => {
  assert.deepEqual(said(""), { state: start(model), problems: [] });
  assert.deepEqual(said("#"), { state: start(model), problems: [] });
});

test("a body and a day in the address open the body's page", () => {
  const { state, problems } = said("#body=ccg:10E&day=2016-06-01");
  assert.equal(state.view, "body");
  assert.equal(state.body, 7);
  assert.equal(state.at, day("2016-06-01"));
  assert.deepEqual(problems, []);
});

test("a practice in the address is not called unknown before the practices are read", () => {
  const before = { ...model, has: (part: string) => part !== "practices" } as Model;
  for (const hash of ["#body=practice:P81160", "#place=practice:P81160", "#place=P81160"]) {
    assert.throws(() => read(hash, before), (error) => error instanceof NotRead && error.part === "practices", hash);
  }
  assert.equal(read("#body=ccg:10E", before).state.body, 7);
});

test("a body that is named without a day is shown on one on which it is there", () => {
  assert.equal(said("#body=ccg:10E").state.at, day("2020-03-31"));
  assert.equal(said("#body=icb:QKS").state.at, model.main.meta.today);
  const planned = said("#body=council:new").state;
  assert.deepEqual([planned.at, planned.include], [day("2027-04-01"), { planned: true, proposed: false }]);
  assert.equal(said("#body=ccg:10E&at=2026-11-27").state.at, model.main.meta.today);
});

test("every state comes back from its address", () => {
  const states: Partial<State>[] = [
    {},
    { view: "explore" },
    { view: "explore", kind: "group", body: 7, tab: "table" },
    { view: "compare", at: day("2013-03-31"), and: day("2013-04-01"), include: { planned: true, proposed: false } },
    { view: "body", body: 7 },
    { view: "body", body: 7, at: day("2020-03-31") },
    { view: "body", body: 8 },
    { view: "body", body: 8, at: day("2027-04-01") },
    { view: "body", body: 9 },
    { view: "plans", filter: "planned 2027", kind: "group" },
    { view: "services", service: "dental", filter: "a & b = c # d" },
    { view: "explore", place: "Stoke & Trent=1", zoom: { x: -1.25, y: 52.5, k: 8 } },
    { view: "about", at: day("2002-10-01"), include: { planned: true, proposed: true } },
  ];
  for (const change of states) {
    const state = { ...start(model), ...change };
    assert.deepEqual(said(write(state, model)), { state, problems: [] });
  }
});

test("words that mean one place alone lead to it", () => {
  assert.equal(said("#place=stoke").state.place, "Stoke & Trent=1");
  assert.match(said("#place=trent").problems[0] ?? "", /knows none of that name/);
});

test("what is unknown is said and not guessed", () => {
  for (const hash of ["#body=ccg:XXX", "#kind=grupo", "#view=exploré", "#tab=x", "#at=2013-02-30", "#at=1850-01-01", "#place=x", "#service=x", "#include=all", "#zoom=a", "#colour=red", "#at=2013-04-01&at=2014-04-01", "#at=2013-04-01&day=2014-04-01"]) {
    const { state, problems } = said(hash);
    assert.equal(problems.length, 1, hash);
    assert.equal(state.at, model.main.meta.today, hash);
    assert.equal(state.body, null, hash);
  }
});

test("a day that cannot be shown is refused, and no other day stands in its place", () => {
  for (const [hash, which] of [["#at=1998-01-01", "at"], ["#view=compare&at=2013-04-01&and=2050-01-01", "and"], ["#body=ccg:10E&at=2021-02-30", "at"], ["#at=2013-04-01&at=2014-04-01", "at"], ["#at=2013-04-01&day=2014-04-01", "at"]] as const) {
    const { noDay, problems } = said(hash);
    assert.equal(noDay?.which, which, hash);
    assert.ok(problems.includes(noDay!.words), hash);
  }
  assert.match(said("#at=2050-01-01").noDay!.words, /2050-01-01\. This page tells of 1999-04-01 to 2028-12-31\.$/);
  for (const hash of ["#at=2028-12-31", "#at=1999-04-01", "#kind=grupo", "#view=about&at=1998-01-01"]) assert.equal(said(hash).noDay, undefined, hash);
});

test("hostile values are only ever words, short ones", () => {
  const { problems } = said(`#body=${encodeURIComponent(`<img src=x onerror=alert(1)>\u202e\u0007${"x".repeat(5000)}`)}`);
  assert.equal(problems.length, 1);
  assert.ok(problems[0]!.length < 300);
  assert.ok(!/[\u0007\u202e]/.test(problems[0]!));
  said("#%E0%A4%A&=&&&==&body");
  said(`#${"a=1&".repeat(10_000)}`);
});

test("a body that only the register has is said to be elsewhere", () => {
  const { state, problems } = said("#body=ods:FAA01");
  assert.equal(state.body, null);
  assert.match(problems.join(" "), /“ods:FAA01”, which only the register of organisations has: it is not in this page/);
});
