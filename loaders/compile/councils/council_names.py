"""Names of the councils that ended on 1 April 2009, which today's registers no longer list."""

from __future__ import annotations

from typing import NamedTuple

ENDED_2009 = {
    "E07000001": "Mid Bedfordshire District Council",
    "E07000003": "South Bedfordshire District Council",
    "E07000013": "Chester City Council",
    "E07000014": "Congleton Borough Council",
    "E07000015": "Crewe and Nantwich Borough Council",
    "E07000016": "Ellesmere Port and Neston Borough Council",
    "E07000017": "Macclesfield Borough Council",
    "E07000018": "Vale Royal Borough Council",
    "E07000019": "Caradon District Council",
    "E07000020": "Carrick District Council",
    "E07000021": "Kerrier District Council",
    "E07000022": "North Cornwall District Council",
    "E07000023": "Penwith District Council",
    "E07000024": "Restormel Borough Council",
    "E07000054": "Chester-le-Street District Council",
    "E07000055": "Derwentside District Council",
    "E07000056": "Durham City Council",
    "E07000057": "Easington District Council",
    "E07000058": "Sedgefield Borough Council",
    "E07000059": "Teesdale District Council",
    "E07000060": "Wear Valley District Council",
    "E07000157": "Alnwick District Council",
    "E07000158": "Berwick-upon-Tweed Borough Council",
    "E07000159": "Blyth Valley Borough Council",
    "E07000160": "Castle Morpeth Borough Council",
    "E07000161": "Tynedale District Council",
    "E07000162": "Wansbeck District Council",
    "E07000182": "Bridgnorth District Council",
    "E07000183": "North Shropshire District Council",
    "E07000184": "Oswestry Borough Council",
    "E07000185": "Shrewsbury and Atcham Borough Council",
    "E07000186": "South Shropshire District Council",
    "E07000230": "Kennet District Council",
    "E07000231": "North Wiltshire District Council",
    "E07000232": "Salisbury District Council",
    "E07000233": "West Wiltshire District Council",
    "E10000001": "Bedfordshire County Council",
    "E10000004": "Cheshire County Council",
}
"""Read in MapIt's list of areas that ended in 2009 (source `mapit-2009`)."""

ENDED_2009_UNSEEN = {
    "E07000002": "Bedford Borough Council",
    "E10000005": "Cornwall County Council",
    "E10000010": "Durham County Council",
    "E10000022": "Northumberland County Council",
    "E10000026": "Shropshire County Council",
    "E10000033": "Wiltshire County Council",
}
"""MapIt carried these on under the unitary council, so the older name is general knowledge."""


class Style(NamedTuple):
    """A council's style before and since a day, each with its source; the day is general knowledge, not verified."""

    older: str
    older_source: str
    newer: str
    newer_source: str
    day: str


REGISTER, PARTNERS_2019, UNSEEN = (
    "mysociety-local-authorities",
    "ods-stp-partners-2019-04",
    "general-knowledge",
)

CITIES_SINCE = {
    "E06000033": Style(
        "Southend-on-Sea Borough Council", REGISTER, "Southend-on-Sea City Council", UNSEEN, "2022-03-01"
    ),
    "E06000042": Style("Milton Keynes Council", REGISTER, "Milton Keynes City Council", UNSEEN, "2022-08-15"),
    "E07000071": Style(
        "Colchester Borough Council", REGISTER, "Colchester City Council", UNSEEN, "2022-11-23"
    ),
    "E08000017": Style(
        "Doncaster Metropolitan Borough Council",
        PARTNERS_2019,
        "City of Doncaster Council",
        REGISTER,
        "2022-11-01",
    ),
}
"""The four councils that became a city's in 2022: the register of 2025 shows one so, a list of 2019 its older style."""
