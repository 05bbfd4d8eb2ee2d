"""The register in XML is read as a stream, with its oddities, and refused with its line where it is not whole."""

from __future__ import annotations

import io
from random import Random

import pytest

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.ods_xml import Manifest, XmlBody, read_bodies
from orgmap.loaders.releases.whole import quick as reading_quickly
from orgmap.loaders.releases.whole.quick import read_quickly
from orgmap.loaders.releases.whole.reached import XmlContact
from tests.ods_xml import drawn_register, write_register


def bodies_of(raw: bytes) -> list[XmlBody]:
    """The bodies of a file, read in both ways; what the quick way says must be what the slow one says."""
    slow, quick = Manifest(), Manifest()
    found = list(read_bodies(io.BytesIO(raw), "full.xml", slow))
    assert list(read_quickly(io.BytesIO(raw), "full.xml", quick)) == found
    assert vars(slow) == vars(quick)
    return found


def verdict(raw: bytes, quickly: bool) -> list[XmlBody] | str:
    """What comes of a file: its bodies, or that it is refused."""
    reader = read_quickly if quickly else read_bodies
    try:
        return list(reader(io.BytesIO(raw), "full.xml", Manifest()))
    except DataBroken as error:
        return str(error)


@pytest.mark.parametrize("archive", [False, True])
def test_every_body_is_read_however_the_edition_writes_it(archive: bool) -> None:
    found = bodies_of(drawn_register(2_000, archive=archive))
    assert [body.code for body in found] == [f"X{number:05}" for number in range(2_000)]
    assert {body.name.split()[0] for body in found} == {"BODY"}  # never that of a body inside a target
    assert {body.status for body in found} == {"Active"}  # of regions it is that of the first role
    assert {len(body.roles) for body in found} == {1, 2}
    assert {role.is_primary for body in found for role in body.roles} == {True, False}
    assert {len(one.target) for body in found for one in body.relations} == {6}
    assert {one.relation for body in found for one in body.relations} == {"RE4", "RE5", "RE6"}
    assert {(one.way, one.day) for body in found for one in body.successions} == {("Successor", "2013-04-01")}
    assert any(body.is_stub for body in found)
    assert any(body.days.legal_from for body in found)
    assert all(body.days.from_day for body in found)
    # The last day included becomes the first day after.
    assert {body.days.until_day[4:] for body in found} == {"", "-04-01"}
    assert found[0].line < found[-1].line
    assert {one.target_role for body in found for one in body.relations} == {"RO98"}
    assert {(len(body.uprn) > 3, len(body.contacts)) for body in found} >= {(True, 0), (False, 1), (False, 2)}
    assert {one.sort for body in found for one in body.contacts} == {"tel", "http"}
    assert found[0].contacts[1] == XmlContact("http", "www.body0.nhs.uk")
    assert "5 HIGH STREET, NORTH PARK & RIDE, TOWN, SOMERSET" in {body.address for body in found}


def test_an_edition_with_an_element_a_line_reads_the_same() -> None:
    plain, lined = io.BytesIO(), io.BytesIO()
    write_register(plain, 300)
    write_register(lined, 300, pretty=True)
    without = [[body._replace(line=0) for body in bodies_of(one.getvalue())] for one in (plain, lined)]
    assert without[0] == without[1]


ODD = (
    b"<", b">", b"&", b'"', b"'", b"</", b"/>", b"<!-- x -->", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#233;",
    b"\xc3", b"\xc3\xa9", b"\x00", b"\x1b", b"\xef\xbf\xbf", b"\n", b"\r\n", b"  ", b"<Name>", b"</Organisation>",
    b"</Role>",
    b"\x7f",
    "\u202e".encode(),
    b"<Organisation>", b"<Organisation ", b"</Organisations>", b"<Date>", b"<Start/>", b"<Status/>", b' a="b"',
    b"<Extra/>",
    b'<Contact value="1" type="tel"/>', b"<UPRN>7</UPRN>", b'<Contacts><Contact type="tel" value="&#10;1"/></Contacts>',
    b'<Extra><Name>X</Name></Extra>', b"2013-02-30", b"<?pi x?>", b'<Type value="Legal"/>', b"x:",
)  # fmt: skip
"""What is put into files: marks out of place, text that is none, elements that nobody expects."""


def spoilt(raw: bytes, random: Random) -> bytes:
    """A file with some bytes taken out, put in, doubled or exchanged."""
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        edge = random.choice((0, raw.find(b"<Organisation "), raw.rfind(b"</Organisation>")))
        place = random.choice((random.randrange(len(raw)), min(len(raw) - 1, edge + random.randrange(60))))
        if random.random() < 0.5:  # at the border of an element
            place = raw.find(b"<", place) if b"<" in raw[place:] else place
        length = random.choice((0, 0, 0, 1, 5, 40, 700))
        put = random.choice((random.choice(ODD), random.choice(ODD), b"", raw[place : place + 300]))
        raw = raw[:place] + put + raw[place + length :]
    return raw


@pytest.mark.parametrize("seed", range(8))
def test_read_quickly_a_file_says_what_it_says_read_slowly(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    whole = drawn_register(25, seed=seed, archive=seed % 2 == 0)
    for _ in range(60):
        monkeypatch.setattr(reading_quickly, "BLOCK", random.choice((7, 100, 1_000, 5_000, 1 << 20)))
        raw = spoilt(whole, random)
        quick, slow = verdict(raw, quickly=True), verdict(raw, quickly=False)
        # What is no text is seen block by block, at the latest: something else may be said first.
        assert quick == slow or ("is no UTF-8 text" in quick and isinstance(slow, str))


WHOLE = drawn_register(40)

BROKEN = {
    "cut off": (WHOLE[:-900], "is no whole XML"),
    "short of records": (drawn_register(40, stated=41), "says that it holds 41 records, and has 40"),
    "without a count": (WHOLE.replace(b"RecordCount", b"Recorded"), "does not say how many records"),
    "with entities": (
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + WHOLE.partition(b"?>")[2],
        ":1: declares entities",
    ),
    "without a code": (
        WHOLE.replace(b'extension="X00007"/><Status', b'extension=""/><Status'),
        "a body without a code",
    ),
    "with what nobody can see": (
        WHOLE.replace(b"HIGH STREET", "HIGH \u202eSTREET".encode(), 1),
        "letters that nobody can see",
    ),
    "with a code that is none": (
        WHOLE.replace(b'extension="X00007"/><Status', b'extension="X 07"/><Status'),
        "whose code “X 07” is none",
    ),
    "with a day that is none": (WHOLE.replace(b"2013-04-01", b"2013-04-31", 1), "“2013-04-31” is no day"),
    "without end": (WHOLE.replace(b"<Town>", b"<Town>" * 60, 1), "elements without end"),
    "of other text": (b"code,name\n", ":1: is no whole XML"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_register_that_is_not_whole_is_refused_with_its_line(what: str) -> None:
    raw, said = BROKEN[what]
    for read in (read_bodies, read_quickly):
        with pytest.raises(DataBroken, match=r"^full\.xml:[0-9]+: ") as refused:
            list(read(io.BytesIO(raw), "full.xml", Manifest()))
        assert said in str(refused.value)
