/** The chosen body beside the map. */
import "./body.css";
import type { PanelProps } from "../panel.ts";
import { ChooseOne } from "../kit/choose_one.tsx";
import { Note, PlanMark, Sources } from "../kit/parts.tsx";
import { capital, isPlan, life } from "../kit/words.ts";
import { write } from "../state.ts";
import { Answers, Changes, Commissions, Councils, hasList, hasPassed, MembersList, Names, NotThere, Plans, Section } from "./facts.tsx";
import { PlacePanel, PracticeBodies } from "./place.tsx";

export function BodyPanel({ model, state, go }: PanelProps) {
  const { body } = state;
  if (body === null) return state.place === null ? <Hint model={model} state={state} /> : <PlacePanel model={model} state={state} go={go} />;
  const facts = { model, state, body, level: 3 as const };
  const place = state.place === null ? undefined : model.has("places") ? model.place(state.place, state.at) : undefined;
  const note = model.note(body);
  return (
    <aside class="panel chosen" aria-label="Chosen body">
      <div class="chosen-head">
        <h2>{model.name(body, state.at)}</h2>
        <button type="button" class="button-quiet" onClick={() => go({ body: null })}>
          Close
        </button>
      </div>
      <p class="muted">{capital(model.kindLabel(model.kind(body)))}</p>
      <NotThere model={model} state={state} body={body} />
      <p class="row">
        <a href={write({ ...state, view: "body" }, model)}>Whole page</a>
        {place && <a href={write({ ...state, body: null }, model)}>Back to {place.name}</a>}
      </p>
      {hasList(model, body) && <PracticeBodies {...facts} />}
      <Section level={3} title="Dates">
        <p>
          {capital(life(model, body))} <PlanMark model={model} status={model.status(body)} />
        </p>
        <Note model={model} note={note} open={isPlan(model.status(body))} />
      </Section>
      {hasPassed(model, state, body) && (
        <>
          <Changes {...facts} way="from" />
          <Changes {...facts} way="to" />
        </>
      )}
      <Plans {...facts} />
      {!hasList(model, body) && <Answers {...facts} />}
      {!hasList(model, body) && <Commissions {...facts} />}
      <Councils {...facts} />
      <MembersList {...facts} />
      <Names {...facts} />
      <Section level={3} title="Sources">
        <Sources sources={model.sources(body)} open />
      </Section>
    </aside>
  );
}

function Hint({ model, state }: Omit<PanelProps, "go">) {
  return (
    <aside class="panel chosen hint" aria-label="Nothing chosen">
      <p>Choose an area on the map, a row of the table, or type a place or body into the box above: what is known of it stands here.</p>
      {state.tab === "map" && <ChooseOne model={model} state={state} what="Or choose one of" unfolded />}
    </aside>
  );
}
