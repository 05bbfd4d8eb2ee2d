/** The top of every view: the name, the box, the ways. */
import { useEffect, useRef } from "preact/hooks";
import type { PanelProps } from "../panel.ts";
import { SearchBox } from "../search/index.tsx";
import { Share } from "../share/index.tsx";
import { type State, type View, start, usualKind, write } from "../state.ts";
import { lastChange } from "../slider/changes.ts";
import { Boundary } from "./boundary.tsx";
import { Icon } from "./icons.tsx";
import { choose, useTheme } from "./theme.ts";

export function Top(props: PanelProps) {
  const { model, state } = props;
  const theme = useTheme();
  const ways = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the ways scroll: the one that is shown must be seen.
    const here = ways.current?.querySelector<HTMLElement>("[aria-current]");
    if (here && ways.current) ways.current.scrollLeft = here.offsetLeft - ways.current.offsetLeft - 8;
  }, [state.view]);
  const way = (view: View, words: string, change: Partial<State> = {}) => (
    <a href={write({ ...state, and: view === "compare" ? state.and : null, ...change, view }, model)} aria-current={state.view === view ? "page" : undefined}>
      {words}
    </a>
  );
  return (
    <header class="top">
      <a class="brand" href={write({ ...start(model), include: state.include }, model)}>
        <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <path class="brand-a" d="M16 3l10 5.5v9L16 23 6 17.500v-9z" />
          <path class="brand-b" d="M6 17.500L16 23v6.500L6 24z" />
          <path class="brand-c" d="M26 17.500L16 23v6.500L26 24z" />
        </svg>
        orgmap
      </a>
      <div class="top-search">
        <Boundary model={model} what="The search">
          <SearchBox {...props} />
        </Boundary>
      </div>
      <nav aria-label="Views" ref={ways}>
        {way("start", "England today", start(model))}
        {way("explore", "Explore", state.view === "compare" ? { at: state.and ?? state.at } : {})}
        {way("compare", "Compare", state.and === null ? lastChange(model, state.at) : {})}
        {way("services", "Who commissions")}
        {way("walks", "Walks")}
        {way("plans", "Plans", { filter: "", kind: null, body: null, place: null, service: null })}
        {way("about", "About")}
      </nav>
      <div class="top-tools">
        <Boundary model={model} what="Share">
          <Share {...props} state={state.view === "explore" && model.has("topology") ? { ...state, kind: state.kind ?? usualKind(model, state.at, state.include) } : state} />
        </Boundary>
        <button
          type="button"
          class="button-quiet icon-only"
          onClick={() => choose(theme === "dark" ? "light" : "dark")}
          aria-label={theme === "dark" ? "Light colours" : "Dark colours"}
          title={theme === "dark" ? "Light colours" : "Dark colours"}
        >
          <Icon name={theme === "dark" ? "sun" : "moon"} />
        </button>
      </div>
    </header>
  );
}
