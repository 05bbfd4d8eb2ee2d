/** One service: what it is, in plain words, and who commissions it for the place on the day. */
import type { Model, Who } from "../model/index.ts";
import { type State, write } from "../state.ts";
import { BodyLink, BodyLinks, PlanMark, Sources } from "../kit/parts.tsx";
import { plain, said, share, worded } from "../kit/words.ts";

export function ServiceCard({ model, state, service }: { model: Model; state: State; service: string }) {
  const info = model.service(service);
  if (!info) return <p role="alert">This service is not known here.</p>;
  const answer = state.place === null ? null : model.who(service, state.place, state.at, state.include);
  const place = state.place === null ? undefined : model.place(state.place, state.at);
  return (
    <section class="panel service-card" aria-label="Chosen service">
      <div class="chosen-head">
        <h2>{info.name}</h2>
        <a href={write({ ...state, service: null, view: "services" }, model)}>Close</a>
      </div>
      <p>{said(info.description, "No description is held.")}</p>
      {answer && (
        <>
          <p>
            For {place?.described ?? state.place} on {model.words(state.at)}:
          </p>
          {!answer.answers.length && <p>{answer.why || "Who commissions it is not stated."}</p>}
          {answer.answers.map((one, number) => (
            <Answer key={number} model={model} state={state} one={one} />
          ))}
        </>
      )}
      {!answer && <p class="muted">By kind of body in the table below; type a place into the box above for its own commissioner.</p>}
    </section>
  );
}

function Answer({ model, state, one }: { model: Model; state: State; one: Who }) {
  const links = (bodies: number[]) => (bodies.length ? <BodyLinks model={model} state={state} bodies={bodies} /> : null);
  return (
    <dl class="pairs answer">
      <div>
        <dt>Commissioner</dt>
        <dd>
          <b>
            <BodyLink model={model} state={state} body={one.commissioner} />
          </b>{" "}
          <PlanMark model={model} status={one.status} />
          {one.share < 0.9995 && one.shareOf && ` for ${share(one.share)} of ${one.shareOf}`}
        </dd>
      </div>
      {one.through.length > 0 && (
        <div>
          <dt>Acting through</dt>
          <dd>{links(one.through)}</dd>
        </div>
      )}
      {one.onBehalfOf.length > 0 && (
        <div>
          <dt>On behalf of</dt>
          <dd>{links(one.onBehalfOf)}</dd>
        </div>
      )}
      <div>
        <dt>Answers in law</dt>
        <dd>{links(one.accountable) ?? "not stated"}</dd>
      </div>
      {one.supportedBy.length > 0 && (
        <div>
          <dt>Supported by</dt>
          <dd>{links(one.supportedBy)}</dd>
        </div>
      )}
      <div>
        <dt>For whom</dt>
        <dd>{said(one.population)}</dd>
      </div>
      <div>
        <dt>Basis</dt>
        <dd>
          {said(plain(one.basis))}
          {!one.verified && <span class="muted"> (not verified against a source)</span>}
        </dd>
      </div>
      <div>
        <dt>When</dt>
        <dd>{one.from === null && one.until === null ? "not stated" : model.span(one.from, one.until)}</dd>
      </div>
      {(one.notes.length ? one.notes : [one.note]).filter(Boolean).map((note) => (
        <div key={note}>
          <dt>Note</dt>
          <dd>{worded(model, note)}</dd>
        </div>
      ))}
      <div>
        <dt>Source</dt>
        <dd>
          <Sources sources={one.sources} />
        </dd>
      </div>
    </dl>
  );
}
