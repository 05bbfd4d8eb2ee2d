import type { PanelProps } from "../panel.ts";

export function SearchBox(_: PanelProps) {
  return null;
}
