"""The primary care networks since 2019, the practices in them, and the commissioners they lie under."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.lives import commissioner_lives, group_successions
from orgmap.loaders.compile.integrated_care.april_2026 import frimley_moves
from orgmap.loaders.compile.practices.networks import (
    NETWORK_EDITIONS,
    practices_moved,
    read_networks,
    read_partners,
)
from orgmap.loaders.compile.practices.practices import passed_on
from orgmap.loaders.compile.practices.register import EDITIONS, Record, add_names, listed_life, read_records
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.releases.lists.network_stays import Partner, network_stays
from orgmap.loaders.releases.stays import Edition, PracticeSuccessor, Predecessor, Rules, Stay, facts, follow

BEFORE_NETWORKS = next(edition for edition in EDITIONS if edition.source == "ods-epraccur-2019-08")
"""The last edition of the practice register before the networks began."""

REGISTER_OPENS = "2019-10-01"
CONTRACT_NOTE = "opened in the register on 2019-10-01; the network contract began on 2019-07-01"


def compile_dataset(published: Path) -> Compiled:
    """Compiles the networks from three editions of epcn."""
    newest = NETWORK_EDITIONS[-1]
    dataset = Compiled("primary_care_networks", as_of=newest.as_of, horizon=newest.as_of)
    practices = read_records(published)
    partners = {edition: read_partners(published, edition) for edition in NETWORK_EDITIONS}
    successions = group_successions(published)
    rules = Rules(
        lives=commissioner_lives(published),
        successions=successions,
        predecessor=_predecessors(partners[NETWORK_EDITIONS[-1]], practices, successions),
        predecessor_by="most of its practices",
        predecessor_source=BEFORE_NETWORKS.source,
        successions_source="ods-ccg-successions",
    )
    moves = frimley_moves(published, "pcns")
    lives: dict[str, Period] = {}
    for code, record in sorted(_records(published, partners, practices).items()):
        lives[code] = listed_life(record)
        _add_network(dataset, code, record, lives[code])
        _add_commissioners(dataset, code, record, rules, moves.get(code))
    for practice, seen in sorted(_partners_by_practice(partners).items()):
        _add_memberships(dataset, practice, seen, listed_life(practices[practice]), lives)
    return dataset


def _records(
    published: Path, partners: dict[Edition, list[Partner]], practices: dict[str, Record]
) -> dict[str, Record]:
    """What each edition says of each network, its own code standing for its place.

    A network's opening is the newest edition's; its move to another commissioner is its practices' move.
    """
    networks: dict[str, Record] = defaultdict(list)
    for edition in NETWORK_EDITIONS:
        for code, listing in read_networks(published, edition).items():
            moved = practices_moved(code, listing, partners[edition], practices, edition.as_of)
            networks[code].append((edition, listing._replace(postcode=code, joined=moved)))
    return {
        code: [(edition, listing._replace(opened=record[-1][1].opened)) for edition, listing in record]
        for code, record in networks.items()
    }


def _predecessors(
    partners: list[Partner], practices: dict[str, Record], successions: dict[str, PracticeSuccessor]
) -> Predecessor:
    """A function that tells under which group most of a network's practices were before its commissioner began."""
    members: dict[str, list[str]] = defaultdict(list)
    for partner in partners:
        members[partner.network].append(partner.practice)

    def predecessor(code: str, network: str) -> str | None:
        groups = Counter(
            listing.commissioner
            for practice in members[network]
            for edition, listing in practices[practice]
            if edition == BEFORE_NETWORKS
        )
        fitting = [group for group in groups if group in successions and successions[group].code == code]
        return min(fitting, key=lambda group: (-groups[group], group), default=None)

    return predecessor


def _add_network(dataset: Compiled, code: str, record: Record, life: Period) -> None:
    """Adds a network with its names."""
    source, network = record[-1][0].source, f"pcn:{code}"
    name = add_names(dataset, network, record, life)
    note = CONTRACT_NOTE if life.valid_from == REGISTER_OPENS else ""
    dataset.add_entity(network, "primary_care_network", name, source, life, note=note)
    dataset.add_code(network, "ods", code, source)


def _add_commissioners(
    dataset: Compiled, code: str, record: Record, rules: Rules, successor: str | None = None
) -> None:
    """Adds the groups and sub-ICB locations that the network lay under; `successor` got it from NHS Frimley."""
    stays: list[Stay] = []
    seen_to = ""
    for edition, listing in record:
        stays = follow(stays, seen_to, edition, listing, rules)
        if len(stays) > 1 and stays[-1].valid_from == listing.joined:
            before = stays[-2].code
            if before not in rules.successions or rules.successions[before].date != listing.joined:
                stays[-1] = stays[-1]._replace(note="dated by the move of most of its practices")
        seen_to = edition.as_of
    for fact in facts(passed_on(stays, successor), listed_life(record), rules):
        dataset.add_link(f"pcn:{code}", "part_of", fact.body, fact.basis, fact.source, fact, note=fact.note)


def _partners_by_practice(
    partners: dict[Edition, list[Partner]],
) -> dict[str, list[tuple[Edition, list[Partner]]]]:
    """Each practice's rows in every edition, in order of time; an edition without it has no rows."""
    practices = sorted({partner.practice for rows in partners.values() for partner in rows})
    by_edition: dict[Edition, dict[str, list[Partner]]] = {}
    for edition, rows in partners.items():
        by_edition[edition] = defaultdict(list)
        for row in rows:
            by_edition[edition][row.practice].append(row)
    return {
        practice: [(edition, by_edition[edition].get(practice, [])) for edition in NETWORK_EDITIONS]
        for practice in practices
    }


def _add_memberships(
    dataset: Compiled,
    practice: str,
    seen: list[tuple[Edition, list[Partner]]],
    life: Period,
    networks: dict[str, Period],
) -> None:
    """Adds a practice's memberships of networks, within its own life and the networks'."""
    for stay in network_stays(seen, life):
        if (within := stay.within(life, networks[stay.network])) is None:
            continue
        ends = (f"practice:{practice}", "member_of", f"pcn:{stay.network}")
        dataset.add_link(*ends, "published", stay.source, within, note=stay.note)
