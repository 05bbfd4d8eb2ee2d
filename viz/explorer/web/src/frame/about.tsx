/** What the page is, how far it knows, from whom, and how to use it without a mouse. */
import licences from "bundled-licences";
import { apiAddress } from "../kit/asked_of.ts";
import type { PanelProps } from "../panel.ts";
import { NOT_HERE } from "../search/suggest.ts";

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
      <p>{NOT_HERE}</p>
      <Questions model={model} />
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

/** Every question of the command line, and where it is answered: here, by the server that gave the page, by the command. */
function Questions({ model }: Pick<PanelProps, "model">) {
  const api = apiAddress();
  return (
    <>
      <h2>What may be asked, and where</h2>
      <p>
        Each question is a command, too (<code>orgmap find</code>), and an address of the server that <code>orgmap serve</code> starts. A day on which things were known otherwise is asked there with{" "}
        <code>--as-known-on</code>; <code>orgmap explore --as-known-on 2013-06-01</code> writes this page as of a day.
      </p>
      <dl class="keys">
        {model.main.asked.map(([question, view, words, here]) => (
          <div key={question}>
            <dt>{here && view ? <a href={`#${view}`}>{question}</a> : !here && api ? <a href={`${api}#${question}`}>{question}</a> : question}</dt>
            <dd>{here ? words : `Not on this page: ${words}. ${api ? "The server answers it." : "The command and the server answer it."}`}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
