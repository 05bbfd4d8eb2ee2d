/** Draws the page once its model is there, and gives scripts a hook: `window.orgmap`, to read only. */
import { type ComponentType, render } from "preact";
import { arrive } from "./frame/use_state.ts";
import { hook } from "./hook.ts";
import type { Model } from "./model/index.ts";
import type { Read, State } from "./state.ts";

type Page = ComponentType<{ model: Model; first: Read; onState: (state: State | null) => void }>;

/** Calls once the view that was asked for stands: nothing in it still waits for its data. */
function standing(root: HTMLElement, then: () => void): void {
  const look = () => (root.querySelector(".reading") ? requestAnimationFrame(look) : then());
  requestAnimationFrame(look);
}

export async function begin(load: () => Promise<Model>, App: Page): Promise<void> {
  const root = document.getElementById("app");
  if (!root) return;
  const { dataset } = document.documentElement;
  const say = hook();
  try {
    const model = await load();
    const first = await arrive(location.hash, model);
    root.replaceChildren();
    render(<App model={model} first={first} onState={(state) => say.state(model, state)} />, root);
    standing(root, () => {
      dataset.ready = "yes";
      performance.mark("orgmap:ready");
      say.ready();
    });
    // What most views need is read while nobody waits for it.
    const later = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
    later(() => void model.need("topology", "places").catch(console.error));
  } catch (error) {
    console.error(error);
    root.textContent = `This page could not read its data: ${error instanceof Error ? error.message : String(error)}`;
    dataset.ready = "failed";
    say.failed(error);
  }
}
