"""What people write: every fault is said with file and line and what to do, and nothing is written over."""

from __future__ import annotations

import ast
import csv
import re
import shutil
import sys
from pathlib import Path
from random import Random

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.check import problems
from orgmap.loaders.compile import ORDER, compile_dataset, datasets
from orgmap.loaders.compile.__main__ import main
from orgmap.loaders.curated import lookup, sources
from orgmap.loaders.dataset import CURATED, dataset_folders
from orgmap.loaders.fresh import contents, fingerprint

ROOT = Path(__file__).resolve().parents[2]
OF_ROWS_ALONE = ("national_bodies", "responsibilities", "short_names", "commissioning_support")
"""Datasets for which nothing published is needed."""

REFORMS, NAMES = "national_bodies/reforms", "national_bodies/names"
RULES, SERVICES = "responsibilities/rules", "responsibilities/services"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what people wrote, which the compile step reads instead of the project's."""
    shutil.copytree(data_folder() / CURATED, tmp_path / CURATED)
    monkeypatch.setenv("ORGMAP_DATA", str(tmp_path))
    return tmp_path / CURATED


def compiled(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> str:
    """What the compile step says of a dataset that it refuses."""
    monkeypatch.setattr(sys, "argv", ["compile", "/nowhere", str(own.parent / "out"), "--only", name])
    assert main() == DataBroken.exit_code
    return capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("table", "line", "old", "new", "said"),
    [
        (REFORMS, 2, "1999-04-01", "1 April 1999", "“1 April 1999” is no day. Write date like 2013-04-01."),
        (REFORMS, 2, "1999-04-01", "1999-02-30", "“1999-02-30” is no day."),
        (REFORMS, 2, "ods-epcmem-2019-08", "my-memory", "“my-memory” is no source. Describe it in "),
        (REFORMS, 3, "2000_first_primary_care_trusts", "1999_primary_care_groups", "stands there already"),
        (REFORMS, 2, "1999_primary_care_groups", "", "the column reform is blank. Fill it in."),
        (REFORMS, 2, ",Primary care groups", "", "columns where 8 are expected. Put a cell with a comma"),
        (REFORMS, 1, "precision", "how exactly", "the columns precision are missing. Add them."),
        (
            REFORMS,
            1,
            "note",
            "note,remark",
            "nobody reads the column remark. Take it away, or call it “why”.",
        ),
        (REFORMS, 10, ",approx,", ",about,", "“about” is no precision. Use one of month, quarter, year"),
        (
            NAMES,
            2,
            "department_of_health_and_social_care,",
            "department,",
            "“department” is no national body.",
        ),
        (NAMES, 2, "2018-01-08", "1918-01-08", "ends (1918-01-08) before it begins (1988-07-25)."),
        (
            RULES,
            2,
            "joint_strategic_needs_assessment",
            "needs",
            "“needs” is no service. Add it to services.csv",
        ),
        (SERVICES, 3, "primary_care,", "primary,", "primary is no service."),
        ("sources", 2, ",not open,", ",not open,,,,", "columns where 9 are expected."),
    ],
)
def test_a_fault_in_a_row_is_said_with_its_line_and_what_to_do(
    own, capsys, monkeypatch, table, line, old, new, said
):
    file = own / f"{table}.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    file.write_text("\n".join(lines), encoding="utf-8")
    name = "responsibilities" if table.startswith("resp") else "national_bodies"
    told = compiled(own, capsys, monkeypatch, name)
    assert told.startswith(f"{file}:{line}: ")
    assert said in told
    assert not (own.parent / "out").exists()


def test_a_table_that_is_missing_is_named(own, capsys, monkeypatch):
    (own / f"{REFORMS}.csv").unlink()
    assert str(own / f"{REFORMS}.csv") in compiled(own, capsys, monkeypatch, "national_bodies")


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_typed_into_a_table_is_read_or_refused_with_its_file(own, seed):
    chance = Random(seed)
    file = chance.choice(sorted(p for n in OF_ROWS_ALONE for p in (own / n).glob("*.csv")))
    letters = list(file.read_text(encoding="utf-8"))
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(letters))
        letters[at : at + chance.choice((0, 1, 30))] = chance.choice(
            ("", ",", '"', "\n", ";", "x", "\x00", "é", "٢")
        )
    file.write_text("".join(letters), encoding="utf-8")
    said = ""
    try:
        compile_dataset(file.parent.name, own)
    except DataBroken as error:
        said = str(error)
    assert not said or re.match(rf"{re.escape(str(own))}/\S+\.csv(:\d+)?: ", said), said


