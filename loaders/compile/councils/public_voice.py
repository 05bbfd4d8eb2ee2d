"""The public's voice: Health and Wellbeing Boards, local Healthwatch, and LINks before them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.council_boards import (
    JOINT_BOARDS,
    KENT_BOARD,
    KENT_SHADOW_FROM,
    SECTION,
    SHADOW_FROM,
    Boards,
)
from orgmap.loaders.compile.councils.council_changes import COUNTED
from orgmap.loaders.compile.councils.council_healthwatch import ACT, Healthwatches
from orgmap.loaders.compile.councils.council_healthwatch import SECTION as HEALTHWATCH_SECTION
from orgmap.loaders.compile.councils.council_links import SECTION as LINK_SECTION
from orgmap.loaders.compile.councils.council_links import Links
from orgmap.loaders.compile.councils.council_voice import (
    FOUNDED,
    Councils,
    OtherName,
    Tie,
    VoiceBody,
    VoiceChange,
)
from orgmap.loaders.compile.shared.cited import OGL, cite
from orgmap.loaders.compile.shared.nhs_sources import NHS_SOURCES
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.published import read_table

SOURCES = {
    "lga-shadow-boards": {
        "title": "Health and Wellbeing Boards Leadership Offer, quoted in Hull's needs assessment",
        "publisher": "Local Government Association",
        "url": "https://hulljsna.com/glossary/health-and-wellbeing-board",
        "licence": "not open",
        "note": "other texts count some 130 shadow boards before April 2013, not one for every council",
    },
    "kent-medway-joint-board-2020": {
        "title": "Kent and Medway Joint Health and Wellbeing Board: membership, report of 28 July 2020",
        "publisher": "Medway Council; Kent County Council",
        "url": "https://docslib.org/doc/11515337/kent-and-medway-joint-health-and-wellbeing-board",
        "licence": "not open",
        "as_of": "2020-07-28",
    },
    "cambridgeshire-peterborough-joint-2019": {
        "title": "Cambridgeshire and Peterborough Whole System Joint Sub-Committee, agenda, September 2019",
        "publisher": "Peterborough City Council",
        "url": "https://dokumen.tips/documents/public-packagenda-document-for-cambridgeshire-and-.html",
        "licence": "not open",
        "as_of": "2019-09-24",
    },
    "nottingham-healthwatch-2024": {
        "title": "Joint re-commissioning of a Healthwatch Nottingham and Nottinghamshire Service",
        "publisher": "Nottingham City Council",
        "url": "https://committee.nottinghamcity.gov.uk/mgAi.aspx?ID=55206",
        "licence": "not open",
    },
    "central-west-london-2022": {
        "title": "Healthwatch Central West London is changing, 6 May 2022",
        "publisher": "Healthwatch Westminster",
        "url": "https://www.healthwatchwestminster.org.uk/news/2022-05-06/healthwatch-central-west-london-changing",
        "licence": "not open",
        "as_of": "2022-05-06",
    },
    "cumberland-healthwatch-2024": {
        "title": "Healthwatch Cumberland one year on, April 2024",
        "publisher": "People First",
        "url": "https://wearepeoplefirst.co.uk/news/healthwatch-cumberland-april24-2",
        "licence": "not open",
        "as_of": "2024-04-01",
    },
    "west-northamptonshire-2024": {
        "title": "Notice of West Northamptonshire Council on its own Healthwatch, 10 December 2024",
        "publisher": "West Northamptonshire Council",
        "url": "https://www.theradiorevolution.co.uk/latest-stories?start=385",
        "licence": "not open",
        "as_of": "2024-12-10",
        "note": "read on the pages of a local radio station",
    },
    "general-knowledge": NHS_SOURCES["general-knowledge"],
}

ABOUT = About(
    title="The public's voice",
    description=(
        "One statutory Health and Wellbeing Board and one local Healthwatch for each upper-tier council since"
        " 1 April 2013 (joint ones once), local involvement networks (LINks) before them, and their changes."
    ),
    publisher="UK Parliament (the Acts); councils and Healthwatch for what they say of themselves",
    licence=OGL,
    attribution="Contains public sector information licensed under the Open Government Licence v3.0.",
    coverage="England; existence follows from the Acts, most names are made by pattern and say so",
    as_of="2025-04-01",
    horizon="2025-04-01",
)

LATER_CHANGES_HANDLED = {
    ("2012-10-01", "Healthwatch"): "Healthwatch England is a national body, not in this dataset",
    (
        "2018-01-01",
        "HWB",
    ): "South Tees: joint board; Westminster with Kensington and Chelsea: meetings at once, no body",
    ("2018-06-01", "HWB"): "Kent and Medway: joint board, from 2018-04-01 as its own report says",
    ("2019-04-01", "HWB"): "follows the councils",
    ("2019-09-24", "HWB"): "Cambridgeshire and Peterborough: joint board",
    ("2020-01-01", "Healthwatch"): "a count, of councils rather than of Healthwatch bodies",
    ("2021-04-01", "HWB"): "follows the councils",
    ("2022-07-01", "Healthwatch"): "Central West London: dated change",
    ("2023-04-01", "HWB"): "follows the councils",
    ("2025-06-27", "Healthwatch"): "an intention beyond the horizon, not law",
}
"""What became of each row of the list of later changes; a row that is not here stops the compile step."""


def compile_dataset(published: Path) -> Dataset:
    """Boards, Healthwatch and LINks of every upper-tier council, from the lists and the councils' history."""
    dataset = Dataset("public_voice", ABOUT)
    _check_later_changes(published)
    councils = Councils(published)
    boards = Boards(published, councils)
    healthwatches = Healthwatches(published, councils)
    links = Links(published, councils)
    joint = [body for body, _ in JOINT_BOARDS]
    _add_bodies(
        dataset, [*boards.bodies.values(), *joint, *healthwatches.bodies.values(), *links.bodies.values()]
    )
    _add_names(dataset, [*boards.other_names, *healthwatches.other_names, *links.other_names])
    link_changes = links.changes(healthwatches.first_of)
    _add_changes(dataset, [*boards.changes, *healthwatches.changes, *link_changes])
    for tie in boards.ties:
        _add_board_of_council(dataset, tie)
    for member, body in boards.members_of_joint_boards():
        _add_joint_board(dataset, boards.bodies[member], body)
    for tie in (*healthwatches.ties, *links.ties):
        _add_contract(dataset, tie)
    _add_shadow_boards(dataset, boards)
    return dataset


