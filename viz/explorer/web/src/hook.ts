/** What scripts, tests and embedders may ask of the page: `window.orgmap`. It changes nothing. */
import { type Day, type Include, IN_FORCE, type Model, NotRead } from "./model/index.ts";
import { exactly } from "./search/suggest.ts";
import { sure } from "./search/sure.ts";
import { type State, usualKind } from "./state.ts";

interface Hook {
  /** Resolved after the first draw. */
  ready: Promise<void>;
  model: Model | null;
  state: () => State | null;
  find: (name: string, day: string, include?: Include) => Promise<unknown>;
  who: (name: string, day: string, include?: Include) => Promise<unknown>;
  shown: () => { kind: string; day: string; ids: string[] } | null;
}

/** The place that a name means, as Enter in the search box takes it; several where the page would ask which one. */
function placeOf(model: Model, name: string, day: Day): { ref: string } | { which: string[] } | null {
  if (model.place(name, day)) return { ref: name };
  const hits = model.search(name);
  const taken = sure(model, hits, name, day)?.hit;
  if (taken && model.place(taken.ref, day)) return { ref: taken.ref };
  const which = exactly(hits).map((hit) => hit.ref);
  if (which.length > 1 || model.meant(name, day) === null) return { which };
  // Nothing is unknown before all names are read.
  for (const part of ["places", "practices"] as const) if (!model.has(part)) throw new NotRead(part);
  return null;
}

/** Asks the model, and reads first what it lacks. */
async function asked<T>(model: Model, ask: () => T): Promise<T> {
  for (;;) {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof NotRead) || model.has(error.part)) throw error;
      await model.need(error.part);
    }
  }
}

export function hook(): { ready: () => void; failed: (error: unknown) => void; state: (model: Model, state: State | null) => void } {
  let [ready, failed]: [() => void, (error: unknown) => void] = [() => {}, () => {}];
  let now: State | null = null;
  let model: Model | null = null;
  const known = (): Model => {
    if (!model) throw new Error("The page is not ready; wait for orgmap.ready.");
    return model;
  };
  const dayOf = (text: string): Day => {
    const day = known().day(text);
    if (day === undefined) throw new Error(`“${text}” is not a day written like 2013-04-01.`);
    return day;
  };
  /** What is told of a place on a day; which ones it may be, or null, where the name means no single one. */
  const ofPlace = <T>(name: string, text: string, tell: (ref: string, day: Day) => T) =>
    asked(known(), () => {
      const day = dayOf(text);
      const meant = placeOf(known(), name, day);
      return !meant || "which" in meant ? meant : tell(meant.ref, day);
    });
  const page: Hook = {
    ready: new Promise<void>((resolve, reject) => {
      ready = resolve;
      failed = reject;
    }),
    get model() {
      return model;
    },
    state: () => now,
    find: (name, day, include = IN_FORCE) =>
      ofPlace(name, day, (ref, at) =>
        known()
          .find(ref, at, include)
          .bodies.map(({ role, body, share }) => ({ role, body: known().id(body), share })),
      ),
    who: (name, day, include = IN_FORCE) =>
      ofPlace(name, day, (ref, at) =>
        known()
          .services(ref, at, include)
          .flatMap((service) =>
            service.answers.map((answer) => ({
              service: answer.service,
              commissioner: known().id(answer.commissioner),
              through: answer.through.map((body) => known().id(body)),
              population: answer.population,
              basis: answer.basis,
            })),
          ),
      ),
    shown: () => {
      if (!now || !known().has("topology")) return null;
      const at = now.view === "compare" ? (now.and ?? now.at) : now.at;
      const kind = now.kind ?? usualKind(known(), at, now.include);
      const layer = kind === null ? null : known().layer(kind, at, now.include);
      return kind === null ? null : { kind, day: known().iso(at), ids: (layer?.areas ?? []).map((area) => known().id(area.body)) };
    },
  };
  page.ready.catch(() => {});
  (globalThis as { orgmap?: Hook }).orgmap = page;
  return {
    ready: () => ready(),
    failed: (error) => failed(error),
    state: (made, state) => {
      model = made;
      now = state;
    },
  };
}
