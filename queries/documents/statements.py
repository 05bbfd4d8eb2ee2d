"""What the source documents state: found by its words, with its status, when it was said, and the line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import Entity, Statement
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import id_of, kind_of, kinds, parse_kind, the_kind, topics
from orgmap.queries.body.resolve import candidates
from orgmap.queries.documents.ranking import Ranking
from orgmap.queries.documents.words import words

LIMIT = 10
"""So many statements are shown for a text."""

FIELDS = (
    "document",
    "topic",
    "subject",
    "verb",
    "object",
    "about",
    "series",
    "part",
    "status",
    "unit",
    "value",
    "due",
    "valid_from",
    "stated_on",
)
"""What statements can be chosen and counted by."""

_DATES = ("due", "valid_from", "stated_on")
"""Fields that a year or a month of a date may choose."""

FEW = 4
"""So many statements on which an answer rests are told before those that are nearest in words."""

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def stated(
    store: Store,
    text: str = "",
    document: str | None = None,
    about: str | None = None,
    topic: str | None = None,
    where: Iterable[tuple[str, str]] = (),
    count_by: str | None = None,
    limit: int | None = None,
    rests_on: Collection[str] = (),
) -> dict[str, Any]:
    """Finds what the documents of the time state, planned or left open: the statements nearest to a text first.

    `document` (“003”), `about` (a body, a kind of body or a service), `topic` and `where` (pairs of a field
    and its value, see `FIELDS`) leave others out; the statements on which an answer `rests_on` come first; `count_by`
    counts by a field, and a text then means statements with all its words. Returns `{"query", "stated",
    "statements", "notes"}`, with `"counts"` when counting. `stated` is false when the answer is that the
    documents do not say. Raises `NothingFound` if they have nothing near it, `WrongUse` for an unknown field.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = stated(store, "abolition of strategic health authorities")
    >>> [one["valid_from"] for one in answer["statements"] if one["topic"] == "date"][:2]
    ['2012-10-01', '2013-04-01']
    """
    wanted = one_document(store, document) if document else None
    if topic and topic not in topics():
        raise WrongUse(f"“{topic}” is not a topic. Topics: {', '.join(topics())}.")
    pairs = [*where, *([("topic", topic)] if topic else [])]
    chosen = [
        one
        for one in store.statements()
        if (wanted is None or wanted in one.document.split())
        and all(_has(one, field, value) for field, value in pairs)
    ]
    answer: dict[str, Any] = {"query": text, "stated": True, "record": None, "statements": [], "notes": []}
    named: list[Statement] = []
    if about:
        named, of_its_kind = _about(store, chosen, about)
        chosen = [*named, *of_its_kind]
        if named and of_its_kind and not text.strip():
            chosen = named
            answer["notes"].append(f"{len(of_its_kind)} more concern every body of its kind.")
    near = Ranking(store, chosen)
    if count_by:
        if count_by not in FIELDS:
            raise WrongUse(f"Statements cannot be counted by “{count_by}”. Fields: {', '.join(FIELDS)}.")
        found = near.with_all(text)
        answer["counts"] = _counts(found, count_by)
    else:
        found = sorted(near.ranked(text), key=lambda one: bool(named) and one not in named)
        first = [one for one in chosen if one.id in rests_on]
        if found and len(first) <= FEW:  # the cells of a whole table would hide the sentence on it
            found = [*first, *(one for one in found if one not in first)]
        left_open = bool(text.strip() and found and found[0].topic == "not_stated")
        answer["stated"] = not left_open and not near.unknown(text)
        if left_open:
            answer["notes"].append(f"Not stated: {found[0].text}")
    if not found:
        raise NothingFound(_nothing(store, text, wanted, near.unknown(text)))
    shown = found[: limit or (LIMIT if text.strip() and not count_by else len(found))]
    if len(found) > len(shown):
        answer["notes"].append(f"{len(found)} statements are near; the {len(shown)} nearest are shown.")
    if unknown := near.unknown(text):
        answer["notes"].append(f"Not stated: no statement has the words {', '.join(unknown)}.")
    answer["statements"] = statements_json(store, _with_opposites(shown, chosen))
    return answer


def _nothing(store: Store, text: str, document: str | None, unknown: list[str]) -> str:
    """The sentence for “not stated”, with what was searched."""
    titles = {one.id: one.name for one in store.entities(kind=the_kind("text"))}
    searched = (
        f"document {document} ({titles.get(id_of('text', document), 'no title')})"
        if document
        else f"the {len(titles)} documents"
    )
    missing = f" No statement has the words {', '.join(unknown)}." if unknown else ""
    return f"Not stated in {searched}: nothing there is near “{text}”.{missing}"


def one_document(store: Store, text: str) -> str:
    """The number of the document that a person means: by number, id or words of its title."""
    documents = store.entities(kind=the_kind("text"))
    clean = text.strip().removeprefix(id_of("text", ""))
    for one in documents:
        number = _number(one)
        if clean in (number, number.lstrip("0")) or normalise(clean) == normalise(one.name):
            return number
    # Whole words, and not only small ones: “or” stands within the words of every title.
    near = [
        one for one in documents if words(clean) and f" {normalise(clean)} " in f" {normalise(one.name)} "
    ]
    if len(near) == 1:
        return _number(near[0])
    known = "; ".join(f"{_number(one)} {one.name}" for one in documents)
    raise WrongUse(f"“{text}” is not one of the documents. Documents: {known}.")


def _number(document: Entity) -> str:
    return document.id.partition(":")[2]


def parts(cell: str) -> list[str]:
    """The bodies, kinds or words of a cell that names several.

    >>> parts("ccg:10E; local authorities")
    ['ccg:10E', 'local authorities']
    """
    return [part for part in cell.split("; ") if part]


def _has(statement: Statement, field: str, value: str) -> bool:
    """Whether a statement's field has a value: the same words, or the kind that they name."""
    if field not in FIELDS:
        raise WrongUse(f"Statements have no field “{field}”. Fields: {', '.join(FIELDS)}.")
    cell = str(getattr(statement, field) or "")
    if field in _DATES:
        if not _DATE.fullmatch(value):
            raise WrongUse(
                f"“{value}” is not a day, month or year. Write {field}=2012-09-30, 2012-09 or 2012."
            )
        return cell.startswith(value)
    if not normalise(value):
        raise WrongUse(f"“{value}” has no letter and no digit: write a word that the field {field} may have.")
    if field in ("subject", "object"):
        return bool({value, _kind(value)} & set(parts(cell))) or normalise(value) == normalise(cell)
    return normalise(value) == normalise(cell) or (
        field in ("series", "part", "about") and f" {normalise(value)} " in f" {normalise(cell)} "
    )


