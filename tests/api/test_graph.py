"""`import orgmap`: the graph as an object, its methods the questions of the command line, its answers objects."""

from __future__ import annotations

import inspect
import json
import keyword
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from types import UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pandas as pd
import pytest

import orgmap
from orgmap import Graph, NothingFound, WrongUse
from orgmap.cli.main import run
from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.itself import cite_itself, data_hash
from orgmap.shapes import answer as answer_shapes
from orgmap.shapes import guide as guide_shapes
from orgmap.shapes import plan as plan_shapes
from orgmap.shapes import programme as programme_shapes
from orgmap.shapes import row as row_shapes
from tests.commands import EVERY
from tests.kent import KENT, KENT_THROUGH_TIME
from tests.worlds import in_sqlite, world, write_data

QUESTIONS = (
    "find", "who", "what", "answers-to", "list", "show", "lineage", "search", "diff", "reforms", "reform", "walk",
    "crosswalk", "guide", "explain", "due", "process", "case", "board", "template", "plans", "outcome", "reconcile",
    "stated", "cite", "sources", "annotate", "draw",
)  # fmt: skip


@pytest.fixture(scope="module")
def g() -> Iterator[Graph]:
    """The real graph."""
    with orgmap.open() as opened:
        yield opened


@pytest.fixture
def kent() -> Iterator[Graph]:
    """A drawn world."""
    with Graph(in_sqlite(world(KENT))) as opened:
        yield opened


