"""How days, kinds and ids stand on a page: in words, and every id as a link to what it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from orgmap.graphmodel.dates import written
from orgmap.graphmodel.register.bodies import PREFIX
from orgmap.graphmodel.vocabulary import event_kinds, kind_of, kinds, roles

LETTERS = 4
"""Names of schemes of codes with so few letters are their initials."""

_ID = re.compile(r"\b[a-z]+:[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*")
_INCLUDES = re.compile(r"(?:add )?--include (?P<status>[a-z_]+)(?: shows (?:them|it|what is to follow))?")
_KIND = re.compile(r" \([^()]*\)$")


def day_words(day: str | None, precision: str = "") -> str:
    """A day as people write it.

    >>> day_words("2013-04-01"), day_words(None)
    ('1 April 2013', 'a day not known')
    """
    return written(day, precision) if day else "a day not known"


def life_words(thing: dict[str, Any]) -> str:
    """From when until when.

    >>> life_words({"valid_from": "2013-04-01", "valid_until": "2020-04-01"})
    'from 1 April 2013 until 1 April 2020 (that day not included)'
    """
    start = f"from {day_words(thing.get('valid_from'), thing.get('from_precision', ''))}"
    if not (end := thing.get("valid_until")):
        return f"{start}, no end known"
    return f"{start} until {written(end, thing.get('until_precision', ''))} (that day not included)"


def kind_label(kind: str) -> str:
    """What a kind is called."""
    return kinds()[kind].label if kind in kinds() else kind.replace("_", " ")


def role_meaning(role: str) -> str:
    """What a role means for a place; blank for one that needs no words."""
    return roles()[role].meaning if role in roles() else ""


def safe_address(address: str | None) -> str:
    """An address that may stand in a link; blank for anything but the web's own.

    >>> safe_address("javascript:alert(1)"), safe_address("https://example.org")
    ('', 'https://example.org')
    """
    return address if address and address.startswith(("https://", "http://")) else ""


def with_links(link: Callable[[str], str], text: Any) -> Markup:
    """A text in which every id is a link; all else is escaped.

    >>> with_links("/id/{}".format, "<b> ccg:10E")
    Markup('&lt;b&gt; <a href="/id/ccg:10E">ccg:10E</a>')
    """
    words, parts, end = str(text), list[Any](), 0
    for found in _ID.finditer(words):
        if _is_an_id(found.group()):
            parts += [escape(words[end : found.start()]), link_to(link, found.group())]
            end = found.end()
    return Markup("").join([*parts, escape(words[end:])])


def note_said(link: Callable[[str], str], text: str, here: str = "") -> Markup:
    """A note, with what it says of an option of the command line as a link; `here` is the page but for the status.

    >>> note_said("/id/{}".format, "2 planned changes: add --include planned.", "/?q=Kent&include=")
    Markup('2 planned changes: <a href="/?q=Kent&amp;include=planned">show what is planned</a>.')
    """
    if not here:
        return with_links(link, text)
    parts, end = list[Markup](), 0
    for found in _INCLUDES.finditer(text):
        shown = Markup('<a href="{}">show what is {}</a>').format(here + found["status"], found["status"])
        parts += [with_links(link, text[end : found.start()]), shown]
        end = found.end()
    return Markup("").join([*parts, with_links(link, text[end:])])


def standing(body: dict[str, Any]) -> str:
    """What must be said of a body in a row: whether only a plan knows it or is to end it, or it is as last known. Who
    said so stands below.

    >>> standing({"status": "conditional", "law": False}), standing({"last_known": True})
    ('conditional, not law', 'as last known')
    >>> standing({"to_end": {"date": "2027-04-01", "status": "enacted"}})
    'to end on 1 April 2027 (enacted)'
    """
    status, end = body.get("status") or "in_force", body.get("to_end")
    words = [] if status == "in_force" else [f"{status}{_no_law(body)}"]
    if end:
        about = "" if end.get("precision") == "approx" else "on " if not end.get("precision") else "in "
        when = (
            f"{about}{written(end['date'], end.get('precision') or '')}"
            if end["date"]
            else "on a day not known"
        )
        words.append(f"to end {when} ({end['status']}{_no_law(end)})")
    return "; ".join([*words, *(["as last known"] if body.get("last_known") else [])])


def _no_law(plan: dict[str, Any]) -> str:
    return ", not law" if plan.get("law") is False else ""


def scheme_words(scheme: str) -> str:
    """What a scheme of codes is called.

    >>> scheme_words("gss"), scheme_words("local_authority_register")
    ('GSS', 'local authority register')
    """
    return scheme.upper() if len(scheme) <= LETTERS else scheme.replace("_", " ")


def link_to(link: Callable[[str], str], thing: str, name: str | None = None) -> Markup:
    """A link to what has an id; its name alone where it has no address."""
    if not (address := link(thing)):
        return Markup("{}").format(name or thing)
    return Markup('<a href="{}">{}</a>').format(address, name or thing)


def has_id(text: str) -> bool:
    """Whether some id stands in a text."""
    return any(_is_an_id(found.group()) for found in _ID.finditer(text))


def _is_an_id(word: str) -> bool:
    """Whether what looks like an id is one: of a body of the graph, or of one that the register alone has."""
    return bool(kind_of(word)) or word.startswith(f"{PREFIX}:")


def event_label(kind: str) -> str:
    """What a kind of change is called."""
    return event_kinds()[kind].label if kind in event_kinds() else kind


def typed_again(candidate: str) -> str:
    """What to type for a candidate: without what kind of place it is.

    >>> typed_again("Ash, Dover (town)")
    'Ash, Dover'
    """
    return _KIND.sub("", candidate)
