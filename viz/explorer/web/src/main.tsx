/** Starts the page: reads the pack, then shows the view that the address names. */
import "./style/index.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { load } from "./model/index.ts";

const root = document.getElementById("app");
if (root) {
  load().then(
    (model) => {
      root.replaceChildren();
      render(<App model={model} />, root);
      document.documentElement.dataset.ready = "yes";
    },
    (error: unknown) => {
      console.error(error);
      root.textContent = `This page could not read its data: ${error instanceof Error ? error.message : String(error)}`;
      document.documentElement.dataset.ready = "failed";
    },
  );
}
