/** What this page cannot tell of a walk, and where it is told: the server that gave the page, or the command line. */
import { apiAddress } from "../kit/asked_of.ts";
import { CopyField } from "../kit/parts.tsx";
import type { Model } from "../model/index.ts";
import { walkCommand, type WalkAsked } from "../model/walks.ts";
import { walkAddress } from "./asked.ts";

export function Elsewhere({ model, asked }: { model: Model; asked: WalkAsked | null }) {
  const api = apiAddress();
  return (
    <section class="facts no-print">
      <h2>What this page cannot tell</h2>
      <p>
        A walk as it was known on an earlier day{api ? "" : ", a home told by its whole postcode,"} and a table of your own cases:{" "}
        {api ? (
          <>
            {asked && (
              <>
                <a href={walkAddress(model, api, asked)}>this walk on the server’s own page</a>, where <code>as-known-on=2026-06-01</code> may be added to the address;{" "}
              </>
            )}
            <a href={`${api.replace(/\/api$/, "")}/bulk/for/walk`}>send a table of cases</a>.
          </>
        ) : (
          "the command line tells them, and so does orgmap serve."
        )}{" "}
        <code>orgmap explore --as-known-on 2026-06-01</code> writes this page as of a day.
      </p>
      {asked && <CopyField label="Command" text={walkCommand(asked)} />}
    </section>
  );
}
