/** What the panels ask beyond the model's interface; where the pack doesn't say it, nothing is made up. */
import { useEffect, useState } from "preact/hooks";
import type { Body, Day, Model, Needed, Source } from "../model/index.ts";

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

/** Everything said of a body on any day, the latest first; what is in a part not read yet is left out. */
export function saidOf(model: Model, body: Body): Said[] {
  const { relations, verbs } = model.main;
  const rows = rowsOf(model).get(body) ?? [];
  const said = rows.map((row): Said => {
    const [subject, object, verb] = [relations.subject[row] as Body, relations.object[row] as Body, relations.verb[row] ?? ""];
    const from = relations.from[row] ?? null;
    const until = relations.until[row] ?? null;
    const day = until === null ? undefined : until - 1;
    return {
      sentence: `${model.name(subject, day)} ${verbs[verb]?.forward ?? verb.replaceAll("_", " ")} ${model.name(object, day)}`,
      subject,
      object,
      about: relations.about[row] ?? "",
      from,
      until,
      basis: relations.basis[row] ?? "",
      status: relations.status[row] ?? "in_force",
      note: relations.note[row] ?? "",
      sources: cited(model, relations.cited[row]),
    };
  });
  return said.sort((a, b) => (b.from ?? -1e9) - (a.from ?? -1e9) || a.sentence.localeCompare(b.sentence, "en"));
}

/** A list of citations as sources. */
export function cited(model: Model, list: number | undefined): Source[] {
  return (model.main.cited[list ?? 0] ?? []).flatMap(([number, locator]) => {
    const source = model.source(model.main.sources.id[number] ?? "");
    return source ? [{ ...source, locator }] : [];
  });
}

const INDEX = new WeakMap<Model, Map<Body, number[]>>();

/** Which rows of the relations name a body. */
function rowsOf(model: Model): Map<Body, number[]> {
  const known = INDEX.get(model);
  if (known) return known;
  const index = new Map<Body, number[]>();
  const { subject, object } = model.main.relations;
  subject.forEach((one, row) => {
    for (const body of new Set([one, object[row] as Body])) {
      const rows = index.get(body);
      if (rows) rows.push(row);
      else index.set(body, [row]);
    }
  });
  INDEX.set(model, index);
  return index;
}

/** Reads parts of the pack when first needed; true once they are there. */
export function useParts(model: Model, ...parts: Needed[]): boolean {
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
