"""`--with FOLDER`: own tables in every command, faults by file and line, nothing of them anywhere else."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time

import pytest

import orgmap as package
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.term_tables import lay_over
from orgmap.loaders.itself import data_hash
from orgmap.loaders.own.folder import LARGEST
from tests.cli.conftest import Orgmap
from tests.fuzz.words import DAYS, HOSTILE, PLACES
from tests.mine import MINE, added, write_mine
from tests.running import yardstick

DAY = ("--at", "2023-01-01")
HERE = ("find", "CT9 1AA", *DAY)


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The user's tables in `mine`, in the folder in which the command runs; each test has a cache of its own."""
    monkeypatch.chdir(tmp_path)
    yield write_mine(Path("mine"))
    lay_over()


def stores(kent: Path) -> dict[str, int]:
    """The built graphs in the cache, and when each was built."""
    return {one.name: one.stat().st_mtime_ns for one in (kent / "cache").glob("*.sqlite")}


ASKED = {
    "find": HERE,
    "list": ("list", "place partnership", *DAY),
    "search": ("search", "coast place"),
    "show": ("show", "Coast Place Partnership", *DAY),
    "who": ("who", "mentoring", "--for", "CT9 1AA", *DAY),
    "diff": ("diff", "2021-03-31", "2021-04-01"),
    "lineage": ("lineage", "place:coast"),
    "sources": ("sources",),
}


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv"])
def test_every_answer_in_every_form_says_what_is_the_users(
    orgmap: Orgmap, mine: Path, question: tuple[str, ...], form: str
) -> None:
    told = orgmap("--with", "mine", *question, "--format", form)
    assert told.code == 0, told.err
    assert "Minutes of a meeting" in told.out or "mine" in told.out
    if form == "csv":
        assert "mine" in {row["your_tables"] for row in told.table}
    elif form == "table":
        assert "(from your own tables: mine)" in told.out or "Your tables" in told.out
    else:
        assert '"yours": "mine"' in told.out


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_without_the_option_answers_are_the_same_to_the_byte_before_and_after(
    orgmap: Orgmap, mine: Path, form: str
) -> None:
    plain = [
        (*question, "--format", form) for question in (HERE, ("sources",), ("list", "ccg", "--at", "2015"))
    ]
    before = [orgmap(*question) for question in plain]
    assert orgmap("--with", "mine", *HERE).code == 0
    assert [orgmap(*question) for question in plain] == before
    assert orgmap("list", "place partnership").code == 2


def test_it_is_built_once_beside_the_plain_graph(orgmap: Orgmap, kent: Path, mine: Path) -> None:
    orgmap(*HERE)
    plain = stores(kent)
    orgmap("--with", "mine", *HERE)
    both = stores(kent)
    assert both.items() > plain.items()
    assert len(both) == len(plain) + 1
    orgmap(*HERE)
    orgmap("--with", "mine", *HERE)
    assert stores(kent) == both


def test_a_changed_row_is_in_the_next_answer(orgmap: Orgmap, mine: Path) -> None:
    orgmap("--with", "mine", *HERE)
    write_mine(mine, **added("names", "place:coast,Shoreline,alias"))
    assert "place:coast" in orgmap("--with", "mine", "show", "Shoreline").out


def test_the_folders_may_stand_in_the_environment(
    orgmap: Orgmap, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mine.parent / "second").mkdir()
    (mine.parent / "second" / "names.csv").write_text("entity,name,use\nplace:coast,Shoreline,alias\n")
    monkeypatch.setenv("ORGMAP_WITH", os.pathsep.join(["mine", "second"]))
    told = orgmap("show", "Shoreline", "--format", "json")
    assert {one["name"]: one["yours"] for one in told.json["names"]} == {"Shoreline": "second"}
    assert orgmap("--with", "mine", "show", "Shoreline").code == 1


