"""What a release does not list although it was there on its day: nothing ends by that, but a file may be cut off."""

from __future__ import annotations

from orgmap.loaders.releases.formats import PublishedFormat
from orgmap.loaders.releases.kept import Loaded, Release
from orgmap.loaders.releases.lists.registered import sizes_of
from orgmap.loaders.releases.register import CodedBodies

IN_FORCE = "in_force"


def missing_bodies(
    register: CodedBodies, form: PublishedFormat, dataset: str, release: Release, there: set[str]
) -> tuple[int, int]:
    """How many of the bodies that are open on the release's day it does not list, and how many these are in all."""
    if release.family.holds_changes:
        return 0, 0
    here = [
        body
        for body, row in register.bodies.items()
        if row["kind"] in form.kinds
        and register.datasets[body] == dataset
        and body in register.code_of
        and register.life(body).holds(release.as_of)
    ]
    return sum(body not in there for body in here), len(here)


def missing_stays(register: CodedBodies, form: PublishedFormat, loaded: Loaded) -> tuple[int, int]:
    """Of how many bodies with such a stay on the release's day it lists none, and how many these are in all."""
    if loaded.release.family.holds_changes:
        return 0, 0
    listed, day = {row.code.split()[0] for row in loaded.listed()}, loaded.release.as_of
    here = {
        body
        for body, row in register.bodies.items()
        if row["kind"] in form.kinds and body in register.code_of and register.life(body).holds(day)
        for tie in register.ties.get(body, ())
        if tie["subject"] == body
        and tie["verb"] == form.verb
        and tie["status"] == IN_FORCE
        and tie["valid_from"] <= day < (tie["valid_until"] or "9999")
        and register.bodies[tie["object"]]["kind"] in form.kinds_above
    }
    return sum(register.code_of[body] not in listed for body in here), len(here)


def missing_rows(releases: list[Release], release: Release) -> tuple[int, int]:
    """How many rows fewer a release of the whole register has than the one before it, and how many that has."""
    before = [one for one in releases if one.order < release.order]
    in_all = before[-1].rows if before else 0
    return max(0, in_all - release.rows), in_all


def missing_lists(register: CodedBodies, form: PublishedFormat, loaded: Loaded) -> tuple[int, int]:
    """How many bodies that were open on a day have no list in a table of that day, and how many these are in all."""
    if not form.counts_people:
        return 0, 0
    here = [
        code
        for body, code in register.code_of.items()
        if register.bodies[body]["kind"] in form.kinds and register.life(body).holds(loaded.release.as_of)
    ]
    codes = {size.code for _, size in sizes_of(loaded.raw())}
    return sum(code not in codes for code in here), len(here)
