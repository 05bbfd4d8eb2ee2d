"""Nothing undocumented can exist: every command and every option is explained, and the README knows them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.cli.main import COMMANDS, GROUPS
from orgmap.graphmodel.errors import OrgmapError
from tests.cli.conftest import Orgmap
from tests.cli.examples import ANSWERED
from tests.commands import EVERY

ROOT = Path(__file__).resolve().parents[2]
ABOUT_A_DAY = ("find", "show", "list")
"""Questions that take every shared option."""


def options(command: str) -> dict[str, str]:
    """The options of a command that its help shows, each with what it says; what makes no difference is not shown."""
    params = [one for one in EVERY[command].params if not getattr(one, "hidden", False)]
    return {max(one.opts, key=len): one.help or "" for one in params if one.opts[0].startswith("-")}


@pytest.mark.parametrize("command", EVERY)
def test_help_tells_every_option(orgmap: Orgmap, command: str) -> None:
    told = orgmap(*command.split(), "--help")
    assert (told.code, told.err) == (0, "")
    words = " ".join(told.out.split())
    for option, explained in options(command).items():
        assert option in words
        assert explained, f"{command} {option} has no help"
        assert " ".join(explained.split())[:20] in words


@pytest.mark.parametrize("command", EVERY)
def test_help_begins_with_a_sentence_and_explains_what_to_type(orgmap: Orgmap, command: str) -> None:
    lines = orgmap(*command.split(), "--help").out.splitlines()
    assert lines[0].startswith(f"Usage: orgmap {command}")
    summary = next(line for line in lines[1:] if line.strip())
    assert summary.strip()[0].isupper()
    for one in EVERY[command].params:
        if not one.opts[0].startswith("-"):
            assert one.help, f"{command}: nothing says what {one.name} is"


def test_the_first_help_lists_every_command(orgmap: Orgmap) -> None:
    out = orgmap("--help").out
    assert [command for command in COMMANDS if f"  {command} " not in out] == []


def test_a_call_without_a_command_gives_the_help(orgmap: Orgmap) -> None:
    told = orgmap()
    assert "Usage: orgmap" in told.out + told.err


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_knows_every_command(command: str) -> None:
    assert f"orgmap {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ABOUT_A_DAY)
def test_questions_about_a_day_take_the_shared_options(command: str) -> None:
    assert {"--at", "--format", "--store", "--include", "--as-known-on"} <= set(options(command))


@pytest.mark.parametrize("command", ANSWERED)
def test_every_question_takes_a_format_and_a_store(command: str) -> None:
    assert {"--format", "--store"} <= set(options(command))


def test_the_help_tells_every_exit_code(orgmap: Orgmap) -> None:
    words = orgmap("--help").out
    codes = {error.exit_code for error in OrgmapError.__subclasses__()}
    assert codes == {1, 2, 3, 4, 5, 6}
    assert [code for code in codes if f"{code} " not in words] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_had_for_a_shell(
    orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("_ORGMAP_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", "orgmap li")
    monkeypatch.setenv("COMP_CWORD", "1")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "orgmap li")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    told = orgmap()
    assert {"list", "lineage"} <= set(told.out.replace('"', " ").replace(":", " ").split())


def test_help_tells_every_command_in_its_group(orgmap: Orgmap) -> None:
    parts = [part.splitlines() for part in orgmap("--help").out.split("\n\n")]
    told = {
        part[0].strip(): [line.split()[0] for line in part[1:]] for part in parts if part[0].endswith(":")
    }
    assert {heading: told.get(f"{heading}:") for heading in GROUPS} == {
        heading: list(group) for heading, group in GROUPS.items()
    }


def test_without_a_command_the_help_is_shown_line_by_line(orgmap: Orgmap) -> None:
    shown = orgmap()
    assert shown.code == 2
    assert shown.err.splitlines()[0].startswith("Usage: orgmap")
    assert shown.err.splitlines() == orgmap("--help").out.splitlines()