# fmt: off
ASKED: dict[str, tuple[list[str], Callable[[Graph], Any]]] = {
    "find": (["find", "CT9 1AA", "--at", "2013-3-31"], lambda g: g.find("CT9 1AA", date(2013, 3, 31))),
    "find in a year": (["find", "Thanet", "--at", "2013"], lambda g: g.find("Thanet", "2013")),
    "find a practice": (["find", "G82064", "--at", "2014-06-01"], lambda g: g.find("G82064", "2014-06-01")),
    "find by kind": (["find", "Kent and Medway", "--kind", "icb", "--at", "2024-01-01"],
                     lambda g: g.find("Kent and Medway", "2024-01-01", kind="icb")),
    "who": (["who", "health visiting", "--for", "Thanet", "--at", "2015-10-01"],
            lambda g: g.who("health visiting", "Thanet", "2015-10-01")),
    "who in a year": (["who", "health visiting", "--for", "Thanet", "--at", "2015"],
                      lambda g: g.who("health visiting", "Thanet", "2015")),
    "who twice": (["who", "jabs", "--for", "Thanet", "--at", "2012-09-30", "--and", "2015-10-01"],
                  lambda g: g.who("jabs", "Thanet", "2012-09-30", and_="1 October 2015")),
    "what": (["what", "Kent County Council", "--at", "2016-06-01"],
             lambda g: g.what("Kent County Council", "1 June 2016")),
    "what by an office": (["what", "at:Q67", "--at", "2013-06-01"], lambda g: g.what("at:Q67", "2013-06-01")),
    "answers-to": (["answers-to", "NHS Thanet CCG", "--at", "2014-06-01"],
                   lambda g: g.answers_to("NHS Thanet CCG", "2014-06-01")),
    "list": (["list", "ccg", "--within", "Kent", "--at", "April 2013"],
             lambda g: g.list("ccg", "April 2013", within="Kent")),
    "list none": (["list", "icb", "--at", "2013-04-01"], lambda g: g.list("icb", "2013-04-01")),
    "show": (["show", "ccg:10E", "--at", "2013-06-01"], lambda g: g.show("ccg:10E", "2013-06-01")),
    "show more": (["show", "ccg:10E", "--at", "2012-06-01", "--include", "shadow"],
                  lambda g: g.show("ccg:10E", "2012-06-01", include="shadow")),
    "show a practice": (["show", "G82064", "--at", "2014-06-01"], lambda g: g.show("G82064", "2014-06-01")),
    "lineage": (["lineage", "5QA", "--forward"], lambda g: g.lineage("5QA", forward=True)),
    "lineage of a practice": (["lineage", "G82064"], lambda g: g.lineage("G82064")),
    "search": (["search", "thanett", "--limit", "5"], lambda g: g.search("thanett", limit=5)),
    "diff": (["diff", "2020-03-31", "2020-04-01", "--within", "Kent"],
             lambda g: g.diff("2020-03-31", date(2020, 4, 1), within="Kent")),
    "diff a kind": (["diff", "2013-04", "2014", "--kind", "ccg"], lambda g: g.diff("2013-04", "2014", kind="ccg")),
    "reforms": (["reforms"], lambda g: g.reforms()),
    "reform": (["reform", "2013", "--within", "Thanet"], lambda g: g.reform("2013", within="Thanet")),
    "crosswalk": (["crosswalk", "pct", "2013-03-31", "ccg", "2013-04-01", "--by", "practices"],
                  lambda g: g.crosswalk("pct", "2013-03-31", "ccg", "2013-04-01", by="practices")),
    "stated": (["stated", "abolition of strategic health authorities", "--as-known-on", "2011-09-01"],
               lambda g: g.stated("abolition of strategic health authorities", as_known_on="2011-09-01")),
    "stated by field": (["stated", "--in", "001", "--where", "subject=pctc", "--count-by", "topic"],
                        lambda g: g.stated(in_="001", where={"subject": "pctc"}, count_by="topic")),
    "guide": (["guide", "Thanet", "--about", "carers", "--as", "charity", "--at", "2026-06-01"],
              lambda g: g.guide("Thanet", "2026-06-01", about="carers", as_="charity")),
    "guide of all": (["guide", "Frimley", "--at", "2024-06-01"], lambda g: g.guide("Frimley", "2024-06-01")),
    "guide of then": (["guide", "Medway", "--at", "2019-10-01", "--as", "charity", "--as-known-on", "2019-10-01"],
                      lambda g: g.guide("Medway", "2019-10-01", as_="charity", as_known_on="2019-10-01")),
    "explain": (["explain", "ICP", "--at", "2023-01-01"], lambda g: g.explain("ICP", "2023-01-01")),
    "walk": (["walk", "child-under-5", "--resident", "CT9 1AA", "--at", "2015-09-30", "--and", "2015-10-01"],
             lambda g: g.walk("child-under-5", resident="CT9 1AA", at="2015-09-30", and_="2015-10-01")),
    "walks": (["walk"], lambda g: g.walk()),
    "plans": (["plans", "--about", "NHS England", "--until", "2027-04-30"],
              lambda g: g.plans(about="NHS England", until="2027-04-30")),
    "plans of then": (["plans", "--as-known-on", "2019-09-10", "--include", "proposed", "--within", "Medway"],
                      lambda g: g.plans(as_known_on="2019-09-10", include="proposed", within="Medway")),
    "outcome": (["outcome", "2013", "--within", "Kent"], lambda g: g.outcome("2013", within="Kent")),
    "outcome of a plan": (["outcome", "end-of-nhs-england"], lambda g: g.outcome("end-of-nhs-england")),
    "reconcile": (["reconcile", "--in", "000"], lambda g: g.reconcile(in_="000")),
    "cite": (["cite", "ccg:10E"], lambda g: g.cite("ccg:10E")),
    "cite itself": (["cite"], lambda g: g.cite()),
    "sources": (["sources"], lambda g: g.sources()),
    "process": (["process", "ccg-authorisation", "--from", "site-visit=2012-10-10"],
                lambda g: g.process("ccg-authorisation", from_="site-visit=2012-10-10")),
    "case": (["case", "ccg:09W", "--at", "2020-01-01"], lambda g: g.case("ccg:09W", "1 January 2020")),
    "case by outcome": (["case", "--process", "ccg-authorisation", "--count-by", "outcome", "--where", "wave=2"],
                        lambda g: g.case(process="ccg-authorisation", count_by="outcome", where={"wave": "2"})),
    "cases of mergers": (["case", "--process", "icb-merger", "--include", "planned"],
                         lambda g: g.case(process="icb-merger", include="planned")),
}
# fmt: on


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_is_letter_for_letter_the_json_of_the_command_line(
    g: Graph, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words, ask = ASKED[name]
    with pytest.raises(SystemExit):
        run([*words, "--format", "json"])
    assert ask(g).to_json() + "\n" == capsys.readouterr().out


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_is_what_its_type_says(g: Graph, name: str) -> None:
    words, ask = ASKED[name]
    modules = ("orgmap.sourced", "orgmap.guided", "orgmap.planned", "orgmap.programmes", "orgmap.graph")
    names = {key: value for module in modules for key, value in vars(import_module(module)).items()}
    names |= {"whole": answer_shapes, "rows": row_shapes, "planned": plan_shapes, "guides": guide_shapes}
    names |= {"programmes": programme_shapes}
    promised = get_type_hints(getattr(Graph, words[0].replace("-", "_")), names)
    told, row = get_args(promised["return"])
    answer = ask(g)
    assert wrong(answer.to_dict(), told, "") == []
    assert [fault for one in answer for fault in wrong(one, row, "row")] == []


def wrong(value: Any, promised: Any, where: str) -> list[str]:
    """Where a value is not of the type that was promised."""
    if get_origin(promised) is NotRequired:
        promised = get_args(promised)[0]
    if promised is Any:
        return []
    if is_typeddict(promised):
        hints = get_type_hints(promised, include_extras=True)
        if not isinstance(value, dict):
            return [f"{where}: {type(value).__name__} is no {promised.__name__}"]
        faults = [
            f"{where}.{key} is missing"
            for key in promised.__required_keys__ - value.keys()
            if get_origin(hints[key]) is not NotRequired
        ]
        faults += [f"{where}.{key} is not told of" for key in value.keys() - hints.keys()]
        return faults + [
            f for key in value.keys() & hints for f in wrong(value[key], hints[key], f"{where}.{key}")
        ]
    if get_origin(promised) in (Union, UnionType):
        tried = [wrong(value, one, where) for one in get_args(promised)]
        return [] if [] in tried else tried[0]
    if get_origin(promised) is list:
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [f for one in value for f in wrong(one, get_args(promised)[0], f"{where}[]")]
    if get_origin(promised) is dict:
        return [] if isinstance(value, dict) else [f"{where}: no dict"]
    fits = isinstance(value, (int, float)) if promised is float else isinstance(value, promised)
    return [] if fits else [f"{where}: {value!r} is no {promised.__name__}"]


def options(command: str) -> set[str]:
    """What a command takes, as Python may name it; without what makes no difference or says how to write."""
    found = set()
    for one in (one for name in EVERY if name.split()[0] == command for one in EVERY[name].params):
        if "no difference" in (getattr(one, "help", "") or ""):
            continue
        longest = max(one.opts, key=len)
        name = longest.removeprefix("--").replace("-", "_") if longest.startswith("-") else one.name or ""
        found.add(f"{name}_" if keyword.iskeyword(name) else name)
    return found - {"store", "help", "explain"}


@pytest.mark.parametrize("command", QUESTIONS)
def test_a_question_takes_what_its_command_takes_under_the_same_names(command: str) -> None:
    method = getattr(Graph, command.replace("-", "_"))
    taken = set(inspect.signature(method).parameters) - {"self"}
    # Two folders of tables, or two releases, are compared by the command alone.
    wanted = (options(command) | {"picture"}) if command == "draw" else options(command)
    # A page is written to a file by the command alone.
    wanted -= {"output"} if command in ("draw", "guide", "walk") else set()
    other = {"file": "table"} if command in ("annotate", "cite") else {"open": "only_open"}
    given = {other.get(name, name) for name in wanted} - (
        {"format", "tables", "releases"} if command != "draw" else set()
    )
    assert taken == given


def test_importing_orgmap_is_light() -> None:
    heavy = "pandas networkx rich typer neo4j numpy apsw sqlite3 orgmap.graph orgmap.queries"
    code = f"import sys, orgmap; print([one for one in {heavy.split()} if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
    code = "import sys, orgmap\nwith orgmap.open() as g: g.find('CT9 1AA', '2013-06-01')\n"
    code += "print([one for one in 'pandas networkx rich typer neo4j numpy'.split() if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_everything_that_orgmap_names_is_there_and_nothing_else() -> None:
    assert dir(orgmap) == orgmap.__all__ == sorted(orgmap.__all__)
    assert all(getattr(orgmap, name) is not None for name in orgmap.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'fnid'"):
        orgmap.fnid  # noqa: B018


def test_a_store_may_be_the_one_in_memory(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path / "data", KENT_THROUGH_TIME)))
    with orgmap.open("networkx:") as g:
        assert g.find("E01000001", "2013-06-01")[0]["id"] == "ccg:10E"
        assert repr(g) == "orgmap.Graph (networkx:)"
    with pytest.raises(WrongUse):
        orgmap.open("nowhere")


