"""The graph as an object whose methods are the questions, under the names that they have on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from orgmap.answer import BODY, THING, Answer, Statuses, answer_of, day_and_note, name_of, only_rows, over
from orgmap.asked import asked_alike
from orgmap.graphmodel.dates import AnyDay, day_of, days_of
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import laid_over
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds
from orgmap.planned import Planned
from orgmap.queries.answers import things, things_of_body, things_of_lineage
from orgmap.queries.place import months_and_years as span
from orgmap.registered import Registered
from orgmap.words import in_its_words

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from orgmap.csvfiles import Outcome
    from orgmap.drawing import Picture
    from orgmap.shapes import answer as whole
    from orgmap.shapes import row as rows


@in_its_words
@asked_alike
class Graph(Planned, Registered):
    """England's health and care bodies since 1999, for a place since 2010: ask it, then close it, or use `with`.

    A day is a text as people write it (`"2013-04-01"`, `"1 April 2013"`), a `date`, a `datetime`, or pandas' or
    numpy's; without one it is today. Of a month or year the first day is taken, and a note says so. A question raises
    `NothingFound` where the answer is “not known”, `Ambiguous` with candidates, `WrongUse` for what cannot be asked.
    """

    def __init__(self, store: Store, url: str = "") -> None:
        self.store, self.tables, self._url = store, laid_over(), url
        self._known: dict[str, Graph] = {}

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"orgmap.Graph ({'a server' if '://' in self._url else self._url or 'the embedded file'})"

    def close(self) -> None:
        """Gives up the file or the connection."""
        self.store.close()

    def known_on(self, day: AnyDay) -> Graph:
        """The same graph as it was known on a day, to ask several questions of it: nothing said later is in it.

        >>> import orgmap
        >>> len(orgmap.open().known_on("2013-06-01").list("ccg", "2013-06-01"))
        211
        """
        from orgmap.graphmodel.known import KnownStore

        if (day := day_of(day)) not in self._known:
            self._known[day] = Graph(KnownStore(self.store, day), self._url)
        return self._known[day]

    def find(
        self,
        place: str,
        at: AnyDay | None = None,
        *,
        kind: Kinds = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.FindTold, rows.FoundBody]:
        """My bodies: who commissions, plans, scrutinises and listens for a place or practice on a day.

        >>> import orgmap
        >>> orgmap.open().find("CT9 1AA", "2013-3-31")[0]["id"]
        'pct:5QA'
        """
        from orgmap.queries.place.bodies.of_kind import asked_for, of_kinds
        from orgmap.queries.place.find import find

        (day, said), meant = day_and_note(at), chosen_kinds(kind)
        shown = Include.of(include)
        asked = asked_for(self.store, place, day, meant)

        def on(day: str) -> dict[str, Any]:
            answer = find(self.store, asked, day, shown)
            return {**answer, "query": place, "bodies": of_kinds(answer["bodies"], meant)}

        answer = over(at, on, span.find_essence)
        columns = ("role", "id", "name", "valid_from", "valid_until", "share", "basis", "status")
        return answer_of(answer, "bodies", f"{answer['place']['described']}, on {day}", columns, said)

    def who(
        self,
        service: str,
        for_: str,
        at: AnyDay | None = None,
        *,
        and_: AnyDay | None = None,
        kind: Kinds = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.WhoTold, rows.Commissioning]:
        """Who commissions a service for a place, through whom, answerable to whom, since when, and who says so.

        With `and_` the answers of both days, each with its `at`.

        >>> import orgmap
        >>> answer = orgmap.open().who("health visiting", "Thanet", "2015-09-30", and_="2015-10-01")
        >>> [(one["at"], one["commissioner"]["id"]) for one in answer]
        [('2015-09-30', 'national:nhs_england'), ('2015-10-01', 'council:E10000016')]
        """
        from orgmap.queries.commissioning.who import compare, who
        from orgmap.queries.place.bodies.of_kind import answers_of_kinds, asked_for

        (day, said), meant = day_and_note(at), chosen_kinds(kind)
        shown = Include.of(include)
        asked = asked_for(self.store, for_, day, meant)

        def on(day: str) -> dict[str, Any]:
            return answers_of_kinds(who(self.store, service, asked, day, shown), meant)

        if and_:
            other, more = day_and_note(and_)
            answer = compare(self.store, service, asked, day, other, shown)
            answer |= {side: answers_of_kinds(answer[side], meant) for side in ("before", "after")}
            sides = answer["before"], answer["after"]
            answer["answers"] = [{"at": side["at"], **one} for side in sides for one in side["answers"]]
            said += more
            title = f"{answer['before']['service']['name']}, for {for_}, on {day} and {other}"
        else:
            answer = over(at, on, span.who_essence)
            title = f"{answer['service']['name']}, for {answer['for']['described']}, on {day}"
        columns = tuple("at commissioner basis status acting_through legally_accountable population".split())
        return answer_of(answer, "answers", title, columns, said)

    def what(
        self,
        body: str,
        at: AnyDay | None = None,
        *,
        kind: Kinds = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.WhatTold, rows.Doing]:
        """What a body commissions or does, and for whom."""
        from orgmap.queries.commissioning.what import what

        (day, said), shown = day_and_note(at), Include.of(include)
        answer = over(at, lambda one: what(self.store, body, one, shown, kind), span.what_essence)
        columns = "service text commissioners verb object_name basis population valid_from valid_until holds"
        return answer_of(answer, "rows", name_of(answer["body"], day), tuple(columns.split()), said)

    def answers_to(
        self,
        body: str,
        at: AnyDay | None = None,
        *,
        kind: Kinds = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.AnswersToTold, rows.StepRow]:
        """To whom a body answers: each step with its verb, its basis, its days and its source."""
        from orgmap.queries.commissioning.accountability import answers_to

        (day, said), shown = day_and_note(at), Include.of(include)
        answer = over(at, lambda one: answers_to(self.store, body, one, shown, kind), span.answers_essence)
        columns = ("sentence", "text", "basis", "status", "valid_from", "valid_until")
        return answer_of(answer, "steps", name_of(answer["body"], day), columns, said)

    def list(
        self,
        kind: str,
        at: AnyDay | None = None,
        *,
        within: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.Bodies, rows.ListedBody]:
        """All bodies of a kind on a day, in England or within a place or body."""
        from orgmap.queries.body.listing import list_bodies

        (day, said), rest = day_and_note(at), (within, Include.of(include))
        answer = list_bodies(self.store, kind, day, *rest)
        more = span.list_changes(days_of(at), kind, lambda one: list_bodies(self.store, kind, one, *rest))
        said = [*said, *answer["notes"], *more]
        where = f"{kind} in {answer['place'] or 'England'}, on {day}"
        return only_rows(answer["bodies"], where, (*BODY[:6], "codes", "status"), said)

    def show(
        self,
        body: str,
        at: AnyDay | None = None,
        *,
        kind: Kinds = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.ShowTold, rows.Thing]:
        """All that is known of one body: names, codes, dates, what came before and after, relations, sources."""
        from orgmap.queries.body.show import show

        (day, said), shown = day_and_note(at), Include.of(include)
        answer = over(at, lambda one: show(self.store, body, one, shown, kind), span.show_essence)
        return answer_of(answer, things_of_body(answer), name_of(answer["body"], day), THING, said)

    def lineage(
        self,
        body: str,
        at: AnyDay | None = None,
        *,
        back: bool = False,
        forward: bool = False,
        about: str | None = None,
        kind: Kinds = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.LineageTold, rows.Thing]:
        """What a body came from (`back`) and what became of it (`forward`); both, unless one is asked for."""
        from orgmap.queries.change.lineage import lineage

        asked = (self.store, body, back or not forward, forward or not back, about)
        rest, said = (kind, Include.of(include)), day_and_note(at)[1]
        answer = over(at, lambda one: lineage(*asked, one if at else None, *rest), span.body_essence)
        return answer_of(answer, things_of_lineage(answer), name_of(answer["body"]), THING, said)

    def search(
        self,
        text: str,
        *,
        kind: str | None = None,
        at: AnyDay | None = None,
        limit: int = 20,
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.SearchTold, rows.ListedBody]:
        """Bodies whose names come nearest to a text, best first; forgives typing errors."""
        from orgmap.queries.body.search import search

        day, said = day_and_note(at) if at else (None, [])
        answer = search(self.store, text, kind, day, limit)
        return answer_of(answer, "bodies", f"“{text}”", (*BODY, "matched"), said)

    def diff(
        self,
        before: AnyDay,
        after: AnyDay,
        *,
        within: str | None = None,
        kind: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.DiffTold, rows.Thing]:
        """What changed between two days: bodies and relations that began, ended or got another name."""
        from orgmap.queries.change.diff import diff

        (first, said), (last, more) = day_and_note(before), day_and_note(after)
        answer = diff(self.store, first, last, within, kind, Include.of(include))
        said, title = [*said, *more], f"{within or 'England'}, from {first} to {last}"
        return answer_of(answer, things(answer), title, THING, said)

    def reforms(self, *, as_known_on: AnyDay | None = None) -> Answer[whole.Bodies, rows.ListedBody]:
        """The reforms in the graph, by date."""
        from orgmap.queries.change.reforms import list_reforms

        return only_rows(list_reforms(self.store), "Reforms", ("id", "name", "valid_from"))

    def reform(
        self,
        name: str,
        *,
        within: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.DiffTold, rows.Thing]:
        """What one reform changed: the day before it against the day itself."""
        from orgmap.queries.change.reforms import reform

        answer = reform(self.store, name, within, Include.of(include))
        days = f"from {answer['before']} to {answer['after']}"
        title = f"{answer['reform']['name']}, {within or 'England'}, {days}"
        return answer_of(answer, things(answer), title, THING)

    def crosswalk(
        self,
        from_kind: str,
        from_day: AnyDay,
        to_kind: str,
        to_day: AnyDay,
        *,
        by: str = "population",
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.CrosswalkTold, rows.CrosswalkRow]:
        """A many-to-many table between two structures, weighted; its rows end with what did not map."""
        from orgmap.queries.change.crosswalk import COLUMNS, crosswalk

        (first, said), (last, more) = day_and_note(from_day), day_and_note(to_day)
        answer = crosswalk(self.store, from_kind, first, to_kind, last, by, Include.of(include))
        title, every = f"{from_kind} on {first} to {to_kind} on {last}", answer["rows"] + answer["unmapped"]
        return answer_of(answer, every, title, COLUMNS, [*said, *more])

    @overload
    def annotate(
        self,
        table: pd.DataFrame,
        column: str,
        *,
        at: AnyDay | None = None,
        at_column: str | None = None,
        kind: Kinds = None,
        to_day: AnyDay | None = None,
        as_known_on: AnyDay | None = None,
    ) -> pd.DataFrame: ...
    @overload
    def annotate(
        self,
        table: str | Path,
        column: str,
        *,
        output: str | Path,
        at: AnyDay | None = None,
        at_column: str | None = None,
        kind: Kinds = None,
        to_day: AnyDay | None = None,
        as_known_on: AnyDay | None = None,
        encoding: str = "utf-8-sig",
    ) -> Outcome: ...
    def annotate(
        self,
        table: pd.DataFrame | str | Path,
        column: str,
        *,
        output: str | Path | None = None,
        at: AnyDay | None = None,
        at_column: str | None = None,
        kind: Kinds = None,
        to_day: AnyDay | None = None,
        as_known_on: AnyDay | None = None,
        encoding: str = "utf-8-sig",
    ) -> pd.DataFrame | Outcome:
        """Adds commissioner, system, council and boards to each row of a pandas table, or of a CSV file to `output`.

        `column` holds the place, practice or body, `at_column` each row's own day; `to_day` follows ended bodies to
        those that are there on that day. Of a file it says how many rows were answered.

        >>> import orgmap, pandas
        >>> clients = pandas.DataFrame({"postcode": ["CT9 1AA"], "referred": ["1 June 2013"]})
        >>> orgmap.open().annotate(clients, "postcode", at_column="referred")["commissioner"][0]
        'ccg:10E'
        """
        from orgmap.frames import annotate

        return annotate(self.store, table, column, output, at, at_column, to_day, kind, encoding)

    def snapshot(
        self,
        at: AnyDay | None = None,
        *,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
        commissioning: bool = False,
    ) -> nx.MultiDiGraph[str]:
        """What was in force on a day as a `networkx.MultiDiGraph`; without a day everything, with its dates.

        With `commissioning` also an edge from each body to each service that it commissions on the day.
        """
        from orgmap.queries.structure.snapshot import snapshot

        return snapshot(self.store, at, Include.of(include), commissioning)

    def draw(
        self,
        picture: str,
        *what: AnyDay,
        within: str | None = None,
        at: AnyDay | None = None,
        and_: AnyDay | None = None,
        view: str | None = None,
        service: str | None = None,
        hops: int | None = None,
        all: bool = False,
        kind: str | None = None,
        file: str | Path | None = None,
        format: str = "html",
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Picture:
        """Draws `reform`, `diff`, `services`, `network`, `lineage`, `timeline`, `plans`, `programme` or `map`."""
        from orgmap.drawing import draw

        asked: dict[str, Any] = {"within": within, "at": at, "and_": and_, "view": view, "service": service}
        more = {"hops": hops, "all": all, "kind": kind, "file": file, "include": Include.of(include)}
        return draw(self.store, picture, what, format, asked | more)
