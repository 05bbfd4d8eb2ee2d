"""Faulty worlds: each is refused by `check` and by the build, with file, line, what is wrong and how to mend it."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from orgmap.graphmodel.term_tables import term_rows
from orgmap.loaders.check import RULES
from tests.cli.conftest import Orgmap
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import write_data

WHOLE = (
    KENT_THROUGH_TIME
    + """
entities
id       | name      | valid_from | valid_until
doc:001  | A paper   | 2011-08-01 |
ccg:91R  | NHS Other CCG | 2020-04-01 | 2022-07-01
icb:QKT  | NHS Other ICB | 2022-07-01 |
council:E06000035 | Medway Council | 1998-04-01 |
area:E01000003 | Strood |  |
pct:5QB  | Other PCT | 2006-10-01 | 2013-04-01

entities
id       | kind | name      | valid_from | from_precision
national:later | national_body | Later body | 2027-04-01 | month

phases
entity         | status  | valid_from | valid_until
national:later | planned |            | 2027-04-01

relationships
subject           | verb    | object         | basis   | valid_from | note
council:E06000035 | covers  | area:E01000003 | published | 1998-04-01 |
icb:QKT           | advises | icb:QKS        | derived | 2022-07-01 | from minutes

rules
id | service               | commissioner       | accountable        | population | coverage | bodies | valid_from
R2 | service:public_health | upper_tier_council | upper_tier_council | resident   | all      |        | 2013-04-01

rules
id | service               | commissioner       | population | coverage | valid_from | valid_until
R1 | service:public_health | primary_care_trust | resident   | all      | 2006-10-01 | 2013-04-01

rules
id | service               | commissioner | population | coverage | bodies  | valid_from
R3 | service:public_health | icb:QKS      | resident   | only     | icb:QKS | 2022-07-01

rules
id | service               | commissioner | population | coverage | status  | valid_from
R4 | service:public_health | icb:QKS      | present    | all      | planned | 2027-04-01

accountability
id | subject               | verb           | object          | coverage | bodies | valid_from
A1 | integrated_care_board | accountable_to | council:E06000035 | all    |        | 2022-07-01

statements
id      | document | topic | subject | text               | status   | stated_on  | locator | contradicts
001-1-1 | 001      | rule  | ccg:10E | What groups are to | in_force | 2011-08-01 | line 1  |
001-2-1 | 001      | rule  | people  | What people are to | disputed | 2011-08-01 | line 2  | 001-1-1

events
id    | kind      | date       | status  | stated_on
ahead | abolished | 2027-04-01 | planned | 2025-09-01

successions
event | predecessor
ahead | icb:QKT

plans
id | plan | text                | about   | planned_for | status  | stated_on  | said_by  | facts
P1 | end  | The board is to end. | icb:QKT | 2027-04-01  | planned | 2025-09-01 | somebody | ahead

place_names
name    | kind | within | code           | share | called
Margate | town | Thanet | area:E01000001 | 0.6   |
Margate | town | Thanet | area:E01000002 | 0.4   |

place_codes
code      | name   | kind | within | area           | population
E05000001 | Castle | ward | Thanet | area:E01000001 | 300
"""
)
"""Kent with a row in every table, and no fault."""


Edit = Callable[[Path], None]


def rows_of(data: Path, table: str) -> list[list[str]]:
    """The rows of a table of the drawn dataset, its header first."""
    with (data / "drawn" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(data: Path, table: str, rows: list[list[str]]) -> None:
    """Writes a table again, and how many rows it has now."""
    with (data / "drawn" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    describe(data, lambda about: about["rows"].update({table: len(rows) - 1}))


def describe(data: Path, change: Callable[[dict], None]) -> None:
    """Changes what the dataset says of itself."""
    path = data / "drawn" / "dataset.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    change(about)
    path.write_text(json.dumps(about, indent=2), encoding="utf-8")


def put(table: str, which: str, **cells: str) -> Edit:
    """Writes other cells into the row whose cells, put together, hold these words."""

    def edit(data: Path) -> None:
        header, *rows = rows_of(data, table)
        [row] = [row for row in rows if set(which.split()) <= set(" ".join(row).split())]
        for column, cell in cells.items():
            row[header.index(column)] = cell
        write(data, table, [header, *rows])

    return edit


def add(table: str, **cells: str) -> Edit:
    """Adds a row; what is not named is as in other rows of the test."""

    def edit(data: Path) -> None:
        header, *rows = rows_of(data, table)
        usual = {"source": "drawn", "basis": "published", "status": "in_force"}
        usual = {} if table == "sources" else usual
        rows.append([cells.get(column, usual.get(column, "")) for column in header])
        write(data, table, [header, *rows])

    return edit


def all_of(*edits: Edit) -> Edit:
    """Several edits, one after the other."""

    def edit(data: Path) -> None:
        for one in edits:
            one(data)

    return edit


def about(**cells: object) -> Edit:
    """Writes another remark into the dataset's description."""
    return lambda data: describe(data, lambda told: told.update(cells))


