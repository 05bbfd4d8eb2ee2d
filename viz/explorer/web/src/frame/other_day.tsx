/** In the place of a view whose day cannot be shown: what is wrong with it, and which days may be chosen. */
import { useMemo } from "preact/hooks";
import type { Day } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { lastChange } from "../slider/changes.ts";
import { DateField } from "../slider/date_field.tsx";
import { type NoDay, write } from "../state.ts";

export function OtherDay({ model, state, go, noDay }: PanelProps & { noDay: NoDay }) {
  const { firstDay, lastDay, today } = model.main.meta;
  const change = useMemo(() => lastChange(model, today).and, [model]);
  const days: [Day, string][] = [
    [firstDay, "the first day"],
    [change, "the day of the last change"],
    [today, "today"],
    [lastDay, "the last day, with what is planned by then"],
  ];
  const to = (day: Day) => (noDay.which === "at" ? { at: day } : { and: day });
  return (
    <article class="reading-page">
      <div role="alert">
        <h1 tabIndex={-1}>{noDay.words}</h1>
        <p>No other day is shown in its place. The same view can be seen on:</p>
      </div>
      <ul>
        {days.map(([day, words]) => (
          <li key={day}>
            <a href={write({ ...state, ...to(day), include: { ...state.include, planned: state.include.planned || day > today } }, model)}>{model.words(day)}</a>, {words}
          </li>
        ))}
      </ul>
      <div class="row">
        <DateField model={model} day={null} label="Another day" onDay={(day) => go(to(day))} />
      </div>
    </article>
  );
}
