/** The colours of the map, out of the page's style sheet, so that light and dark stand in one place only. */

export interface Theme {
  areas: string[];
  same: string;
  land: string;
  sea: string;
  border: string;
  coast: string;
  chosen: string;
  glow: string;
  accent: string;
  ink: string;
  muted: string;
  halo: string;
  plan: string;
  pin: string;
  town: string;
  font: string;
}

export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    areas: [0, 1, 2, 3, 4, 5].map((number) => value(`map-${number}`)),
    same: value("map-same"),
    land: value("land"),
    sea: value("sea"),
    border: value("border"),
    coast: value("coast"),
    chosen: value("chosen"),
    glow: value("chosen-glow"),
    accent: value("accent"),
    ink: value("ink"),
    muted: value("ink-2"),
    halo: value("map-halo"),
    plan: value("plan"),
    pin: value("pin"),
    town: value("town"),
    font: value("font"),
  };
}
