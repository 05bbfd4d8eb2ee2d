/** The sections on a body, the same beside the map and on its own page. */
import type { ComponentChildren } from "preact";
import type { Body, Model, Plan, PlannedEnd, Step, Succession } from "../model/index.ts";
import type { State } from "../state.ts";
import { write } from "../state.ts";
import { useParts } from "../kit/more.ts";
import { BodyLink, Fold, Note, PlanMark, Sources } from "../kit/parts.tsx";
import { capital, inForceOn, isPlan, plain, scheme, share } from "../kit/words.ts";
import { endSaid, endTo, endWhen } from "./ends.ts";
import { PlanRows } from "../plans/plan.tsx";
import { byChange, nothing, weightWords } from "./passed.ts";

export interface FactProps {
  model: Model;
  state: State;
  body: Body;
  /** 2 on the page, 3 beside the map. */
  level: 2 | 3;
}

export function Section({ level, title, children, id }: { level: 2 | 3; title: string; children: ComponentChildren; id?: string }) {
  return (
    <section class="facts" id={id}>
      {level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>}
      {children}
    </section>
  );
}

function Passed({ model, state, one, way }: { model: Model; state: State; one: Succession; way: "from" | "to" }) {
  return (
    <>
      {one.other === null ? <span class="muted">no body named</span> : <BodyLink model={model} state={state} body={one.other} dated />}
      <span class="weight">: {weightWords(one, way)}</span>
      {one.about && <span class="muted"> ({one.about})</span>}
      {one.goesOn && <span class="muted"> ({way === "from" ? "which goes on itself" : "it goes on itself"})</span>}
    </>
  );
}

/** Came from, or became: each change with its weights; the small parts are folded. */
export function Changes({ model, state, body, level, way }: FactProps & { way: "from" | "to" }) {
  // A body that only plans know has come from nobody but by a plan.
  const include = way === "from" && isPlan(model.status(body)) ? { planned: true, proposed: true } : state.include;
  const all = way === "from" ? model.cameFrom(body, include) : model.became(body, include);
  const steps = byChange(model, all);
  const until = model.until(body);
  const ended = until !== null && until <= Math.min(state.at, model.main.meta.today);
  const ahead = way === "to" ? model.plannedEnd(body) : undefined;
  const end = ahead && steps.some((step) => step.key === ahead.event) ? undefined : ahead;
  return (
    <Section level={level} title={way === "from" ? "Came from" : "Became"}>
      {end && <End model={model} state={state} end={end} />}
      {!steps.length && !end && <p>{way === "to" && isPlan(model.status(body)) ? "It is only planned: nothing is said of its end." : nothing(model, way, ended, model.name(body))}</p>}
      {steps.map((step) => (
        <div class="change" key={step.key}>
          <p>
            <b>{step.title}</b> <PlanMark model={model} status={step.status} /> {step.meaning && <span class="muted">{step.meaning}</span>}
          </p>
          {step.passed.length > 0 && (
            <Fold items={step.passed} most={12} what="bodies" render={(one) => <Passed model={model} state={state} one={one} way={way} />} />
          )}
          {step.strays.length > 0 && (
            <details>
              <summary>and small parts ({step.strays.length})</summary>
              <Fold items={step.strays} what="small parts" render={(one) => <Passed model={model} state={state} one={one} way={way} />} />
            </details>
          )}
          <Note model={model} note={(step.passed[0] ?? step.strays[0])?.note ?? ""} open={isPlan(step.status)} />
          <Sources sources={[...step.passed, ...step.strays].flatMap((one) => one.sources)} />
        </div>
      ))}
    </Section>
  );
}

/** By which plan it is to end, who is to take over, and who says so: told whether or not plans are shown. */
function End({ model, state, end }: { model: Model; state: State; end: PlannedEnd }) {
  return (
    <div class="change">
      <p>
        <b>{endWhen(model, end)}</b> <PlanMark model={model} status={end.status} />
      </p>
      {end.to.length > 0 ? (
        <p>
          {end.to.map((body, number) => (
            <>
              {number > 0 && (number === end.to.length - 1 ? " and " : ", ")}
              <BodyLink model={model} state={state} body={body} />
            </>
          ))}{" "}
          {endTo(end)}
        </p>
      ) : (
        <p>{endTo(end)}</p>
      )}
      <p class="muted">{endSaid(model, end)}</p>
      <Sources sources={end.sources} />
    </div>
  );
}