def test_an_option_behind_the_command_is_refused_with_its_place(orgmap: Orgmap, mine: Path) -> None:
    told = orgmap(*HERE, "--with", "mine")
    assert told.code == 2
    assert "orgmap --with FOLDER find" in told.err


def test_all_other_commands_take_it(orgmap: Orgmap, mine: Path) -> None:
    Path("in.csv").write_text("place\nCT9 1AA\n")
    for command in (
        ("annotate", "in.csv", "--column", "place", *DAY, "-o", "out.csv"),
        ("draw", "network", "place:coast", *DAY, "-o", "out.html"),
        ("draw", "timeline", "place:coast", "-o", "out.svg"),
        ("draw", "diff", "2021-03-31", "2021-04-01", "-o", "diff.html"),
        ("export", "graphml", "-o", "out.graphml"),
        ("build",),
        ("check",),
        ("cite", "place:coast"),
        ("list", "place", *DAY, "--store", "networkx:"),
    ):
        told = orgmap("--with", "mine", *command)
        assert told.code == 0, told.err
    [row] = csv.DictReader(Path("out.csv").read_text(encoding="utf-8").splitlines())
    assert row["place_partnership"] == "place:coast"
    assert "from your own tables (mine)" in row["note"]
    for file in ("out.html", "out.svg", "diff.html"):
        assert "(from your own tables: mine)" in Path(file).read_text(encoding="utf-8")
    assert "yours.mine.minutes" in Path("out.graphml").read_text(encoding="utf-8")


def test_a_comparison_names_the_folder(orgmap: Orgmap, mine: Path) -> None:
    question = ("crosswalk", "district", "2023-01-01", "place", "2023-01-01")
    told = orgmap("--with", "mine", *question, "--format", "json").json
    assert told["notes"][0] == "Your own tables are laid over the bundled ones: mine."
    assert [(one["to"], one["yours"]) for one in told["rows"]] == [("place:coast", "mine")]
    assert (
        "note: Your own tables are laid over the bundled ones: mine."
        in orgmap("--with", "mine", *question).err
    )


def test_the_citation_names_the_folder_and_its_digest_takes_in_its_rows(
    orgmap: Orgmap, kent: Path, mine: Path
) -> None:
    plain, with_mine = orgmap("cite").out, orgmap("--with", "mine", "cite").out
    assert "with own tables: mine" in with_mine
    assert data_hash(kent / "data")[:16] in plain
    assert data_hash(kent / "data")[:16] not in with_mine
    write_mine(mine, **added("names", "place:coast,Shoreline,alias"))
    assert orgmap("--with", "mine", "cite").out != with_mine


