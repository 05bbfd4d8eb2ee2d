"""Making names comparable, and telling what kind of thing a person typed."""

from __future__ import annotations

import csv
import re
import unicodedata
from itertools import product
from typing import Any, TextIO

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_ELSEWHERE = {
    **dict.fromkeys(
        ("AB", "DD", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "ZE"), "Scotland"
    ),
    **dict.fromkeys(("CF", "SA"), "Wales"),
    "BT": "Northern Ireland",
    "GX": "Gibraltar",
    "GY": "Guernsey",
    "IM": "the Isle of Man",
    "JE": "Jersey",
}
"""Postcode areas that lie wholly outside England; areas on a border are not among them."""

_ORG_ID = re.compile(r"GB-(?:NHS|LAE|GSS|GOR)-", re.IGNORECASE)
"""Lists of org-id.guide whose codes are in the registers: health bodies, local authorities."""

_CODE = re.compile(r"[A-Za-z0-9]{2,9}")
_WRAPPING = " .,;:()[]{}\"'“”‘’"
_CODE_AFTER = re.compile(r"(.*[^\s(\[])\s*[(\[]\s*([A-Z0-9]{2,9})\s*[)\]]\.?")


def normalise(text: str) -> str:
    """A name as it is compared: lower case, no accents, no punctuation, “&” read as “and”.

    >>> normalise("St. John's & Walmgate")
    'st johns and walmgate'
    """
    letters = text.replace("&", " and ").lower()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in plain if not unicodedata.combining(c))
    letters = letters.replace("'", "").replace("’", "").replace("‘", "")
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def as_code(text: str) -> str | None:
    """The register code that a text may be, out of brackets, dots or an org-id; None if it has no code's form.

    >>> as_code("(10E)"), as_code("GB-NHS-10E"), as_code(" 10e. "), as_code("Herne Bay")
    ('10E', '10E', '10e', None)
    """
    clean = _ORG_ID.sub("", text.strip(), count=1).strip(_WRAPPING)
    return clean if _CODE.fullmatch(clean) else None


def shortened(text: str, letters: int = 80) -> str:
    """A text as it is said again in a sentence: a long one only in part.

    >>> shortened("Thanet"), len(shortened("x" * 1000))
    ('Thanet', 81)
    """
    return text if len(text) <= letters else f"{text[:letters]}…"


def name_and_code(text: str) -> tuple[str, str] | None:
    """The name and the code of a text that has a code in brackets behind a name, else None.

    >>> name_and_code("NHS Thanet CCG (10E)")
    ('NHS Thanet CCG', '10E')
    """
    found = _CODE_AFTER.fullmatch(text.strip())
    return (found.group(1), found.group(2)) if found else None


_AROUND = "=.,;:()[]'\""
"""What may stand around a postcode that was pasted; a spreadsheet writes ="CT9 1AA"."""

_HYPHENED = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)[-–]([0-9][A-Z]{2})")


_CODE_FIRST = re.compile(r"([A-Z0-9]{3,9})\s*(?:[-–—:;|/]|\s)\s*(\S.*)")
_CODE_LAST = re.compile(r"(\S.*?)\s*(?:[-–—:;|/]|\s)\s*([A-Z0-9]{3,9})\.?")


def codes_beside(text: str) -> list[tuple[str, str]]:
    """What is left and the code, for each code of letters and digits that stands before or behind a name in a text.

    >>> codes_beside("G82064 - Dashwood"), codes_beside("GP: G82064"), codes_beside("Herne Bay")
    ([('Dashwood', 'G82064')], [('GP', 'G82064')], [])
    """
    first, last = _CODE_FIRST.fullmatch(text.strip()), _CODE_LAST.fullmatch(text.strip())
    found = [(first.group(2), first.group(1))] if first else []
    found += [(last.group(1), last.group(2))] if last else []
    return [
        (name, code)
        for name, code in found
        if any(c.isdigit() for c in code) and any(c.isalpha() for c in code)
    ]


def _compact(text: str) -> str:
    return "".join(text.split()).upper().strip(_WRAPPING)


