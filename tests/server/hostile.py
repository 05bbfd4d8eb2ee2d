"""Requests that mean harm: paths, parameters, headers and bodies, put together by chance."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from tests.fuzz.words import DAYS, HOSTILE, KINDS, PLACES

PATHS = """/ /id/ /id/ccg:10E /id/source: /id/place: /id/a/b/c /id/ccg:10E/part_of/at:Q67 /bulk /bulk/x /bulk/x.csv
/bulk/../app.py /reconcile /reconcile/suggest/entity /reconcile/flyout/entity /reconcile/preview /reconcile/properties
/api /api/ /api/find /api/who /api/list /api/diff /api/stated /api/cite /api/crosswalk /api/annotate /api/handover
/bulk/for/rollup /bulk/for/x /api/openapi.json
/static/../served.py /static/%2e%2e/%2e%2e/etc/passwd /../../etc/passwd /id/%2e%2e%2f%2e%2e%2fetc%2fpasswd //etc/passwd
/health /robots.txt /explore /.git/config /id/file:///etc/passwd /%00 /id/%ff /id/reform:2013 /x""".split()

NAMES = """place at kind include as-known-on service for and text limit body back forward about within before after name
from-kind from-day to-kind to-day by until in topic where count-by fact format q id prefix queries extend column
at-column to-day encoding store tables explain file token frob""".split()

VALUES = [
    *PLACES,
    *DAYS,
    *KINDS,
    *HOSTILE,
    *"../../etc/passwd file:///etc/passwd {{7*7}} ${jndi:ldap://x} %s%n ' OR 1=1 -- <script>alert(1)</script>".split(
        " "
    ),
    "json",
    "csv",
    "xml",
    "planned",
    "true",
    "-1",
    "99999999999999999999",
    "1e999",
    "NaN",
    "",
    " ",
    "x" * 900,
    "x" * 5000,
    '{"q0":{"query":"Kent"}}',
    '{"ids":["ccg:10E"],"properties":[{"id":"region"}]}',
    "[" * 500,
    '{"q":{"query":"\\ud800"}}',
    "utf-16",
    "rot13",
    "zlib_codec",
    "idna",
    "raw_unicode_escape",
    "\u202e",
    "\ufeff",
    "e\u0301" * 50,
    "\n\r\n",
    "\t",
]

HEADERS = [
    ("accept", "*/*"),
    ("accept", "text/turtle"),
    ("accept", "text/html;q=x"),
    ("accept", ",,;;=,"),
    ("accept", "a" * 3000),
    ("if-none-match", "*"),
    ("if-none-match", 'W/"x", "y"'),
    ("host", "evil.example"),
    ("host", "<script>"),
    ("content-type", "application/x-www-form-urlencoded"),
    ("content-type", "multipart/form-data; boundary=x"),
    ("content-type", "multipart/form-data"),
    ("content-type", "text/csv"),
    ("content-type", "application/json"),
    ("x-forwarded-for", "1.2.3.4, evil"),
    ("x-http-method-override", "DELETE"),
    ("prefer", "respond-async"),
    ("cookie", "session=1"),
    ("range", "bytes=0-1"),
    ("transfer-encoding", "chunked"),
    ("origin", "null"),
]

BODIES = [
    b"",
    b"\x00" * 50,
    b"a,b\n1,2\n",
    b"postcode\nCT9 1AA\n",
    b'{"a":1}',
    b"queries=%7B%7D",
    b"queries=[",
    b"extend={}",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../x"\r\n\r\na\n1\n\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="column"\r\n\r\n\xff\xfe\r\n--x--\r\n',
    b"--x",
    b"--x\r\n\r\n",
    b'"' * 3000,
    "postcode\n=1+1\nLondon\nİ\n".encode("utf-16"),
    b"\xff\xfe\xfd",
    b"a" * 70_000,
]


class Harm(NamedTuple):
    """One request."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes


def harm(chance: Random) -> Harm:
    """A request put together by chance: half of them nearly right."""
    path = chance.choice(PATHS)
    if chance.random() < 0.2:
        path += "/" + "".join(chance.choice("abc:/.%25~ é") for _ in range(chance.randrange(12)))
    method = chance.choices(
        "GET POST HEAD PUT DELETE PATCH OPTIONS TRACE FROB".split(), [60, 20, 4, 3, 4, 2, 3, 1, 1]
    )[0]
    query = [
        (chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 5)))
    ]
    headers = dict(chance.sample(HEADERS, chance.choice((0, 0, 1, 2, 3))))
    body = chance.choice(BODIES) if method in ("POST", "PUT", "PATCH") else b""
    return Harm(method, path, query, headers, body)


def faults(response: Any) -> list[str]:
    """What no answer may do, whatever was asked."""
    text = response.content.decode("utf-8", "replace")
    found = []
    if response.status_code >= 500:
        found.append(f"it answered {response.status_code}")
    for word in ("Traceback", "root:x:0", "site-packages", "sqlite3.", "[core]", "ORGMAP_NEO4J"):
        if word in text:
            found.append(f"it tells {word}")
    if "set-cookie" in response.headers:
        found.append("it sets a cookie")
    for name in ("content-security-policy", "x-content-type-options"):
        if name not in response.headers:
            found.append(f"it lacks {name}")
    if response.headers.get("content-type", "").startswith("text/html") and "<script" in text:
        found.append("a script stands in it")
    if len(response.content) > 3_000_000:
        found.append("it is larger than anything asked for")
    return found
