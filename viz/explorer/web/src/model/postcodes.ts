/** Whole postcodes: they are not in the page, but asked of where it comes from, one outcode at a time. */

import { NotRead } from "./not_read";
import type { Parts } from "./chains";

/** The postcodes of an outcode: `at` tells for the second half which of the `lists` it has. */
export interface Shard {
  lists: { parts: [area: string, share: number][]; note?: string }[];
  at: Record<string, number>;
}

/** Gives the postcodes of an outcode, or in words why it has none in England; throws if nobody answers. */
export type Ask = (outcode: string) => Promise<Shard | string>;

/** Where a postcode lies, or in words why that is not known; `outcodeOnly` where only its first half is known here. */
export type Lying = { parts: Parts; notes: string[] } | { why: string; outcodeOnly: boolean };

const THIS = /\b[Tt]his postcode\b/;

export class Postcodes {
  private readonly shards = new Map<string, Shard | string>();
  private readonly unreached = new Set<string>();

  constructor(
    private readonly areas: ReadonlyMap<string, number>,
    private readonly ask?: Ask,
  ) {}

  /** Whether there is anybody to ask. */
  get asked(): boolean {
    return this.ask !== undefined;
  }

  has(outcode: string): boolean {
    return this.shards.has(outcode) || this.unreached.has(outcode);
  }

  /** Asks for an outcode, again if nobody answered the last time. */
  async need(outcode: string): Promise<void> {
    if (!this.ask || this.shards.has(outcode)) return;
    try {
      this.shards.set(outcode, await this.ask(outcode));
      this.unreached.delete(outcode);
    } catch {
      this.unreached.add(outcode);
    }
  }

  lying({ outcode, label }: { outcode: string; label: string }): Lying {
    if (!this.ask) return { why: "Only the outcode is in this file; the server knows whole postcodes.", outcodeOnly: true };
    if (this.unreached.has(outcode)) {
      return { why: `Nobody answered where ${label} lies: without the network only the outcode ${outcode} is known here. Try again, or take the outcode.`, outcodeOnly: true };
    }
    const shard = this.shards.get(outcode);
    if (shard === undefined) throw new NotRead(`postcodes/${outcode}`);
    const unknown = `Postcode not known: ${label} is in none of the lists of English postcodes.`;
    if (typeof shard === "string") return { why: shard.replace(THIS, label) || unknown, outcodeOnly: false };
    const inward = label.slice(outcode.length + 1);
    const found = Object.hasOwn(shard.at, inward) ? shard.lists[shard.at[inward]!] : undefined;
    if (!found) return { why: unknown, outcodeOnly: false };
    const note = (found.note ?? "").replace(THIS, label);
    const parts: Parts = [];
    for (const [id, share] of found.parts) {
      const area = this.areas.get(id);
      if (area === undefined) return { why: `Where ${label} lies is told in areas that this page does not know: it is older or newer than what it asked.`, outcodeOnly: false };
      parts.push([area, share]);
    }
    if (!parts.length) return { why: note || unknown, outcodeOnly: false };
    return { parts, notes: note ? [note] : [] };
  }
}
