import type { PartName } from "./pack";

/** What may have to be read first: a part of the pack, or the postcodes of an outcode. */
export type Needed = PartName | `postcodes/${string}`;

/** Said where something is needed that is not read yet. */
export class NotRead extends Error {
  constructor(readonly part: Needed) {
    super(`The part ${part} is not read yet.`);
  }
}
