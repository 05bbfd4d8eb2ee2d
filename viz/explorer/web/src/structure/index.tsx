import type { PanelProps } from "../panel.ts";

export function Structure(_: PanelProps) {
  return null;
}
