"""What changed between two days: bodies and relations that began, ended or took another name."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Include
from orgmap.queries.change.diff import diff
from tests.kent import KENT, KENT_THROUGH_TIME

PARTS = ["started", "ended", "changed", "relations_started", "relations_ended", "events"]

EVIDENCE = """
entities
id         | name
practice:A | A
ccg:X      | X
ccg:Y      | Y

relationships
subject    | verb      | object | basis     | valid_from | valid_until
practice:A | member_of | ccg:X  | published |            | 2019-08-01
practice:A | member_of | ccg:X  | derived   | 2019-08-01 | 2020-04-01
practice:A | member_of | ccg:Y  | published | 2020-04-01 |
"""


def ids(bodies: list[dict]) -> list[str]:
    """The ids of some bodies."""
    return [body["id"] for body in bodies]


def test_an_answer_has_the_parts_that_scripts_rely_on(build):
    answer = diff(build(KENT), "2013-03-31", "2013-04-01")
    assert list(answer) == ["before", "after", *PARTS, "notes"]
    assert (answer["before"], answer["after"]) == ("2013-03-31", "2013-04-01")


def test_bodies_begin_and_end_with_the_reform(build):
    answer = diff(build(KENT), "2013-03-31", "2013-04-01")
    assert ids(answer["started"]) == [
        "at:Q67", "ccg:09E", "ccg:10E", "healthwatch:E10000016", "hwb:E10000016", "region:Y57",
    ]  # fmt: skip
    assert ids(answer["ended"]) == ["link:E10000016", "pct:5QA", "pctc:kent", "sha:Q37"]


@pytest.mark.parametrize(
    ("before", "after", "started"),
    [
        ("2013-03-30", "2013-03-31", []),
        ("2013-03-31", "2013-04-01", ["ccg:09E", "ccg:10E"]),
        ("2013-04-01", "2013-04-02", []),
        ("2013-04-01", "2013-04-01", []),
        ("2013-03-31", "2020-04-01", ["ccg:91Q"]),
    ],
)
def test_a_start_counts_between_the_day_before_and_its_day(build, before, after, started):
    answer = diff(build(KENT), before, after, kind="clinical_commissioning_group")
    assert ids(answer["started"]) == started


def test_what_began_and_ended_between_the_days_is_in_neither_list(build):
    answer = diff(build(KENT), "2010-06-01", "2023-06-01")
    assert "ccg:10E" not in {*ids(answer["started"]), *ids(answer["ended"])}


def test_swapping_the_days_swaps_started_and_ended(build):
    store = build(KENT_THROUGH_TIME)
    there, back = diff(store, "2013-03-31", "2022-07-01"), diff(store, "2022-07-01", "2013-03-31")
    assert there["started"] == back["ended"]
    assert there["ended"] == back["started"]
    assert there["relations_started"] == back["relations_ended"]
    assert there["events"] == back["events"]


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ("2013-03-31", "2013-04-01", ["health", "reform"]),
        ("2013-04-01", "2013-04-02", []),
        ("2013-03-30", "2013-03-31", []),
        ("2020-03-31", "2022-07-01", ["merger", "boards", "system"]),
    ],
)
def test_events_are_those_after_the_first_day_until_the_second(build, before, after, events):
    assert ids(diff(build(KENT_THROUGH_TIME), before, after)["events"]) == events


def test_another_name_is_a_change_with_both_names(build):
    [changed] = diff(build(KENT_THROUGH_TIME), "2021-03-31", "2021-04-01")["changed"]
    assert (changed["id"], changed["before"]["name"], changed["after"]["name"]) == (
        "stp:QKS",
        "Kent and Medway STP",
        "Kent & Medway ICS",
    )


def test_another_code_of_the_same_body_is_not_a_change(build):
    answer = diff(build(KENT_THROUGH_TIME), "2023-03-31", "2023-04-01")
    assert [answer[part] for part in PARTS] == [[]] * len(PARTS)


@pytest.mark.parametrize(
    ("before", "after", "started", "ended"),
    [
        ("2019-07-31", "2019-08-01", [], []),
        ("2020-03-31", "2020-04-01", ["ccg:Y"], ["ccg:X"]),
        ("2019-07-31", "2020-04-01", ["ccg:Y"], ["ccg:X"]),
    ],
)
def test_the_same_statement_on_other_evidence_is_not_a_change(build, before, after, started, ended):
    answer = diff(build(EVIDENCE), before, after)
    assert [fact["object"] for fact in answer["relations_started"]] == started
    assert [fact["object"] for fact in answer["relations_ended"]] == ended


def test_a_kind_keeps_its_bodies_relations_and_events(build):
    answer = diff(build(KENT_THROUGH_TIME), "2020-03-31", "2020-04-01", kind="clinical_commissioning_group")
    assert ids(answer["events"]) == ["merger"]
    for fact in (*answer["relations_started"], *answer["relations_ended"]):
        assert "ccg:" in fact["subject"] + fact["object"]
    assert ids(diff(build(KENT_THROUGH_TIME), "2020-03-31", "2020-04-01", kind="nhs_region")["events"]) == []


def test_a_place_keeps_what_lies_in_it(build):
    answer = diff(build(KENT_THROUGH_TIME), "2013-03-31", "2013-04-01", within="CT6 1AA")
    assert "ccg:09E" in ids(answer["started"])
    assert "ccg:10E" not in ids(answer["started"])
    assert "pct:5QA" in ids(answer["ended"])


ABOVE = """
entities
id                    | name             | valid_from | valid_until
shac:south_of_england | South of England | 2011-10-01 | 2013-04-01
national:nhs_england  | NHS England      | 2013-04-01 |
stp:ELSE              | Elsewhere STP    | 2013-04-01 |
sha:ELSE              | Elsewhere SHA    | 2006-07-01 | 2013-04-01
at:ELSE               | Elsewhere Team   | 2013-04-01 |

