/** What the panels ask beyond the model's interface; where the pack doesn't say it, nothing is made up. */
import { useEffect, useState } from "preact/hooks";
import type { Body, Day, Model, PartName, Source } from "../model/index.ts";

/** One sentence of the graph about a body, with its days. */
export interface Said {
  sentence: string;
  subject?: Body;
  object?: Body;
  about: string;
  from: Day | null;
  until: Day | null;
  basis: string;
  status: string;
  note: string;
  sources: Source[];
}

/** Everything said of a body on any day. */
export function saidOf(model: Model, body: Body): Said[] {
  return (model as unknown as { said?: (body: Body) => Said[] }).said?.(body) ?? [];
}

/** Reads parts of the pack when first needed; true once they are there. */
export function useParts(model: Model, ...parts: PartName[]): boolean {
  const missing = parts.filter((part) => !model.has(part));
  const [, setRead] = useState(0);
  const key = missing.join(" ");
  useEffect(() => {
    let gone = false;
    if (missing.length) model.need(...missing).then(() => gone || setRead((times) => times + 1));
    return () => {
      gone = true;
    };
  }, [model, key]);
  return missing.length === 0;
}
