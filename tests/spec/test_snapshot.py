"""The graph of one day as a networkx graph: only what was in force, and nothing that hangs in the air."""

from __future__ import annotations

import networkx as nx
import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import Include
from orgmap.queries.structure.snapshot import snapshot
from tests.kent import KENT, KENT_THROUGH_TIME


@pytest.mark.parametrize(
    ("at", "there", "gone"),
    [
        ("2013-03-31", "pct:5QA", "ccg:10E"),
        ("2013-04-01", "ccg:10E", "pct:5QA"),
        ("2022-06-30", "ccg:91Q", "icb:QKS"),
        ("2022-07-01", "icb:QKS", "ccg:91Q"),
    ],
)
def test_a_day_has_the_bodies_in_force(build, at, there, gone):
    graph = snapshot(build(KENT), at)
    assert there in graph
    assert gone not in graph
    assert graph.graph["at"] == at


@pytest.mark.parametrize(("at", "holds"), [("2015-03-31", True), ("2015-04-01", False)])
def test_a_day_has_the_relations_that_hold(build, at, holds):
    graph = snapshot(build(KENT), at)
    assert graph.has_edge("ccg:10E", "at:Q67") == holds


def test_it_is_a_real_networkx_graph_with_the_fields_of_the_model(build):
    graph = snapshot(build(KENT), "2013-06-01")
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.nodes["ccg:10E"]["name"] == "NHS Thanet CCG"
    assert "region:Y57" in nx.descendants(graph, "ccg:10E")
    [edge] = graph.get_edge_data("ccg:10E", "at:Q67").values()
    assert (edge["verb"], edge["valid_from"], edge["source"]) == ("part_of", "2013-04-01", "drawn")


def test_two_statements_between_the_same_bodies_are_two_edges(build):
    drawing = KENT_THROUGH_TIME + "\nrelationships\nsubject | verb | object\nccg:10E | assures | at:Q67\n"
    graph = snapshot(build(drawing), "2013-06-01")
    assert sorted(data["verb"] for data in graph.get_edge_data("ccg:10E", "at:Q67").values()) == [
        "assures",
        "part_of",
    ]


def test_without_a_day_everything_is_there_with_its_dates(build):
    graph = snapshot(build(KENT))
    assert {"pct:5QA", "ccg:10E", "icb:QKS"} <= set(graph)
    assert graph.nodes["pct:5QA"]["valid_until"] == "2013-04-01"


def test_a_shadow_body_is_there_only_when_asked_for(build):
    assert "ccg:10E" not in snapshot(build(KENT), "2012-12-01")
    asked = snapshot(build(KENT), "2012-12-01", Include.of(["shadow"]))
    assert asked.nodes["ccg:10E"]["status"] == "shadow"


def test_a_relation_without_both_its_ends_is_left_out(build):
    drawing = KENT.replace(
        "at:Q67              | Kent Area Team    | 2013-04-01", "at:Q67  | Kent Area Team | 2014-04-01"
    )
    assert not snapshot(build(drawing), "2013-06-01").has_edge("ccg:10E", "at:Q67")


COMMISSIONING = """
entities
id                          | name                    | valid_from | valid_until
national:nhs_england        | NHS England             | 2013-04-01 |
service:health_visiting     | Health visiting         |            |
service:dentistry           | Dentistry               |            |
service:community           | Community nursing       |            |
service:local_commissioning | What is bought locally  |            |

relationships
subject           | verb    | object
service:community | part_of | service:local_commissioning

rules
id | service                     | commissioner                 | basis     | population | valid_from | valid_until
V2 | service:health_visiting     | upper_tier_council           | statutory | resident   | 2015-10-01 |
D  | service:dentistry           | national:nhs_england         | statutory | present    | 2013-04-01 |

rules
id | service                     | commissioner                 | basis     | coverage | bodies           | valid_until
V1 | service:health_visiting     | national:nhs_england         | statutory | only     | council:E10000016 | 2015-10-01
L  | service:local_commissioning | clinical_commissioning_group | delegated | not_known | ccg:09E         | 2022-07-01
"""


def commissioners(graph, service):
    """Who commissions a service in a graph."""
    edges = graph.in_edges(service, data=True)
    return {body: edge for body, _, edge in edges if edge["verb"] == "commissions"}


def test_a_day_may_carry_who_commissions_what_as_edges(build):
    store = build(KENT + COMMISSIONING)
    assert commissioners(snapshot(store, "2015-09-30"), "service:health_visiting") == {}
    before, after = (snapshot(store, day, commissioning=True) for day in ("2015-09-30", "2015-10-01"))
    assert set(commissioners(before, "service:health_visiting")) == {"national:nhs_england"}
    assert set(commissioners(after, "service:health_visiting")) == {"council:E10000016"}
    [council] = commissioners(after, "service:health_visiting").values()
    assert (council["places"], council["basis"], council["population"]) == (
        "council:E10000016",
        "statutory",
        "resident",
    )
    assert (council["valid_from"], council["valid_until"], council["rule"], council["source"]) == (
        "2015-10-01",
        None,
        "V2",
        "drawn",
    )
    [nhs_england] = commissioners(before, "service:health_visiting").values()
    assert (nhs_england["places"], nhs_england["only_for"]) == ("England", ("council:E10000016",))


def test_an_edge_says_where_the_sources_do_not_say_which_bodies_commissioned(build):
    graph = snapshot(build(KENT + COMMISSIONING), "2015-10-01", commissioning=True)
    told = commissioners(graph, "service:community")
    assert {body: edge["holds"] for body, edge in told.items()} == {"ccg:10E": "may"}
    assert (told["ccg:10E"]["valid_from"], told["ccg:10E"]["valid_until"]) == ("2013-04-01", "2020-04-01")


def test_with_commissioning_a_body_that_buys_much_stands_in_the_middle(build):
    graph = snapshot(build(KENT + COMMISSIONING), "2014-10-01", commissioning=True)
    services = [node for node, told in graph.nodes(data=True) if told["kind"] == "service"]
    reach = {body: sum(graph.has_edge(body, one) for one in services) for body in graph}
    assert max(reach, key=reach.get) == "national:nhs_england"
    assert nx.degree_centrality(graph)["national:nhs_england"] > 0


def test_commissioning_without_a_day_is_refused(build):
    with pytest.raises(WrongUse, match="is told for a day"):
        snapshot(build(KENT), commissioning=True)
    with pytest.raises(NothingFound):
        snapshot(build(KENT), "1990-01-01", commissioning=True)
