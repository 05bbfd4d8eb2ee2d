/** What the page does for paper that a style sheet cannot do. */

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

/** Sources are unfolded on paper, where nobody can open them, and folded again after that. */
export function unfoldSources(root: ParentNode): () => void {
  let opened: HTMLDetailsElement[] = [];
  return onPaper((on) => {
    if (on) {
      const folded = [...root.querySelectorAll<HTMLDetailsElement>("details.sources:not([open])")];
      for (const one of folded) one.open = true;
      opened = [...opened, ...folded];
    } else {
      for (const one of opened) one.open = false;
      opened = [];
    }
  });
}
