/** What is shown: the kind of body, and whether plans are shown beside what is in force. */
import { NotRead } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";

export function KindChoice({ model, kind, onKind }: Pick<PanelProps, "model"> & { kind: string | null; onKind: (kind: string) => void }) {
  if (!model.has("topology")) throw new NotRead("topology");
  const mapped = model.kinds().filter((one) => one.layers || one.kind === kind);
  const tiers = [...new Set(mapped.map((one) => one.tier))];
  return (
    <div class="kind-choice">
      <select aria-label="Kind of body" value={kind ?? ""} onChange={(event) => onKind(event.currentTarget.value)}>
        {tiers.map((tier) => (
          <optgroup key={tier} label={model.main.tiers[tier]?.label ?? tier}>
            {mapped
              .filter((one) => one.tier === tier)
              .map((one) => (
                <option key={one.kind} value={one.kind}>
                  {one.plural}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

export function IncludeChoice({ state, go }: PanelProps) {
  const { include } = state;
  return (
    <fieldset class="include-choice">
      <legend class="visually-hidden">Show beside what is in force</legend>
      <label class="tick">
        <input type="checkbox" checked={include.planned} onChange={(event) => go({ include: { ...include, planned: event.currentTarget.checked } })} />
        Planned
      </label>
      <label class="tick">
        <input type="checkbox" checked={include.proposed} onChange={(event) => go({ include: { ...include, proposed: event.currentTarget.checked } })} />
        Proposed
      </label>
    </fieldset>
  );
}
