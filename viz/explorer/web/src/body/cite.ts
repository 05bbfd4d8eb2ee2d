/** How to cite a body or a view: text that one can put below another text. */
import type { Body, Model } from "../model/index.ts";
import type { State } from "../state.ts";
import { onlyOnce, reference } from "../kit/words.ts";

/** What orgmap itself is called in a citation. */
export function own(model: Model): string {
  const { version, hash } = model.main.meta;
  return `orgmap: who commissions what for whom in England’s health and care. Version ${version}, tables ${hash.slice(0, 16)}.`;
}

/** A body on a day with its sources, and the link if the page stands somewhere. */
export function citeBody(model: Model, state: State, body: Body, link: string): string {
  const lines = [`${model.name(body, state.at)} (${model.id(body)}), as of ${model.words(state.at)}.`];
  for (const source of onlyOnce(model.sources(body))) lines.push(reference(model, source));
  lines.push(own(model));
  if (/^https?:/.test(link)) lines.push(link);
  return lines.join("\n");
}

/** A view of the page: its sentence, the day, the project. */
export function citeView(model: Model, state: State, sentence: string, link: string): string {
  const days = state.and === null ? model.words(state.at) : `${model.words(state.at)} and ${model.words(state.and)}`;
  const told = sentence.replace(/[.?]$/, "");
  const lines = [told.includes(model.words(state.at)) ? `${told}.` : `${told} (${days}).`, own(model), ...model.main.meta.attribution];
  if (/^https?:/.test(link)) lines.push(link);
  return lines.join("\n");
}
