/** What the box suggests: grouped, described, and what Enter may take without asking. */
import type { Day, Hit, Model } from "../model/index.ts";
import { inForceOn } from "../kit/words.ts";
import { meantFirst } from "./sure.ts";

export interface Group {
  label: string;
  hits: Hit[];
}

const MOST = 8;
const FULL_POSTCODE = /^([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})$/i;

/** The outward half if a text looks like a whole postcode. */
export function outwardOf(text: string): string | null {
  return FULL_POSTCODE.exec(text.trim())?.[1]?.toUpperCase() ?? null;
}

function there(model: Model, id: string, day: Day): boolean {
  const body = model.body(id);
  return body !== undefined && inForceOn(model, body, day);
}

/** The hits by what they are: places, bodies of the day, bodies of other days, services; the best group first. */
export function grouped(model: Model, hits: readonly Hit[], day: Day): Group[] {
  const label = (hit: Hit): string => {
    if (hit.kind === "place") return "Places";
    if (hit.kind === "service") return "Services";
    if (hit.lesser) return "Practices and entries of the register";
    return there(model, hit.ref, day) ? "Bodies" : "Bodies of other days";
  };
  const groups = new Map<string, Hit[]>();
  for (const hit of [...hits.filter((one) => !one.lesser), ...hits.filter((one) => one.lesser)]) {
    const name = label(hit);
    const group = groups.get(name) ?? [];
    if (!group.length) groups.set(name, group);
    if (group.length < MOST) group.push(hit);
  }
  return [...groups].map(([name, group]) => ({ label: name, hits: group }));
}

/** The hits that have exactly this name or code: a place is meant before a body, a body before a service. */
export function exactly(hits: readonly Hit[]): Hit[] {
  const called = meantFirst(hits.filter((hit) => hit.exact));
  for (const kind of ["place", "body", "service"]) {
    const exact = called.filter((hit) => hit.kind === kind);
    if (exact.length) return exact;
  }
  return [];
}

/** What this page leaves out of what can be looked up. */
export const NOT_HERE =
  "Pharmacies, dentists, care homes, hospital sites and whatever else only the register of organisations has are not in this page: where the register is loaded, orgmap search and orgmap show CODE find them, and so does the first page of orgmap serve.";

/** The sentence above the suggestions when Enter could not choose. */
export function question(hits: readonly Hit[], text: string): string {
  const typed = `“${text.trim()}”`;
  const exact = exactly(hits).length;
  if (exact === 1) return `Which one? One is called just ${typed}, and others have it in their names.`;
  if (exact > 1) return `Which one? ${exact} have the name or code ${typed}.`;
  const outward = outwardOf(text);
  if (outward && hits.length) {
    return `Which one? This page knows postcodes by their first half only (${outward}): near a boundary, choose the town or ward.`;
  }
  if (hits.length) return `Which one? Nothing is called exactly ${typed}; these come nearest.`;
  if (outward) return `No postcode in England known here begins with ${outward}. Try the town or the council.`;
  return `Nothing here is called ${typed}. Try a town, a council, the first half of a postcode (CT9), a body’s name or its code (10E). ${NOT_HERE}`;
}

/** How many suggestions stand there, for who can't see them. */
export function counted(hits: number): string {
  if (!hits) return "No suggestions.";
  return hits === 1 ? "1 suggestion." : `${hits} suggestions; choose with the arrow keys.`;
}
