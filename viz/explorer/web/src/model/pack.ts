/** The data of the page as the Python program writes them: columns, with numbers in place of ids.
 *
 * A day is a whole number of days since 1970-01-01; `null` stands for "open", "not known" or "none". An end of days
 * is the first day that no longer counts. All of it is one JSON value for each part, see `Parts`.
 */

import type { Folding } from "./names";

export type Day = number;
/** The number of a body: its place in `Bodies`; practices follow after all other bodies. */
export type Body = number;
/** Who says so: the number of the source, and where in it ("" where nothing finds the line). */
export type Cited = readonly [source: number, locator: string][];

/** What is read at once (`main`), and what is read when it is first needed. */
export interface Parts {
  main: Main;
  topology: Topology;
  places: Places;
  practices: Practices;
}
export type PartName = keyof Parts;

export interface Main {
  meta: Meta;
  kinds: Kind[];
  tiers: Record<string, { label: string; colour: string }>;
  verbs: Record<string, { forward: string; backward: string; many: string }>;
  /** What a status is called: "in force", "in shadow form", "planned". */
  statuses: Record<string, string>;
  /** Which statuses `planned` and `proposed` open beside what is in force. */
  opened: { planned: string[]; proposed: string[] };
  roles: Role[];
  /** What kinds of change are called, and whether they end what was there before. */
  changeWords: Record<string, { label: string; ends: boolean; description: string }>;
  /** For whom a service is commissioned, in words. */
  populations: Record<string, string>;
  /** Populations that depend on where a person is registered, and those that are a part of any place's people. */
  byList: string[];
  ofSome: string[];
  folding: Folding;
  services: Services;
  /** The names of all services and groups that rules speak of, by id. */
  serviceNames: Record<string, string>;
  /** The group whose rules hold for everything that local commissioners buy. */
  scope: string;
  rules: RuleRow[];
  bodies: Bodies;
  names: Names;
  codes: Codes;
  stages: Stages;
  events: Events;
  successions: Successions;
  relations: Relations;
  accountability: StepRow[];
  boards: BoardRow[];
  cases: CaseRow[];
  due: DueRow[];
  walks: WalkRow[];
  /** The services that the walks need: name, from and until when there was such a service, and its rules. */
  needed: Record<string, [name: string, from: Day | null, until: Day | null, rules: number[]]>;
  complaints: ComplaintRow[];
  /** Every question of the command line: its name, where it is answered here, in words where or why not. */
  asked: [question: string, view: string, words: string, here: string][];
  areas: Areas;
  /** Where bodies stood that have no area but their postcode's: trusts. */
  standing: Standing;
  reforms: Reform[];
  plans: PlanRow[];
  sources: Sources;
  /** Lists of citations, each used by many facts. */
  cited: Cited[];
}

export interface BoardRow {
  name: string;
  /** The kinds and bodies that it is, and those whose it is. */
  itself: string[];
  parent: string[];
  form: string;
  from: Day | null;
  until: Day | null;
  seats: BoardPart[];
  powers: BoardPart[];
}

/** An application, with the bodies that it is about or makes. */
export interface CaseRow {
  name: string;
  process: string;
  bodies: string[];
  outcome: string;
  events: CasePart[];
  note: string;
}

/** An event of a case in one line. */
export interface CasePart {
  text: string;
  cited: number;
  /** Absent: in force. */
  status?: string;
  mark?: string;
}

/** A step of a programme, on the day that counts for it. */
export interface DueRow {
  id: string;
  programme: string;
  text: string;
  /** The bodies and kinds that have to take it. */
  owners: string[];
  day: Day;
  when: string;
  status: string;
  statedOn: Day | null;
  doneOn?: Day;
  condition?: string;
  cited: number;
}

/** A case that is walked through the structure of a day, step by step. */
export interface WalkRow {
  id: string;
  name: string;
  text: string;
  note: string;
  steps: [text: string, service: string, cited: number][];
  cited: number;
}

/** What becomes of a complaint to a body, or to any of a kind. */
export interface ComplaintRow {
  about: string;
  text: string;
  from: Day | null;
  until: Day | null;
  cited: number;
}

/** A seat or a power in one line. */
export interface BoardPart {
  text: string;
  from: Day | null;
  until: Day | null;
  cited: number;
  /** Absent: in force. */
  status?: string;
  statedOn?: Day | null;
  /** The bodies of which alone it is told; absent: of all. */
  only?: string[];
  mark?: string;
}

