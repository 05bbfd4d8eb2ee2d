"""README, glossary and data/README say what is there: every command, option, column and dataset; and it runs."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import typer

from orgmap.cli.main import COMMANDS, app, run
from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLES_README = (data_folder() / "README.md").read_text(encoding="utf-8")
SILENT = {"annotate", "build", "load", "export", "draw"}
"""Commands that write files or build: their own tests run them."""


def readme_calls() -> list[str]:
    """Every call of orgmap that the README shows, in a table or a block."""
    text = README.replace("\\|", "|")
    calls = re.findall(r"`(orgmap [^`]+)`", text) + re.findall(
        r"^(orgmap .+?)(?:\s+#.*)?$", text, re.MULTILINE
    )
    return sorted(dict.fromkeys(calls))


def test_the_readme_shows_calls():
    assert len(readme_calls()) > 15


@pytest.mark.parametrize(
    "call", [c for c in readme_calls() if not re.search(r"…|[A-Z]{4,}|--(install|show)-", c)]
)
def test_every_call_in_the_readme_answers(call, capsys):
    words = shlex.split(call)[1:]
    if words[0] in SILENT or "neo4j:" in call:
        pytest.skip("writes files or needs a server: tested on its own")
    with pytest.raises(SystemExit) as ended:
        run(words)
    told = capsys.readouterr()
    assert ended.value.code in (0, None), told.err
    assert told.out.strip()
    assert "Traceback" not in told.err


def test_the_python_in_the_readme_runs(capsys):
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})
    assert "['NHS Thanet CCG']" in capsys.readouterr().out


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_readme_names_every_command(command):
    assert f"orgmap {command}" in README


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_has_a_help_text(command):
    group = typer.main.get_command(app)
    found = group.get_command(None, command)
    assert found is not None
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
