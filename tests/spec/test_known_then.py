"""What was known on an earlier day: nothing that was said, begun or ended later colours an answer."""

from __future__ import annotations

from itertools import pairwise

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import IN_FORCE, STATUSES, Include
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.lineage import lineage
from orgmap.queries.place.find import find

EVERYTHING = Include.of(STATUSES)
WORLD = """
datasets
dataset | title  | horizon    | as_of      | kinds
groups  | Groups | 2026-10-09 | 2026-10-09 | clinical_commissioning_group integrated_care_board

sources
id       | title           | as_of      | verified
register | The register    | 2023-01-31 | yes
papers   | Papers          | 2019-09-10 | yes
law      | An Order        | 2012-06-01 | yes
leaflet  | A leaflet, 2018 |            | yes

entities
id         | name         | valid_from | valid_until | source
pct:5QA    | A trust      | 2006-10-01 | 2013-04-01  | register
ccg:A      | A group      | 2013-04-01 | 2020-04-01  | register
ccg:B      | B group, new | 2013-04-01 | 2020-04-01  | register
ccg:AB     | AB group     | 2020-04-01 | 2022-07-01  | register
icb:Q      | A board      | 2022-07-01 |             | register
area:E1    |              |            |             | register

phases
entity | status | valid_from | valid_until | source
ccg:A  | shadow | 2012-06-01 | 2013-04-01  | register

names
entity | name         | use      | valid_from | valid_until | source
ccg:B  | B group      | official | 2013-04-01 | 2016-01-01  | register
ccg:B  | B group, new | official | 2016-01-01 |             | register

identifiers
entity | scheme | code | valid_from | valid_until | source
ccg:A  | ods    | 99A  |            |             | register
ccg:A  | gss    | E38A | 2013-04-01 | 2018-04-01  | register
ccg:A  | gss    | E38X | 2018-04-01 |             | register

relationships
subject | verb   | object  | valid_from | valid_until | source
pct:5QA | covers | area:E1 | 2006-10-01 | 2013-04-01  | register
ccg:A   | covers | area:E1 | 2013-04-01 | 2020-04-01  | register
ccg:AB  | covers | area:E1 | 2020-04-01 | 2022-07-01  | register

events
id     | kind     | date       | status   | stated_on  | source
began  | replaced | 2013-04-01 | in_force |            | register
merged | merged   | 2020-04-01 | in_force |            | register
voted  | merged   | 2020-04-01 | proposed | 2019-09-10 | papers

successions
event  | predecessor | successor
began  | pct:5QA     | ccg:A
merged | ccg:A       | ccg:AB
merged | ccg:B       | ccg:AB
voted  | ccg:A       | ccg:AB
voted  | ccg:B       | ccg:AB

rules
id | service   | commissioner                  | valid_from | valid_until | source          | status
r1 | service:x | primary_care_trust            | 2006-10-01 | 2013-04-01  | register        | in_force
r2 | service:x | clinical_commissioning_group  | 2013-04-01 | 2022-07-01  | law             | in_force
r4 | service:y | clinical_commissioning_group  | 2013-04-01 | 2022-07-01  | law register    | in_force
r3 | service:x | integrated_care_board         | 2022-07-01 |             | leaflet         | in_force
r5 | service:z | integrated_care_board         | 2022-07-01 |             | law             | in_force
"""


def known(build, day: str) -> KnownStore:
    """The world as it was known on a day."""
    return KnownStore(build(WORLD), day)


def ids(bodies) -> list[str]:
    """The ids of bodies."""
    return [body.id for body in bodies]


def test_a_body_is_known_from_its_first_day_and_its_end_when_it_has_come(build):
    groups = "clinical_commissioning_group"
    assert ids(known(build, "2013-03-31").entities(kind=groups, at="2013-06-01")) == []
    assert ids(known(build, "2013-06-01").entities(kind=groups, at="2013-06-01")) == ["ccg:A", "ccg:B"]
    assert [body.valid_until for body in known(build, "2020-03-31").entities(ids=["ccg:A"])] == [None]
    assert [body.valid_until for body in known(build, "2020-04-01").entities(ids=["ccg:A"])] == ["2020-04-01"]


