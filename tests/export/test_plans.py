"""Plans in files for other programs: each bears its status, a day without plans has none, who is to end can be told."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.loaders.build import from_tables
from orgmap.loaders.exports.export import export
from orgmap.loaders.exports.gexf import NAMESPACE
from tests.worlds import in_sqlite, world

WORLD = """
sources
id    | title             | publisher | as_of      | verified
order | The Order of 2026 | Ministry  | 2026-03-10 | yes
press | A trade paper     | Press     | 2026-01-28 | yes

entities
id                   | name        | valid_from | source
council:E10000030    | Old County  |            | drawn
council:west         | West        | 2999-04-01 | order
national:nhs_england | NHS England | 2012-10-01 | drawn
area:E1              |             |            | drawn

phases
entity       | status  | valid_from | valid_until | source
council:west | shadow  | 2026-05-07 | 2999-04-01  | order
council:west | enacted | 2999-04-01 |             | order

relationships
subject           | verb   | object  | valid_from | status   | stated_on  | source
council:E10000030 | covers | area:E1 |            | in_force |            | drawn
council:west      | covers | area:E1 | 2999-04-01 | enacted  | 2026-03-10 | order

rules
id | service               | commissioner       | valid_from | status      | stated_on
R1 | service:public_health | upper_tier_council | 2999-04-01 | conditional | 2026-01-28

events
id    | kind      | date       | status      | stated_on  | source
surrey | merged   | 2999-04-01 | enacted     | 2026-03-10 | order
bill  | abolished | 2999-04-01 | conditional | 2026-01-28 | press

successions
event  | predecessor          | successor    | status
surrey | council:E10000030    | council:west |
bill   | national:nhs_england |              |
"""
BEFORE, LATER = "2998-01-01", "2999-04-01"
PLANNED = Include.of("planned")
FORMS = ("graphml", "gexf", "csv", "cypher", "parquet", "turtle", "jsonld")
PLAN_WORDS = re.compile("council:west|2026-03-10|conditional|surrey|R1")


def written(tmp_path: Path, form: str, at: str | None = None, include: Include = IN_FORCE) -> Path:
    """The world in a format."""
    pytest.importorskip({"parquet": "pyarrow", "turtle": "rdflib", "jsonld": "rdflib"}.get(form, "sys"))
    drawn, target = world(WORLD), tmp_path / f"{form} {at} {len(include.statuses)}"
    with in_sqlite(drawn) as store:
        export(form, target, store, from_tables(drawn), at, include=include)
    return target


def text_of(path: Path) -> str:
    """All that a file or a folder's files say; of Parquet what its columns hold, sources left out."""
    if path.is_file():
        return path.read_text(encoding="utf-8")
    if found := sorted(path.glob("*.parquet")):
        import pyarrow.parquet as pq

        return "\n".join(str(pq.read_table(one).to_pylist()) for one in found if one.stem != "sources")
    return "\n".join(one.read_text(encoding="utf-8") for one in sorted(path.glob("*.csv")))


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file, none if it is not there."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [{name.split(":")[0] or name: cell for name, cell in row.items()} for row in csv.DictReader(lines)]


def nodes_of(path: Path, form: str) -> dict[str, dict[str, Any]]:
    """The bodies with what they bear, of a file that has attributes."""
    if form == "graphml":
        return dict(nx.read_graphml(path).nodes(data=True))
    named = {"g": NAMESPACE}
    return {
        node.get("id"): {c.get("for"): c.get("value") for c in node.findall(".//g:attvalue", named)}
        for node in ElementTree.parse(path).getroot().findall(".//g:node", named)
    }


@pytest.mark.parametrize("at", [BEFORE, LATER])
@pytest.mark.parametrize("form", FORMS)
def test_a_day_has_no_plan_unless_asked_for(tmp_path: Path, form: str, at: str) -> None:
    text = text_of(written(tmp_path, form, at))
    if form not in ("graphml", "gexf"):  # the others have the sources with their days
        text = "\n".join(line for line in text.splitlines() if "order" not in line or "council" in line)
        text = text.replace("2026-03-10", "")
    assert "council:E10000030" in text
    assert not (found := PLAN_WORDS.search(text)), found


@pytest.mark.parametrize("at", [None, BEFORE, LATER])
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_who_is_to_end_bears_the_end_its_status_and_who_said_so(
    tmp_path: Path, form: str, at: str | None
) -> None:
    body = nodes_of(written(tmp_path, form, at, PLANNED if at else IN_FORCE), form)["national:nhs_england"]
    assert body["status"] == "in_force"
    assert (body["to_end"], body["to_end_status"]) == ("2999-04-01", "conditional")
    assert (body["to_end_stated_on"], body["to_end_said_by"]) == ("2026-01-28", "Press")


