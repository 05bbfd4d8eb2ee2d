/** Who answers to whom from some bodies up to Parliament, as rows: each body stands below all it answers to. */
import type { Body, Day, Include, Model, Step } from "../model/index.ts";

/** A body, or in words some bodies of a kind of which no single one is known. */
export interface Post {
  key: string;
  body: Body | null;
  text: string;
  tier: string;
  row: number;
  root: boolean;
}

export interface Tie {
  from: string;
  to: string;
  step: Step;
  /** By law, or by management, delegation and agreement. */
  law: boolean;
}

export interface Chain {
  posts: Map<string, Post>;
  ties: Tie[];
  /** Rows from the top: Parliament first. */
  rows: Post[][];
}

/** The basis of the graph that is law itself. */
export function byLaw(step: Pick<Step, "basis">): boolean {
  return step.basis.startsWith("statut");
}

export function chain(model: Model, roots: readonly Body[], day: Day, include: Include): Chain {
  const tiers = new Map(model.kinds().map((kind) => [kind.kind, kind.tier]));
  const posts = new Map<string, Post>();
  const ties: Tie[] = [];
  const post = (body: Body | null, text: string, root: boolean): Post => {
    const key = body === null ? `words ${text}` : `body ${body}`;
    let found = posts.get(key);
    if (!found) {
      found = { key, body, text, tier: body === null ? "" : (tiers.get(model.kind(body)) ?? ""), row: 0, root };
      posts.set(key, found);
    }
    return found;
  };
  for (const root of new Set(roots)) {
    const trail = [post(root, model.name(root, day), true)];
    for (const step of model.answersTo(root, day, include)) {
      // The model tells a chain as one walks it: a step is told by whom the last step below it led to.
      const below = trail[step.depth];
      if (step.direction !== "up" || !below || step.other === below.body) continue;
      const above = step.other === undefined ? post(null, step.otherText, false) : post(step.other, model.name(step.other, day), false);
      trail.length = step.depth + 1;
      trail.push(above);
      const known = ties.some((tie) => tie.from === below.key && tie.to === above.key && tie.step.text === step.text);
      if (!known) ties.push({ from: below.key, to: above.key, step, law: byLaw(step) });
    }
  }
  const rows = inRows(posts, ties);
  return { posts, ties, rows };
}

/** The longest way up decides the row; a ring (each answers to the other) is cut where it closes. */
function inRows(posts: Map<string, Post>, ties: readonly Tie[]): Post[][] {
  const height = new Map<string, number>();
  const climb = (key: string, trail: readonly string[]): number => {
    const known = height.get(key);
    if (known !== undefined) return known;
    let most = 0;
    for (const tie of ties) {
      if (tie.from !== key || trail.includes(tie.to)) continue;
      most = Math.max(most, climb(tie.to, [...trail, key]) + 1);
    }
    height.set(key, most);
    return most;
  };
  for (const post of posts.values()) post.row = climb(post.key, []);
  // Whose own way up is not told stands just above whom it has to do with.
  for (const post of posts.values()) {
    if (ties.some((tie) => tie.from === post.key)) continue;
    const below = ties.filter((tie) => tie.to === post.key).map((tie) => posts.get(tie.from)?.row ?? 1);
    if (below.length) post.row = Math.max(Math.min(...below) - 1, 0);
  }
  const rows: Post[][] = [];
  for (const post of posts.values()) (rows[post.row] ??= []).push(post);
  return Array.from(rows, (row) => row ?? []);
}

/** One branch of the indented list: a body with all it answers to below it, to the top. */
export interface Branch {
  post: Post;
  ties: Tie[];
  above: Branch[];
  /** It was told further up in the list already. */
  again: boolean;
}

export function branches(made: Chain): Branch[] {
  const done = new Set<string>();
  const grow = (post: Post, ties: Tie[]): Branch => {
    const again = done.has(post.key);
    done.add(post.key);
    const groups = new Map<string, Tie[]>();
    if (!again) {
      for (const tie of made.ties) {
        if (tie.from !== post.key) continue;
        groups.set(tie.to, [...(groups.get(tie.to) ?? []), tie]);
      }
    }
    const above = [...groups].flatMap(([key, group]) => {
      const next = made.posts.get(key);
      return next ? [grow(next, group)] : [];
    });
    return { post, ties, above, again: again && made.ties.some((tie) => tie.from === post.key) };
  };
  return [...made.posts.values()].filter((post) => post.root).map((post) => grow(post, []));
}