def test_what_was_there_on_the_day_goes_on_as_far_as_was_known(build):
    then = known(build, "2013-06-01")
    assert ids(then.entities(kind="clinical_commissioning_group", at="2024-01-01")) == ["ccg:A", "ccg:B"]
    assert [one.object for one in then.relationships(subjects=["ccg:A"], at="2024-01-01")] == ["area:E1"]
    assert then.relationships(at="2024-01-01", not_at="2014-01-01") == []
    assert [note for note in list_bodies(then, "ccg", "2024-01-01")["notes"] if "last known" in note]


def test_a_body_bears_the_name_and_the_codes_that_it_had(build):
    assert [body.name for body in known(build, "2014-01-01").entities(ids=["ccg:B"])] == ["B group"]
    [body] = known(build, "2014-01-01").entities(ids=["ccg:A"], at="2019-01-01")
    assert dict(body.codes) == {"gss": "E38A", "ods": "99A"}
    assert known(build, "2014-01-01").ids_of_code("E38X") == []
    assert known(build, "2014-01-01").ids_of_name("b group new") == []
    assert known(build, "2016-01-01").ids_of_name("b group new") == ["ccg:B"]


def test_a_group_in_shadow_form_is_known_and_is_no_commissioner(build):
    then = known(build, "2012-09-01")
    assert [(body.id, body.status) for body in then.entities(at="2012-10-01", include=EVERYTHING)][1:] == [
        ("ccg:A", "shadow"),
        ("pct:5QA", "in_force"),
    ]
    assert ids(then.entities(kind="clinical_commissioning_group", at="2012-10-01")) == []
    assert ids(known(build, "2012-05-31").entities(ids=["ccg:A"])) == []
    assert [one.subject for one in then.relationships(objects=["area:E1"], at="2013-06-01")] == ["pct:5QA"]


def test_a_merger_that_was_only_voted_on_is_a_plan_until_it_has_come(build):
    then = known(build, "2019-09-10")
    groups = list_bodies(then, "ccg", "2020-04-01")
    assert [body["id"] for body in groups["bodies"]] == ["ccg:A", "ccg:B"]
    with_plans = list_bodies(then, "ccg", "2020-04-01", include=Include.of("proposed"))["bodies"]
    assert [(body["id"], body.get("status")) for body in with_plans] == [
        ("ccg:A", None),
        ("ccg:AB", "proposed"),
        ("ccg:B", None),
    ]
    assert [event.id for event, _ in then.events(include=EVERYTHING)] == ["began", "voted"]
    assert ids(known(build, "2019-09-09").entities(ids=["ccg:AB"])) == []
    told = lineage(then, "ccg:A", include=Include.of("proposed"))["events"]
    assert [(event["id"], event.get("status")) for event in told] == [("began", None), ("voted", "proposed")]


def test_a_rule_is_known_when_it_was_said_or_began(build):
    early = {rule.id: rule for rule in known(build, "2012-09-01").rules()}
    assert {one: rule.status for one, rule in early.items()} == {"r1": "in_force", "r2": "planned"}
    assert early["r1"].valid_until is None
    assert {rule.id: rule.status for rule in known(build, "2013-04-01").rules()} == {
        "r1": "in_force",
        "r2": "in_force",
        "r4": "in_force",
    }


def test_what_an_older_and_a_younger_source_say_together_was_not_known_before_the_younger(build):
    assert "r4" not in {rule.id for rule in known(build, "2012-09-01").rules()}


def test_a_law_of_ten_years_before_foretold_no_rule(build):
    assert "r5" not in {rule.id for rule in known(build, "2019-09-10").rules()}
    assert "r5" in {rule.id for rule in known(build, "2022-07-01").rules()}