def as_postcode(text: str) -> str | None:
    """The postcode without its space if the text has a postcode's form, in brackets or not, else None.

    >>> as_postcode("ct9 1aa"), as_postcode("(CT9 1AA)."), as_postcode("CT9-1AA")
    ('CT91AA', 'CT91AA', 'CT91AA')
    """
    clean = "".join(text.split()).upper()  # first as most are written: a million of them are asked in a row
    if _POSTCODE.fullmatch(clean) or _POSTCODE.fullmatch(clean := clean.strip(_AROUND)):
        return clean
    hyphened = _HYPHENED.fullmatch(clean)
    return "".join(hyphened.groups()) if hyphened else None


_ALIKE = {"O": "O0", "0": "O0", "I": "I1", "1": "I1"}
"""Letters and digits that are typed for each other in postcodes."""


def postcode_readings(text: str) -> list[str]:
    """Every postcode that a text of that length could mean, O and 0, I and 1 being taken for each other; itself too.

    >>> postcode_readings("CT9 IAA"), postcode_readings("Thanet")
    (['CT91AA'], [])
    """
    clean = _compact(text)
    if not 5 <= len(clean) <= 7:
        return []
    readings = product(*(_ALIKE.get(letter, letter) for letter in clean))
    return [one for one in map("".join, readings) if _POSTCODE.fullmatch(one)]


def as_outcode(text: str) -> str | None:
    """The outcode (“CT9”) if the text has the form of one, else None."""
    clean = text.upper().strip(_WRAPPING)
    return clean if _OUTCODE.fullmatch(clean) else None


def as_sector(text: str) -> str | None:
    """The postcode sector without its space if the text has the form of one, else None; the space must be there.

    >>> as_sector("ct9 1"), as_sector("CT91")
    ('CT91', None)
    """
    outcode, _, digit = " ".join(text.upper().strip(_WRAPPING).split()).partition(" ")
    return outcode + digit if _OUTCODE.fullmatch(outcode) and re.fullmatch("[0-9]", digit) else None


def with_space(postcode: str) -> str:
    """A postcode as people write it.

    >>> with_space("CT91AA")
    'CT9 1AA'
    """
    return f"{postcode[:-3]} {postcode[-3:]}"


def country_of_postcode(postcode: str) -> str | None:
    """The country that a postcode's area letters belong to, if it is not England; None if it may be English.

    >>> country_of_postcode("IM11AA")
    'the Isle of Man'
    """
    letters = re.match(r"[A-Z]+", postcode)
    return _ELSEWHERE.get(letters.group()) if letters else None


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*%?")
"""What begins like a formula and is none."""


def guarded_cell(text: str) -> str:
    """Somebody's own cell, so that no spreadsheet takes it for a formula; plain numbers stay as they are.

    >>> guarded_cell("-5"), guarded_cell("-5+cmd")
    ('-5', "'-5+cmd")
    """
    return text if _NUMBER.fullmatch(text) else safe_cell(text)


def lines_of(locator: str) -> list[int]:
    """The numbers of the lines of a document that a locator names.

    >>> lines_of("NHS Commissioning Board (b), lines 86, 88 | The NHS Commissioning Board, lines 118-119")
    [86, 88, 118, 119]
    """
    found: list[int] = []
    for part in re.split(r" [|] |; ", locator):
        named = part.rpartition("line")[2] if "line" in part else ""
        for first, last in re.findall(r"([0-9]+)(?:[-–]([0-9]+))?", named):
            found += range(int(first), int(last or first) + 1)
    return found


def csv_writer(out: TextIO) -> Any:
    """A writer of CSV rows that end in a line feed, whose cells can be read back whatever is in them.

    Python's own, up to 3.12, leaves a carriage return unquoted unless it is part of the line's end.

    >>> import io
    >>> text = io.StringIO()
    >>> _ = csv_writer(text).writerow(["one", "two\\rthree"])
    >>> text.getvalue()
    'one,"two\\rthree"\\n'
    """
    return csv.writer(_LineFeeds(out), lineterminator="\r\n")


class _LineFeeds:
    """Takes whole rows from a writer and ends each in a line feed alone."""

    def __init__(self, out: TextIO) -> None:
        self._write = out.write

    def write(self, row: str) -> int:
        """Called once a row."""
        return self._write(f"{row[:-2]}\n")
