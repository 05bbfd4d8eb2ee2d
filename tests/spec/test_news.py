"""One row of news turns everything that hangs on a plan; without a row nothing turns, whichever day has passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import IN_FORCE, STATUSES, Include
from orgmap.loaders.check import problems, problems_and_news
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.show import show
from orgmap.queries.change.diff import diff
from orgmap.queries.change.lineage import lineage
from orgmap.queries.commissioning.who import who
from orgmap.queries.plans.outcome import outcome
from orgmap.queries.plans.plans import plans
from orgmap.queries.structure.snapshot import snapshot
from tests.worlds import write_data

BILL = """
datasets
dataset | title | horizon    | as_of      | kinds
all     | All   | 2027-04-01 | 2026-10-09 |

sources
id  | title          | publisher  | as_of      | verified
act | The Health Act | Parliament | 2026-12-10 | yes

entities
id                         | name             | valid_from | valid_until
national:nhs_england       | NHS England      | 2012-10-01 |
national:department        | Department       | 2018-01-08 |
national:secretary_of_state | Secretary of State | 2018-01-08 |
region:Y59                 | South East       | 2022-07-01 |
icb:QA                     | Board A          | 2022-07-01 |
icb:QB                     | Board B          | 2022-07-01 |
icb:QC                     | Board C          | 2027-04-01 |
healthwatch:E1             | Healthwatch Kent | 2013-04-01 |
healthwatch:new            | Healthwatch East | 2028-04-01 |
council:E1                 | Kent Council     | 2009-04-01 |
hwb:new                    | HWB East         | 2028-04-01 |
council:new                | East Council     | 2028-04-01 |
area:E01000001             | Margate          |            |
service:gp                 | GP services      |            |
service:group              | Services         |            |
reform:bill                | Health Bill      | 2027-04-01 |

phases
entity          | status      | valid_from | valid_until
icb:QC          | proposed    | 2027-04-01 |
reform:bill     | conditional | 2027-04-01 |
healthwatch:new | conditional | 2028-04-01 |
council:new     | shadow      | 2027-05-01 | 2028-04-01
council:new     | planned     | 2028-04-01 |
hwb:new         | planned     | 2028-04-01 |

relationships
subject         | verb                | object               | status      | valid_from | basis          | stated_on
service:gp      | part_of             | service:group        | in_force    |            | administrative |
icb:QA          | covers              | area:E01000001       | in_force    | 2022-07-01 | published      |
region:Y59      | part_of             | national:nhs_england | in_force    | 2022-07-01 | administrative |
region:Y59      | part_of             | national:department  | conditional | 2027-04-01 | administrative | 2025-09-10
council:E1      | holds_contract_with | healthwatch:E1       | in_force    | 2013-04-01 | statutory      |
council:new     | holds_contract_with | healthwatch:new      | conditional | 2028-04-01 | statutory      |
hwb:new         | part_of             | council:new          | planned     | 2028-04-01 | statutory      |
icb:QC          | covers              | area:E01000001       | proposed    | 2027-04-01 | published      | 2026-08-01

events
id      | kind      | date       | status      | stated_on
end     | replaced  | 2027-04-01 | conditional | 2026-01-28
watch   | abolished | 2027-04-01 | conditional | 2026-05-18
follow  | replaced  | 2028-04-01 | conditional | 2026-03-01
council | replaced  | 2028-04-01 | planned     | 2026-03-01
merger  | merged    | 2027-04-01 | proposed    | 2026-08-01

successions
event   | predecessor          | successor
end     | national:nhs_england | national:department
watch   | healthwatch:E1       |
follow  | healthwatch:E1       | healthwatch:new
council | council:E1           | council:new
merger  | icb:QA               | icb:QC
merger  | icb:QB               | icb:QC

rules
id | service | commissioner | accountable | basis | population | status | valid_from | stated_on
R1 | service:gp | integrated_care_board | national:nhs_england | delegated | own_list | in_force | 2022-07-01 |
R2 | service:gp | integrated_care_board |  | statutory | own_list | conditional | 2027-04-01 | 2026-05-14

accountability
id | subject              | verb           | object                     | status      | valid_from | stated_on
A1 | national:nhs_england | accountable_to | national:secretary_of_state | in_force    | 2018-01-08 |
A2 | integrated_care_board | accountable_to | national:secretary_of_state | conditional | 2027-04-01 | 2026-05-14

plans
id | plan | text | about | replaces | planned_for | status | stated_on | depends_on | facts
b1 | bill | The Bill. | national:nhs_england |  | 2027-04-01 | conditional | 2026-07-02 |  | reform:bill
e1 | end | It ends. | national:nhs_england | national:nhs_england | 2027-04-01 | conditional | 2026-01-28 | bill | end
w1 | watch | Healthwatch ends. | local_healthwatch | local_healthwatch | 2027-04-01 | conditional | 2026-05-18 | bill |
g1 | gp | GP services pass. | service:gp |  |  | conditional | 2026-05-14 | bill | R2 A2
r1 | regions | Regions move. | nhs_region national:department |  | 2027-04-01 | conditional | 2025-09-10 | end |
s1 | staff | Staff move. | nhs_region |  | 2027-04-01 | planned | 2026-01-01 | bill |
m1 | merger | A and B merge. | icb:QA icb:QB | icb:QA icb:QB | 2027-04-01 | proposed | 2026-08-01 |  | merger
c1 | council | East. | council:new | council:E1 | 2028-04-01 | planned | 2026-03-01 |  | council council:new
"""
NEWS = """

