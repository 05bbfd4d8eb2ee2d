"""Words that people type for services: each means the service it should, lists several, or is honestly not covered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.commissioning.services import NOT_COVERED, service_of
from orgmap.queries.commissioning.who import who

FILE = Path(__file__).with_name("service_words.csv")
NOT_IN = "not in the taxonomy"
NOTHING_IS_NEAR = {"libraries"}


def rows() -> list[tuple[str, str]]:
    """Each word with the services it means, divided by “; ”, or “not in the taxonomy”."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [(row["word"], row["expected"]) for row in csv.DictReader(file)]


def meant(england, word: str) -> str:
    """What a word means, in the form of the table."""
    try:
        return service_of(england, word).service.id.removeprefix("service:")
    except Ambiguous as several:
        found = [one.partition(" — ")[0].removeprefix("service:") for one in several.candidates]
        return "; ".join(sorted(found))
    except NothingFound as refused:
        return NOT_IN if NOT_IN in str(refused) else "unknown"


def test_there_are_at_least_160_words_and_none_stands_twice() -> None:
    words = [word.lower() for word, _ in rows()]
    assert len(words) >= 160
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(("word", "expected"), rows())
def test_a_word_means(england, word: str, expected: str) -> None:
    assert meant(england, word) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [row for row in rows() if ";" not in row[1] and row[1] != NOT_IN]
)
def test_an_answer_says_which_service_a_word_was_taken_for(england, word: str, expected: str) -> None:
    told = service_of(england, word)
    named = word.lower() == told.service.name.lower()
    assert named or f"“{word}” was taken as “{told.service.name}”." in " ".join(told.notes)


def test_the_note_stands_in_the_answer(england) -> None:
    told = who(england, "wheelchairs", "CT9 1AA", "2016-06-01")
    assert told["notes"][0] == "“wheelchairs” was taken as “Wheelchair services”."
    assert [one["commissioner"]["id"] for one in told["answers"]] == ["ccg:10E"]


def test_what_is_not_covered_says_why_where_to_look_and_what_is_nearest(england) -> None:
    for word, expected in rows():
        if expected == NOT_IN:
            with pytest.raises(NothingFound) as refused:
                who(england, word, "Thanet", "2016-06-01")
            assert f"“{word}”" in str(refused.value)
            assert ("Nearest here: " in str(refused.value)) is (word not in NOTHING_IS_NEAR)


@pytest.mark.parametrize(
    ("word", "beside"),
    [
        ("A&E", None),
        ("dentist", "Prison healthcare (“prison dentist”)"),
        ("hearing", "Screening other than for cancer (“hearing screening”)"),
        ("contraception", "Contraception from the GP"),
    ],
)
def test_what_else_is_called_so_stands_with_the_name_that_says_why(england, word, beside) -> None:
    [note] = service_of(england, word).notes
    assert note.endswith(f"Apart from it: {beside}." if beside else "walk-in centres”.")


@pytest.mark.parametrize(
    ("typed", "spelt", "service"),
    [
        ("hospise", "hospice", "hospice_care"),
        ("helth visitors", "health visitors", "health_visiting"),
        ("dentisst", "dentist", "dental_services"),
        ("wheelchiar", "wheelchair", "wheelchair_services"),
        ("audioligy", "audiology", "audiology"),
        ("vacination", "vaccination", "immunisation"),
    ],
)
def test_a_typing_mistake_is_mended_with_a_note(england, typed: str, spelt: str, service: str) -> None:
    told = service_of(england, typed)
    assert told.service.id == f"service:{service}"
    assert f"“{typed}” (read as “{spelt}”) was taken as" in told.notes[0]


@pytest.mark.parametrize(
    "word",
    [
        *(
            "Thanet",
            "Margate",
            "Dover",
            "Kent",
            "Kent County Council",
            "Leeds",
            "Rotherham",
            "CT9 1AA",
            "10E",
        ),
        *(
            "xyzzy",
            "blorptest",
            "teleportation",
            "asdf",
            "IVG",
            "",
            "the",
            "service:nothing",
            "hospital food",
        ),
    ],
)
def test_a_place_or_a_nonsense_word_is_no_service(england, word: str) -> None:
    with pytest.raises(NothingFound):
        service_of(england, word)


