/** A map that is moved by wheel, fingers, mouse and keys, and says what was pointed at. */
import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, ZoomTransform, zoom } from "d3-zoom";
import type { LayerArea } from "../model/index.ts";
import type { Zoom } from "../state.ts";
import { paint } from "./paint.ts";
import { type Box, ENGLAND, type Placement, type Point, type Size, fit, placement, WHOLE, zoomOf } from "./projection.ts";
import type { Scene } from "./scene.ts";
import { areaAt, nextArea, shapeOf } from "./shapes.ts";
import { type Theme, themeOf } from "./theme.ts";

export interface Told {
  /** The map is being moved. */
  moved: (placed: Placement) => void;
  /** The map came to rest. */
  zoomed: (zoom: Zoom | null) => void;
  /** The mouse is over this area at this place of the map, or over none. */
  over: (area: LayerArea | null, at: Point) => void;
  picked: (area: LayerArea | null) => void;
}

/** How many times larger than all England a map may be. */
export const CLOSEST = 60;

export class MapView {
  private scene: Scene | null = null;
  private size: Size = { width: 1, height: 1 };
  private ratio = 1;
  private theme: Theme;
  private placed: Placement;
  private asked: Zoom | null = null;
  private home: Box | null = null;
  private frame = 0;
  private following = false;
  private readonly printing = matchMedia("print");
  /** On paper the colours are light ones, whatever the screen shows. */
  private readonly reprint = () => {
    this.theme = themeOf(this.canvas);
    // The style sheet says how large the map is on paper: the page is laid out for it only after this.
    const [width, height] = getComputedStyle(this.canvas).getPropertyValue("--on-paper").split(" ").map(Number);
    if (this.printing.matches && width && height) this.take({ width, height }, 2);
    else this.resize();
  };
  private readonly ctx: CanvasRenderingContext2D;
  private readonly behaviour: ZoomBehavior<HTMLCanvasElement, unknown>;
  private readonly watch: ResizeObserver;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly told: Told,
  ) {
    const ctx = canvas.getContext("2d");
    if (!ctx) throw new Error("This browser draws no pictures.");
    this.ctx = ctx;
    this.theme = themeOf(canvas);
    this.placed = fit(this.size);
    this.behaviour = zoom<HTMLCanvasElement, unknown>()
      .clickDistance(5)
      .on("zoom", (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        const { k, x, y } = event.transform;
        this.placed = { k, x, y };
        this.redraw();
        if (!this.following) this.told.moved(this.placed);
      })
      .on("end", () => {
        if (!this.following) this.rest();
      });
    select(canvas).call(this.behaviour).on("dblclick.zoom", null);
    canvas.addEventListener("dblclick", (event) => this.scaleBy(event.shiftKey ? 0.5 : 2, [event.offsetX, event.offsetY]));
    canvas.addEventListener("pointermove", (event) => this.point(event));
    canvas.addEventListener("pointerleave", () => this.told.over(null, [0, 0]));
    canvas.addEventListener("click", (event) => this.told.picked(this.areaOn([event.offsetX, event.offsetY])));
    this.printing.addEventListener("change", this.reprint);
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(canvas);
    this.resize();
  }

  destroy(): void {
    this.watch.disconnect();
    this.printing.removeEventListener("change", this.reprint);
    cancelAnimationFrame(this.frame);
    select(this.canvas).on(".zoom", null);
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.redraw();
  }

  /** Brings the map where the state says it is. */
  follow(asked: Zoom | null, home: Box | null): void {
    this.asked = asked;
    this.home = home;
    const wanted = placement(this.size, asked, home);
    const off = Math.abs(wanted.k / this.placed.k - 1) > 0.005 || Math.hypot(wanted.x - this.placed.x, wanted.y - this.placed.y) > 2;
    if (off) this.to(wanted);
  }

  /** Lies as another map lies. */
  put(placed: Placement): void {
    this.to(placed);
    this.asked = this.zoomNow();
  }

  /** What is seen; all England is said outright where the map would else open at its home. */
  private zoomNow(): Zoom | null {
    return zoomOf(this.size, this.placed) ?? (this.home && WHOLE);
  }

  recolour(): void {
    this.theme = themeOf(this.canvas);
    this.redraw();
  }

  scaleBy(factor: number, at: Point = [this.size.width / 2, this.size.height / 2]): void {
    select(this.canvas).call(this.behaviour.scaleBy, factor, at);
  }
  pan(x: number, y: number): void {
    select(this.canvas).call(this.behaviour.translateBy, x / this.placed.k, y / this.placed.k);
  }
  whole(): void {
    this.to(fit(this.size));
    this.rest();
  }

  /** The next area in a direction, from an area or else from the middle of what is seen. */
  next(from: LayerArea | null, direction: Point): LayerArea | null {
    const areas = this.scene?.layer?.areas ?? [];
    const middle: Point = [(this.size.width / 2 - this.placed.x) / this.placed.k, (this.size.height / 2 - this.placed.y) / this.placed.k];
    const all = areas.filter((area) => area !== from).map((area) => ({ area, at: shapeOf(area).label }));
    if (from) return nextArea(all, shapeOf(from).label, direction)?.area ?? null;
    const distance = ({ at }: { at: Point }) => Math.hypot(at[0] - middle[0], at[1] - middle[1]);
    return all.sort((a, b) => distance(a) - distance(b))[0]?.area ?? null;
  }

  /** Where an area's name stands on the screen; the map moves so that it is seen. */
  reveal(area: LayerArea): Point {
    const [px, py] = shapeOf(area).label;
    const at = (): Point => [px * this.placed.k + this.placed.x, py * this.placed.k + this.placed.y];
    const [x, y] = at();
    const margin = 40;
    const dx = x < margin ? margin - x : x > this.size.width - margin ? this.size.width - margin - x : 0;
    const dy = y < margin ? margin - y : y > this.size.height - margin ? this.size.height - margin - y : 0;
    if (dx || dy) this.pan(dx, dy);
    return at();
  }

  private rest(): void {
    this.asked = this.zoomNow();
    this.told.zoomed(this.asked);
  }

  private to(placed: Placement): void {
    this.following = true;
    select(this.canvas).call(this.behaviour.transform, new ZoomTransform(placed.k, placed.x, placed.y));
    this.following = false;
  }

  private areaOn([x, y]: Point): LayerArea | null {
    const at: Point = [(x - this.placed.x) / this.placed.k, (y - this.placed.y) / this.placed.k];
    this.ctx.setTransform(1, 0, 0, 1, 0, 0);
    return areaAt(this.ctx, this.scene?.layer?.areas ?? [], at);
  }

  private point(event: PointerEvent): void {
    if (event.pointerType === "touch" || event.buttons) return this.told.over(null, [0, 0]);
    const at: Point = [event.offsetX, event.offsetY];
    this.told.over(this.areaOn(at), at);
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight || this.printing.matches) return;
    this.take({ width: clientWidth, height: clientHeight }, Math.min(3, devicePixelRatio || 1));
  }

  /** Draws at a size. */
  private take(size: Size, ratio: number): void {
    this.size = size;
    this.ratio = ratio;
    this.canvas.width = Math.round(size.width * ratio);
    this.canvas.height = Math.round(size.height * ratio);
    const whole = fit(this.size);
    const { left, top, width, height } = ENGLAND;
    this.behaviour
      .extent([
        [0, 0],
        [size.width, size.height],
      ])
      .scaleExtent([whole.k * 0.8, whole.k * CLOSEST])
      .translateExtent([
        [left - width * 0.7, top - height * 0.5],
        [left + width * 1.7, top + height * 1.5],
      ]);
    this.to(placement(this.size, this.asked, this.home));
    this.paintNow();
  }

  redraw(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.paintNow());
  }

  private paintNow(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.scene) return;
    paint({ ctx: this.ctx, size: this.size, ratio: this.ratio, theme: this.theme }, this.scene, this.placed);
    performance.clearMarks("orgmap:drawn");
    performance.mark("orgmap:drawn");
  }
}
