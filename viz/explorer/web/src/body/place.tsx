/** The chosen place: what `orgmap find` says of it on the day. */
import type { Body, Found, Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type State, write } from "../state.ts";
import { apiAddress, questionAddress } from "../kit/asked_of.ts";
import { useParts } from "../kit/more.ts";
import { BodyLink, Fold, Note, PlanMark, Sources } from "../kit/parts.tsx";
import { capital, isPlan, plain, share, worded } from "../kit/words.ts";
import { leftOutWords, toEndWords } from "./ends.ts";

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
        <a href={write({ ...state, view: "walks", body: null }, model)}>Walk a case</a>
        {apiAddress() && <a href={guideAddress(model, state, place.ref)}>Whom to speak to: a guide</a>}
      </p>
      <Namesakes model={model} state={state} name={place.name.split(",")[0] ?? place.name} refs={model.namesakes(place.ref)} />
      <LeftOut model={model} state={state} count={answer.leftOut} />
      <FoundTable model={model} state={state} bodies={answer.bodies} of="place" />
      {!answer.bodies.length && <p role="status">No body of this place is known on {model.words(state.at)}.</p>}
      <Notes model={model} notes={[...place.notes, ...answer.notes.filter((note) => !place.notes.includes(note))]} open={state.at < model.main.meta.firstDayOfPlaces} />
      <Earlier model={model} state={state} place={state.place} level={3} />
    </aside>
  );
}

/** The server's page that tells whom to speak to here. */
function guideAddress(model: Model, state: State, place: string): string {
  const plans = (["planned", "proposed"] as const).filter((word) => state.include[word]).map((word) => ["include", word] as const);
  return questionAddress(apiAddress(), "guide", [["place", place], ["at", model.iso(state.at)], ...plans, ["format", "html"]]);
}

/** Other places of the name, each a link: who meant one of them must see that it is not this. */
function Namesakes({ model, state, name, refs }: { model: Model; state: State; name: string; refs: string[] }) {
  if (!refs.length) return null;
  return (
    <section class="facts">
      <h3>Other places called {name}</h3>
      <Fold items={refs} what="places" render={(ref) => <a href={write({ ...state, place: ref }, model)}>{ref}</a>} />
    </section>
  );
}

/** What `orgmap find` says of a practice: the bodies of its patients on the day, and its commissioners over the years. */
export function PracticeBodies({ model, state, body, level }: { model: Model; state: State; body: Body; level: 2 | 3 }) {
  const ready = useParts(model, "places", "practices");
  const place = ready ? model.place(model.id(body), state.at) : undefined;
  if (!ready) return <p role="status">Reading the practices…</p>;
  if (!place) return null;
  const answer = model.find(place, state.at, state.include);
  const label = model.kindLabel(model.kind(body));
  const title = `Bodies of this ${label}`;
  return (
    <section class="facts">
      {level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>}
      <LeftOut model={model} state={state} count={answer.leftOut} />
      <FoundTable model={model} state={state} bodies={answer.bodies} of={label} headed />
      {!answer.bodies.length && <p role="status">No body of this {label} is known on {model.words(state.at)}.</p>}
      <Notes model={model} notes={answer.notes} />
      <Earlier model={model} state={state} place={place.ref} level={level} />
    </section>
  );
}

/** That an answer for a day to come leaves plans out, and how to see them. */
export function LeftOut({ model, state, count }: { model: Model; state: State; count: number | undefined }) {
  const words = leftOutWords(count);
  if (!words) return null;
  return (
    <p class="notice">
      <a href={write({ ...state, include: { ...state.include, planned: true } }, model)}>{words}</a>
    </p>
  );
}

/** `headed`: a heading above says so already, for those who see it. */
function FoundTable({ model, state, bodies, of, headed }: { model: Model; state: State; bodies: Found[]; of: string; headed?: boolean }) {
  if (!bodies.length) return null;
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={`Bodies of this ${of}, scrollable`}>
      <table class="table stack" role="table">
        <caption class={headed ? "visually-hidden" : undefined}>Bodies of this {of}</caption>
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
                {found.toEnd && <strong class="chip plan">{toEndWords(model, found)}</strong>} {found.lastKnown && <span class="muted">(as last known)</span>}
              </td>
              <td role="cell" data-label="Share">{shareWords(found)}</td>
              <td role="cell" data-label="Basis">
                {found.basis ? plain(found.basis) : "not stated"}
                <div>
                  <Sources sources={found.sources.length ? found.sources : model.sources(found.body)} />
                </div>
                <Note model={model} note={found.note} open={isPlan(found.status)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Notes of an answer: "shown as last known"; open where they say most of it. */
export function Notes({ model, notes, open }: { model: Model; notes: readonly string[]; open?: boolean }) {
  if (!notes.length) return null;
  return (
    <details class="notes" open={open}>
      <summary>Notes on how well this is known ({notes.length})</summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>{worded(model, note)}</li>
        ))}
      </ul>
    </details>
  );
}

/** From when on which statutory commissioner, each day a link. */
function Earlier({ model, state, place, level }: { model: Model; state: State; place: string; level: 2 | 3 }) {
  const first = model.main.roles[0]?.role ?? "";
  const spans: { from: number; until: number | null; bodies: Found[] }[] = [];
  for (const era of model.history(place, state.include)) {
    const bodies = era.bodies.filter((found) => found.role === first);
    const key = bodies.map((found) => found.body).join(" ");
    const last = spans.at(-1);
    if (last && last.bodies.map((found) => found.body).join(" ") === key) last.until = era.until;
    else spans.push({ from: era.from, until: era.until, bodies });
  }
  if (spans.length < 2) return null;
  const title = `Its ${model.main.roles[0]?.label ?? "commissioner"} over the years`;
  return (
    <section class="facts">
      {level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>}
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
