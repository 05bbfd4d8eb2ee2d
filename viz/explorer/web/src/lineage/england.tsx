/** How a kind of body came and went in all England, where no body is chosen. */
import { useMemo } from "preact/hooks";
import { ChooseOne } from "../kit/choose_one.tsx";
import type { PanelProps } from "../panel.ts";
import { usualKind, write } from "../state.ts";
import { turns } from "./turns.ts";

export function LineageOfKind({ model, state }: PanelProps) {
  const kind = state.kind ?? usualKind(model, state.at, state.include);
  const { planned, proposed } = state.include;
  const found = useMemo(() => (kind === null ? [] : turns(model, kind, state.at, state.include)), [model, kind, state.at, planned, proposed]);
  if (kind === null) return <ChooseOne model={model} state={state} what="" />;
  const many = model.kindLabel(kind, true);
  return (
    <>
      <p class="headline">
        How the {many} came to be, and what became of them{planned ? "" : "; without what is planned"}.
      </p>
      <ChooseOne model={model} state={state} what="To see its own lineage, choose one of" />
      {found.length > 0 ? (
        <ol class="turns">
          {found.map((turn) => (
            <li key={turn.day}>
              {turn.sentence}{" "}
              <a href={write({ ...state, view: "compare", kind: turn.kind, at: turn.day - 1, and: turn.day, body: null, place: null }, model)}>
                Compare before and after<span class="visually-hidden"> {model.words(turn.day)}</span>
              </a>
            </li>
          ))}
        </ol>
      ) : (
        <p>That {many} began, ended or took over from others is not known of any day.</p>
      )}
    </>
  );
}
