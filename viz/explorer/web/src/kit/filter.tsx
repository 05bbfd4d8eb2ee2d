/** The box that narrows a table. What is typed stays as it is typed; the page follows a moment later. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Go, State } from "../state.ts";

interface Props {
  /** Its name: "Filter table". */
  label: string;
  state: State;
  go: Go;
}

export function FilterField({ label, state, go }: Props) {
  const id = useId();
  const [text, setText] = useState(state.filter);
  // What was typed here comes back as a state, perhaps when more has been typed: it takes no letters back.
  const mine = useRef(new Set<string>());
  useEffect(() => {
    if (state.filter === text) mine.current.clear();
    else if (!mine.current.has(state.filter)) setText(state.filter);
  }, [state.filter]);
  const typed = (filter: string) => {
    mine.current.add(text).add(filter);
    setText(filter);
    go({ filter }, "replace");
  };
  return (
    <>
      <label for={id}>{label}</label>
      <input id={id} type="search" list={undefined} value={text} maxLength={100} onInput={(event) => typed(event.currentTarget.value)} />
    </>
  );
}
