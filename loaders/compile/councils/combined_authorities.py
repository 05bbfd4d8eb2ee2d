"""Combined authorities: bodies in which councils act together for their whole areas, with their members by date."""

from __future__ import annotations

import re
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.shared.change_events import Handover, add_beginning, add_changes
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.published import read_table

KNOWN_TO = "2026-09-15"
SOURCE = "strategic-authorities-2026-09"
SOURCES = {
    SOURCE: {
        "title": "A public table of strategic authorities, tiers and instruments as at 15 September 2026 (secondary)",
        "as_of": KNOWN_TO,
        "note": "Names for each authority the order that made it; the orders themselves were not read.",
    }
}

ABOUT = About(
    title="Combined authorities",
    description=(
        "Combined authorities and combined county authorities of England, the councils that constitute them and when,"
        " and two that are planned. Members without the vote of a constituent council are left out."
    ),
    publisher="Compiled from public tables and statutory instruments",
    licence="Facts; no text is copied",
    attribution="Contains public sector information licensed under the Open Government Licence v3.0.",
    coverage="England, from April 2011; the orders were not read, and public tables differ on some days by a day or so",
    as_of=KNOWN_TO,
    horizon=KNOWN_TO,
)

FIRST_ELECTION = re.compile(r"planned ([0-9]{4}-[0-9]{2})")
_CODE = re.compile(r"E47[0-9]{6}")
_ASIDE = re.compile(r" \((?P<note>[^)]*)\)$")

NAMES = {
    "E47000002": (("Sheffield City Region Combined Authority", "", "2021-01-01", "year"),),
    "E47000014": (("North East Mayoral Strategic Authority", "2026-05-18", "", ""),),
}
"""Names that the table gives in brackets, with their days: to 2021, since 18 May 2026."""

FOLLOWED = {"ca:E47000005": "ca:E47000014", "ca:E47000011": "ca:E47000014"}
"""The two authorities that the one of 2024 took the place of."""


def compile_dataset(published: Path) -> Dataset:
    """Every authority with its codes, names, members and, for those not made yet, its status."""
    dataset = Dataset("combined_authorities", ABOUT)
    path = published / "facts" / "reform_2026" / "combined_authorities.csv"
    columns = (
        "authority",
        "code",
        "start",
        "end",
        "member_product_id",
        "from",
        "until",
        "order",
        "mayor",
        "note",
    )
    lives: dict[str, tuple[str, str]] = {}
    for line, row in read_table(path, *columns):
        body = _id_of(row["authority"], row["code"])
        planned = "planned" in row["order"] or not row["start"]
        if planned == bool(row["from"]):
            raise DataBroken(
                f"{path}:{line}: {row['authority']} is planned and has a member since {row['from']}."
            )
        if body not in lives:
            lives[body] = _add_authority(dataset, body, row, planned)
        start, end = lives[body]
        dataset.add(
            "relationships",
            subject=row["member_product_id"],
            verb="member_of",
            object=body,
            basis="statutory",
            status="planned" if planned else "in_force",
            valid_from=start if planned else row["from"],
            from_precision="approx" if planned else "",
            valid_until=row["until"] or end,
            stated_on=KNOWN_TO if planned else "",
            **_cited(dataset, row),
        )
    _add_changes(dataset, lives)
    return dataset


def _add_changes(dataset: Dataset, lives: dict[str, tuple[str, str]]) -> None:
    """Who took over from whom; the others in force began and took over from none."""
    source = cite(dataset, SOURCE, SOURCES)
    pairs = [Handover(one, other) for one, other in FOLLOWED.items()]
    add_changes(dataset, lives["ca:E47000014"][0], pairs, source, kind="merged")
    for body, (start, _) in lives.items():
        if start <= KNOWN_TO and body not in FOLLOWED.values():
            add_beginning(dataset, start, body.replace(":", "-"), [body], source)


def _cited(dataset: Dataset, row: dict[str, str]) -> dict[str, str]:
    return {"source": cite(dataset, SOURCE, SOURCES), "locator": row["order"]}


def _id_of(name: str, codes: str) -> str:
    """By the first code of the authority's area, or by its name where no code was found."""
    if code := _CODE.search(codes):
        return f"ca:{code.group()}"
    words = re.sub(r"( Combined (County )?Authority)?( \(.*\))?$", "", name)
    return f"ca:{re.sub('[^a-z]+', '_', words.lower())}"


def _add_authority(dataset: Dataset, body: str, row: dict[str, str], planned: bool) -> tuple[str, str]:
    """Adds one authority; gives its life, which for one not made yet is only a guess."""
    name = _ASIDE.sub("", row["authority"])
    start = row["start"]
    notes = [row["mayor"], row["note"]]
    if planned:
        # Nobody says when it would begin: not before its first mayor is elected stands for it.
        election = FIRST_ELECTION.search(row["mayor"])
        if election is None:
            raise DataBroken(f"combined_authorities.csv: {name} is planned without a month for its mayor.")
        start = f"{election.group(1)}-01"
        notes.append(
            "not made by 2026-09-15, and no source says when it will be: its mayor's first month is shown"
        )
    told = _cited(dataset, row)
    dataset.add(
        "entities",
        id=body,
        kind="combined_authority",
        name=next((other for other, _, until, _ in _names_of(body) if not until), name),
        valid_from=start,
        from_precision="approx" if planned else "",
        valid_until=row["end"],
        note="; ".join(note for note in notes if note),
        **told,
    )
    if planned:
        days = {"valid_from": KNOWN_TO, "valid_until": start}
        dataset.add("phases", entity=body, status="planned", **days, **told)
    _add_codes(dataset, body, row, told)
    _add_names(dataset, body, name, told)
    return start, row["end"]


def _add_codes(dataset: Dataset, body: str, row: dict[str, str], told: dict[str, str]) -> None:
    """The codes of its area; of two the first holds to the day that stands between them."""
    codes, days = _CODE.findall(row["code"]), re.findall(r"\d{4}-\d{2}-\d{2}", row["code"])
    for number, code in enumerate(codes):
        dataset.add(
            "identifiers",
            entity=body,
            scheme="gss",
            code=code,
            valid_from=days[number - 1] if number else row["start"],
            valid_until=days[number] if number < len(days) else row["end"],
            **told,
        )


def _names_of(body: str) -> tuple[tuple[str, str, str, str], ...]:
    return NAMES.get(body.partition(":")[2], ())


def _add_names(dataset: Dataset, body: str, name: str, told: dict[str, str]) -> None:
    """Its names, where it had several."""
    for other, valid_from, valid_until, precision in _names_of(body):
        own = {"valid_from": valid_from, "valid_until": valid_until, "until_precision": precision}
        rest = {"valid_from": valid_until, "valid_until": valid_from, "from_precision": precision}
        dataset.add("names", entity=body, name=other, use="official", **own, **told)
        dataset.add("names", entity=body, name=name, use="official", **rest, **told)
