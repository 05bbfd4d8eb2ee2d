"""Where the postcodes of an outcode lie, for the explorer's page: it holds none itself, and asks for one outcode."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from orgmap.graph import Graph
from orgmap.graphmodel.errors import NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.store import PostcodeRow
from orgmap.graphmodel.text import as_outcode, country_of_postcode
from orgmap.queries.place.location import neighbourhoods, postcode_place
from orgmap.server.api import Handler
from orgmap.server.problems import problem_of
from orgmap.server.served import Served
from orgmap.server.workers import Busy

ENDS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters with which a postcode may end."""


def postcode_shards(graph: Graph, rows: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each outcode its postcodes: `at` tells for the inward half which of the `lists` it has: areas with shares,
    in which years it was in use, and what must be said of it."""
    by_outcode: dict[str, list[tuple[str, PostcodeRow]]] = {}
    for outcode, inwards, *words in rows:
        by_outcode.setdefault(outcode, []).append((inwards, PostcodeRow(*words)))
    neighbourhoods(graph.store).expect(
        {row.code for one in by_outcode.values() for _, row in one if row.code}
    )
    for outcode, found in sorted(by_outcode.items()):
        lists: dict[str, int] = {}
        at: dict[str, int] = {}
        for inwards, row in found:
            said = json.dumps(_lying(graph, row))
            number = lists.setdefault(said, len(lists))
            at |= dict.fromkeys(inwards.split(), number)
        yield outcode, {"lists": [json.loads(one) for one in lists], "at": dict(sorted(at.items()))}


def _lying(graph: Graph, row: PostcodeRow) -> dict[str, Any]:
    """Where the postcodes of a neighbourhood lie by the newest list, in the words of any of them."""
    seen = row.seen
    try:
        place = postcode_place(graph.store, THIS, row)
    except OrgmapError as error:
        return {"parts": [], "seen": seen, "note": _this(str(error))}
    parts = [[area, round(share, 5)] for area, share in place.parts]
    notes = [_this(note) for note in place.notes]
    if row.moved:
        notes.append(f"Lists before {row.moved[-1]} have it elsewhere; this is where it lies since.")
    return {"parts": parts, "seen": seen, **({"note": " ".join(notes)} if notes else {})}


THIS = "ZZ99ZZ"
"""Stands for any postcode until its note is written."""


def _this(note: str) -> str:
    return re.sub(r"ZZ9 ?9ZZ", "This postcode", note)


def shard_of(graph: Graph, outcode: str) -> dict[str, Any]:
    """The postcodes of one outcode. Raises `NothingFound`, in the words for any of them, if it has none in England."""
    inwards = ["".join(one) for one in product("0123456789", ENDS, ENDS)]
    found = graph.store.postcodes([outcode + inward for inward in inwards])
    rows = [(outcode, postcode[len(outcode) :], *row) for postcode, row in found.items()]
    if not rows and (country := country_of_postcode(outcode)):
        raise NothingFound(f"This postcode is not in England: its letters belong to {country}.")
    for _, shard in postcode_shards(graph, rows):
        return shard
    raise NothingFound("Postcode not known: this postcode is in none of the lists of English postcodes.")


def lying(served: Served) -> Handler:
    """The handler that tells the explorer's page of the postcodes of an outcode."""

    async def lie(request: Request) -> Response:
        outcode = as_outcode(request.path_params["outcode"])
        if outcode is None:
            return problem_of(WrongUse("That is not the first half of a postcode, like CT9."), 400)
        if unchanged := served.unchanged(request, "json"):
            return unchanged
        try:
            shard = await served.workers.ask(lambda graph: shard_of(graph, outcode))
        except (OrgmapError, Busy) as error:
            return problem_of(error)
        return JSONResponse(shard, headers=served.headers("json"))

    return lie
