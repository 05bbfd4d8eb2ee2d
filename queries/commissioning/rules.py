"""The rules of a service: its own, and those for everything that local commissioners buy if it is one of these."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.model import Rule
from orgmap.graphmodel.store import Store
from orgmap.queries.by_set import BySet, kept_with
from orgmap.queries.commissioning.services import ABOUT_ALL, SCOPE


class ServiceRules:
    """The rules of services, each asked of the store once; of many services (`expect`) all at once.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     rules = ServiceRules.of(store).of_service("service:health_visiting")
    >>> sorted({rule.commissioner for rule in rules if (rule.valid_from or "") > "2015"})
    ['upper_tier_council']
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._own = BySet[list[Rule]](self._read_own, [])
        self._above = BySet[frozenset[str]](self._read_above, frozenset())
        self._all = BySet[list[Rule]](self._read_all, [])
        self._about_all: list[str] | None = None

    @classmethod
    def of(cls, store: Store) -> ServiceRules:
        """The rules of a store, kept as long as the store is."""
        return kept_with(store, "rules of services", lambda: cls(store))

    def expect(self, services: Iterable[str]) -> None:
        """Says that the rules of these services will be asked for."""
        self._all.expect(services)

    def of_service(self, service: str) -> list[Rule]:
        """All rules of a service, by their ids; a local commissioners' one without its own has theirs."""
        return self._all[service]

    def own(self, service: str) -> list[Rule]:
        """The rules about a service itself, by their ids."""
        return self._own[service]

    def _read_all(self, services: set[str]) -> dict[str, list[Rule]]:
        self._own.expect(services)
        self._above.expect(services)
        return {service: self._told(service) for service in services}

    def _told(self, service: str) -> list[Rule]:
        own = self._own[service]
        if SCOPE not in self._above[service]:
            return own
        layers = [one for one in self._layers() if one != service] + ([] if own else [SCOPE])
        more = [rule for _, rules in self._own.all_of(layers) for rule in rules]
        return sorted([*own, *more], key=lambda rule: rule.id)

    def _layers(self) -> list[str]:
        """The rules for everything that local commissioners buy, beside those of its group."""
        if self._about_all is None:
            inside = self._store.relationships(objects=[SCOPE], verbs=["part_of"])
            self._about_all = [
                relationship.subject for relationship in inside if relationship.subject.startswith(ABOUT_ALL)
            ]
            self._own.expect([*self._about_all, SCOPE])
        return self._about_all

    def _read_own(self, services: set[str]) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self._store.rules(services):
            found.setdefault(rule.service, []).append(rule)
        return found

    def _read_above(self, services: set[str]) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for relationship in self._store.relationships(subjects=services, verbs=["part_of"]):
            found.setdefault(relationship.subject, set()).add(relationship.object)
        return {service: frozenset(groups) for service, groups in found.items()}
