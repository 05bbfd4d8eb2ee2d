import type { PanelProps } from "../panel.ts";

export function Table(_: PanelProps) {
  return null;
}