def counts(**rows: object) -> Edit:
    """States other numbers of rows."""
    return lambda data: describe(data, lambda told: told["rows"].update(rows))


def forget(table: str) -> Edit:
    """Takes a table out of the dataset's description; its file stays."""
    return lambda data: describe(data, lambda told: told["rows"].pop(table))


def line(table: str, number: int, text: str) -> Edit:
    """Writes another line into a file."""

    def edit(data: Path) -> None:
        path = data / "drawn" / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[number - 1] = text
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return edit


def packed_beside(data: Path) -> None:
    """Lays a gzipped copy of a table beside it."""
    path = data / "drawn" / "entities.csv"
    Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes()))


def stray_file(data: Path) -> None:
    """Lays a file beside the tables that is none."""
    (data / "drawn" / "people.csv").write_text("id,name\n", encoding="utf-8")


def folder_without_description(data: Path) -> None:
    """Lays a table into a folder that nothing describes."""
    (data / "mine").mkdir()
    (data / "mine" / "entities.csv").write_text("id\n", encoding="utf-8")


def cites_elsewhere(data: Path) -> None:
    """Cites a source that only another dataset describes."""
    write_data(data / "other", "sources\nid | title | verified\nfar | Elsewhere | yes")
    (data / "other" / "drawn").rename(data / "far")
    (data / "other").rmdir()
    put("entities", "ccg:10E Thanet", source="far")(data)


def described_otherwise(data: Path) -> None:
    """Describes a source in another way than the first dataset does."""
    cites_elsewhere(data)
    far = data / "far" / "sources.csv"
    far.write_text(far.read_text(encoding="utf-8").replace("Drawn for the test", "Another"), encoding="utf-8")


GROUP = {"kind": "clinical_commissioning_group", "name": "A group", "valid_from": "2013-04-01"}
COVERS = {"verb": "covers", "valid_from": "2022-07-01"}