export interface Meta {
  format: number;
  /** The hash of the data from which the page was made. */
  hash: string;
  version: string;
  /** The day on which the page opens. */
  today: Day;
  /** The last day that the tables know of; later days are plans, or as last known. */
  knownTo: Day;
  firstDay: Day;
  firstDayOfPlaces: Day;
  /** The end of the last year in which something is to change: the end of the line of time. */
  lastDay: Day;
  horizons: { title: string; horizon: Day | null; namesFrom: Day | null; kinds: number[] }[];
  attribution: string[];
}

export interface Kind {
  kind: string;
  prefix: string;
  label: string;
  plural: string;
  short: string;
  tier: string;
  standing: string;
  reach: string;
  roles: string[];
  climbs: string[];
  traits: string[];
  /** Kinds beside which it forms, and in place of which it stands. */
  pairs: Record<string, string[]>;
  description: string;
}

export interface Role {
  role: string;
  label: string;
  side: string;
  meaning: string;
}

export interface Services {
  id: string[];
  name: string[];
  description: string[];
  /** The name of the group in which it stands. */
  group: string[];
  /** Every other word for it. */
  words: string[][];
  /** Its rules, in the order in which they are told: numbers of `rules`. */
  rules: number[][];
}

export interface RuleRow {
  id: string;
  /** The service or group of services. */
  about: string;
  /** A kind, or a body's id. */
  commissioner: string;
  basis: string;
  accountable: string;
  onBehalfOf: string;
  actingThrough: string[];
  population: string;
  coverage: string;
  bodies: string[];
  status: string;
  statedOn: Day | null;
  from: Day | null;
  until: Day | null;
  notes: string[];
  verified: boolean;
  cited: number;
}

export interface Bodies {
  id: string[];
  kind: number[];
  name: string[];
  from: (Day | null)[];
  until: (Day | null)[];
  /** How exactly a day is known, for the bodies of which it is not known to the day: "" or month, year, not_known. */
  fromPrecision: Record<string, string>;
  untilPrecision: Record<string, string>;
  /** The status of those that are not simply in force. */
  status: Record<string, string>;
  /** What a body is for good from a day on instead of in force, as far as is known. */
  stage: Record<string, [status: string, from: Day | null]>;
  note: Record<string, string>;
  cited: number[];
  /** Who gives its names, codes, postcodes and stages, without the line. */
  called: number[];
}

export interface Names {
  body: Body[];
  name: string[];
  use: string[];
  from: (Day | null)[];
  until: (Day | null)[];
}

export interface Codes {
  body: Body[];
  scheme: string[];
  code: string[];
  from: (Day | null)[];
  until: (Day | null)[];
}

/** The periods in which a body had another status than in force: shadow, planned. */
export interface Stages {
  body: Body[];
  status: string[];
  from: (Day | null)[];
  until: (Day | null)[];
  fromPrecision: Record<string, string>;
  note: string[];
  cited: number[];
}

export interface Events {
  id: string[];
  kind: string[];
  day: (Day | null)[];
  precision: Record<string, string>;
  status: Record<string, string>;
  statedOn: Record<string, Day>;
  /** Events after which whoever stood before them is still there: clustered, boundary changed. */
  goesOn: number[];
  instrument: Record<string, string>;
  note: Record<string, string>;
  cited: number[];
}

export interface Successions {
  event: number[];
  from: (Body | null)[];
  to: (Body | null)[];
  weight: (number | null)[];
  counts: Record<string, string>;
  about: Record<string, string>;
  /** The numbers of the strays. */
  stray: number[];
  status: Record<string, string>;
}

export interface Relations {
  subject: Body[];
  verb: string[];
  object: Body[];
  about: Record<string, string>;
  from: (Day | null)[];
  until: (Day | null)[];
  basis: string[];
  status: Record<string, string>;
  statedOn: Record<string, Day>;
  note: Record<string, string>;
  cited: number[];
}

export interface StepRow {
  id: string;
  subject: string;
  verb: string;
  object: string;
  about: string;
  basis: string;
  coverage: string;
  bodies: string[];
  status: string;
  statedOn: Day | null;
  from: Day | null;
  until: Day | null;
  note: string;
  cited: number;
}

