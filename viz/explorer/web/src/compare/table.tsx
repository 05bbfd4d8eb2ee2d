/** From whom to whom, with the part that passed. */
import { useState } from "preact/hooks";
import type { Body, Diff } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { write } from "../state.ts";
import type { Pair } from "./groups.ts";

interface Props extends PanelProps {
  diff: Diff;
  /** In the order in which they are listed. */
  pairs: Pair[];
  marks: ReadonlyMap<Body, string>;
  /** Those that neither gave nor took anything. */
  same: Body[];
  /** Pointed at or chosen. */
  centre: Body | null;
  onOver: (body: Body | null) => void;
  before: number;
  after: number;
  many: string;
}

/** A share in words: 1 is all of it, a little is never nothing. */
export function share(weight: number | null): string {
  if (weight === null) return "not weighed";
  if (weight >= 0.9995) return "all";
  const percent = weight * 100;
  return percent < 1 ? "under 1 %" : `${percent >= 99.5 ? percent.toFixed(1) : Math.round(percent)} %`;
}

export function ChangeTable(props: Props) {
  const { diff, pairs, same, many } = props;
  const [folded, setFolded] = useState(true);
  const whole = pairs.filter((pair) => !pair.stray);
  const strays = pairs.filter((pair) => pair.stray);
  return (
    <div class="compare-told">
      {whole.length > 0 ? (
        <div class="scroll-x" tabIndex={0} role="region" aria-label="What changed, as a table">
          <Rows {...props} pairs={folded ? whole : [...whole, ...strays]} />
        </div>
      ) : (
        <p>Nothing changed among the {many} between these days.</p>
      )}
      {strays.length > 0 && (
        <p>
          <button type="button" class="button-quiet" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
            {folded ? `Also ${strays.length} of which so little passed that nobody took over` : "Fold what was very little"}
          </button>
        </p>
      )}
      <Same {...props} bodies={same} words={`${same.length} ${many} did not change`} />
      {diff.renamed.length > 0 && <Same {...props} bodies={diff.renamed} words={`${diff.renamed.length} only changed their name`} />}
    </div>
  );
}

function Rows({ model, state, pairs, marks, centre, onOver, before, after, go }: Props) {
  const body = (one: Body | null, at: number, plan: boolean) =>
    one === null ? (
      <span class="muted">{plan ? "not named by the plan" : "not known"}</span>
    ) : (
      <>
        {marks.has(one) && <span class="compare-mark" data-mark={marks.get(one)} aria-hidden="true" />}
        <a href={write({ ...state, view: "body", body: one, at, and: null }, model)} onFocus={() => onOver(one)}>
          {model.name(one, at)}
        </a>
      </>
    );
  return (
    <table class="table compare-table">
      <caption>What changed</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">How</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => {
          const here = centre !== null && (pair.from === centre || pair.to === centre);
          const { from, to } = pair;
          return (
            <tr
              key={`${from} ${to} ${pair.stray}`}
              class={here ? "is-lit" : ""}
              onMouseEnter={() => onOver(to ?? from)}
              onMouseLeave={() => onOver(null)}
              onClick={(event) => !(event.target as Element).closest("a") && go({ body: to ?? from }, "replace")}
            >
              <td>{body(from, before, pair.status !== "in_force")}</td>
              <td>{body(to, after, pair.status !== "in_force")}</td>
              <td>
                {pair.how}
                {pair.status !== "in_force" && <span class="chip plan">{model.statusWords(pair.status)}</span>}
              </td>
              <td class="number">{to === null || from === null ? "–" : share(pair.weight)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Same({ model, state, bodies, words, after }: Props & { bodies: Body[]; words: string }) {
  const names = [...bodies].sort((a, b) => model.name(a, after).localeCompare(model.name(b, after), "en"));
  if (!bodies.length) return null;
  return (
    <details class="compare-same">
      <summary>{words}</summary>
      <ul>
        {names.map((body) => (
          <li key={body}>
            <a href={write({ ...state, view: "body", body, at: after, and: null }, model)}>{model.name(body, after)}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}
