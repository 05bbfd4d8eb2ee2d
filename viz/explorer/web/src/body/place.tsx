/** The chosen place: what `orgmap find` says of it on the day. */
import type { Found, Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type State, write } from "../state.ts";
import { useParts } from "../kit/more.ts";
import { BodyLink, PlanMark, Sources } from "../kit/parts.tsx";
import { capital, plain, share } from "../kit/words.ts";

/** A row's share in words; all of the place is said, too. */
export function shareWords(found: Pick<Found, "share" | "shareOf">): string {
  if (found.share >= 0.9995 || !found.shareOf) return "all of it";
  return `${share(found.share)} of ${found.shareOf}`;
}

export function PlacePanel({ model, state, go }: PanelProps) {
  const ready = useParts(model, "places", "practices");
  if (!ready || state.place === null) {
    return (
      <aside class="panel chosen" aria-label="Chosen place">
        <p role="status">Reading the places…</p>
      </aside>
    );
  }
  const place = model.place(state.place, state.at);
  if (!place) {
    return (
      <aside class="panel chosen" aria-label="Chosen place">
        <h2>{state.place}</h2>
        <p role="alert">{model.whyNot(state.place) || `This place is not known here on ${model.words(state.at)}.`}</p>
      </aside>
    );
  }
  const answer = model.find(state.place, state.at, state.include);
  return (
    <aside class="panel chosen" aria-label="Chosen place">
      <div class="chosen-head">
        <h2>{place.described || place.name}</h2>
        <button type="button" class="button-quiet" onClick={() => go({ place: null })}>
          Close
        </button>
      </div>
      <p class="row">
        <a href={write({ ...state, view: "services", service: null }, model)}>Who commissions here</a>
        <a href={write({ ...state, view: "explore", tab: "structure", body: null }, model)}>Who answers to whom</a>
      </p>
      <FoundTable model={model} state={state} bodies={answer.bodies} />
      {!answer.bodies.length && <p role="status">No body of this place is known on {model.words(state.at)}.</p>}
      <Notes notes={[...place.notes, ...answer.notes.filter((note) => !place.notes.includes(note))]} />
      <Earlier model={model} state={state} />
    </aside>
  );
}

function FoundTable({ model, state, bodies }: { model: Model; state: State; bodies: Found[] }) {
  if (!bodies.length) return null;
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label="Bodies of this place, scrollable">
      <table class="table stack" role="table">
        <caption>Bodies of this place</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Role</th>
            <th scope="col" role="columnheader">Body</th>
            <th scope="col" role="columnheader">Share</th>
            <th scope="col" role="columnheader">Basis and source</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {bodies.map((found, number) => (
            <tr role="row" key={number} data-id={model.id(found.body)} class={found.status && found.status !== "in_force" ? "plan" : undefined}>
              <th scope="row" role="rowheader">{capital(found.roleLabel || plain(found.role))}</th>
              <td role="cell" data-label="Body">
                <BodyLink model={model} state={state} body={found.body}>
                  {found.name}
                </BodyLink>{" "}
                <PlanMark model={model} status={found.status} />
                {found.note && <div class="muted">{found.note}</div>}
              </td>
              <td role="cell" data-label="Share">{shareWords(found)}</td>
              <td role="cell" data-label="Basis">
                {found.basis ? plain(found.basis) : "not stated"}
                <div>
                  <Sources sources={found.sources} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Notes of an answer: "shown as last known". */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (!notes.length) return null;
  return (
    <details class="notes">
      <summary>Notes on how well this is known ({notes.length})</summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}

/** From when on which statutory commissioner, each day a link. */
function Earlier({ model, state }: { model: Model; state: State }) {
  if (state.place === null) return null;
  const first = model.main.roles[0]?.role ?? "";
  const spans: { from: number; until: number | null; bodies: Found[] }[] = [];
  for (const era of model.history(state.place, state.include)) {
    const bodies = era.bodies.filter((found) => found.role === first);
    const key = bodies.map((found) => found.body).join(" ");
    const last = spans.at(-1);
    if (last && last.bodies.map((found) => found.body).join(" ") === key) last.until = era.until;
    else spans.push({ from: era.from, until: era.until, bodies });
  }
  if (spans.length < 2) return null;
  return (
    <section class="facts">
      <h3>Its {model.main.roles[0]?.label ?? "commissioner"} over the years</h3>
      <ul class="plain-list">
        {spans.map((span) => (
          <li key={span.from}>
            <a href={write({ ...state, at: Math.max(span.from, model.main.meta.firstDay), and: null }, model)}>{model.span(span.from, span.until)}</a>:{" "}
            {span.bodies.length
              ? span.bodies.map((found, number) => (
                  <span key={found.body}>
                    {number > 0 && ", "}
                    {found.name}
                    {found.share < 0.9995 && found.shareOf && <span class="muted"> ({share(found.share)})</span>}
                  </span>
                ))
              : "not known"}
          </li>
        ))}
      </ul>
    </section>
  );
}
