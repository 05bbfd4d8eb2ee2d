import type { PartName } from "./pack";

/** Said where a part of the pack is needed that is not read yet. */
export class NotRead extends Error {
  constructor(readonly part: PartName) {
    super(`The part ${part} is not read yet.`);
  }
}