@pytest.mark.parametrize("word", ["visiting", "offender", "newborn", "fatigue"])
def test_a_word_that_is_only_part_of_names_is_never_answered(england, word: str) -> None:
    with pytest.raises(Ambiguous):
        service_of(england, word)


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("wheelchair service", "wheelchair_services"),
        ("NHS wheelchair services", "wheelchair_services"),
        ("the district nurse", "adult_community_health"),
        ("support for carers", "carers_support"),
        ("hospice near me", "hospice_care"),
        ("health visitor team", "health_visiting"),
        ("audiology clinic", "audiology"),
    ],
)
def test_small_and_general_words_change_nothing(england, typed: str, service: str) -> None:
    assert service_of(england, typed).service.id == f"service:{service}"


@pytest.mark.parametrize(
    ("word", "service"),
    [
        ("community team", "adult_community_health"),
        ("community support", "adult_community_health"),
        ("asthma centre", "long_term_conditions"),
        ("stroke centre", "stroke_care"),
        ("audiology unit", "audiology"),
        ("diabetes centre", "long_term_conditions"),
        ("hearing centre", "audiology"),
        ("physiotherapy centre", "adult_community_health"),
    ],
)
def test_what_is_called_so_only_in_fewer_words_is_offered_and_not_taken(england, word, service) -> None:
    with pytest.raises(Ambiguous) as offered:
        service_of(england, word)
    assert f"service:{service}" in {one.partition(" — ")[0] for one in offered.value.candidates}


@pytest.mark.parametrize(
    "word",
    [
        *("addition", "artistic", "casual", "rental", "heaping", "auditions", "proscribing", "contraption"),
        *("seduction", "leaping", "spout", "thrusts", "charring", "locking", "homeliness", "gnomic"),
    ],
)
def test_an_english_word_is_no_mistyped_service(england, word) -> None:
    with pytest.raises(NothingFound, match=f"No service is called “{word}”"):
        service_of(england, word)


def test_an_english_word_gets_what_is_spelt_nearest_as_an_offer(england) -> None:
    with pytest.raises(
        NothingFound, match="Nearest in spelling: “addiction” for “Drug and alcohol treatment”"
    ):
        service_of(england, "addition")


LOCAL = [
    ("2013-03-31", {"pct:5QA", "ccg:10E"}),
    ("2013-04-01", {"ccg:10E"}),
    ("2020-04-01", {"ccg:91Q"}),
    ("2022-07-01", {"icb:QKS"}),
]


@pytest.mark.parametrize(
    "word", ["hospice", "audiology", "wheelchairs", "community equipment", "ADHD", "IVF", "stroke"]
)
def test_what_local_commissioners_buy_has_their_rule_on_every_day_and_says_so(england, word: str) -> None:
    for at, expected in LOCAL:
        told = who(england, word, "CT9 1AA", at)
        by = {one["commissioner"]["id"] for one in told["answers"] if one["basis"] != "acting_through"}
        assert by == expected, at
        statutory = [one for one in told["answers"] if one["basis"] == "statutory"]
        assert all("No source speaks of" in one["notes"][0] for one in statutory)


def test_reablement_and_breaks_are_the_councils_and_social_prescribing_the_networks(england) -> None:
    def by(word: str, at: str) -> set[str]:
        return {one["commissioner"]["id"] for one in who(england, word, "CT9 1AA", at)["answers"]}

    assert by("reablement", "2016-06-01") == {"council:E10000016"}
    assert by("carers' breaks", "2016-06-01") == {"council:E10000016", "ccg:10E"}
    assert by("social prescribing", "2019-06-30") == set()
    assert by("social prescribing", "2019-07-01") == {"ccg:10E"}
    assert by("social prescribing", "2023-06-01") == {"icb:QKS"}


def test_what_is_not_covered_stands_in_no_count_and_no_picture(england) -> None:
    from orgmap.queries.commissioning.services_of_place import services_of_place

    told = services_of_place(england, "CT9 1AA", ["2016-06-01"])
    listed = {offer.service.id for offer in told.offers} | {one.id for one in told.silent}
    assert not [one for one in listed if one.startswith(NOT_COVERED)]
