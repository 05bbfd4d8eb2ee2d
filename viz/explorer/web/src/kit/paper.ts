/** What the page does for paper that a style sheet cannot do. */

import { useEffect, useState } from "preact/hooks";

/** As wide as an A4 page with ordinary margins, in pixels of a style sheet. */
export const PAPER_WIDTH = 660;

export function printing(): boolean {
  return matchMedia("print").matches;
}

/** Calls with true before the page is printed and with false after it; gives the way to end that. */
export function onPaper(then: (printing: boolean) => void): () => void {
  const media = matchMedia("print");
  const change = () => then(media.matches);
  const before = () => then(true);
  media.addEventListener("change", change);
  addEventListener("beforeprint", before);
  addEventListener("afterprint", change);
  return () => {
    media.removeEventListener("change", change);
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", change);
  };
}

/** Whether the page is being printed: for what must stand there whole on paper. */
export function usePaper(): boolean {
  const [on, set] = useState(printing());
  useEffect(() => onPaper(set), []);
  return on;
}

/** More rows than this stay folded on paper; the line says how many there are. */
const MOST = 30;

/** What is folded is unfolded on paper, where nobody can open it, and folded again after that: not what is long. */
export function unfoldOnPaper(root: ParentNode): () => void {
  let opened: HTMLDetailsElement[] = [];
  return onPaper((on) => {
    if (on) {
      const folded = [...root.querySelectorAll<HTMLDetailsElement>("main details:not([open])")].filter((one) => one.querySelectorAll("li, tr").length <= MOST && one.textContent!.length < 4000);
      for (const one of folded) one.open = true;
      opened = [...opened, ...folded];
    } else {
      for (const one of opened) one.open = false;
      opened = [];
    }
  });
}
