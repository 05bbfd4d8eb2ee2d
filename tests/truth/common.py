"""Questions that many tables ask: which body has a code, what it is called, and what it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orgmap.graphmodel.stores.sqlite import SqliteStore
from tests.truth.asking import bare_name, bodies, gss_of, gss_on, up
from tests.truth.comparing import Comparison, Explain, LeftOut, Picked, Row, Rows, not_explained
from tests.truth.published import rows_of

Source = Callable[[], list[dict[str, str]]]

NO_SUCH_CODE = ("", "#N/A", "?")


def source(table: str, *columns: str) -> Source:
    """The rows of a table, read when they are asked for."""
    return partial(rows_of, table, *columns)


def by_code(store: SqliteStore, at: str, prefixes: tuple[str, ...], code: str) -> str:
    """`list KIND --at DAY`: the id of the body that has a GSS or ODS code on that day, blank if none has."""
    if code[:1] in "EW" and code[1:].isdigit() and len(code) == 9:
        return gss_on(store, at, *prefixes).get(code, "")
    for prefix in prefixes:
        if f"{prefix}:{code}" in bodies(store, prefix, at):
            return f"{prefix}:{code}"
    return ""


def code_like(store: SqliteStore, at: str, body: str, sample: str) -> str:
    """The code of a body on a day, in the scheme of a sample code."""
    if sample[:1] in "EW" and sample[1:].isdigit() and len(sample) == 9:
        return gss_of(store, at, body.partition(":")[0]).get(body, "")
    return body.partition(":")[2]


def two_codes(
    rows: Source, at: str, prefixes: tuple[str, ...], one: str, other: str, store: SqliteStore, picked: Picked
) -> Rows:
    """Whether the body with one code has the other code, too."""
    for row in picked.of(rows()):
        if row[one] in NO_SUCH_CODE or _elsewhere(row[one]):
            yield LeftOut("the row names no body in England")
            continue
        body = by_code(store, at, prefixes, row[one])
        yield Row(row[one], row[other], code_like(store, at, body, row[other]) if body else "")


def _elsewhere(code: str) -> bool:
    """Whether a code is one of Wales, Scotland, Northern Ireland or an island."""
    return (len(code) == 9 and code[0] != "E") or code.startswith(("ZB", "ZC"))


def names(
    rows: Source, at: str, prefixes: tuple[str, ...], code: str, name: str, store: SqliteStore, picked: Picked
) -> Rows:
    """What the body with a code is called on that day, but for case, punctuation and the words for its kind."""
    for row in picked.of(rows()):
        if row[code] in NO_SUCH_CODE or _elsewhere(row[code]):
            yield LeftOut("the row names no body in England")
            continue
        body = by_code(store, at, prefixes, row[code])
        ours = str(bodies(store, body.partition(":")[0], at)[body]["name"] or "") if body else ""
        yield Row(row[code], row[name], row[name] if bare_name(ours) == bare_name(row[name]) else ours)


def parents(
    rows: Source,
    at: str,
    child: tuple[str, tuple[str, ...]],
    parent: tuple[str, tuple[str, ...]],
    store: SqliteStore,
    picked: Picked,
) -> Rows:
    """What a body belongs to on that day, as `show` tells it; through one step between if need be."""
    for row in picked.of(rows()):
        if row[child[0]] in NO_SUCH_CODE or row[parent[0]] in NO_SUCH_CODE:
            yield LeftOut("the row names no pair of bodies")
            continue
        body = by_code(store, at, child[1], row[child[0]])
        found = above(store, body, at, parent[1]) if body else []
        ours = " ".join(code_like(store, at, one, row[parent[0]]) for one in found)
        yield Row(row[child[0]], row[parent[0]], ours)


def above(store: SqliteStore, body: str, at: str, prefixes: tuple[str, ...]) -> list[str]:
    """The bodies of these kinds that a body belongs to on a day, the nearest ones."""
    waiting = [body]
    for _ in range(4):
        found = sorted({one for each in waiting for one in up(store, each, at, *prefixes).split()})
        if found:
            return found
        waiting = sorted({one for each in waiting for one in up(store, each, at, *_BETWEEN).split()})
    return []


_BETWEEN = ("at", "ato", "lo", "stp", "icb", "sicbl", "sha", "council")


def codes_and_names(
    table: str,
    at: str,
    prefixes: tuple[str, ...],
    code: str,
    name: str,
    other: str = "",
    columns: tuple[str, ...] = (),
    floor: float = 1.0,
    explain: Explain = not_explained,
) -> list[Comparison]:
    """A table of names and codes: one comparison for the names, one for the two codes if there are two."""
    rows = source(table, *columns)
    made = [
        Comparison(table, f"name on {at}", floor, partial(names, rows, at, prefixes, code, name), explain)
    ]
    if other:
        made.append(
            Comparison(
                table,
                f"both codes on {at}",
                1.0,
                partial(two_codes, rows, at, prefixes, code, other),
            )
        )
    return made


def belongs(
    table: str,
    at: str,
    child: str,
    below: tuple[str, ...],
    parent: str,
    upper: tuple[str, ...],
    floor: float = 1.0,
    columns: tuple[str, ...] = (),
    explain: Explain = not_explained,
) -> Comparison:
    """A look-up from bodies to what they belong to."""
    rows = source(table, *columns)
    return Comparison(
        table,
        f"{child} → {parent} on {at}",
        floor,
        partial(parents, rows, at, (child, below), (parent, upper)),
        explain,
    )
