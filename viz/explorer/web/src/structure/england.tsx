/** The structure of all England on a day, where no body is chosen. */
import { useMemo } from "preact/hooks";
import { ChooseOne } from "../kit/choose_one.tsx";
import { useParts } from "../kit/more.ts";
import { BodyLink } from "../kit/parts.tsx";
import type { PanelProps } from "../panel.ts";
import { write } from "../state.ts";
import { kindRows, type KindRow } from "./kinds.ts";

export function EnglandByKinds({ model, state }: PanelProps) {
  const ready = useParts(model, "practices");
  const rows = useMemo(() => kindRows(model, state.at, state.include), [model, ready, state.at, state.include]);
  const tiers = [...new Set(rows.map((row) => row.tier))];
  const answers = state.at >= model.main.meta.today ? "answers" : "answered";
  const one = (row: KindRow) =>
    row.bodies.length === 1 ? (
      <BodyLink model={model} state={state} body={row.bodies[0]!} />
    ) : (
      <a href={write({ ...state, view: "explore", kind: row.kind, tab: "table", filter: "" }, model)}>
        {row.bodies.length.toLocaleString("en-GB")} {row.label}
      </a>
    );
  return (
    <>
      <p class="headline">
        Who {answers} to whom in England on {model.words(state.at)}, by kind of body.
      </p>
      <ChooseOne model={model} state={state} what="To see all the way up to Parliament, choose one of" />
      <div class="scroll-x" tabIndex={0} role="group" aria-label="England by kinds, scrollable">
        <table class="table kinds-table">
          <caption class="visually-hidden">England by kinds</caption>
          <thead>
            <tr>
              <th scope="col">Bodies</th>
              <th scope="col">{answers === "answers" ? "Answer to" : "Answered to"}</th>
            </tr>
          </thead>
          {tiers.map((tier) => (
            <tbody key={tier}>
              <tr class="group-row">
                <th scope="rowgroup" colSpan={2}>
                  {model.main.tiers[tier]?.label ?? tier}
                </th>
              </tr>
              {rows
                .filter((row) => row.tier === tier)
                .map((row) => (
                  <tr key={row.kind}>
                    <th scope="row">{one(row)}</th>
                    <td>
                      {row.up.map(({ body, text, of }) => (
                        <div key={text}>
                          {body === null ? text : <BodyLink model={model} state={state} body={body} />}
                          {of.length > 0 && <span class="muted"> ({of.length > 3 ? `${of.length} of them` : of.map((each) => model.name(each, state.at)).join(", ")})</span>}
                        </div>
                      ))}
                      {!row.up.length && <span class="muted">not stated for the whole kind; see each body</span>}
                    </td>
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}
