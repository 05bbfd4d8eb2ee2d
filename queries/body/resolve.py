"""From what a person typed to the body that is meant, or the bodies that could be."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel import vocabulary
from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.naming import Reading, kinds_named, read_name
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_code, codes_beside, name_and_code, shortened
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, has, of_id, reach_of, things
from orgmap.queries.body.initials import called_by_initials
from orgmap.queries.body.letters import council_of_letters
from orgmap.queries.body.registered import said_of_register
from orgmap.queries.body.same_code import days_off, last_ended, last_of_name
from orgmap.queries.body.similar_names import nearest

LETTERS = 300
"""Longer texts are no names."""

MANY = 5
"""So many candidates are named where a text could be several bodies."""

_STANDINGS = {"statutory": 3, "office": 2, "part": 1, "entry": 0, "thing": 0}
OFFICE = _STANDINGS["office"]
"""The standing of a kind that is no body of law, and no part of another."""

CODE, EXACT, CORE = 4, 2, 1
"""How a text met a body: by id or code, by a whole name, by a name without the words for the kind."""
OFFICIAL = 3
"""By the official name of the day."""


class Match(NamedTuple):
    """A body that a text could mean, and how well the text meets it."""

    body: Entity
    level: int


def life(entity: Entity) -> str:
    """The days of a body in words, its last day included in neither.

    >>> life(Entity("ccg:10E", "clinical_commissioning_group", "NHS Thanet CCG", "2013-04-01", "2020-04-01"))
    'from 2013-04-01 until 2020-04-01'
    """
    start = f"from {entity.valid_from}" if entity.valid_from else "start not known"
    if entity.from_precision not in ("", "not_known"):
        start += f" ({entity.from_precision})"
    if entity.valid_until:
        return f"{start} until {entity.valid_until}"
    return f"{start}, end not known" if entity.until_precision == "not_known" else f"{start}, no end known"


def as_candidate(entity: Entity) -> str:
    """A body as a candidate is told: id, name, kind and life.

    >>> as_candidate(Entity("ccg:10E", "clinical_commissioning_group", "NHS Thanet CCG", "2013-04-01", "2020-04-01"))
    'ccg:10E — NHS Thanet CCG (clinical commissioning group), from 2013-04-01 until 2020-04-01'
    """
    return f"{entity.id} — {entity.label} ({vocabulary.kinds()[entity.kind].label}), {life(entity)}"


def candidates(store: Store, text: str) -> list[Entity]:
    """Every body whose id, code, name, abbreviation or alias is that text, with or without the words for its kind.

    A name that begins with NHS never means a council.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [body.id for body in candidates(store, "91Q")]
    ['ccg:91Q', 'sicbl:91Q']
    """
    return [match.body for match in matches(store, text)]


def matches(store: Store, text: str, at: AnyDay | None = None, kinds: Kinds = None) -> list[Match]:
    """See `candidates`; each body with how well the text meets it.

    A local office is meant by its place alone on a day `at` on which no other body of the name was in force, and
    where its kind was asked for.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [match.body.id for match in matches(store, "Wessex", "2016-06-01")]
    ['at:Q70', 'lo:Q70']
    """
    at = day_of(at) if at else None
    kinds = chosen_kinds(kinds) or frozenset()
    clean = text.strip()
    if len(clean) > LETTERS:
        return []
    if ":" in clean:
        prefix, _, code = clean.partition(":")
        ids = [
            f"{prefix.lower()}:{code}",
            f"{prefix.lower()}:{code.upper()}",
            f"{prefix.lower()}:{code.lower()}",
        ]
        if found := store.entities(ids=ids):
            return [Match(body, CODE) for body in found]
    bare = as_code(clean)
    coded = set(store.ids_of_code(bare)) if bare else set()
    named = {} if coded and not clean.isalpha() else _named(store, clean, at, kinds)
    # A register's letters (“NEL”) are meant in capitals only, if they are also a word.
    if coded and named and not clean.isupper():
        coded = set()
    if coded and named:
        named |= dict.fromkeys(coded, EXACT)
    if not coded and not named and (both := name_and_code(clean)):
        coded, by_name = set(store.ids_of_code(both[1])), _named(store, both[0], at, kinds)
        named = by_name if coded.isdisjoint(by_name) else {}
        coded &= set(by_name) or coded
    if not coded and not named:
        coded = _of_kind_and_code(store, clean) or _of_code_beside(store, clean)
        named = {} if coded else dict.fromkeys(_nearly_named(store, clean, at), CORE)
    levels = {**dict.fromkeys(coded, CODE), **named} if named else dict.fromkeys(coded, CODE)
    return without_looser(
        [Match(body, levels[body.id]) for body in store.entities(ids=levels) if not has(body.kind, "ground")]
    )


def without_looser(found: list[Match]) -> list[Match]:
    """The matches but those of a body beside which one of its kind has just that name: NHS Bradford City CCG is not
    NHS Bradford Districts CCG.
    """
    whole = [match.body for match in found if match.level > CORE]
    return [
        match
        for match in found
        if match.level > CORE or not any(_at_once(match.body, other) for other in whole)
    ]


def _at_once(one: Entity, other: Entity) -> bool:
    """Whether two bodies of one kind were in force at the same time."""
    starts = max(one.valid_from or "", other.valid_from or "")
    return one.kind == other.kind and starts < min(one.valid_until or "9999", other.valid_until or "9999")


def _longer_names(store: Store, read: Reading, at: str | None) -> list[Match]:
    """The commissioners in force on a day whose names begin with what a text calls them: “NHS Cornwall” of 2010 is
    Cornwall and Isles of Scilly PCT."""
    return [
        Match(body, CORE)
        for body in commissioners_having(store, read, at)
        if read_name(body.name).core.startswith(f"{read.core} ")
    ]


def commissioners_having(store: Store, read: Reading, at: AnyDay | None) -> list[Entity]:
    """The commissioners of a day that have all words of a text together in their names."""
    at = None if at is None else day_of(at)
    if not (read.nhs or read.kinds) or not read.core:
        return []
    ids = {one.id for one in store.names_with(read.core.split())}
    return [
        body
        for body in store.entities(ids=ids, at=at)
        if _commissions(body.kind)
        and (not read.kinds or body.kind in read.kinds)
        and f" {read.core} " in f" {read_name(body.name).core} "
    ]


def _commissions(kind: str) -> bool:
    """Whether a kind of body is of law and commissions for a place of its own."""
    return standing(kind) > OFFICE and reach_of(kind) == "own" and not has(kind, "not_nhs")


def _nearly_named(store: Store, text: str, at: str | None) -> list[str]:
    """The commissioners that a text means which nothing is called: “Wigan CCG” is Wigan Borough's, if no other has
    Wigan in its name; of several all may be meant. Words may be parted otherwise, or only their initials typed."""
    read = read_name(text)
    having = commissioners_having(store, read, at)
    if len(having) <= MANY and (begun := {match.body.id for match in _longer_names(store, read, at)}):
        return [body.id for body in having] if len(having) > 1 else sorted(begun)
    kinds = sorted(kind for kind in read.kinds if _commissions(kind))
    of_kinds = [body for kind in kinds for body in store.entities(kind=kind, at=at)]
    joined = read.kept.replace(" ", "")
    alike = [body.id for body in of_kinds if read_name(body.name).kept.replace(" ", "") == joined]
    known = {body.id for body in of_kinds}
    return alike or sorted({one.id for one in called_by_initials(store, text, read)} & known)


def _letters(store: Store, text: str, found: list[Match]) -> frozenset[str]:
    """The bodies that a text means only by a register's letters that are another's name too: “SEL” is Selby's code."""
    code = as_code(text) if any(match.level != CODE for match in found) else None
    coded = set(store.ids_of_code(code)) if code else set()
    return frozenset(match.body.id for match in found if match.body.id in coded and match.level != CODE)


