/** One box for a postcode, place, body, practice or code. */
import "./search.css";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { Hit, Model } from "../model/index.ts";
import { choosing } from "../kit/parts.tsx";
import { Icon } from "../frame/icons.tsx";
import { useParts } from "../kit/more.ts";
import type { PanelProps } from "../panel.ts";
import { practiceOf, type State } from "../state.ts";
import { isQuestion, reading } from "./reading.ts";
import { counted, grouped, outwardOf, question } from "./suggest.ts";
import { sure } from "./sure.ts";

const LABEL = "Postcode, place, body, practice or code";
/** The same, as short as the box on a phone. */
const PROMPT = "Postcode, place, body or code";

/** The state to which a suggestion leads. */
export function leadsTo(model: Model, state: State, hit: Hit): State {
  const body = hit.kind === "body" ? model.body(hit.ref) : undefined;
  // Who walks a case stays with it: a place is where the person lives, a practice that on whose list they are.
  const walking = state.view === "walks" || (state.view === "explore" && state.tab === "walks");
  const practice = walking && body !== undefined ? practiceOf(model, hit.ref) : null;
  if (practice !== null) return { ...state, practice };
  if (walking && hit.kind === "place") return { ...state, place: hit.ref, body: null, zoom: null, filter: "" };
  if (body !== undefined) return choosing(model, { ...state, view: state.view === "body" ? "body" : "explore" }, body);
  if (hit.kind === "service") return { ...state, view: "services", service: hit.ref, and: null, filter: "" };
  return { ...state, view: "explore", place: hit.ref, body: null, and: null, zoom: null, filter: "", tab: state.view === "explore" ? state.tab : "map" };
}

/** One line of the list below the box. */
interface Offer {
  key: string;
  name: string;
  more: string;
  take: () => void;
}

/** What it is, without the name that stands above it already. */
function described(hit: Hit): string {
  const name = hit.name.split(",")[0] ?? "";
  for (const own of [hit.name, name]) if (hit.described.startsWith(`${own}, `)) return hit.described.slice(own.length + 2);
  return hit.described === hit.name ? "" : hit.described;
}