def test_a_younger_source_only_vouches_for_what_had_begun(build):
    then = known(build, "2014-01-01")
    [source] = then.sources(["register"]).values()
    assert (source.title, source.url, source.as_of) == (
        "begun before 2014-01-01; register of 2023",
        "",
        None,
    )
    assert then.sources(["law"])["law"].title == "An Order"
    assert then.sources(["leaflet"])["leaflet"].title == "begun before 2014-01-01; register of 2018"
    assert sorted(then.sources()) == ["drawn", "law"]


def test_the_bodies_of_a_place_are_those_that_were_known(build):
    drawn = WORLD + "\n\nplace_names\nname | kind | within | code | share\nMargate | town | K | area:E1 | 1\n"
    with build(drawn) as store:
        then = KnownStore(store, "2011-09-01")
        assert [body["id"] for body in find(then, "Margate", "2013-04-01")["bodies"]] == ["pct:5QA"]
        now = KnownStore(store, "2013-04-01")
        assert [body["id"] for body in find(now, "Margate", "2013-04-01")["bodies"]] == ["ccg:A"]


def test_knowing_more_never_takes_a_statement_away(build):
    days = ("2005-01-01", "2012-09-01", "2013-04-01", "2019-09-10", "2020-04-01", "2026-01-01")
    seen: list[set] = []
    with build(WORLD) as store:
        for day in days:
            then = KnownStore(store, day)
            seen.append(
                {body.id for body in then.entities()}
                | {event.id for event, _ in then.events(include=EVERYTHING)}
                | {rule.id for rule in then.rules()}
                | {
                    (one.subject, one.object, one.valid_from)
                    for one in then.relationships(include=EVERYTHING)
                }
            )
        assert all(less <= more for less, more in pairwise(seen))
        everything = {body.id for body in store.entities()}
        assert {one for one in seen[-1] if isinstance(one, str) and ":" in one} == everything
        assert KnownStore(store, "2026-10-09").entities(include=IN_FORCE) == store.entities()


CORRECTED = """
datasets
dataset | title     | horizon    | as_of      | kinds
gps     | Practices | 2026-10-09 | 2026-10-09 | gp_practice sub_icb_location

sources
id     | title         | as_of      | verified
autumn | Autumn's      | 2025-11-01 | yes
spring | Spring's      | 2026-02-01 | yes

entities
id               | name         | valid_from | valid_until | source
sicbl:91Q        | Kent         | 2022-07-01 |             | autumn
sicbl:92A        | Surrey       | 2022-07-01 |             | autumn
practice:REOPEN  | Opened again | 2020-04-01 |             | spring
practice:SOONER  | Went sooner  | 2020-04-01 | 2025-10-01  | spring
practice:STAYED  | Stayed       | 2020-04-01 |             | autumn
practice:LATE    | Listed late  | 2025-10-15 |             | spring

locations
entity          | postcode | valid_from | valid_until | source
practice:REOPEN | CT9 1AA  | 2020-04-01 |             | autumn
practice:SOONER | CT9 1AA  | 2020-04-01 | 2025-10-01  | autumn

relationships
subject         | verb      | object    | valid_from | valid_until | source
practice:REOPEN | member_of | sicbl:91Q | 2022-07-01 |             | autumn
practice:SOONER | member_of | sicbl:91Q | 2022-07-01 | 2025-10-01  | autumn
practice:STAYED | member_of | sicbl:91Q | 2022-07-01 |             | autumn
practice:LATE   | member_of | sicbl:92A | 2025-10-15 |             | spring

corrections
id | subject         | verb      | object    | basis     | was | valid_from | valid_until | known_until | source
c1 | practice:REOPEN |           |           |           | yes | 2020-04-01 | 2025-10-20  | 2026-02-01  | autumn
c2 | practice:REOPEN | member_of | sicbl:91Q | published | yes | 2022-07-01 | 2025-10-20  | 2026-02-01  | autumn
c3 | practice:SOONER |           |           |           | yes | 2020-04-01 | 2025-11-01  | 2026-02-01  | autumn
c4 | practice:SOONER | member_of | sicbl:91Q | published | yes | 2022-07-01 | 2025-11-01  | 2026-02-01  | autumn
c5 | practice:STAYED | member_of | sicbl:91Q | published | yes | 2022-07-01 | 2025-10-25  | 2026-02-01  | autumn
c6 | practice:STAYED | member_of | sicbl:92A | published | yes | 2025-10-25 |             | 2026-02-01  | autumn
c7 | practice:LATE   |           |           |           |     | 2025-10-15 |             | 2026-02-01  | spring
c8 | practice:LATE   | member_of | sicbl:92A | published |     | 2025-10-15 |             | 2026-02-01  | spring
"""
"""What a register said in autumn of four practices, and in spring took back."""


