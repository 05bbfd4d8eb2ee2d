/** Reading names as the command line does: which words only tell the kind, what is left as the name itself. */

import { normalise } from "./text";

export interface Folding {
  /** [words, short, kinds, where]: words that tell the kind of a body, first or last in a name. */
  kindWords: [words: string, short: string, kinds: string[], where: string][];
  shortWords: [short: string, long: string][];
  placeWords: [typed: string, read: string, where: string][];
  neutralFirst: string[];
  neutralLast: string[];
  small: string[];
}

export interface Reading {
  plain: string;
  short: string;
  core: string;
  kinds: Set<string>;
  nhs: boolean;
}

interface KindWords {
  short: string;
  kinds: Set<string>;
}

export class Names {
  private readonly first = new Map<string, KindWords>();
  private readonly last = new Map<string, KindWords>();
  private readonly shorts: Map<string, string[]>;
  private readonly places: Record<string, Map<string, string>> = {};
  private readonly long: [RegExp, string][];

  constructor(private readonly folding: Folding) {
    for (const [words, short, kinds, where] of folding.kindWords) {
      const meant = { short, kinds: new Set(kinds) };
      if (where === "start" || where === "both") this.first.set(words, meant);
      if (where === "end" || where === "both") this.last.set(words, meant);
    }
    this.shorts = new Map(folding.shortWords.map(([short, long]) => [short, long.split(" ")]));
    for (const [typed, read, where] of folding.placeWords) (this.places[where] ??= new Map()).set(typed, read);
    const long = [...this.last].filter(([words, meant]) => words.includes(" ") && meant.short.length <= 4);
    long.sort(([one], [other]) => other.length - one.length);
    this.long = long.map(([words, meant]) => [new RegExp(`\\b${words}\\b`, "g"), meant.short]);
  }

  /** A place's name as it is compared: short ways of writing spelled out. */
  placeForm(name: string): string {
    const read = (where: string, word: string) => this.places[where]?.get(word) ?? word;
    const words = normalise(name).split(" ").map((word) => read("word", word));
    if (words.length > 1) {
      words[0] = read("first", words[0]!);
      words[words.length - 1] = read("last", words[words.length - 1]!);
    }
    const form = words.filter(Boolean).join(" ");
    return read("whole", form);
  }

  /** A council's name without what makes it a council: "Barnsley MBC" is Barnsley; "" if it is in no such style. */
  withoutStyle(name: string): string {
    const form = normalise(name).replace(/^the /, "");
    let bare = form;
    const longest = (where: string) => [...(this.places[where]?.keys() ?? [])].sort((one, other) => other.length - one.length);
    for (const style of longest("after")) if (bare.endsWith(` ${style}`)) { bare = bare.slice(0, -style.length - 1); break; }
    for (const style of longest("before")) if (bare.startsWith(`${style} `)) { bare = bare.slice(style.length + 1); break; }
    return bare === form ? "" : this.placeForm(bare);
  }

  read(name: string): Reading {
    const plain = normalise(name);
    const words = plain.split(" ");
    let [count, meant] = this.longest(words, this.first, false);
    let rest = words.slice(count);
    let telling = meant?.kinds ?? new Set<string>();
    for (;;) {
      rest = this.withoutNeutral(rest);
      [count, meant] = this.longest(rest, this.last, true);
      if (meant) {
        rest = rest.slice(0, rest.length - count);
        telling = both(telling, meant.kinds) ?? meant.kinds;
        continue;
      }
      [count, meant] = this.longest(rest, this.first, false);
      if (!meant) break;
      rest = rest.slice(count);
      telling = both(telling, meant.kinds) ?? (telling.size ? telling : meant.kinds);
    }
    const spelt = this.spelt(rest).filter((word) => !this.folding.small.includes(word));
    const core = spelt.filter((word, place) => place === 0 || word !== "county");
    let short = plain;
    for (const [words_, cut] of this.long) short = short.replace(words_, cut);
    return { plain, short, core: (core.length ? core : rest).join(" "), kinds: telling, nhs: words[0] === "nhs" };
  }

  /** The forms under which a name is looked up. */
  forms(name: string): string[] {
    const read = this.read(name);
    return [...new Set([read.plain, read.short, read.core, read.plain.replace(/^nhs /, "")])].filter(Boolean);
  }

  private withoutNeutral(given: string[]): string[] {
    let words = given;
    while (words.length > 1) {
      if (this.folding.neutralFirst.includes(words[0]!)) words = words.slice(1);
      else if (this.folding.neutralLast.includes(words[words.length - 1]!)) words = words.slice(0, -1);
      else if (words[0] === "city" && words[1] === "of" && words[2] !== undefined && words[2] !== "london") words = words.slice(2);
      else break;
    }
    return words;
  }

  private longest(words: string[], table: Map<string, KindWords>, fromEnd: boolean): [number, KindWords | undefined] {
    for (let count = Math.min(8, words.length - 1); count > 0; count--) {
      const meant = table.get((fromEnd ? words.slice(-count) : words.slice(0, count)).join(" "));
      if (meant) return [count, meant];
    }
    return [0, undefined];
  }

  private spelt(words: string[]): string[] {
    const found: string[] = [];
    const lettersOnly = words.every((word) => word.length === 1 || this.folding.small.includes(word));
    for (let at = 0; at < words.length; ) {
      let taken = 0;
      for (const count of [3, 2, 1]) {
        if (lettersOnly && count === 1 && words[at]!.length === 1) continue;
        const long = at + count <= words.length ? this.shorts.get(words.slice(at, at + count).join(" ")) : undefined;
        if (long) {
          found.push(...long);
          taken = count;
          break;
        }
      }
      if (!taken) found.push(words[at]!);
      at += taken || 1;
    }
    return found;
  }
}

function both(one: Set<string>, other: Set<string>): Set<string> | undefined {
  const found = new Set([...one].filter((kind) => other.has(kind)));
  return found.size ? found : undefined;
}
