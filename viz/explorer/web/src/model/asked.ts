/** Answers questions from files, so that a test can lay the answers beside those of the command line. Not in the page.
 *
 * node asked.mjs FOLDER_OF_PARTS QUESTIONS.json writes the answers, one for each question, as JSON.
 */

import { readFileSync } from "node:fs";
import { reading } from "../search/reading";
import { start as opening, write } from "../state";
import { type Body, type Include, load, type Model, type PartName } from "./index";

type Question =
  | { ask: "find" | "services"; place: string; at: string; include?: Include }
  | { ask: "who"; service: string; place: string; at: string; include?: Include }
  | { ask: "answers_to" | "commissions" | "members" | "what_became" | "councils" | "sources" | "boards" | "cases" | "due"; body: string; at: string; include?: Include }
  | { ask: "list"; kind: string; at: string; include?: Include }
  | { ask: "layer"; kind: string; at: string; include?: Include }
  | { ask: "headline"; kind: string; at: string; and?: string; include?: Include }
  | { ask: "diff"; kind: string; at: string; and: string; include?: Include }
  | { ask: "walk"; script: string; resident: string | null; practice: string | null; at: string; and?: string; include?: Include }
  | { ask: "search"; text: string; limit?: number }
  | { ask: "reading"; text: string };

const NONE: Include = { planned: false, proposed: false };

function answer(model: Model, question: Question): unknown {
  const id = (body: Body) => model.id(body);
  const iso = (day: number | null) => (day === null ? null : model.iso(day));
  if (question.ask === "search") return model.search(question.text, question.limit);
  if (question.ask === "reading") {
    const read = reading(model, opening(model), question.text);
    return read && { said: read.said, views: read.choices.map((choice) => write(choice.state, model)) };
  }
  const include = question.include ?? NONE;
  const at = model.day(question.at)!;
  switch (question.ask) {
    case "find": {
      const found = model.find(question.place, at, include);
      return {
        described: found.place.described,
        notes: found.notes,
        bodies: found.bodies.map((one) => ({
          role: one.role, id: id(one.body), name: one.name, valid_from: iso(one.from), valid_until: iso(one.until), share: one.share,
          basis: one.basis, note: one.note, status: one.status, sources: one.sources.map((source) => source.id),
        })),
      };
    }
    case "who":
    case "services": {
      const found = question.ask === "who" ? [model.who(question.service, question.place, at, include)] : model.services(question.place, at, include);
      return found.map((one) => ({
        service: one.service,
        why: one.why,
        answers: one.answers.map((who) => ({
          commissioner: id(who.commissioner), through: who.through.map(id), accountable: who.accountable.map(id), behalf: who.onBehalfOf.map(id),
          supported: who.supportedBy.map(id), population: who.population, basis: who.basis, status: who.status, share: who.share,
          from: iso(who.from), until: iso(who.until), notes: who.notes, sources: who.sources.map((source) => source.id),
        })),
      }));
    }
    case "walk": {
      const days = [at, ...(question.and === undefined ? [] : [model.day(question.and)!])];
      const walked = model.walk({ script: question.script, resident: question.resident, practice: question.practice, days, include });
      return {
        places: walked.places,
        counts: Object.fromEntries(walked.counts),
        sources: walked.sources.map((source) => source.id),
        steps: walked.steps.map((step) => ({
          text: step.text,
          service: step.serviceName,
          sources: step.sources.map((source) => source.id),
          cells: step.cells.map((cell) => ({
            at: iso(cell.day),
            applies: cell.applies,
            notes: cell.notes,
            flags: cell.flags,
            answers: cell.answers.map((one) => ({
              side: one.side, counts: one.counts, part: one.part, commissioner: id(one.commissioner), name: one.name, through: one.through.map(id),
              behalf: one.onBehalfOf.map(id), population: one.population, basis: one.basis, status: one.status, stated_on: iso(one.statedOn), share: one.share,
              share_of: one.shareOf, notes: one.notes, sources: one.sources.map((source) => source.id),
            })),
          })),
        })),
        bodies: walked.bodies.map((one) => ({
          at: iso(one.day), body: id(one.body), complaint: one.complaint?.text ?? null,
          scrutiny: one.scrutiny.map((line) => ({ body: id(line.body), sentences: line.sentences.map((said) => said.text) })),
        })),
      };
    }
    case "answers_to":
      return model.answersTo(model.body(question.body)!, at, include).map((step) => ({ text: step.text, direction: step.direction, depth: step.depth, holds: step.holds }));
    case "commissions":
      return model.commissions(model.body(question.body)!, at, include).map((one) => ({ service: one.service, through: one.through ?? "", basis: one.basis, population: one.population, holds: one.holds }));
    case "sources":
      return model.sources(model.body(question.body)!).map((one) => one.id);
    case "boards":
      return model.boards(model.body(question.body)!, at, include).flatMap((one) => [...one.seats, ...one.powers].map((row) => row.text));
    case "cases":
      return model.cases(model.body(question.body)!).map((one) => [one.name, one.outcome, one.events.map((row) => row.text)]);
    case "due":
      return model.due(model.body(question.body)!, at).map((step) => [step.id, step.stands]);
    case "councils":
      return model.councils(model.body(question.body)!, at, include).map((one) => ({ kind: one.kind, rows: one.rows.map((row) => [id(row.body), row.share]) }));
    case "members":
      return model.members(model.body(question.body)!, at, include).map((one) => ({ kind: one.kind, bodies: one.bodies.map(id) }));
    case "what_became":
      return model.became(model.body(question.body)!, include).map((one) => ({ other: one.other === null ? null : id(one.other), day: iso(one.day), how: one.how, weight: one.weight, stray: one.stray }));
    case "list":
      return model.inForce(question.kind, at, include).map((body) => ({ id: id(body), name: model.name(body, at), status: model.statusOn(body, at, include) }));
    case "layer": {
      const layer = model.layer(question.kind, at, include);
      return layer && { kind: layer.kind, note: layer.note, gaps: layer.gaps.map(id), areas: layer.areas.map((area) => ({ id: id(area.body), colour: area.colour, plan: area.plan, dashed: area.dashed, points: area.feature.geometry.coordinates.length })) };
    }
    case "headline":
      return model.headline(question.kind, at, question.and === undefined ? undefined : model.day(question.and), include);
    case "diff": {
      const found = model.diff(question.kind, at, model.day(question.and)!, include);
      return { headline: found.headline, unchanged: found.unchanged.length, renamed: found.renamed.map(id), changes: found.changes.map((one) => ({ from: one.from.map(id), to: one.to.map(id), how: one.how, status: one.status })) };
    }
  }
}

const [folder, questions] = process.argv.slice(2);
const read = async (part: PartName): Promise<unknown> => JSON.parse(readFileSync(`${folder}/${part}.json`, "utf8"));
const start = performance.now();
const model = await load(read);
await model.need("topology", "places", "practices");
const loaded = performance.now() - start;
const asked = JSON.parse(readFileSync(questions!, "utf8")) as Question[];
const answers = asked.map((question) => {
  const begun = performance.now();
  try {
    return { answer: answer(model, question), ms: performance.now() - begun };
  } catch (error) {
    return { error: String(error), ms: performance.now() - begun };
  }
});
process.stdout.write(JSON.stringify({ loaded, answers }));
