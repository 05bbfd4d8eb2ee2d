"""A record as people read it: the verdict, each value in a line, and where it stands."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import written

_VERDICTS = {
    "stated": "Stated.",
    "derived": "Worked out from what is stated.",
    "contradicted": "Stated, and contradicted.",
    "partly": "Stated in part.",
    # A statement may still say it, in words that were not understood.
    "not_stated": "Not stated, as far as the values taken from the documents go; what they say nearest to it is below.",
    "nothing_near": "Nothing in the documents is near this question.",
}
_SENSES = {"on": "", "by": "by ", "in": "in ", "from": "from ", "until": "until ", "between": "from "}


def record_lines(record: dict[str, Any]) -> list[str]:
    """The lines of a record.

    >>> record_lines({"verdict": "not_stated", "yes_no": None, "parts": [], "evidence": [], "tables": None,
    ...               "status": None, "stated_on": None})
    ['Not stated, as far as the values taken from the documents go; what they say nearest to it is below.']
    """
    verdict = _VERDICTS[record["verdict"]]
    lines = [f"{record['yes_no'].capitalize()}. {verdict}" if record["yes_no"] else verdict]
    lines += [f"  {part['asked']}: {part_words(part)}" for part in record["parts"]]
    said = record["stated_on"] and f"said {record['stated_on']}"
    status = record["status"] if record["status"] not in (None, "in_force") else None
    if kind := "; ".join(filter(None, (status, said))):
        lines.append(f"  ({kind})")
    if where := evidence_words(record["evidence"]):
        lines.append(f"  {where}")
    if record["tables"]:
        lines.append(record["tables"]["text"])
        lines.append(f"  {record['tables']['command']}")
    return lines


def part_words(part: dict[str, Any]) -> str:
    """The value of a part in words.

    >>> part_words({"asked": "by when", "day": "2012-08-31", "sense": "by", "precision": "month"})
    'by August 2012'
    >>> part_words({"asked": "share", "number": 50, "unit": "per cent", "compared": "more than"})
    'more than 50 per cent'
    """
    found = [part["yes_no"]] if part.get("yes_no") else []
    if part.get("not_stated"):
        found.append("not stated")
    if "bodies" in part:
        found.append(", ".join(one["name"] for one in part["bodies"]))
    if "number" in part:
        found.append(_number_words(part))
    if "day" in part:
        inferred = " (inferred)" if part.get("not_stated") else ""
        found.append(f"{_day_words(part)}{inferred}")
    if "items" in part:
        some = " (not all are stated)" if part.get("complete") is False else ""
        found.append("; ".join(part["items"]) + some)
    if "text" in part:
        found.append(part["text"])
    how = part.get("how")
    tail = (
        f" ({how})"
        if how in ("derived", "opinion", "inferred", "outside") and not part.get("not_stated")
        else ""
    )
    return ", ".join(found) + tail


def _number_words(part: dict[str, Any]) -> str:
    until = f" to {part['number_until']:,}" if "number_until" in part else ""
    number = (
        f"£{part['number']:,}" if part["unit"] == "pounds" else f"{part['number']:,}{until} {part['unit']}"
    )
    return " ".join(filter(None, (part.get("compared"), number.strip())))


def _day_words(part: dict[str, Any]) -> str:
    precision = "" if part["precision"] == "day" else part["precision"]
    words = _SENSES.get(part["sense"], "") + written(part["day"], precision)
    return f"{words} to {written(part['until'], precision)}" if part.get("until") else words


def evidence_words(evidence: list[dict[str, Any]]) -> str:
    """Where it stands: each document with its lines, else the source.

    >>> evidence_words([{"document": "000", "lines": [86], "source": "doc-000", "locator": "line 86"}])
    'document 000, line 86'
    """
    lines: dict[str, list[int]] = {}
    for one in evidence:
        if one["document"]:
            lines.setdefault(one["document"].split()[0], []).extend(one["lines"])
    documents = [
        f"document {number}, line{'s' if len(set(those)) > 1 else ''} {', '.join(map(str, sorted(set(those))))}"
        for number, those in lines.items()
    ]
    sources = dict.fromkeys(one["source"] for one in evidence if not one["document"])
    return "; ".join([*documents, *sources])