def test_an_answer_is_a_sequence_that_is_false_when_nothing_was_found(kent: Graph) -> None:
    found = kent.list("ccg", "2013-06-01")
    assert [body["id"] for body in found] == ["ccg:09E", "ccg:10E"]
    assert (len(found), found[0]["id"], found[-1]["name"], len(found[:1])) == (
        2,
        "ccg:09E",
        "NHS Thanet CCG",
        1,
    )
    assert not kent.list("ccg", "2024-01-01")
    with pytest.raises(NothingFound):
        kent.show("nothing of the kind")


def test_a_month_is_its_first_day_and_the_answer_says_so(kent: Graph) -> None:
    note = "“April 2013” is more than a day: 2013-04-01, its first day that the tables know, is taken."
    for answer in (
        kent.find("E01000001", "April 2013"),
        kent.list("ccg", "April 2013"),
        kent.show("ccg:10E", "April 2013"),
        kent.diff("2013-03-31", "April 2013"),
        kent.search("kent", at="April 2013"),
    ):
        assert answer.notes[0] == note


def test_an_answer_as_a_table_has_dates(kent: Graph) -> None:
    table = kent.list("ccg", "2013-06-01").to_frame()
    assert table["valid_from"].tolist() == [pd.Timestamp("2013-04-01")] * 2
    assert table.loc[1, "codes.ods"] == "10E"
    assert kent.list("icb", "2024-06-01").to_frame()["valid_until"].isna().all()
    assert kent.list("ccg", "2024-06-01").to_frame().empty


