/** What became of a body's applications: how each was decided, and what is told of it. */
import { Fold, PlanMark, Sources } from "../kit/parts.tsx";
import type { CaseLine } from "../model/cases.ts";
import { type FactProps, Section } from "./facts.tsx";

export function Cases({ model, body, level }: FactProps) {
  const cases = model.cases(body);
  if (!cases.length) return null;
  const line = (row: CaseLine) => (
    <>
      {row.text} {row.mark && <span class="muted">({row.mark})</span>} <PlanMark model={model} status={row.status} />
    </>
  );
  return (
    <Section level={level} title="Approvals">
      {cases.map((one, number) => (
        <div class="change" key={number}>
          <p>
            <b>{one.name}</b> ({one.process}): {one.outcome}
          </p>
          {one.events.length > 0 && <Fold items={one.events} most={6} what="events" render={line} />}
          {one.note && <p class="muted">{one.note}</p>}
          <Sources sources={one.sources} />
        </div>
      ))}
    </Section>
  );
}
