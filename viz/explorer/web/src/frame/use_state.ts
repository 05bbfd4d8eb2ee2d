/** Keeps the state and the address together: a link gives the same view, and Back goes back. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Model, NotRead } from "../model/index.ts";
import { type Go, type NoDay, type Read, type State, read, write } from "../state.ts";

/** Milliseconds without a further change after which panels beside the map follow a moving hand. */
const SETTLED = 90;

export interface Now {
  state: State;
  problems: string[];
  noDay?: NoDay;
}

/** Reads an address; what it names may stand in a part of the data that is read first. */
export async function arrive(hash: string, model: Model): Promise<Read> {
  for (;;) {
    try {
      return read(hash, model);
    } catch (error) {
      if (!(error instanceof NotRead) || model.has(error.part)) throw error;
      await model.need(error.part);
    }
  }
}

/** The state now, the one that has settled (for what is slow to draw), and the way to change it. */
export function usePageState(model: Model, first: Read): { now: Now; settled: State; go: Go; dismiss: () => void } {
  const [now, setNow] = useState<Now>(first);
  const [settled, setSettled] = useState(first.state);
  const latest = useRef(first.state);
  const timer = useRef(0);
  const take = useCallback((next: Now, at: "once" | "later") => {
    latest.current = next.state;
    setNow(next);
    clearTimeout(timer.current);
    if (at === "once") setSettled(next.state);
    else timer.current = window.setTimeout(() => setSettled(latest.current), SETTLED);
  }, []);

  useEffect(() => {
    let newest = 0;
    const follow = () => {
      const mine = ++newest;
      const hash = location.hash;
      if (hash === write(latest.current, model)) return;
      arrive(hash, model).then((next) => mine === newest && take(next, "once"), console.error);
    };
    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
    return () => {
      removeEventListener("popstate", follow);
      removeEventListener("hashchange", follow);
    };
  }, [model]);

  const go = useCallback<Go>(
    (change, how = "push") => {
      const state = { ...latest.current, ...change };
      const address = write(state, model);
      if (how === "push" && address !== location.hash) history.pushState(null, "", address);
      else if (address !== location.hash) history.replaceState(null, "", address);
      take({ state, problems: [] }, how === "push" ? "once" : "later");
    },
    [model],
  );
  const dismiss = useCallback(() => setNow((before) => ({ ...before, problems: [] })), []);
  return { now, settled, go, dismiss };
}
