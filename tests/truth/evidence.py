"""What kind of evidence a comparison is: which published files the compilation reads, and which nothing is asked of."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

from tests.truth.published import DATA, ROOT, SHARED

COMPILED = "compiled from"
HELD_BACK = "held back"

_WATCH = """
import json, sys
from pathlib import Path
data, out = Path(sys.argv[1]).resolve(), sys.argv[2]
opened = set()
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)) or hasattr(args[0] if args else None, "__fspath__"):
        opened.add(str(args[0]))
sys.addaudithook(watch)
from orgmap.loaders.compile.__main__ import main
sys.argv = ["compile", sys.argv[1], sys.argv[3]]
code = main()
found = sorted({str(Path(o).resolve().relative_to(data / "data")) for o in opened
                if Path(o).resolve().is_relative_to(data / "data")})
Path(out).write_text(json.dumps(found))
sys.exit(code)
"""


_KNOWN: list[frozenset[str]] = []


def remember(files: frozenset[str]) -> None:
    """Keeps what another process found out with `compiled_from`, so that the compilation is watched only once."""
    _KNOWN[:] = [files]


def compiled_from() -> frozenset[str]:
    """Every published file that the compilation opens: it is run, into a folder that is thrown away, and watched."""
    if not _KNOWN:
        remember(_watch())
    return _KNOWN[0]


def _watch() -> frozenset[str]:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "opened.json"
        subprocess.run(
            [sys.executable, "-c", _WATCH, str(SHARED), str(told), folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        return frozenset(json.loads(told.read_text()))


def evidence_of(table: str, kin: str) -> str:
    """“compiled from” if the compilation reads the table, else why it is kin to one that it reads, else “held back”."""
    if table in compiled_from():
        return COMPILED
    return f"not read, but {kin}" if kin else HELD_BACK


def every_table() -> list[str]:
    """Every file under the published data, as its path from there."""
    return sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*") if path.is_file())


def unlisted(compared: set[str]) -> list[str]:
    """Published files that are neither compared nor listed with a reason."""
    return [table for table in every_table() if table not in compared and not reason_of(table)]


def reason_of(table: str) -> str:
    """Why a table is not compared, blank if it should be."""
    return next((why for pattern, why in NOT_COMPARED.items() if fnmatch(table, pattern)), "")


BY_PLACES = "names of places: compared in the section on places"
OUTLINES = "outlines, which the pictures draw and no answer rests on; the tests of the outlines compare them"
NO_ANSWER = "the graph says nothing of it: "

NOT_COMPARED: dict[str, str] = {
    "ods/lookups/ccg_lad_lookup_2021.csv": "follows from the look-up of neighbourhoods of April 2021, compared",
    "ods/april_2026/sicbl24_to_sicbl26_changed_rows.csv": "shares by people of mid-2022; the split itself is compared",
    "*PROVENANCE.md": "tells where the tables come from",
    "*.md": "a description, no table",
    "ons/INVENTORY.tsv": "the list of the tables",
    "ons/lookups/INDEX.tsv": "the list of the tables",
    "geonames/*": BY_PLACES,
    "ods/april_2026/ODS_Change_Summary_*.xlsx": "a plan in prose; the three tables taken from it are compared",
    "ods/lookups/postcodesio_cancer_alliances.json": NO_ANSWER + "cancer alliances",
    "ods/lookups/pctInput_martinjc.csv": NO_ANSWER + "constituencies",
    "ods/samples/*": "single records that show a format",
    "ods/stp/ODS_STP_partner_relationships.xlsx": "the workbook whose sheets are the tables compared",
    "ods/stp/stp_partners_change_log.csv": "changes in prose",
    "ods/stp/stp_partners_closed_stp_codes.csv": "the partners of partnerships that ended in 2018, in prose",
    "ods/stp/stp_partners_las.csv": NO_ANSWER + "the register's codes of councils",
    "ods/stp/stp_partners_title_sheet.csv": "a title page",
    "ods/stp/stp_partners_ons_stp_ccg_mapping.csv": "the pairs of ONS's look-ups of 2017 beside the register's own",
    "ods/stp/stp_partners_nhse_regions.csv": "four names, which the register of offices has, too",
    "ons/boundaries/*": OUTLINES,
    "ons/derived/boundaries/*": OUTLINES,
    "ons/chd/code-types.csv": "what the first letters of codes mean",
    "ons/lookups/lad19_cauth19.csv": NO_ANSWER + "combined authorities",
    "ons/lookups/ua19_lhb19.csv": NO_ANSWER + "councils in Wales",
    "ons/lookups_2019_2024/lookup_ltla21_lhb22.csv": NO_ANSWER + "councils in Wales",
    "ons/lookups_2019_2024/lookup_ltla24_csp24_pfa24.csv": NO_ANSWER + "police areas",
    "ons/lookups_2019_2024/lookup_lsoa01_lsoa11.csv.gz": NO_ANSWER + "neighbourhoods of 2001",
    "ons/lookups_2019_2024/lookup_nhs_trusts22_icb22.csv": NO_ANSWER + "where a trust's patients live",
    "ons/lookups_2019_2024/lookup_nhs_trusts22_ltla21.csv": NO_ANSWER + "where a trust's patients live",
    "ons/pct/ccg13_pcon_martinjc.csv": NO_ANSWER + "constituencies",
    "ons/pct/pcon_pct_martinjc.csv": NO_ANSWER + "constituencies",
    "ons/places/*": BY_PLACES,
}
"""Published files of which nothing is asked here, by pattern, each with the reason; all others are compared."""