def test_an_answer_reads_well(kent: Graph) -> None:
    assert repr(kent.list("ccg", "2013-06-01")).splitlines() == [
        "ccg in England, on 2013-06-01: 2 rows",
        "  id       name             kind                          valid from  valid until",
        "  ccg:09E  NHS Coastal CCG  clinical_commissioning_group  2013-04-01  2020-04-01",
        "  ccg:10E  NHS Thanet CCG   clinical_commissioning_group  2013-04-01  2020-04-01",
    ]


def test_a_long_answer_is_cut_for_people_and_whole_for_programs(g: Graph) -> None:
    answer = g.list("ccg", "2013-04-01")
    assert len(repr(answer).splitlines()) == 13
    assert "… and 201 more" in repr(answer)
    assert answer._repr_html_().count("<tr>") == 11
    assert len(answer.to_frame()) == len(answer.to_dict()) == len(answer) == 211


HOSTILE = "<script>alert(1)</script>\u202e & \x1b[31m"


def test_hostile_names_do_nothing_in_a_notebook_or_a_terminal() -> None:
    drawn = KENT.replace("NHS Thanet CCG", HOSTILE)
    with Graph(in_sqlite(world(drawn))) as g:
        for answer in (
            g.find("E01000001", "2013-06-01"),
            g.show("ccg:10E", "2013-06-01"),
            g.list("ccg", "2014"),
        ):
            assert (
                HOSTILE in answer.to_json()
                or json.dumps(HOSTILE, ensure_ascii=False)[1:-1] in answer.to_json()
            )
            html = answer._repr_html_()
            assert "<script" not in html
            assert "&lt;script&gt;" in html
            assert not {"\u202e", "\x1b"} & {*html, *repr(answer)}


