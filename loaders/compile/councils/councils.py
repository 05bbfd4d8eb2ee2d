"""Upper-tier and district councils of England since 2009: codes, names and reorganisations."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.register import (
    BARNSLEY_AND_SHEFFIELD,
    CITIES_SINCE,
    Council,
    Style,
    ids_by_code,
    read_councils,
)
from orgmap.loaders.compile.councils.reorganisations import COUNTED, read_reorganisations
from orgmap.loaders.compile.shared.change_events import add_changes
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import column

REGISTER, NAMES = "ons-chd", "mysociety-local-authorities"

WENT_ON_IN_LAW = frozenset(column("councils/went_on_in_law"))
"""Unitary councils that in law are the old county council; ONS, and so this table, counts a new one."""


def compile_dataset(published: Path) -> Compiled:
    """The councils of England since 2009, from the published tables of codes and names."""
    dataset = Compiled("councils")
    councils = read_councils(published)
    by_code = ids_by_code(councils)
    by_id = {council.id: council for council in councils}
    for council in councils:
        _add_council(dataset, council)
        _add_codes(dataset, council)
        _add_names(dataset, council)
        if council.county:
            _add_county(dataset, council, by_id[by_code[council.county]])
    for change in read_reorganisations(published, councils):
        went_on = WENT_ON_IN_LAW.intersection(change.successors)
        note = "in law the county council went on as the unitary one; ONS counts a new one (not verified)"
        cells = {"counts": COUNTED, "instrument": change.order, "note": note if went_on else ""}
        add_changes(dataset, change.date, change.passages, "ons-lad-changes", **cells)
    return dataset


def _since(valid_from: str, valid_until: str) -> TwoDays:
    """A life whose first day may not be known."""
    return TwoDays(valid_from, valid_until, "" if valid_from else "not_known")


def _add_council(dataset: Compiled, council: Council) -> None:
    notes = []
    style = CITIES_SINCE.get(council.codes[-1].code)
    if not council.valid_from:
        notes.append("older than its codes, which begin in 2009")
    if council.name_source == "general-knowledge":
        notes.append("name not verified")
    name = style.newer if style else council.name
    life = _since(council.valid_from, council.valid_until)
    dataset.add_entity(council.id, council.kind, name, REGISTER, life, note="; ".join(notes))


def _add_codes(dataset: Compiled, council: Council) -> None:
    for number, code in enumerate(council.codes):
        recoded = bool(code.order)
        newer_list = code.order == BARNSLEY_AND_SHEFFIELD
        source = "ons-area-changes" if newer_list else "ons-lad-changes" if recoded else REGISTER
        # Only where the code changed do its dates differ from the council's own.
        last = number + 1 == len(council.codes)
        life = TwoDays(code.valid_from if recoded else "", "" if last else code.valid_until)
        note = f"new code by {code.order}; the council is the same" if recoded else ""
        dataset.add_code(council.id, "gss", code.code, source, life, note=note)
    if council.register_code:
        dataset.add_code(council.id, "local_authority_register", council.register_code, NAMES)


def _add_names(dataset: Compiled, council: Council) -> None:
    style = CITIES_SINCE.get(council.codes[-1].code)
    aliases = [alias for alias in council.aliases if not style or alias not in (style.older, style.newer)]
    if council.earlier_area:
        former = _former_name(council)
        dataset.add_name(council.id, former, "former", REGISTER, valid_until=council.renamed_on)
        dataset.add_name(council.id, council.name, "official", REGISTER, valid_from=council.renamed_on)
        aliases.remove(former)
    for alias in aliases:
        of_area = alias in (council.area, council.earlier_area)
        dataset.add_name(council.id, alias, "alias", REGISTER if of_area else NAMES)
    if not council.name_source.startswith("mysociety"):
        dataset.add_name(council.id, council.name, "official", council.name_source)
    short = f"{council.area} Council"
    if council.codes[0].code[:3] != "E10" and short not in (council.name, *aliases):
        dataset.add_name(council.id, short, "alias", REGISTER, note="short form, made by pattern")
    if style:
        _add_style(dataset, council.id, style)


def _add_style(dataset: Compiled, council: str, style: Style) -> None:
    """Adds both styles of a council that became a city's, the older one until then."""
    note = "city status in 2022; the day is not verified"
    before, since = TwoDays(None, style.day, "", "approx"), TwoDays(style.day, None, "approx")
    dataset.add_name(council, style.older, "former", style.older_source, before, note=note)
    dataset.add_name(council, style.newer, "official", style.newer_source, since, note=note)


def _former_name(council: Council) -> str:
    for alias in council.aliases:
        if alias.startswith(council.earlier_area) and alias.endswith("Council"):
            return alias
    raise DataBroken(
        f"{council.id} was {council.earlier_area} until {council.renamed_on}; no table says its old name."
    )


def _add_county(dataset: Compiled, district: Council, county: Council) -> None:
    valid_from = max(district.valid_from, county.valid_from)
    ends = [day for day in (district.valid_until, county.valid_until) if day]
    life = _since(valid_from, min(ends, default=""))
    dataset.add_link(district.id, "part_of", county.id, "published", REGISTER, life)
