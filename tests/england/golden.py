"""The table of who commissions each service in five places on six days: written anew, to be read by eye.

`python -m tests.england.golden` writes `tests/england/who_commissions.csv`; a test holds the graph to it.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.queries.commissioning.who import who

FILE = Path(__file__).with_name("who_commissions.csv")
PLACES = ("Thanet", "Medway", "Newcastle upon Tyne", "Birmingham", "Isles of Scilly")
DAYS = ("2012-06-01", "2013-06-01", "2016-06-01", "2021-06-01", "2023-06-01", "2026-06-01")


def services(store: Store) -> list[str]:
    """The services that something is stated about: groups are left out."""
    return sorted({rule.service for rule in store.rules()})


def told(store: Store, service: str, place: str, at: str) -> str:
    """Who commissions, one answer after the other: body, basis, share of the place, mark of what is not verified."""
    answers = []
    for one in who(store, service, place, at)["answers"]:
        share = f" {one['share']:.0%}" if "share" in one else ""
        mark = {"yes": "", "partly": " (partly verified)", "no": " (not verified)"}[one["verified"]]
        unsure = (
            " (may not hold here)"
            if any("may not hold here" in note for note in one.get("notes", []))
            else ""
        )
        behalf = f" for {one['on_behalf_of'][0]['id']}" if one["on_behalf_of"] else ""
        answers.append(f"{one['commissioner']['id']} {one['basis']}{behalf}{share}{mark}{unsure}")
    return "; ".join(answers) or "not stated"


def table(store: Store) -> str:
    """The whole table as CSV: a row for each service and day, a column for each place."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["service", "at", *PLACES])
    for service in services(store):
        for at in DAYS:
            writer.writerow([service, at, *(told(store, service, place, at) for place in PLACES)])
    return text.getvalue()


if __name__ == "__main__":
    with open_store() as opened:
        FILE.write_text(table(opened), encoding="utf-8")