def _kind(text: str) -> str | None:
    try:
        return parse_kind(text)
    except WrongUse:
        return None


def _about(store: Store, statements: list[Statement], text: str) -> tuple[list[Statement], list[Statement]]:
    """The statements that name a body, a kind of body or anything else, and those on all of the body's kind."""
    ids = {entity.id for entity in candidates(store, text)}
    kind = _kind(text)
    of_kind = {kind_of(one) for one in ids} | {kind} - {None}
    plain_text = normalise(text)
    if not ids and not kind and not _is_named(store, plain_text):
        raise WrongUse(f"No statement is about “{text}”: they name no such body, kind of body or service.")
    named, of_its_kind = [], []
    for one in statements:
        concerned = {part for cell in (one.subject, one.object, one.about) for part in parts(cell)}
        plain = f" {normalise(' '.join(sorted(concerned)))} "
        if concerned & ids or kind in concerned or (not kind and plain_text and f" {plain_text} " in plain):
            named.append(one)
        elif concerned & of_kind:
            of_its_kind.append(one)
    return named, of_its_kind


def _is_named(store: Store, text: str) -> bool:
    """Whether any statement at all has these words for what it concerns."""
    cells = (f" {normalise(f'{one.subject} {one.object} {one.about}')} " for one in store.statements())
    return bool(text) and any(f" {text} " in cell for cell in cells)


def _counts(statements: list[Statement], field: str) -> dict[str, int]:
    """How many statements have each value of a field; one that names several counts for each."""
    counted: dict[str, int] = {}
    for one in statements:
        cell = str(getattr(one, field) or "")
        for value in parts(cell) if field in ("subject", "object") else parts(cell)[:1] or [""]:
            counted[value or "(blank)"] = counted.get(value or "(blank)", 0) + 1
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _with_opposites(shown: list[Statement], known: list[Statement]) -> list[Statement]:
    """The statements, and after them those that they contradict, if these were said by then."""
    by_id = {one.id: one for one in known}
    both = list(shown)
    for one in shown:
        both += [
            by_id[other] for other in one.contradicts.split() if other in by_id and by_id[other] not in both
        ]
    return both


def statements_json(store: Store, statements: list[Statement]) -> list[dict[str, Any]]:
    """Statements as scripts get them, with their sources and the names of the bodies they concern."""
    sources = store.sources({source for one in statements for source in one.source.split()})
    cells = (cell for one in statements for cell in (one.subject, one.object, one.about))
    ids = {part for cell in cells for part in parts(cell)}
    names = {entity.id: entity.label for entity in store.entities(ids=[one for one in ids if ":" in one])}
    rows = []
    for one in statements:
        out: dict[str, Any] = {**one._asdict(), "contradicts": one.contradicts.split()}
        for field in ("subject", "object", "about"):
            out[field] = parts(getattr(one, field))
            out[f"{field}_names"] = [_name(part, names) for part in out[field]]
        del out["source"], out["locator"]
        cited = zip(one.source.split(), one.locator.split(" | "), strict=True)
        out["sources"] = [sources[source].to_json(locator) for source, locator in cited if source in sources]
        rows.append({key: value for key, value in out.items() if value not in ("", [])})
    return rows


def _name(part: str, names: dict[str, str]) -> str:
    return names.get(part) or (kinds()[part].plural if part in kinds() else part)
