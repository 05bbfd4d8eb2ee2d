"""The graph of a day whose nodes and edges are read from the embedded store when somebody looks at them.

It is an ordinary `networkx.MultiDiGraph`. What networkx keeps in three dictionaries (`_node`, `_adj` and `_pred`: the
fields of each node, the edges from it, the edges to it) stands in three that read a body's part when it is first asked
for, and all of it at once when someone goes through all, or adds or removes a node. From then on they are plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from threading import RLock
from typing import TYPE_CHECKING, Any

from orgmap.graphmodel.collecting import no_collecting
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Relationship
from orgmap.graphmodel.stores.packed import number_of_day
from orgmap.graphmodel.stores.packed_facts import PackedFacts

if TYPE_CHECKING:
    import networkx as nx

Fields = dict[str, Any]
Parallel = dict[int, Fields]
"""The edges from one node to another, by their keys."""

SOME = 16
"""When one in so many bodies was looked at by itself, reading all is quicker than going on so."""


class Part(dict[str, Any]):
    """One of the three dictionaries when it is whole: nothing is read any more."""

    __slots__ = ("_day", "_read")

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (), None, None, iter(self.items())


class LaterPart(Part):
    """One of the three dictionaries as long as it is not whole: a body's part is read when it is first asked for."""

    __slots__ = ()

    _day: DayOfGraph
    _read: Callable[[str], Any]

    def __init__(self, day: DayOfGraph, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._day, self._read = day, read

    def __missing__(self, body: str) -> Any:
        """The part of a body that nobody asked for yet."""
        day = self._day
        with day.lock:
            if type(self) is LaterPart and body in day:
                day.looked_at()
                if type(self) is LaterPart:
                    return dict.setdefault(self, body, self._read(body))
        if dict.__contains__(self, body):
            return dict.__getitem__(self, body)
        raise KeyError(body)

    def __contains__(self, body: object) -> bool:
        return dict.__contains__(self, body) or (type(self) is LaterPart and body in self._day)

    def __len__(self) -> int:
        return len(self._day) if type(self) is LaterPart else dict.__len__(self)

    def __bool__(self) -> bool:
        return len(self) > 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._day.bodies()) if type(self) is LaterPart else dict.__iter__(self)

    def get(self, body: str, default: Any = None) -> Any:
        """The part of a body, or something else for what is none."""
        try:
            return self[body]
        except KeyError:
            return default


def _when_whole(name: str) -> Callable[..., Any]:
    plain = getattr(dict, name)

    def whole(self: Part, *args: Any, **named: Any) -> Any:
        if type(self) is LaterPart:
            self._day.read_all()
        return plain(self, *args, **named)

    whole.__name__, whole.__doc__ = name, plain.__doc__
    return whole


for _name in (
    "keys", "values", "items", "pop", "popitem", "setdefault", "update", "clear", "copy", "__setitem__", "__delitem__",
    "__eq__", "__ne__", "__or__", "__ior__", "__ror__", "__reversed__", "__repr__",
):  # fmt: skip
    setattr(LaterPart, _name, _when_whole(_name))


