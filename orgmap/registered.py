"""The questions about a user's own registers: what becomes of agreements, ratings rolled up, empty files to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgmap.answer import Answer, Statuses, answer_of, day_and_note
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.model import Include
from orgmap.loaders.own.csvreading import Readable, readable
from orgmap.programmes import Scheduled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmap.registers import HandoverOutcome
    from orgmap.shapes import answer as whole


class Registered(Scheduled):
    """The part of a graph that reads a user's own registers."""

    def handover(
        self,
        file: str | Path,
        party: str | Iterable[str],
        across: AnyDay,
        *,
        output: str | Path,
        service: str | None = None,
        place: str | None = None,
        kind: str | None = None,
        encoding: str = "utf-8-sig",
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> HandoverOutcome:
        """What becomes of each agreement of a CSV file across a day: which party ends, and who takes over by function.

        `party`, `service` and `place` name columns of the file. Tells how many rows there were, of how many a party
        changes hands, and of how many something is not known.

        >>> import orgmap, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "a.csv").write_text("commissioner,service\\nWest Kent PCT,GP services\\n")
        ...     done = orgmap.open().handover(
        ...         f"{folder}/a.csv", "commissioner", "2013-04-01", service="service", output=f"{folder}/b.csv"
        ...     )
        >>> done.rows, done.changed
        (1, 1)
        """
        from orgmap.registers import RegisterColumns, hand_over_file

        parties = (party,) if isinstance(party, str) else tuple(party)
        columns = RegisterColumns(parties, service, place)
        shown = Include.of(include)
        return hand_over_file(self.store, Path(file), Path(output), columns, across, shown, kind, encoding)

    def rollup(
        self,
        file: str | Readable,
        to: str,
        at: AnyDay | None = None,
        *,
        rule: str = "worst",
        scale: str | Sequence[str] = "",
        body: str = "body",
        domain: str = "domain",
        rating: str = "rating",
        encoding: str = "utf-8-sig",
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.RollupTold, whole.RollupRow]:
        """Ratings of a CSV file, or its bytes, rolled up to the bodies of a kind to which the rated ones belong or
        answer on a day.

        Every such body is counted once, rated or not; what is not rated is never taken for good. `body`, `domain` and
        `rating` name columns, `scale` the ratings, the worst first.

        >>> import orgmap, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "r.csv").write_text("body,rating\\nNHS Thanet CCG,red\\n")
        ...     rows = orgmap.open().rollup(f"{folder}/r.csv", "region", "2014-06-01")
        >>> [(row["parent"]["id"], row["rating"], row["counts"]["red"]) for row in rows if row["counts"]["red"]]
        [('region:Y57', 'red', 1)]
        """
        from orgmap.queries.registers.rollup import rollup
        from orgmap.registers import RatingColumns, read_ratings

        day, said = day_and_note(at)
        found = read_ratings(readable(file), RatingColumns(body, rating, domain), encoding)
        answer = rollup(self.store, found, to, day, rule, scale)
        columns = ("parent", "domain", "rating", "children", "not_rated", "because")
        return answer_of(answer, "parents", f"Ratings rolled up to {to}, on {day}", columns, said)

    def template(
        self, name: str = "", *, as_known_on: AnyDay | None = None
    ) -> Answer[whole.TemplateTold, whole.TemplateRow]:
        """An empty file to fill in, with its heads and rows, and the lines of the documents that ask for them.

        Without a name, what templates there are.

        >>> import orgmap
        >>> len(orgmap.open().template("rag-domains"))
        13
        """
        from orgmap.queries.registers.templates import template

        answer = template(self.store, name)
        return answer_of(answer, "rows", answer["title"], ("cells", "sources"))