/** A sentence of who answers to whom, with its other end as a link and its basis. */
export function StepLine({ model, state, step }: { model: Model; state: State; step: Step }) {
  const name = step.other === undefined ? "" : model.name(step.other, state.at);
  const at = name ? step.text.lastIndexOf(name) : -1;
  const before = at < 0 ? step.text : step.text.slice(0, at);
  const after = at < 0 ? "" : step.text.slice(at + name.length);
  const about = step.about && !step.text.includes(step.about) ? `: ${step.about}` : "";
  return (
    <>
      {before}
      {at >= 0 && step.other !== undefined && <BodyLink model={model} state={state} body={step.other} />}
      {after}
      {about}
      <span class="muted">
        {" "}
        ({step.basis ? plain(step.basis) : "basis not stated"}
        {step.holds === "may" && "; held for some such bodies, for which is not known"})
      </span>{" "}
      <PlanMark model={model} status={step.status} />
    </>
  );
}

/** To whom it answers, the rules for its whole kind among them; other ties are folded. */
export function Answers({ model, state, body, level }: FactProps) {
  const steps = model.answersTo(body, state.at, state.include).filter((step) => step.depth === 0);
  const up = steps.filter((step) => step.direction === "up");
  const rest = steps.filter((step) => step.direction !== "up");
  const line = (step: Step) => <StepLine model={model} state={state} step={step} />;
  return (
    <Section level={level} title="Answers to">
      {!up.length && <p>To whom it answered on this day is not stated.</p>}
      {up.length > 0 && <Fold items={up} most={8} what="sentences" render={line} />}
      {rest.length > 0 && (
        <details>
          <summary>Who else has to do with it ({rest.length})</summary>
          <Fold items={rest} what="sentences" render={line} />
        </details>
      )}
      {steps.length > 0 && <Sources sources={steps.flatMap((step) => step.sources)} />}
      <p>
        <a href={write({ ...state, view: "explore", body, tab: "structure" }, model)}>All the way up to Parliament</a>
      </p>
    </Section>
  );
}

/** Whether a body has patients on a list of its own, so that `orgmap find` answers for it as for a place. */
export function hasList(model: Model, body: Body): boolean {
  return model.main.kinds.some((one) => one.kind === model.kind(body) && one.reach === "list");
}

/** Whether to tell what a body came from and became: of hardly one practice that is known, so that nothing is said of the others. */
export function hasPassed(model: Model, state: State, body: Body): boolean {
  return !hasList(model, body) || model.cameFrom(body, state.include).length + model.became(body, state.include).length > 0;
}

/** Who commissions by a rule: a body, or a kind of which none is named. */
function byWhom(model: Model, who: string, day: number): string {
  const body = model.body(who);
  return body === undefined ? model.kindLabel(who, true) : model.name(body, day);
}

/** What it commissions, each service a link to who commissions it. */
export function Commissions({ model, state, body, level }: FactProps) {
  const rows = model.commissions(body, state.at, state.include);
  return (
    <Section level={level} title="Commissions">
      {!rows.length && <p>That it commissioned a service on this day is not stated.</p>}
      {rows.length > 0 && (
        <Fold
          items={rows}
          most={level === 2 ? 20 : 10}
          what="services"
          render={(row) => (
            <>
              <a href={write({ ...state, view: "services", service: row.service, and: null }, model)}>{row.serviceName || model.service(row.service)?.name || plain(row.service)}</a>
              <span class="muted">
                {" "}
                ({row.basis ? plain(row.basis) : "basis not stated"}
                {row.population && `; for ${row.population}`}
                {row.through && `; by ${byWhom(model, row.through, state.at)} through it`}
                {row.holds === "may" && "; this held for some such bodies, for which is not stated"})
              </span>{" "}
              <PlanMark model={model} status={row.status} />
            </>
          )}
        />
      )}
      {rows.length > 0 && <Sources sources={rows.flatMap((row) => row.sources)} />}
    </Section>
  );
}

