"""Names of bodies, ended districts, joint names, suburbs and towns outside England, asked of England's own tables."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import term_rows
from orgmap.loaders.compile.places.outside_england import outside_england
from orgmap.queries.place.areas import former_extent
from orgmap.queries.place.bodies.of_kind import asked_for, of_kinds
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of
from tests.england.conftest import SHARED, published


def refusal(england: Store, text: str, at: str = "2026-06-01") -> str:
    """The words and candidates with which a text is refused."""
    with pytest.raises((NothingFound, Ambiguous)) as refused:
        place_of(england, text, at)
    return " ".join([str(refused.value), *getattr(refused.value, "candidates", [])])


@pytest.mark.parametrize(
    ("text", "at", "body"),
    [
        ("Dartford, Gravesham and Swanley", "2005-06-01", "pct:5CM"),
        ("Morecambe Bay", "2005-06-01", "pct:5DD"),
        ("Fareham and Gosport", "2005-06-01", "pct:5LX"),
        ("Chorley and South Ribble", "2005-06-01", "pct:5F2"),
        ("East Surrey", "2005-06-01", "pct:5KQ"),
        ("Guildford and Waverley", "2005-06-01", "pct:5L5"),
        ("Southport and Formby", "2005-06-01", "pct:5F9"),
        ("Windsor, Ascot and Maidenhead", "2005-06-01", "pct:5G3"),
        ("Hampshire and Isle of Wight", "2004-06-01", "sha:hampshire_and_isle_of_wight"),
        ("Birmingham and the Black Country", "2004-06-01", "sha:birmingham_and_the_black_country"),
        ("Kent and Medway", "2004-06-01", "sha:kent_and_medway"),
        ("Cheshire and Merseyside", "2004-06-01", "sha:cheshire_and_merseyside"),
        ("Thames Valley", "2004-06-01", "sha:thames_valley"),
        ("Surrey and Sussex", "2004-06-01", "sha:surrey_and_sussex"),
        ("North West London", "2004-06-01", "sha:north_west_london"),
    ],
)
def test_a_body_in_force_whose_area_is_not_known_is_told(
    england: Store, text: str, at: str, body: str
) -> None:
    told = refusal(england, text, at)
    assert body in told
    assert "was in force" in told


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("D4U1Y", "NHS Frimley ICB - D4U1Y"),
        ("E38000252", "NHS Frimley ICB - D4U1Y"),
        ("North Central London", "NHS North Central London Integrated Care Board"),
        ("North West London", "NHS North West London Integrated Care Board"),
        ("Surrey Heartlands", "NHS Surrey Heartlands Integrated Care Board"),
        ("QNX", "NHS Sussex Integrated Care Board"),
        ("QMJ", "NHS North Central London Integrated Care Board"),
        ("BLMK", "NHS Bedfordshire, Luton and Milton Keynes Integrated Care Board"),
    ],
)
def test_of_several_ended_bodies_the_last_is_meant(england: Store, text: str, label: str) -> None:
    place = place_of(england, text, "2026-06-01")
    assert place.label == label
    assert any(note.startswith("Nothing in force on 2026-06-01") for note in place.notes)


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("Penwith", "council:E06000052"),
        ("Kerrier", "council:E06000052"),
        ("Carrick", "council:E06000052"),
        ("Teesdale", "council:E06000047"),
        ("Derwentside", "council:E06000047"),
        ("Tynedale", "council:E06000048"),
        ("Wansbeck", "council:E06000048"),
        ("Kennet", "council:E06000054"),
        ("Crewe and Nantwich", "council:E06000049"),
        ("Mid Bedfordshire", "council:E06000056"),
        ("Vale Royal", "council:E06000050"),
        ("Ellesmere Port and Neston", "council:E06000050"),
        ("Shrewsbury and Atcham", "council:E06000051"),
        ("Aylesbury Vale", "council:E06000060"),
    ],
)
def test_an_ended_district_answers_and_tells_what_followed_it(
    england: Store, text: str, council: str
) -> None:
    told = find(england, text, "2026-06-01")
    assert {b["id"] for b in told["bodies"] if b["role"] == "upper_tier_council"} == {council}
    assert any("was followed by" in note and council in note for note in told["notes"])
    assert told["place"]["kind"] == "district_council"


def test_an_ended_district_is_no_more_than_it_was(england: Store) -> None:
    """Vale Royal lay in Central and Eastern Cheshire for four fifths of its people, its heir for a quarter."""
    place = place_of(england, "Vale Royal", "2012-06-01")
    told = find(england, "Vale Royal", "2012-06-01")
    assert len(place.parts) == 2
    shares = {b["id"]: b.get("share", 1.0) for b in told["bodies"] if b["role"] == "commissioner"}
    assert shares["pct:5NP"] == pytest.approx(0.816, abs=0.01)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Adur and Worthing", "“Adur” or “Worthing”"),
        ("Adur & Worthing", "“Adur” or “Worthing”"),
        ("Wigan and Leigh", "“Wigan” or “Leigh”"),
        ("Kingston and Richmond", "“Kingston” or “Richmond”"),
        ("IVF", "No place is called “IVF”"),
        ("hospice", "No place is called “hospice”"),
    ],
)
def test_a_name_that_is_no_place_offers_places(england: Store, text: str, offered: str) -> None:
    told = refusal(england, text)
    assert offered in told
    assert "The area of" not in told
    assert "has no area of its own" not in told


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("Cheadle", "Stockport"),
        ("Crosby", "Sefton"),
        ("Stanley", "County Durham"),
        ("Witham", "Braintree"),
    ],
)
def test_a_town_whose_people_no_table_tells_is_asked_about(england: Store, text: str, council: str) -> None:
    assert f"{text}, {council} (town)" in refusal(england, text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Wythenshawe", "Wythenshawe, Manchester"),
        ("Reddish", "Reddish, Stockport"),
        ("Pendlebury", "Pendlebury, Salford"),
        ("Cheltenham", "Cheltenham Borough Council"),
        ("Rochester", "Rochester, Medway"),
        ("Leigh, Wigan", "Leigh, Wigan"),
    ],
)
def test_hamlets_do_not_make_everyone_ask(england: Store, text: str, label: str) -> None:
    place = place_of(england, text, "2026-06-01")
    assert place.label.partition(" Borough")[0] == label.partition(" Borough")[0]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Cardiff", "Wales"),
        ("Swansea", "Wales"),
        ("Llandudno", "Wales"),
        ("Wrexham", "Wales"),
        ("Edinburgh", "Scotland"),
        ("Paisley", "Scotland"),
        ("Aberdeenshire", "Scotland"),
        ("Belfast", "Northern Ireland"),
        ("Derry", "Northern Ireland"),
        ("Isle of Man", "The Isle of Man"),
        ("Jersey", "Channel Islands"),
        ("Guernsey", "Channel Islands"),
        ("Newport NP20", "NP20"),
        ("Newport, Gwent", "Wales"),
        ("Penarth, Vale of Glamorgan", "Wales"),
    ],
)
def test_a_town_outside_england_is_told_with_its_country(england: Store, text: str, country: str) -> None:
    told = refusal(england, text)
    assert "in England" in told
    assert country in told


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("LB Kingston", "Royal Borough of Kingston upon Thames"),
        ("LB Kensington", "Royal Borough of Kensington and Chelsea"),
        ("Royal Greenwich", "Royal Borough of Greenwich"),
        ("Stoke CC", "Stoke-on-Trent City Council"),
        ("Kirklees MC", "Kirklees Council"),
        ("Kent C.C.", "Kent County Council"),
        ("Barnsley M.B.C.", "Barnsley Metropolitan Borough Council"),
        ("Thanet Dist Council", "Thanet District Council"),
        ("Southend BC", "Southend-on-Sea City Council"),
        ("South East England", "South East"),
        ("North West England", "North West"),
        ("West Midlands region", "West Midlands"),
        ("Margate, South East England", "Margate, Thanet"),
        ("West Midlands Combined Authority", "West Midlands Combined Authority"),
        ("Greater Manchester Combined Authority", "Greater Manchester Combined Authority"),
        ("Tees Valley Combined Authority", "Tees Valley Combined Authority"),
    ],
)
def test_a_style_is_read(england: Store, text: str, label: str) -> None:
    assert place_of(england, text, "2026-06-01").label == label


@pytest.mark.parametrize(
    ("text", "kind", "at", "found"),
    [
        ("CT9 1AA", "clinical_commissioning_group", "2014-01-01", {"ccg:10E"}),
        ("Kent", "integrated_care_board", "2026-06-01", {"icb:QKS"}),
        ("Leeds", "clinical_commissioning_group", "2014-01-01", {"ccg:02V", "ccg:03C", "ccg:03G"}),
        ("Barnet", "primary_care_trust", "2011-01-01", {"pct:5A9"}),
        ("BLMK", "integrated_care_board", "2024-01-01", {"icb:QHG"}),
        ("G82064", "clinical_commissioning_group", "2014-06-01", {"ccg:10E"}),
        ("Margate", "nhs_trust", "2024-01-01", set()),
    ],
)
def test_a_kind_limits_the_bodies_of_a_place(
    england: Store, text: str, kind: str, at: str, found: set[str]
) -> None:
    wanted = frozenset({kind})
    told = find(england, asked_for(england, text, at, wanted), at)
    assert {body["id"] for body in of_kinds(told["bodies"], wanted)} == found


@published
def test_names_outside_england_are_those_of_the_published_lists() -> None:
    written = [tuple(row) for row in term_rows("outside_england.csv")]
    assert written == outside_england(SHARED)


@published
def test_all_37_districts_that_ended_in_2009_know_where_their_people_lived(england: Store) -> None:
    ended = [
        body
        for body in england.entities(kind="district_council")
        if body.valid_until and body.valid_until <= "2009-04-01"
    ]
    assert len(ended) == 37
    for body in ended:
        assert sum(share for _, share in former_extent(england, body)) == pytest.approx(1), body.label


@pytest.mark.parametrize(
    ("text", "at", "trust"),
    [
        ("RM1", "2026-06-01", "trust:RM1"),
        ("RH5", "2026-06-01", "trust:RH5"),
        ("rm3", "2026-06-01", "trust:RM3"),
        ("RH8", "2018-06-01", "trust:RH8"),
        ("RM2", "2014-06-01", "trust:RM2"),
    ],
)
def test_an_outcode_that_is_a_trust_s_code_says_so(england: Store, text: str, at: str, trust: str) -> None:
    place = place_of(england, text, at)
    assert place.kind == "outcode"
    assert trust in " ".join(place.notes)
    assert asked_for(england, text, at, frozenset({"nhs_trust"})) == trust


@pytest.mark.parametrize(
    ("text", "at", "label"),
    [
        ("South Yorkshire ICS", "2024-06-01", "NHS South Yorkshire Integrated Care Board"),
        ("South Yorkshire ICS", "2020-06-01", "South Yorkshire and Bassetlaw"),
        ("Black Country ICS", "2026-06-01", "NHS Black Country Integrated Care Board"),
        ("Kent and Medway ICS", "2026-06-01", "NHS Kent and Medway Integrated Care Board"),
        (
            "Humber and North Yorkshire ICS",
            "2026-06-01",
            "NHS Humber and North Yorkshire Integrated Care Board",
        ),
        (
            "BOB ICS",
            "2024-06-01",
            "NHS Buckinghamshire, Oxfordshire and Berkshire West Integrated Care Board",
        ),
        ("NWL ICS", "2024-06-01", "NHS North West London Integrated Care Board"),
        ("Dorset Integrated Care System", "2024-06-01", "NHS Dorset Integrated Care Board"),
        ("Greater Manchester ICS", "2023-06-01", "NHS Greater Manchester Integrated Care Board"),
        ("Mid and South Essex ICS", "2024-06-01", "NHS Mid and South Essex Integrated Care Board"),
        ("Gloucestershire ICS", "2018-06-01", "Gloucestershire"),
        ("Devon ICS", "2023-06-01", "NHS Devon Integrated Care Board"),
    ],
)
def test_a_care_system_is_the_partnership_and_then_the_board(
    england: Store, text: str, at: str, label: str
) -> None:
    place = place_of(england, text, at)
    assert place.label == label
    assert not any(note.startswith("Nothing in force") for note in place.notes)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        (
            "5QA",
            "2004-06-01",
            "The area of Eastern and Coastal Kent PCT is not known for 2004-06-01. It began on 2006",
        ),
        ("5N1", "2004-06-01", "The area of Leeds PCT is not known"),
        ("5P8", "2003-06-01", "The area of Hastings and Rother PCT is not known"),
        ("TAD", "2026-06-01", "Where Bradford District Care NHS Foundation Trust stood"),
        ("TAH", "2018-06-01", "Where Sheffield Health & Social Care NHS Foundation Trust stood"),
    ],
)
def test_a_code_whose_area_is_not_known_names_its_body(
    england: Store, text: str, at: str, words: str
) -> None:
    assert words in refusal(england, text, at)


@pytest.mark.parametrize(
    ("text", "at", "label"),
    [
        ("Wigan CCG", "2015-06-01", "NHS Wigan Borough CCG"),
        ("Central London CCG", "2015-06-01", "NHS Central London (Westminster) CCG"),
        ("East Riding PCT", "2009-06-01", "East Riding of Yorkshire PCT"),
        ("NHS Telford", "2014-06-01", "NHS Telford and Wrekin CCG"),
        ("NHS Telford", "2011-06-01", "Telford and Wrekin PCT"),
        ("ALW PCT", "2010-06-01", "Ashton, Leigh and Wigan PCT"),
        ("Birmingham Cross City CCG", "2015-06-01", "NHS Birmingham CrossCity CCG"),
        ("Hastings PCT", "2010-06-01", "Hastings and Rother PCT"),
        ("Ipswich CCG", "2015-06-01", "NHS Ipswich and East Suffolk CCG"),
        ("Windsor CCG", "2015-06-01", "NHS Windsor, Ascot and Maidenhead CCG"),
        ("Fylde CCG", "2015-06-01", "NHS Fylde and Wyre CCG"),
        ("HoB PCT", "2010-06-01", "Heart of Birmingham Teaching PCT"),
    ],
)
def test_a_commissioner_is_known_by_the_beginning_of_its_name(
    england: Store, text: str, at: str, label: str
) -> None:
    assert place_of(england, text, at).label == label


@pytest.mark.parametrize(
    ("text", "at", "bodies"),
    [
        ("Leeds CCG", "2015-06-01", ["ccg:02V", "ccg:03C", "ccg:03G", "ccg:15F"]),
        ("Derbyshire CCG", "2015-01-01", ["ccg:04J", "ccg:04R", "ccg:15M"]),
        ("Durham CCG", "2015-06-01", ["ccg:00D", "ccg:00J"]),
        ("Newcastle CCG", "2014-06-01", ["ccg:00G", "ccg:00H"]),
        ("Lincolnshire CCG", "2015-06-01", ["ccg:03T", "ccg:04D"]),
        ("Midlands", "2016-06-01", ["region:Y55", "shac:midlands_and_east"]),
        ("Midlands", "2014-06-01", ["region:Y55", "shac:midlands_and_east"]),
        ("NHS Coventry", "2015-06-01", ["ccg:05A"]),
        ("KCW", "2012-06-01", ["pct:5LA", "pct:5LC"]),
    ],
)
def test_no_body_of_another_day_stands_in_before_those_in_force_that_have_the_name_in_theirs(
    england: Store, text: str, at: str, bodies: list[str]
) -> None:
    told = refusal(england, text, at)
    assert all(body in told for body in bodies)


def test_every_location_is_found_by_its_name_with_a_dash_and_with_a_comma(england):
    """“NHS West Yorkshire ICB - 02T”: a dash that parts a name and a place elsewhere is part of the name here."""
    for at in ("2022-07-01", "2026-04-01"):
        for body in england.entities(kind="sub_icb_location", at=at):
            for text in (body.name, body.name.replace(" - ", ", ")):
                assert place_of(england, text, at).label == body.name
