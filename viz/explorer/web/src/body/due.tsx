/** The steps of programmes that a body or its kind has to take, each with how it stands on the day. */
import { Fold, PlanMark, Sources } from "../kit/parts.tsx";
import { capital } from "../kit/words.ts";
import type { DueStep } from "../model/due.ts";
import { type FactProps, Section } from "./facts.tsx";

/** A sign beside each word, so that none is told by colour alone. */
const SIGNS = { done: "■", open: "○", ahead: "▷" };

export function Due({ model, state, body, level }: FactProps) {
  const steps = model.due(body, state.at);
  if (!steps.length) return null;
  const words = (step: DueStep) => {
    if (step.stands === "done" && step.doneOn !== null) return `done ${model.words(step.doneOn)}`;
    return step.stands === "open" ? "open: no evidence recorded" : step.stands;
  };
  const line = (step: DueStep) => (
    <>
      <b>{step.text}</b> {capital(step.when)}; {SIGNS[step.stands]} {words(step)}. <PlanMark model={model} status={step.status} />{" "}
      <span class="muted">
        {step.condition && `Hangs on: ${step.condition}. `}
        {step.programme}
      </span>
    </>
  );
  return (
    <Section level={level} title="Steps of programmes">
      <p class="muted">For it or for all of its kind, as announced by this day. Open says that nobody recorded it, not that it was missed.</p>
      <Fold items={steps} most={6} what="steps" render={line} />
      <Sources sources={steps.flatMap((step) => step.sources)} />
    </Section>
  );
}