export function SearchBox({ model, state, go }: PanelProps) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [asked, setAsked] = useState("");
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const asking = useRef(0);
  const ready = useParts(model, "topology", "places", "practices");
  const [entered, setEntered] = useState(false);
  const hits = useMemo(() => (ready && text.trim() ? model.search(text) : []), [model, ready, text]);
  const exact = hits.some((hit) => hit.exact);
  const abroad = useMemo(() => (ready && text.trim().length > 2 ? model.abroad(text, exact) : ""), [model, ready, text, exact]);
  // A question is read while it is typed; anything else that has no exact hit, when Enter is pressed.
  const read = useMemo(
    () => (ready && !exact && !abroad && (entered || isQuestion(model, text)) ? reading(model, state, text) : null),
    [model, ready, text, exact, abroad, entered, state.at, state.include],
  );
  const groups: { label: string; offers: Offer[] }[] = useMemo(() => {
    const found = grouped(model, hits, state.at).map((group) => ({
      label: group.label,
      offers: group.hits.map((hit) => ({ key: `${hit.kind} ${hit.ref}`, name: hit.name, more: described(hit), take: () => void take(hit) })),
    }));
    const offers = (read?.choices ?? []).map((choice) => ({ key: `${choice.name} ${choice.more}`, name: choice.name, more: choice.more, take: () => leave(choice.state) }));
    return offers.length ? [{ label: "What may answer it", offers }, ...found] : found;
  }, [model, hits, state, read]);
  const flat = useMemo(() => groups.flatMap((group) => group.offers), [groups]);
  const told = asked || abroad || read?.said || "";
  const shown = open && text.trim() !== "";
  const option = (number: number) => `${id}-option-${number}`;

  useEffect(() => {
    if (text.trim()) performance.mark("orgmap:found");
  }, [flat, text]);
  useEffect(() => {
    if (active >= 0) document.getElementById(option(active))?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const close = () => {
    setOpen(false);
    setActive(-1);
    setAsked("");
  };
  function leave(to: State): void {
    go(to);
    setText("");
    setEntered(false);
    close();
  }
  const take = async (hit: Hit, asPlace = false): Promise<void> => {
    const outward = hit.kind === "place" ? outwardOf(hit.ref) : null;
    if (outward) {
      // A whole postcode is asked for where the page comes from; meanwhile something else may be typed.
      const mine = ++asking.current;
      setAsked(`Asking for ${hit.ref} …`);
      setOpen(true);
      await model.need(`postcodes/${outward}`);
      if (mine !== asking.current) return;
      const why = model.whyNot(hit.ref);
      setAsked(why);
      if (why) return;
    }
    leave(leadsTo(model, state, asPlace ? { ...hit, kind: "place" } : hit));
  };
  const enter = (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return;
    const chosen = shown ? flat[active] : undefined;
    if (chosen) return chosen.take();
    const taken = abroad || read?.choices.length ? null : sure(model, hits, text, state.at);
    if (taken) return void take(taken.hit, taken.asPlace);
    const answered = abroad || exact ? null : reading(model, state, text);
    setEntered(true);
    setOpen(true);
    setAsked(abroad || answered?.said || question(hits, text));
  };
  const keys = (event: KeyboardEvent) => {
    const last = flat.length - 1;
    if (event.key === "ArrowDown") setActive(!shown ? 0 : active >= last ? 0 : active + 1);
    else if (event.key === "ArrowUp") setActive(active <= 0 ? last : active - 1);
    else if (event.key === "Escape") {
      if (!shown && !asked) setText("");
      close();
      event.preventDefault();
      return;
    } else return;
    event.preventDefault();
    setOpen(true);
  };
  const left = (event: FocusEvent) => {
    if (!form.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
  };

  let number = -1;
  return (
    <search role="search">
      <form class="search" ref={form} onSubmit={enter} onFocusOut={left}>
        <label for={`${id}-box`} class="visually-hidden">
          {LABEL}
        </label>
        <input
          id={`${id}-box`}
          type="search"
          list={undefined}
          role="combobox"
          placeholder={PROMPT}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={200}
          value={text}
          aria-autocomplete="list"
          aria-expanded={shown && flat.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown && active >= 0 ? option(active) : undefined}
          aria-describedby={told ? `${id}-asked` : undefined}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
            setActive(-1);
            setAsked("");
            setEntered(false);
            asking.current += 1;
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={keys}
        />
        <button type="submit" class="button-quiet search-go">
          <Icon name="search" /> <span>Search</span>
        </button>
        <div class="suggestions" hidden={!asked && !(shown && (told || flat.length > 0))}>
          {told && (
            <p role={asked ? "alert" : undefined} id={`${id}-asked`}>
              {told}
            </p>
          )}
          <div role="listbox" aria-label="Suggestions" id={`${id}-list`} hidden={!shown || !flat.length}>
            {shown &&
              groups.map((group) => (
                <div role="group" aria-label={group.label} key={group.label}>
                  <div class="group-label" role="presentation">
                    {group.label}
                  </div>
                  {group.offers.map(({ key, name, more, take: choose }) => {
                    number += 1;
                    const own = number;
                    return (
                      <div
                        role="option"
                        id={option(own)}
                        key={key}
                        aria-selected={own === active}
                        aria-label={more ? `${name}, ${more}` : name}
                        onPointerDown={(event) => event.preventDefault()}
                        onClick={choose}
                      >
                        <b>{name}</b>
                        {more && <span class="muted">{more}</span>}
                      </div>
                    );
                  })}
                </div>
              ))}
          </div>
        </div>
        <span class="visually-hidden" role="status">
          {shown ? counted(flat.length) : ""}
        </span>
      </form>
    </search>
  );
}
