/** The map of a state as an SVG file: of one day, or of two side by side. */
import { comparedScenes } from "../compare/scenes.ts";
import type { PanelProps } from "../panel.ts";
import { sceneOf } from "./day_scene.ts";
import { type Size, placement } from "./projection.ts";
import { type Sheet, svgOf } from "./svg.ts";
import { themeOf } from "./theme.ts";

const ONE: Size = { width: 900, height: 1000 };
const BESIDE: Size = { width: 720, height: 860 };

/** The picture with its title and, below it, the day, what must be said and whose data it is. */
export function mapSvg({ model, state }: Pick<PanelProps, "model" | "state">, title: string, credit: string): string {
  const ctx = document.createElement("canvas").getContext("2d");
  if (!ctx) throw new Error("This browser draws no pictures.");
  const theme = themeOf(document.documentElement);
  if (state.view === "compare") {
    const { scenes, before, after, home } = comparedScenes(model, state, null);
    const sheets = scenes.map((scene, side): Sheet => ({ scene, heading: model.words(side ? after : before), placed: placement(BESIDE, state.zoom, home) }));
    const notes = [...new Set(scenes.map((scene) => scene.layer?.note ?? ""))];
    return svgOf(sheets, BESIDE, title, [...notes, credit], theme, ctx);
  }
  const scene = sceneOf({ model, state });
  const gaps = scene.layer?.gaps.length ? `No outline is known of ${scene.layer.gaps.length}.` : "";
  const sheet: Sheet = { scene, heading: model.words(state.at), placed: placement(ONE, state.zoom, scene.home) };
  return svgOf([sheet], ONE, title, [scene.layer?.note ?? "", gaps, credit], theme, ctx);
}
