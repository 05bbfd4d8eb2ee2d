/** The width of an element, as it changes; on paper that of the paper. */
import { useEffect, useState } from "preact/hooks";
import { onPaper, PAPER_WIDTH, printing } from "./paper.ts";

export function useWidth(frame: { current: HTMLElement | null }, first = 720, least = 280): number {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = () => setWidth(printing() ? PAPER_WIDTH : Math.max(element.clientWidth, least));
    const look = new ResizeObserver(measure);
    look.observe(element);
    const ended = onPaper((on) => (on ? setWidth(PAPER_WIDTH) : measure()));
    measure();
    return () => {
      look.disconnect();
      ended();
    };
  }, []);
  return width;
}
