/** The few signs of the page: drawn, so that they are the same everywhere. */

const PATHS = {
  play: "M7 4l13 8-13 8z",
  pause: "M8 5v14M16 5v14",
  next: "M5 5l9 7-9 7zM18 5v14",
  previous: "M19 5l-9 7 9 7zM6 5v14",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  home: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  swap: "M4 8h14l-4-4M20 16H6l4 4",
  close: "M6 6l12 12M18 6L6 18",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 019.5 4 8.5 8.5 0 1020 14.5z",
  share: "M12 15V3M8 7l4-4 4 4M5 12v8h14v-8",
  compare: "M12 3v18M4 6h5v12H4zM15 6h5v12h-5z",
  search: "M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l5 5",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
