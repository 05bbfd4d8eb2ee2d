/** Light or dark: as the machine asks, or as the reader chose for this visit. */
import { useEffect, useState } from "preact/hooks";

export type Theme = "light" | "dark";

const machine = () => matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function themeNow(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || chosen === "light" ? chosen : machine().matches ? "dark" : "light";
}

export function choose(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** The theme; who asks is drawn anew when it changes. */
export function useTheme(): Theme {
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const follow = () => setTheme(themeNow());
    const query = machine();
    listeners.add(follow);
    query.addEventListener("change", follow);
    return () => {
      listeners.delete(follow);
      query.removeEventListener("change", follow);
    };
  }, []);
  return theme;
}
