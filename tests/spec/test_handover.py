"""Agreements across a reform: which party ends, and who does from that day on what it did, on every store."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.model import Include
from orgmap.queries.registers.handover import Handovers, PartyHandover

WORLD = """
entities
id                          | name                     | valid_from | valid_until
pct:A                       | North PCT                | 2006-10-01 | 2013-04-01
pctc:A                      | Our Cluster              | 2009-04-01 | 2013-04-01
pct:OLD                     | Old PCT                  | 2001-04-01 | 2006-10-01
ccg:A                       | North CCG                | 2013-04-01 | 2020-04-01
ccg:B                       | East CCG                 | 2013-04-01 | 2020-04-01
ccg:AB                      | North East CCG           | 2020-04-01 | 2022-07-01
icb:A                       | North Board              | 2022-07-01 |
icb:N                       | New Board                |            |
trust:T                     | Town Hospital NHS Trust  | 1994-04-01 |
trust:U                     | Upper Trust              | 1994-04-01 | 2013-04-01
link:one                    | Oneshire LINk            | 2008-04-01 | 2013-04-01
council:one                 | Oneshire Council         |            |
national:nhs_england        | NHS England              | 2013-04-01 |
area:E01000001              | one                      |            |
area:E01000002              | two                      |            |
service:gp_services         | GP services              |            |
service:sexual_health       | Sexual health            |            |
service:maternity           | Maternity                |            |
service:wigs                | Wigs                     |            |
service:unsaid              | Unsaid                   |            |

names
entity              | name         | use
service:gp_services | doctors      | alias
service:maternity   | doctors      | alias
ccg:A               | The Group    | alias
ccg:B               | The Group    | alias

phases
entity | status  | valid_from | valid_until
icb:N  | planned | 2099-04-01 |

relationships
subject       | verb   | object         | valid_from | valid_until
pct:A         | covers    | area:E01000001 | 2010-04-01 | 2013-04-01
pct:A         | member_of | pctc:A         | 2009-04-01 | 2013-04-01
pct:A         | covers | area:E01000002 | 2010-04-01 | 2013-04-01
ccg:A         | covers | area:E01000001 | 2013-04-01 | 2020-04-01
ccg:B         | covers | area:E01000002 | 2013-04-01 | 2020-04-01
ccg:AB        | covers | area:E01000001 | 2020-04-01 | 2022-07-01
ccg:AB        | covers | area:E01000002 | 2020-04-01 | 2022-07-01
icb:A         | covers | area:E01000001 | 2022-07-01 |
icb:A         | covers | area:E01000002 | 2022-07-01 |
council:one   | covers | area:E01000001 |            |
council:one   | covers | area:E01000002 |            |

rules
id | service               | commissioner                 | basis     | valid_from | valid_until | instrument
P1 | service:gp_services   | primary_care_trust           | statutory | 2002-10-01 | 2013-04-01  |
P2 | service:sexual_health | primary_care_trust           | statutory | 2002-10-01 | 2013-04-01  |
P4 | service:wigs          | primary_care_trust           | statutory | 2002-10-01 | 2013-04-01  |
G1 | service:gp_services   | national:nhs_england         | statutory | 2013-04-01 |             | the Act
G2 | service:sexual_health | upper_tier_council           | statutory | 2013-04-01 |             | Regs
G3 | service:maternity     | clinical_commissioning_group | statutory | 2013-04-01 | 2022-07-01  | the Act
B3 | service:maternity     | integrated_care_board        | statutory | 2022-07-01 |             | HCA 2022

rules
id | service           | commissioner       | basis     | acting_through             | valid_from | valid_until
P3 | service:maternity | primary_care_trust | statutory | primary_care_trust_cluster | 2002-10-01 | 2013-04-01

rules
id | service             | commissioner                 | accountable          | basis     | valid_from | valid_until
D1 | service:gp_services | clinical_commissioning_group | national:nhs_england | delegated | 2015-04-01 | 2022-07-01
D2 | service:gp_services | integrated_care_board        | national:nhs_england | delegated | 2022-07-01 |

events
id    | kind      | date       | instrument | status
old   | merged    | 2006-10-01 | the Order  |
end   | replaced  | 2013-04-01 | the Act    |
link  | abolished | 2013-04-01 | the Act    |
trust | merged    | 2013-04-01 | the Deed   |
join  | merged    | 2020-04-01 | the Letter |
board | replaced  | 2022-07-01 | HCA 2022   |
plan  | replaced  | 2099-04-01 |            | conditional

successions
event | predecessor | successor | weight | counts
old   | pct:OLD     | pct:A     | 1      |
end   | pct:A       | ccg:A     | 0.75   | practices
end   | pct:A       | ccg:B     | 0.25   | practices
link  | link:one    |           |        |
trust | trust:U     | trust:T   |        |
join  | ccg:A       | ccg:AB    | 1      |
join  | ccg:B       | ccg:AB    | 1      |
board | ccg:AB      | icb:A     | 1      |
plan  | icb:A       | icb:N     |        |

