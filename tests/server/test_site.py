"""The pages as files: whole or not at all, every link leads somewhere, postcodes lie where `find` says."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

import orgmap
from orgmap.cli.main import run
from tests.server.test_permalinks import HARMFUL, HARMLESS, tags_of
from tests.worlds import write_data

PAGE = '<!DOCTYPE html><meta charset="utf-8"><meta content="default-src \'none\'; x">'


@pytest.fixture(autouse=True)
def without_england(monkeypatch: pytest.MonkeyPatch) -> None:
    """The explorer is made of nothing here; what is in it is tested where it is made."""
    monkeypatch.setattr("orgmap.server.site.explorer_html", lambda store, version: PAGE)


def written(folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """Writes the site of the tables in a folder: the exit code."""
    monkeypatch.setenv("ORGMAP_DATA", str(folder / "data"))
    monkeypatch.setenv("ORGMAP_CACHE", str(folder / "cache"))
    with pytest.raises(SystemExit) as ended:
        run(["site", "-o", str(target), *options])
    return int(ended.value.code or 0)


def test_every_link_of_every_page_leads_to_a_page(
    kent_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    assert written(kent_tables, target, monkeypatch, "--public", "https://example.org/x") == 0
    pages = {file.relative_to(target).as_posix() for file in target.rglob("*") if file.is_file()}
    assert {
        "index.html",
        "explore.html",
        "style.css",
        "robots.txt",
        "sitemap.xml",
        "id/ccg-10E.html",
    } <= pages
    for page in sorted(one for one in pages if one.endswith(".html") and one != "explore.html"):
        for name, attributes in tags_of((target / page).read_text()):
            assert name in HARMLESS, (page, name)
            address = attributes.get("href") or ""
            if address and not urlsplit(address).scheme and not address.startswith("#"):
                led = unquote(urlsplit(urljoin(f"/{page}", address)).path).lstrip("/")
                assert led in pages, (page, address)
    sitemap = (target / "sitemap.xml").read_text()
    assert "<loc>https://example.org/x/id/ccg-10E.html</loc>" in sitemap
    assert "Sitemap: https://example.org/x/sitemap.xml" in (target / "robots.txt").read_text()


ENDING = """
sources
id    | title             | publisher | as_of      | verified
order | The Order of 2026 | Ministry  | 2026-03-10 | yes

entities
id                | name       | valid_from | source
council:E10000030 | Old County | 2009-04-01 | order
council:west      | West       | 2049-04-01 | order

phases
entity       | status  | valid_from | source
council:west | enacted | 2049-04-01 | order

events
id    | kind     | date       | status  | stated_on  | source
split | replaced | 2049-04-01 | enacted | 2026-03-10 | order

successions
event | predecessor       | successor
split | council:E10000030 | council:west
"""


def test_what_a_plan_is_to_end_says_so_and_leads_to_what_is_to_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_data(tmp_path / "data", ENDING)
    assert written(tmp_path, tmp_path / "site", monkeypatch) == 0
    page = unescape((tmp_path / "site/id/council-E10000030.html").read_text())
    assert "is to end on 2049-04-01: enacted, its day to come; said by Ministry on 2026-03-10" in page
    assert (
        '<a href="../explore.html#body=council%3AE10000030&include=planned">show what is planned</a>' in page
    )
    assert "--include" not in page


def test_postcodes_lie_in_the_areas_in_which_find_looks(
    kent_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(kent_tables, tmp_path / "site", monkeypatch) == 0
    shards = {file.stem: json.loads(file.read_text()) for file in (tmp_path / "site/postcodes").iterdir()}
    with orgmap.open() as graph:
        for outcode, shard in shards.items():
            for inward, number in shard["at"].items():
                found = shard["lists"][number]
                row = graph.store.postcodes([outcode + inward])[outcode + inward]
                assert found["seen"] == row.seen
                total = sum(share for _, share in found["parts"])
                assert not found["parts"] or abs(total - 1) < 0.001
    assert (
        '<meta name="orgmap-postcodes" content="postcodes/">' in (tmp_path / "site/explore.html").read_text()
    )
    assert "connect-src 'self'" in (tmp_path / "site/explore.html").read_text()


def test_a_site_is_whole_or_not_there(
    kent_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orgmap.server.site._sources", broken)
    assert written(kent_tables, tmp_path / "site", monkeypatch) != 0
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    assert written(kent_tables, tmp_path / "full", monkeypatch) == 2
    assert [file.name for file in (tmp_path / "full").iterdir()] == ["mine"]
    assert "Traceback" not in capsys.readouterr().err


def test_names_that_mean_harm_do_nothing_in_files_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_data(tmp_path / "data", HARMFUL)
    assert written(tmp_path, tmp_path / "site", monkeypatch) == 0
    for file in (tmp_path / "site").rglob("*.html"):
        if file.name != "explore.html":
            assert {name for name, _ in tags_of(file.read_text())} <= HARMLESS
