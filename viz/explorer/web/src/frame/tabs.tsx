/** The tabs of one selection and day. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { PanelProps } from "../panel.ts";
import { TABS, type Tab } from "../state.ts";

const WORDS: Record<Tab, string> = { map: "Map", structure: "Structure", services: "Who commissions", walks: "Walks", lineage: "Lineage", table: "Table" };

export function Tabs({ state, go, beside, children }: PanelProps & { beside: ComponentChildren; children: ComponentChildren }) {
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const number = event.key === "Home" ? 0 : event.key === "End" ? TABS.length - 1 : by === undefined ? null : (TABS.indexOf(state.tab) + by + TABS.length) % TABS.length;
    if (number === null) return;
    event.preventDefault();
    go({ tab: TABS[number]! });
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[number]?.focus();
  };
  return (
    <div class="tabs">
      <div class="tab-row">
      <div class="tab-list" role="tablist" aria-label="Views" ref={list} onKeyDown={step}>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            class="tab"
            id={`tab-${tab}`}
            aria-selected={state.tab === tab}
            aria-controls="tab-panel"
            tabIndex={state.tab === tab ? 0 : -1}
            onClick={() => state.tab !== tab && go({ tab })}
          >
            {WORDS[tab]}
          </button>
        ))}
      </div>
      {beside}
      </div>
      <div class={`tab-panel is-${state.tab}`} role="tabpanel" id="tab-panel" aria-labelledby={`tab-${state.tab}`} tabIndex={state.tab === "map" ? -1 : 0}>
        {children}
      </div>
    </div>
  );
}
