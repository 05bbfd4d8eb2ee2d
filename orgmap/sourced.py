"""The questions about what sources say: statements of documents, references, the list of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from orgmap.answer import Answer, answer_of, only_rows
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds
from orgmap.loaders.itself import NAME, cite_itself
from orgmap.queries import citing

if TYPE_CHECKING:
    from orgmap.shapes import answer as whole
    from orgmap.shapes import row as rows


class Sourced:
    """The part of a graph that tells who says so."""

    store: Store

    def stated(
        self,
        text: str = "",
        *,
        in_: str | None = None,
        about: str | None = None,
        topic: str | None = None,
        where: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        count_by: str | None = None,
        as_known_on: AnyDay | None = None,
        limit: int | None = None,
    ) -> Answer[whole.StatedTold, rows.StatementRow]:
        """What the documents of 2011, 2012 and 2019 state: plans as plans, with the line that says so.

        A question in words is answered by a record, beside the statements that are near to it.

        >>> import orgmap
        >>> record = orgmap.open().stated("How often does the conditions panel meet?").to_dict()["record"]
        >>> record["verdict"], record["parts"][0]["text"]
        ('stated', 'every fortnight, for half a day')
        """
        from orgmap.queries.records.answer import answered

        pairs = where.items() if isinstance(where, Mapping) else where
        answer = answered(self.store, text, in_, about, topic, pairs, count_by, limit)
        columns = ("text", "topic", "status", "valid_from", "due", "stated_on", "document", "id")
        return answer_of(answer, "statements", f"“{text}”" if text else "Stated", columns)

    def cite(
        self, fact: str = NAME, *, kind: Kinds = None, as_known_on: AnyDay | None = None
    ) -> Answer[whole.CiteTold, rows.Reference]:
        """The source of a fact, a body, a change or a statement as a reference; without one, orgmap's own."""
        answer = cite_itself() if fact == NAME else citing.cite(self.store, fact, chosen_kinds(kind))
        references = [{"reference": one} for one in answer["references"]]
        return answer_of(answer, references, answer["statement"], ("reference",))

    def sources(self, *, as_known_on: AnyDay | None = None) -> Answer[whole.Sources, rows.SourceRow]:
        """Every source that the graph cites, with its licence."""
        answer = citing.list_sources(self.store)
        return only_rows(answer, "Sources", "id title publisher as_of licence".split())
