"""The templates of all pages, with the words that they may use; how links lead on is up to who serves them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from orgmap.queries.plans.marks import plan_words
from orgmap.server import wording as say
from orgmap.viz.kit.page import ATTRIBUTION


@cache
def style() -> tuple[str, str]:
    """The style of all pages, and what its address tells apart."""
    text = (Path(__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


def templates(link: Callable[[str], str], **more: Any) -> Environment:
    """The templates; `link` gives the address of what has an id, blank where it has none; `more` are further words."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "day": say.day_words,
        "life": say.life_words,
        "kind_label": say.kind_label,
        "begun": lambda text: text[:1].upper() + text[1:],
        "role_meaning": say.role_meaning,
        "safe": say.safe_address,
        "typed_again": say.typed_again,
        "has_id": say.has_id,
        "plan_words": plan_words,
        "event_label": say.event_label,
        "standing": say.standing,
        "scheme": say.scheme_words,
        "note_said": partial(say.note_said, link),
        "ids": partial(say.with_links, link),
        "link_to": partial(say.link_to, link),
        "link": link,
        "attribution": ATTRIBUTION,
        **more,
    }
    return made
