"""Random small worlds that keep the rules of the table check, and random questions about them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from orgmap.graphmodel.model import Include, Period
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import event_kinds, kind_of
from orgmap.loaders.rows import Row
from tests.worlds import World

DAYS = ("2002-10-01", "2006-10-01", "2013-03-31", "2013-04-01", "2013-04-02", "2020-04-01", "2022-07-01")
IDS = (
    "pct:5QA", "pct:5QB", "pctc:kent", "sha:Q37", "ccg:10E", "ccg:09E", "ccg:91Q", "sicbl:91Q", "icb:QKS",
    "stp:QKS", "at:Q67", "region:Y57", "council:E10000016", "council:E06000035", "district:E07000114",
    "hwb:E10000016", "healthwatch:kent", "link:kent", "practice:G82064", "practice:G82065", "pcn:U10200",
    "trust:RVV", "reform:2013", "area:E01000001", "area:E01000002", "area:E01000003",
)  # fmt: skip
NAMES = (
    "",
    "NHS Kent CCG",
    "Kent & Medway",
    "Thanet",
    "St. John's Surgery",
    "The Limes",
    "Kent",
    "Margate PCT",
)
CODES = ("91Q", "10E", "10e", "QKS", "E10000016", "G82064")
POSTCODES = ("CT91AA", "CT91AB", "CT61AA", "TD11AA")
LINKS = (
    ("pct", "covers", "area"), ("ccg", "covers", "area"), ("sicbl", "covers", "area"),
    ("council", "covers", "area"), ("district", "covers", "area"), ("pct", "member_of", "pctc"),
    ("pct", "part_of", "sha"), ("ccg", "part_of", "at"), ("at", "part_of", "region"),
    ("ccg", "member_of", "stp"), ("sicbl", "part_of", "icb"), ("icb", "part_of", "region"),
    ("district", "part_of", "council"), ("hwb", "part_of", "council"),
    ("council", "holds_contract_with", "healthwatch"), ("council", "holds_contract_with", "link"),
    ("practice", "member_of", "pct"), ("practice", "member_of", "ccg"), ("practice", "member_of", "sicbl"),
    ("practice", "member_of", "pcn"), ("ccg", "advises", "ccg"),
)  # fmt: skip
"""What may stand in which relation: the shapes of the real tables, and one between equals."""

ALWAYS = Period(None, None)
SPANS = [
    Period(start, end)
    for start in (None, *DAYS)
    for end in (None, *DAYS)
    if start is None or end is None or start < end
] + [ALWAYS] * 20
"""Stretches between these days; as in the real tables, many are open."""

KINDS = sorted({kind_of(one) or "" for one in IDS})
days = st.sampled_from(DAYS)
abouts = st.sampled_from(("", "", "service:x"))
bases = st.sampled_from(("published", "estimated", "derived"))
ASKED_FOR = ("shadow", "planned", "proposed", "disputed", "enacted")
NOT_SO = ("shadow", "planned", "disputed", "conditional", "superseded")
statuses = st.sampled_from(("in_force", "in_force", "in_force", "in_force", *NOT_SO))
includes = st.builds(Include.of, st.lists(st.sampled_from(ASKED_FOR), unique=True))
texts = st.sampled_from(
    (
        *IDS,
        *NAMES,
        *CODES,
        "ct9 1aa",
        "CT9 1AB",
        "CT6 1AA",
        "TD1 1AA",
        "CT9",
        "CT1 1AA",
        "Margate",
        "Kemt",
        "limes",
    )
)


@st.composite
def periods(draw: st.DrawFn, within: Period = ALWAYS) -> dict[str, Any]:
    """The cells of a period inside another: a side that is blank may be open or not known."""
    period = within.clip(draw(st.sampled_from(SPANS))) or within
    exact = draw(st.sampled_from(("", "not_known")))
    return {
        "valid_from": period.valid_from,
        "from_precision": "" if period.valid_from else exact,
        "valid_until": period.valid_until,
        "until_precision": "" if period.valid_until else exact,
    }


def row(table: str, cells: dict[str, Any]) -> Row:
    """A typed row; a cell that is not given is blank."""
    blanks = dict.fromkeys(
        ("valid_from", "valid_until", "date", "stated_on", "as_of", "share", "weight", "number", "people")
    )
    return tuple(
        cells.get(column, "a" if column == "source" else blanks.get(column, ""))
        for column in TABLES[table].columns
    )


@st.composite
def dated_words(
    draw: st.DrawFn, table: str, entities: list[str], **words: st.SearchStrategy[str]
) -> list[Row]:
    """Rows of names, codes, places or statuses of some entities; none says the same twice on one day."""
    drawn, told = [], Told()
    for entity in draw(st.lists(st.sampled_from(entities), min_size=4, max_size=10)):
        said = {"entity": entity, **{word: draw(values) for word, values in words.items()}}
        when = draw(periods())
        if told.is_new(tuple(said.values()), when):
            drawn.append({**said, **when})
    return unique(table, drawn)


class Told:
    """What was said already, and on which days."""

    def __init__(self) -> None:
        self.days: dict[tuple[str, ...], list[Period]] = {}

    def is_new(self, said: tuple[str, ...], when: dict[str, Any]) -> bool:
        """Whether this was not yet said of any of these days; now it is."""
        period, before = Period(when["valid_from"], when["valid_until"]), self.days.setdefault(said, [])
        if any(other.clip(period) for other in before):
            return False
        before.append(period)
        return True


def unique(table: str, drawn: list[dict[str, Any]]) -> list[Row]:
    """The rows of which no two have the same key."""
    keyed = {tuple(cells.get(column) or "" for column in TABLES[table].key): cells for cells in drawn}
    return [row(table, cells) for cells in keyed.values()]


@st.composite
def relationships(draw: st.DrawFn, lives: dict[str, Period]) -> list[Row]:
    """Statements between entities that exist; those in force keep within both lives."""
    possible = [
        (one, verb, other)
        for first, verb, second in LINKS
        for one in lives
        for other in lives
        if one != other and one.startswith(f"{first}:") and other.startswith(f"{second}:")
    ]
    drawn, told = [], Told()
    for one, verb, other in draw(st.lists(st.sampled_from(possible), min_size=15, max_size=40)):
        common, status = lives[one].clip(lives[other]), draw(statuses)
        if common is None and status == "in_force":
            continue
        said = {"subject": one, "verb": verb, "object": other, "about": draw(abouts), "status": status}
        within = common if common and status == "in_force" else ALWAYS
        when = draw(periods(within))
        if told.is_new(tuple(said.values()), when):
            evidence = {
                "basis": draw(bases),
                "stated_on": draw(st.none() | days),
                "source": draw(st.sampled_from("ab")),
            }
            drawn.append({**said, **evidence, **when})
    return unique("relationships", drawn)


@st.composite
def changes(draw: st.DrawFn, entities: list[str]) -> tuple[list[Row], list[Row]]:
    """Change events with their successions, as many of each as the kind of change needs."""
    events, parts = [], []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(sorted(event_kinds())))
        sides = []
        for allowed in (event_kinds()[kind].predecessors, event_kinds()[kind].successors):
            least = int(allowed[0])
            most = least + 2 if allowed.endswith("+") else least
            bodies = st.lists(st.sampled_from(entities), unique=True, min_size=least, max_size=most)
            sides.append(draw(bodies) if least <= len(entities) else [])
        if any(
            len(side) < int(allowed[0]) for side, allowed in zip(sides, event_kinds()[kind][2:4], strict=True)
        ):
            continue
        said = {"status": draw(statuses), "stated_on": draw(st.none() | days)}
        events.append({"id": f"e{number}", "kind": kind, "date": draw(st.none() | days), **said})
        for one in sides[0] or [""]:
            for other in sides[1] or [""]:
                weight = draw(st.sampled_from((None, 0.25, 1.0)))
                about = draw(abouts)
                # Everybody who takes part does so by some pair that is no stray.
                may_stray = one not in sides[0][:1] and other not in sides[1][:1]
                parts.append(
                    {"event": f"e{number}", "predecessor": one, "successor": other, "about": about, "weight": weight,
                     "counts": "practices" if weight else "", "number": draw(st.sampled_from((None, 1.0, 7.0))),
                     "stray": draw(st.sampled_from(("", "", "yes"))) if may_stray else "",
                     "status": draw(st.sampled_from(("", "", "planned")))}
                )  # fmt: skip
    return unique("events", events), unique("successions", parts)


@st.composite
def plans(draw: st.DrawFn, ids: list[str]) -> list[Row]:
    """Statements of plans about some bodies, some of them two of one plan."""
    said = [
        {
            "id": f"p{number}",
            "plan": draw(st.sampled_from(("x", "y"))),
            "text": "It is to change.",
            "about": draw(st.sampled_from(ids)),
            "planned_for": draw(st.none() | days),
            "status": draw(st.sampled_from(("planned", "conditional", "superseded"))),
            "stated_on": draw(st.none() | days),
            "came": draw(st.sampled_from(("", *ids))),
            "came_on": draw(st.none() | days),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    return unique("plans", said)


@st.composite
def places(draw: st.DrawFn, areas: list[str]) -> World:
    """Neighbourhoods with their people, postcodes in them and names of towns."""
    neighbourhoods = [
        {
            "code": area.partition(":")[2],
            "parent": draw(st.sampled_from(("E02000001", "E02000002"))),
            "area": area,
            "population": float(draw(st.integers(0, 1000))),
        }
        for area in areas
    ]
    codes = [one[column] for one in neighbourhoods for column in ("code", "parent")]
    lying, seen = (
        st.sampled_from((*codes, *codes, "", "S92000003")),
        st.sampled_from(("both", "2025", "2014", "terminated")),
    )
    earlier = st.sampled_from(
        (
            *[""] * 3,
            "none unknown none 2013-04-01",
            "E01000001 both 2013-04-01 2020-04-01",
            "E01000002 terminated 2020-04-01 2022-07-01; E01000001 both none 2013-04-01",
            "E01000002 both none 2013-04-01; none unknown none 2013-04-01",
        )
    )
    towns_kinds = st.sampled_from(("town", "ward"))
    postcodes = [
        {
            "outcode": text[:-3],
            "inward": text[-3:],
            "code": draw(lying),
            "seen": draw(seen),
            "earlier": draw(earlier),
        }
        for text in POSTCODES
    ]
    towns = [
        {"name": "Margate", "kind": draw(towns_kinds), "within": "Thanet", "code": area, "share": 0.5}
        for area in areas[: draw(st.integers(0, 2))]
    ]
    coded = [
        {
            "code": "E05000001",
            "name": "Castle",
            "kind": "ward",
            "within": "Thanet",
            "area": area,
            "population": 5.0,
        }
        for area in areas[: draw(st.integers(0, 2))]
    ]
    return {
        "place_codes": unique("place_codes", coded),
        "neighbourhoods": unique("neighbourhoods", neighbourhoods),
        "postcodes": unique("postcodes", postcodes),
        "place_names": unique("place_names", towns),
    }


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A small world, whole in the sense of the table check."""
    ids = sorted(set(IDS) - draw(st.sets(st.sampled_from(IDS), max_size=4)))
    entities = [
        {"id": one, "kind": kind_of(one), "name": draw(st.sampled_from(NAMES)), **draw(periods())}
        for one in ids
    ]
    entities.append({"id": "service:x", "kind": "service"})
    lives = {one["id"]: Period(one["valid_from"], one["valid_until"]) for one in entities if one["id"] in ids}
    events, successions = draw(changes([one for one in ids if not one.startswith("area:")]))
    names = st.sampled_from([name for name in NAMES if name])
    uses = st.sampled_from(("official", "former", "alias", "abbreviation"))
    horizon = draw(days)
    return {
        "sources": [
            row("sources", {"id": one, "title": f"Source {one}", "verified": "yes", "as_of": draw(st.none() | days)})
            for one in "ab"
        ],
        "entities": unique("entities", entities),
        "names": draw(dated_words("names", ids, name=names, use=uses)),
        "identifiers": draw(
            dated_words("identifiers", ids, scheme=st.sampled_from(("ods", "gss")), code=st.sampled_from(CODES))
        ),
        "locations": draw(dated_words("locations", ids, postcode=st.sampled_from(("CT9 1AA", "CT6 1AA", "?")))),
        "phases": draw(dated_words("phases", ids, status=st.sampled_from(NOT_SO))),
        "plans": draw(plans(ids)),
        "relationships": draw(relationships(lives)),
        "events": events,
        "successions": successions,
        **draw(places([one for one in ids if one.startswith("area:")])),
        "datasets": [
            ("drawn", "Drawn", horizon, horizon, " ".join(draw(st.sets(st.sampled_from(KINDS)))),
             draw(st.just("") | days), draw(st.sampled_from(("", "Most mergers are missing."))))
        ],
    }  # fmt: skip
