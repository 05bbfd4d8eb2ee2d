/** Who sits on a body's boards, and what they may do. */
import { Fold, PlanMark, Sources } from "../kit/parts.tsx";
import type { BoardLine } from "../model/boards.ts";
import { capital } from "../kit/words.ts";
import { type FactProps, Section } from "./facts.tsx";

export function Boards({ model, state, body, level }: FactProps) {
  const boards = model.boards(body, state.at, state.include);
  if (!boards.length) return null;
  const line = (row: BoardLine) => (
    <>
      {row.text} {row.mark && <span class="muted">({row.mark})</span>} <PlanMark model={model} status={row.status} />
    </>
  );
  return (
    <Section level={level} title="Who sits, and what it may do">
      {boards.map((board, number) => (
        <div class="change" key={number}>
          <p>
            {board.name && <b>{capital(board.name)}: </b>}
            {board.form}
          </p>
          {board.seats.length > 0 && <Fold items={board.seats} most={8} what="seats" render={line} />}
          {board.powers.length > 0 && <Fold items={board.powers} most={8} what="powers" render={line} />}
          <Sources sources={board.sources} />
        </div>
      ))}
    </Section>
  );
}
