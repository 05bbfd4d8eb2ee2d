"""The questions of people who must find their way: a guide to a place, what a word means, a case that is walked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgmap.answer import Answer, Statuses, answer_of, day_and_note
from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import OrgmapError, WrongUse
from orgmap.graphmodel.model import Include
from orgmap.loaders.own.csvreading import Readable, readable
from orgmap.sourced import Sourced

if TYPE_CHECKING:
    from orgmap.queries.walks.walk import CaseAsked, WalkAsked
    from orgmap.shapes import guide as guides


class Guided(Sourced):
    """The part of a graph that leads people to bodies."""

    def guide(
        self,
        place: str,
        at: AnyDay | None = None,
        *,
        about: str | None = None,
        as_: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[guides.GuideTold, guides.GuideLine]:
        """Whom to speak to in a place: who pays, plans, listens and oversees, what each is for, what is to change.

        `about` is a theme (“carers”) or a service, `as_` a reader (“charity”).

        >>> import orgmap
        >>> answer = orgmap.open().guide("Thanet", "2026-06-01", about="carers")
        >>> [line["body"]["id"] for line in answer if line["part"] == "pays"]
        ['icb:QKS', 'council:E10000016']
        """
        from orgmap.queries.guide.guide import guide

        day, said = day_and_note(at)
        answer = guide(self.store, place, day, about or "", as_ or "", Include.of(include))
        lines = [{"part": part["part"], **line} for part in answer["parts"] for line in part["lines"]]
        theme = f": {answer['theme']['name']}" if answer["theme"] else ""
        title = f"A guide to {answer['place']['described']}, on {day}{theme}"
        return answer_of(answer, lines, title, ("part", "body", "role", "share", "text", "status"), said)

    def explain(
        self, term: str, at: AnyDay | None = None, *, as_known_on: AnyDay | None = None
    ) -> Answer[guides.ExplainTold, guides.Meaning]:
        """What an abbreviation or a word means, since when, and who says so.

        >>> import orgmap
        >>> orgmap.open().explain("JSNA")[0]["meaning"]
        'joint strategic needs assessment'
        """
        from orgmap.queries.guide.explain import explain

        day, said = day_and_note(at) if at else (None, [])
        answer = explain(self.store, term, day)
        columns = ("term", "what", "meaning", "valid_from", "valid_until", "text")
        return answer_of(answer, "meanings", f"“{term}”", columns, said)

    def walk(
        self,
        script: str = "",
        *,
        resident: str | None = None,
        practice: str | None = None,
        at: AnyDay | None = None,
        and_: AnyDay | None = None,
        file: str | Readable | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[guides.WalkTold, guides.WalkRow | guides.Script]:
        """Walks a case through the structure of a day or of two: who commissions each step, and what is open.

        `resident` is where the person lives, `practice` on whose list they are; `file` is a table of one's own cases,
        or its bytes. Without a script the cases that can be walked are listed.

        >>> import orgmap
        >>> answer = orgmap.open().walk("child-under-5", resident="CT9 1AA", at="2015-09-30", and_="2015-10-01")
        >>> [row["commissioner"]["name"] for row in answer if row["text"] == "A health visitor calls on the family."]
        ['NHS England (legally the NHS Commissioning Board)', 'Kent County Council']
        """
        from orgmap.queries.walks.rows import rows_of
        from orgmap.queries.walks.walk import WalkAsked, cases_walked, walk, walks

        columns = ("case", "text", "at", "commissioner", "population", "status", "flags")
        if not script and file is None:
            scripts = walks(self.store)
            listed = {"scripts": scripts, "cases": [], "notes": []}
            return answer_of(listed, "scripts", "Cases to walk", ("id", "name", "text"))
        if script and file is not None:
            raise WrongUse("One case is walked, or a table of cases: name one of them.")
        first, said = day_and_note(at)
        days = (first, day_of(and_)) if and_ else (first,)
        shown = Include.of(include)
        if file is None:
            case = walk(self.store, script, resident or "", practice or "", days, shown)
            cases = [{"line": None, "case": "", "fault": None, **case}]
        else:
            asked = WalkAsked(script, resident or "", practice or "", days)
            cases = list(cases_walked(self.store, _cases(readable(file), asked), shown))
        notes = dict.fromkeys(note for case in cases for note in case["notes"])
        if all(case["fault"] for case in cases):  # then nothing else says why
            notes = dict.fromkeys(f"line {case['line']}: {case['fault']}" for case in cases)
        whole = {"scripts": [], "cases": cases, "notes": list(notes)}
        rows = [row for case in cases for row in rows_of(case)]
        title = f"{cases[0]['name']}, on {' and '.join(days)}" if file is None else "Cases walked"
        return answer_of(whole, rows, title, columns, said)


def _cases(file: Readable, asked: WalkAsked) -> list[CaseAsked]:
    """The cases of a file; what a row leaves blank is what was asked for all. A bad row has its reason."""
    from orgmap.loaders.own.case_file import read_cases

    return [_case(row, asked) for row in read_cases(file)]


def _case(row: Any, asked: WalkAsked) -> CaseAsked:
    from orgmap.queries.walks.walk import CaseAsked, WalkAsked

    script, name, home, practice = (
        row.cells.get(cell, "") for cell in ("script", "case", "resident", "practice")
    )
    if not (home or practice):
        home, practice = asked.resident, asked.practice
    case = WalkAsked(script, home, practice, ())
    if row.fault:
        return CaseAsked(row.line, name, case, row.fault)
    days = [row.cells.get("at") or asked.days[0], row.cells.get("and") or "".join(asked.days[1:])]
    try:
        return CaseAsked(row.line, name, case._replace(days=tuple(day_of(day) for day in days if day)))
    except OrgmapError as fault:
        return CaseAsked(row.line, name, case, str(fault))
