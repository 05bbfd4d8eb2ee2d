"""How the house is built: which room may know which, how long a file may be, what must be explained."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from orgmap.graphmodel.kind_rules import faults_of_kinds
from orgmap.graphmodel.term_tables import TERMS
from orgmap.graphmodel.vocabulary import facets, kinds, kinds_beside

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "graphmodel": {"graphmodel"},
    "loaders": {"loaders", "graphmodel"},
    "queries": {"queries", "graphmodel"},
    "viz": {"viz", "queries", "graphmodel"},
    "cli": {"cli", "server", "orgmap", "viz", "queries", "loaders", "graphmodel"},
    "server": {"server", "orgmap", "viz", "queries", "loaders", "graphmodel"},
    "orgmap": {"orgmap", "viz", "queries", "loaders", "graphmodel"},
}
"""cli → server → orgmap → viz → queries → graphmodel ← loaders; `orgmap` is the front: the files of the package itself,
what a script imports. It and those above it may call upon every room."""

ROOMS = MAY_IMPORT.keys() - {"orgmap"}
FRONT = {"shapes", *(path.stem for path in (ROOT / "orgmap").glob("*.py"))}

LONGEST = 400
"""So many lines has a file at most."""

MOST = 20
"""So many files lie side by side in a room at most."""

MADE = {".git", ".venv", "__pycache__", "build", "dist", ".hypothesis", "node_modules"}
"""Folders that tools make: not part of the project."""


def modules(package: str) -> list[Path]:
    """The Python files of a room, or of the front without the rooms that it links to."""
    if package == "orgmap":
        return sorted([*(ROOT / package).glob("*.py"), *(ROOT / package / "shapes").glob("*.py")])
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The rooms, and the packages of others, that a file imports, anywhere in it, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "orgmap":
            names = [f"orgmap.{name.name}" for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            names = [node.module or ""]
        for name in names:
            first = name.removeprefix("orgmap.").partition(".")[0]
            yield node.lineno, "orgmap" if first in FRONT and name.startswith("orgmap.") else first


def own_files() -> Iterator[Path]:
    """Every file of the project that people read as text."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        made = MADE & set(inside) or any(part.endswith("_cache") for part in inside)
        if path.is_file() and not made and path.suffix not in {".gz", ".sqlite", ".pyc", ".png", ".webp"}:
            yield path


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(package)
        for line, name in imported(path)
        if name in {*MAY_IMPORT, "orgmap", "tests"} - MAY_IMPORT[package]
    ]
    assert not wrong


def test_only_one_name_is_installed_and_no_room_is_imported_by_its_bare_name() -> None:
    bare = re.compile(rf"^\s*(?:from|import) (?:{'|'.join(ROOMS)})\b", re.M)
    files = [path for folder in (*MAY_IMPORT, "tests") for path in modules(folder)]
    assert [
        str(path.relative_to(ROOT)) for path in files if bare.search(path.read_text(encoding="utf-8"))
    ] == []
    assert {link.name for link in (ROOT / "orgmap").iterdir() if link.is_symlink()} == set(ROOMS)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_no_room_is_so_full_that_nothing_is_found_in_it(package: str) -> None:
    folders: dict[Path, int] = {}
    for path in modules(package):
        folders[path.parent] = folders.get(path.parent, 0) + (path.name != "__init__.py")
    assert {str(f.relative_to(ROOT)): n for f, n in folders.items() if n > MOST} == {}


def test_no_package_is_outside_the_plan() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "orgmap"}
    assert packages <= set(ROOMS)


def test_the_wheel_and_the_sdist_take_the_whole_front() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]
    front = {f"orgmap/{path.name}" for path in (ROOT / "orgmap").iterdir() if path.is_file()} | {
        "orgmap/shapes"
    }
    assert front | {"viz"} == set(targets["wheel"]["only-include"])
    assert front <= set(targets["sdist"]["only-include"])


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_file_can_be_read_in_one_sitting(package: str) -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(package)}
    assert not {str(path.relative_to(ROOT)): count for path, count in lines.items() if count > LONGEST}