def test_a_dataset_of_rows_alone_needs_its_kinds_columns_and_sources(own, capsys, monkeypatch):
    folder = own / "clubs"
    folder.mkdir()
    about = (
        '{"title": "", "description": "", "publisher": "", "licence": "", "attribution": "", "coverage": ""'
    )
    (folder / "dataset.json").write_text(about + ', "as_of": "", "horizon": "2024-01-01"}', encoding="utf-8")
    row = "clubs:a,{},A club,{}"
    for kind, source, header, said in (
        ("club", "hca-2022", "id,kind,name,source", ":2: “club” is no kind. Declare it in "),
        ("national_body", "", "id,kind,name,source", ":2: no source is given."),
        ("national_body", "hca-2022", "id,kind,title,source", ":1: entities has no column title."),
    ):
        (folder / "entities.csv").write_text(f"{header}\n{row.format(kind, source)}\n", encoding="utf-8")
        assert said in compiled(own, capsys, monkeypatch, "clubs")
    (folder / "dataset.json").write_text("{", encoding="utf-8")
    assert "dataset.json: is not readable JSON" in compiled(own, capsys, monkeypatch, "clubs")


@pytest.mark.parametrize("name", OF_ROWS_ALONE)
def test_compiling_gives_the_same_bytes_again_and_writes_over_nothing_that_people_wrote(tmp_path, name):
    before = {path: path.read_bytes() for path in (data_folder() / CURATED).rglob("*") if path.is_file()}
    compile_dataset(name, tmp_path).write(tmp_path)
    assert {path: path.read_bytes() for path in before} == before
    for file in (tmp_path / name).glob("*.csv*"):
        assert file.read_bytes() == (data_folder() / name / file.name).read_bytes(), file.name


def test_what_people_write_is_no_dataset_and_makes_no_built_graph_stale(own):
    data = own.parent
    compile_dataset("short_names", data).write(data)
    before = fingerprint(data), contents(data)
    (own / "sources.csv").write_text("id,title\n", encoding="utf-8")
    assert (fingerprint(data), contents(data)) == before
    assert [folder.name for folder in dataset_folders(data)] == ["short_names"]
    assert not [wrong for wrong in problems(data) if CURATED in wrong]


def test_every_source_that_people_described_is_described_once_and_cited():
    cited = {
        row["id"]
        for folder in dataset_folders(data_folder())
        if (folder / "sources.csv").exists()
        for row in csv.DictReader((folder / "sources.csv").read_text(encoding="utf-8").splitlines())
    }
    assert sources().keys() - cited == set()


def test_every_table_that_people_wrote_is_read_by_the_compile_step():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "loaders").rglob("*.py"))
    as_they_are = {*datasets()} - {*ORDER} | {"rows"}
    tables = [path.relative_to(data_folder() / CURATED) for path in (data_folder() / CURATED).rglob("*.csv")]
    unread = [
        str(table)
        for table in tables
        if f'"{table.with_suffix("")}"' not in code
        and table.parent.name not in as_they_are
        and table.name != "sources.csv"
    ]
    assert unread == []
    assert {table.parts[0] for table in tables} <= {*datasets(), "boundaries", "sources.csv"}


def test_a_look_up_has_two_columns_and_each_word_once(own):
    file = own / "nhs_england_teams" / "region_of_area.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}E40000001,Y55\n", encoding="utf-8")
    with pytest.raises(
        DataBroken, match=r"region_of_area.csv:16: “E40000001” stands there twice. Take one away."
    ):
        lookup("nhs_england_teams/region_of_area")


LONGEST_LITERAL = 20
"""So many lines of one literal are not yet a table that somebody keeps."""


def test_no_table_hides_in_the_code_of_the_compile_step():
    long = []
    for path in sorted((ROOT / "loaders" / "compile").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            value = getattr(node, "value", None)
            if isinstance(value, ast.Dict | ast.Tuple | ast.List | ast.Set):
                lines = (value.end_lineno or 0) - value.lineno + 1
                if lines > LONGEST_LITERAL and path.name not in ("__init__.py", "layers.py"):
                    long.append(f"{path.name}:{value.lineno}: {lines} lines")
    assert long == []
