"""National bodies, what became of them, and the reforms as dates with a citation: all from rows that people wrote."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.shared.change_events import Handover, add_changes, add_end
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import places_and_records, records


class NationalBody(NamedTuple):
    """One national body: its id without `national:`, its legal standing, and the rows of a public list about it."""

    body: str
    listed: tuple[str, ...]
    name: str
    valid_from: str
    standing: str
    source: str
    valid_until: str = ""
    until_precision: str = ""
    locator: str = ""
    note: str = ""


class Name(NamedTuple):
    """One more name of a body, dated where that is known."""

    body: str
    name: str
    use: str
    source: str
    valid_from: str = ""
    from_precision: str = ""
    valid_until: str = ""
    until_precision: str = ""


class NationalChange(NamedTuple):
    """What became of national bodies on one day; without successors they were abolished."""

    date: str
    kind: str
    predecessors: tuple[str, ...]
    source: str
    successors: tuple[str, ...] = ()
    precision: str = ""
    instrument: str = ""
    note: str = ""


class Belonging(NamedTuple):
    """A body that is no legal person of its own, and what it belongs to."""

    subject: str
    verb: str
    whole: str
    basis: str


class Reform(NamedTuple):
    """A day on which the structure changed, what it is called, who says so, and what happened.

    What one changed is found by comparing the day before with the day.
    """

    reform: str
    date: str
    name: str
    source: str
    note: str
    precision: str = ""
    other_names: tuple[str, ...] = ()
    locator: str = ""


def compile_dataset(published: Path) -> Compiled:
    """Compiles the national bodies, the changes among them, and the reforms; nothing published is needed for it."""
    dataset = Compiled("national_bodies")
    bodies = {body.body: body for body in records("national_bodies/bodies", NationalBody, key="body")}
    for body in bodies.values():
        _add_body(dataset, body)
    for where, name in places_and_records("national_bodies/names", Name):
        cells = name._replace(body=_known(where, name.body, bodies))._asdict()
        dataset.add("names", entity=cells.pop("body"), **{**cells, "source": name.source})
    for where, change in places_and_records("national_bodies/changes", NationalChange):
        _add_change(dataset, where, change, bodies)
    for where, part in places_and_records("national_bodies/parts", Belonging):
        _add_part(dataset, where, part, bodies)
    for reform in records("national_bodies/reforms", Reform, key="reform"):
        _add_reform(dataset, reform)
    return dataset


def _known(where: str, body: str, bodies: dict[str, NationalBody]) -> str:
    if body not in bodies:
        raise DataBroken(f"{where}: “{body}” is no national body. Add it to bodies.csv, or mend the word.")
    return f"national:{body}"


def _life(body: NationalBody) -> TwoDays:
    return TwoDays(body.valid_from, body.valid_until, "", body.until_precision)


def _add_body(dataset: Compiled, body: NationalBody) -> None:
    dataset.add_entity(
        f"national:{body.body}",
        "national_body",
        body.name,
        body.source,
        _life(body),
        locator=body.locator,
        note=f"{body.standing[0].upper()}{body.standing[1:]}. {body.note}".strip(),
    )


def _add_part(dataset: Compiled, where: str, part: Belonging, bodies: dict[str, NationalBody]) -> None:
    subject, whole = (_known(where, body, bodies) for body in (part.subject, part.whole))
    body = bodies[part.subject if part.verb == "part_of" else part.whole]
    dataset.add_link(subject, part.verb, whole, part.basis, body.source, _life(body), locator=body.locator)


def _add_change(
    dataset: Compiled, where: str, change: NationalChange, bodies: dict[str, NationalBody]
) -> None:
    cells = {"instrument": change.instrument, "note": change.note, "precision": change.precision}
    before = [_known(where, body, bodies) for body in change.predecessors]
    after = [_known(where, body, bodies) for body in change.successors]
    if not after:
        add_end(dataset, change.date, before[0].replace(":", "-"), before, change.source, **cells)
        return
    pairs = [Handover(old, new) for old in before for new in after]
    add_changes(dataset, change.date, pairs, change.source, kind=change.kind, **cells)


def _add_reform(dataset: Compiled, reform: Reform) -> None:
    """Adds a body of kind reform that begins on its day and never ends."""
    body = f"reform:{reform.reform}"
    since = TwoDays(reform.date, None, reform.precision)
    cells = {"locator": reform.locator, "note": reform.note}
    dataset.add_entity(body, "reform", reform.name, reform.source, since, **cells)
    for name in reform.other_names:
        dataset.add_name(body, name, "alias", reform.source)
