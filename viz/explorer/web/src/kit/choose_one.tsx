/** Where nothing is chosen yet: the bodies of the kind that is shown, each a link to what the panel says of it. */
import "./choose_one.css";
import { useState } from "preact/hooks";
import type { PanelProps } from "../panel.ts";
import { usualKind, write } from "../state.ts";

/** So many names stand there at once, where that is asked for. */
const FEW = 60;

/** `what` begins the line: "To see its lineage, choose one of" … */
export function ChooseOne({ model, state, what, unfolded = false }: Omit<PanelProps, "go"> & { what: string; unfolded?: boolean }) {
  const [open, setOpen] = useState(false);
  const kind = state.kind ?? usualKind(model, state.at, state.include);
  const bodies = kind === null ? [] : model.standing(kind, state.at, state.include);
  if (kind === null || !bodies.length) return <p>Type a place or body into the box above, or choose another kind of body or day.</p>;
  const few = unfolded && bodies.length <= FEW;
  const names = bodies.map((body) => ({ body, name: model.name(body, state.at) })).sort((a, b) => a.name.localeCompare(b.name, "en"));
  return (
    <details class="choose-one" key={kind} open={few || open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {what} {names.length === 1 ? `the ${model.kindLabel(kind)}` : `the ${names.length.toLocaleString("en-GB")} ${model.kindLabel(kind, true)}`} of {model.words(state.at)}.
      </summary>
      {(few || open) && (
        <ul>
          {names.map(({ body, name }) => (
            <li key={body}>
              <a href={write({ ...state, body }, model)}>{name}</a>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