def test_a_table_is_annotated_in_place_of_a_file(kent: Graph, tmp_path: Any) -> None:
    table = pd.DataFrame(
        {
            "postcode": ["CT9 1AA", None, "nowhere", "CT9 1AA"],
            "on": [
                pd.Timestamp("2013-03-31"),
                pd.Timestamp("2013-06-01"),
                pd.Timestamp("2013-06-01"),
                pd.NaT,
            ],
        },
        index=[7, 5, 3, 1],
    )
    told = kent.annotate(table, "postcode", at_column="on")
    assert told.index.tolist() == [7, 5, 3, 1]
    assert told["commissioner"].fillna("-").tolist() == ["pct:5QA", "-", "-", "-"]
    assert told["note"].tolist()[1:] == [
        "empty cell",
        "No place is called “nowhere”. An English postcode always works.",
        "no date",
    ]
    assert list(table.columns) == ["postcode", "on"], "the table given stays as it is"
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    table.assign(on=["2013-03-31", "2013-06-01", "2013-06-01", ""]).to_csv(source, index=False)
    done = kent.annotate(source, "postcode", at_column="on", output=target)
    assert (done.rows, done.answered) == (4, 1)
    again = pd.read_csv(target, dtype="string")
    assert again["commissioner"].fillna("-").tolist() == told["commissioner"].fillna("-").tolist()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"column": "post code"}, "no column “post code”"),
        ({"column": "postcode", "at": "2013", "at_column": "on"}, "name one of them"),
        ({"column": "postcode", "at": "no day"}, "not a date"),
        ({"column": "postcode", "kind": "cgc"}, "not a kind of body"),
        ({"column": "postcode", "at_column": "on"}, "has its month first"),
    ],
)
def test_a_table_that_cannot_be_answered_is_refused(kent: Graph, options: dict[str, str], words: str) -> None:
    table = pd.DataFrame({"postcode": ["CT9 1AA"], "on": ["06/30/2013"]})
    with pytest.raises(WrongUse, match=words):
        kent.annotate(table, **options)  # type: ignore[call-overload]


def test_a_picture_is_shown_in_a_notebook_and_saved(kent: Graph, tmp_path: Any) -> None:
    picture = kent.draw("timeline", "ccg:10E", "icb:QKS")
    assert picture.save(tmp_path / "lives.html").read_text(encoding="utf-8") == picture.text
    assert picture._repr_html_().count("<") == 2, "all of it is escaped in a frame of its own"
    assert kent.draw("timeline", "ccg:10E", format="svg").text.startswith("<?xml")
    with pytest.raises(WrongUse, match="would hold html"):
        picture.save(tmp_path / "lives.svg")
    with pytest.raises(
        WrongUse, match="draw timeline does not take view; it takes at, kind, within, include"
    ):
        kent.draw("timeline", "ccg:10E", view="money")
    with pytest.raises(WrongUse, match="is not a picture"):
        kent.draw("time line", "ccg:10E")
    with pytest.raises(WrongUse, match="is not a form"):
        kent.draw("timeline", "ccg:10E", format="pdf")


def test_every_shape_says_what_it_is() -> None:
    assert [
        name
        for name, one in {
            **vars(row_shapes),
            **vars(answer_shapes),
            **vars(plan_shapes),
            **vars(guide_shapes),
        }.items()
        if is_typeddict(one) and name[0] != "_" and name[:9] != "Crosswalk" and not one.__doc__
    ] == []


def test_orgmap_is_cited_by_its_version_and_by_what_its_tables_hold(tmp_path: Any) -> None:
    one, other = (write_data(tmp_path / name, KENT) for name in ("one", "other"))
    assert data_hash(one) == data_hash(other)
    entities = other / "drawn" / "entities.csv"
    entities.write_text(
        entities.read_text(encoding="utf-8").replace("NHS Thanet", "NHS Margate"), encoding="utf-8"
    )
    assert data_hash(one) != data_hash(other)
    [reference] = cite_itself()["references"]
    assert f"Version {orgmap.__version__}, tables sha256:{data_hash(data_folder())[:16]}" in reference
