/** A map on the page: the canvas, its buttons, what hovers over it, and the way through it by keys. */
import "./map.css";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../frame/icons.tsx";
import { useTheme } from "../frame/theme.ts";
import type { Body, LayerArea } from "../model/index.ts";
import type { Zoom } from "../state.ts";
import type { Box, Point } from "./projection.ts";
import type { Scene } from "./scene.ts";
import { MapView } from "./view.ts";

interface Props {
  scene: Scene;
  zoom: Zoom | null;
  /** Where the map opens, if not with all England. */
  home?: Box | null;
  onZoom: (zoom: Zoom | null) => void;
  /** A body was chosen, or the sea. */
  onPick: (body: Body | null) => void;
  onOver?: (body: Body | null) => void;
  /** What is said beside the pointer. */
  tip: (area: LayerArea) => ComponentChildren;
  /** The same in one sentence, for who does not see the map. */
  spoken: (area: LayerArea) => string;
  /** What the whole map shows. */
  label: string;
  /** Other maps that move with this one. */
  peers?: Set<MapView>;
  children?: ComponentChildren;
}

const ARROWS: Record<string, Point> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function MapCanvas({ scene, zoom, home = null, onZoom, onPick, onOver, tip, spoken, label, peers, children }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<MapView | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const tipBox = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<{ area: LayerArea; at: Point; key: boolean } | null>(null);
  const told = useRef({ onZoom, onPick, onOver });
  told.current = { onZoom, onPick, onOver };
  const theme = useTheme();

  useEffect(() => {
    if (!canvas.current) return;
    const made = new MapView(canvas.current, {
      moved: (placed) => peers?.forEach((peer) => peer !== view.current && peer.put(placed)),
      zoomed: (seen) => told.current.onZoom(seen),
      over: (area, at) => {
        setHovered(area && { area, at, key: false });
        told.current.onOver?.(area?.body ?? null);
      },
      picked: (area) => told.current.onPick(area?.body ?? null),
    });
    view.current = made;
    peers?.add(made);
    return () => {
      peers?.delete(made);
      made.destroy();
    };
  }, []);
  useEffect(() => view.current?.recolour(), [theme]);
  const under = hovered?.area.body ?? null;
  useEffect(() => view.current?.show({ ...scene, hovered: under ?? scene.hovered }), [scene, under]);
  useEffect(() => view.current?.follow(zoom, home), [zoom?.x, zoom?.y, zoom?.k, home?.join()]);
  // What hovers belongs to the areas of before.
  useEffect(() => setHovered(null), [scene.layer]);

  const key = (event: KeyboardEvent) => {
    const map = view.current;
    if (!map || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) map.pan(-arrow[0] * 80, -arrow[1] * 80);
    else if (arrow) {
      const from = hovered?.area ?? scene.layer?.areas.find((area) => area.body === scene.chosen) ?? null;
      const area = map.next(from, arrow);
      if (area) {
        setHovered({ area, at: map.reveal(area), key: true });
        told.current.onOver?.(area.body);
      }
    } else if (event.key === "Enter" && hovered) onPick(hovered.area.body);
    else if (event.key === "Escape") {
      setHovered(null);
      onPick(null);
    } else if (event.key === "+" || event.key === "=") map.scaleBy(1.5);
    else if (event.key === "-") map.scaleBy(1 / 1.5);
    else if (event.key === "0" || event.key === "Home") map.whole();
    else return;
    event.preventDefault();
  };

  // Beside the pointer where there is room, and never outside the map.
  useLayoutEffect(() => {
    const [box, told] = [frame.current, tipBox.current];
    if (!box || !told || !hovered) return;
    const { offsetWidth: width, offsetHeight: height } = told;
    const [x, y] = hovered.at;
    const right = x + 14 + width <= box.clientWidth - 6;
    const left = x - 14 - width >= 6;
    const below = y + 16 + height <= box.clientHeight - 6;
    told.style.left = `${right ? x + 14 : left ? x - 14 - width : Math.max(6, (box.clientWidth - width) / 2)}px`;
    told.style.top = `${below ? y + 16 : Math.max(6, y - 14 - height)}px`;
  });
  return (
    <div class="map" ref={frame}>
      <canvas
        ref={canvas}
        class="map-canvas"
        tabIndex={0}
        role="application"
        aria-roledescription="map"
        aria-label={`${label} Arrow keys go from area to area, Enter chooses, plus and minus zoom, 0 shows all England. The tab Table lists the same.`}
        onKeyDown={key}
        onBlur={() => hovered?.key && setHovered(null)}
      />
      <p class="visually-hidden" aria-live="polite">
        {hovered?.key && spoken(hovered.area)}
      </p>
      {hovered && (
        <div
          class="map-tip"
          aria-hidden="true"
          ref={tipBox}
        >
          {tip(hovered.area)}
        </div>
      )}
      <div class="map-buttons" role="group" aria-label="Zoom">
        <button type="button" onClick={() => view.current?.scaleBy(1.6)} aria-label="Zoom in" title="Zoom in">
          <Icon name="plus" />
        </button>
        <button type="button" onClick={() => view.current?.scaleBy(1 / 1.6)} aria-label="Zoom out" title="Zoom out">
          <Icon name="minus" />
        </button>
        <button type="button" onClick={() => view.current?.whole()} aria-label="All England" title="All England">
          <Icon name="home" />
        </button>
      </div>
      {children}
    </div>
  );
}
