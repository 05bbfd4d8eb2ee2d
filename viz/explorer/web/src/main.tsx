/** Starts the page: reads the pack, then shows the view that the address names. */
import "./style/index.css";
import { App } from "./app.tsx";
import { begin } from "./begin.tsx";
import { load } from "./model/index.ts";
import { postcodesAsked, readFromPage } from "./read_parts.ts";

void begin(() => load(readFromPage, postcodesAsked()), App);
