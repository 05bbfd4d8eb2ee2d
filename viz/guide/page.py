"""A guide to a place as a page: it opens from a memory stick, reads aloud in order, and prints on A4. No script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orgmap.graphmodel.dates import written
from orgmap.queries.guide.words import NOT_HELD, PAYS_FOR, paid_words, status_words, way_words
from orgmap.viz.kit.cited import HTTP, Cited, words_page

_STYLE = Path(__file__).parent / "guide.css"
_FOR = {"charity": "for a charity", "complainant": "for somebody with a complaint"}


def guide_page(answer: dict[str, Any]) -> str:
    """The page of an answer of `guide`, complete in itself; the same answer gives the same bytes.

    >>> place = {"described": "<b>Kent", "name": "Kent"}
    >>> page = guide_page({"place": place, "at": "2026-06-01", "theme": None, "reader": None, "parts": [], "notes": []})
    >>> "&lt;b&gt;Kent" in page, "<script" in page
    (True, False)
    """
    cited = Cited()
    shown: set[str] = set()
    parts = [
        {**part, "lines": [_line(line, part["part"], shown, cited) for line in part["lines"]]}
        for part in answer["parts"]
    ]
    theme, reader = answer["theme"], answer["reader"]
    said = {
        "title": f"Who is who in health and care: {answer['place']['name']}",
        "described": answer["place"]["described"],
        "day": written(answer["at"]),
        "theme": theme["name"] if theme else "",
        "services": ", ".join(one["name"] for one in theme["services"]) if theme else "",
        "not_held": NOT_HELD,
        "reader": _FOR.get(reader or "", f"for a reader as {reader}") if reader else "",
        "parts": parts,
        "notes": answer["notes"],
    }
    return words_page("guide/templates/guide.html", _STYLE, cited, **said)


def _line(line: dict[str, Any], part: str, shown: set[str], cited: Cited) -> dict[str, Any]:
    """A line as the template takes it; what a body is for stands where it first stands."""
    if not line["body"]:
        return {
            "sentence": line["text"],
            "said": line.get("said", ""),
            "condition": line.get("condition", ""),
            "note": line.get("note", ""),
            "where": f"{line['where']}, {written(line['stated_on'])}" if "where" in line else "",
            "plan": bool(line.get("said")),
            "cited": cited.of(line["sources"]),
        }
    body = line["body"]
    again = body["id"] in shown
    shown.add(body["id"])
    reach = {} if again else line["reach"]
    # What the role means is said by what the body is for, where that is known and stands here.
    plain = line["text"] if line["text"] and (again or not line.get("purpose")) else ""
    said: list[dict[str, Any]] = [{"text": plain, "cited": []}] if plain else []
    said += [{"text": one["text"], "cited": cited.of(one["sources"])} for one in line.get("sentences", ())]
    return {
        "sentence": "",
        "id": body["id"],
        "name": body["name"] or f"{body['id']} (name not known)",
        "again": again,
        "share": f"{line['share']:.0%} of {line['share_of']}" if "share" in line else "",
        "status": status_words(body),
        "why": said,
        "pays": [
            {
                "verb": "Pays here for" if (part, verb) == ("listens", PAYS_FOR) else verb.capitalize(),
                "text": text,
            }
            for verb, text in paid_words(line).items()
        ],
        "purpose": None if again else _said(line.get("purpose"), cited),
        "unknown": not again and not line.get("purpose"),
        "for_reader": None if again else _said(line.get("for_reader"), cited),
        "reach": [_way(field, way, cited) for field, way in reach.items() if way],
        # That nothing at all is held of a body is counted once, at the end, and not said below each.
        "missing": _listed([field for field, way in reach.items() if not way]) if any(reach.values()) else "",
        "cited": cited.of(line["sources"]),
    }


def _listed(fields: list[str]) -> str:
    return " and ".join(", ".join(fields).rsplit(", ", 1))


def _said(said: dict[str, Any] | None, cited: Cited) -> dict[str, Any] | None:
    return {"text": said["text"], "cited": cited.of(said["sources"])} if said else None


def _way(field: str, way: dict[str, Any], cited: Cited) -> dict[str, Any]:
    return {
        "field": field,
        "value": way["value"],
        "url": way["value"] if field == "website" and way["value"].startswith(HTTP) else "",
        "where": way_words(way),
        "cited": cited.of(way["sources"]),
    }
