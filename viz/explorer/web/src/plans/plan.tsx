/** A plan in words: what is to change, when, how sure it is, who said so and on what it hangs. */
import type { Model, Plan } from "../model/index.ts";
import { PlanMark, Sources } from "../kit/parts.tsx";
import { plain } from "../kit/words.ts";

/** On what a plan hangs: other plans by their words, not by their ids. */
export function condition(model: Model, plan: Plan): string {
  return plan.condition
    .split(/;\s*|\s+(?=\S+:\S)/)
    .map((part) => model.main.plans.find((one) => one.plan === part)?.text.replace(/\.$/, "") ?? (/^[a-z_]+:\S+$|^[a-z]+(-[a-z]+)+$/.test(part) ? `another step (${plain(part.replace(/.*:/, "").replaceAll("-", " "))})` : part))
    .join("; ");
}

/** What came of a plan whose day has passed. */
export function cameOf(plan: Plan): string {
  return plain(plan.note);
}

export function PlanRows({ model, plans }: { model: Model; plans: readonly Plan[] }) {
  return (
    <>
      {plans.map((plan) => (
        <div class="plan plan-row" key={plan.id}>
          <p>
            <PlanMark model={model} status={plan.status} /> {plan.label}
          </p>
          <p class="muted">
            {plan.day ? `For ${model.words(plan.day, plan.precision)}` : "No day is given"}; said by {plan.saidBy || "whom is not stated"}
            {plan.statedOn === null ? "; when that was said is not stated" : ` on ${model.words(plan.statedOn)}`}
            {plan.condition && `; depends on: ${condition(model, plan)}`}.{cameOf(plan) && ` What came of it: ${cameOf(plan)}.`}
          </p>
          <Sources sources={plan.sources} />
        </div>
      ))}
    </>
  );
}

