/** The choice of a second day: the days before what changed, and before what is planned where plans are shown. */
import { useId } from "preact/hooks";
import type { PanelProps } from "../panel.ts";
import type { View } from "../state.ts";

/** Another day beside the one shown. */
export function CompareWith({ model, state, go, view }: PanelProps & { view: View }) {
  const id = useId();
  const days = model.changes().filter((change) => change.kind === "reform" || state.include.planned);
  const options = new Map<number, string>();
  for (const change of days) options.set(change.day - 1, `${model.words(change.day - 1)}, the day before: ${change.label}`);
  if (state.and !== null && !options.has(state.and)) options.set(state.and, model.words(state.and));
  return (
    <>
      <label for={`${id}-with`}>Compare with</label>
      <select id={`${id}-with`} value={state.and ?? ""} onChange={(event) => go({ and: event.currentTarget.value === "" ? null : Number(event.currentTarget.value), view })}>
        <option value="">no other day</option>
        {[...options]
          .sort((a, b) => a[0] - b[0])
          .map(([day, label]) => (
            <option key={day} value={day}>
              {label}
            </option>
          ))}
      </select>
    </>
  );
}
