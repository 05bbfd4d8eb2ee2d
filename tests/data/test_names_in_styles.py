"""Styles of councils and words for kinds in a name: what contradicts them is never taken silently."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds_with
from orgmap.loaders.open import open_store
from orgmap.queries.place.places import place_of

AT = "2026-06-01"


@pytest.fixture(scope="module")
def england() -> Iterator[Store]:
    """The whole graph, opened once."""
    with open_store() as store:
        yield store


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("West Midlands county", "West Midlands, a county"),
        ("West Midlands, county", "West Midlands, a county"),
        ("Merseyside county", "Merseyside, a county"),
        ("Merseyside metropolitan county", "Merseyside, a county"),
        ("Cheshire county", "Cheshire, a county"),
        ("South Yorkshire County", "South Yorkshire, a county"),
        ("West Midlands region", "West Midlands, a region of government"),
        ("North East region", "North East, a region of government"),
        ("Kent county", "Kent County Council, an upper-tier council"),
        ("Durham county", "Durham County Council, an upper-tier council"),
    ],
)
def test_the_word_county_or_region_is_no_noise(england: Store, text: str, described: str) -> None:
    assert place_of(england, text, AT).described == described


@pytest.mark.parametrize(
    ("text", "councils"),
    [
        ("Oxford County Council", {"district:E07000178", "council:E10000025"}),
        ("Nottingham County Council", {"council:E06000018", "council:E10000024"}),
        ("Leicester County Council", {"council:E06000016", "council:E10000018"}),
        ("Gloucester County Council", {"district:E07000081", "council:E10000013"}),
        ("Derby County Council", {"council:E06000015", "council:E10000007"}),
        ("Thanet County Council", {"district:E07000114", "council:E10000016"}),
        ("Worcester County Council", {"district:E07000237", "council:E10000034"}),
        ("Lincoln County Council", {"district:E07000138", "council:E10000019"}),
        ("Hertford County Council", None),
    ],
)
def test_a_county_councils_style_with_a_citys_or_districts_name_is_asked_about(
    england: Store, text: str, councils: set[str] | None
) -> None:
    if councils is None:  # no council is called Hertford
        with pytest.raises(NothingFound):
            place_of(england, text, AT)
        return
    with pytest.raises(Ambiguous) as refused:
        place_of(england, text, AT)
    assert {line.partition(" — ")[0] for line in refused.value.candidates} == councils


@pytest.mark.parametrize("at", ["2018-06-01", AT])
@pytest.mark.parametrize(
    ("text", "councils"),
    [
        ("Northampton County Council", {"district:E07000154", "council:E10000021"}),
        ("Kettering County Council", {"district:E07000153", "council:E10000021"}),
        ("Carlisle County Council", {"district:E07000028", "council:E10000006"}),
    ],
)
def test_a_style_contradicts_a_council_that_ended_as_it_did_in_its_time(
    england: Store, text: str, councils: set[str], at: str
) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, text, at)
    assert {line.partition(" — ")[0] for line in refused.value.candidates} == councils


def test_of_a_county_and_a_city_of_one_name_the_style_tells_which(england: Store) -> None:
    assert place_of(england, "Durham District Council", "2008-06-01").label == "Durham City Council"


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("London Borough of Leeds", "Leeds City Council"),
        ("LB Leeds", "Leeds City Council"),
        ("London Borough of Thanet", "Thanet District Council"),
        ("Kent District Council", "Kent County Council"),
        ("Oxfordshire City Council", "Oxfordshire County Council"),
        ("Medway County Council", "Medway Council"),
        ("Royal Borough of Leeds", "Leeds City Council"),
        ("Royal Borough of Camden", "London Borough of Camden"),
        ("Thanet City Council", "Thanet District Council"),
        ("City of Thanet Council", "Thanet District Council"),
        ("Medway City Council", "Medway Council"),
        ("Shropshire City Council", "Shropshire Council"),
        ("Wiltshire City Council", "Wiltshire Council"),
        ("Manchester District Council", "Manchester City Council"),
        ("Bristol County Council", "Bristol City Council"),
        ("Bournemouth County Council", "Bournemouth Borough Council"),
    ],
)
def test_any_other_style_that_contradicts_the_council_is_refused_and_the_council_offered(
    england: Store, text: str, offer: str
) -> None:
    with pytest.raises(NothingFound, match=f"No council is called “{text}”. Did you mean “{offer}”"):
        place_of(england, text, AT)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Wiltshire County Council", "Wiltshire Council"),
        ("Cornwall County Council", "Cornwall Council"),
        ("Herefordshire County Council", "Herefordshire Council"),
        ("London Borough of Greenwich", "Royal Borough of Greenwich"),
        ("Barnsley MBC", "Barnsley Metropolitan Borough Council"),
        ("City of Bradford", "City of Bradford Metropolitan District Council"),
        ("St Albans District Council", "St Albans City and District Council"),
        ("City of York", "City of York Council"),
        ("Kent CC", "Kent County Council"),
        ("Wakefield City Council", "Wakefield Metropolitan District Council"),
        ("North Somerset District Council", "North Somerset Council"),
        ("Royal Borough of Kingston upon Thames", "Royal Borough of Kingston upon Thames"),
        ("Hull City Council", "Hull City Council"),
        ("Leeds CC", "Leeds City Council"),
    ],
)
def test_styles_that_contradict_nothing_are_read(england: Store, text: str, label: str) -> None:
    assert place_of(england, text, AT).label == label


@pytest.mark.parametrize("text", ["Durham City Council", "City of Durham"])
def test_the_official_name_of_a_council_is_no_other_councils(england: Store, text: str) -> None:
    assert place_of(england, text, "2008-06-01").label == "Durham City Council"
    assert place_of(england, "Durham County Council", "2008-06-01").label == "Durham County Council"


def test_an_ended_councils_official_name_is_no_other_councils_after_it(england: Store) -> None:
    place = place_of(england, "Durham City Council", AT)
    assert place.label == "Durham City Council"
    assert any("ended on 2009-04-01" in note or "was not in force" in note for note in place.notes)
    with pytest.raises(Ambiguous) as refused:  # since 2018 a parish is called so
        place_of(england, "City of Durham", AT)
    assert "City of Durham, County Durham (parish)" in refused.value.candidates


def test_every_council_in_force_is_found_by_its_official_name(england: Store) -> None:
    for kind in sorted(kinds_with("local_authority")):
        for body in england.entities(kind=kind, at=AT):
            assert place_of(england, body.label, AT).label == body.label


def test_the_note_on_a_town_never_names_a_council_that_was_not_there_yet(england: Store) -> None:
    notes = place_of(england, "Bournemouth", "2014-06-01").notes
    assert notes == ("All of the council's area is meant; “Bournemouth (town)” means the town.",)
    assert place_of(england, "Bournemouth (town)", "2014-06-01").kind.startswith("town")
    [note] = place_of(england, "Poole", "2014-06-01").notes
    assert "Christchurch" not in note