def members(store, at: str) -> list[tuple[str, str]]:
    return [
        (one.subject.partition(":")[2], one.object.partition(":")[2])
        for one in store.relationships(verbs=["member_of"], at=at)
    ]


def test_what_a_register_took_back_is_told_as_known_until_the_release_that_took_it_back(build) -> None:
    store = build(CORRECTED)
    for day in ("2025-12-01", "2026-01-31"):
        then = KnownStore(store, day)
        lives = {body.id: body.valid_until for body in then.entities(kind="gp_practice")}
        assert lives == {
            "practice:REOPEN": "2025-10-20",
            "practice:SOONER": "2025-11-01",
            "practice:STAYED": None,
        }
        assert [body.id for body in then.entities(kind="gp_practice", at="2025-10-15")] == [
            "practice:REOPEN", "practice:SOONER", "practice:STAYED"
        ]  # fmt: skip
        assert [body.id for body in then.entities(kind="gp_practice", at=day)] == ["practice:STAYED"]
        assert members(then, "2025-10-15") == [("REOPEN", "91Q"), ("SOONER", "91Q"), ("STAYED", "91Q")]
        assert members(then, day) == [("STAYED", "92A")]
        assert [word.valid_until for word in then.details("practice:SOONER").locations] == ["2025-11-01"]
        assert then.ids_of_name("listed late") == []
    after = KnownStore(store, "2026-02-01")
    assert members(after, "2026-02-01") == [("LATE", "92A"), ("REOPEN", "91Q"), ("STAYED", "91Q")]
    assert [body.valid_until for body in after.entities(ids=["practice:SOONER"])] == ["2025-10-01"]


def test_before_its_day_an_end_that_was_taken_back_was_not_known_either(build) -> None:
    then = KnownStore(build(CORRECTED), "2025-10-18")
    assert [body.valid_until for body in then.entities(ids=["practice:REOPEN"])] == [None]
    assert members(then, "2025-10-18") == [("REOPEN", "91Q"), ("SOONER", "91Q"), ("STAYED", "91Q")]


TAKEN_BACK = """
sources
id     | title    | as_of      | verified
autumn | Register | 2025-11-01 | yes
spring | Register | 2026-02-01 | yes

entities
id              | name      | valid_from | valid_until | source
practice:G82001 | The Limes | 2020-04-01 | 2025-06-01  | spring
area:E01000001  |           |            |             |
area:E01000002  |           |            |             |

names
entity          | name      | use      | valid_from | valid_until | source
practice:G82001 | The Limes | official |            | 2025-06-01  | spring

locations
entity          | postcode | valid_from | valid_until | source
practice:G82001 | CT9 1AA  | 2020-04-01 | 2025-06-01  | spring

neighbourhoods
code      | area           | population
E01000001 | area:E01000001 | 100
E01000002 | area:E01000002 | 100

postcodes
outcode | inward | code      | seen
CT9     | 1AA    | E01000001 | both
CT9     | 2AA    | E01000002 | both

corrections
id | subject         | value      | use      | was | valid_from | valid_until | known_until | source
c1 | practice:G82001 |            |          | yes | 2020-04-01 |             | 2026-02-01  | autumn
c2 | practice:G82001 | The Limes  | former   | yes |            | 2025-11-01  | 2026-02-01  | autumn
c3 | practice:G82001 | Lime House | official | yes | 2025-11-01 |             | 2026-02-01  | autumn
c4 | practice:G82001 | CT9 1AA    |          | yes | 2020-04-01 | 2025-11-01  | 2026-02-01  | autumn
c5 | practice:G82001 | CT9 2AA    |          | yes | 2025-11-01 |             | 2026-02-01  | autumn
"""
"""A practice that a register of autumn renamed and moved; one of spring says that it had ended in summer."""