/** The pieces of England that the tables can tell apart, and what has a role for each of them on which days. */
export interface Areas {
  id: string[];
  people: number[];
  /** [role, body, basis, note, cited] of everything that has a role somewhere. */
  holders: [role: number, body: Body, basis: string, note: string, cited: number][];
  /** Lists of holders that hold together. */
  sets: number[][];
  /** For each area [day, set, day, set …]: from which day on which set holds; with plans where these change it. */
  eras: {
    inForce: number[][];
    planned: Record<string, number[]>;
    proposed: Record<string, number[]>;
    both: Record<string, number[]>;
  };
}

export interface Reform {
  id: string;
  name: string;
  day: Day;
  note: string;
  cited: number;
}

export interface PlanRow {
  id: string;
  plan: string;
  text: string;
  about: string;
  replaces: string;
  day: Day | null;
  precision: string;
  status: string;
  statedOn: Day | null;
  saidBy: string;
  condition: string;
  /** Its day has passed. */
  passed: boolean;
  /** What came of it, where somebody says so. */
  verdict: string;
  cited: number;
}

export interface Sources {
  id: string[];
  title: string[];
  publisher: string[];
  url: string[];
  licence: string[];
  asOf: (Day | null)[];
}

/** TopoJSON: arcs that all outlines share, the outlines, and the layers whose areas refer to them. */
export interface Topology {
  type: "Topology";
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  /** Outlines as arcs of a MultiPolygon. */
  shapes: number[][][][];
  /** Where an outline's name may stand, on the grid. */
  labels: [number, number][];
  layers: LayerRow[];
  /** The largest towns: where they lie on the grid, and people, to rank them by. */
  towns: [name: string, x: number, y: number, people: number][];
}

/** The areas of a kind on the days from `from` until before `until`, with the plans that `included` names. */
export interface LayerRow {
  kind: number;
  from: Day;
  until: Day | null;
  included: "inForce" | "planned" | "proposed" | "both";
  note: string;
  estimated: boolean;
  body: Body[];
  colour: number[];
  shape: number[];
  /** Of areas that are no published outlines: from whose they were joined. */
  joined: Record<string, string>;
  missing: Body[];
  /** What a plan says of a body: words for its label, a sentence, whether it makes it, and whether its day has come. */
  marks: Record<string, [words: string, sentence: string, begins: number, dashed: number]>;
  /** What a plan leaves open of a body's area. */
  unsettled: Record<string, string>;
}

/** Lists of areas with the share of a place in each, flat: area, share, area, share … */
export type PartLists = number[][];

export interface Places {
  name: string[];
  /** Numbers of `texts`: the kind with what is said of its extent, the council, the county. */
  kind: number[];
  within: number[];
  county: number[];
  called: Record<string, string>;
  people: (number | null)[];
  /** Where a town or village lies, on the grid. */
  points: Record<string, [x: number, y: number]>;
  near: Record<string, string>;
  basis: Record<string, string>;
  note: Record<string, string>;
  parts: number[];
  /** In which council it is said to lie from which day on: a number of `lyings`. */
  lying: number[];
  lyings: [Day, string][][];
  texts: string[];
  /** How far districts reached that ended before the look-ups begin: a number of `partLists`, by body. */
  former: Record<string, number>;
  /** Outcodes with their areas, and from which days on these are others, by the outcode's number. */
  outcodes: { name: string[]; parts: number[]; later: Record<string, [Day, number][]> };
  partLists: PartLists;
  shareOf: { people: string; postcodes: string };
  /** By country: names of places outside England as they are compared, those of lesser lists apart, and its postcodes' letters. */
  abroad: Record<string, { names: string[]; lesser: string[]; letters: string[] }>;
  /** What is meant by a name that several have: places by their own names, by others, bodies for their areas, and what is asked. */
  meant: {
    places: number[];
    otherwise: Record<string, number>;
    bodies: Record<string, Body>;
    asked: string[];
    /** What a name meant before the day on which a council of it ended. */
    before: Record<string, [end: Day, place: number | null, body: Body | null][]>;
  };
}

export interface Standing {
  /** `parts` is -1 where the lists do not say where a postcode lies. */
  locations: { body: Body[]; postcode: string[]; parts: number[]; from: (Day | null)[]; until: (Day | null)[] };
  partLists: PartLists;
}

export interface Practices extends Standing {
  bodies: Bodies;
  names: Names;
  codes: Codes;
  relations: Relations;
}