relationships
subject           | verb      | object                | basis     | valid_from | valid_until
sha:Q37           | member_of | shac:south_of_england | published | 2011-10-01 | 2013-04-01
region:Y57        | part_of   | national:nhs_england  | published | 2013-04-01 |
council:E10000016 | member_of | stp:ELSE              | published | 2013-04-01 |
"""


def test_a_place_takes_in_what_it_belongs_to_and_nothing_from_elsewhere(build):
    answer = diff(build(KENT + ABOVE), "2013-03-31", "2013-04-01", within="CT9 1AA")
    assert "region:Y57" in ids(answer["started"])
    assert {"sha:Q37", "shac:south_of_england"} <= set(ids(answer["ended"]))
    assert not [one for one in ids(answer["started"]) + ids(answer["ended"]) if one.endswith(":ELSE")]


def test_a_kind_above_a_place_can_be_asked_for(build):
    store, days = build(KENT + ABOVE), ("2013-03-31", "2013-04-01")
    kind = "strategic_health_authority_cluster"
    assert ids(diff(store, *days, within="CT9 1AA", kind=kind)["ended"]) == ["shac:south_of_england"]


def test_areas_are_pieces_of_the_map_and_not_news(build):
    drawing = KENT.replace(
        "area:E01000001      | Margate           |            |",
        "area:E01000001      | Margate           | 2013-04-01 |",
    )
    assert "area:E01000001" not in ids(diff(build(drawing), "2013-03-31", "2013-04-01")["started"])


def test_a_shadow_form_is_in_a_diff_only_when_asked_for_and_labelled(build):
    store, kind = build(KENT), "clinical_commissioning_group"
    assert diff(store, "2012-03-31", "2012-04-01", kind=kind)["started"] == []
    asked = diff(store, "2012-03-31", "2012-04-01", kind=kind, include=Include.of(["shadow"]))["started"]
    assert [(body["id"], body["status"]) for body in asked] == [("ccg:10E", "shadow")]


def test_days_and_places_that_are_not_known_are_refused(build):
    store = build(KENT)
    with pytest.raises(NothingFound, match="begin on 1999-04-01"):
        diff(store, "1999-03-31", "2013-04-01")
    with pytest.raises(NothingFound, match="in the future"):
        diff(store, "2013-04-01", "2999-01-01")
    with pytest.raises(NothingFound):
        diff(store, "2013-03-31", "2013-04-01", within="Atlantis")
    twins = build("entities\nid | name\ncouncil:A | Newport\ncouncil:B | Newport")
    with pytest.raises(Ambiguous):
        diff(twins, "2013-03-31", "2013-04-01", within="Newport")


def test_a_status_that_only_passes_from_one_row_to_the_next_is_not_a_change(build):
    drawing = """
entities
id     | name
at:Q67 | Kent Area Team

phases
entity | status | valid_from | valid_until
at:Q67 | shadow |            | 2012-10-01
at:Q67 | shadow | 2012-10-01 | 2013-04-01
"""
    answer = diff(build(drawing), "2012-09-30", "2012-10-01", include=Include.of(["shadow"]))
    assert (answer["started"], answer["ended"]) == ([], [])


def test_what_changes_among_national_bodies_is_not_a_local_change_and_stands_above(build):
    drawing = f"""{KENT + ABOVE}
