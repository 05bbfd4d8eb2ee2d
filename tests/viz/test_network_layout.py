"""The layout of a network: no line crosses a box or a name, for any small network at all."""

from __future__ import annotations

import random

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.store import Store
from orgmap.queries.structure.network import distances, network
from orgmap.viz.network.columns import scene_of
from orgmap.viz.network.scene import Link, Scene, lines_of_box
from tests.worlds import in_networkx, world

KENT = """
entities
id          | name          | valid_from | valid_until
ccg:10E     | Thanet CCG    | 2013-04-01 | 2020-04-01
at:Q67      | Kent Team     | 2013-04-01 | 2015-04-01
lo:Q81      | South East    | 2015-04-01 | 2020-04-01
region:Y57  | South         | 2013-04-01 |
practice:A  | A             | 2013-04-01 |

relationships
subject     | verb      | object     | valid_from | valid_until | status
ccg:10E     | part_of   | at:Q67     | 2013-04-01 | 2015-04-01  | in_force
ccg:10E     | part_of   | lo:Q81     | 2015-04-01 | 2020-04-01  | in_force
at:Q67      | part_of   | region:Y57 | 2013-04-01 | 2015-04-01  | in_force
practice:A  | member_of | ccg:10E    | 2013-04-01 | 2014-04-01  | in_force
practice:A  | member_of | ccg:10E    | 2016-04-01 | 2017-04-01  | planned
"""


@pytest.fixture
def kent() -> Store:
    return in_networkx(world(KENT))


def test_the_surroundings_are_those_of_the_day(kent: Store) -> None:
    told = network(kent, "ccg:10E", 2, "2015-03-31")
    assert told.distances("2015-03-31") == {"ccg:10E": 0, "at:Q67": 1, "region:Y57": 2}
    assert told.distances("2015-04-01") == {"ccg:10E": 0, "lo:Q81": 1}
    assert told.distances("2014-03-31")["practice:A"] == 1
    assert "practice:A" not in told.distances("2014-04-01")


def test_a_way_counts_only_if_all_its_steps_hold_on_one_day(kent: Store) -> None:
    # The practice was a member while the team was there, never while the office was.
    told = network(kent, "practice:A", 2, "2013-06-01")
    assert "at:Q67" in told.bodies
    assert "lo:Q81" not in told.bodies


def test_a_plan_is_no_relation_unless_asked_for(kent: Store) -> None:
    assert "practice:A" not in network(kent, "ccg:10E", 1, "2016-06-01").distances("2016-06-01")


@pytest.mark.parametrize("at", ["2013-03-31", "2020-04-01"])
def test_a_day_on_which_the_body_was_not_there_has_no_network(kent: Store, at: str) -> None:
    with pytest.raises(NothingFound, match="was not in force"):
        network(kent, "ccg:10E", 1, at)


def test_what_is_no_body_has_no_network() -> None:
    drawing = "entities\nid | name | valid_from | valid_until\nservice:x | Care | 2013-04-01 |"
    with pytest.raises(WrongUse, match="is a service, not a body"):
        network(in_networkx(world(drawing)), "service:x")


def test_no_steps_are_wrong_use(kent: Store) -> None:
    with pytest.raises(WrongUse, match="--hops 1"):
        network(kent, "ccg:10E", 0)


def _scene(seed: int, hops: int) -> tuple[Scene, list[Link]]:
    """A network made by chance (the same for the same seed), placed."""
    chance = random.Random(seed)
    bodies = [f"b{number}" for number in range(chance.randint(2, 25))]
    names = ["member of", "part of", "gives commissioning support to"]
    links = [
        Link(number, *chance.sample(bodies, 2), chance.choice(names)) for number in range(2 * len(bodies))
    ]
    near: dict[str, set[str]] = {one: set() for one in bodies}
    for link in links:
        near[link.subject].add(link.object)
        near[link.object].add(link.subject)
    far = {bodies[0]: 0}
    for _ in bodies:
        for current in list(far):
            for other in sorted(near[current]):
                if far[current] < hops:
                    far[other] = min(far.get(other, 99), far[current] + 1)
    told = [link for link in links if link.subject in far and link.object in far]
    lines = {one: lines_of_box(f"{one} {'x' * chance.randint(1, 60)}", hops) for one in far}
    return scene_of(dict(sorted(far.items(), key=lambda item: item[1])), told, lines, hops), told


def _stretches(scene: Scene) -> list[tuple[float, float, float, float]]:
    """Every straight stretch of every line, as left, top, right, bottom."""
    found = []
    for way in scene.ways:
        for (x, y), (right, bottom) in zip(way.points, way.points[1:], strict=False):
            found.append((min(x, right), min(y, bottom), max(x, right), max(y, bottom)))
    for one in scene.brackets:
        found.append((one.x, min(one.middles), one.x, max(one.middles)))
        found += [(min(one.x, one.outer), y, max(one.x, one.outer), y) for y in one.middles[1:]]
    return found


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("hops", [1, 2, 3])
def test_no_line_crosses_a_box_or_a_name_and_nothing_overlaps(seed: int, hops: int) -> None:
    scene, links = _scene(seed, hops)
    areas = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in scene.boxes]
    areas += [
        (label.x, label.y, label.x + label.width, label.y + 17 * len(label.lines)) for label in scene.labels
    ]
    for number, (left, top, right, bottom) in enumerate(areas):
        assert -0.01 <= left < right <= scene.width + 0.01
        assert -0.01 <= top < bottom <= scene.height + 0.01
        for a, b, c, d in areas[number + 1 :]:
            assert a >= right or c <= left or b >= bottom - 0.01 or d <= top + 0.01
        for a, b, c, d in _stretches(scene):
            assert a >= right - 0.01 or c <= left + 0.01 or b >= bottom - 0.01 or d <= top + 0.01
    # Every relation has its name, once.
    assert sorted(one for label in scene.labels for one in label.links) == [link.number for link in links]


@pytest.mark.parametrize("seed", range(10))
def test_every_line_has_a_direction(seed: int) -> None:
    scene, _ = _scene(seed, 2)
    pointed = {way.label for way in scene.ways if way.arrow}
    pointed |= {one.label for one in scene.brackets if one.arrow}
    assert pointed == set(range(len(scene.labels)))


def test_distances_are_those_of_the_shortest_way() -> None:
    assert distances("a", 3, []) == {"a": 0}