news
about | news | day | stated_on | source | note
"""
ASSENT = "bill | assent | 2026-12-10 | | act | The Bill became an Act.\n"
COMMENCED = "bill | commencement | 2027-04-01 | 2026-12-20 | act |\n"
PLANNED = Include.of("planned")
EVERYTHING = Include.of(STATUSES)


def told(*rows: str) -> str:
    """The world with these rows of news."""
    return BILL + NEWS + "".join(rows)


def changes(store) -> dict[str, tuple[str, str]]:
    """The status and the day of every change."""
    return {event.id: (event.status, event.date) for event, _ in store.events(include=EVERYTHING)}


def names(answer) -> set[str]:
    """The names of listed bodies."""
    return {one["name"] for one in (answer["bodies"] if isinstance(answer, dict) else answer)}


def test_after_assent_what_hung_on_the_bill_is_enacted_and_nothing_is_in_force_yet(build) -> None:
    store = build(told(ASSENT))
    assert changes(store)["end"] == ("enacted", "2027-04-01")
    assert changes(store)["watch"] == ("enacted", "2027-04-01")
    assert {rule.id: rule.status for rule in store.rules()} == {"R1": "in_force", "R2": "enacted"}
    assert {step.id: step.status for step in store.accountability()} == {"A1": "in_force", "A2": "enacted"}
    moved = store.relationships(subjects=["region:Y59"], include=EVERYTHING)
    assert {(one.object, one.status) for one in moved} == {
        ("national:nhs_england", "in_force"),
        ("national:department", "enacted"),
    }
    [england] = store.entities(ids=["national:nhs_england"])
    assert england.valid_until is None


def test_what_hangs_on_something_else_does_not_turn_with_the_bill(build) -> None:
    found = changes(build(told(ASSENT)))
    assert found["merger"][0] == "proposed"
    assert found["follow"][0] == "conditional"
    assert found["council"][0] == "planned"


def test_after_commencement_bodies_end_and_what_takes_their_place_is_in_force(build) -> None:
    store = build(told(ASSENT, COMMENCED))
    assert changes(store)["end"] == ("in_force", "2027-04-01")
    ended = {
        one.id: one.valid_until for one in store.entities(ids=["national:nhs_england", "healthwatch:E1"])
    }
    assert ended == {"national:nhs_england": "2027-04-01", "healthwatch:E1": "2027-04-01"}
    regions = store.relationships(subjects=["region:Y59"], at="2027-05-01")
    assert [one.object for one in regions] == ["national:department"]
    rules = {rule.id: (rule.status, rule.valid_from, rule.valid_until) for rule in store.rules()}
    assert rules == {
        "R1": ("in_force", "2022-07-01", "2027-04-01"),
        "R2": ("in_force", "2027-04-01", None),
    }
    steps = {step.id: (step.status, step.valid_until) for step in store.accountability()}
    assert steps == {"A1": ("in_force", "2027-04-01"), "A2": ("in_force", None)}


def test_every_answer_turns_with_the_commencement(build) -> None:
    store = build(told(ASSENT, COMMENCED))
    assert show(store, "NHS England", "2026-12-31")["body"]["valid_until"] == "2027-04-01"
    apart = diff(store, "2027-03-31", "2027-04-01")
    assert {one["id"] for one in apart["ended"]} == {"national:nhs_england", "healthwatch:E1"}
    assert "national:nhs_england" not in {
        one["id"] for one in list_bodies(store, "national_body", "2027-05-01")["bodies"]
    }
    forward = lineage(store, "national:nhs_england", forward=True)
    assert [event["id"] for event in forward["events"]] == ["end"]
    assert "status" not in forward["events"][0]
    assert "national:nhs_england" not in snapshot(store, "2027-05-01").nodes
    assert "national:nhs_england" in snapshot(store, "2027-03-31").nodes


def test_a_plan_for_a_body_that_has_ended_is_superseded_with_what_it_would_have_brought(build) -> None:
    store = build(told(ASSENT, COMMENCED))
    assert changes(store)["follow"][0] == "superseded"
    [body] = store.entities(ids=["healthwatch:new"], at="2028-05-01", include=EVERYTHING)
    assert body.status == "superseded"
    assert changes(store)["council"][0] == "planned"


def test_what_was_planned_and_not_conditional_stays_a_plan(build) -> None:
    open_ = {row["plan"] for row in plans(build(told(ASSENT, COMMENCED)))["plans"]}
    assert "staff" in open_
    assert not open_ & {"bill", "end", "gp"}


def test_the_plan_says_that_it_is_enacted_who_said_so_and_when(build) -> None:
    [bill] = [row for row in plans(build(told(ASSENT)))["plans"] if row["plan"] == "bill"]
    assert (bill["text"], bill["status"]) == ("The Bill became an Act.", "enacted")
    assert (bill["said_by"], bill["stated_on"]) == ("Parliament", "2026-12-10")
    assert [one["id"] for one in bill["earlier"]] == ["b1"]


def test_what_came_of_a_plan_follows_from_the_news(build) -> None:
    late = COMMENCED.replace("2027-04-01", "2027-07-01")
    store = build(told(ASSENT, late))
    found = {row["id"]: row["verdict"] for row in outcome(store, "end")["statements"]}
    assert found["e1"] == "late"


def test_a_merger_that_is_approved_is_planned_and_one_that_came_is_in_force(build) -> None:
    approved = "merger | approved | 2026-11-01 | | act |\n"
    assert changes(build(told(approved)))["merger"][0] == "planned"
    came = build(told(approved, "merger | commencement | 2027-04-01 | | act |\n"))
    assert changes(came)["merger"] == ("in_force", "2027-04-01")
    [board] = came.entities(ids=["icb:QC"], at="2027-04-01")
    assert (board.status, board.valid_from) == ("in_force", "2027-04-01")
    assert [one.object for one in came.relationships(subjects=["icb:QC"], at="2027-04-01")] == [
        "area:E01000001"
    ]
    assert not came.relationships(subjects=["icb:QA"], at="2027-04-01")


def test_a_plan_that_moves_has_its_new_day_and_its_old_status(build) -> None:
    store = build(told("council | moved | 2029-04-01 | 2026-11-01 | act |\n"))
    assert changes(store)["council"] == ("planned", "2029-04-01")
    [shadow] = store.entities(ids=["council:new"], at="2028-10-01", include=EVERYTHING)
    assert shadow.status == "shadow"
    [board] = store.entities(ids=["hwb:new"])
    assert board.valid_from == "2029-04-01"


def test_a_plan_that_was_dropped_is_superseded_and_its_outcome_says_so(build) -> None:
    store = build(told("merger | dropped | 2026-11-01 | | act |\n"))
    assert changes(store)["merger"][0] == "superseded"
    assert "merger" not in {row["plan"] for row in plans(store, include=EVERYTHING)["plans"]}
    assert "dropped" in {row["verdict"] for row in outcome(store, "merger")["statements"]}


def test_before_the_news_nobody_knew_of_it(build) -> None:
    known = KnownStore(build(told(ASSENT, COMMENCED)), "2026-07-02")
    [england] = known.entities(ids=["national:nhs_england"])
    assert england.valid_until is None
    assert [one.id for one in known.plans() if one.plan == "bill"] == ["b1"]
    assert not [event for event, _ in known.events(include=IN_FORCE) if event.id == "end"]


@pytest.mark.parametrize("today", ["2027-03-31", "2027-04-02", "2030-01-01"])
def test_a_day_that_passes_turns_nothing(build, today: str) -> None:
    store = build(BILL)
    [england] = store.entities(ids=["national:nhs_england"], at=today)
    assert england.valid_until is None
    assert changes(store)["end"][0] == "conditional"


def test_who_turns_with_the_day(build) -> None:
    store = build(told(ASSENT, COMMENCED))
    before = who(store, "GP services", "icb:QA", "2027-03-31")
    after = who(store, "GP services", "icb:QA", "2027-04-01")
    assert "delegated" in str(before)
    assert "delegated" not in str(after)
    assert "statutory" in str(after)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nothing | assent | 2026-12-10 | | act |\n", "“nothing” is no plan, change, body, rule or step"),
        ("bill | passed | 2026-12-10 | | act |\n", "“passed” is not a known kind of news."),
        ("bill | assent | soon | | act |\n", "“soon” is not a day."),
        ("bill | assent | | | act |\n", "“” is not a day."),
        ("bill | approved | 2026-12-10 | | none |\n", "cites “none”, which is not a known source."),
        ("s | assent | 2026-12-10 | | act |\n", "“s” is no plan"),
        (ASSENT + ASSENT.replace("12-10", "12-11"), "nothing that hangs on bill is"),
    ],
)
def test_news_that_cannot_be_is_refused_by_file_and_line(tmp_path: Path, row: str, said: str) -> None:
    drawn = BILL.partition("sources")[2]
    data = write_data(tmp_path / "data", "sources" + drawn + NEWS + row, horizon="2026-10-09")
    [found] = [one for one in problems(data) if said in one]
    assert found.startswith(f"{data / 'drawn' / 'news.csv'}:")


def test_the_check_says_what_each_row_turned(tmp_path: Path) -> None:
    drawn = BILL.partition("sources")[2]
    data = write_data(tmp_path / "data", "sources" + drawn + NEWS + ASSENT + COMMENCED, horizon="2026-10-09")
    found, turned = problems_and_news(data)
    assert [one for one in found if "news" in one or "horizon" in one or "ends" in one] == []
    assert (
        "assent of bill, 2026-12-10: enacted: 1 body, 2 changes, 1 relation, 2 rules and steps" in turned[0]
    )
    assert "ended: 2 bodies" in turned[1]
