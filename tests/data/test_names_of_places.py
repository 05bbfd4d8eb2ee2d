"""Names of places, asked of the real data: those that people type, and a sample of all there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import term_rows
from orgmap.loaders.open import open_store
from orgmap.loaders.published import read_table
from orgmap.queries.body.resolve import resolve
from orgmap.queries.place.find import practice_of
from orgmap.queries.place.places import place_of
from orgmap.queries.structure.within import scopes_of
from tests.truth.places import POINTS, Judge, Spot, questions

AT = "2024-06-01"


@pytest.fixture(scope="module")
def england() -> Iterator[Store]:
    """The whole graph, opened once."""
    with open_store() as store:
        yield store


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Ashford", "Ashford, a town in Ashford, Kent"),
        ("Ashford, Spelthorne", "Ashford, a town in Spelthorne, Surrey"),
        ("Bradford, Torridge", "Bradford, a parish in Torridge, Devon"),
        ("Richmond, London", "Richmond, a place in Richmond upon Thames, London"),
        ("Newport (IoW)", "Newport, a town in Isle of Wight"),
        ("Whitby, North Yorkshire, England", "Whitby, a town in North Yorkshire"),
        ("Gillingham, Kent", "Gillingham, a town in Medway, Kent"),
        ("Twickenham, Middlesex", "Twickenham, a place in Richmond upon Thames, London"),
        ("Sale, Cheshire", "Sale, a town in Trafford, Greater Manchester"),
        ("Margate, NHS Kent and Medway ICB", "Margate, a town in Thanet, Kent"),
        (
            "Yate, NHS Bristol, North Somerset and South Gloucestershire ICB",
            "Yate, a town in South Gloucestershire, Gloucestershire",
        ),
        ("Rye", "Rye, a town in Rother, East Sussex"),
        ("Chester", "Chester, a town in Cheshire West and Chester, Cheshire"),
        ("Salisbury", "Salisbury, a town in Wiltshire"),
        ("Berwick upon Tweed", "Berwick-upon-Tweed, a town in Northumberland"),
        ("Barking", "Barking, a place in Barking and Dagenham, London"),
        ("Bow", "Bow, a place in Tower Hamlets, London"),
        ("Brixton", "Brixton, a place in Lambeth, London"),
        ("Romford", "Romford, a place in Havering, London"),
        ("Wimbledon", "Wimbledon, a place in Merton, London"),
        ("Tottenham", "Tottenham, a place in Haringey, London"),
        ("West Bromwich", "West Bromwich, a place in Sandwell, West Midlands"),
        ("High Wycombe", "High Wycombe, a place in Buckinghamshire"),
        ("South Shields", "South Shields, a place in South Tyneside, Tyne and Wear"),
        ("Leamington Spa", "Royal Leamington Spa, a town in Warwick, Warwickshire"),
        ("Clacton", "Clacton-on-Sea, a town in Tendring, Essex"),
        ("Yorkshire and the Humber", "Yorkshire and The Humber, a region of government"),
        ("South West", "South West, a region of government"),
        ("East of England", "East of England, a region of government"),
        ("Greater London", "Greater London, a county"),
        ("Yorkshire", "Yorkshire, a traditional county"),
        ("Merseyside", "Merseyside, a county"),
        ("Berkshire", "Berkshire, a county"),
        ("West Midlands (region)", "West Midlands, a region of government"),
        ("The Wirral", "Wirral Borough Council, an upper-tier council"),
        ("Co Durham", "Durham County Council, an upper-tier council"),
        ("Saint Albans", "St Albans, a town in St Albans, Hertfordshire"),
        ("Barnsley MBC", "Barnsley Metropolitan Borough Council, an upper-tier council"),
        ("Kent CC", "Kent County Council, an upper-tier council"),
        ("LB Camden", "London Borough of Camden, an upper-tier council"),
        ("N Yorks", "North Yorkshire Council, an upper-tier council"),
        ("E. Sussex", "East Sussex County Council, an upper-tier council"),
        ("Hull", "Hull City Council, an upper-tier council"),
        ("Herts", "Hertfordshire County Council, an upper-tier council"),
        ("Stoke on Trent", "Stoke-on-Trent City Council, an upper-tier council"),
        ("Kings Lynn", "King's Lynn, a town in King's Lynn and West Norfolk, Norfolk"),
        ("12 High Street, Margate, Kent, CT9 1AA", "CT9 1AA, a postcode"),
    ],
)
def test_what_people_type_is_the_place_they_mean(england: Store, text: str, described: str) -> None:
    assert place_of(england, text, AT).described == described


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        (
            "Newcastle",
            [
                "Newcastle upon Tyne, Newcastle upon Tyne (town)",
                "Newcastle-under-Lyme, Newcastle-under-Lyme (town)",
            ],
        ),
        ("West Midlands", ["West Midlands (region)", "West Midlands (county)"]),
        (
            "St Ives",
            ["St Ives, Huntingdonshire (town)", "St Ives, Cornwall (town)", "St Ives, Dorset (place)"],
        ),
    ],
)
def test_namesakes_are_asked_about(england: Store, text: str, candidates: list[str]) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, text, AT)
    assert refused.value.candidates == candidates
    assert all(place_of(england, candidate, AT).described for candidate in candidates)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Margate, Atlantis", "“Atlantis”. Did you mean “Margate, Thanet (town)”"),
        ("Margate, Leeds", "No place of that name lies in Leeds. Did you mean “Margate, Thanet (town)”"),
        ("Middlesex", "only written in addresses"),
        ("Ashford Kent", "Did you mean “Ashford, Kent”"),
        ("Margate, Wales", "is not in England"),
        ("qks", "In capitals QKS is a code of NHS Kent and Medway Integrated Care Board"),
        ("12 High Street, Leeds, CT9 1AA", "No place is called"),
    ],
)
def test_what_is_no_place_is_refused_and_places_are_offered(england: Store, text: str, words: str) -> None:
    with pytest.raises(NothingFound) as refused:
        place_of(england, text, AT)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        ("Greater Manchester", "2026-04-01", "integrated_care_board"),
        ("Greater Manchester", "2019-04-01", "county"),
        ("Cambridgeshire and Peterborough", "2025-01-01", "integrated_care_board"),
        ("Cambridgeshire and Peterborough", "2020-01-01", "clinical_commissioning_group"),
        ("Kent and Medway", "2012-06-01", "primary_care_trust_cluster"),
        ("NHS Gloucestershire", "2010-01-01", "primary_care_trust"),  # its area is known from April on
        ("NHS Gloucestershire", "2015-01-01", "clinical_commissioning_group"),
        ("NHS Gloucestershire", "2023-01-01", "integrated_care_board"),
        ("Kent and Medway", "2013-06-01", "area_team"),
        ("Kent and Medway", "2022-06-30", "clinical_commissioning_group"),
        ("Kent and Medway", "2022-07-01", "integrated_care_board"),
        ("Cumbria", "2023-03-31", "upper_tier_council"),
        ("Cumbria", "2023-04-01", "county"),
    ],
)
def test_a_name_is_that_of_what_is_in_force_on_the_day(england: Store, text: str, at: str, kind: str) -> None:
    assert place_of(england, text, at).kind == kind


@pytest.mark.skipif(not POINTS.is_file(), reason="../shared is not here")
def test_a_sample_of_all_wards_parishes_and_councils_lies_where_it_should(england: Store) -> None:
    nowhere: list[Spot] = []  # to find the postcodes nearest to the points takes long
    pointed = {place_form(row["name"]) for _, row in read_table(POINTS, "name")}
    asked = questions(nowhere, lambda number: number % 25 == 0)
    asked = [one for one in asked if "alone" not in one.sort or place_form(one.name) not in pointed]
    judge = Judge(england)
    found = [judge.verdict(one) for one in asked]
    assert len(found) > 1000
    assert [one for one in found if one.word in ("elsewhere", "left out") and not one.asked.border] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("NHS Bradford City CCG", "NHS Bradford City CCG"),
        ("Bradford City CCG", "NHS Bradford City CCG"),
        ("Bradford City Clinical Commissioning Group", "NHS Bradford City CCG"),
        ("NHS Bradford Districts CCG", "NHS Bradford Districts CCG"),
    ],
)
def test_a_name_with_city_kept_is_no_other_bodys(england: Store, text: str, label: str) -> None:
    assert place_of(england, text, "2014-06-01").label == label
    assert resolve(england, text).label == label


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Norton, Stockton", "Norton, a place in Stockton-on-Tees, County Durham"),
        ("Norton, Stockton-on-Tees", "Norton, a place in Stockton-on-Tees, County Durham"),
        ("Jesmond, Newcastle", "Jesmond, a place in Newcastle upon Tyne, Tyne and Wear"),
        ("Jesmond, Tyne and Wear", "Jesmond, a place in Newcastle upon Tyne, Tyne and Wear"),
        ("Washington, Durham", "Washington, a town in Sunderland, Tyne and Wear"),
        ("Southport, Lancashire", "Southport, a town in Sefton, Merseyside"),
        ("Southend", "Southend-on-Sea, a town in Southend-on-Sea, Essex"),
        ("Margate - Kent", "Margate, a town in Thanet, Kent"),
    ],
)
def test_what_stands_behind_a_name_is_a_council_before_a_village(
    england: Store, text: str, described: str
) -> None:
    assert place_of(england, text, "2018-06-01").described == described


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Jesmond", {"Jesmond, Hartlepool (neighbourhood)", "Jesmond, Newcastle upon Tyne (place)"}),
        ("Hanwell", {"Hanwell, Cherwell (place)", "Hanwell, Ealing (neighbourhood)"}),
        ("Evington", {"Evington, Oadby and Wigston (place)", "Evington, Leicester (neighbourhood)"}),
        (
            "Knowle",
            {"Knowle, Solihull (place)", "Knowle, Winchester (town)", "Knowle, Bristol (neighbourhood)"},
        ),
    ],
)
def test_a_ward_or_small_area_elsewhere_is_asked_about(
    england: Store, text: str, candidates: set[str]
) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, text, "2018-06-01")
    assert set(refused.value.candidates) == candidates
    for candidate in candidates:
        assert place_of(england, candidate, "2018-06-01").described.startswith(f"{text}, ")


@pytest.mark.parametrize(
    "town", ["Chester", "Salisbury", "Berwick-upon-Tweed", "Macclesfield", "Bridgnorth", "Bedford"]
)
def test_a_town_is_meant_where_its_district_has_no_area_known(england: Store, town: str) -> None:
    place = place_of(england, town, "2008-06-01")
    assert place.label.startswith(f"{town}, ")
    assert any("The town is meant" in note for note in place.notes)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5GT", "Great Yarmouth PCT"),
        ("5JV", "Waveney PCT"),
        ("Bournemouth PCT", "Bournemouth Teaching PCT"),
    ],
)
def test_a_body_in_force_without_a_known_area_is_named(england: Store, text: str, name: str) -> None:
    with pytest.raises(NothingFound, match=f"The area of {name} is not known for 2005-06-01"):
        place_of(england, text, "2005-06-01")


@pytest.mark.parametrize(("text", "one"), [("SW1", "SW1P"), ("W1", "W1W"), ("EC1", "EC1A"), ("WC2", "WC2R")])
def test_the_beginning_of_outcodes_is_all_of_them(england: Store, text: str, one: str) -> None:
    place = place_of(england, text, AT)
    inside = {area for area, _ in place_of(england, one, AT).parts}
    assert inside <= {area for area, _ in place.parts}
    assert one in place.notes[0]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Stratford-on-Avon", "“Stratford-on-Avon District Council” means all of the district"),
        ("Blackburn", "“Blackburn, Blackburn with Darwen (town)” means the town"),
        ("Bradford", "“Bradford, Bradford (town)” means the town"),
    ],
)
def test_a_town_and_its_council_are_told_apart(england: Store, text: str, note: str) -> None:
    assert any(note in one for one in place_of(england, text, AT).notes)


@pytest.mark.parametrize(
    ("text", "days", "label"),
    [
        ("Thames Valley", ("2026-03-31", "2026-04-01"), "NHS Thames Valley Integrated Care Board"),
        ("Surrey and Sussex", ("2026-03-31", "2026-04-01"), "NHS Surrey and Sussex Integrated Care Board"),
        ("NHS Essex", ("2026-03-31", "2026-04-01"), "NHS Essex Integrated Care Board"),
        ("Thames Valley", ("2013-03-31", "2013-04-01"), "Thames Valley Area Team"),
        ("Thames Valley", ("2013-04-01", "2013-03-31"), "Thames Valley Area Team"),
    ],
)
def test_of_two_days_one_on_which_the_body_is_in_force_tells_what_is_meant(
    england: Store, text: str, days: tuple[str, str], label: str
) -> None:
    scopes = scopes_of(england, text, days)
    assert [scope.label for scope in scopes] == [label, label]
    assert scopes[0].areas == scopes[1].areas


@pytest.mark.parametrize("text", ["S'well", "S’well", "B'pool", "L'pool, Merseyside", "Bo'ness"])
def test_an_apostrophe_for_letters_makes_no_other_word(england: Store, text: str) -> None:
    with pytest.raises(NothingFound) as refused:
        place_of(england, text, AT)
    assert "Did you mean" not in str(refused.value)


@pytest.mark.parametrize("text", ["King's Lynn", "St James's, Westminster", "Bishop's Castle"])
def test_other_apostrophes_are_as_good_as_none(england: Store, text: str) -> None:
    assert place_of(england, text, AT).parts == place_of(england, text.replace("'", ""), AT).parts


@pytest.mark.parametrize("day", ["2024-06-01", "2025-06-01"])
def test_a_trust_is_no_place_unless_it_is_named_as_one(england: Store, day: str) -> None:
    with pytest.raises(NothingFound, match="Did you mean “Barnet” or “Camden”"):
        place_of(england, "North London", day)
    assert place_of(england, "North London NHS Foundation Trust", day).kind == "nhs_trust"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Humber", {"Hull", "East Riding of Yorkshire", "Humber, Herefordshire (place)"}),
        ("South Downs", {"East Sussex", "West Sussex", "South Downs, Wealden (ward)"}),
        (
            "Covent Garden",
            {"Strand, St James & Mayfair, Westminster", "Holborn & Covent Garden, Camden (ward)"},
        ),
    ],
)
def test_a_hamlet_or_ward_is_not_taken_for_an_area_that_nobody_administers(
    england: Store, text: str, candidates: set[str]
) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, text, AT)
    assert candidates <= set(refused.value.candidates)
    for one in refused.value.candidates:
        assert place_of(england, one, AT)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Tyneside", "Did you mean “North Tyneside Council” or “South Tyneside Council” or"),
        ("Wigan and Leigh", "Did you mean “Wigan” or “Leigh” or “Healthwatch Wigan”?"),
        ("nr Ashford", "Did you mean “Ashford”?"),
        ("Isle of Sheppey", "Did you mean “Sheppey, Swale (place)”?"),
        ("Teesside", "Did you mean “Middlesbrough” or “Stockton-on-Tees” or “Redcar and Cleveland”?"),
        ("The Potteries", "nobody administers that area"),
        ("Isle of Ely", "Did you mean “Ely, East Cambridgeshire” or"),
        ("Isle of Dogs, Tower Hamlets", "Did you mean “Canary Wharf, Tower Hamlets” or"),
        ("Potteries", "Did you mean “Stoke-on-Trent” or “Newcastle-under-Lyme”?"),
        ("Peak District", "Did you mean “High Peak” or “Derbyshire Dales”?"),
        ("Lindisfarne", "Did you mean “Holy Island, Northumberland”?"),
        ("Docklands", "Did you mean “Canary Wharf, Tower Hamlets”"),
        ("Isle of Dogs", "Did you mean “Canary Wharf, Tower Hamlets” or “Millwall, Tower Hamlets”?"),
    ],
)
def test_a_hint_names_what_may_be_meant(england: Store, text: str, hint: str) -> None:
    with pytest.raises(NothingFound) as refused:
        place_of(england, text, AT)
    assert hint in str(refused.value)


def test_areas_that_nobody_administers_tell_places_from_namesakes_and_offer_places_that_are_known(
    england: Store,
) -> None:
    assert place_of(england, "Newcastle, Tyneside", AT).label == "Newcastle upon Tyne, Newcastle upon Tyne"
    assert place_of(england, "Hanley, the Potteries", AT).label == "Hanley, Stoke-on-Trent"
    with pytest.raises(NothingFound):
        place_of(england, "Margate, Teesside", AT)
    for name, councils, offers in term_rows("informal_areas.csv"):
        for one in (*councils.split("; "), *offers.split("; ")):
            assert not one or place_of(england, one, "2026-06-01"), name


def test_no_practice_has_the_name_of_an_area_that_nobody_administers(england: Store) -> None:
    for text in ("The Potteries", "Potteries"):
        assert practice_of(england, text) is None