events
id   | kind    | date
born | created | 2013-04-01

successions
event | predecessor | successor
born  |             | national:nhs_england
"""
    answer = diff(build(drawing), "2013-03-31", "2013-04-01", within="CT9 1AA")
    assert "national:nhs_england" not in ids(answer["started"])
    assert ids(answer["above"]["started"]) == ["national:nhs_england"]
    assert (answer["events"], ids(answer["above"]["events"])) == ([], ["born"])
    everywhere = diff(build(drawing), "2013-03-31", "2013-04-01")
    assert "national:nhs_england" in ids(everywhere["started"])
    assert ids(everywhere["events"]) == ["born"]
    assert "above" not in everywhere


def test_an_event_within_a_place_has_only_the_pairs_with_an_end_there(build):
    store = build(KENT_THROUGH_TIME)
    [merger] = diff(store, "2020-03-31", "2020-04-01", within="CT9 1AA")["events"]
    [whole] = diff(store, "2020-03-31", "2020-04-01")["events"]
    assert ids(whole["predecessors"]) == ["ccg:09E", "ccg:10E"]
    assert "pairs_elsewhere" not in whole
    # Both groups became the group of Margate, so both pairs end there.
    assert ids(merger["predecessors"]) == ["ccg:09E", "ccg:10E"]
    [reform] = [
        one
        for one in diff(
            store, "2013-03-31", "2013-04-01", within="CT9 1AA", kind="clinical_commissioning_group"
        )["events"]
        if one["id"] == "reform"
    ]
    assert {pair["successor"] for pair in reform["pairs"]} == {"ccg:10E", "ccg:09E"}


def test_one_event_with_bodies_of_all_england_is_cut_to_those_of_the_place(build):
    drawing = f"""{KENT}
entities
id        | name      | valid_from | valid_until
sicbl:FAR | Far away  | 2022-07-01 |
ccg:FAR   | Far Group | 2013-04-01 | 2022-07-01

events
id    | kind     | date
begin | created  | 2022-07-01
lump  | replaced | 2022-07-01

successions
event | predecessor | successor
begin |             | sicbl:91Q
begin |             | sicbl:FAR
lump  | ccg:91Q     | icb:QKS
lump  | ccg:FAR     | icb:FARAWAY
"""
    drawing = drawing.replace("icb:FARAWAY", "sicbl:FAR")
    told = diff(build(drawing), "2022-06-30", "2022-07-01", within="CT9 1AA")["events"]
    assert [(one["id"], len(one["pairs"]), one["pairs_elsewhere"]) for one in told] == [
        ("begin", 1, 1),
        ("lump", 1, 1),
    ]
    assert [ids(one["successors"]) for one in told] == [["sicbl:91Q"], ["icb:QKS"]]


def test_a_kind_whose_ids_look_like_another_kinds_is_told_by_the_body(build):
    drawing = """
entities
id         | kind                    | name
practice:A | gp_practice             | A
practice:B | prescribing_cost_centre | B
ccg:X      | clinical_commissioning_group | X

relationships
subject    | verb      | object | valid_from
practice:A | member_of | ccg:X  | 2020-04-01
practice:B | member_of | ccg:X  | 2020-04-01
"""
    store = build(drawing)
    for kind, practice in (("gp_practice", "practice:A"), ("prescribing_cost_centre", "practice:B")):
        begun = diff(store, "2020-03-31", "2020-04-01", kind=kind)["relations_started"]
        assert [fact["subject"] for fact in begun] == [practice]


BORDER = """
entities
id             | kind                         | name            | valid_from | valid_until
ccg:A          | clinical_commissioning_group | NHS A CCG       | 2013-04-01 |
lhb:7A1        | local_health_board           | North           |            | 2013-04-01
lhg:4WC57      | local_health_group           |                 |            | 2003-04-01
practice:A0001 | gp_practice                  | A Surgery       | 2013-04-01 |
practice:W0001 | welsh_practice               | A Welsh Surgery | 2013-04-01 |
practice:W0002 | welsh_practice               | B Welsh Surgery |            |

