"""README, docs, glossary and data/README say what is there: every command, column and dataset; and it runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from docs.making.site import MAKERS, TAKEN
from orgmap.cli.main import COMMANDS, run
from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from tests.commands import EVERY
from tests.shown import PAGES, agrees, said, shown

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLES_README = (data_folder() / "README.md").read_text(encoding="utf-8")
SILENT = set("annotate handover build load export draw explore new-tables serve site --with".split())
"""Commands that write files, build or go on and on: their own tests run them."""

LOADED = ("search boots", "list pharmacy", "ods:")
"""What only a register knows that somebody loaded."""

ALONE = {"reforms", "sources", "check"}
"""Commands that ask something without another word."""


BOARD = """name,role
A,Chair
B,Chief executive
C,Trust partner member
D,GP partner member
E,Local authority partner member
C,Member with knowledge of mental health
"""
"""The members of an integrated care board, as the pages check them."""


def calls() -> list[str]:
    """Every call of orgmap that the README and the pages name, in a sentence, a table or a block."""
    found: list[str] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8").replace("\\|", "|")
        found += re.findall(r"`(orgmap [^`\n]+)`", text)
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
            found += re.findall(r"^ *(orgmap .+?)(?:\s+(?:#|> ).*)?$", block, re.MULTILINE)
    return sorted(dict.fromkeys(found))


def test_the_readme_can_be_read_in_one_sitting():
    assert len(README.splitlines()) <= 150


def test_the_pages_name_calls():
    assert len(calls()) > 40


@pytest.mark.parametrize(
    "call", [c for c in calls() if not re.search(r"…|\b[A-Z]{4,}\b|--(install|show)-", c)]
)
def test_every_call_that_a_page_names_answers(call, capsys, tmp_path, monkeypatch):
    (tmp_path / "ratings.csv").write_text("body,rating\nNHS Thanet CCG,red\n")
    (tmp_path / "clusters.csv").write_text("body,rating\nNHS Kent and Medway,red\n")
    (tmp_path / "cases.csv").write_text("script,resident\nprovider,Northampton\n")
    (tmp_path / "my-merger.csv").write_text("step,due\nBoth boards vote,2026-09-30\n")
    (tmp_path / "members.csv").write_text(BOARD)
    monkeypatch.chdir(tmp_path)
    words = shlex.split(call)[1:]
    if len(words) < 2 and words[0] not in ALONE:
        pytest.skip("the name of a command, no call")
    if words[0] in SILENT or "neo4j:" in call:
        pytest.skip("writes files or needs a server: tested on its own")
    if any(one in call for one in LOADED):
        pytest.skip("asks of a register that is loaded: tested on its own")
    with pytest.raises(SystemExit) as ended:
        run(words)
    told = capsys.readouterr()
    # That the documents do not state it is an answer, too, and has a code of its own.
    assert ended.value.code in ((0, None, 1) if words[0] == "stated" else (0, None)), told.err
    assert told.out.strip()
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "page", [one for one in PAGES if shown(one)], ids=lambda one: str(one.relative_to(ROOT))
)
def test_every_answer_that_a_page_shows_is_what_the_program_says(page, tmp_path, monkeypatch):
    for file in (ROOT / "docs" / "examples").glob("*.csv"):
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    for call, lines in shown(page):
        wrong = agrees(lines, told := said(call))
        assert not wrong, "\n".join([f"{call} does not say: {wrong}", *told])


def test_a_governance_officers_afternoon_has_each_part_of_a_merger_and_its_answers():
    asked = {call.split()[1] for call, _ in shown(ROOT / "docs" / "merger.md") if call.startswith("orgmap ")}
    assert asked >= {"outcome", "due", "case", "board", "handover", "guide", "explain", "walk"}


def test_the_readme_asks_five_questions_and_shows_the_answers():
    assert len(shown(ROOT / "README.md")) == 5


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))
def test_the_python_on_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(block, page.name, "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_link_between_files_leads_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    made = {*TAKEN.values(), *(place for make in MAKERS.values() for place in make())}
    for link in links:
        target = (page.parent / link.partition("#")[0]).resolve()
        if re.match(r"[a-z]+:|#", link) or not target.is_relative_to(ROOT):
            continue
        place = target.relative_to(ROOT / "docs").as_posix() if target.is_relative_to(ROOT / "docs") else ""
        assert target.exists() or place in made, f"{page.name} leads to {link}"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_readme_names_every_command(command):
    assert f"orgmap {command}" in README


@pytest.mark.parametrize("command", sorted(EVERY))
def test_every_option_has_a_help_text(command):
    found = EVERY[command]
    assert (found.help or "").strip()
    for parameter in found.params:
        assert getattr(parameter, "help", None), f"{command} {parameter.name} has no help text"


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_and_column_is_described(table):
    assert f"| `{table}` |" in TABLES_README
    for column in TABLES[table].columns:
        assert f"`{column}`" in TABLES_README, f"{table}.{column}"


def test_every_dataset_is_in_the_list_with_its_days():
    for file in sorted(data_folder().glob("*/dataset.json")):
        about = json.loads(file.read_text(encoding="utf-8"))
        name, days = file.parent.name, f"{about['as_of']} | {about['horizon']}"
        line = f"| [{name}](#{name}) | {about['title']} | {days} |"
        assert line in TABLES_README
