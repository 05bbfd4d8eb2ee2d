"""Lists of postcodes in the exact shape in which publishers publish them: drawn row by row, or seeded at any size."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from orgmap.graphmodel.stores.postcode_words import ENDED

NSPL_2021 = (
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa11,cty,ced,laua,ward,hlthau,nhser,ctry,rgn,pcon,"
    "eer,teclec,ttwa,pct,itl,park,lsoa11,msoa11,wz11,ccg,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,"
    "stp"
)
NSPL_2023 = (
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,"
    "itl,park,lsoa21,msoa21,wz11,sicbl,bua22,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,icb"
)
NSPL_2026 = (
    "pcd7,pcd8,pcds,dointr,doterm,usertype,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad26cd,wd26cd,nhser26cd,"
    "ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac11ind,"
    "lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb26cd"
)
ONSPD_2011 = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,hro,ctry,pafind,gor,"
    "streg,pcon,eer,teclec,ttwa,pct,nuts,psed,cened,edind,oshaprev,lea,oldha,wardc91,wardo91,ward98,statsward,oacode,"
    "oaind,casward,park,soa1,dzone1,soa2,urindew,urindsc,urindni,dzone2,soa1ni,oac,oldpct"
)
ONSPD_2013 = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,hro,ctry,gor,streg,"
    "pcon,eer,teclec,ttwa,pct,nuts,psed,cened,edind,oshaprev,lea,oldha,wardc91,wardo91,ward98,statsward,oa01,casward,"
    "park,lsoa01,msoa01,ur01ind,oac01,oldpct,oa11,lsoa11,msoa11,parish,wz11,ccg"
)
ONSPD_2023 = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,"
    "rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,"
    "wz11,sicbl,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21"
)
ONSPD_2026 = (
    "pcd7,pcd8,pcds,dointr,doterm,cty26cd,ced25cd,lad26cd,wd26cd,parncp26cd,usrtypind,east1m,north1m,gridind,hlth19cd,"
    "nhser24cd,ctry26cd,rgn26cd,ssr95cd,pcon24cd,eer20cd,educ23cd,ttwa15cd,pco19cd,itl25cd,wdstl05cd,oa01cd,wdcas03cd,"
    "npark16cd,lsoa01cd,msoa01cd,ruc01ind,oac01ind,oa11cd,lsoa11cd,msoa11cd,wz11cd,sicbl26cd,bua24cd,ruc11ind,oac11ind,"
    "lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,cal26cd,icb26cd,oa21cd,lsoa21cd,msoa21cd,ruc21ind"
)
CENTROIDS_2020 = (
    "X,Y,objectid,pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa11,cty,laua,ward,hlthau,ctry,pcon,"
    "eer,teclec,ttwa,pct,nuts,park,lsoa11,msoa11,wz11,ccg,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,ced,"
    "nhser,rgn,calncv,stp"
)
SMALL_AREAS_2021 = (
    "pcd7,pcd8,pcds,dointr,doterm,usertype,oa11cd,lsoa11cd,msoa11cd,ladcd,lsoa11nm,msoa11nm,ladnm,ladnmw"
)
VINTAGES = (
    NSPL_2021,
    NSPL_2023,
    NSPL_2026,
    CENTROIDS_2020,
    SMALL_AREAS_2021,
    ONSPD_2011,
    ONSPD_2013,
    ONSPD_2023,
    ONSPD_2026,
)
"""Headers as they were published, with the spellings of their years."""

_LSOA = ("lsoa11", "lsoa11cd", "lsoa21", "lsoa21cd", "soa1", "lsoa01")
_COUNTRY = ("ctry", "ctry26cd")
_COUNCIL = ("laua", "oslaua", "ladcd", "lad26cd")

Unit = dict[str, str]


def unit(
    postcode: str, lsoa: str, introduced: str = "199501", ended: str = "", country: str = "E92000001"
) -> Unit:
    """A postcode with what a list says of it: “CT9 1AA”, its small area, the months of its life."""
    outcode, inward = postcode.split(" ")
    cells = {
        "pcds": postcode,
        "pcd": f"{outcode:<4}{inward}",
        "pcd7": f"{outcode:<4}{inward}",
        "pcd2": f"{outcode:<5}{inward}",
        "pcd8": f"{outcode:<5}{inward}",
        "dointr": introduced,
        "doterm": ended,
        "lat": "51.385129",
        "long": "1.386211",
    }
    cells |= dict.fromkeys(_LSOA, lsoa) | dict.fromkeys(_COUNTRY, country)
    return cells | dict.fromkeys(_COUNCIL, "E07000114" if country.startswith("E") else "S12000026")


def listed(header: str, *units: Unit, end: str = "\r\n") -> bytes:
    """A list with this header: texts between quotation marks, numbers without, as the ONS writes them."""
    columns = header.split(",")
    lines = [header]
    for one in units:
        cells = (one.get(column, "") for column in columns)
        lines.append(",".join(cell if "." in cell else f'"{cell}"' for cell in cells))
    return (end.join(lines) + end).encode()


def code_point(*units: tuple[str, int, int]) -> bytes:
    """OS Code-Point Open: postcode, metres east and north; no header."""
    lines = [
        f'"{postcode}",10,{east},{north},"E92000001","E19000003","E18000010","","E07000114","E05005087"'
        for postcode, east, north in units
    ]
    return ("\n".join(lines) + "\n").encode()


def nhspd(*units: Unit) -> bytes:
    """The NHS Postcode Directory: 43 columns and no header."""
    rows = []
    for one in units:
        cells = [""] * 43
        for place, column in (
            (0, "pcd2"),
            (1, "pcds"),
            (2, "dointr"),
            (3, "doterm"),
            (12, "ctry"),
            (39, "lsoa11"),
        ):
            cells[place] = one[column]
        rows.append(",".join(f'"{cell}"' for cell in cells))
    return ("\r\n".join(rows) + "\r\n").encode()


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip as the ONS packs one."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return raw.getvalue()


def packed(raw: bytes) -> bytes:
    """Gzipped."""
    return gzip.compress(raw, 1)


def seeded(
    rows: int, seed: int = 1, header: str = NSPL_2026, known: Iterable[tuple[str, str, bool]] = ()
) -> Iterator[str]:
    """Lines of a made-up list of so many postcodes, as wide as the real one: 2.7 million of them have a gigabyte.

    The `known` postcodes come first, each with its small area and whether it has ended; a hundredth of them lie
    elsewhere now, and as many have ended since.
    """
    draw = random.Random(seed)
    columns = header.split(",")
    yield header
    areas = [f"E010{number:05}" for number in range(1, 33_000)] + [
        f"W0100{number:04}" for number in range(1, 1_900)
    ]
    filling = {column: f'"E{draw.randrange(10, 99)}{draw.randrange(10**6):06}"' for column in columns}
    filling |= {
        "usertype": '"0"',
        "gridind": '"1"',
        "ruc21ind": '"UN1"',
        "oac11ind": '"7A2"',
        "imd20ind": "17492",
    }
    for postcode, area, over in islice(chain(known, _made_up(draw, areas)), rows):
        here = draw.choice(areas) if draw.random() < 0.01 else area
        ended = f"{draw.randrange(1996, 2025)}{draw.randrange(1, 13):02}" if over else ""
        ended = ended or (f"2026{draw.randrange(1, 9):02}" if draw.random() < 0.01 else "")
        introduced = f"{draw.randrange(1980, 1996)}{draw.randrange(1, 13):02}"
        country = "E92000001" if here.startswith("E") else "W92000004"
        cells = {name: f'"{cell}"' for name, cell in unit(postcode, here, introduced, ended, country).items()}
        cells |= {"east1m": f'"{draw.randrange(10**6)}"', "north1m": f'"0{draw.randrange(10**6):06}"'}
        cells |= {"lat": f"{50 + draw.random() * 8:.6f}", "long": f"{-draw.random() * 4:.6f}"}
        yield ",".join(cells.get(column) or filling[column] for column in columns)


def _made_up(draw: random.Random, areas: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Postcodes that nobody has, each with a small area near those of its neighbours."""
    letters = [f"{first}{second}" for first in ascii_uppercase for second in ascii_uppercase]
    halves = [f"{digit}{pair}" for digit in range(10) for pair in letters if not set(pair) & set("CIKMOV")]
    outcodes = [f"{pair}{number}" for pair in letters if pair[0] in "QVX" for number in range(10, 100)]
    draw.shuffle(outcodes)
    for outcode in outcodes:
        near = draw.randrange(len(areas) - 60)
        for inward in draw.sample(halves, 900):
            yield f"{outcode} {inward}", areas[near + draw.randrange(60)], draw.random() < 0.33


def known_postcodes(
    rows: Callable[[str], Iterable[tuple[Any, ...]]], seed: int = 1
) -> Iterator[tuple[str, str, bool]]:
    """The English postcodes of the tables, each with a small area (its own, or one of its neighbourhood) and whether it
    has ended."""
    draw = random.Random(seed)
    inside: dict[str, list[str]] = {}
    for code, _, parent, *_ in rows("neighbourhoods"):
        inside.setdefault(parent or "", []).append(code)
    for outcode, inwards, code, seen, _ in rows("postcodes"):
        for inward in inwards.split():
            if code.startswith("E"):
                yield f"{outcode} {inward}", draw.choice(inside.get(code) or [code]), seen in ENDED


def write_seeded(path: Path, rows: int, seed: int = 1, known: Iterable[tuple[str, str, bool]] = ()) -> Path:
    """Writes such a list."""
    with path.open("w", encoding="ascii", newline="") as file:
        file.writelines(f"{line}\r\n" for line in seeded(rows, seed, known=known))
    return path
