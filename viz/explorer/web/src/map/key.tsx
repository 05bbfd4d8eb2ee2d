/** The signs of a map, in words: only those that are on it. */
import type { Layer } from "../model/index.ts";

export function MapKey({ layer }: { layer: Layer | null }) {
  if (!layer) return null;
  const { areas } = layer;
  const signs = [
    { sign: "key-dashed", words: "estimated outline", there: layer.estimated || areas.some((area) => area.estimated) },
    { sign: "key-plan", words: "planned", there: areas.some((area) => area.dashed && area.begins) },
    { sign: "key-end", words: "ended by a plan", there: areas.some((area) => area.dashed && !area.begins && !area.covered) },
    { sign: "key-gap", words: "no outline known", there: layer.gaps.length > 0 },
  ].filter((one) => one.there);
  if (!signs.length) return null;
  return (
    <ul class="map-key" aria-label="Signs on the map">
      {signs.map(({ sign, words }) => (
        <li key={sign}>
          <i class={sign} /> {words}
        </li>
      ))}
    </ul>
  );
}