FAULTS: dict[str, tuple[Edit, str]] = {
    # Files
    "a table dropped from the description": (forget("phases"), "does not name it"),
    "fewer rows than stated": (counts(phases=7), "2 rows where 7 are expected"),
    "more rows than stated": (counts(entities=3), "rows where 3 are expected"),
    "a stated table that is not there": (counts(topics=3), "there is no table topics"),
    "a number of rows that is none": (counts(entities="many"), "counted in whole numbers"),
    "a table twice, packed and not": (packed_beside, "as .csv and as .csv.gz"),
    "a file that is no table": (stray_file, "is no table"),
    "a table in a folder without description": (folder_without_description, "without a dataset.json"),
    "a horizon that is none": (about(horizon="soon"), "its horizon “soon” is not a day"),
    "a horizon that does not exist": (about(horizon="2026-02-30"), "its horizon “2026-02-30” is not a day"),
    "a blank horizon": (about(horizon=""), "its horizon “” is not a day"),
    "a day of the data that is none": (about(as_of="2026"), "its as_of “2026” is not a day"),
    "a start of names that is none": (about(names_from="then"), "its names_from “then” is not a day"),
    "a dataset without a title": (about(title=" "), "its title is blank"),
    "a description without a licence": (
        lambda data: describe(data, lambda told: told.pop("licence")),
        "does not say",
    ),
    "too few cells in a line": (line("names", 2, "ccg:10E,TCCG"), "2 columns where 10 are expected"),
    "too many cells in a line": (line("names", 2, "," * 12), "13 columns where 10 are expected"),
    "an empty line": (line("names", 2, ""), "0 columns where 10 are expected"),
    "other columns": (line("names", 1, "body,name"), "the columns are"),
    # Cells
    "a kind that is none": (put("entities", "ccg:10E Thanet", kind="clan"), "“clan” is not a known kind"),
    "a verb that is none": (
        put("relationships", "derived advises", verb="adores"),
        "“adores” is not a known verb",
    ),
    "a basis that is none": (
        put("relationships", "derived advises", basis="whim"),
        "“whim” is not a known basis",
    ),
    "a status that is none": (
        put("relationships", "derived advises", status="maybe"),
        "“maybe” is not a known status",
    ),
    "a precision that is none": (
        put("entities", "ccg:10E Thanet", from_precision="roughly"),
        "“roughly” is not a known precision",
    ),
    "a use of a name that is none": (put("names", "TCCG", use="nick"), "“nick” in use is none of"),
    "a phase that is none": (put("phases", "ccg:10E", status="ghost"), "“ghost” is not a known status"),
    "a change of no kind": (
        put("events", "merger", kind="explosion"),
        "“explosion” is not a known kind of change",
    ),
    "a change of no status": (put("events", "merger", status="perhaps"), "“perhaps” is not a known status"),
    "a succession of no status": (
        put("successions", "system", status="perhaps"),
        "“perhaps” is not a known status",
    ),
    "a stray that is neither": (
        put("successions", "system", stray="maybe"),
        "“maybe” in stray is none of yes",
    ),
    "a population that is none": (
        put("rules", "R1", population="martians"),
        "“martians” is not a known population",
    ),
    "a coverage that is none": (put("rules", "R1", coverage="some"), "“some” in coverage is none of"),
    "a topic that is none": (
        put("statements", "001-1-1 in_force", topic="gossip"),
        "“gossip” is not a known topic",
    ),
    "a verb of a statement that is none": (
        put("statements", "001-2-1 people", verb="adores"),
        "“adores” is not a known verb",
    ),
    "a list of postcodes that is none": (put("postcodes", "CT6", seen="2099"), "“2099” in seen is none of"),
    "a source neither verified nor not": (
        put("sources", "memory", verified="perhaps"),
        "“perhaps” in verified is none of",
    ),
    "a rule neither verified nor not": (
        put("rules", "R1", verified="perhaps"),
        "“perhaps” in verified is none of",
    ),
    "a day that is none": (
        put("entities", "ccg:10E Thanet", valid_from="then"),
        "“then” in valid_from is not a day",
    ),
    "a day that does not exist": (
        put("entities", "ccg:10E Thanet", valid_from="2013-02-30"),
        "“2013-02-30” in valid_from is not a day",
    ),
    "a day the other way round": (
        put("entities", "ccg:10E Thanet", valid_from="01/04/2013"),
        "“01/04/2013” in valid_from is not a day",
    ),
    "a day with a digit too many": (
        put("entities", "ccg:91Q Kent", valid_until="20222-07-01"),
        "is not a day",
    ),
    "a day of another time": (
        put("entities", "ccg:10E Thanet", valid_from="0213-04-01"),
        "“0213-04-01” in valid_from is not a day",
    ),
    "a day with a time": (put("events", "merger", date="2020-04-01 00:00"), "in date is not a day"),
    "a day of a source that is none": (put("sources", "act", as_of="2012"), "“2012” in as_of is not a day"),
    "a day of saying that is none": (
        put("statements", "001-1-1 in_force", stated_on="August"),
        "“August” in stated_on is not a day",
    ),
    "a day of saying of a change that is none": (
        put("events", "merger", stated_on="May"),
        "“May” in stated_on is not a day",
    ),
    "a weight that is no number": (
        put("successions", "reform ccg:10E", weight="nan"),
        "“nan” in weight is not a number",
    ),
    "a weight without end": (
        put("successions", "reform ccg:10E", weight="inf"),
        "“inf” in weight is not a number",
    ),
    "a weight below nothing": (
        put("successions", "reform ccg:10E", weight="-1"),
        "“-1” in weight is not a number",
    ),
    "a weight of seven wholes": (
        put("successions", "reform ccg:10E", weight="7"),
        "“7” in weight is more than the whole",
    ),
    "a weight too large for a number": (
        put("successions", "reform ccg:10E", weight="1e999"),
        "in weight is not a number",
    ),
    "a weight of nothing": (put("successions", "reform ccg:10E", weight="0"), "its weight is 0"),
    "weights of more than the whole": (
        put("successions", "reform ccg:10E", weight="0.9"),
        "more than the whole of pct:5QA",
    ),
    "a weight of nobody knows what": (
        put("successions", "reform ccg:10E", counts=""),
        "what is counted and how much",
    ),
    "a count of nothing": (put("successions", "boards", counts="practices"), "what is counted and how much"),
    "a number that is none": (
        put("successions", "reform ccg:10E", number="lots"),
        "“lots” in number is not a number",
    ),
    "people that are no number": (
        put("neighbourhoods", "E01000001", population="many"),
        "“many” in population is not a number",
    ),
    "fewer people than none": (
        put("place_codes", "Castle", population="-5"),
        "“-5” in population is not a number",
    ),
    "a share of more than the whole": (
        put("relationships", "derived advises", share="1.5", share_of="practices"),
        "“1.5” in share is more than the whole",
    ),
    "a share of nobody knows what": (
        put("relationships", "derived advises", share="0.5"),
        "share_of says of what",
    ),
    "an id of another form": (
        all_of(put("entities", "ccg:91R", id="ccg 91R")),
        "“ccg 91R” in id is not an id",
    ),
    "an address that is none": (put("sources", "act", url="javascript:alert(1)"), "in url is not an address"),
    "a body without an id": (put("entities", "ccg:91R", id=""), "id is blank"),
    "a body without a kind": (put("entities", "ccg:91R", kind=""), "kind is blank"),
    "a row without a source": (put("entities", "ccg:91R", source=""), "source is blank"),
    "a source without a title": (put("sources", "memory", title=""), "title is blank"),
    "a source without a licence": (put("sources", "act", licence=""), "has an address and no licence"),
    "a name without a name": (put("names", "TCCG", name=" "), "name is blank"),
    "a code without a code": (put("identifiers", "ccg:09E", code=""), "code is blank"),
    "a relation without a verb": (put("relationships", "derived advises", verb=""), "verb is blank"),
    "a relation without a status": (put("relationships", "derived advises", status=""), "status is blank"),
    "a rule without a commissioner": (put("rules", "R1", commissioner=""), "commissioner is blank"),
    "a statement without words": (put("statements", "001-2-1 people", text=""), "text is blank"),
    "a prefix of another kind": (
        put("entities", "ccg:91R", kind="primary_care_trust"),
        "its prefix is not that of a primary_care_trust",
    ),
    # Plans
    "a plan told as a fact": (put("plans", "P1", status="in_force"), "has the status of a fact"),
    "a plan carried by nothing": (
        put("plans", "P1", facts="nothing"),
        "there is no body, event, rule or step of accountability nothing",
    ),
    "a plan about nobody": (put("plans", "P1", about="icb:ZZZ"), "“icb:ZZZ” is neither a body nor a kind"),
    "a change of another day told as a fact": (
        put("events", "ahead", status="in_force"),
        "no dataset knows of days after",
    ),
    "a planned end of a body that has ended": (
        put("successions", "ahead", predecessor="ccg:91R"),
        "is to end ccg:91R on 2027-04-01, which ended on 2022-07-01",
    ),
    "a body that began and is still planned": (
        all_of(
            put("phases", "national:later", valid_until=""),
            put("successions", "system", successor="national:later"),
        ),
        "national:later has begun, and is still planned",
    ),
    # References
    "a source that is none": (
        put("entities", "ccg:91R", source="hearsay"),
        "cites “hearsay”, which is not a known source",
    ),
    "one of two sources that is none": (
        put("rules", "R1", source="drawn hearsay"),
        "cites “hearsay”, which is not a known source",
    ),
    "a source that only another dataset describes": (
        cites_elsewhere,
        "cites “far”, which another dataset describes",
    ),
    "a source described in two ways": (described_otherwise, "is described in two ways"),
    "a source twice": (add("sources", id="act", title="Again", verified="yes"), "act stands there twice"),
    "a relation with nobody": (
        put("relationships", "derived advises", object="icb:ZZZ"),
        "there is no entity icb:ZZZ",
    ),
    "a name of nobody": (put("names", "TCCG", entity="ccg:ZZZ"), "there is no entity ccg:ZZZ"),
    "a code of nobody": (put("identifiers", "ccg:09E", entity="ccg:ZZZ"), "there is no entity ccg:ZZZ"),
    "an address of nobody": (
        put("locations", "CT9", entity="practice:ZZZ"),
        "there is no entity practice:ZZZ",
    ),
    "a phase of nobody": (put("phases", "ccg:10E", entity="ccg:ZZZ"), "there is no entity ccg:ZZZ"),
    "a succession of no change": (put("successions", "system", event="none"), "there is no event none"),
    "a successor that is not there": (
        put("successions", "system", successor="icb:ZZZ"),
        "there is no entity icb:ZZZ",
    ),
    "a rule of no service": (put("rules", "R1", service="service:none"), "there is no entity service:none"),
    "a rule for nobody": (put("rules", "R3", bodies="icb:ZZZ"), "there is no entity icb:ZZZ"),
    "a commissioner that is neither": (
        put("rules", "R1", commissioner="shadows"),
        "“shadows” is neither a body nor a kind",
    ),
    "a step between nobody": (
        put("accountability", "A1", object="shadows"),
        "“shadows” is neither a body nor a kind",
    ),
    "a statement of no document": (
        put("statements", "001-2-1 people", document="009"),
        "there is no entity doc:009",
    ),
    "a statement on nobody": (
        put("statements", "001-2-1 people", subject="ccg:ZZZ"),
        "there is no entity ccg:ZZZ",
    ),
    "a contradiction of nothing": (
        put("statements", "001-2-1 people", contradicts="9"),
        "there is no statement 9",
    ),
    "a neighbourhood nowhere": (
        put("neighbourhoods", "E01000001", area="area:E01999999"),
        "there is no entity area:E01999999",
    ),
    "a place nowhere": (
        put("place_codes", "Castle", area="area:E01999999"),
        "there is no entity area:E01999999",
    ),
    "a postcode nowhere": (put("postcodes", "CT6", code="E01999999"), "there is no neighbourhood E01999999"),
    "a postcode abroad in no country": (put("postcodes", "TD1", code="X1"), "there is no neighbourhood X1"),
    # Twice
    "a body twice": (add("entities", id="ccg:91R", **GROUP), "ccg:91R stands there twice"),
    "a change twice": (
        add("events", id="merger", kind="created", date="2020-04-01"),
        "merger stands there twice",
    ),
    "a neighbourhood twice": (add("neighbourhoods", code="E01000001"), "E01000001 stands there twice"),
    "a postcode in two areas": (
        add("postcodes", outcode="CT9", inward="1AA 1AB", code="E01000002", seen="both"),
        "CT9 1AA stands in two places",
    ),
    "a postcode twice in a row": (put("postcodes", "CT6", inward="1AA 1AA"), "CT6 1AA stands in two places"),
    "a postcode that is none": (put("postcodes", "CT6", inward="12A"), "“CT6 12A” is not a postcode"),
    "what a list said earlier that is none": (
        put("postcodes", "CT6", earlier="E01000001 both"),
        "“E01000001 both” is not what a list said earlier",
    ),
    "an outcode that is none": (put("postcodes", "CT6", outcode="ct6"), "“ct6 1AA” is not a postcode"),
    "shares of a place of more than the whole": (
        put("place_names", "0.4", share="0.9"),
        "the shares of Margate are 1.5",
    ),
    "a neighbourhood that lies in itself": (
        put("neighbourhoods", "E01000001", parent="E01000001"),
        "lies in E01000001",
    ),
    # Lives
    "an end before the beginning": (put("entities", "ccg:91R", valid_until="2013-01-01"), "before it begins"),
    "an end on the first day": (put("entities", "ccg:91R", valid_until="2020-04-01"), "before it begins"),
    "a given day that is not known": (
        put("entities", "ccg:91R", from_precision="not_known"),
        "said to be not known",
    ),
    "a month of no day": (
        put("entities", "icb:QKT", until_precision="month"),
        "until_precision is month, and there is no day",
    ),
    "a relation after a body's end": (
        put("relationships", "derived advises", subject="ccg:91R"),
        "outside the life of ccg:91R",
    ),
    "a body that covers an area before its life": (
        put("relationships", "sicbl:91Q area:E01000001", valid_from="2021-07-01"),
        "outside the life of sicbl:91Q",
    ),
    "a body that covers an area after its life": (
        put("relationships", "ccg:91Q area:E01000001", valid_until=""),
        "outside the life of ccg:91Q",
    ),
    "a shadow in the midst of life": (
        put("phases", "ccg:10E", valid_until="2014-04-01"),
        "shadow until 2014-04-01",
    ),
    "a shadow without end": (put("phases", "ccg:10E", valid_until=""), "shadow until 9999-12-31"),
    "a phase in force": (put("phases", "ccg:10E", status="in_force"), "that is no phase"),
    "one name twice on one day": (
        add("names", entity="stp:QKS", name="Kent and Medway STP", use="official", valid_from="2018-04-01"),
        "say the same of one day",
    ),
    "two names on one day": (
        add(
            "names",
            entity="stp:QKS",
            name="Third name",
            use="official",
            valid_from="2020-04-01",
            valid_until="2021-05-01",
        ),
        "name one body on one day",
    ),
    "one code for two bodies": (
        add("identifiers", entity="ccg:91R", scheme="ods", code="91Q"),
        "give one code to two bodies on one day",
    ),
    "one dated code for two bodies": (
        all_of(
            add("identifiers", entity="icb:QKT", scheme="gss", code="E54", valid_from="2022-07-01"),
            add("identifiers", entity="icb:QKS", scheme="gss", code="E54", valid_from="2023-07-01"),
        ),
        "give one code to two bodies on one day",
    ),
    "two commissioners of one area": (
        add(
            "relationships",
            subject="ccg:91R",
            object="area:E01000001",
            verb="covers",
            valid_from="2020-04-01",
            valid_until="2022-07-01",
        ),
        "An area has one commissioner",
    ),
    "two trusts of one area": (
        add(
            "relationships",
            subject="pct:5QB",
            object="area:E01000001",
            verb="covers",
            valid_from="2012-04-01",
            valid_until="2013-04-01",
        ),
        "An area has one commissioner",
    ),
    "two councils of one tier on one area": (
        add("relationships", subject="council:E06000035", object="area:E01000001", **COVERS),
        "An area has one upper-tier council",
    ),
    "a practice under two commissioners": (
        add(
            "relationships",
            subject="practice:G82064",
            verb="member_of",
            object="ccg:09E",
            valid_from="2014-04-01",
            valid_until="2015-04-01",
        ),
        "A practice is listed under one commissioner",
    ),
    "a location in two boards": (
        add("relationships", subject="sicbl:91Q", verb="part_of", object="icb:QKT", valid_from="2023-04-01"),
        "A location is in one board",
    ),
    "a body that is part of itself": (
        add("relationships", subject="icb:QKS", verb="part_of", object="icb:QKS", valid_from="2022-07-01"),
        "joins icb:QKS to itself",
    ),
    "a circle of three": (
        all_of(
            add(
                "relationships", subject="icb:QKS", verb="part_of", object="icb:QKT", valid_from="2022-07-01"
            ),
            add(
                "relationships",
                subject="icb:QKT",
                verb="part_of",
                object="sicbl:91Q",
                valid_from="2022-07-01",
            ),
        ),
        "is in a circle: icb:QKS → icb:QKT → sicbl:91Q → icb:QKS",
    ),
    "a plan told as in force": (put("rules", "R4", status="in_force"), "is told as in force from 2027-04-01"),
    "a relation of the future": (
        add("relationships", subject="icb:QKT", verb="hosts", object="icb:QKS", valid_from="2030-04-01"),
        "is told as in force from 2030-04-01",
    ),
    "a body of the future that nobody announced": (
        put("phases", "national:later", entity="icb:QKT", valid_until="2022-07-01"),
        "is told as in force from 2027-04-01",
    ),
    "a derivation nobody explains": (
        put("relationships", "derived advises", note=""),
        "its note does not say how",
    ),
    # Changes
    "a merger of one": (
        lambda data: write(
            data,
            "successions",
            [row for row in rows_of(data, "successions") if row[:2] != ["merger", "ccg:09E"]],
        ),
        "merged needs 2+ predecessors, it has 1",
    ),
    "a change of nobody": (
        add("events", id="alone", kind="abolished", date="2020-04-01"),
        "abolished needs 1+ predecessors",
    ),
    "a body that merged and never ended": (
        all_of(put("entities", "ccg:09E Coastal", valid_until="")),
        "ccg:09E was merged on 2020-04-01 and never ends",
    ),
    "a body that ended on another day than it merged": (
        put("events", "merger", date="2020-05-01"),
        "was merged on 2020-05-01 and ends on 2020-04-01",
    ),
    "a successor that was not there yet": (
        put("successions", "system", successor="national:later"),
        "national:later follows on 2022-07-01",
    ),
    "a successor that had ended": (
        put("successions", "system", successor="pct:5QA"),
        "pct:5QA follows on 2022-07-01",
    ),
    "a body that follows itself": (
        put("successions", "system", successor="stp:QKS"),
        "takes over from itself",
    ),
    "a succession between nobody": (
        put("successions", "start", successor=""),
        "neither predecessor nor successor",
    ),
    "a change without a day": (put("events", "merger", date=""), "its day is blank"),
    "a change whose known day is not known": (
        put("events", "merger", precision="not_known"),
        "said to be not known",
    ),
    # Arrangements and statements
    "a rule for only nobody": (put("rules", "R3", bodies=""), "the coverage “only” does not fit its bodies"),
    "two commissioners of one service": (
        put("rules", "R2", valid_from="2012-04-01"),
        "both hold on 2012-04-01",
    ),
    "a rule that names a body before its life": (
        put("rules", "R3", valid_from="2013-04-01", valid_until="2014-04-01"),
        "names icb:QKS",
    ),
    "a rule that names a body after its life": (put("rules", "R2", accountable="pct:5QA"), "names pct:5QA"),
    "a step that names a body after its life": (
        put("accountability", "A1", object="pct:5QA"),
        "names pct:5QA",
    ),
    "a statement with two sources and one place": (
        put("statements", "001-2-1 people", source="drawn act"),
        "are not as many",
    ),
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whole tables, to be damaged."""
    folder = write_data(tmp_path / "data", WHOLE, "2026-10-09")
    monkeypatch.setenv("ORGMAP_DATA", str(folder))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    return folder


def test_the_undamaged_tables_have_no_fault(orgmap: Orgmap, data: Path) -> None:
    told = orgmap("check")
    assert (told.code, told.err) == (0, "")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_world_is_refused_with_file_and_line(
    orgmap: Orgmap, data: Path, tmp_path: Path, fault: str
) -> None:
    edit, said = FAULTS[fault]
    edit(data)
    check = orgmap("check")
    assert check.code == 4
    told = [one for one in check.out.splitlines() if said in one]
    assert told, check.out
    assert re.match(rf"{re.escape(str(data))}/\w+/[\w.]+:\d+: ", told[0])
    built = orgmap("build")
    assert (built.code, built.out) == (4, "")
    assert check.out.splitlines()[0] in built.err
    assert list((tmp_path / "cache").glob("*.sqlite")) == []


def test_a_fault_is_told_at_its_line(orgmap: Orgmap, data: Path) -> None:
    put("names", "TCCG", note="a note\nof two lines")(data)
    rows = rows_of(data, "names")
    number = next(n for n, row in enumerate(rows, start=1) if row[1] == "Kent & Medway ICS")
    put("names", "Medway ICS", use="nick")(data)
    assert f"names.csv:{number + 1}: names stp:QKS" in orgmap("check").out


def test_every_fault_says_how_it_is_mended() -> None:
    declared = {row[0]: row[2] for row in term_rows("rules.csv")}
    assert [rule.__name__ for rule in RULES] == list(declared)
    assert all(declared.values())