def _of_kind_and_code(store: Store, text: str) -> set[str]:
    """The ids that “CCG 10E” or “sub-ICB location 91Q” names."""
    read = read_name(text)
    code = as_code(read.core) if read.kinds else None
    found = store.entities(ids=store.ids_of_code(code)) if code else []
    return {body.id for body in found if body.kind in read.kinds}


_LABELS = frozenset("code codes gp gps id ods org organisation practice prac surgery no number ref".split())
"""Words that people write before a code and that are no name."""


def _of_code_beside(store: Store, text: str) -> set[str]:
    """The ids that “GP: G82064” or “G82064 - Dashwood” names: what stands by the code must fit the body."""
    for name, code in codes_beside(text):
        words = set(read_name(name).plain.split())
        bodies = store.entities(ids=store.ids_of_code(code))
        fitting = {
            body.id for body in bodies if words <= _LABELS or words & set(read_name(body.name).core.split())
        }
        if fitting:
            return fitting
    return set()


def _named(store: Store, text: str, at: str | None, kinds: frozenset[str]) -> dict[str, int]:
    """The ids of bodies with that name, with how well it meets them."""
    read = read_name(text)
    forms = [form for form in (read.plain, read.short, read.core) if form]
    met: dict[str, int] = {}
    for one in store.named(forms):
        name = read_name(one.name)
        level = _level(read, name)
        # “Bradford Teaching” is short for teaching hospitals, and nothing that is called Bradford alone.
        teaching = not read.kinds and read.plain.endswith(" teaching")
        if level == CORE and teaching and "teaching" not in name.plain.split():
            continue
        # “England” is not NHS England: in the name of a national body NHS cannot be left out.
        if level == CORE and of_id(one.id).reach == "country" and read.nhs != name.nhs:
            continue
        met[one.id] = max(met.get(one.id, 0), level)
    bodies = {body.id: body for body in store.entities(ids=[one for one, level in met.items() if level])}
    found = {one: met[one] for one, body in bodies.items() if met[one] == EXACT or _may_mean(read, body.kind)}
    # Nobody says “Kent” for Healthwatch Kent where another body is called so.
    said = {
        one for one in found if has(bodies[one].kind, "named_with_kind") and bodies[one].kind not in kinds
    }
    if at and not any(bodies[one].in_force_on(at) for one in found.keys() - said):
        said -= {one for one in said if has(bodies[one].kind, "team") and bodies[one].in_force_on(at)}
    if not read.kinds and found.keys() - said:
        found = {one: level for one, level in found.items() if level == EXACT or one not in said}
    return found


