import type { PanelProps } from "../panel.ts";

export function Share(_: PanelProps) {
  return null;
}
