"""A network analysis: to whom most bodies belong, and who commissions how much, before and after a reform."""

import networkx as nx

import orgmap

BELONGS = {"part_of", "member_of"}


def hubs(graph: nx.MultiDiGraph, verbs: set[str], most: int = 5) -> list[tuple[str, int]]:
    """The bodies to which most others lead by these verbs, with how many do so directly."""
    chosen = nx.MultiDiGraph((a, b) for a, b, verb in graph.edges(data="verb") if verb in verbs)
    return sorted(chosen.in_degree(), key=lambda pair: (-pair[1], pair[0]))[:most]


def commissioners(graph: nx.MultiDiGraph) -> dict[str, int]:
    """How many services each kind of body commissions in its own places."""
    counted: dict[str, set[str]] = {}
    for body, service, verb in graph.edges(data="verb"):
        if verb == "commissions" and service.startswith("service:"):
            counted.setdefault(graph.nodes[body]["kind"], set()).add(service)
    return {kind: len(services) for kind, services in sorted(counted.items())}


def main() -> dict[str, dict[str, int]]:
    """Prints both for the day before and the day of the reform of April 2013, and gives the second back."""
    counted = {}
    with orgmap.open() as g:
        for day in ("2013-03-31", "2013-04-01"):
            graph = g.snapshot(day, commissioning=True)
            print(
                f"{day}: {graph.number_of_nodes():,} bodies and things, {graph.number_of_edges():,} relations"
            )
            for body, many in hubs(graph, BELONGS):
                print(f"  {many:>5} belong to {graph.nodes[body]['name']} ({body})")
            counted[day] = commissioners(graph)
            for kind, services in counted[day].items():
                print(f"  {services:>5} services commissioned by {kind.replace('_', ' ')}")
    return counted


if __name__ == "__main__":
    main()
