import type { PanelProps } from "../panel.ts";

export function Lineage(_: PanelProps) {
  return null;
}
