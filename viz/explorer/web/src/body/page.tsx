/** The whole page of one body: its life, what came before and after, everything said about it, how to cite. */
import "./body.css";
import type { Body, Model, Source } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import type { State } from "../state.ts";
import { useParts } from "../kit/more.ts";
import { CopyField, Note, PlanMark, Sources } from "../kit/parts.tsx";
import { capital, coded, isPlan, life } from "../kit/words.ts";
import { Lineage } from "../lineage/index.tsx";
import { Boards } from "./boards.tsx";
import { Cases } from "./cases.tsx";
import { Due } from "./due.tsx";
import { citeBody } from "./cite.ts";
import { Answers, Changes, Commissions, Councils, hasList, hasPassed, MembersList, Names, NotThere, Plans, Section } from "./facts.tsx";
import { Boundary } from "../frame/boundary.tsx";
import { BodyMap } from "../map/body_map.tsx";
import { LifeBar } from "./lifebar.tsx";
import { PracticeBodies } from "./place.tsx";
import { SaidTable } from "./said.tsx";

/** Who says that it was there, and what came before and after. */
function sourcesOf(model: Model, state: State, body: Body): Source[] {
  const passed = [...model.cameFrom(body, state.include), ...model.became(body, state.include)];
  return [...model.sources(body), ...passed.flatMap((one) => one.sources)];
}

export function BodyPage({ model, state, go }: PanelProps) {
  const ready = useParts(model, "topology");
  const { body } = state;
  if (body === null) return null;
  const facts = { model, state, body, level: 2 as const };
  const kind = model.kind(body);
  const mapped = ready && model.layerDays(kind).length > 0;
  const note = model.note(body);
  const passed = hasPassed(model, state, body);
  const code = coded(model.id(body));
  return (
    <article class="body-page">
      <h1 tabIndex={-1}>{model.name(body, state.at)}</h1>
      <p class="lead">
        {capital(model.kindLabel(kind))}
        {code && <span class="muted"> ({code})</span>}, {life(model, body)}. <PlanMark model={model} status={model.status(body)} />
      </p>
      <NotThere model={model} state={state} body={body} />
      {hasList(model, body) && <PracticeBodies {...facts} />}
      {mapped && (
        <p class="row">
          <button type="button" class="button" onClick={() => go({ view: "explore", tab: "map", kind })}>
            Show on the map
          </button>
        </p>
      )}
      <Section level={2} title="Life">
        <LifeBar model={model} state={state} body={body} />
        <Note model={model} note={note} open={isPlan(model.status(body))} />
      </Section>
      {passed && (
        <div class="columns">
          <Changes {...facts} way="from" />
          <Changes {...facts} way="to" />
        </div>
      )}
      <Plans {...facts} />
      {mapped && (
        <Section level={2} title="Map">
          <Boundary model={model} what="The map">
            <BodyMap model={model} state={state} go={go} body={body} />
          </Boundary>
        </Section>
      )}
      {passed && (
        <Section level={2} title="Lineage">
          <Lineage model={model} state={state} go={go} />
        </Section>
      )}
      <div class="columns">
        {!hasList(model, body) && <Answers {...facts} />}
        {!hasList(model, body) && <Commissions {...facts} />}
        <Boards {...facts} />
        <Cases {...facts} />
        <Due {...facts} />
        <Councils {...facts} />
        <MembersList {...facts} />
        <Names {...facts} />
      </div>
      <Section level={2} title="What is said about it">
        <SaidTable model={model} state={state} body={body} />
      </Section>
      <Section level={2} title="Sources">
        <Sources sources={sourcesOf(model, state, body)} open />
      </Section>
      <Section level={2} title="How to cite">
        <CopyField label="Citation" rows={6} text={citeBody(model, state, body, location.href)} />
      </Section>
    </article>
  );
}
