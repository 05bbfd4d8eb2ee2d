/** Share what one sees: a link, an embed, a citation, pictures, tables, areas, one page of paper. */
import "./share.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Model } from "../model/index.ts";
import type { PanelProps } from "../panel.ts";
import { type State, usualKind, write } from "../state.ts";
import { citeBody, citeView, own } from "../body/cite.ts";
import { Icon } from "../frame/icons.tsx";
import { csvFile, fileName, textFile } from "../kit/files.ts";
import { CopyField, DownloadButton } from "../kit/parts.tsx";
import { mapSvg } from "../map/export.ts";
import { bodyRows, tableCsv } from "../table/rows.ts";
import { embedSnippet, embedded, wholeAddress } from "./embed.ts";
import { geojson } from "./geojson.ts";
import { pngOf, svgFile } from "./picture.ts";

/** The address of the view as others may open it. */
function addressOf(model: Model, state: State): string {
  return wholeAddress(new URL(write(state, model), location.href).href);
}

/** The sentence on the screen, for titles and citations. */
function sentenceOf(): string {
  return document.querySelector("h1")?.textContent?.trim() || document.title;
}

/** The picture that stands there, where it is no map. */
function drawingOf(): SVGSVGElement | null {
  return document.querySelector<SVGSVGElement>("svg.river");
}

function svgNow(model: Model, state: State): string {
  if (state.view === "compare" || (state.view === "explore" && state.tab === "map")) return mapSvg({ model, state }, sentenceOf(), own(model));
  const drawing = drawingOf();
  if (!drawing) throw new Error("No picture stands here: open Map or Lineage first.");
  const title = drawing.closest(".lineage")?.querySelector(".headline")?.textContent?.trim() || sentenceOf();
  return svgFile(drawing, title, own(model));
}

export function Share({ model, state }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    document.documentElement.dataset.embed = embedded(location.search) ? "yes" : "no";
  }, []);
  const show = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  const hide = () => dialog.current?.close();
  if (embedded(location.search)) {
    return (
      <a class="button-quiet whole-page" href={wholeAddress(new URL(write(state, model), location.href).href)} target="_blank" rel="noopener">
        Open the whole page
      </a>
    );
  }
  return (
    <>
      <button type="button" class="button-quiet share-button" aria-haspopup="dialog" onClick={show}>
        <Icon name="share" /> <span>Share</span>
      </button>
      <dialog ref={dialog} class="share" aria-label="Share" onClose={() => setOpen(false)} onClick={(event) => event.target === dialog.current && hide()}>
        {open && <Inside model={model} state={state} hide={hide} />}
      </dialog>
    </>
  );
}

function Inside({ model, state, hide }: { model: Model; state: State; hide: () => void }) {
  const link = addressOf(model, state);
  const sentence = sentenceOf();
  const cited = state.view === "body" && state.body !== null ? citeBody(model, state, state.body, link) : citeView(model, state, sentence, link);
  const name = (ending: string) => fileName(sentence, ending);
  const kind = state.kind ?? usualKind(model, state.at, state.include);
  const areas = () => {
    const text = kind === null ? null : geojson(model, kind, state.at, state.include);
    if (!text) throw new Error("No outlines of this kind are here on this day.");
    return textFile(text, "application/geo+json");
  };
  const rows = () => {
    if (kind === null) throw new Error("Choose a kind of body first.");
    return csvFile(tableCsv(model, bodyRows(model, kind, state.at, state.include), kind));
  };
  return (
    <div class="share-inside">
      <div class="chosen-head">
        <h2>Share this view</h2>
        <button type="button" class="button-quiet" onClick={hide}>
          Close
        </button>
      </div>
      <p>{sentence}</p>
      <CopyField label="Link" text={link} />
      {link.startsWith("file:") && <p class="muted">This page is a file: the link works where the file lies at the same place. Send the file along, or its address once it stands on a server.</p>}
      <CopyField label="Embed" text={embedSnippet(link, sentence)} rows={3} />
      <CopyField label="Citation" text={cited} rows={5} />
      <h3>Take it away</h3>
      <div class="row">
        <DownloadButton name={name("png")} make={() => pngOf(svgNow(model, state))}>
          Download PNG
        </DownloadButton>
        <DownloadButton name={name("svg")} make={() => textFile(svgNow(model, state), "image/svg+xml")}>
          Download SVG
        </DownloadButton>
        <DownloadButton name={name("csv")} make={rows}>
          Download CSV
        </DownloadButton>
        <DownloadButton name={name("geojson")} make={areas}>
          Download GeoJSON
        </DownloadButton>
        <button
          type="button"
          class="button-quiet"
          onClick={() => {
            hide();
            setTimeout(() => print(), 60);
          }}
        >
          A4 page
        </button>
      </div>
      <p class="muted">CSV and GeoJSON: {kind === null ? "choose a kind of body first" : `${model.kindLabel(kind, true)} on ${model.words(state.at)}`}. A4 page: print, or save as PDF.</p>
    </div>
  );
}
