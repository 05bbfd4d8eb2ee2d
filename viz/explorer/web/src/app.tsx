/** The frame of the page: the state, its address, and the views in which the panels stand. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { BodyPage, BodyPanel } from "./body/index.tsx";
import { Lineage } from "./lineage/index.tsx";
import type { Model } from "./model/index.ts";
import { SearchBox } from "./search/index.tsx";
import { Services } from "./services/index.tsx";
import { Share } from "./share/index.tsx";
import { Start } from "./start/index.tsx";
import { type Go, read, write } from "./state.ts";
import { Structure } from "./structure/index.tsx";
import { Table } from "./table/index.tsx";

export function App({ model }: { model: Model }) {
  const [now, setNow] = useState(() => read(location.hash, model));
  const latest = useRef(now.state);
  latest.current = now.state;
  useEffect(() => {
    const follow = () => setNow(read(location.hash, model));
    addEventListener("hashchange", follow);
    addEventListener("popstate", follow);
    return () => {
      removeEventListener("hashchange", follow);
      removeEventListener("popstate", follow);
    };
  }, [model]);
  const go = useCallback<Go>(
    (change, how = "push") => {
      const state = { ...latest.current, ...change };
      latest.current = state;
      const address = write(state, model);
      if (how === "push" && address !== location.hash) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
      setNow({ state, problems: [] });
    },
    [model],
  );
  const props = { model, state: now.state, go };
  return (
    <main>
      <SearchBox {...props} />
      {now.problems.map((problem) => <p role="alert">{problem}</p>)}
      {now.state.view === "start" && <Start {...props} />}
      {now.state.view === "body" && <BodyPage {...props} />}
      {now.state.view === "explore" && (
        <>
          <BodyPanel {...props} />
          <Structure {...props} />
          <Services {...props} />
          <Lineage {...props} />
          <Table {...props} />
        </>
      )}
      <Share {...props} />
    </main>
  );
}