def test_no_two_public_classes_share_a_name() -> None:
    homes: dict[str, list[str]] = {}
    for package in MAY_IMPORT:
        for path in modules(package):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


NO_NAMES = {"told", "heir", "heirs"}
"""What no variable, argument, field or function is called: `told` doesn't say what it holds, an heir is a successor."""


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_variable_says_what_it_holds(package: str) -> None:
    wrong = []
    for path in modules(package):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                    wrong += [f"{path.relative_to(ROOT)}:{node.lineno}"] if name in NO_NAMES else []
    assert wrong == []


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_what_a_function_takes_is_called_one_only_beside_another(package: str) -> None:
    wrong = []
    for path in modules(package):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                taken = {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
                wrong += (
                    [f"{path.relative_to(ROOT)}:{node.lineno}"]
                    if "one" in taken and "other" not in taken
                    else []
                )
    assert wrong == []


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_every_module_and_public_function_says_what_it_is(package: str) -> None:
    silent = []
    for path in modules(package):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(f"{path.relative_to(ROOT)}:1")
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not silent


def test_the_glossary_explains_every_kind_and_every_package() -> None:
    entries = re.findall(r"^\*\*([^*]+)\*\*", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), flags=re.M)
    assert {*kinds(), *ROOMS} <= set(entries)


def test_the_glossary_gives_each_kind_its_own_prefix() -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [k.kind for k in kinds().values() if f"**{k.kind}** (`{k.prefix}`)" not in text] == []


def test_only_kinds_that_one_register_lists_together_share_a_prefix() -> None:
    prefixes = [kind.prefix for kind in kinds().values()]
    assert all(re.fullmatch(r"[a-z]+", prefix) for prefix in prefixes)
    shared = {kind for kind in kinds() if len(kinds_beside(kind)) > 1}
    assert shared == {
        "gp_practice",
        "prescribing_cost_centre",
        "practice_setting_not_known",
        "welsh_practice",
        "nhs_trust",
        "welsh_trust",
    }


@pytest.mark.parametrize("name", ["kinds", "verbs", "event_kinds"])
def test_every_word_of_the_vocabulary_is_explained(name: str) -> None:
    with (TERMS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    may_be_blank = {"short", "roles", "climbs", "traits", "reaches"}
    assert [row for row in rows if not all(row[one] for one in row if one not in may_be_blank)] == []
    words = [next(iter(row.values())) for row in rows]
    assert len(set(words)) == len(words)


def test_no_file_names_the_machine_it_was_written_on() -> None:
    # The pieces are put together here, so that this file does not find itself.
    machine = re.compile(r"(?<![\w.])/(" + "|".join(("work", "root", "home", "Users")) + ")/")
    # As words: packed pictures and data may hold the same letters by chance.
    hosts = re.compile(rf"\b(?:{'|'.join(('py' + 'pi', 'python' + 'hosted'))})\b", flags=re.I)
    for path in own_files():
        text = path.read_text(encoding="utf-8")
        for pattern in (machine, hosts):
            found = pattern.search(text)
            assert not found, f"{path.relative_to(ROOT)} names {found.group()}"


def test_the_data_stay_small_enough_for_a_repository() -> None:
    size = sum(path.stat().st_size for path in (ROOT / "data").rglob("*") if path.is_file())
    assert size < 40_000_000


def test_the_lock_names_a_hash_for_every_package() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.split(r"^(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.M), flags=re.M)[1:]
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), flags=re.M)
    )
    extras = project["project"]["optional-dependencies"]
    asked += [name for extra in ("neo4j", "export", "pictures", "serve") for name in extras[extra]]
    names = {re.split(r"[<>=!~ ]", name)[0] for name in asked if not name.startswith("orgmap[")}
    assert names <= locked