class DayOfGraph:
    """What is read for the graph of a day (None: of all days), and what of it was read."""

    def __init__(self, facts: PackedFacts, at: str | None, include: Include) -> None:
        self._facts, self._at, self._include = facts, at, include
        self._day = None if at is None else number_of_day(at)
        there = facts.edges.there(self._day)
        self._there = there.tobytes()
        self._number = int(there.sum())
        self._nodes = there
        self._bodies: list[str] = []
        self._parallel: dict[tuple[str, str], Parallel] = {}
        self._looked = 0
        self.lock = RLock()
        self.fields = LaterPart(self, self._fields_of)
        self.onward = LaterPart(self, self._from)
        self.back = LaterPart(self, self._to)

    def __len__(self) -> int:
        return self._number

    def __contains__(self, body: object) -> bool:
        hash(body)
        return isinstance(body, str) and self._there[self._facts.edges.node(body)] == 1

    def bodies(self) -> list[str]:
        """Every body of the day, by id."""
        if not self._bodies:
            self._bodies = self._facts.edges.ids(self._nodes.nonzero()[0].tolist())
        return self._bodies

    def looked_at(self) -> None:
        """Counts what is read one by one; when that is much, the rest is read at once."""
        self._looked += 1
        if self._looked > 64 and self._looked * SOME > 3 * self._number:
            self.read_all()

    def _fields_of(self, body: str) -> Fields:
        [entity] = self._facts.entities(ids=[body], at=self._at)
        return entity._asdict()

    def _from(self, body: str) -> dict[str, Parallel]:
        facts = self._facts.relationships(subjects=[body], at=self._at, include=self._include)
        return self._side(facts, lambda fact: fact.object)

    def _to(self, body: str) -> dict[str, Parallel]:
        facts = self._facts.relationships(objects=[body], at=self._at, include=self._include)
        return self._side(facts, lambda fact: fact.subject)

    def _side(
        self, facts: Iterable[Relationship], other_of: Callable[[Relationship], str]
    ) -> dict[str, Parallel]:
        """The edges of a body by the body at their other end, each known from both its ends as one."""
        found: dict[str, list[Relationship]] = {}
        for fact in facts:
            other = other_of(fact)
            if other in self:
                found.setdefault(other, []).append(fact)
        return {other: self._edges(stated) for other, stated in found.items()}

    def _edges(self, stated: list[Relationship]) -> Parallel:
        pair = stated[0].subject, stated[0].object
        if pair not in self._parallel:
            self._parallel[pair] = {key: fact._asdict() for key, fact in enumerate(stated)}
        return self._parallel[pair]

    def read_all(self) -> None:
        """Reads what was not read yet; what was keeps what was done to it."""
        with self.lock:
            if type(self.fields) is not LaterPart:
                return
            with no_collecting():
                fields = dict(zip(self.bodies(), self._all_fields(), strict=True))
                onward: dict[str, dict[str, Parallel]] = {body: {} for body in fields}
                back: dict[str, dict[str, Parallel]] = {body: {} for body in fields}
                known = self._parallel
                for fact in self._all_edges():
                    one, other = fact["subject"], fact["object"]
                    ahead = onward[one]
                    if other in ahead:
                        parallel = ahead[other]
                    else:
                        parallel = known.get((one, other)) or {}
                        ahead[other] = back[other][one] = parallel
                    if not known or (one, other) not in known:
                        parallel[len(parallel)] = fact
                for part, read in ((self.fields, fields), (self.onward, onward), (self.back, back)):
                    looked_at = dict(dict.items(part))
                    dict.clear(part)
                    dict.update(part, read)
                    dict.update(part, looked_at)
            for part in (self.fields, self.onward, self.back):
                part.__class__ = Part  # type: ignore[assignment]
                del part._day, part._read
            self._parallel, self._bodies = {}, []

    def _all_fields(self) -> Iterator[Fields]:
        columns = self._facts.entity_columns(self._at)
        return map(dict, map(zip, repeat(Entity._fields), zip(*columns, strict=True)))

    def _all_edges(self) -> list[Fields]:
        edges = self._facts.edges
        rows = edges.rows_between(self._nodes, self._day)
        columns = self._facts.relationship_columns(rows)
        return list(map(dict, map(zip, repeat(Relationship._fields), zip(*columns, strict=True))))


def day_graph(facts: PackedFacts, at: str | None, include: Include = IN_FORCE) -> nx.MultiDiGraph[str]:
    """The graph of a day, or of all days; `facts` must stay open as long as the graph is looked at."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(at=at)
    day = DayOfGraph(facts, at, include)
    for name, part in (("_node", day.fields), ("_adj", day.onward), ("_pred", day.back)):
        setattr(graph, name, part)
    return graph
