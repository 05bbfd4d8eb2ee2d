"""Who says so: the sources, and the reference for one fact, body, event or source."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import STATUSES, Include, Source, whose
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, verbs
from orgmap.queries.answers import each_cited
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.changes import events_json


def list_sources(store: Store) -> list[dict[str, Any]]:
    """Lists every source that the graph cites, with its licence and attribution.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     "hsca-2012" in {source["id"] for source in list_sources(store)}
    True
    """
    sources = store.sources().values()
    return [
        source._asdict() | ({"yours": yours} if (yours := whose(source.id)) else {}) for source in sources
    ]


def reference(source: Source, locator: str = "") -> str:
    """A source as a reference that a person can put below a text.

    >>> reference(Source("x", "Health and Social Care Act 2012", "UK Parliament"), "s. 34")
    'UK Parliament, Health and Social Care Act 2012, s. 34.'
    """
    parts = [part for part in (source.publisher, source.title, locator) if part]
    text = ", ".join(parts) + "."
    if source.as_of:
        text += f" As of {source.as_of}."
    if source.url:
        text += f" {source.url}"
    if source.licence:
        text += f" ({source.licence})"
    unverified = "Not verified against a source."
    return text if source.verified == "yes" or text.startswith(unverified) else f"{text} {unverified}"


def cite(store: Store, text: str, kinds: Kinds = None) -> dict[str, Any]:
    """Gives the reference for a fact (“ccg:10E member_of stp:QKS”), a body, a change event, a statement or a source.

    Returns `{"query", "statement", "references"}`. Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     cite(store, "ccg:10E")["references"] != []
    True
    """
    kinds = chosen_kinds(kinds)
    clean = text.strip()
    words = clean.split()
    if len(words) == 3 and words[1] in verbs():
        return _cite_fact(store, clean, words)
    if source := store.sources([clean]).get(clean):
        return {"query": text, "statement": source.title, "references": [reference(source)]}
    for one in store.statements():
        if one.id == clean:
            cited = zip(one.source.split(), one.locator.split(" | "), strict=True)
            return _cited(store, text, one.text, list(cited))
    for event, parts in store.events(include=Include.of(STATUSES)):
        if event.id == clean:
            row = events_json(store, [(event, parts)])[0]
            return _cited(store, text, f"{event.date}: {row['kind']}", [(event.source, event.locator)])
    body = resolve(store, clean, kinds=kinds)
    statement = f"{body.label} ({body.id})"
    return _cited(store, text, statement, [(body.source, body.locator)])


def _cite_fact(store: Store, text: str, words: list[str]) -> dict[str, Any]:
    relationships = store.relationships(subjects=[words[0]], objects=[words[2]], verbs=[words[1]])
    if not relationships:
        raise NothingFound(f"The graph does not state “{text}”.")
    names = {entity.id: entity.label for entity in store.entities(ids=[words[0], words[2]])}
    verb = verbs()[words[1]].forward
    statement = f"{names.get(words[0], words[0])} {verb} {names.get(words[2], words[2])}"
    return _cited(
        store,
        text,
        statement,
        [(relationship.source, relationship.locator) for relationship in relationships],
    )


def _cited(store: Store, text: str, statement: str, cited: list[tuple[str, str]]) -> dict[str, Any]:
    sources = store.sources({source for source, _ in cited})
    references = list(
        dict.fromkeys(
            reference(sources[source], locator) for source, locator in each_cited(cited) if source in sources
        )
    )
    return {"query": text, "statement": statement, "references": references}
