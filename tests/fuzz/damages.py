"""Ways in which a published file comes to harm: cut, in another encoding, mixed up, written by somebody hostile."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from random import Random

Harm = Callable[[bytes], bytes]

PLACES = 24
"""At so many places is a file cut in a short round."""


def cuts(raw: bytes, chance: Random, many: int = PLACES) -> Iterator[tuple[str, bytes]]:
    """The file cut off: at its first bytes, behind line ends, between quotation marks, anywhere."""
    ends = [place + 1 for place, byte in enumerate(raw[:-1]) if byte == 10]
    places = {1, 2, 3, 4, len(raw) - 1, len(raw) - 2, len(raw) - 3, len(raw) // 2, *ends[-2:]}
    places |= {chance.randrange(1, len(raw)) for _ in range(many)}
    for place in sorted(place for place in places if 0 < place < len(raw)):
        yield f"cut at {place:,} of {len(raw):,}", raw[:place]


def _cells(raw: bytes, change: Callable[[list[list[str]]], list[list[str]]]) -> bytes:
    import csv

    text = raw.decode("utf-8-sig")
    rows = change([row for row in csv.reader(io.StringIO(text, newline="")) if row])
    quoted = csv.QUOTE_ALL if text.startswith('"') else csv.QUOTE_MINIMAL
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=quoted).writerows(rows)
    return out.getvalue().encode()


def _each_row(change: Callable[[list[str]], list[str]]) -> Harm:
    return lambda raw: _cells(raw, lambda rows: [change(list(row)) for row in rows])


def _last_cell(text: str, place: int = 1) -> Harm:
    """Another text in a cell of the last row."""
    return lambda raw: _cells(
        raw, lambda rows: [*rows[:-1], [*rows[-1][:place], text, *rows[-1][place + 1 :]]]
    )


def _with_days(day: str) -> Harm:
    """Another day in place of every last day of 2025, or else of the first day that is found."""

    def change(raw: bytes) -> bytes:
        for form in (
            b"20251231",
            b"2025-12-31",
            b"20251130",
            b"202511",
            b"01OCT2025",
            b"01NOV2025",
            b"01/07/2022",
        ):
            if form in raw:
                new = day if b"-" in form or len(form) > 8 else day.replace("-", "")[: len(form)]
                return raw.replace(form, new.encode())
        return raw

    return change


OF_BYTES: dict[str, Harm] = {
    "nothing at all": lambda raw: b"",
    "one line end": lambda raw: b"\n",
    "only zeros": lambda raw: bytes(len(raw)),
    "zeros behind": lambda raw: raw + bytes(4096),
    "a zero within": lambda raw: raw[: len(raw) // 2] + b"\0" + raw[len(raw) // 2 :],
    "a byte turned": lambda raw: (
        raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 0x10]) + raw[len(raw) // 2 + 1 :]
    ),
    "twice behind itself": lambda raw: raw + raw,
    "an HTML page": lambda raw: b"<!DOCTYPE html><html><body>404 Not Found, epraccur</body></html>\n",
    "a pointer of Git LFS": lambda raw: (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 12345\n"
    ),
    "gzipped three times": lambda raw: gzip.compress(gzip.compress(gzip.compress(raw))),
    "gzipped and cut": lambda raw: gzip.compress(raw)[:-5],
    "gzipped with a wrong sum": lambda raw: gzip.compress(raw)[:-8] + b"\1\2\3\4" + gzip.compress(raw)[-4:],
    "gzipped with rubbish behind": lambda raw: gzip.compress(raw) + b"rubbish",
    "zipped three times": lambda raw: in_a_zip("a", in_a_zip("b", in_a_zip("c", raw))),
    "zipped and cut": lambda raw: in_a_zip("a.csv", raw)[:-30],
    "zipped with a wrong sum": lambda raw: _wrong_sum(in_a_zip("a.csv", raw)),
    "zipped with a lie about its size": lambda raw: _wrong_size(in_a_zip("a.csv", raw)),
    "zipped with a password": lambda raw: _locked(in_a_zip("a.csv", raw)),
    "zipped twice under one name": lambda raw: _twice(raw),
    "zipped beside an empty file": lambda raw: in_a_zip("a.csv", raw, b=b""),
    "zipped in LZMA with a byte turned": lambda raw: _turned(in_a_zip("a.csv", raw, how=zipfile.ZIP_LZMA)),
    "zipped in BZIP2 with a byte turned": lambda raw: _turned(in_a_zip("a.csv", raw, how=zipfile.ZIP_BZIP2)),
    "zipped with an unknown method": lambda raw: _method(in_a_zip("a.csv", raw)),
    "zipped with a damaged local header": lambda raw: b"PK\3\4" + b"\xff" * 26 + in_a_zip("a.csv", raw)[30:],
    "zipped as a link": lambda raw: _link(),
}
"""Harm to any file."""

OF_TEXT: dict[str, Harm] = {
    "in UTF-16": lambda raw: raw.decode("utf-8").encode("utf-16"),
    "in UTF-16 without a mark": lambda raw: raw.decode("utf-8").encode("utf-16-le"),
    "in UTF-32": lambda raw: raw.decode("utf-8").encode("utf-32"),
    "in EBCDIC": lambda raw: raw.decode("utf-8").encode("cp500"),
    "with two marks of order": lambda raw: b"\xef\xbb\xbf\xef\xbb\xbf" + raw,
    "with rubbish before": lambda raw: b"\x00\x01\x02" + raw,
    "half in UTF-8, half in Latin-1": lambda raw: (
        raw.replace(b"THE LIMES", "CAFÉ".encode())
        .replace(b"THE ELMS", "CAFÉ".encode("latin-1"))
        .replace(b"SHORE", "CAFÉ".encode())
        .replace(b"DOWNS", "CAFÉ".encode("latin-1"))
    ),
}
"""Harm to text."""

OF_TABLES: dict[str, Harm] = {
    "a column doubled": _each_row(lambda row: [*row, row[-1]]),
    "a column more": _each_row(lambda row: [*row, "MORE"]),
    "the first column dropped": _each_row(lambda row: row[1:]),
    "the last column dropped": _each_row(lambda row: row[:-1]),
    "the first two columns swapped": _each_row(lambda row: [row[1], row[0], *row[2:]]),
    "all columns in the other order": _each_row(lambda row: row[::-1]),
    "semicolons": lambda raw: raw.replace(b",", b";"),
    "tabs": lambda raw: raw.replace(b",", b"\t"),
    "lower case": lambda raw: raw.lower(),
    "codes in blanks": _each_row(lambda row: [f" {row[0]} ", *row[1:]]),
    "only its first row": lambda raw: _cells(raw, lambda rows: rows[:1]),
    "a row with a cell more": lambda raw: _cells(raw, lambda rows: [*rows, [*rows[-1], "MORE"]]),
    "its rows twice": lambda raw: _cells(raw, lambda rows: [*rows, *rows[1:]]),
    "line ends of CR only": lambda raw: raw.replace(b"\r\n", b"\r"),
    "mixed line ends": lambda raw: raw.replace(b"\r\n", b"\n", 1),
    "no line end at its end": lambda raw: raw.rstrip(b"\r\n"),
    "a quotation mark never closed": lambda raw: raw + b'"G82009,NEVER CLOSED\r\n',
    "a cell of a million letters": _last_cell("X" * 1_000_000),
    "a cell of 10,000 letters": _last_cell("X" * 10_000),
    "an order to a terminal": _last_cell("\x1b]0;owned\x07\x1b[2J"),
    "an order in one letter": _last_cell("\x9b2J"),
    "letters that turn the writing": _last_cell("SURGERY \u202egpj.exe"),
    "letters without width": _last_cell("SUR\u200bGE\u200dRY\u2060"),
    "a mark of direction": _last_cell("SUR\u200fGERY"),
    "a line's separator": _last_cell("SUR\u2028GERY"),
    "a letter beyond": _last_cell("SUR\U000e0041GERY"),
    "a formula": _last_cell('=HYPERLINK("http://evil.example","SURGERY")'),
    "a formula as its code": _last_cell("=1+1", 0),
    "a code in letters that look the same": _last_cell("G8200\u0663", 0),
    "a path as its code": _last_cell("../../../etc/passwd", 0),
    "a line end in a cell": _last_cell("SUR\nGERY"),
    "days that are none": _with_days("2025-02-30"),
    "days of the year 1": _with_days("0001-01-01"),
    "days of the year 9999": _with_days("9999-12-31"),
    "days of 2099": _with_days("2099-12-31"),
    "days that are still to come": _with_days("2027-12-31"),
    "days with the month first": _with_days("12/31/2025"),
    "days before all": _with_days("1801-01-01"),
}
"""Harm to a table of comma-separated values."""

OF_XML: dict[str, Harm] = {
    "an entity of its own": lambda raw: raw.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>', 1).replace(
        b"THE LIMES", b"&a;"
    ),
    "entities in one another": lambda raw: raw.replace(
        b"?>", b'?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>', 1
    ).replace(b"THE LIMES", b"&c;"),
    "a file as an entity": lambda raw: raw.replace(
        b"?>", b'?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1
    ).replace(b"THE LIMES", b"&a;"),
    "a DTD elsewhere": lambda raw: raw.replace(
        b"?>", b'?><!DOCTYPE x SYSTEM "http://evil.example/x.dtd">', 1
    ).replace(b"THE LIMES", b"THE &limes; LIMES"),
    "elements without end": lambda raw: raw.replace(
        b"<Organisations>", b"<Organisations>" + b"<a>" * 100_000
    ),
    "an attribute of a million letters": lambda raw: raw.replace(b'refOnly="', b"").replace(
        b'orgRecordClass="RC1"', b'orgRecordClass="' + b"R" * 1_000_000 + b'"', 1
    ),
    "a text of a million letters": lambda raw: raw.replace(b"THE LIMES", b"X" * 1_000_000),
    "a number of records that is none": lambda raw: raw.replace(
        b'RecordCount value="7"', 'RecordCount value="²"'.encode()
    ),
    "a number of records without end": lambda raw: raw.replace(
        b'RecordCount value="7"', b'RecordCount value="' + b"7" * 9000 + b'"'
    ),
    "another number of records": lambda raw: raw.replace(b'RecordCount value="7"', b'RecordCount value="70"'),
    "no body at all": lambda raw: (
        raw[: raw.index(b"<Organisation ")].replace(b'value="7"', b'value="0"')
        + b"</Organisations></HSCOrgRefData:OrgRefData>"
    ),
    "an element never closed": lambda raw: raw.replace(b"</Name>", b"", 1),
    "rubbish behind its end": lambda raw: raw + b"<more/>",
    "an order to a terminal": lambda raw: raw.replace(b"THE LIMES", "\x9b2J".encode()),
    "a name that turns the writing": lambda raw: raw.replace(b"THE LIMES", "\u202eTHE LIMES".encode()),
    "a relation of such letters": lambda raw: raw.replace(b'"RE4"', '"\u202eRE4"'.encode()),
    "a target of such letters": lambda raw: raw.replace(b'extension="91Q"', 'extension="\u202e91Q"'.encode()),
    "a role without end": lambda raw: raw.replace(b'id="RO76"', b'id="' + b"R" * 100_000 + b'"'),
    "no day of publication": lambda raw: raw.replace(b"<PublicationDate", b"<Elsewhen"),
    "a day of publication to come": lambda raw: raw.replace(
        b'PublicationDate value="2025', b'PublicationDate value="2099'
    ),
    "days of 2099": lambda raw: raw.replace(b'Start value="2020-04-01"', b'Start value="2099-04-01"'),
    "days that are none": lambda raw: raw.replace(b'Start value="2020-04-01"', b'Start value="2020-02-31"'),
    "closed before it opened": lambda raw: raw.replace(b'End value="2025-12-31"', b'End value="2019-12-31"'),
    "a body twice": lambda raw: raw.replace(b"G82002", b"G82001"),
    "a code in lower case": lambda raw: raw.replace(b"G82002", b"g82002"),
    "a comment with a body": lambda raw: raw.replace(
        b"</Organisation>\n", b"</Organisation>\n<!--<Organisation>-->\n", 1
    ),
    "an encoding that is none": lambda raw: raw.replace(b"UTF-8", b"X-EVIL"),
    "UTF-7": lambda raw: raw.replace(b"UTF-8", b"UTF-7"),
}
"""Harm to the register in XML."""

OF_JSON: dict[str, Harm] = {
    "brackets without end": lambda raw: b"[" * 200_000,
    "braces without end": lambda raw: b'{"a":' * 200_000,
    "a number without end": lambda raw: raw.replace(
        b'"name"', b'"number": ' + b"9" * 9000 + b', "name"'
    ).replace(b'"Name"', b'"Number": ' + b"9" * 9000 + b', "Name"'),
    "numbers that are none": lambda raw: raw.replace(b'"name"', b'"x": NaN, "y": 1e999, "name"').replace(
        b'"Name"', b'"x": NaN, "y": -Infinity, "Name"'
    ),
    "a key twice": lambda raw: raw.replace(b'"name":', b'"name": "OTHER", "name":').replace(
        b'"Name":', b'"Name": "OTHER", "Name":'
    ),
    "a number for a name": lambda raw: _renamed(raw, b"12"),
    "a list for a name": lambda raw: _renamed(raw, b"[[]]"),
    "half a letter": lambda raw: _renamed(raw, b'"\\ud800"'),
    "an order to a terminal": lambda raw: _renamed(raw, b'"\\u001b[2J"'),
    "an order in one letter": lambda raw: _renamed(raw, b'"\\u009b2J"'),
    "a name of a million letters": lambda raw: _renamed(raw, b'"' + b"X" * 1_000_000 + b'"'),
    "a code in lower case": lambda raw: raw.replace(b"G82001", b"g82001").replace(b"U00001", b"u00001"),
    "a path as its code": lambda raw: raw.replace(b"G82001", b"../G8").replace(b"U00001", b"../../x"),
    "a formula as its code": lambda raw: raw.replace(b"G82001", b"=1+1").replace(b"U00001", b"=1+1"),
    "a list for a code": lambda raw: raw.replace(b'"G82001"', b"[1]").replace(b'"U00001"', b"{}"),
    "nothing for a code": lambda raw: raw.replace(b'"G82001"', b"null").replace(b'"U00001"', b"null"),
    "days of 2099": lambda raw: raw.replace(b'"2020-04-01', b'"2099-04-01'),
    "days that are none": lambda raw: raw.replace(b'"2020-04-01', b'"2020-02-31'),
    "closed before it opened": lambda raw: raw.replace(b'"2025-12-31', b'"2019-12-31'),
    "changed on a day to come": lambda raw: raw.replace(b'"2026-0', b'"2099-0'),
    "an empty list": lambda raw: b"[]",
    "an empty object": lambda raw: b"{}",
    "a text alone": lambda raw: b'"G82001"',
    "null": lambda raw: b"null",
    "its lines in UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "with a mark of order": lambda raw: b"\xef\xbb\xbf" + raw,
}
"""Harm to JSON."""


def _renamed(raw: bytes, name: bytes) -> bytes:
    for old in (b'"THE LIME TREES"', b'"SHORE PCN"'):
        raw = raw.replace(old, name)
    return raw


def in_a_zip(name: str, raw: bytes, how: int = zipfile.ZIP_DEFLATED, **more: bytes) -> bytes:
    """A zip with a file of this name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as packed:
        for one, content in {name: raw, **more}.items():
            packed.writestr(one, content)
    return out.getvalue()


