"""The words of the page: kinds, roles, verbs, statuses, and what must be said of the data as a whole."""

from __future__ import annotations

from orgmap.graphmodel.dates import FIRST_DAY, today
from orgmap.graphmodel.naming import NEUTRAL_FIRST, NEUTRAL_LAST, SMALL
from orgmap.graphmodel.statuses import OPENED, STATUSES
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import term_rows
from orgmap.graphmodel.vocabulary import event_kinds, kinds, paired, populations, roles, verbs
from orgmap.queries.commissioning.exceptions import LISTED
from orgmap.queries.commissioning.steps import for_many
from orgmap.queries.coverage import abouts, last_horizon, last_planned_change
from orgmap.queries.plans.marks import plan_words
from orgmap.viz.explorer.columns import Json, day_number
from orgmap.viz.kit.page import ATTRIBUTION
from orgmap.viz.kit.palette import tiers

FORMAT = 1
"""The number of the pack's form: the page refuses another than its own."""

FIRST_DAY_OF_PLACES = "2010-04-01"
"""The first day on which the tables know who commissioned for a place."""

RELATIONS = ("yields_to", "forms_beside", "in_place_of")


def meta(store: Store, mark: str, version: str) -> Json:
    """What holds for the page as a whole: its days, how far each dataset reaches, whom it must name."""
    known = last_horizon(store)
    numbers = {kind: number for number, kind in enumerate(kinds())}
    return {
        "format": FORMAT,
        "hash": mark,
        "version": version,
        "today": day_number(today()),
        "knownTo": day_number(known_to(store)),
        "firstDay": day_number(FIRST_DAY),
        "firstDayOfPlaces": day_number(FIRST_DAY_OF_PLACES),
        "lastDay": day_number(f"{max(last_planned_change(store), known, today())[:4]}-12-31"),
        "horizons": [
            {
                "title": one.title,
                "horizon": day_number(one.horizon or None),
                "namesFrom": day_number(one.names_from or None),
                "kinds": [numbers[kind] for kind in one.kinds if kind in numbers],
            }
            for one in abouts(store)
        ],
        "attribution": list(ATTRIBUTION),
    }


def known_to(store: Store) -> str:
    """The last day for which the tables answer for today: today, or their horizon if it is over."""
    known = last_horizon(store)
    return min(today(), known) if known else today()


def words() -> Json:
    """Kinds, tiers, verbs, statuses, roles, kinds of change and populations, with what people call them."""
    labels = {kind.kind: kind.label for kind in kinds().values()}
    return {
        "kinds": [
            {
                "kind": kind.kind,
                "prefix": kind.prefix,
                "label": kind.label,
                "plural": kind.plural,
                "short": kind.short,
                "tier": kind.tier,
                "standing": kind.standing,
                "reach": kind.reach,
                "roles": kind.roles,
                "climbs": kind.climbs,
                "traits": sorted(kind.traits),
                "pairs": {
                    relation: others for relation in RELATIONS if (others := paired(kind.kind, relation))
                },
                "description": kind.description,
            }
            for kind in kinds().values()
        ],
        "tiers": {one.tier: {"label": one.label, "colour": one.colour} for one in tiers().values()},
        "verbs": {
            one.verb: {"forward": one.forward, "backward": one.backward, "many": for_many(one.forward)}
            for one in verbs().values()
        },
        "statuses": {status: plan_words(status).replace("_", " ") for status in STATUSES},
        "opened": OPENED,
        "roles": [
            {
                "role": one.role,
                "label": labels.get(one.role, one.role.replace("_", " ")),
                "side": one.side,
                "meaning": one.meaning,
            }
            for one in roles().values()
        ],
        "changeWords": {
            one.kind: {"label": one.label, "ends": one.ends == "yes", "description": one.description}
            for one in event_kinds().values()
        },
        "folding": _folding(),
        "populations": {one.population: one.label for one in populations().values()},
        "byList": list(LISTED),
        "ofSome": [one.population for one in populations().values() if one.part],
    }


def _folding() -> Json:
    """The tables by which names are compared: words that only tell a kind, short words, ways of writing a place."""
    by_prefix = {kind.prefix: kind.kind for kind in reversed(kinds().values())}
    return {
        "kindWords": [
            [words, short, [by_prefix[prefix] for prefix in prefixes.split()], where]
            for words, short, prefixes, where in term_rows("kind_words.csv")
        ],
        "shortWords": [[short, long] for short, long in term_rows("short_words.csv")],
        "placeWords": [[typed, read, where] for typed, read, where, _ in term_rows("place_words.csv")],
        "neutralFirst": sorted(NEUTRAL_FIRST),
        "neutralLast": sorted(NEUTRAL_LAST),
        "small": sorted(SMALL),
    }