FAULTS = {
    "a kind that nobody declares": (
        added("entities", "clan:one,clan,A clan,2016-04-01,,"),
        "entities.csv:6: entities clan:one: “clan” is not a known kind.",
    ),
    "an id of the bundled tables": (
        added("entities", "ccg:10E,,Another,2013-04-01,,"),
        "entities.csv:6: ccg:10E is in the bundled tables already. Lay a relation or a name over it",
    ),
    "a source of the bundled tables": (
        added("sources", "drawn,Another,,,yes"),
        "sources.csv:3: drawn is in the bundled tables already.",
    ),
    "a source that nobody describes": (
        added("entities", "place:x,,X,2016-04-01,,hearsay"),
        "entities.csv:6: entities place:x: cites “hearsay”, which is not a known source.",
    ),
    "a day that is none": (
        added("entities", "place:x,,X,2016-02-30,,"),
        "entities.csv:6: entities place:x: “2016-02-30” in valid_from is not a day.",
    ),
    "a relation outside a life": (
        added(
            "relationships", "2010-04-01,council:E10000016,member_of,place:shore,administrative,2021-04-01,"
        ),
        "relationships.csv:7: relationships council:E10000016 member_of place:shore",
    ),
    "a circle": (
        added(
            "relationships",
            "2016-04-01,ct:margate,part_of,place:shore,administrative,2021-04-01,",
            "2016-04-01,place:shore,part_of,ct:margate,administrative,2021-04-01,",
        ),
        "is in a circle",
    ),
    "a body that is not there": (
        added("relationships", "2016-04-01,ct:margate,part_of,ct:nowhere,administrative,,"),
        "relationships.csv:7: relationships ct:margate part_of ct:nowhere",
    ),
    "a second council on one area": (
        added("relationships", "2016-04-01,district:E07000114,covers,area:E01000001,published,,"),
        "relationships.csv:7:",
    ),
    "a plan told as a fact": (
        added("entities", "place:x,,X,2040-04-01,,"),
        "entities.csv:6: entities place:x: is told as in force from 2040-04-01",
    ),
    "a row too short": (added("names", "ct:margate,X"), "names.csv:4: 2 columns where 3 are expected."),
    "an unknown column": ({"names": "entity,name,use,colour\n"}, "names.csv:1: there is no column “colour”"),
    "a column that is missing": ({"kinds": "kind,prefix\n"}, "kinds.csv:1: the column label is missing."),
    "a column that stands there twice": (
        {"names": "entity,name,name\n"},
        "names.csv:1: the column name stands",
    ),
    "a table that is none": ({"bodies": "id\n"}, "bodies.csv:1: is no table of one's own"),
    "a kind that is taken": (
        added("kinds", "nhs_trust,nt,nt,nts,local,own,,x"),
        "kinds.csv:4: “nhs_trust” in kind is the kind “nhs_trust” already.",
    ),
    "a prefix that is taken": (
        added("kinds", "new_trust,trust,nt,nts,local,own,,x"),
        "kinds.csv:4: “trust” in prefix is the prefix of NHS trusts already.",
    ),
    "a word that is taken": (
        added("kinds", "new_trust,nt,NHS trust,nts,local,own,,x"),
        "kinds.csv:4: “NHS trust” in label is what the kind nhs_trust is called already.",
    ),
    "a plural that means another kind": (
        added("kinds", "new_trust,nt,new trust,trusts,local,own,,x"),
        "kinds.csv:4: “trusts” in plural means the kind nhs_trust already.",
    ),
    "two kinds of one name": (
        added("kinds", "place_partnership,pp,pp,pps,local,own,,x"),
        "kinds.csv:4: “place_partnership” in kind is in an earlier row",
    ),
    "a role that nobody declares": (
        added("kinds", "clan,clan,clan,clans,local,own,clan_role,x"),
        "kinds.csv:4: clan: “clan_role” is not a known role.",
    ),
    "a tier that is none": (
        added("kinds", "clan,clan,clan,clans,heavenly,own,,x"),
        "kinds.csv:4: clan: “heavenly” is not a known tier.",
    ),
    "a blank description": (
        added("kinds", "clan,clan,clan,clans,local,own,,"),
        "kinds.csv:4: description is blank.",
    ),
    "a column of annotate that is taken": (
        added("roles", "other,nhs,region,,x"),
        "roles.csv:4: “region” in column is a column of the role “region” already.",
    ),
    "a side that is none": (
        added("roles", "other,left,,,x"),
        "roles.csv:4: “left” in side is not local_government or nhs.",
    ),
    "words for a kind that is none": (
        added("kind_words", "big clan,clan,clan,end"),
        "kind_words.csv:3: “clan” in kinds is not the prefix of a kind.",
    ),
    "a verb that is taken": (
        added("verbs", "funds,x,y,z"),
        "verbs.csv:3: “funds” in verb is the verb “funds” already.",
    ),
    "a kind with Cypher in it": (
        added("kinds", "a`) DETACH DELETE n //,xx,xx,xxs,local,own,,x"),
        "kinds.csv:4: “a`) DETACH DELETE n //” in kind is not written in small letters and low lines.",
    ),
    "a verb with SQL in it": (
        added("verbs", "x'); DROP TABLE entities; --,x,y,z"),
        "verbs.csv:3: “x'); DROP TABLE entities; --” in verb is not written in small letters",
    ),
    "an order to the terminal": (
        added("entities", "place:x,,\x1b[2JX,2016-04-01,,"),
        "entities.csv:6: a cell holds letters that nobody can see (control characters).",
    ),
    "letters from right to left": (
        added("entities", "place:x,,\u202eX,2016-04-01,,"),
        "entities.csv:6: a cell holds letters that nobody can see (control characters).",
    ),
    "quotation marks that never end": (added("names", 'ct:margate,"X,alias'), "names.csv:4: cannot be read"),
    "an id that is none": (
        added("entities", "place:../x,place_partnership,X,2016-04-01,,"),
        "entities.csv:6: entities place:../x: “place:../x” in id is not an id.",
    ),
    "a cell too long": (
        added("names", f"ct:margate,{'x' * 200_000},alias"),
        "names.csv:4: a cell has more than 20,000",
    ),
}


