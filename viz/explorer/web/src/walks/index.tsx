/** A case walked step by step: who commissions what it needs on a day or on two, and what is open. */
import "./walks.css";
import { useId, useMemo } from "preact/hooks";
import { LeftOut } from "../body/place.tsx";
import { IncludeChoice } from "../frame/kind_choice.tsx";
import { CompareWith } from "../kit/compare_with.tsx";
import { csv } from "../kit/csv.ts";
import { csvFile, fileName } from "../kit/files.ts";
import { useParts } from "../kit/more.ts";
import { DownloadButton, Sources } from "../kit/parts.tsx";
import { capital, listed } from "../kit/words.ts";
import { type Model, NotRead } from "../model/index.ts";
import type { WalkAsked, Walked } from "../model/walks.ts";
import type { PanelProps } from "../panel.ts";
import { type State, write } from "../state.ts";
import { askedBy } from "./asked.ts";
import { Elsewhere } from "./elsewhere.tsx";
import { FlagKey, Overseen, WalkTable } from "./table.tsx";
import { countedWords, rowsOf, whoseWords } from "./words.ts";

type Result = { asked: WalkAsked; walked: Walked } | { asked: WalkAsked; fault: string } | null;

export function Walks(props: PanelProps) {
  const { model, state, go } = props;
  const ready = useParts(model, "places", "practices");
  const result = useMemo(() => (ready ? walkedBy(model, state) : null), [model, ready, state.walk, state.place, state.practice, state.at, state.and, state.include]);
  const walked = result && "walked" in result ? result.walked : null;
  return (
    <section class="walks" role="region" aria-label="Walks">
      <Title state={state}>{walked ? titleOf(model, result!.asked, walked) : "Cases walked through the structure of a day"}</Title>
      {!walked && <p>Each case is a person with needs, step by step: who commissions each, where a complaint goes, and what nobody commissions, two do, or nobody says.</p>}
      <div class="row no-print">
        <CaseChoice {...props} />
        <CompareWith model={model} state={state} go={go} view="walks" />
        {state.view === "walks" && <IncludeChoice {...props} />}
        {walked && (
          <>
            <button type="button" class="button-quiet" onClick={() => print()}>
              Print
            </button>
            <DownloadButton name={fileName(`walk-${walked.id}-${model.iso(state.at)}`, "csv")} make={() => csvFile(csv(rowsOf(model, walked)))}>
              Download CSV
            </DownloadButton>
          </>
        )}
      </div>
      {!ready && <p role="status">Reading the places…</p>}
      <Whose {...props} />
      {result && "fault" in result && <p role="alert">Not walked: {result.fault}</p>}
      {walked ? <Found {...props} asked={result!.asked} walked={walked} /> : <Cases model={model} state={state} />}
      {ready && <Elsewhere model={model} asked={result?.asked ?? null} />}
    </section>
  );
}

function walkedBy(model: Model, state: State): Result {
  const asked = askedBy(model, state);
  if (!asked) return null;
  try {
    return { asked, walked: model.walk(asked) };
  } catch (error) {
    if (error instanceof NotRead) throw error;
    return { asked, fault: error instanceof Error ? error.message : String(error) };
  }
}

function Title({ state, children }: { state: State; children: string }) {
  return state.view === "walks" ? <h1 tabIndex={-1}>{children}</h1> : <p class="headline">{children}</p>;
}

function titleOf(model: Model, asked: WalkAsked, walked: Walked): string {
  return `${walked.name}; ${whoseWords(walked)}, on ${listed(asked.days.map((day) => model.words(day)))}`;
}

function CaseChoice({ model, state, go }: PanelProps) {
  const id = useId();
  return (
    <>
      <label for={id}>Case</label>
      <select id={id} value={state.walk ?? ""} onChange={(event) => go({ walk: event.currentTarget.value || null })}>
        <option value="">choose a case</option>
        {model.main.walks.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </>
  );
}

/** Who walks: where they live, on whose list they are, and how to change it. */
function Whose({ model, state, go }: PanelProps) {
  const said = (ref: string) => (model.has("places") && model.has("practices") ? (model.place(ref, state.at)?.described ?? ref) : ref);
  const both = state.place !== null && state.practice !== null;
  return (
    <p class="muted no-print">
      {state.place !== null && (
        <>
          Living at {said(state.place)}.{" "}
          <button type="button" class="link" onClick={() => go({ place: null })}>
            Without this home
          </button>{" "}
        </>
      )}
      {state.practice !== null && (
        <>
          One of the patients of {said(state.practice)}.{" "}
          <button type="button" class="link" onClick={() => go({ practice: null })}>
            Without this practice
          </button>{" "}
        </>
      )}
      {!both && `Type ${state.place === null ? "the postcode or place where the person lives" : "another place"}${state.practice === null ? ", or the code of the practice on whose list they are," : ""} into the box above.`}
    </p>
  );
}

/** The cases that there are, each a link. */
function Cases({ model, state }: { model: Model; state: State }) {
  if (!model.main.walks.length) return <p>No case to walk is known.</p>;
  return (
    <dl class="pairs cases">
      {model.main.walks.map((one) => (
        <div key={one.id}>
          <dt>
            <a href={write({ ...state, view: state.view === "walks" ? "walks" : state.view, walk: one.id }, model)} aria-current={state.walk === one.id ? "true" : undefined}>
              {one.name}
            </a>
          </dt>
          <dd>
            {one.text} <span class="muted">{one.steps.length} steps.</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Found({ model, state, asked, walked }: PanelProps & { asked: WalkAsked; walked: Walked }) {
  const notes = state.place === null ? [] : (model.place(state.place, state.at)?.notes ?? []);
  return (
    <>
      <p>
        {capital(walked.text)} {walked.note} <Sources sources={walked.sources} folded />
      </p>
      {state.place !== null && model.place(state.place, state.at) && <LeftOut model={model} state={state} count={model.find(state.place, state.at, state.include).leftOut} />}
      {notes.map((note) => (
        <p class="notice" key={note}>
          {note}
        </p>
      ))}
      <p role="status">
        <b>{countedWords(walked, asked.days.length)}</b>
      </p>
      <FlagKey walked={walked} />
      <WalkTable model={model} state={state} asked={asked} walked={walked} />
      <Overseen model={model} state={state} walked={walked} />
    </>
  );
}