relationships
subject        | verb      | object  | valid_from | valid_until
practice:A0001 | member_of | ccg:A   | 2013-04-01 |
practice:W0002 | member_of | lhb:7A1 |            | 2013-04-01
"""


def test_bodies_of_wales_are_left_out_of_what_changed_in_england_and_a_note_says_so(build):
    answer = diff(build(BORDER), "2013-03-31", "2013-04-01")
    assert ids(answer["started"]) == ["ccg:A", "practice:A0001"]
    assert [fact["subject"] for fact in answer["relations_started"]] == ["practice:A0001"]
    assert answer["ended"] == answer["relations_ended"] == []
    assert answer["notes"] == [
        "Left out, as not England's: 2 GP practices in Wales and 1 local health board;"
        " orgmap list and diff --kind tell them, by welsh_practice and local_health_board."
    ]


def test_a_welsh_group_that_ends_is_not_a_group_of_england(build):
    answer = diff(build(BORDER), "2003-03-31", "2003-04-01")
    assert answer["ended"] == []
    assert answer["notes"] == [
        "Left out, as not England's: 1 local health group;"
        " orgmap list and diff --kind tell them, by local_health_group.",
        "No table tells a change from 2003-03-31 to 2003-04-01 here.",
    ]
    assert ids(diff(build(BORDER), "2003-03-31", "2003-04-01", kind="primary_care_group")["ended"]) == []
    told = diff(build(BORDER), "2003-03-31", "2003-04-01", kind="local_health_group")["ended"]
    assert ids(told) == ["lhg:4WC57"]


def test_where_none_changed_nothing_is_said_of_wales(build):
    said = diff(build(BORDER), "2013-04-01", "2013-04-02")["notes"]
    assert said == ["No table tells a change from 2013-04-01 to 2013-04-02 here."]


@pytest.mark.parametrize(
    ("kind", "started", "ended", "relations"),
    [
        ("welsh_practice", ["practice:W0001"], [], 1),
        ("local_health_board", [], ["lhb:7A1"], 1),
        ("local_health_group", [], [], 0),
        ("gp_practice", ["practice:A0001"], [], 0),
    ],
)
def test_who_asks_for_a_kind_of_wales_is_told_of_it(build, kind, started, ended, relations):
    answer = diff(build(BORDER), "2013-03-31", "2013-04-01", kind=kind)
    assert (ids(answer["started"]), ids(answer["ended"])) == (started, ended)
    assert len(answer["relations_ended"]) == relations
    assert not any("Left out" in note for note in answer["notes"])


DISTRICTS = """
entities
id                | name                    | valid_from | valid_until
council:E10000009 | Moorshire County        |            | 2009-04-01
council:E06000009 | Moorshire Council       | 2009-04-01 |
council:E06000008 | Elsewhere Council       | 2009-04-01 |
district:one      | One District            |            | 2009-04-01
district:two      | Two District            |            | 2009-04-01
district:split    | Split District          |            | 2009-04-01
district:far      | Far District            |            | 2009-04-01
area:1            | One                     |            |
area:2            | Far                     |            |

relationships
subject           | verb   | object | valid_from | valid_until
council:E10000009 | covers | area:1 |            | 2009-04-01
council:E06000009 | covers | area:1 | 2009-04-01 |
council:E06000008 | covers | area:2 | 2009-04-01 |
district:far      | covers | area:2 |            | 2009-04-01

neighbourhoods
code      | name | parent    | area   | population
E01000001 | O    | E02000001 | area:1 | 100
E01000002 | F    | E02000002 | area:2 | 100

events
id    | kind   | date
unite | merged | 2009-04-01
other | merged | 2009-04-01

successions
event | predecessor       | successor
unite | council:E10000009 | council:E06000009
unite | district:one      | council:E06000009
unite | district:two      | council:E06000009
unite | district:split    | council:E06000009
other | district:split    | council:E06000008
other | district:far      | council:E06000008
"""


@pytest.mark.parametrize("days", [("2009-03-31", "2009-04-01"), ("2009-04-01", "2009-03-31")])
def test_what_went_wholly_into_a_body_of_the_place_ended_there_though_no_table_tells_its_area(build, days):
    answer = diff(build(DISTRICTS), *days, within="council:E06000009")
    gone, begun = ("ended", "started") if days[0] < days[1] else ("started", "ended")
    assert ids(answer[gone]) == ["council:E10000009", "district:one", "district:two"]
    assert ids(answer[begun]) == ["council:E06000009"]


def test_what_went_into_a_body_that_reaches_beyond_the_place_is_foreign_to_it(build):
    wide = DISTRICTS.replace(
        "council:E06000009 | covers | area:1 | 2009-04-01 |\n",
        "council:E06000009 | covers | area:1 | 2009-04-01 |\ncouncil:E06000009 | covers | area:2 | 2009-04-01 |\n",
    )
    answer = diff(build(wide), "2009-03-31", "2009-04-01", within="council:E10000009")
    assert ids(answer["started"]) == ["council:E06000009"]
    assert ids(answer["ended"]) == ["council:E10000009"]
