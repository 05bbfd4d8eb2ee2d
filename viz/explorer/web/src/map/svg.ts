/** The map as a picture file: the same scene as on the screen, written as SVG. */
import { measurer } from "./paint.ts";
import { type Placement, type Point, type Size, project } from "./projection.ts";
import { AREA_TEXT, type Label, LINE, type Scene, TOWN_TEXT, labels } from "./scene.ts";
import { ringsOf } from "./shapes.ts";
import type { Placed } from "./labels.ts";
import type { Theme } from "./theme.ts";

export interface Sheet {
  scene: Scene;
  /** Above the map, if several stand side by side. */
  heading: string;
  placed: Placement;
}

const FOOT = 54;
const HEAD = 46;

export function escaped(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  // What XML cannot hold at all is left out.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (sign) => signs[sign]!);
}

const number = (value: number) => String(Math.round(value * 10) / 10);

/** A ring as a path; points that fall on the same tenth of a pixel are one. */
function pathOf(points: readonly Point[], placed: Placement, closed: boolean): string {
  let last = "";
  const out: string[] = [];
  for (const [px, py] of points) {
    const at = `${number(px * placed.k + placed.x)} ${number(py * placed.k + placed.y)}`;
    if (at !== last) out.push(at);
    last = at;
  }
  if (closed && out.length < 3) return "";
  return `M${out.join("L")}${closed ? "Z" : ""}`;
}

function hatch(id: string, colour: string, width: number): string {
  return `<pattern id="${id}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M0 3.500H7" stroke="${colour}" stroke-width="${width}"/></pattern>`;
}

function areasOf({ scene, placed }: Sheet, theme: Theme): string {
  const out: string[] = [];
  const d = (area: Parameters<typeof ringsOf>[0]) => ringsOf(area).map((ring) => pathOf(ring, placed, true)).join("");
  const path = (area: Parameters<typeof ringsOf>[0], looks: string) => `<path d="${d(area)}" fill-rule="evenodd" ${looks}/>`;
  for (const area of scene.land?.areas ?? []) {
    out.push(path(area, `fill="${theme.land}"`));
    if (scene.layer?.gaps.length) out.push(path(area, 'fill="url(#gap)"'));
  }
  const dash = (on: boolean) => (on ? ' stroke-dasharray="4 2.5"' : "");
  for (const area of scene.layer?.areas ?? []) {
    if (area.covered) continue;
    const { colour, over } = scene.fill(area);
    const fill = area.dashed && !area.begins ? theme.glow : colour === "same" ? theme.same : (theme.areas[colour] ?? theme.same);
    const line = area.dashed ? theme.plan : theme.border;
    const name = `<title>${escaped(scene.name(area.body))}</title>`;
    out.push(`<path d="${d(area)}" fill-rule="evenodd" fill="${fill}" stroke="${line}" stroke-width="${area.dashed ? 1.6 : 0.7}"${dash(area.estimated || area.dashed)}>${name}</path>`);
    if (over !== undefined) out.push(path(area, `fill="url(#over${over})"`));
    if (area.dashed && area.begins) out.push(path(area, 'fill="url(#plan)"'));
  }
  for (const area of scene.layer?.areas ?? []) {
    if (area.body === scene.chosen) out.push(path(area, `fill="none" stroke="${theme.glow}" stroke-width="6"`), path(area, `fill="none" stroke="${theme.chosen}" stroke-width="3"`));
  }
  if (scene.ground) out.push(path(scene.ground.area, `fill="none" stroke="${theme.glow}" stroke-width="6"`), path(scene.ground.area, `fill="none" stroke="${theme.pin}" stroke-width="3"`));
  return out.join("\n");
}

function words(found: Placed<Label>[], theme: Theme, measure: (text: string, kind: Label["kind"]) => number): string {
  return found
    .map(({ wish, lines, x, y, marked }) => {
      if (marked) {
        return `<circle cx="${number(x)}" cy="${number(y)}" r="8.5" fill="${theme.halo}" stroke="${theme.ink}"/><text x="${number(x)}" y="${number(y + 4)}" text-anchor="middle" font-size="11" font-weight="700" fill="${theme.ink}">${escaped(lines[0]!)}</text>`;
      }
      const town = wish.kind === "town";
      const looks = town ? `font-size="${TOWN_TEXT}" font-style="italic" fill="${theme.town}"` : `font-size="${AREA_TEXT}" font-weight="${wish.kind === "area" ? 500 : 700}" fill="${theme.ink}"`;
      const top = y - ((lines.length - 1) * LINE) / 2 + 4;
      const dot = town ? `<circle cx="${number(x - measure(wish.text, "town") / 2 - 6)}" cy="${number(y)}" r="2.4" fill="${theme.town}"/>` : "";
      const spans = lines.map((line, i) => `<tspan x="${number(x)}" y="${number(top + i * LINE)}">${escaped(line)}</tspan>`).join("");
      return `${dot}<text text-anchor="middle" paint-order="stroke" stroke="${theme.halo}" stroke-width="3" stroke-linejoin="round" ${looks}>${spans}</text>`;
    })
    .join("\n");
}

function pin({ scene, placed }: Sheet, theme: Theme): string {
  if (!scene.pin) return "";
  const [px, py] = project([scene.pin.x, scene.pin.y]);
  const at = `${number(px * placed.k + placed.x)} ${number(py * placed.k + placed.y)}`;
  return `<g transform="translate(${at})"><path d="M0 0C-3-8-10-12-10-19a10 10 0 0120 0C10-12 3-8 0 0Z" fill="${theme.pin}" stroke="${theme.glow}" stroke-width="2"/><circle cy="-19" r="3.6" fill="${theme.glow}"/></g>`;
}

/** The picture: a title, the maps side by side, and what must be said with them. */
export function svgOf(sheets: readonly Sheet[], size: Size, title: string, notes: readonly string[], theme: Theme, ctx: CanvasRenderingContext2D): string {
  const measure = measurer(ctx, theme);
  const width = sheets.length * size.width;
  const height = HEAD + size.height + FOOT;
  const body = sheets.map((sheet, i) => {
    const heading = sheet.heading ? `<text x="12" y="24" font-size="15" font-weight="700" fill="${theme.ink}">${escaped(sheet.heading)}</text>` : "";
    return `<svg x="${i * size.width}" y="${HEAD}" width="${size.width}" height="${size.height}"><rect width="100%" height="100%" fill="${theme.sea}"/>
${areasOf(sheet, theme)}
${pin(sheet, theme)}
${words(labels(sheet.scene, size, sheet.placed, measure), theme, measure)}
${heading}</svg>`;
  });
  const said = notes.filter(Boolean).map((note, i) => `<text x="12" y="${HEAD + size.height + 18 + i * 15}" font-size="11" fill="${theme.muted}">${escaped(note)}</text>`);
  const patterns = [hatch("gap", theme.coast, 0.6), hatch("plan", theme.plan, 0.9), ...theme.areas.map((colour, i) => hatch(`over${i}`, colour, 3))].join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Arial, Helvetica, sans-serif" role="img">
<title>${escaped(title)}</title>
<defs>${patterns}</defs>
<rect width="100%" height="100%" fill="${theme.glow}"/>
<text x="12" y="30" font-size="19" font-weight="700" fill="${theme.ink}">${escaped(title)}</text>
${body.join("\n")}
${said.join("\n")}
</svg>
`;
}
