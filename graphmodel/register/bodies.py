"""Bodies as the register of organisations has them: all of its organisations and sites, beside those of the graph.

The graph has the bodies that commission, plan, listen and provide; the register has hundreds of thousands more
(pharmacies, dentists, care homes, hospital sites). These are looked up by code or name, with what the register says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from orgmap.graphmodel.register.reached import RegisteredContact
from orgmap.graphmodel.term_tables import remembered, term_rows

if TYPE_CHECKING:
    from orgmap.graphmodel.store import Store

PREFIX = "ods"
"""What the id of a body begins with that the register alone knows."""

ACTIVE = "Active"
"""The status of a body, a role or a relation that is in use."""


class RegisteredDays(NamedTuple):
    """From when until when something holds, in law and in operation; ends exclusive, unknown is blank."""

    legal_from: str = ""
    legal_until: str = ""
    valid_from: str = ""
    valid_until: str = ""


class RegisteredRole(NamedTuple):
    """One role of a body by its id, whether first of all, its status, which may say otherwise than its days."""

    role: str
    is_primary: bool
    status: str
    days: RegisteredDays


class RegisteredTie(NamedTuple):
    """One relation of a body to another, by code."""

    relation: str
    target: str
    status: str
    days: RegisteredDays


class RegisteredSuccession(NamedTuple):
    """That another body came before or after; `way` is the register's word for what the other is."""

    way: str
    target: str
    day: str


class RegisteredBody(NamedTuple):
    """One body or site as a release of the register has it; of a stub the record stands in a file that is not there."""

    code: str
    name: str
    record_class: str
    is_stub: bool
    status: str
    days: RegisteredDays
    postcode: str
    country: str
    address: str
    roles: tuple[RegisteredRole, ...]
    ties: tuple[RegisteredTie, ...]
    successions: tuple[RegisteredSuccession, ...]
    uprn: str = ""
    contacts: tuple[RegisteredContact, ...] = ()


class RoleWords(NamedTuple):
    """What a role is called: `words` for people, the `kind` of the graph that such bodies are (blank: of none),
    whether it says `over` the primary role what a body is, and whether this is declared or only what the file says."""

    words: str
    kind: str
    over: bool
    declared: bool = True


class RegisterRelease(NamedTuple):
    """Which release of the register says something: its name, the day of its publication, where it came from."""

    release: str
    as_of: str
    source: str
    title: str
    publisher: str
    licence: str


class FoundRecord(NamedTuple):
    """A body with the release that has it, what its roles are called there, and the first later release that has it
    no more, if any."""

    body: RegisteredBody
    release: RegisterRelease
    words: dict[str, RoleWords]
    gone_in: RegisterRelease | None


class NamedBody(NamedTuple):
    """A body as a search names it: code, name, what it is, its days and status."""

    code: str
    name: str
    words: str
    valid_from: str
    valid_until: str
    postcode: str


class Pointing(NamedTuple):
    """How many bodies have a relation to one, and some of them, those in use first."""

    relation: str
    number: int
    bodies: tuple[NamedBody, ...]


class RegisterLookUp(Protocol):
    """The releases of the whole register that are loaded, the newest first."""

    def known_on(self, day: str) -> RegisterLookUp:
        """Those that were published by a day."""

    def of_code(self, code: str) -> FoundRecord | None:
        """The body of a code, in capitals or not, as the newest release has it that has it at all."""

    def named(self, codes: Iterable[str]) -> dict[str, NamedBody]:
        """The bodies of these codes that the newest release has."""

    def newest(self) -> RegisterRelease | None:
        """The newest release; None if none of the whole register is loaded."""

    def of_sort(self, words: str, at: str) -> list[NamedBody]:
        """The bodies of a sort, by its words, that were open on a day, as the newest release has them, by code."""

    def count_of_sort(self, words: str, at: str) -> int:
        """How many those are."""

    def sorts(self) -> dict[str, int]:
        """The words for every sort of body that the newest release has, in order, with how many there are of each."""

    def with_words(self, words: list[str], limit: int, sort: str = "") -> tuple[int, list[NamedBody]]:
        """How many names have every one of these words, as the beginning of a word, and the bodies of some; of one
        sort, if it is named."""

    def pointing_to(self, code: str, limit: int) -> list[Pointing]:
        """The relations of others to a body."""

    def successions_to(self, code: str) -> list[tuple[NamedBody, RegisteredSuccession]]:
        """The bodies that name this one as what came before or after them."""


