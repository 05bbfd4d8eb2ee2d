/** The width of an element, as it changes. */
import { useEffect, useState } from "preact/hooks";

export function useWidth(frame: { current: HTMLElement | null }, first = 720, least = 280): number {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = () => setWidth(Math.max(element.clientWidth, least));
    const look = new ResizeObserver(measure);
    look.observe(element);
    measure();
    return () => look.disconnect();
  }, []);
  return width;
}