def _level(read: Reading, name: Reading) -> int:
    if read.plain in (name.plain, name.short) or read.short == name.short:
        return EXACT
    if read.kinds and read.kept == name.kept:  # “Bradford City CCG” is none but NHS Bradford City CCG
        return EXACT
    return CORE if read.core == name.core else 0


def _may_mean(read: Reading, kind: str) -> bool:
    """Whether a body of that kind may be meant by its name without the words for the kind."""
    if kind in things():
        return True
    return (not read.kinds or kind in read.kinds) and not (read.nhs and has(kind, "not_nhs"))


def resolve(store: Store, text: str, at: AnyDay | None = None, kinds: Kinds = None) -> Entity:
    """The one body that a text means: by id, code, name, abbreviation or alias.

    A body in force on the day `at` beats one that was not; of those that had a code or a name after each other and have
    all ended by then, the last is meant; the official name of the day beats others, and a body of
    law beats an office, a part or a cost centre of the same name. The body comes under its name of the day. Raises
    `Ambiguous` with the candidates, or `NothingFound` with the nearest names.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     resolve(store, "NHS Thanet CCG").id
    'ccg:10E'
    """
    at = day_of(at) if at else None
    kinds = chosen_kinds(kinds)
    found = [match for match in matches(store, text, at, kinds) if kinds is None or match.body.kind in kinds]
    read = read_name(text)
    alive = _of_day(store, read, found, at) if at else []
    # Of several eras none is meant more than another, unless the text says which kind of body it means.
    letters = _letters(store, text, found)
    best = _best(alive or found, letters) if alive or read.kinds else _possible(found, letters)
    found = alive or found
    if at and len(best) > 1:
        last_one = last_ended if all(match.level == CODE for match in best) else last_of_name
        last = last_one([match.body for match in best], at)
        best = [match for match in best if match.body in last] or best
    if len(best) == 1:
        return council_of_letters(store, text, best[0].body, at) if at else best[0].body
    if best:
        if at and not alive:
            found = [*_longer_names(store, read, at), *found]
        shown = sorted(found, key=lambda match: (match not in best, days_off(match.body, at)))
        shown.sort(key=lambda match: days_off(match.body, at) > 0)
        more = f"; the nearest {MANY} are named" if len(found) > MANY else ""
        raise Ambiguous(
            f"“{shortened(text)}” could be {len(found)} bodies; name one by its id{more}.",
            [as_candidate(match.body) for match in shown[:MANY]],
        )
    if named := kinds_named(text):
        lists = " or ".join(f"orgmap list {vocabulary.kinds()[kind].prefix}" for kind in sorted(named))
        raise NothingFound(f"“{text}” tells only a kind of body, not which one; {lists} shows them all.")
    if later := _not_known_yet(store, text, kinds):
        raise NothingFound(later)
    near = nearest_names(store, text, kinds=kinds)
    hint = f" Did you mean {' or '.join(f'“{name}”' for name in near)}?" if near else ""
    if kinds is None and (registered := said_of_register(store, text)):
        raise NothingFound(f"No body of the graph is called “{shortened(text)}”.{hint} {registered}")
    raise NothingFound(f"No body is called “{shortened(text)}”.{hint} Try orgmap search.")