@pytest.mark.parametrize("at", [None, LATER])
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_planned_body_bears_its_status_and_who_said_so(tmp_path: Path, form: str, at: str | None) -> None:
    body = nodes_of(written(tmp_path, form, at, PLANNED if at else IN_FORCE), form)["council:west"]
    assert (body["status"], body["stated_on"], body["said_by"]) == ("enacted", "2026-03-10", "Ministry")
    assert "to_end" not in body


@pytest.mark.parametrize("at", [None, BEFORE, LATER])
def test_import_files_have_the_planned_change_with_its_status(tmp_path: Path, at: str | None) -> None:
    folder = written(tmp_path, "csv", at, PLANNED if at else IN_FORCE)
    events = {row["key"]: row for row in rows_of(folder / "nodes-events.csv")}
    assert (events["bill"]["status"], events["bill"]["stated_on"]) == ("conditional", "2026-01-28")
    [edge] = [
        row
        for row in rows_of(folder / "relationships-predecessor_of-entities.csv")
        if "national:nhs_england" in str(row)
    ]
    assert "bill" in str(edge)
    bodies = {row["key"]: row for row in rows_of(folder / "nodes-entities.csv")}
    pairs = rows_of(folder / "relationships-succeeded_by-entities.csv")
    if at == BEFORE:  # the new council is not there yet: no way leads to it
        assert "council:west" not in bodies
        assert pairs == []
    else:
        assert bodies["council:west"]["status"] == "enacted"
        assert bodies["council:E10000030"]["status"] == ""
        [pair] = pairs
        assert (pair["event_status"], pair["event_stated_on"]) == ("enacted", "2026-03-10")


@pytest.mark.parametrize("at", [None, LATER])
def test_a_script_has_the_status_at_planned_bodies_and_pairs(tmp_path: Path, at: str | None) -> None:
    script = text_of(written(tmp_path, "cypher", at, PLANNED if at else IN_FORCE))
    [body] = [line for line in script.splitlines() if "id: 'council:west'" in line]
    assert "status: 'enacted'" in body
    assert "event_status: 'enacted', event_stated_on: date('2026-03-10')" in script


@pytest.mark.parametrize("at", [None, BEFORE, LATER])
def test_parquet_has_the_planned_change_with_its_status(tmp_path: Path, at: str | None) -> None:
    folder = written(tmp_path, "parquet", at, PLANNED if at else IN_FORCE)
    import pyarrow.parquet as pq

    events = {row["id"]: row for row in pq.read_table(folder / "events.parquet").to_pylist()}
    assert (events["bill"]["status"], events["bill"]["stated_on"]) == ("conditional", date(2026, 1, 28))
    parts = pq.read_table(folder / "successions.parquet").to_pylist()
    assert ("bill", "national:nhs_england") in [(row["event"], row["predecessor"]) for row in parts]


@pytest.mark.parametrize(
    ("at", "include", "status"),
    [(None, IN_FORCE, "enacted"), (LATER, PLANNED, "enacted"), (BEFORE, Include.of("shadow"), "shadow")],
)
def test_rdf_says_the_status_of_every_body_that_is_not_in_force(
    tmp_path: Path, at: str | None, include: Include, status: str
) -> None:
    graph = pytest.importorskip("rdflib").Graph().parse(written(tmp_path, "turtle", at, include))
    said = {str(one): str(word) for one, word in graph.subject_objects(om("status")) if ":body:" in one}
    assert said == {"urn:orgmap:body:council:west": status}


@pytest.mark.parametrize("at", [None, BEFORE, LATER])
def test_rdf_has_the_planned_change_as_a_plan_only(tmp_path: Path, at: str | None) -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(written(tmp_path, "turtle", at, PLANNED if at else IN_FORCE))
    bill = rdflib.URIRef("urn:orgmap:change:bill")
    assert str(graph.value(bill, om("status"))) == "conditional"
    [pair] = graph.subjects(om("event"), bill)
    assert str(graph.value(pair, om("status"))) == "conditional"
    assert str(graph.value(pair, om("stated_on"))) == "2026-01-28"
    assert not list(graph.subjects(rdflib.ORG.changedBy))


def om(word: str) -> Any:
    """A word of our own."""
    from orgmap.loaders.exports.rdf_terms import name

    return name(f"om:{word}")
