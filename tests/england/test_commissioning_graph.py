"""Who commissions what, as edges of a graph: the same as `who` and `what` tell, place by place and body by body."""

from __future__ import annotations

import networkx as nx
import pytest

from orgmap.graphmodel.errors import Ambiguous
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.queries.commissioning.edges import commissioned
from orgmap.queries.commissioning.services import SCOPE
from orgmap.queries.commissioning.what import what
from orgmap.queries.commissioning.who import who
from orgmap.queries.structure.snapshot import snapshot

DAYS = ("2012-12-01", "2013-06-01", "2015-10-01", "2023-06-01")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("place", ["CT9 1AA", "Leeds", "Camden"])
def test_whoever_commissions_for_a_place_has_an_edge_to_the_service(
    england: SqliteStore, place: str, day: str
) -> None:
    # `who` tells of groups that were still in shadow form and bought already.
    edges = {(one.subject, one.object, one.rule) for one in commissioned(england, day, Include.of("shadow"))}
    told = set()
    for service in sorted({service for _, service, _ in edges}):
        try:
            answers = who(england, service, place, day)["answers"]
        except Ambiguous:  # a group of services
            continue
        told |= {(one["commissioner"]["id"], service, one["fact"]["rule"]) for one in answers}
    assert told
    assert told - edges == set()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    "body", ["council:E10000016", "national:nhs_england", "ccg:10E", "pct:5QA", "icb:QKS"]
)
def test_a_body_has_an_edge_for_each_service_that_it_is_said_to_commission(
    england: SqliteStore, body: str, day: str
) -> None:
    edges = {(one.object, one.rule) for one in commissioned(england, day) if one.subject == body}
    rows = what(england, body, day)["commissions"]
    general = {SCOPE, *(row["service"]["id"] for row in rows if "scope_" in row["service"]["id"])}
    told = {(row["service"]["id"], row["rule"]) for row in rows if row["service"]["id"] not in general}
    groups = {
        one for one, _ in told if any(one == up.object for up in england.relationships(verbs=["part_of"]))
    }
    assert {pair for pair in told if pair[0] not in groups} <= edges
    by_rule_for_all = {row["rule"] for row in rows if row["service"]["id"] in general}
    assert {rule for service, rule in edges if (service, rule) not in told} <= by_rule_for_all


def test_with_commissioning_centrality_tells_who_matters(england: SqliteStore) -> None:
    graph = snapshot(england, "2015-10-01", commissioning=True)
    bought = nx.DiGraph(
        (one, other) for one, other, told in graph.edges(data=True) if told["verb"] == "commissions"
    )
    central = nx.out_degree_centrality(bought)
    kinds = {graph.nodes[body]["kind"] for body in sorted(central, key=central.get, reverse=True)[:300]}
    assert kinds == {"upper_tier_council", "clinical_commissioning_group", "national_body"}
    assert bought.out_degree("council:E10000016") == len(
        {one.object for one in commissioned(england, "2015-10-01") if one.subject == "council:E10000016"}
    )
