/** What every panel gets: it shows what the model says about the state, and goes on by `go`. */
import type { Model } from "./model/index.ts";
import type { Go, State } from "./state.ts";

export interface PanelProps {
  model: Model;
  state: State;
  /** Changes the state; the address follows, and Back undoes it. */
  go: Go;
}
