/** The life of a body on the years from the first day known to the last day planned. */
import { useRef } from "preact/hooks";
import { useWidth } from "../kit/use_width.ts";
import type { Body, Model } from "../model/index.ts";
import type { State } from "../state.ts";
import { capital, life, plain, worded } from "../kit/words.ts";
import { yearTicks } from "../lineage/river.ts";

const WIDTH = 1000;

export function LifeBar({ model, state, body }: { model: Model; state: State; body: Body }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const { firstDay, lastDay } = model.main.meta;
  const x = (day: number) => ((Math.min(Math.max(day, firstDay), lastDay) - firstDay) / (lastDay - firstDay)) * WIDTH;
  const percent = (day: number) => `${(x(day) / WIDTH) * 100}%`;
  const [from, until] = [model.from(body), model.until(body)];
  const plan = model.status(body) !== "in_force";
  const stages = stagesOf(model, body);
  const begin = from ?? firstDay;
  const { today } = model.main.meta;
  // What goes on is known until today; behind that it is drawn as what it is: as last known, or until a plan ends it.
  const goesOn = until === null && !plan && begin < today;
  const lived = goesOn ? today : (until ?? lastDay);
  const ahead = goesOn ? (model.plannedEnd(body)?.day ?? lastDay) : lived;
  const wide = (first: number, last: number) => `${((x(last) - x(first)) / WIDTH) * 100}%`;
  return (
    <div ref={frame}>
      <svg class="life" width="100%" height="62" role="img" aria-label={`${model.name(body)}: ${life(model, body)}`}>
        {yearTicks(firstDay, lastDay, width * 0.85).map(({ day, year }) => (
          <g key={year}>
            <line x1={percent(day)} x2={percent(day)} y1={0} y2={40} class="year" />
            <text x={percent(day)} y={56} text-anchor={x(day) < 30 ? "start" : x(day) > WIDTH - 30 ? "end" : "middle"}>
              {year}
            </text>
          </g>
        ))}
        {stages.map((stage, number) => (
          <rect key={number} class="stage" x={percent(stage.from ?? begin)} y={14} width={wide(stage.from ?? begin, stage.until ?? lastDay)} height={16} />
        ))}
        <rect class={plan ? "lived planned" : "lived"} x={percent(begin)} y={10} width={wide(begin, lived)} height={24} />
        {ahead > lived && <rect class="lived ahead" x={percent(lived)} y={10} width={wide(lived, ahead)} height={24} />}
        <line class="now" x1={percent(state.at)} x2={percent(state.at)} y1={0} y2={42} />
      </svg>
      <p class="muted">
        The line marks {model.words(state.at)}.
        {ahead > lived && ` Dashed: days to come, as last known${ahead < lastDay ? ", until a plan is to end it" : ""}.`}
        {from === null && " When it began is not known: the bar begins with the first day of this page."}
      </p>
      {stages.length > 0 && (
        <ul class="plain-list">
          {stages.map((stage, number) => (
            <li key={number}>
              {stageWords(model, stage.status, stage.until)}: {model.span(stage.from, stage.until)}
              {stage.note && <span class="muted"> ({worded(model, stage.note)})</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What a body was for a time, or is: one that is there now was then only planned. */
export function stageWords(model: Model, status: string, until: number | null): string {
  const words = plain(model.statusWords(status));
  if (!model.main.opened.planned.includes(status) && !model.main.opened.proposed.includes(status)) return `In ${words} form`;
  return until !== null && until <= model.main.meta.today ? `Was then only announced, and not there yet (${words})` : capital(words);
}

/** The periods in which it was something else than in force. */
function stagesOf(model: Model, body: Body) {
  const { stages } = model.main;
  return stages.body.flatMap((one, row) =>
    one === body ? [{ status: stages.status[row] ?? "", from: stages.from[row] ?? null, until: stages.until[row] ?? null, note: stages.note[row] ?? "" }] : [],
  );
}
