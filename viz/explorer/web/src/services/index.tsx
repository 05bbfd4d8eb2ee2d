import type { PanelProps } from "../panel.ts";

export function Services(_: PanelProps) {
  return null;
}
