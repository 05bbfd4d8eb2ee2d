"""The words that people may use for kinds of body, and the words that a fact is told in."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.vocabulary import event_kinds, kind_of, kinds, kinds_beside, parse_kind, verbs


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.kind)
def test_a_kind_is_meant_by_its_name_its_prefix_and_its_words(kind):
    for text in (kind.kind, kind.label, kind.plural, kind.label.upper()):
        assert parse_kind(text) == kind.kind


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.kind)
def test_a_prefix_means_its_kind_and_the_first_of_those_that_share_it(kind):
    for text in (kind.prefix, f" {kind.prefix} "):
        assert parse_kind(text) == kind_of(f"{kind.prefix}:X")
        assert kind.kind in kinds_beside(parse_kind(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ccgs", "clinical_commissioning_group"),
        ("CCG", "clinical_commissioning_group"),
        ("Clinical Commissioning Groups", "clinical_commissioning_group"),
        ("gp-practice", "gp_practice"),
        ("sub-ICB location", "sub_icb_location"),
        ("health and wellbeing boards", "health_and_wellbeing_board"),
    ],
)
def test_a_kind_is_read_as_people_write_it(text, kind):
    assert parse_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("cgc", "Did you mean"),
        ("clinical_comissioning_group", "Did you mean clinical_commissioning_group"),
        ("xyzzy", "Kinds: area, at, ato, ca, ccg"),
        ("", "Kinds: "),
    ],
)
def test_another_word_is_refused_with_the_kinds_that_come_nearest(text, hint):
    with pytest.raises(WrongUse, match=f"is not a kind of body. {hint}"):
        parse_kind(text)


@pytest.mark.parametrize(
    ("body", "kind"),
    [("ccg:10E", "clinical_commissioning_group"), ("stp:QKS", "sustainability_and_transformation_partnership"),
     ("icb:QKS", "integrated_care_board"), ("xyz:1", None), ("10E", None)],
)  # fmt: skip
def test_an_id_says_its_kind(body, kind):
    assert kind_of(body) == kind


def test_a_verb_reads_in_both_directions():
    told = {verb.verb: (verb.forward, verb.backward) for verb in verbs().values()}
    assert told["part_of"] == ("is part of", "contains")
    assert told["accountable_to"] == ("is accountable to", "holds to account")


def test_a_kind_of_change_says_how_many_bodies_it_joins():
    numbers = {kind.kind: (kind.predecessors, kind.successors) for kind in event_kinds().values()}
    assert numbers["created"] == ("0", "1+")
    assert numbers["merged"] == ("2+", "1")
    assert numbers["split"] == ("1", "2+")
    assert numbers["abolished"] == ("1+", "0")
    assert {number for pair in numbers.values() for number in pair} <= {"0", "1", "1+", "2+"}
