"""The register in XML is read as a stream, with its oddities, and refused with its line where it is not whole."""

from __future__ import annotations

import io

import pytest

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.ods_xml import XmlBody, read_bodies
from tests.ods_xml import drawn_register


def bodies_of(raw: bytes) -> list[XmlBody]:
    return list(read_bodies(io.BytesIO(raw), "full.xml"))


@pytest.mark.parametrize("archive", [False, True])
def test_every_body_is_read_however_the_edition_writes_it(archive: bool) -> None:
    found = bodies_of(drawn_register(2_000, archive=archive))
    assert [body.code for body in found] == [f"X{number:05}" for number in range(2_000)]
    assert {body.name.split()[0] for body in found} == {"BODY"}  # never that of a body inside a target
    assert {body.status for body in found} == {"Active"}  # of regions it is that of the first role
    assert {len(body.roles) for body in found} == {2}
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
    "with a day that is none": (WHOLE.replace(b"2013-04-01", b"2013-04-31", 1), "“2013-04-31” is no day"),
    "without end": (WHOLE.replace(b"<Town>", b"<Town>" * 60, 1), "elements without end"),
    "of other text": (b"code,name\n", ":1: is no whole XML"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_register_that_is_not_whole_is_refused_with_its_line(what: str) -> None:
    raw, said = BROKEN[what]
    with pytest.raises(DataBroken, match=r"^full\.xml:[0-9]+: ") as refused:
        bodies_of(raw)
    assert said in str(refused.value)