neighbourhoods
code      | name | parent    | area           | population
E01000001 | M    | E02000001 | area:E01000001 | 300
E01000002 | H    | E02000001 | area:E01000002 | 100
"""


@pytest.fixture
def store(build: Any) -> Any:
    """A county through four reforms."""
    return build(WORLD)


def across(
    store: Any, day: str, party: str, service: str | None = None, include: Include | None = None
) -> PartyHandover:
    """What becomes of one party across a day."""
    return Handovers(store, day, include or Include()).of(party, service)


CASES = [
    ("2013-04-01", "North PCT", "GP services", "ended", "one", "national:nhs_england"),
    ("2013-04-01", "North PCT", "sexual health", "ended", "one", "council:one"),
    ("2013-04-01", "pct:A", "maternity", "ended", "two", "ccg:A) 75.0%; East CCG (ccg:B) 25.0%"),
    ("2013-04-01", "pct:A", "wigs", "ended", "nobody", ""),
    ("2013-04-01", "Upper Trust", "maternity", "ended", "one", "trust:T"),
    ("2013-04-01", "Town Hospital", "maternity", "goes on", "stays", "trust:T"),
    ("2013-04-01", "link:one", "maternity", "ended", "not known", ""),
    ("2015-04-01", "NHS England", "GP services", "goes on", "stays", "national:nhs_england"),
    ("2018-04-01", "NHS England", "GP services", "goes on", "stays", "national:nhs_england"),
    ("2011-04-01", "Our Cluster", "maternity", "goes on", "stays", "pctc:A"),
    ("2020-04-01", "North CCG", "maternity", "ended", "one", "ccg:AB"),
    ("2020-04-01", "North CCG", "GP services", "ended", "one", "ccg:AB"),
    ("2022-07-01", "North East CCG", "GP services", "ended", "one", "icb:A"),
    ("2022-07-01", "North East CCG", "maternity", "ended", "one", "icb:A"),
    ("2022-07-01", "North CCG", "maternity", "had ended", "one", "icb:A"),
    ("2006-10-01", "Old PCT", "maternity", "ended", "one", "pct:A"),
    ("2013-04-01", "Old PCT", "maternity", "had ended", "two", "ccg:A) 75.0%; East CCG (ccg:B) 25.0%"),
    ("2013-04-01", "North PCT", "unsaid", "ended", "not known", ""),
    ("2013-04-01", "North CCG", "maternity", "not begun", "not known", ""),
    ("2013-04-01", "Serco", "maternity", "not known", "not known", ""),
    ("2020-04-01", "The Group", "maternity", "which one?", "which one?", ""),
    ("2020-04-01", "North CCG", "doctors", "ended", "one", "ccg:AB"),
    ("2013-04-01", "North PCT", "doctors", "ended", "which one?", ""),
    ("2020-04-01", "North CCG", "haircuts", "ended", "not known", ""),
    ("2020-04-01", "North CCG", " ", "ended", "not known", ""),
    ("2020-04-01", "North CCG", None, "ended", "one", "ccg:AB"),
    ("2013-04-01", "North PCT", None, "ended", "not known", ""),
]  # fmt: skip
"""The day, the party and the service that are asked; how the party stands, who takes over in a word, and by name."""


def test_who_takes_over_by_what_the_agreement_is_about(store: Any) -> None:
    for day, party, service, state, word, takers in CASES:
        found = across(store, day, party, service)
        assert (found.state, found.takes_over) == (state, word), (day, party, service, found)
        assert takers in found.takers, found
        assert bool(takers) == bool(found.takers), found
        assert bool(found.taker) == (word in ("one", "stays")), found


def test_the_choices_stand_in_the_row(store: Any) -> None:
    assert "ccg:A — North CCG" in across(store, "2020-04-01", "The Group", "maternity").note
    note = across(store, "2013-04-01", "North PCT", "doctors").note
    assert "NHS England (national:nhs_england) 100%: GP services (service:gp_services)" in note
    assert "(ccg:B) 25.0%: Maternity (service:maternity)" in note


def test_the_successors_stand_there_whoever_does_the_service(store: Any) -> None:
    found = across(store, "2013-04-01", "North PCT", "sexual health")
    assert found.successors == "North CCG (ccg:A) 75.0%; East CCG (ccg:B) 25.0%"
    assert (found.act, found.ended_on) == ("the Act; Regs (citation unverified)", "2013-04-01")
    assert "drawn" in found.sources


def test_who_holds_it_by_delegation_hands_it_to_who_holds_it_so(store: Any) -> None:
    found = across(store, "2022-07-01", "North East CCG", "GP services")
    assert found.beside == "statutory: NHS England (national:nhs_england)"
    assert "answers for it in law: NHS England" in found.note
    stays = across(store, "2022-07-01", "NHS England", "GP services")
    assert (stays.takes_over, stays.beside) == ("stays", "delegated: North Board (icb:A)")


def test_what_is_only_planned_is_never_told_as_a_fact(store: Any) -> None:
    known = across(store, "2099-04-01", "North Board", "maternity")
    assert (known.state, known.takes_over, known.taker) == ("goes on", "stays", "icb:A")
    assert "as last known" in known.note
    assert "--include planned" in known.note
    plan = across(store, "2099-04-01", "North Board", None, Include.of("planned"))
    assert (plan.state, plan.takes_over, plan.taker) == ("to end", "planned: one", "icb:N")
    assert plan.status == "conditional"
    assert "not law" in plan.note
