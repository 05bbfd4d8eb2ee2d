/** The steps of a walk as a table of days, with their flags in words; where complaints go, and who oversees. */
import { BodyLink, PlanMark, Sources } from "../kit/parts.tsx";
import { listed, worded } from "../kit/words.ts";
import type { Model } from "../model/index.ts";
import { FLAGS, type Flag } from "../model/walk_flags.ts";
import type { WalkAnswer, WalkAsked, WalkCell, Walked } from "../model/walks.ts";
import type { State } from "../state.ts";
import { ASKED_FROM, doesNotApply, hereWords, howWords, MEANINGS, shareWords, shownOf, SIGNS, togetherOf } from "./words.ts";

const look = (flag: Flag["flag"]) => `flag is-${flag.toLowerCase().replace(" ", "-")}`;

export function FlagKey({ walked }: { walked: Walked }) {
  const there = FLAGS.filter((flag) => walked.counts.has(flag));
  if (!there.length) return null;
  return (
    <p class="flag-key">
      {there.map((flag) => (
        <span key={flag}>
          <b class={look(flag)}>
            {SIGNS[flag]} {flag}
          </b>{" "}
          {MEANINGS[flag]}
        </span>
      ))}
    </p>
  );
}

export function WalkTable({ model, state, asked, walked }: { model: Model; state: State; asked: WalkAsked; walked: Walked }) {
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label="Steps, scrollable">
      <table class="table walk" role="table">
        <caption class="visually-hidden">Steps</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Step</th>
            {asked.days.map((day) => (
              <th scope="col" role="columnheader" key={day}>
                {model.words(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {walked.steps.map((step, number) => (
            <tr role="row" key={number} data-service={step.service}>
              <th scope="row" role="rowheader">
                {number + 1}. {step.text}
                <div class="muted">{step.serviceName}</div>
                <div class="no-print">
                  <Sources sources={step.sources} folded />
                </div>
              </th>
              {step.cells.map((cell) => (
                <td role="cell" key={cell.day} data-day={model.words(cell.day)}>
                  <Cell model={model} state={{ ...state, at: cell.day, and: null }} cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ model, state, cell }: { model: Model; state: State; cell: WalkCell }) {
  return (
    <>
      {!cell.applies && <p class="muted">{worded(model, doesNotApply(cell))}</p>}
      {shownOf(cell).map((one, number) => (
        <Answer key={number} model={model} state={state} one={one} />
      ))}
      {cell.flags.map((flag, number) => (
        <p class="flagged" key={number}>
          <b class={look(flag.flag)}>
            {SIGNS[flag.flag]} {flag.flag}
          </b>{" "}
          <PlanMark model={model} status={flag.status ?? ""} /> {hereWords(worded(model, flag.words))}
        </p>
      ))}
    </>
  );
}

function Answer({ model, state, one }: { model: Model; state: State; one: WalkAnswer }) {
  const notes = one.notes.map((note) => worded(model, note));
  return (
    <div class={one.counts ? "walk-answer" : "walk-answer elsewhere"}>
      <BodyLink model={model} state={state} body={one.commissioner} /> {shareWords(one)} <PlanMark model={model} status={one.status} />{" "}
      <PlanMark model={model} status={one.status === one.stands ? "" : one.stands} />
      <div class="muted">
        {howWords(model, one, state.at)}
        {!one.counts && `; ${ASKED_FROM[one.side]} it would be so, but it is not`}
      </div>
      <div class="no-print">
        {notes.length > 0 && (
          <details class="notes">
            <summary>How this is known</summary>
            {notes.map((note) => (
              <p class="muted" key={note}>
                {note}
              </p>
            ))}
          </details>
        )}
        <Sources sources={one.sources} folded />
      </div>
    </div>
  );
}

export function Overseen({ model, state, walked }: { model: Model; state: State; walked: Walked }) {
  const together = togetherOf(model, walked.bodies);
  if (!together.length) return null;
  return (
    <section class="facts">
      <h2>Complaints and scrutiny</h2>
      <ul class="plain-list">
        {together.map(({ first, days }) => (
          <li key={`${first.day} ${first.body}`}>
            <b>
              <BodyLink model={model} state={{ ...state, at: first.day, and: null }} body={first.body} />
            </b>
            , {listed(days.map((day) => model.words(day)))}: {first.complaint?.text ?? "Where a complaint goes: not stated."}
            {first.scrutiny.flatMap((line) => line.sentences).map((said) => (
              <div class="muted" key={said.text}>
                {said.text}
              </div>
            ))}
            {!first.scrutiny.length && <div class="muted">Who oversees it: not stated.</div>}
            <div class="no-print">
              <Sources sources={[...(first.complaint?.sources ?? []), ...first.scrutiny.flatMap((line) => line.sentences.flatMap((said) => said.sources))]} folded />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
