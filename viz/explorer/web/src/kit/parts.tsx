/** Small parts that all panels share: links, sources, marks of plans, lists that fold, text to copy. */
import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Body, Model, Source } from "../model/index.ts";
import { type State, write } from "../state.ts";
import { download } from "./files.ts";
import { usePaper } from "./paper.ts";
import { bySource, capital, count, inForceOn, isPlan, nearestDay, worded, years } from "./words.ts";

/** The state in which a body is chosen: on the day shown, or the nearest day on which it was there. */
export function choosing(model: Model, state: State, body: Body): State {
  const day = nearestDay(model, body, state.at);
  const kind = model.kind(body);
  const mapped = model.layerDays(kind).length > 0;
  return {
    ...state,
    view: state.view === "body" || !mapped ? "body" : "explore",
    at: day,
    and: null,
    body,
    kind: mapped ? kind : state.kind,
    filter: "",
  };
}

interface LinkProps {
  model: Model;
  state: State;
  body: Body;
  /** Adds its years where it was not there on the day shown. */
  dated?: boolean;
  children?: ComponentChildren;
}

/** The name of a body as a link to it. */
export function BodyLink({ model, state, body, dated, children }: LinkProps) {
  const gone = dated && !inForceOn(model, body, state.at);
  return (
    <>
      <a href={write(choosing(model, state, body), model)} data-id={model.id(body)}>
        {children ?? model.name(body, nearestDay(model, body, state.at))}
      </a>
      {gone && <span class="muted"> ({years(model, body)})</span>}
    </>
  );
}

/** Several bodies as links, with commas. */
export function BodyLinks({ bodies, ...rest }: Omit<LinkProps, "body"> & { bodies: readonly Body[] }) {
  return (
    <>
      {bodies.map((body, number) => (
        <span key={body}>
          {number > 0 && ", "}
          <BodyLink {...rest} body={body} />
        </span>
      ))}
    </>
  );
}

/** A link only for addresses of the web: nothing else in the data becomes one. */
export function webAddress(url: string): string | null {
  return /^https?:\/\/[^\s"'<>]+$/i.test(url) ? url : null;
}

/** So many places in a source are named. */
const PLACES = 3;

export function SourceLink({ source, at = [source.locator] }: { source: Source; at?: readonly string[] }) {
  const url = webAddress(source.url);
  const title = source.title || source.id;
  const places = at.filter(Boolean);
  const more = places.length - PLACES;
  const where = places.length > 0 && <span class="muted">, {places.slice(0, more > 1 ? PLACES : places.length).join("; ")}{more > 1 && ` and ${more} more places in it`}</span>;
  if (!url) return <span class="source">{title}{where}</span>;
  return (
    <span class="source">
      <a href={url} rel="noreferrer noopener">
        {title}
      </a>
      {where}
    </span>
  );
}

/** Who says so, folded up to one line. */
export function Sources({ sources, open, folded }: { sources: readonly Source[]; open?: boolean; folded?: boolean }) {
  const all = bySource(sources);
  if (!all.length) return <span class="muted">source not stated</span>;
  const [first] = all;
  if (all.length === 1 && first && !folded) return <SourceLink {...first} />;
  return (
    <details class="sources" open={open}>
      <summary>{count(all.length, "source")}</summary>
      <ul>
        {all.map((one) => (
          <li key={one.source.id}>
            <SourceLink {...one} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How well something is known, in the words of who made the tables: folded up, but for what is only planned. */
export function Note({ model, note, open }: { model: Model; note: string; open?: boolean }) {
  if (!note) return null;
  return (
    <details class="notes" open={open}>
      <summary>How this is known</summary>
      <p class="muted">{capital(worded(model, note))}</p>
    </details>
  );
}

/** The word of a plan's status; nothing for what holds. */
export function PlanMark({ model, status }: { model: Model; status: string }) {
  return isPlan(status) ? <strong class="chip plan">{model.statusWords(status)}</strong> : null;
}

interface FoldProps<T> {
  items: readonly T[];
  /** How many stand there before one asks for the rest. */
  most?: number;
  /** What they are called, for the button: "practices". */
  what: string;
  render: (item: T, position: number) => ComponentChildren;
}

/** On paper so many stand there: no button shows the rest. */
const ON_PAPER = 80;

/** A list of which the first stand there and a button shows the rest. */
export function Fold<T>({ items, most = 20, what, render }: FoldProps<T>) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const paper = usePaper();
  const folded = items.length > most + 2;
  const shown = folded && !all && !(paper && items.length <= ON_PAPER) ? items.slice(0, most) : items;
  return (
    <>
      <ul class="plain-list" ref={list}>
        {shown.map((item, position) => (
          <li key={position}>{render(item, position)}</li>
        ))}
      </ul>
      {folded && (
        <button type="button" class="button-quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Only the first ${most} ${what}` : `All ${items.length.toLocaleString("en-GB")} ${what}`}
        </button>
      )}
      {paper && shown.length < items.length && <p class="muted">and {(items.length - shown.length).toLocaleString("en-GB")} more</p>}
    </>
  );
}

/** A text that one may select or copy, with a word when that has happened. */
export function CopyField({ label, text, rows = 1 }: { label: string; text: string; rows?: number }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [word, setWord] = useState("");
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setWord("Copied.");
    } catch {
      setWord("Selected: copy it with Ctrl+C (or ⌘C).");
    }
  };
  return (
    <div class="copy-field">
      <label for={id}>{label}</label>
      <textarea id={id} ref={field} readOnly rows={rows} value={text} spellcheck={false} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="button" onClick={copy}>
        Copy {label.toLowerCase()}
      </button>
      <span class="muted" role="status">
        {word}
      </span>
    </div>
  );
}

/** A button that hands a file to the reader. */
export function DownloadButton({ name, make, children }: { name: string; make: () => Blob | Promise<Blob>; children: ComponentChildren }) {
  const [word, setWord] = useState("");
  const give = async () => {
    try {
      download(name, await make());
      setWord("");
    } catch (error) {
      setWord(error instanceof Error ? error.message : "This file could not be made.");
    }
  };
  return (
    <>
      <button type="button" class="button-quiet" onClick={give}>
        {children}
      </button>
      <span class="muted" role="status">
        {word}
      </span>
    </>
  );
}
