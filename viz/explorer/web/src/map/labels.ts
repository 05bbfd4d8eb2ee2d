/** Names on the map: where there is room, and never over one another. */

export interface Wish {
  text: string;
  /** Its middle on the screen. */
  x: number;
  y: number;
  /** How wide its area is there; a name may stand out a little. */
  room: number;
  tall: number;
  /** The larger, the earlier it is given room. */
  rank: number;
  /** It stands even where its area is too small for it. */
  always: boolean;
  /** A number or letter that stands where the name has no room; a list beside the map explains it. */
  mark?: string;
}
export interface Placed<T extends Wish = Wish> {
  wish: T;
  lines: string[];
  x: number;
  y: number;
  /** It is the mark, not the name. */
  marked: boolean;
}
export type Measure = (text: string) => number;
type Taken = [left: number, top: number, right: number, bottom: number];

/** Half the width of a mark. */
export const MARK = 9;

/** Where boxes already stand, so that it is quick to see what a new one would touch. */
export class Room {
  private cells = new Map<number, Taken[]>();
  private readonly cell = 64;

  private *near(box: Taken): Generator<number> {
    for (let x = Math.floor(box[0] / this.cell); x <= Math.floor(box[2] / this.cell); x++) {
      for (let y = Math.floor(box[1] / this.cell); y <= Math.floor(box[3] / this.cell); y++) yield x * 4096 + y;
    }
  }
  free(box: Taken): boolean {
    for (const key of this.near(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
  take(box: Taken): void {
    for (const key of this.near(box)) {
      const here = this.cells.get(key);
      if (here) here.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

/** A name in at most three lines, each as short as can be: the widest line decides. */
export function broken(text: string, measure: Measure, most: number): string[][] {
  const words = text.split(" ");
  const ways: string[][] = [[text]];
  const widest = (lines: string[]) => Math.max(...lines.map(measure));
  let best: string[] | null = null;
  for (let i = 1; i < words.length && most >= 2; i++) {
    const lines = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
    if (!best || widest(lines) < widest(best)) best = lines;
  }
  if (best) ways.push(best);
  best = null;
  for (let i = 1; i < words.length - 1 && most >= 3; i++) {
    for (let j = i + 1; j < words.length; j++) {
      const lines = [words.slice(0, i).join(" "), words.slice(i, j).join(" "), words.slice(j).join(" ")];
      if (!best || widest(lines) < widest(best)) best = lines;
    }
  }
  if (best) ways.push(best);
  return ways;
}

/** Places the names that have room, those with the highest rank first. */
export function place<T extends Wish>(wishes: readonly T[], measure: Measure, lineHeight: number, room: Room): Placed<T>[] {
  const placed: Placed<T>[] = [];
  const order = [...wishes].sort((a, b) => b.rank - a.rank || (a.text < b.text ? -1 : 1));
  const marks: T[] = [];
  for (const wish of order) {
    const before = placed.length;
    for (const lines of broken(wish.text, measure, 3)) {
      const width = Math.max(...lines.map(measure));
      const height = lines.length * lineHeight;
      if (!wish.always && (width > wish.room * 1.12 || height > wish.tall * 0.9)) continue;
      const box: Taken = [wish.x - width / 2 - 3, wish.y - height / 2 - 1, wish.x + width / 2 + 3, wish.y + height / 2 + 1];
      if (!room.free(box)) continue;
      room.take(box);
      placed.push({ wish, lines, x: wish.x, y: wish.y, marked: false });
      break;
    }
    if (wish.mark && placed.length === before) marks.push(wish);
  }
  for (const wish of marks) {
    const box: Taken = [wish.x - MARK, wish.y - MARK, wish.x + MARK, wish.y + MARK];
    if (!room.free(box)) continue;
    room.take(box);
    placed.push({ wish, lines: [wish.mark!], x: wish.x, y: wish.y, marked: true });
  }
  return placed;
}

/** A name without what its kind says already: "NHS Thanet CCG" is "Thanet" on a map of such groups. */
export function shortName(whole: string, kind: { label: string; plural: string; short: string }): string {
  // That a name is not settled yet is told where the body is; the dashes of the map tell that it is planned.
  const name = whole.replace(/ \([^()]*\bname\b[^()]*\)$/, "");
  const said = new Set(`${kind.label} ${kind.plural} ${kind.short} nhs borough city county district metropolitan council`.toLowerCase().split(/[\s()]+/));
  const council = /\bcouncil\b/i.test(kind.label);
  if (council && !/ Council$/.test(name)) return name;
  const words = (council ? name.replace(/^(London Borough of|Royal Borough of|Council of the|City of) /, "") : name).split(" ");
  const says = (word: string | undefined) => word !== undefined && said.has(word.toLowerCase().replace(/[()]/g, ""));
  while (words.length > 1 && says(words.at(-1))) words.pop();
  while (!council && words.length > 1 && says(words[0])) words.shift();
  // "Board of Kent" without its kind is "Kent".
  if (words.length > 1 && words[0] === "of") words.shift();
  return words.join(" ");
}
