/** Draws a scene on a canvas. */
import { type Label, AREA_TEXT, LINE, type Scene, TOWN_TEXT, labels } from "./scene.ts";
import { type Placement, type Size, project } from "./projection.ts";
import { MARK, type Placed } from "./labels.ts";
import { type Shape, linesOf, shapeOf } from "./shapes.ts";
import type { Theme } from "./theme.ts";

export interface Screen {
  ctx: CanvasRenderingContext2D;
  size: Size;
  ratio: number;
  theme: Theme;
}

const patterns = new Map<string, CanvasPattern | null>();

/** Slanting lines of a colour; drawn once for each colour and sharpness of the screen. */
function hatch(screen: Screen, colour: string, k: number, wide = 1.2): CanvasPattern | null {
  const { ctx, ratio } = screen;
  const key = `${colour} ${ratio} ${wide}`;
  let pattern = patterns.get(key);
  if (pattern === undefined) {
    const side = Math.round(7 * ratio);
    const tile = document.createElement("canvas");
    tile.width = tile.height = side;
    const pen = tile.getContext("2d");
    if (pen) {
      pen.strokeStyle = colour;
      pen.lineWidth = wide * ratio;
      pen.beginPath();
      for (const shift of [-side, 0, side]) {
        pen.moveTo(shift - side * 0.25, side * 1.25);
        pen.lineTo(shift + side * 1.25, -side * 0.25);
      }
      pen.stroke();
    }
    pattern = ctx.createPattern(tile, "repeat");
    patterns.set(key, pattern);
  }
  pattern?.setTransform(new DOMMatrix().scale(1 / (k * ratio)));
  return pattern;
}

const widths = new Map<string, number>();

export function fontOf(theme: Theme, kind: Label["kind"]): string {
  if (kind === "town") return `italic 500 ${TOWN_TEXT}px ${theme.font}`;
  return `${kind === "area" ? 500 : 700} ${kind === "area" ? AREA_TEXT : AREA_TEXT + 0.5}px ${theme.font}`;
}