def _check_later_changes(published: Path) -> None:
    path = published / "facts" / "lists" / "hwb_healthwatch_later_changes.csv"
    for line, row in read_table(path, "date", "kind", "change"):
        if (row["date"], row["kind"]) not in LATER_CHANGES_HANDLED:
            raise DataBroken(f"{path}:{line}: nobody decided what becomes of “{row['change']}”.")


def _add_bodies(dataset: Dataset, bodies: Iterable[VoiceBody]) -> None:
    for body in bodies:
        cite(dataset, body.source, SOURCES)
        dataset.add("entities", **body._asdict())


def _add_names(dataset: Dataset, names: Iterable[OtherName]) -> None:
    for other in names:
        dataset.add(
            "names",
            entity=other.body,
            name=other.name,
            use="alias",
            valid_from=other.valid_from,
            from_precision=other.from_precision,
            valid_until=other.valid_until,
            source=cite(dataset, other.source, SOURCES),
            note=other.note,
        )


def _add_changes(dataset: Dataset, changes: Iterable[VoiceChange]) -> None:
    for change in changes:
        cells = change._asdict()
        cells.pop("pairs")
        cite(dataset, change.source, SOURCES)
        dataset.add("events", **cells)
        for predecessor, successor, weight in change.pairs:
            counts = COUNTED if weight is not None else ""
            dataset.add(
                "successions",
                event=change.id,
                predecessor=predecessor,
                successor=successor,
                weight=weight,
                counts=counts,
            )


def _period(tie: Tie) -> dict[str, str]:
    return {
        "valid_from": tie.valid_from,
        "from_precision": tie.from_precision,
        "valid_until": tie.valid_until,
        "until_precision": tie.until_precision,
    }


def _add_board_of_council(dataset: Dataset, tie: Tie) -> None:
    dataset.add(
        "relationships",
        subject=tie.body,
        verb="part_of",
        object=tie.council,
        basis="statutory",
        status="in_force",
        **_period(tie),
        source=cite(dataset, "hsca-2012"),
        locator=SECTION,
    )


def _add_shadow_boards(dataset: Dataset, boards: Boards) -> None:
    note = "said of all boards together; the day of each is not known, and not every council had one yet"
    shadow = {
        "status": "shadow",
        "valid_from": SHADOW_FROM,
        "from_precision": "approx",
        "valid_until": FOUNDED,
        "source": cite(dataset, "lga-shadow-boards", SOURCES),
        "note": note,
    }
    kent = {
        **shadow,
        "valid_from": KENT_SHADOW_FROM,
        "from_precision": "month",
        "source": cite(dataset, "doc-000", SOURCES),
        "locator": "section 2, January 2012",
        "note": "leaders of the emerging groups took part in its meeting that month; it may have met before",
    }
    for body in boards.bodies.values():
        if body.valid_from == FOUNDED:
            dataset.add("phases", entity=body.id, **(kent if body.id == KENT_BOARD else shadow))
    for tie in boards.ties:
        if tie.valid_from == FOUNDED:
            dataset.add(
                "relationships",
                subject=tie.body,
                verb="part_of",
                object=tie.council,
                basis="administrative",
                **(kent if tie.body == KENT_BOARD else shadow),
            )


def _add_joint_board(dataset: Dataset, member: VoiceBody, joint: VoiceBody) -> None:
    dataset.add(
        "relationships",
        subject=member.id,
        verb="member_of",
        object=joint.id,
        basis="joint",
        status="in_force",
        valid_from=joint.valid_from,
        from_precision=joint.from_precision,
        valid_until=joint.valid_until,
        until_precision=joint.until_precision,
        source=cite(dataset, joint.source, SOURCES),
        locator=joint.locator,
    )


def _add_contract(dataset: Dataset, tie: Tie) -> None:
    link = tie.body.startswith("link:")
    section = LINK_SECTION if link else HEALTHWATCH_SECTION
    dataset.add(
        "relationships",
        subject=tie.council,
        verb="holds_contract_with",
        object=tie.body,
        basis="derived" if tie.note else "statutory",
        status="in_force",
        **_period(tie),
        source=cite(dataset, tie.source, SOURCES),
        locator=section if tie.source == ACT else "",
        note=tie.note or ("the contract was with the organisation that hosted the network" if link else ""),
    )
