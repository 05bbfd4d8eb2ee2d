/** Puts the model together: each part of the pack is read once, when it is first needed. */

import { Accountability } from "./accountability";
import { boardsOf } from "./boards";
import { casesOf } from "./cases";
import { dueOf } from "./due";
import { Chains } from "./chains";
import { Changes } from "./changes";
import * as days from "./days";
import { Foretold } from "./foretold";
import { Graph } from "./graph";
import type { Found, Include, Model, Place, Read, ServiceAnswer } from "./index";
import { Layers } from "./layers";
import type { Needed } from "./not_read";
import type { Day, PartName, Parts } from "./pack";
import { type Known, PlaceBook } from "./places";
import { type Ask, Postcodes } from "./postcodes";
import { Search } from "./search";
import { Rules } from "./services";
import { unpack } from "./unpack";
import { Walks } from "./walks";

const NONE: Include = { planned: false, proposed: false };
const FORMAT = 1;

/** Reads the main part and gives the model; `ask` tells of whole postcodes, if anybody can be asked. */
export async function load(read: Read, ask?: Ask): Promise<Model> {
  const main = unpack("main", await read("main"));
  if (main.meta.format !== FORMAT) throw new Error(`The data have the form ${main.meta.format}; this page reads ${FORMAT}.`);
  const graph = new Graph(main);
  const chains = new Chains(graph);
  const postcodes = new Postcodes(new Map(main.areas.id.map((id, n) => [id, n])), ask);
  const book = new PlaceBook(graph, chains, postcodes);
  const rules = new Rules(graph, chains, book);
  const steps = new Accountability(graph, chains, rules);
  const changes = new Changes(graph);
  const foretold = new Foretold(graph, changes);
  const walks = new Walks(graph, rules, steps, book, foretold);
  const layers = new Layers(graph, changes);
  const search = new Search(graph, book, main.meta.today);
  const reading = new Map<PartName, Promise<void>>();
  const there = new Set<PartName>(["main"]);

  const take: { [P in PartName]: (part: Parts[P]) => void } = {
    main: () => undefined,
    topology: (part) => layers.add(part),
    places: (part) => book.addPlaces(part),
    practices: (part) => graph.addPractices(part),
  };
  const needOne = async <P extends PartName>(name: P): Promise<void> => {
    if (there.has(name)) return;
    let known = reading.get(name);
    if (!known) {
      known = read(name).then((part) => {
        take[name](unpack(name, part));
        there.add(name);
        if (name !== "topology") prepare();
      });
      reading.set(name, known);
    }
    await known;
  };

  /** Reads names for the search while nobody waits, a few at a time. */
  const prepare = (): void => {
    const later = (globalThis as { requestIdleCallback?: (run: () => void) => void }).requestIdleCallback;
    later?.(() => {
      if (!search.fill(500)) prepare();
    });
  };

  /** The place that is meant, as it lay on the day. */
  const placed = (place: string | Place, day: Day): Known => {
    const ref = typeof place === "string" ? place : place.ref;
    const found = book.place(ref, day);
    if (!found) throw new Error(book.whyNot(ref) || `No place is called “${ref}” in this file.`);
    return found;
  };
  const names = new Map(main.services.id.map((id, n) => [id, n]));
  const service = (id: string) => {
    const n = names.get(id);
    if (n === undefined) return undefined;
    const { services } = main;
    return { id, name: services.name[n]!, group: services.group[n]!, description: services.description[n]! };
  };

  const model: Model = {
    main,
    need: async (...parts) => {
      const reading = parts.map((part) => (isPack(part) ? needOne(part) : postcodes.need(outcodeOf(part))));
      await Promise.all(reading);
    },
    has: (part) => (isPack(part) ? there.has(part) : postcodes.has(outcodeOf(part))),

    day: days.day,
    iso: days.iso,
    words: (day, precision) => days.words(day, precision),
    span(from, until) {
      const [start, end] = [from === null ? "" : days.words(from), until === null ? "" : days.words(until - 1)];
      if (!start && !end) return "days not known";
      return start && end ? `${start} to ${end}` : start ? `since ${start}` : `until ${end}`;
    },

    body: (id) => graph.number(id),
    id: (body) => graph.id(body),
    kind: (body) => graph.kind(body).kind,
    name: (body, day) => graph.label(body, day),
    names: (body) => [...graph.names(body)],
    from: (body) => graph.from(body),
    until: (body) => graph.until(body),
    life: (body) => graph.life(body),
    status: (body) => graph.status(body),
    statusOn: (body, day, include) => graph.lifeOn(body, day, include)?.status,
    statusWords: (status) => main.statuses[status] ?? status,
    codes: (body, day) => graph.codes(body).filter((one) => day === undefined || days.holds(one.from, one.until, day)).map(({ scheme, code }) => ({ scheme, code })),
    note: (body) => graph.note(body),
    sources(body) {
      const own = graph.sourcesOf(graph.cited(body));
      const known = new Set(own.map((one) => one.id));
      return [...own, ...graph.sourcesOf(graph.called(body)).filter((one) => !known.has(one.id))];
    },
    isThere: (body, day, include) => graph.lifeOn(body, day, include) !== undefined,
    kindLabel: (kind, many) => (many ? graph.kindCalled(kind).plural : graph.kindCalled(kind).label) || kind,

    kinds() {
      const drawn = layers.kinds();
      const tiers = Object.keys(main.tiers);
      return main.kinds
        .filter((kind) => graph.bodiesOf(kind.kind).length > 0)
        .map(({ kind, label, plural, short, tier, description }) => ({
          kind, label, plural, short, tier, description, colour: main.tiers[tier]?.colour ?? "", layers: drawn.has(kind),
        }))
        .sort((one, other) => tiers.indexOf(one.tier) - tiers.indexOf(other.tier));
    },
    inForce: (kind, day, include) => changes.inForce(kind, day, include),
    standing: (kind, day, include) => changes.standing(kind, day, include),
    cameFrom: (body, include) => changes.cameFrom(body, include),
    became: (body, include) => changes.became(body, include),
    answersTo: (body, day, include) => steps.answersTo(body, day, include),
    commissions: (body, day, include) => rules.commissions(body, day, include),
    members: (body, day, include) => steps.members(body, day, include),
    due: (body, day) => dueOf(graph, body, day),
    boards: (body, day, include) => boardsOf(graph, body, day, include),
    cases: (body) => casesOf(graph, body),
    above: (body, day, include) => steps.above(body, day, include),
    councils(body, day, include) {
      const own = graph.kind(body);
      const place = own.traits.includes(COUNCIL) || own.reach === "country" ? undefined : book.ofBody(body, day);
      if (!place || place.practice !== undefined) return [];
      const councils = book.find(place, day, include).bodies.filter((one) => graph.kind(one.body).traits.includes(COUNCIL));
      const kinds = main.kinds.filter(({ kind }) => councils.some((one) => graph.kind(one.body).kind === kind));
      return kinds.map(({ kind, plural }) => ({ kind, label: plural, rows: councils.filter((one) => graph.kind(one.body).kind === kind) }));
    },

    place: (ref, day = main.meta.today) => book.place(ref, day),
    namesakes: (ref) => book.namesakes(ref),
    whyNot: (ref) => book.whyNot(ref),
    find: (place, day, include) => foretold.marked(book.find(placed(place, day), day, include), include),
    history(place, include) {
      const known = placed(place, main.meta.today);
      const found: { from: Day; until: Day | null; bodies: Found[] }[] = [];
      for (const from of book.days(known, include)) {
        const { bodies } = book.find(placed(place, from), from, include);
        const last = found[found.length - 1];
        if (last && alike(last.bodies, bodies)) continue;
        if (last) last.until = from;
        found.push({ from, until: null, bodies });
      }
      return found;
    },
    who(id, place, day, include): ServiceAnswer {
      const found = rules.of(id, placed(place, day), day, include);
      if (!found) throw new Error(`No service is called “${id}”.`);
      return found;
    },
    walk: (asked) => walks.walk(asked),
    services: (place, day, include) => rules.all(placed(place, day), day, include),
    service,

    layer: (kind, day, include) => layers.layer(kind, day, include),
    towns: () => layers.towns(),
    layerDays: (kind) => layers.days(kind),
    bodyAt(place, kind, day, include) {
      const shares = book.shares(placed(place, day), day, include).filter((one) => graph.kind(one.holder.body).kind === kind);
      return shares.sort((one, other) => other.share - one.share)[0]?.holder.body;
    },

    changes: () => changes.changes(),
    diff: (kind, before, after, include) => changes.diff(kind, before, after, include),
    headline: (kind, day, and, include = NONE) => changes.headline(kind, day, and, include),

    search: (typed, limit = 20) => search.search(typed, limit),
    meant: (typed, day) => search.meant(typed, day),
    within: (typed) => search.within(typed),
    abroad: (typed, known) => search.abroad(typed, known),
    source(id) {
      const n = main.sources.id.indexOf(id);
      if (n < 0) return undefined;
      const { title, publisher, url, licence } = main.sources;
      return { id, title: title[n]!, publisher: publisher[n]!, url: url[n]!, licence: licence[n]!, locator: "" };
    },
    plans: (body) => changes.plans(body),
    plansOfKind: (kind) => changes.plansOfKind(kind),
    plansAhead: () => changes.ahead(),
    plannedEnd: (body) => foretold.ahead(body),
  };
  return model;
}

const COUNCIL = "local_authority";
const POSTCODES = "postcodes/";
const isPack = (part: Needed): part is PartName => !part.startsWith(POSTCODES);
const outcodeOf = (part: string) => part.slice(POSTCODES.length);

function alike(one: Found[], other: Found[]): boolean {
  return one.length === other.length && one.every((found, n) => {
    const beside = other[n]!;
    return found.role === beside.role && found.body === beside.body && found.share === beside.share && found.basis === beside.basis && found.name === beside.name;
  });
}