/** How wide a text is; measured once. */
export function measurer(ctx: CanvasRenderingContext2D, theme: Theme): (text: string, kind: Label["kind"]) => number {
  return (text, kind) => {
    const key = `${kind} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      ctx.font = fontOf(theme, kind);
      width = ctx.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  };
}

/** Draws all of it, as it lies. */
export function paint(screen: Screen, scene: Scene, placed: Placement): void {
  const { ctx, ratio, size, theme } = screen;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, size.width * ratio, size.height * ratio);
  ctx.setTransform(placed.k * ratio, 0, 0, placed.k * ratio, placed.x * ratio, placed.y * ratio);
  ctx.lineJoin = "round";
  const pixel = 1 / placed.k;
  const seen = ({ box }: Shape) =>
    box[2] * placed.k + placed.x > -2 && box[3] * placed.k + placed.y > -2 && box[0] * placed.k + placed.x < size.width + 2 && box[1] * placed.k + placed.y < size.height + 2;

  if (scene.land) {
    // Where a kind has no bodies there is no gap: districts are not everywhere.
    const gaps = scene.layer?.gaps.length ? hatch(screen, theme.coast, placed.k, 0.7) : null;
    const land = scene.land.areas.map(shapeOf).filter(seen);
    // The coast first: what of it lies between two areas is filled over.
    for (const { path } of land) outline(ctx, theme.coast, 1.8 * pixel, path);
    for (const shape of land) {
      ctx.fillStyle = theme.land;
      ctx.fill(shape.path, "evenodd");
      if (gaps) {
        ctx.fillStyle = gaps;
        ctx.globalAlpha = 0.45;
        ctx.fill(shape.path, "evenodd");
        ctx.globalAlpha = 1;
      }
    }
  }

  const areas = (scene.layer?.areas ?? []).filter((area) => seen(shapeOf(area)));
  for (const area of areas) {
    // What a plan would make lies over what it is to end.
    if (area.covered) continue;
    const { path } = shapeOf(area);
    const { colour, over } = scene.fill(area);
    ctx.fillStyle = area.dashed && !area.begins ? theme.glow : colour === "same" ? theme.same : (theme.areas[colour] ?? theme.same);
    ctx.fill(path, "evenodd");
    const lines = area.dashed ? (area.begins ? hatch(screen, theme.plan, placed.k, 0.8) : null) : over === undefined ? null : hatch(screen, theme.areas[over] ?? theme.same, placed.k, 3);
    if (lines) {
      ctx.globalAlpha = area.dashed ? 0.5 : 1;
      ctx.fillStyle = lines;
      ctx.fill(path, "evenodd");
      ctx.globalAlpha = 1;
    }
  }
  if (scene.layer) {
    ctx.strokeStyle = theme.border;
    ctx.lineWidth = (placed.k > 1.6 ? 0.9 : 0.6) * pixel;
    if (scene.layer.estimated) ctx.setLineDash([4 * pixel, 2.5 * pixel]);
    ctx.stroke(linesOf(scene.layer.mesh));
    ctx.setLineDash([]);
    for (const area of areas) {
      if (area.covered || (!area.dashed && !(area.estimated && !scene.layer.estimated))) continue;
      outline(ctx, area.dashed ? theme.plan : theme.border, (area.dashed && area.begins ? 1.8 : 1) * pixel, shapeOf(area).path, [5 * pixel, 3 * pixel]);
    }
  }
  for (const area of areas) {
    if ((!scene.lit.has(area.body) && area.body !== scene.hovered) || area.body === scene.chosen) continue;
    outline(ctx, theme.glow, 4.5 * pixel, shapeOf(area).path);
    outline(ctx, theme.accent, 2.2 * pixel, shapeOf(area).path);
  }
  for (const area of areas) {
    if (area.body !== scene.chosen) continue;
    const { box, path } = shapeOf(area);
    // A small area must not drown in its own outline.
    const thin = (box[2] - box[0]) * placed.k < 30 ? 0.55 : 1;
    outline(ctx, theme.glow, 6 * thin * pixel, path);
    outline(ctx, theme.chosen, 3 * thin * pixel, path);
  }
  if (scene.ground) {
    const { path } = shapeOf(scene.ground.area);
    outline(ctx, theme.glow, 6 * pixel, path);
    outline(ctx, theme.pin, 3 * pixel, path);
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (scene.pin) drawPin(screen, placed, [scene.pin.x, scene.pin.y]);
  write(screen, labels(scene, size, placed, measurer(ctx, theme)));
}

function outline(ctx: CanvasRenderingContext2D, colour: string, width: number, path: Path2D, dash: number[] = []): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.stroke(path);
  ctx.setLineDash([]);
}

function drawPin({ ctx, theme }: Screen, placed: Placement, at: [number, number]): void {
  const [px, py] = project(at);
  const [x, y] = [px * placed.k + placed.x, py * placed.k + placed.y];
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.bezierCurveTo(x - 3, y - 8, x - 10, y - 12, x - 10, y - 19);
  ctx.arc(x, y - 19, 10, Math.PI, 0);
  ctx.bezierCurveTo(x + 10, y - 12, x + 3, y - 8, x, y);
  ctx.closePath();
  ctx.fillStyle = theme.pin;
  ctx.strokeStyle = theme.glow;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fill();
  ctx.beginPath();
  ctx.arc(x, y - 19, 3.6, 0, 2 * Math.PI);
  ctx.fillStyle = theme.glow;
  ctx.fill();
}

function write({ ctx, theme }: Screen, placed: Placed<Label>[]): void {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { wish, lines, x, y, marked } of placed) {
    if (marked) {
      disc(ctx, theme, lines[0]!, x, y);
      continue;
    }
    ctx.strokeStyle = theme.halo;
    const town = wish.kind === "town";
    ctx.font = fontOf(theme, wish.kind);
    ctx.lineWidth = town ? 2.5 : 3;
    ctx.globalAlpha = wish.kind === "area" || town ? 0.85 : 1;
    const top = y - ((lines.length - 1) * LINE) / 2;
    lines.forEach((line, i) => ctx.strokeText(line, x, top + i * LINE));
    ctx.globalAlpha = 1;
    ctx.fillStyle = town ? theme.town : theme.ink;
    lines.forEach((line, i) => ctx.fillText(line, x, top + i * LINE));
    if (town) dot(ctx, theme, x - widths.get(`town ${wish.text}`)! / 2 - 6, y);
  }
}

function disc(ctx: CanvasRenderingContext2D, theme: Theme, mark: string, x: number, y: number): void {
  ctx.beginPath();
  ctx.arc(x, y, MARK - 0.5, 0, 2 * Math.PI);
  ctx.fillStyle = theme.halo;
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1;
  ctx.fill();
  ctx.stroke();
  ctx.font = `700 11px ${theme.font}`;
  ctx.fillStyle = theme.ink;
  ctx.fillText(mark, x, y + 0.5);
}

function dot(ctx: CanvasRenderingContext2D, theme: Theme, x: number, y: number): void {
  ctx.beginPath();
  ctx.arc(x, y, 2.4, 0, 2 * Math.PI);
  ctx.fillStyle = theme.town;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fill();
}