/** Its members and parts by kind, practices proper first. */
export function MembersList({ model, state, body, level }: FactProps) {
  const ready = useParts(model, "practices");
  const groups = ready ? model.members(body, state.at, state.include) : [];
  const above = model.above(body, state.at, state.include);
  return (
    <Section level={level} title={hasList(model, body) ? "Belongs to" : "Members"}>
      {!ready && <p role="status">Reading the practices…</p>}
      {ready && !groups.length && !(hasList(model, body) && above.length) && <p>None are known on this day.</p>}
      {groups.map((group) => (
        <details class="names" key={group.label} open={group.bodies.length <= 8 && group.proper}>
          <summary>
            {capital(group.label)} ({group.bodies.length.toLocaleString("en-GB")})
          </summary>
          <Fold items={group.bodies} what={group.label} render={(member) => <BodyLink model={model} state={state} body={member} />} />
        </details>
      ))}
      {above.length > 0 && (
        <>
          <ul class="plain-list">
            {above.map((one, number) => (
              <li key={number}>
                It {model.main.verbs[one.verb]?.forward ?? plain(one.verb)} <BodyLink model={model} state={state} body={one.body} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** The councils of its area, with the share of its people in each. */
export function Councils({ model, state, body, level }: FactProps) {
  const groups = model.councils(body, state.at, state.include);
  if (!groups.length) return null;
  return (
    <Section level={level} title="Councils of its area">
      {groups.map((group, first) => (
        <details class="names" key={group.kind} open={first === 0 && group.rows.length <= 16}>
          <summary>
            {capital(group.label)} ({group.rows.length.toLocaleString("en-GB")})
          </summary>
          <Fold
            items={group.rows}
            most={group.rows.length}
            what={group.label}
            render={(one) => (
              <>
                <BodyLink model={model} state={state} body={one.body} />
                <span class="muted">: {one.shareOf ? `${share(one.share)} of its people` : "all of its people"}</span>
                {one.basis === "estimated" && <span class="muted"> (estimated)</span>}
              </>
            )}
          />
        </details>
      ))}
      <Sources sources={groups.flatMap((group) => group.rows.flatMap((one) => one.sources))} folded />
    </Section>
  );
}

/** Names of other days and codes. */
export function Names({ model, state, body, level }: FactProps) {
  const names = model.names(body);
  const codes = model.codes(body);
  return (
    <Section level={level} title="Names and codes">
      <dl class="pairs">
        {codes.map((code) => (
          <div key={`${code.scheme} ${code.code}`}>
            <dt>{scheme(code.scheme)}</dt>
            <dd>
              <code>{code.code}</code>
            </dd>
          </div>
        ))}
        <div>
          <dt>Id</dt>
          <dd>
            <code>{model.id(body)}</code>
          </dd>
        </div>
        {names.map((name, number) => (
          <div key={number}>
            <dt>{capital(plain(name.use || "name"))}</dt>
            <dd>
              {name.name}
              {(name.from !== null || name.until !== null) && <span class="muted"> ({model.span(name.from, name.until)})</span>}
            </dd>
          </div>
        ))}
      </dl>
      {!codes.length && <p>No code is known on {model.words(state.at)}.</p>}
    </Section>
  );
}

/** Plans about the body: status, who said so and when, on what it hangs. */
export function Plans({ model, body, level }: Omit<FactProps, "state">) {
  const all = model.plans(body);
  const isPast = (plan: Plan) => plan.day !== null && plan.day <= model.main.meta.today;
  const [ahead, past] = [all.filter((plan) => !isPast(plan)), all.filter(isPast)];
  const kind = model.kind(body);
  const until = model.until(body);
  const told = new Set(all.map((plan) => plan.id));
  const ofKind = until !== null && until <= model.main.meta.today ? [] : model.plansOfKind(kind).filter((plan) => !isPast(plan) && !told.has(plan.id));
  if (!all.length && !ofKind.length) return null;
  return (
    <Section level={level} title={ahead.length || ofKind.length ? "Plans" : "Plans of the time"}>
      <PlanRows model={model} plans={ahead} />
      {ofKind.length > 0 && (
        <details>
          <summary>
            Plans for all {model.kindLabel(kind, true)} ({ofKind.length})
          </summary>
          <PlanRows model={model} plans={ofKind} />
        </details>
      )}
      {past.length > 0 && (
        <details>
          <summary>Plans whose day has passed ({past.length})</summary>
          <PlanRows model={model} plans={past} />
        </details>
      )}
    </Section>
  );
}

/** The sentence for a body that was not there on the day shown, with a way to a day on which it was. */
export function NotThere({ model, state, body }: Omit<FactProps, "level">) {
  const [from, until] = [model.from(body), model.until(body)];
  const { today } = model.main.meta;
  if (inForceOn(model, body, state.at)) {
    // Who opens a body without a day sees one on which it was there: which, and why, is said.
    if (until !== null && until <= today && state.at === until - 1) return <p class="notice">It ended on {model.words(state.at)}: what stands here is of this, its last day.</p>;
    if (from !== null && from > today && state.at === from) return <p class="notice">It is not there yet: what stands here is of the day on which it is to begin, {model.words(from)}.</p>;
    return null;
  }
  const later = from !== null && state.at < from;
  const day = later ? from : (until ?? state.at) - 1;
  const verb = state.at < model.main.meta.today ? "was" : "is";
  const was = later ? `${verb} not there yet` : `${verb} no longer there`;
  const { firstDay, lastDay } = model.main.meta;
  if (day < firstDay || day > lastDay) return <p class="notice">On {model.words(state.at)} it {was}.</p>;
  return (
    <p class="notice">
      On {model.words(state.at)} it {was}.{" "}
      <a href={write({ ...state, body, at: day, and: null }, model)}>
        See {later ? "its first day" : "its last day"}, {model.words(day)}
      </a>
    </p>
  );
}