def test_names_and_postcodes_that_were_taken_back_are_told_as_known_until_then(build) -> None:
    store, limes = build(TAKEN_BACK), "practice:G82001"
    then = KnownStore(store, "2025-12-01")
    assert [body.name for body in then.entities(ids=[limes])] == ["Lime House"]
    assert [body.name for body in then.entities(ids=[limes], at="2025-12-01")] == ["Lime House"]
    assert [body.name for body in then.entities(ids=[limes], at="2025-08-01")] == ["The Limes"]
    assert sorted((one.value, one.valid_until) for one in then.details(limes).names) == [
        ("Lime House", None), ("The Limes", "2025-11-01")
    ]  # fmt: skip
    assert then.ids_of_name("lime house") == [limes]
    assert [one.id for one in then.named(["lime house"])] == [limes]
    assert [one.name for one in then.names_with(["lime", "hou"])] == ["Lime House"]
    assert resolve(then, "Lime House").id == limes
    assert then.standing_in(["area:E01000002"], "2025-12-01") == [limes]
    assert then.standing_in(["area:E01000001"], "2025-12-01") == []
    before = KnownStore(store, "2025-10-31")
    assert [body.name for body in before.entities(ids=[limes])] == ["The Limes"]
    assert before.ids_of_name("lime house") == []
    assert before.standing_in(["area:E01000001"], "2025-10-31") == [limes]
    after = KnownStore(store, "2026-02-01")
    assert [body.name for body in after.entities(ids=[limes])] == ["The Limes"]
    assert after.ids_of_name("lime house") == []
    assert after.standing_in(["area:E01000002"], "2025-12-01") == []


FORETOLD = """
sources
id     | title           | as_of | verified
papers | Papers, undated |       | yes

entities
id    | name        | valid_from | valid_until | source
icb:Q | A board     | 2022-07-01 |             | papers
icb:R | Later board | 2027-04-01 |             | papers

phases
entity | status  | valid_from | valid_until | source
icb:R  | planned | 2027-04-01 |             | papers
"""


def test_a_body_of_which_it_is_not_recorded_since_when_it_was_known_is_said_and_not_shown(build) -> None:
    store = build(FORETOLD)
    then, planned = KnownStore(store, "2026-05-01"), Include.of(["planned"])
    answer = list_bodies(then, "icb", "2026-06-01", include=planned)
    assert [body["id"] for body in answer["bodies"]] == ["icb:Q"]
    said = "Later board (icb:R) is planned; since when that was known is not recorded, so it is left out."
    assert said in answer["notes"]
    assert said not in list_bodies(store, "icb", "2026-06-01", include=planned)["notes"]
    with pytest.raises(
        NothingFound, match=r"Later board \(icb:R\) is not told as known on 2026-05-01: it is planned"
    ):
        resolve(then, "Later board")


def test_a_body_that_nobody_knew_of_yet_is_said_not_to_have_been_known(build) -> None:
    for day, why in (
        ("2025-10-10", "it began on 2025-10-15"),
        ("2025-12-01", "no register told of it by then"),
    ):
        then = KnownStore(build(CORRECTED), day)
        with pytest.raises(NothingFound, match=f"Listed late .* is not told as known on {day}: {why}"):
            resolve(then, "Listed late")