@pytest.mark.parametrize(("changed", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_file_and_line_and_nothing_is_built(
    orgmap: Orgmap, kent: Path, mine: Path, changed: dict[str, str], said: str
) -> None:
    write_mine(mine, **changed)
    before = stores(kent)
    check = orgmap("--with", "mine", "check")
    assert check.code == 4
    assert said in check.out + check.err
    asked = orgmap("--with", "mine", *HERE)
    assert (asked.code, asked.out) == (4, "")
    assert said.partition(": ")[0] in asked.err
    assert stores(kent) == before
    assert orgmap(*HERE).code == 0


@pytest.mark.parametrize("day", ["2009-04-01", "2015-04-01"])
def test_of_two_rows_that_clash_the_users_is_to_be_mended(orgmap: Orgmap, mine: Path, day: str) -> None:
    row = f"{day},ccg:09E,covers,area:E01000001,published,2020-04-01,"
    if day < "2013":
        row = f"{day},pct:5QA,covers,area:E01000001,estimated,2011-04-01,"
    write_mine(mine, **added("relationships", row))
    told = orgmap("--with", "mine", "check").out.splitlines()
    assert told[0].startswith("mine/relationships.csv:7: relationships ")
    assert {line.partition(":")[0] for line in told} == {"mine/relationships.csv"}


def test_every_fault_of_the_words_is_listed_by_check(orgmap: Orgmap, mine: Path) -> None:
    write_mine(mine, **added("kinds", "nhs_trust,nt,nt,nts,local,own,,x", "clan,ccg,clan,clans,local,own,,x"))
    told = orgmap("--with", "mine", "check")
    assert [line.partition(": ")[0] for line in told.out.splitlines()] == [
        "mine/kinds.csv:4",
        "mine/kinds.csv:5",
    ]


def test_bytes_that_are_no_utf_8_are_refused(orgmap: Orgmap, mine: Path) -> None:
    (mine / "names.csv").write_bytes(b"entity,name,use\nct:margate,Caf\xe9,alias\n")
    told = orgmap("--with", "mine", "check")
    assert told.code == 4
    assert "names.csv:2: is not UTF-8 text." in told.out + told.err


def test_a_mark_for_the_order_of_bytes_and_ends_of_lines_of_another_system_are_read(
    orgmap: Orgmap, mine: Path
) -> None:
    for file in mine.glob("*.csv"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n,,\r\n"[:2])
    assert orgmap("--with", "mine", "check").code == 0
    assert "place:coast" in orgmap("--with", "mine", *HERE).out


@pytest.mark.parametrize(
    "what", ["link", "pipe", "folder", "device link", "huge", "endless", "gzip", "workbook"]
)
def test_what_is_no_plain_table_is_refused_and_not_waited_for(orgmap: Orgmap, mine: Path, what: str) -> None:
    path = mine / "phases.csv"
    if what == "link":
        path.symlink_to(Path("mine/names.csv").resolve())
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    elif what == "device link":
        path.symlink_to("/dev/zero")
    elif what in ("huge", "endless"):
        with path.open("wb") as file:
            file.truncate(LARGEST + 1 if what == "huge" else 10**12)
    else:
        path = mine / {"gzip": "phases.csv.gz", "workbook": "phases.xlsx"}[what]
        path.write_bytes(b"\x1f\x8b" + b"\x00" * 100)
    told = orgmap("--with", "mine", "check")
    assert told.code == 4
    assert (told.out + told.err).count(f"{path}:1: ") == 2, (
        "in the list and, as the first fault, in the error"
    )
    told = orgmap("--with", "mine", *HERE)
    assert (told.code, "repository" in told.err) == (4, False)


def test_a_first_line_of_very_many_columns_is_refused_at_once(orgmap: Orgmap, mine: Path) -> None:
    (mine / "names.csv").write_text("entity," * 300_000 + "entity\n", encoding="utf-8")
    began = process_time()
    told = orgmap("--with", "mine", *HERE)
    assert (told.code, "names.csv:1: the column entity stands there twice" in told.err) == (4, True)
    assert process_time() - began < 120 * yardstick()


def test_a_folder_whose_name_is_no_text_is_laid_over_too(orgmap: Orgmap, mine: Path) -> None:
    folder = mine.rename(os.fsdecode(b"\xffold"))
    for _ in "built", "kept":
        told = orgmap("--with", str(folder), *HERE)
        assert "place:coast" in told.out, told.err


@pytest.mark.parametrize("seed", range(4))
def test_whatever_stands_in_a_cell_is_taken_or_refused_by_file_and_line(
    orgmap: Orgmap, mine: Path, seed: int
) -> None:
    chance = Random(seed)
    for _ in range(25):
        table = chance.choice(list(MINE))
        rows = list(csv.reader(MINE[table].splitlines()))
        row = chance.randrange(len(rows))
        rows[row][chance.randrange(len(rows[row]))] = (
            chance.choice([*HOSTILE[:20], *DAYS, *PLACES, *(one.split(",")[0] for one in MINE.values())])
            .encode("utf-8", "replace")
            .decode()
        )
        with (mine / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        told = orgmap("--with", "mine", "check")
        assert told.code in (0, 4), (rows, told)
        assert told.code == 0 or f"{mine}/" in told.out + told.err, (rows, told)
        asked = orgmap("--with", "mine", *HERE, "--store", "networkx:")
        assert (asked.code, told.code) in ((0, 0), (4, 4)), (rows, asked)
        write_mine(mine)


@pytest.mark.parametrize("folder", ["missing", "mine/names.csv", "x" * 300, " ", "", "x\x00y", "\udcff"])
def test_what_is_no_folder_is_refused(orgmap: Orgmap, mine: Path, folder: str) -> None:
    told = orgmap("--with", folder, *HERE)
    assert told.code == 2
    assert "is not a folder of own tables" in told.err


@pytest.mark.parametrize("order", [("mine", "second"), ("second", "mine")])
def test_a_fault_in_the_words_of_one_of_two_folders_is_told(
    orgmap: Orgmap, mine: Path, order: tuple[str, str]
) -> None:
    Path("second").mkdir()
    Path("second/kinds.csv").write_text(
        "kind,prefix,label,plural,tier,description,ranking\nx,x,x one,xs,local,x,much\n"
    )
    told = orgmap("--with", order[0], "--with", order[1], *HERE)
    assert told.code == 4
    assert "second/kinds.csv:2: “much” in ranking is not written in a whole number." in told.err


def test_two_folders_of_one_name_are_refused(orgmap: Orgmap, mine: Path) -> None:
    shutil.copytree(mine, "other/mine")
    assert orgmap("--with", "mine", "--with", "other/mine", *HERE).code == 2


def test_a_formula_gives_no_spreadsheet_orders(orgmap: Orgmap, mine: Path) -> None:
    write_mine(mine, **added("entities", "place:x,,=HYPERLINK(1),2016-04-01,,"))
    told = orgmap("--with", "mine", "list", "place", *DAY, "--format", "csv")
    assert "'=HYPERLINK(1)" in [row["name"] for row in told.table]
    page = orgmap("--with", "mine", "draw", "network", "place:x", *DAY, "-o", "out.html")
    assert page.code == 0


def test_a_name_with_markup_stays_text_in_a_page(orgmap: Orgmap, mine: Path) -> None:
    write_mine(mine, **added("entities", "place:x,,<script>alert(1)</script>,2016-04-01,,"))
    for picture in (("network", "place:x"), ("timeline", "place:x")):
        assert orgmap("--with", "mine", "draw", *picture, "-o", "out.html").code == 0
        assert "<script>alert(1)" not in Path("out.html").read_text(encoding="utf-8")


def test_new_tables_begins_a_folder_with_a_page_and_the_meaning_of_every_column(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = orgmap("new-tables", "my tables")
    assert (told.code, told.out) == (0, "")
    page = Path("my tables/README.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) <= 40
    assert "orgmap --with 'my tables' check" in page
    assert "{name}" not in page
    columns = Path("my tables/COLUMNS.md").read_text(encoding="utf-8")
    assert "- **subject**: the body that does or is something" in columns
    # Kent's two streets lack some councils of the example, and nothing else is wrong; a page of docs/ shows it whole.
    faults = orgmap("--with", "my tables", "check").out.splitlines()
    assert [line for line in faults if "there is no entity district:" not in line] == []


@pytest.mark.parametrize("there", ["file", "folder with a file", "link to nowhere/x"])
def test_new_tables_overwrites_nothing(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if there == "file":
        Path("mine").write_text("mine")
    elif there == "folder with a file":
        Path("mine").mkdir()
        Path("mine/names.csv").write_text("mine")
    else:
        Path("mine").symlink_to("nowhere/x")
    assert orgmap("new-tables", "mine").code == 2
    if there == "folder with a file":
        assert [one.name for one in Path("mine").iterdir()] == ["names.csv"]


@pytest.mark.parametrize("name", ["x" * 300, "-", "missing/mine", "/dev/null"])
def test_new_tables_refuses_what_cannot_be_a_folder(orgmap: Orgmap, mine: Path, name: str) -> None:
    told = orgmap("new-tables", name)
    assert (told.code, told.out) == (2, "")


def test_new_tables_is_told_where_the_environment_names_a_folder_that_is_not_there(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ORGMAP_WITH", "mine")
    assert orgmap(*HERE).code == 2
    assert orgmap("new-tables", "mine").code == 0
    assert orgmap("--with", "mine", "new-tables", "other").code == 2


def test_python_opens_graphs_with_and_without_side_by_side(orgmap: Orgmap, mine: Path) -> None:
    with package.open(tables="mine") as own, package.open() as plain:
        for _ in range(2):
            assert own.list("place", "2023-01-01")[0].get("yours") == "mine"
            with pytest.raises(WrongUse):
                plain.list("place", "2023-01-01")
        assert len(own.find("CT9 1AA", "2023-01-01")) == len(plain.find("CT9 1AA", "2023-01-01")) + 2
        assert json.dumps(plain.sources().to_dict()) == json.dumps(
            [one for one in own.sources().to_dict() if "yours" not in one]
        )


def test_python_is_told_the_same_faults(orgmap: Orgmap, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUse):
        package.open(tables="missing")
    write_mine(mine, entities=f"{MINE['entities']}clan:x,clan,X,,,\n")
    with pytest.raises(DataBroken, match=r"entities\.csv:6"):
        package.open(tables=["mine"])
    monkeypatch.setenv("ORGMAP_WITH", "mine")
    with pytest.raises(DataBroken):
        package.open()
    package.open(tables=()).close()


def test_a_folder_whose_name_is_no_text_begins_too(orgmap: Orgmap, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xffold")
    told = orgmap("new-tables", str(folder))
    assert told.code == 0, told.err
    assert "--with" in (folder / "README.md").read_text(encoding="utf-8")