def _not_known_yet(store: Store, text: str, kinds: Kinds) -> str:
    """Why a body that a text means is not told as known on an earlier day; blank if there is none, or no such day."""
    if not isinstance(store, KnownStore):
        return ""
    found = [match.body for match in matches(store.inner, text) if kinds is None or match.body.kind in kinds]
    if len(found) != 1:
        return ""
    [body] = found
    if then := store.entities(ids=[body.id]):
        return (
            f"“{shortened(text)}” is a name of {then[0].label} ({body.id}) that was not known on {store.day}."
        )
    known = f"{body.label} ({body.id}) is not told as known on {store.day}"
    if body in store.not_recorded(body.kind):
        return f"{known}: it is {body.status}, and since when that was known is not recorded."
    if body.valid_from and body.valid_from > store.day:
        return f"{known}: it began on {body.valid_from}, and nothing that bears a day foretold it."
    return f"{known}: no register told of it by then."


def ranked(store: Store, text: str, at: AnyDay | None = None) -> list[Entity]:
    """The candidates of a text, those first that it most likely means on a day."""
    at = day_of(at) if at else None
    found = matches(store, text, at)
    alive = (_of_day(store, read_name(text), found, at) if at else []) or found
    best = _best(alive, _letters(store, text, found))
    order = [*best, *(one for one in alive if one not in best)]
    ids = {match.body.id for match in order}
    return [match.body for match in (*order, *(one for one in found if one.body.id not in ids))]


def _of_day(store: Store, read: Reading, found: list[Match], at: str) -> list[Match]:
    """The bodies in force on a day, under their names of the day."""
    of_day = {body.id: body for body in store.entities(ids=[match.body.id for match in found], at=at)}
    return [
        match._replace(body=of_day[match.body.id], level=_on_day(read, of_day[match.body.id], match.level))
        for match in found
        if match.body.id in of_day
    ]


def _on_day(read: Reading, body: Entity, level: int) -> int:
    return OFFICIAL if level == EXACT and _level(read, read_name(body.name)) == EXACT else level


def _possible(found: list[Match], letters: frozenset[str] = frozenset()) -> list[Match]:
    """The matches without parts and cost centres that share their name with a body of law or an office."""
    sure = [match for match in found if match.body.id not in letters] or found
    least = min(OFFICE, max((standing(match.body.kind) for match in sure), default=0))
    return [match for match in found if standing(match.body.kind) >= least or match.level == CODE]


def _best(found: list[Match], letters: frozenset[str] = frozenset()) -> list[Match]:
    """The matches that no other one beats."""
    if all(match.level == CODE for match in found):
        return found
    kept = _possible(found, letters)
    return [one for one in kept if not any(_beats(other, one, letters) for other in kept)]


def _beats(one: Match, other: Match, letters: frozenset[str]) -> bool:
    # Of practices and networks there are thousands, one of which has almost any letters for a name.
    rare = standing(other.body.kind) > 0 and reach_of(other.body.kind) not in ("list", "lists")
    named = other.body.id not in letters and rare
    if one.body.id in letters and named:
        return False  # which of the two is meant, only who typed it knows
    better = (one.level - other.level, standing(one.body.kind) - standing(other.body.kind))
    return min(better) >= 0 and max(better) > 0


def standing(kind: str) -> int:
    """How much a body of that kind is what people mean by a name: of law, an office, a part, a cost centre.

    >>> standing("clinical_commissioning_group") > standing("prescribing_cost_centre")
    True
    """
    return _STANDINGS[vocabulary.kinds()[kind].standing]


def nearest_names(store: Store, text: str, kinds: Kinds = None) -> list[str]:
    """The names of bodies that come nearest to a mistyped one, best first."""
    kinds = chosen_kinds(kinds)
    return list(dict.fromkeys(hit.name for hit in nearest(store, text, kinds, limit=3)))
