"""Upper-tier and district councils of England since 2009: codes, names and reorganisations."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.council_changes import COUNTED, Reorganisation, read_reorganisations
from orgmap.loaders.compile.councils.council_names import CITIES_SINCE, Style
from orgmap.loaders.compile.councils.council_register import (
    BARNSLEY_AND_SHEFFIELD,
    Council,
    ids_by_code,
    read_councils,
)
from orgmap.loaders.compile.shared.cited import OGL, ONS_ATTRIBUTION, cite
from orgmap.loaders.curated import column
from orgmap.loaders.dataset import About, Dataset

ABOUT = About(
    title="Councils",
    description=(
        "Upper-tier councils (counties, unitaries, metropolitan and London boroughs, City of London,"
        " Isles of Scilly) and district councils of England, with every code of their areas,"
        " and their reorganisations since 2009."
    ),
    publisher="Office for National Statistics; mySociety",
    licence=OGL,
    attribution=ONS_ATTRIBUTION,
    coverage="England, councils in existence on or after 2009-01-01; starts before that are not known",
    as_of="2025-04-01",
    horizon="2025-04-01",
    changes_left_out="Boundary changes of councils that moved a few streets are missing.",
)

WENT_ON_IN_LAW = frozenset(column("councils/went_on_in_law"))
"""Unitary councils that in law are the old county council; ONS, and so this table, counts a new one."""


def compile_dataset(published: Path) -> Dataset:
    """The councils of England since 2009, from the published tables of codes and names."""
    dataset = Dataset("councils", ABOUT)
    councils = read_councils(published)
    by_code = ids_by_code(councils)
    by_id = {council.id: council for council in councils}
    for council in councils:
        _add_council(dataset, council)
        _add_codes(dataset, council)
        _add_names(dataset, council)
        if council.county:
            _add_county(dataset, council, by_id[by_code[council.county]])
    for reorganisation in read_reorganisations(published, councils):
        _add_event(dataset, reorganisation)
    return dataset


def _period(valid_from: str, valid_until: str) -> dict[str, str]:
    return {
        "valid_from": valid_from,
        "from_precision": "" if valid_from else "not_known",
        "valid_until": valid_until,
    }


def _add_council(dataset: Dataset, council: Council) -> None:
    notes = []
    style = CITIES_SINCE.get(council.codes[-1].code)
    if not council.valid_from:
        notes.append("existed before codes began on 2009-01-01")
    if council.name_source == "general-knowledge":
        notes.append("name not verified")
    dataset.add(
        "entities",
        id=council.id,
        kind=council.kind,
        name=style.newer if style else council.name,
        **_period(council.valid_from, council.valid_until),
        source=cite(dataset, "ons-chd"),
        note="; ".join(notes),
    )


def _add_codes(dataset: Dataset, council: Council) -> None:
    for number, code in enumerate(council.codes):
        recoded = bool(code.order)
        newer_list = code.order == BARNSLEY_AND_SHEFFIELD
        source = "ons-area-changes" if newer_list else "ons-lad-changes" if recoded else "ons-chd"
        dataset.add(
            "identifiers",
            entity=council.id,
            scheme="gss",
            code=code.code,
            # Only where the code changed do its dates differ from the council's own.
            valid_from=code.valid_from if recoded else "",
            valid_until=code.valid_until if number + 1 < len(council.codes) else "",
            source=cite(dataset, source),
            note=f"new code by {code.order}; the council is the same" if recoded else "",
        )
    if council.register_code:
        dataset.add(
            "identifiers",
            entity=council.id,
            scheme="local_authority_register",
            code=council.register_code,
            source=cite(dataset, "mysociety-local-authorities"),
        )


def _add_names(dataset: Dataset, council: Council) -> None:
    register = cite(dataset, "mysociety-local-authorities")
    history = cite(dataset, "ons-chd")
    style = CITIES_SINCE.get(council.codes[-1].code)
    aliases = [alias for alias in council.aliases if not style or alias not in (style.older, style.newer)]
    if council.earlier_area:
        former = _former_name(council)
        dataset.add(
            "names",
            entity=council.id,
            name=former,
            use="former",
            valid_until=council.renamed_on,
            source=history,
        )
        dataset.add(
            "names",
            entity=council.id,
            name=council.name,
            use="official",
            valid_from=council.renamed_on,
            source=history,
        )
        aliases.remove(former)
    for alias in aliases:
        of_area = alias in (council.area, council.earlier_area)
        dataset.add(
            "names", entity=council.id, name=alias, use="alias", source=history if of_area else register
        )
    if not council.name_source.startswith("mysociety"):
        source = cite(dataset, council.name_source)
        dataset.add("names", entity=council.id, name=council.name, use="official", source=source)
    short = f"{council.area} Council"
    if council.codes[0].code[:3] != "E10" and short not in (council.name, *aliases):
        note = "short form, made by pattern"
        dataset.add("names", entity=council.id, name=short, use="alias", source=history, note=note)
    if style:
        _add_style(dataset, council.id, style)


def _add_style(dataset: Dataset, council: str, style: Style) -> None:
    """Adds both styles of a council that became a city's, the older one until then."""
    note = "city status in 2022; the day is not verified"
    dataset.add(
        "names",
        entity=council,
        name=style.older,
        use="former",
        valid_until=style.day,
        until_precision="approx",
        source=cite(dataset, style.older_source),
        note=note,
    )
    dataset.add(
        "names",
        entity=council,
        name=style.newer,
        use="official",
        valid_from=style.day,
        from_precision="approx",
        source=cite(dataset, style.newer_source),
        note=note,
    )


def _former_name(council: Council) -> str:
    for alias in council.aliases:
        if alias.startswith(council.earlier_area) and alias.endswith("Council"):
            return alias
    raise DataBroken(
        f"{council.id} was {council.earlier_area} until {council.renamed_on}; no table says its old name."
    )


def _add_county(dataset: Dataset, district: Council, county: Council) -> None:
    valid_from = max(district.valid_from, county.valid_from)
    ends = [day for day in (district.valid_until, county.valid_until) if day]
    dataset.add(
        "relationships",
        subject=district.id,
        verb="part_of",
        object=county.id,
        basis="published",
        status="in_force",
        **_period(valid_from, min(ends, default="")),
        source=cite(dataset, "ons-chd"),
    )


def _add_event(dataset: Dataset, reorganisation: Reorganisation) -> None:
    successors = reorganisation.successors
    prefix, _, code = successors[0].partition(":")
    event = f"{reorganisation.date}-{reorganisation.kind}-{prefix}-{code}"
    went_on = WENT_ON_IN_LAW.intersection(successors)
    dataset.add(
        "events",
        id=event,
        kind=reorganisation.kind,
        date=reorganisation.date,
        instrument=reorganisation.order,
        source=cite(dataset, "ons-lad-changes"),
        note="in law the county council went on as the unitary one; ONS counts a new one (not verified)"
        if went_on
        else "",
    )
    for passage in reorganisation.passages:
        dataset.add(
            "successions",
            event=event,
            predecessor=passage.predecessor,
            successor=passage.successor,
            weight=passage.weight,
            counts=COUNTED,
        )