Beside = Callable[[], RegisterLookUp]
"""Opens the whole register beside a store, when something is asked of it."""


def register_of(store: Store) -> RegisterLookUp | None:
    """The whole register beside a store; None if nothing is loaded."""
    beside: Beside | None = getattr(store, "register", None)
    return beside() if beside else None


def read_record(text: str) -> RegisteredBody:
    """A body out of the text in which it is kept.

    >>> record = '["FA1","A","RC1",false,"Active",["","","2001-01-01",""],"CT1 1AA","ENGLAND","",[],[],[]]'
    >>> read_record(record).days.valid_from
    '2001-01-01'
    """
    cells = json.loads(text)
    code, name, sort, stub, status, days, postcode, country, address, roles, ties, successions = cells[:12]
    uprn, contacts = cells[12:] or ("", ())
    return RegisteredBody(
        code,
        name,
        sort,
        stub,
        status,
        RegisteredDays(*days),
        postcode,
        country,
        address,
        tuple(
            RegisteredRole(role, first, held, RegisteredDays(*since)) for role, first, held, since in roles
        ),
        tuple(
            RegisteredTie(relation, target, held, RegisteredDays(*since))
            for relation, target, held, since, *_ in ties
        ),
        tuple(RegisteredSuccession(*one) for one in successions),
        uprn,
        tuple(RegisteredContact(*one) for one in contacts),
    )


@remembered
def declared_roles() -> dict[str, tuple[str, RoleWords]]:
    """The declared roles by id: how the register calls each, and what that means here.

    >>> declared_roles()["RO182"][1].words
    'pharmacy'
    """
    return {
        role: (name, RoleWords(words, kind, over == "yes"))
        for role, name, words, kind, over in term_rows("register_roles.csv")
    }


@remembered
def declared_relations() -> dict[str, tuple[str, str]]:
    """What relations of the register are called, from either end.

    >>> declared_relations()["RE6"]
    ('is operated by', 'operates')
    """
    return {relation: (forward, back) for relation, _, forward, back in term_rows("register_relations.csv")}


def role_words(concepts: dict[str, str]) -> dict[str, RoleWords]:
    """What the roles of an edition are called: `concepts` is what its file calls them, which counts over their ids.

    An id may mean something else in another edition: then the role of that name is taken, or the file's own words.

    >>> role_words({"RO313": "PRIMARY CARE NETWORK"})["RO313"].kind == role_words({})["RO272"].kind
    True
    """
    declared = declared_roles()
    by_name = {_plain(name): words for name, words in declared.values()}
    found = {role: words for role, (_, words) in declared.items()}
    for role, name in concepts.items():
        if role not in declared or _plain(declared[role][0]) != _plain(name):
            found[role] = by_name.get(_plain(name)) or RoleWords(name.lower(), "", False, declared=False)
    return found


def standard_roles(concepts: dict[str, str]) -> dict[str, str]:
    """The declared ids of roles to which an edition gives other ids, by those.

    >>> standard_roles({"RO313": "PRIMARY CARE NETWORK", "RO272": "PRIMARY CARE NETWORK"})
    {'RO313': 'RO272'}
    """
    by_name = {_plain(name): role for role, (name, _) in declared_roles().items()}
    named = {role: by_name.get(_plain(name), role) for role, name in concepts.items()}
    return {role: other for role, other in named.items() if role != other}


def _plain(name: str) -> str:
    return " ".join(name.upper().split())


def says_what_it_is(body: RegisteredBody, words: dict[str, RoleWords]) -> RoleWords:
    """The role that says what a body is: one in use that says more than the primary role, else the primary one.

    >>> role = RegisteredRole("RO177", True, "Active", RegisteredDays())
    >>> body = read_record('["A","B","RC1",false,"",["","","",""],"","","",[],[],[]]')._replace(roles=(role,))
    >>> says_what_it_is(body, role_words({})).words
    'prescribing cost centre'
    """
    known = [(role, words.get(role.role) or RoleWords(role.role, "", False, False)) for role in body.roles]
    over = [words for role, words in known if words.over and not role.is_primary and role.status == ACTIVE]
    first = [words for role, words in known if role.is_primary]
    return (over or first or [words for _, words in known] or [RoleWords("body of the register", "", False)])[
        0
    ]
