/** What the page is, how far it knows, from whom, and how to use it without a mouse. */
import licences from "bundled-licences";
import type { PanelProps } from "../panel.ts";

export function About({ model }: PanelProps) {
  const { meta } = model.main;
  return (
    <article class="reading-page">
      <h1 tabIndex={-1}>About this page</h1>
      <p>
        Who commissions what for whom in England’s health and care, on any day since {model.words(meta.firstDay)}, for a place since {model.words(meta.firstDayOfPlaces)}, and what is planned to the end of{" "}
        {model.words(meta.lastDay, "year")}. Every statement has a source. What is estimated is dashed and says so; what is planned is dashed, has its status and who said it; what is not known is said.
      </p>
      <p>
        The whole of it is in this one file: it asks nothing of the network, keeps nothing, and knows nothing of who reads it. The address holds what is shown, so a copied link shows the same.
      </p>
      <h2>How far it knows</h2>
      <p>The tables know what happened up to {model.words(meta.knownTo)}. Later days show what was last known, and plans where asked for.</p>
      <ul>
        {meta.horizons.map((one) => (
          <li key={one.title}>
            {one.title}: {one.horizon === null ? "no end stated" : model.words(one.horizon)}
          </li>
        ))}
      </ul>
      <h2>Without a mouse</h2>
      <dl class="keys">
        <dt>On the map</dt>
        <dd>Arrow keys go from area to area, Enter chooses, Escape lets go, + and − zoom, Shift and arrows move the map, 0 shows all England. The tab Table lists the same bodies.</dd>
        <dt>On the line of time</dt>
        <dd>Arrow keys go by days, with Shift by months, Page keys from change to change, Home and End to the ends. A day, month or year may be typed beside it.</dd>
      </dl>
      <h2>Whose data</h2>
      <ul>
        {meta.attribution.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p class="source">
        Version {meta.version}, data {meta.hash.slice(0, 12)}
      </p>
      <details>
        <summary>Licences of the programs in this page</summary>
        {licences.map((one) => (
          <section key={one.name}>
            <h3>
              {one.name} {one.version} ({one.licence})
            </h3>
            <pre class="licence">{one.text}</pre>
          </section>
        ))}
      </details>
    </article>
  );
}
