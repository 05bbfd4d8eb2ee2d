import type { PanelProps } from "../panel.ts";

/** Beside the map. */
export function BodyPanel(_: PanelProps) {
  return null;
}

/** The whole page of one body. */
export function BodyPage(_: PanelProps) {
  return null;
}
