/** Where the boxes of the structure stand in a width, and the lines between them. */
import { linkVertical } from "d3-shape";
import type { Chain, Post, Tie } from "./chain.ts";

export interface Box {
  post: Post;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Line {
  tie: Tie;
  path: string;
}
export interface Layout {
  boxes: Box[];
  lines: Line[];
  height: number;
}

const WIDEST = 210;
const GAP = 14;
const BETWEEN = 44;
const LETTER = 7.4;
const LINE = 18;

export function layout(chain: Chain, width: number): Layout {
  const perRow = Math.max(Math.floor((width + GAP) / (150 + GAP)), 1);
  const boxes = new Map<string, Box>();
  let y = 4;
  for (const row of chain.rows) {
    const sorted = [...row].sort((a, b) => near(chain, boxes, a) - near(chain, boxes, b));
    for (let begin = 0; begin < sorted.length; begin += perRow) {
      const part = sorted.slice(begin, begin + perRow);
      const wide = Math.min((width - GAP * (part.length - 1)) / part.length, WIDEST);
      const used = part.length * wide + GAP * (part.length - 1);
      let x = (width - used) / 2;
      const lines = Math.max(...part.map((post) => Math.ceil((post.text.length * LETTER) / (wide - 34))));
      const height = lines * LINE + 34;
      for (const post of part) {
        boxes.set(post.key, { post, x, y, width: wide, height });
        x += wide + GAP;
      }
      y += height + (begin + perRow < sorted.length ? GAP : BETWEEN);
    }
  }
  const link = linkVertical<Tie, [number, number]>()
    .source((tie) => foot(boxes.get(tie.from), false))
    .target((tie) => foot(boxes.get(tie.to), true));
  const lines = chain.ties.map((tie) => ({ tie, path: link(tie) ?? "" }));
  return { boxes: [...boxes.values()], lines, height: y - BETWEEN + 8 };
}

function near(chain: Chain, boxes: Map<string, Box>, post: Post): number {
  let sum = 0;
  let number = 0;
  for (const tie of chain.ties) {
    const box = tie.from === post.key ? boxes.get(tie.to) : undefined;
    if (!box) continue;
    sum += box.x + box.width / 2;
    number += 1;
  }
  return number ? sum / number : Number.MAX_SAFE_INTEGER;
}

function foot(box: Box | undefined, bottom: boolean): [number, number] {
  if (!box) return [0, 0];
  return [box.x + box.width / 2, bottom ? box.y + box.height : box.y];
}
