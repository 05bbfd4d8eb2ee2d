"""What an address says, and in which form the answer is wanted: by `format`, else by the Accept header."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request

from orgmap.graphmodel.errors import WrongUse
from orgmap.server.questions import MEDIA, Typed


class NotInThisForm(Exception):
    """None of the forms that are accepted is one that there is."""


def form_of(request: Request, forms: Sequence[str], typed: Typed) -> str:
    """The form that is asked for: by `format`, else by the Accept header, else the first.

    Raises `WrongUse` for a format that there is not, `NotInThisForm` where no accepted one is.
    """
    if named := [value for name, value in typed if name == "format"]:
        if len(named) > 1 or named[0] not in forms:
            raise WrongUse(f"“{named[-1]}” is not a format here: {', '.join(forms)}.")
        return named[0]
    return accepted(request.headers.get("accept") or "*/*", forms)


def accepted(header: str, forms: Sequence[str]) -> str:
    """The best of the forms by an Accept header; of equals the first. Raises `NotInThisForm`.

    >>> accepted("text/html,*/*;q=0.8", ("json", "html")), accepted("*/*", ("json", "html"))
    ('html', 'json')
    """
    best, found = 0.0, ""
    for form in forms:
        media = MEDIA[form].partition(";")[0]
        quality = max((_quality(one, media) for one in header.split(",")), default=(0, 0.0))[1]
        if quality > best:
            best, found = quality, form
    if not found:
        raise NotInThisForm(f"There is {', '.join(MEDIA[form].partition(';')[0] for form in forms)} here.")
    return found


def _quality(part: str, media: str) -> tuple[int, float]:
    """How exactly one part of an Accept header names a form, and how much it is wanted."""
    name, *rest = (word.strip() for word in part.split(";"))
    kinds = {"*/*": 1, f"{media.partition('/')[0]}/*": 2, media: 3}
    if name.lower() not in kinds:
        return (0, 0.0)
    wanted = next((word[2:] for word in rest if word.startswith("q=")), "1")
    try:
        return (kinds[name.lower()], float(wanted))
    except ValueError:
        return (kinds[name.lower()], 0.0)


def typed_in(request: Request) -> Typed:
    """Names and values as they stand in the address. Raises `WrongUse` for what is no text."""
    typed = request.query_params.multi_items()
    for name, value in typed:
        if "\0" in value or "\0" in name or "\ufffd" in name + value:
            raise WrongUse("The address holds a zero byte, or bytes that are not UTF-8 text.")
    return typed
