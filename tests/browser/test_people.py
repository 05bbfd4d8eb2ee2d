"""The people who do the tasks: in both browsers they find controls by role and name, and miss what has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import InChromium
from tests.browser.steps import BOX, Person
from tests.browser.webkit import webkit

PAGE = f"""<!doctype html><html lang="en" data-ready="yes"><title>A page</title><main><h1>Nothing yet</h1>
<input type="search" role="combobox" aria-label="{BOX}" aria-expanded="false" aria-controls="list">
<ul role="listbox" id="list" aria-label="Suggestions"><li role="option">Kent County Council, since 1889</li></ul>
<label>Date <input id="date"></label>
<label for="kind">Kind of body</label> <select id="kind"><option>boards</option><option>groups</option></select>
<div role="tablist" aria-label="Views"><button role="tab" id="t">Table</button></div>
<div role="tabpanel" aria-labelledby="t"><table><caption>Boards</caption><tr><td>Kent</td></tr></table></div>
<label><input type="checkbox"> Planned</label> <a href="#here">Kent and Medway</a>
<button aria-label="Next change">→</button> <div class="button">Compare</div>
<aside aria-label="Chosen body"><h2>Kent</h2><p>64 %</p></aside></main>
<script>const say = (text) => {{ document.querySelector("h1").textContent = text; }};
for (const one of document.querySelectorAll("input, select"))
  one.addEventListener("keydown", (event) => event.key === "Enter" && say("typed " + one.value));
for (const one of document.querySelectorAll("[role=option], button, a, [type=checkbox]"))
  one.addEventListener("click", () => 
    say("used " + (one.getAttribute("aria-label") || one.textContent || one.checked)));
document.querySelector("select").addEventListener("change", (event) => say("chose " + event.target.value));
</script></html>"""
"""A page with one control of each sort; “Compare” is none, it only looks like one."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["Chromium", "WebKit"])
def someone(request: pytest.FixtureRequest, page: Path) -> Iterator[Person]:
    if request.param == "Chromium":
        browser: Any = request.getfixturevalue("browser")
        yield InChromium(browser.new_page(), page)
    else:
        with webkit(page) as person:
            yield person


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("find West Kent", "typed West Kent"),
        ("take Kent County", "used Kent County Council, since 1889"),
        ("date 2013-04-01", "typed 2013-04-01"),
        ("kind groups", "chose groups"),
        ("tab Table", "used Table"),
        ("tick Planned", "used true"),
        ("follow Kent and", "used Kent and Medway"),
        ("press Next change", "used Next change"),
    ],
)
def test_an_action_reaches_the_control_of_its_name(someone: Person, action: str, said: str) -> None:
    someone.open()
    someone.does(action)
    assert someone.asks("document.querySelector('h1').innerText") == said


def test_parts_of_the_page_are_read_by_role_and_name(someone: Person) -> None:
    someone.open("#x", width=700)
    assert someone.text("complementary", "Chosen body").split() == ["Kent", "64", "%"]
    assert "Kent" in someone.text("tabpanel", "Table")
    assert "Kent" in someone.text("table", "Boards")
    assert someone.text("complementary", "Chosen place") == ""
    assert someone.has("listbox", "Suggestions")
    assert someone.address().endswith("#x")


def test_what_only_looks_like_a_button_is_not_found(someone: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.browser.webkit.PATIENCE", 0.1)
    someone.open()
    if isinstance(someone, InChromium):
        someone.page.set_default_timeout(100)
    with pytest.raises(Exception, match=r"Compare|Timeout"):
        someone.does("press Compare")


def test_an_action_that_nobody_knows_is_no_action(someone: Person) -> None:
    with pytest.raises(ValueError, match="begins with none of"):
        someone.does("click .button")