def _twice(raw: bytes) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as packed:
        warnings.simplefilter("ignore")
        packed.writestr("a.csv", raw[: len(raw) // 2])
        packed.writestr("a.csv", raw)
    return out.getvalue()


def _wrong_sum(raw: bytes) -> bytes:
    place = raw.index(b"PK\1\2") + 16
    return raw[:place] + b"\1\2\3\4" + raw[place + 4 :]


def _wrong_size(raw: bytes) -> bytes:
    place = raw.index(b"PK\1\2") + 24
    return raw[:place] + b"\x20\0\0\0" + raw[place + 4 :]


def _locked(raw: bytes) -> bytes:
    place = raw.index(b"PK\1\2") + 8
    return raw[:6] + b"\1\0" + raw[8:place] + b"\1\0" + raw[place + 2 :]


def _method(raw: bytes) -> bytes:
    place = raw.index(b"PK\1\2") + 10
    return raw[:8] + b"\x63\0" + raw[10:place] + b"\x63\0" + raw[place + 2 :]


def _turned(raw: bytes) -> bytes:
    place = raw.index(b"PK\1\2") // 2 + 20
    return raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :]


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        link = zipfile.ZipInfo("epraccur.csv")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    return out.getvalue()


def harms(name: str, raw: bytes, chance: Random, many: int = PLACES) -> Iterator[tuple[str, bytes]]:
    """Every harm to a file of this name: what is done to it, and the file then."""
    kinds = dict(OF_BYTES)
    if name.endswith(".csv"):
        kinds |= OF_TEXT | OF_TABLES
    if name.endswith(".json"):
        kinds |= OF_TEXT | OF_JSON
    if name.endswith(".xml"):
        kinds |= OF_TEXT | OF_XML
    yield from cuts(raw, chance, many)
    for what, harm in kinds.items():
        yield what, harm(raw)
