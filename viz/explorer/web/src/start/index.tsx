import type { PanelProps } from "../panel.ts";

export function Start(_: PanelProps) {
  return null;
}
