"""What the live register changed, as a release of each register that it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from orgmap.graphmodel.dates import parse_day, today
from orgmap.graphmodel.errors import DataBroken, StoreOutOfReach
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.formats import ORDLIVE, formats
from orgmap.loaders.releases.listings import Contents, RefusedRow
from orgmap.loaders.releases.live_register.asking import MONTHS_BACK, LiveRegister, fetch, forget
from orgmap.loaders.releases.live_register.records import known_by, record_of
from orgmap.loaders.releases.loading import Loading, load_contents
from orgmap.loaders.releases.ods_xml import XmlBody
from orgmap.loaders.releases.xml_registers import STAY, Sorting

MOST_ROLES = 5
"""So many roles that are passed over are named."""


def registers() -> tuple[str, ...]:
    """The registers that the live one holds: of bodies by their roles, and of stays by relations.

    >>> registers()
    ('eccg', 'etr', 'epraccur', 'epcn', 'epcnpartners')
    """
    words = formats()[ORDLIVE].words.items()
    stays = [word.means for (column, _), word in words if column == STAY]
    return tuple(dict.fromkeys([*formats()[ORDLIVE].registers.values(), *stays]))


class Since(NamedTuple):
    """Since when to ask, which registers that carries on, and which are known to too early a day."""

    day: str
    registers: tuple[str, ...]
    too_old: tuple[str, ...]


def since_when(data: Path, typed: str = "") -> Since:
    """Since when the live register must be asked to carry on what is known, or since the day typed.

    A register that is known only to an earlier day would have a gap: it is left out. Raises `DataBroken` if no
    register is left, with the mend.
    """
    known = _known_to(data)
    first = (date.fromisoformat(today()) - MONTHS_BACK).isoformat()
    day = (
        parse_day(typed)
        if typed.strip()
        else min((one for one in known.values() if one >= first), default="")
    )
    registers = tuple(one for one, known_to in known.items() if day and known_to >= day)
    too_old = tuple(
        f"{one} ({known_to or 'nothing'})" for one, known_to in known.items() if one not in registers
    )
    if not registers:
        raise DataBroken(
            f"The live register tells what changed since {day or first}, and what is here is known to earlier days:"
            f" {', '.join(too_old)}. Between them would be a gap: load newer files of these registers first."
        )
    return Since(day, registers, too_old)


def _known_to(data: Path) -> dict[str, str]:
    """Up to which day each register is known, by the tables with what is loaded; blank where it is in none."""
    tables = Tables.of_folder(data)
    kinds_in = {str(name): set(str(kinds).split()) for name, _, _, _, kinds, *_ in tables.rows("datasets")}
    found = {}
    for register in registers():
        form = formats()[register]
        there = [name for name in sorted(kinds_in) if kinds_in[name] & set(form.kinds)]
        dataset = form.dataset if form.dataset in kinds_in else next(iter(there), "")
        found[register] = str(tables.about[dataset]["as_of"]) if dataset else ""
    return found


def load_live(
    data: Path, since: Since, progress: Callable[[str, int, int], None], dry_run: bool = False
) -> Loading:
    """Fetches what changed and loads it; what is fetched stays until it is kept, and a next call goes on with it.

    Raises as `fetch` and `load_files` do.
    """
    fetched = fetch(LiveRegister(), since.day, progress)
    if fetched.missing and not fetched.raw:
        forget()
        raise StoreOutOfReach(
            f"The register gives none of the {fetched.missing:,} records that it says have changed (404). Nothing was"
            " changed. Ask again later."
        )
    label = f"changes of the live register since {since.day}"
    bodies, refused = _read(fetched.raw.split(b"\n") if fetched.raw else [], label)
    left = dict[str, list[RefusedRow]]()
    contents = list(sorted_out(bodies, since.registers, fetched.day, refused, left))
    for register, rows in left.items():
        refused.setdefault(register, []).extend(rows)
    there = {one.format.format for one in contents}
    alone = tuple(
        f"the record {row.code} ({row.reason})"
        for register, rows in refused.items()
        if register in since.registers and register not in there
        for row in rows
    )
    gone = [f"a changed record that the register does not give (404), {fetched.missing:,} times,"]
    alone += tuple(gone if fetched.missing else ())
    loading = load_contents(data, contents, label, fetched.raw, dry_run, alone)
    if not dry_run:
        forget()
    return loading


def _read(lines: list[bytes], label: str) -> tuple[list[XmlBody], dict[str, list[RefusedRow]]]:
    """The bodies that records tell, and by register the records that are not understood."""
    registers = formats()[ORDLIVE].registers
    bodies: list[XmlBody] = []
    refused: dict[str, list[RefusedRow]] = {}
    for number, line in enumerate(lines, 1):
        try:
            bodies.append(record_of(line, label, number))
        except DataBroken as error:
            code, primary = known_by(line)
            row = RefusedRow(number, code[:20], str(error).removeprefix(f"{label}:{number}: "))
            refused.setdefault(registers.get(primary, ""), []).append(row)
    return bodies, refused


def sorted_out(
    bodies: list[XmlBody],
    wanted: tuple[str, ...],
    day: str,
    not_understood: Mapping[str, list[RefusedRow]] = MappingProxyType({}),
    alone: dict[str, list[RefusedRow]] | None = None,
) -> Iterator[Contents]:
    """What records say, register by register; bodies of no register that is wanted are passed over, and into `alone`
    go those refused where nothing else of their register is left."""
    holding = formats()[ORDLIVE]
    sorting, others = Sorting(holding), Counter[str]()
    for body in bodies:
        primary = next((role.role for role in body.roles if role.is_primary), "")
        if holding.registers.get(primary) in wanted:
            sorting.take(body, {})
        else:
            others[primary or "no role"] += 1
    note = ", ".join(f"{role} {count:,}" for role, count in others.most_common(MOST_ROLES))
    said = f"{others.total():,} changed records are of other roles ({note}): passed over" if others else ""
    if alone is not None:
        alone.update(sorting.alone)
    for contents in sorting.contents(day):
        register = contents.format.format
        if register in wanted:
            refused = [*contents.refused, *not_understood.get(register, ())]
            yield contents._replace(refused=refused, note=said)
