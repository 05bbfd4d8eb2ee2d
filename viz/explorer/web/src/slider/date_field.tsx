/** A day as text: typed as a person writes it, refused in words. */
import { useEffect, useId, useState } from "preact/hooks";
import type { Day, Model } from "../model/index.ts";
import { outsideOf } from "../state.ts";
import { readDate } from "./dates.ts";

interface Props {
  model: Model;
  /** None where no day is shown yet. */
  day: Day | null;
  label: string;
  onDay: (day: Day) => void;
}

/** The day that a text means to this page, or why it means none. */
export function dayIn(model: Model, text: string): Day | string {
  const { today, firstDay } = model.main.meta;
  const read = readDate(text, model.iso(today));
  if ("problem" in read) return read.problem;
  // Of the year that began before the first day known, the days that are known.
  if (text.trim() === model.iso(firstDay).slice(0, 4)) return firstDay;
  const day = model.day(read.iso) ?? -Infinity;
  return outsideOf(model, day) || day;
}

export function DateField({ model, day, label, onDay }: Props) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    setText(null);
    setProblem("");
  }, [day]);
  const take = () => {
    if (text === null) return;
    const found = dayIn(model, text);
    if (typeof found === "string") return setProblem(found);
    setProblem("");
    setText(null);
    if (found !== day) onDay(found);
  };
  return (
    <form
      class="date-field"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder={day === null ? "such as 1 April 2013" : undefined}
        value={text ?? (day === null ? "" : model.words(day))}
        aria-invalid={problem ? "true" : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onInput={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={take}
      />
      {problem && (
        <p class="date-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
