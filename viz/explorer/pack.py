"""The data of the page, part by part: what it reads at once, and what it reads when it is first needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

from orgmap.graphmodel.store import Store
from orgmap.queries.commissioning.services import SCOPE
from orgmap.viz.explorer.asked import asked_json
from orgmap.viz.explorer.boards import boards_json
from orgmap.viz.explorer.bodies import Packed, bodies_json, codes_json, names_json, stages_json
from orgmap.viz.explorer.cases import cases_json
from orgmap.viz.explorer.columns import Json
from orgmap.viz.explorer.facts import (
    all_relations,
    changes_json,
    of_lists,
    plans_json,
    reforms_json,
    relations_json,
    services_json,
    steps_json,
)
from orgmap.viz.explorer.ground import Holders, areas_json, holders_json
from orgmap.viz.explorer.layers import topology_part
from orgmap.viz.explorer.named import places_part
from orgmap.viz.explorer.practices import practices_part, standing_json
from orgmap.viz.explorer.steps_due import due_json
from orgmap.viz.explorer.vocabulary import known_to, meta, words
from orgmap.viz.explorer.walks import walks_json

PARTS = ("main", "topology", "places", "practices")
"""The parts of the pack, in the order in which the page reads them."""

Say = Callable[[str], object]


def packs(store: Store, version: str = "", say: Say = lambda _: None) -> dict[str, Json]:
    """Everything that the page needs of a store; `say` is told what is being done.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     sorted(packs(store))
    ['main', 'places', 'practices', 'topology']
    """
    say("reading the bodies")
    packed = Packed.of(store)
    areas = sorted(store.populations())
    relations = all_relations(store)
    lists = frozenset(one.id for one in packed.practices)
    say("asking what has a role for each place, on every day")
    holders = Holders(packed)
    ground = areas_json(packed, holders)
    say("drawing the layers of the map")
    topology = topology_part(packed)
    say("reading the places")
    places = places_part(packed, areas, known_to(store))
    say("reading the practices")
    practices = practices_part(packed, [one for one in relations if of_lists(one, lists)], areas)
    services = services_json(packed)
    main = {
        **words(),
        **services,
        **changes_json(packed),
        "scope": SCOPE,
        "bodies": bodies_json(packed, packed.bodies),
        "names": names_json(packed, packed.bodies),
        "codes": codes_json(packed, packed.bodies),
        "stages": stages_json(packed),
        "relations": relations_json(packed, [one for one in relations if not of_lists(one, lists)]),
        "accountability": steps_json(packed),
        "boards": boards_json(packed),
        "cases": cases_json(packed),
        "due": due_json(packed),
        **walks_json(packed, services["rules"]),
        "areas": {**ground, **holders_json(holders)},
        "standing": standing_json(packed, areas),
        "reforms": reforms_json(packed),
        "plans": plans_json(packed),
        "asked": asked_json(),
        "sources": packed.cited.sources_json(),
        "cited": packed.cited.to_json(),
    }
    found: dict[str, Json] = {"topology": topology, "places": places, "practices": practices}
    mark = sha256(b"".join(as_bytes(part) for part in (main, *found.values()))).hexdigest()
    return {"main": {"meta": meta(store, mark, version), **main}, **found}


def as_bytes(part: Json) -> bytes:
    """A part as it is written.

    >>> as_bytes({"a": [1, None, "é"]})
    b'{"a":[1,null,"\\xc3\\xa9"]}'
    """
    return json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()