ORDINARY = {
    ("graphmodel/tables.py", "loaders/build.py", "graphmodel/stores/*"): {"area", "service", "document"},
    ("loaders/releases/areas/*",): {"area"},
    ("loaders/check/*", "queries/documents/statements.py", "queries/documents/reconcile.py"): {
        "service",
        "document",
    },
    ("queries/plans/outcome.py", "viz/plans/picture.py"): {"reform"},
    (
        "queries/commissioning/*",
        "queries/change/reforms.py",
        "queries/place/months_and_years.py",
        "cli/commands/*",
    ): {
        "service",
        "reform",
        "document",
    },
    ("queries/documents/beside_answers.py", "queries/documents/ranking.py"): {"service"},
    ("cli/main.py", "orgmap/drawing.py", "viz/explorer/asked.py"): {"reform"},
    ("orgmap/graph.py", "orgmap/sourced.py", "orgmap/planned.py"): {"service", "reform", "document"},
    ("queries/guide/*", "viz/guide/*"): {"service", "document"},
    ("queries/walks/*", "viz/walks/*"): {"service"},
    ("queries/records/*", "cli/kit/record_words.py"): {"service", "document", "milestone"},
}
"""Words that are the name of a kind and here something else: a column of a table; a key of an answer in JSON, a picture
or an option; a topic of statements; a command."""

EXAMPLES = ("queries/change/lifelines.py", "cli/commands/*", "orgmap/drawing.py")
"""Sentences for people that show how an id is typed."""

ENGLISH = {
    "at",
    "link",
    "region",
    "council",
    "district",
    "national",
    "practice",
    "trust",
    "hub",
    "senate",
    "lo",
    "doc",
}
"""Prefixes that are words of other things as well: a day, a tier, a kind of place, a role."""


def constants(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a file's code, with its line; what explains the code is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explaining = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield node.lineno, node.value


def kinds_in(text: str) -> set[str]:
    """The kinds, prefixes and ids that a text of the code names."""
    whole = {text} & {*kinds(), *(kind.prefix for kind in kinds().values() if kind.prefix not in ENGLISH)}
    several = "|".join(kind for kind in kinds() if "_" in kind)
    prefixes = "|".join(sorted(kind.prefix for kind in kinds().values()))
    begins = re.match(rf"(?:{prefixes}):", text)
    found = re.findall(rf"(?<!\w)(?:(?:{several})(?!\w)|(?:{prefixes}):(?=[\w{{]))", text)
    return {*whole, *found, *([begins.group()] if begins else [])}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_no_code_knows_a_kind_by_its_name(package: str) -> None:
    """What the code knows of kinds stands in the vocabulary; `loaders/compile`, which makes the bodies, names them."""
    wrong = []
    for path in modules(package):
        name = str(path.relative_to(ROOT))
        if name.startswith("loaders/compile/") or name == "graphmodel/vocabulary.py":
            continue
        allowed = {
            word
            for files, words in ORDINARY.items()
            if any(fnmatch(name, one) for one in files)
            for word in words
        }
        for line, text in constants(path):
            is_sentence = " " in text and any(fnmatch(name, one) for one in EXAMPLES)
            if not is_sentence and (named := kinds_in(text) - allowed):
                wrong.append(f"{name}:{line} names {', '.join(sorted(named))}")
    assert wrong == []


def test_no_page_script_or_schema_knows_a_kind_by_its_name() -> None:
    several = re.compile(rf"\b(?:{'|'.join(kind for kind in kinds() if '_' in kind)})\b")
    files = [
        path
        for package in MAY_IMPORT
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".js", ".css", ".sql", ".j2", ".ts", ".tsx"} and not MADE & set(path.parts)
    ]
    assert [str(path) for path in files if several.search(path.read_text(encoding="utf-8"))] == []


def test_every_word_that_is_said_of_a_kind_is_explained_and_used() -> None:
    assert faults_of_kinds() == []
    used = {("standing", kind.standing) for kind in kinds().values()} | {
        ("reach", kind.reach) for kind in kinds().values()
    }
    used |= {("traits", trait) for kind in kinds().values() for trait in kind.traits} | {("climbs", "above")}
    assert used == set(facets())
