"""For whom an answer does not hold: the people whom the law takes out of the rule by list or residence."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.vocabulary import id_of, populations
from orgmap.queries.answers import sources_json
from orgmap.queries.commissioning.rule_reach import SOME
from orgmap.queries.commissioning.rules import ServiceRules
from orgmap.queries.place.context import Setting, named
from orgmap.queries.structure.hierarchy import Chains

LISTED = ("list_and_unregistered", "own_list")
"""Populations that depend on where a person is registered, not on where they live."""

TAKEN_OUT = (id_of("care", "prison_healthcare"), id_of("care", "armed_forces_hospital_care"))
"""Services whose people are taken out of the rule by list, in the order in which the law asks: detained? forces?"""


def otherwise(chains: Chains, setting: Setting, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who commissions for people whom a list-based answer leaves out; empty where the answer is not list-based.

    Rows have `population`, `commissioner` (None where it depends on something that was not asked),
    `basis` and `sources`, in the order in which the law decides.
    """
    listed = [one for one in answers if one["fact"]["population"] in LISTED and one["basis"] == "statutory"]
    if not listed or any(one["fact"]["about"] in TAKEN_OUT for one in answers):
        return []
    rows: list[dict[str, Any]] = []
    for service in TAKEN_OUT:
        for rule in ServiceRules.of(chains.store).own(service):
            if not rule.period.holds(setting.at) or rule.status != "in_force" or ":" not in rule.commissioner:
                continue
            sources = chains.sources(rule.source.split())
            unsure = {"note": SOME} if rule.coverage == "not_known" else {}
            rows.append(
                {
                    **unsure,
                    "population": populations()[rule.population or "not_stated"].label,
                    "commissioner": named(
                        chains.entities({rule.commissioner}, setting.at), rule.commissioner
                    ),
                    "basis": rule.basis,
                    "sources": sources_json(sources, [(source, "") for source in rule.source.split()]),
                }
            )
    if not setting.registered:
        rows.append(
            {
                "population": "people who live here and are on the list of a practice elsewhere",
                "commissioner": None,
                "basis": "statutory",
                "note": "The commissioner of that practice: ask with its code.",
                "sources": [],
            }
        )
    return rows
