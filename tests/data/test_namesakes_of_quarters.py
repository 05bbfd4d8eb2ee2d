"""City quarters that only wards and small areas are called after are namesakes of villages, parishes and towns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.queries.place.places import place_of

AT = "2026-06-01"


@pytest.fixture(scope="module")
def england() -> Iterator[Store]:
    """The whole graph, opened once."""
    with open_store() as store:
        yield store


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Leamington", {"Royal Leamington Spa, Warwick (town)", "Leamington, Ashfield (ward)"}),
        ("Berwick", {"Berwick-upon-Tweed, Northumberland (town)"}),
        ("Beeston", {"Beeston, Broxtowe (town)", "Beeston, Leeds (place)"}),
        ("Crosby", {"Crosby, Sefton (town)", "Crosby, North Lincolnshire (place)"}),
        ("Newcastle", {"Newcastle upon Tyne, Newcastle upon Tyne (town)"}),
        ("Kingston", {"Kingston upon Hull, Kingston upon Hull (town)"}),
        ("Hanley", {"Hanley, Stoke-on-Trent (place)", "Hanley, Malvern Hills (parish)"}),
        ("Bucknall", {"Bucknall, Stoke-on-Trent (place)"}),
        ("Henbury", {"Henbury, Bristol (place)"}),
        ("Farnley", {"Farnley, Leeds (place)"}),
        ("Beswick", {"Beswick, Manchester (place)"}),
        ("Deane", {"Deane, Bolton (place)"}),
        ("Mellor", {"Mellor, Stockport (place)"}),
        ("Irby", {"Irby, Wirral (place)"}),
        ("Bowness", {"Bowness, Westmorland and Furness (place)"}),
        ("Shelton", {"Shelton, Stoke-on-Trent (place)"}),
        ("Hanford", {"Hanford, Stoke-on-Trent (place)"}),
        ("Farlington", {"Farlington, Portsmouth (place)"}),
        ("Outwood", {"Outwood, Wakefield (place)", "Outwood, Tandridge (town)"}),
        ("Longbridge", {"Longbridge, Birmingham (place)", "Longbridge, Barking and Dagenham (place)"}),
        ("Sherburn", {"Sherburn in Elmet, North Yorkshire (town)", "Sherburn, County Durham (town)"}),
        ("Cheadle", {"Cheadle, Stockport (town)", "Cheadle, Staffordshire Moorlands (town)"}),
        ("Everton", {"Everton, Liverpool (place)"}),
        ("Bramley", {"Bramley, Leeds (place)"}),
        ("Woodford", {"Woodford, Redbridge (place)"}),
        ("Clapton", {"Clapton, Hackney (place)"}),
        ("Norwood", {"Norwood, Lambeth (place)", "Norwood, Croydon (place)"}),
        ("Stoke", {"Stoke, Coventry (place)"}),
        ("Corringham", {"Corringham, Thurrock (place)"}),
        ("Dunston", {"Dunston, Gateshead (place)"}),
        ("Cliftonville", {"Cliftonville, Thanet (place)"}),
        ("Dulwich", {"Dulwich, Southwark (place)", "Dulwich, Lambeth (place)"}),
        (
            "Ashby",
            {"Ashby-de-la-Zouch, North West Leicestershire (town)", "Ashby, North Lincolnshire (place)"},
        ),
        ("Seacroft", {"Seacroft, Leeds (place)"}),  # and a primary care network is called after it
    ],
)
def test_a_quarter_of_a_city_is_among_the_candidates(england: Store, text: str, candidates: set[str]) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, text, AT)
    assert candidates <= set(refused.value.candidates)
    for candidate in candidates:
        assert place_of(england, candidate, AT).described.startswith(candidate.partition(",")[0])


def test_the_quarter_comes_before_the_village(england: Store) -> None:
    for text in ("Hanley", "Everton", "Bramley", "Longbridge"):
        with pytest.raises(Ambiguous) as refused:
            place_of(england, text, AT)
        assert refused.value.candidates[0].partition(", ")[2].partition(" (")[0] in (
            *("Stoke-on-Trent", "Liverpool", "Leeds", "Birmingham"),
        )


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Balsall Heath", "Balsall Heath, a place in Birmingham, West Midlands"),
        ("Saltley", "Saltley, a place in Birmingham, West Midlands"),
        ("Sparkbrook", "Sparkbrook, a place in Birmingham, West Midlands"),
        ("Fishponds", "Fishponds, a place in Bristol"),
        ("wollaton", "Wollaton, a place in Nottingham, Nottinghamshire"),
        ("Gorton", "Gorton, a place in Manchester, Greater Manchester"),
        ("Ancoats", "Ancoats, a place in Manchester, Greater Manchester"),
        ("Openshaw", "Openshaw, a place in Manchester, Greater Manchester"),
        ("Hunslet", "Hunslet, a place in Leeds, West Yorkshire"),
        ("Harehills", "Harehills, a place in Leeds, West Yorkshire"),
        ("Boscombe", "Boscombe, a place in Bournemouth, Christchurch and Poole, Dorset"),
        ("Moulsecoomb", "Moulsecoomb, a place in Brighton and Hove, East Sussex"),
        ("Farnham Common", "Farnham Common, a place in Buckinghamshire"),
    ],
)
def test_one_candidate_alone_is_taken_and_the_answer_says_how_it_is_known(
    england: Store, text: str, described: str
) -> None:
    place = place_of(england, text, AT)
    assert (place.described, place.basis) == (described, "estimated")
    assert any(
        "estimated from the wards and small areas that are called after it" in note for note in place.notes
    )


@pytest.mark.parametrize("text", ["Whitby", "Wells", "Shaftesbury", "Stepney", "Swaffham", "Margate", "Sale"])
def test_a_town_larger_than_the_quarter_is_taken_and_the_quarter_stands_beside_it(
    england: Store, text: str
) -> None:
    place = place_of(england, text, AT)
    assert place.label.startswith(f"{text}, ")


def test_the_quarter_that_is_not_meant_is_told(england: Store) -> None:
    note = "“Whitby, Cheshire West and Chester (place)” is called so too and is not meant."
    assert note in place_of(england, "Whitby", AT).notes


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Nash Mills", "Nash Mills, a parish in Dacorum, Hertfordshire"),
        ("Lydiard Tregoze", "Lydiard Tregoze, a parish in Wiltshire"),
        ("Astwood", "Astwood, a parish in Milton Keynes, Buckinghamshire"),
        # A ward that only bears the name of the place beyond the border.
        ("Cricklewood", "Cricklewood, a place in Brent, London"),
    ],
)
def test_a_parish_of_the_very_name_beats_a_point_across_the_border(
    england: Store, text: str, described: str
) -> None:
    assert place_of(england, text, AT).described == described


def test_parishes_at_both_sides_of_a_border_are_asked_about(england: Store) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, "Pickworth", AT)
    assert set(refused.value.candidates) == {
        "Pickworth, Rutland (place)",
        "Pickworth, South Kesteven (parish)",
    }


def test_a_hamlet_is_asked_about_where_a_body_in_force_has_its_name(england: Store) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, "Humber", "2012-06-01")
    assert [one.partition(" — ")[0] for one in refused.value.candidates] == [
        "Humber, Herefordshire (place)",
        "pctc:humber",
    ]
    with pytest.raises(Ambiguous, match="an area that nobody administers") as refused:
        place_of(england, "Humber", "2020-06-01")
    assert {"Hull", "Humber, Herefordshire (place)"} <= set(refused.value.candidates)
    assert place_of(england, "Humber, Herefordshire", "2020-06-01").label == "Humber, Herefordshire"


def test_what_stands_only_within_a_wards_name_may_reach_beyond_it(england: Store) -> None:
    place = place_of(england, "Mayfair", AT)
    assert "How far Mayfair itself reaches is not known; it may lie in other councils too." in place.notes


@pytest.mark.parametrize("text", ["Town Centre", "Hospital", "Airport", "Upper Road"])
def test_common_words_in_names_of_wards_are_no_places(england: Store, text: str) -> None:
    with pytest.raises(NothingFound):
        place_of(england, text, AT)


@pytest.mark.parametrize("text", ["Beach", "Common", "East", "Racecourse"])
def test_a_ward_with_such_a_name_is_one_of_several(england: Store, text: str) -> None:
    with pytest.raises(Ambiguous):
        place_of(england, text, AT)


@pytest.mark.parametrize(
    ("text", "label", "other"),
    [
        ("Ashford", "Ashford, Ashford", "Ashford, Spelthorne (town)"),
        ("Hayes", "Hayes, Hillingdon", "Hayes, Bromley (place)"),
        ("Farnborough", "Farnborough, Rushmoor", "Farnborough, Bromley (place)"),
        ("Gillingham", "Gillingham, Medway", "Gillingham, Dorset (town)"),
        ("Hendon", "Hendon, Barnet", "Hendon, Sunderland (ward)"),
        ("Loughton", "Loughton, Epping Forest", "Loughton, Milton Keynes (place)"),
        ("Cottingham", "Cottingham, East Riding of Yorkshire", "Cottingham, North Northamptonshire (place)"),
    ],
)
def test_a_namesake_with_many_people_that_is_not_meant_is_told(
    england: Store, text: str, label: str, other: str
) -> None:
    place = place_of(england, text, AT)
    assert place.label == label
    assert f"“{other}” is called so too and is not meant." in place.notes


def test_a_town_told_by_its_county_has_no_namesake_to_tell(england: Store) -> None:
    assert not any("called so too" in note for note in place_of(england, "Ashford, Kent", AT).notes)


@pytest.mark.parametrize(
    ("text", "label", "other"),
    [
        ("Abingdon", "Abingdon, Vale of White Horse", "Abingdon, Kensington and Chelsea (ward)"),
        ("Blyth", "Blyth, Northumberland", "Blyth, Bassetlaw (town)"),
        ("Christchurch", "Christchurch, Bournemouth, Christchurch and Poole", "Christchurch, Fenland (town)"),
        ("Dorchester", "Dorchester, Dorset", "Dorchester, South Oxfordshire (town)"),
        ("Tiverton", "Tiverton, Mid Devon", "Tiverton, Cheshire West and Chester (place)"),
        ("Hyde", "Hyde, Tameside", "Hyde, New Forest (town)"),
        ("Oldbury", "Oldbury, Sandwell", "Oldbury, Shropshire (town)"),
        ("Poplar", "Poplar, Tower Hamlets", "Poplar, Nuneaton and Bedworth (ward)"),
    ],
)
def test_a_town_of_known_people_is_meant_before_villages_and_a_ward_of_its_name(
    england: Store, text: str, label: str, other: str
) -> None:
    place = place_of(england, text, AT)
    assert place.label == label
    assert f"“{other}” is called so too and is not meant." in place.notes


@pytest.mark.parametrize("text", ["Hyde Park", "St Ann's", "Southgate", "Evington", "Allerton", "Greenhill"])
def test_quarters_of_several_cities_are_still_asked_about(england: Store, text: str) -> None:
    with pytest.raises(Ambiguous):
        place_of(england, text, AT)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Stoke", ["Stoke-on-Trent, Stoke-on-Trent (town)"]),
        ("Burton", ["Burton upon Trent, East Staffordshire (town)"]),
        ("Sydenham", ["Sydenham, Lewisham (ward)"]),
        ("Fenton", ["Fenton, Stoke-on-Trent (neighbourhood)"]),
        ("Easton", ["Easton, Bristol (ward)"]),
        ("Walton", ["Walton, Liverpool (place)"]),
        ("Paddington", ["Paddington & St George's Fields, Westminster (neighbourhood)"]),
        (
            "Newcastle",
            [
                "Newcastle upon Tyne, Newcastle upon Tyne (town)",
                "Newcastle-under-Lyme, Newcastle-under-Lyme (town)",
            ],
        ),
    ],
)
def test_the_largest_of_the_candidates_stands_first(england: Store, text: str, first: list[str]) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, text, AT)
    assert refused.value.candidates[: len(first)] == first
