"""The questions over the web answer as Python and the command line do, and refuse as they do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

import orgmap
from orgmap.cli.kit.everything import everything
from orgmap.cli.kit.served import for_the_web
from orgmap.cli.main import run
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from tests.commands import EVERY
from tests.server.asked import ASKED

STATUS = {NothingFound: 404, WrongUse: 422, Ambiguous: 409}


@pytest.mark.parametrize(("name", "typed", "method", "words", "options"), ASKED)
def test_every_question_answers_as_python_does(
    kent: TestClient, name: str, typed: dict[str, Any], method: str, words: Any, options: Any
) -> None:
    got = kent.get(f"/api/{name}", params=typed)
    with orgmap.open() as graph:
        refused: OrgmapError | None = None
        try:
            answer = getattr(graph, method)(*words, **options)
        except OrgmapError as error:
            refused = error
    if refused:
        assert got.status_code == STATUS[type(refused)]
        assert (got.json()["detail"], got.json()["exit_code"]) == (str(refused), refused.exit_code)
        return
    whole = got.json() if got.status_code == 200 else got.json()["answer"]
    assert whole == json.loads(answer.to_json())
    if got.status_code == 200:
        assert got.text == f"{answer.to_json()}\n"
    else:
        assert (got.status_code, got.json()["exit_code"]) == (404, 1)


def test_every_question_is_asked() -> None:
    questions, _ = everything()
    assert {name for name, *_ in ASKED} == {one.name for one in questions}


@pytest.mark.parametrize(("name", "typed", "method", "words", "options"), ASKED)
def test_every_answer_has_the_shape_that_the_description_says(
    kent: TestClient, name: str, typed: dict[str, Any], method: str, words: Any, options: Any
) -> None:
    document = kent.get("/api/openapi.json").json()
    got = kent.get(f"/api/{name}", params=typed)
    said = document["paths"][f"/api/{name}"]["get"]["responses"][str(got.status_code)]["content"]
    schema = said[got.headers["content-type"].partition(";")[0]]["schema"]
    jsonschema.validate(
        got.json(), {**schema, "components": document["components"]}, jsonschema.Draft202012Validator
    )


def test_the_csv_is_that_of_the_command_line(kent: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    for name, typed, *_ in ASKED:
        got = kent.get(f"/api/{name}", params={**typed, "format": "csv"})
        if got.status_code != 200:
            continue
        words = [name]
        for key, value in typed.items():
            known = {one.opts[0]: one for one in EVERY[name].params}
            for each in value if isinstance(value, list) else [value]:
                if f"--{key}" not in known:
                    words.append(each)
                else:
                    words += [f"--{key}"] if known[f"--{key}"].is_flag else [f"--{key}", each]
        capsys.readouterr()
        with pytest.raises(SystemExit):
            run([*words, "--format", "csv"])
        assert got.content.decode() == capsys.readouterr().out, words


def test_the_form_is_chosen_by_the_header_or_by_name(kent: TestClient) -> None:
    asked = {"kind": "ccg", "at": "2014-01-01"}
    for headers in ({"accept": "text/csv"}, {"accept": "text/html;q=0.9, text/csv;q=0.5"}):
        got = kent.get("/api/list", params=asked, headers=headers)
        assert got.headers["content-type"] == "text/csv; charset=utf-8"
        assert got.headers["vary"] == "Accept"
    rows = csv.DictReader(io.StringIO(kent.get("/api/list", params={**asked, "format": "csv"}).text))
    assert [row["id"] for row in rows] == ["ccg:09E", "ccg:10E"]
    lines = kent.get("/api/list", params={**asked, "format": "ndjson"}).text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["ccg:09E", "ccg:10E"]
    assert kent.get("/api/list", params=asked, headers={"accept": "image/png"}).status_code == 406


def test_what_an_answer_hides_is_said_even_where_its_form_has_no_place(kent: TestClient) -> None:
    got = kent.get("/api/list", params={"kind": "ccg", "at": "2014"})
    assert "2014-01-01, its first day" in json.loads(got.headers["x-orgmap-notes"])[0]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/find", 400, "place must be given"),
        ("/api/find?place=Kent&place=Kent", 400, "twice"),
        ("/api/find?place=Kent&frobnicate=1", 400, "is no parameter"),
        ("/api/find?place=Kent&store=networkx:", 400, "is no parameter"),
        ("/api/diff?before=2013&after=2014&tables=true", 400, "is no parameter"),
        ("/api/find?place=Kent&explain=true", 400, "is no parameter"),
        ("/api/find?place=Kent&kind=frob", 400, "is not a kind"),
        ("/api/find?place=Kent&include=frob", 400, "planned"),
        ("/api/find?place=Kent&format=xml", 400, "is not a format"),
        ("/api/find?place=", 400, "blank"),
        ("/api/find?place=%00", 400, "zero byte"),
        ("/api/find?place=%ff", 400, "UTF-8"),
        ("/api/lineage?body=ccg:10E&back=perhaps", 400, "true or false"),
        ("/api/search?text=x&limit=0", 400, "limit"),
        ("/api/stated?count-by=topic&limit=3", 400, "count-by"),
        (f"/api/find?place={'x' * 1001}", 400, "1,000 letters"),
        ("/api/find?place=Kent&at=frob", 422, "is not a date"),
        ("/api/find?place=Nowhereham", 404, "No place is called"),
        ("/api/frobnicate", 404, "no such page"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    kent: TestClient, path: str, status: int, words: str
) -> None:
    got = kent.get(path)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert words in got.json()["detail"]
    assert got.json()["status"] == status


def test_which_one_is_an_answer(kent: TestClient) -> None:
    got = kent.get("/api/show", params={"body": "Kent"})
    with orgmap.open() as graph, pytest.raises(Ambiguous) as refused:
        graph.show("Kent")
    assert got.status_code == 409
    assert got.json()["candidates"] == refused.value.candidates
    assert (got.json()["exit_code"], got.json()["answer"]["body"]) == (3, None)


def test_the_description_says_of_each_parameter_what_help_says_of_the_option(kent: TestClient) -> None:
    document = kent.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for name, command in EVERY.items():
        asked = document["paths"].get(f"/api/{name}", {}).values()
        said = {one["name"]: one for of_method in asked for one in of_method["parameters"]}
        helps = {one.opts[0].lstrip("-").rstrip("_").replace("_", "-"): one.help for one in command.params}
        assert {key: one["description"] for key, one in said.items() if key != "format"} == {
            key: for_the_web(words or "") for key, words in helps.items() if key in said and key != "format"
        }
        assert all(one["description"] for one in said.values())


def test_who_has_an_answer_already_is_told_so(kent: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"place": "CT9 1AA"}
    first = kent.get("/api/find", params=asked)
    assert first.headers["cache-control"].startswith("public, max-age=")
    again = kent.get("/api/find", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = kent.get("/api/find", params={**asked, "format": "csv"})
    assert other.headers["etag"] != first.headers["etag"]
    monkeypatch.setattr("orgmap.server.served.today", lambda: "2031-01-01")
    late = kent.get("/api/find", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert late.status_code == 200  # an answer of today is no answer of tomorrow


def test_head_gives_the_headers_alone(kent: TestClient) -> None:
    got = kent.head("/api/find", params={"place": "CT9 1AA"})
    assert (got.status_code, got.content) == (200, b"")
    assert got.headers["etag"]


def test_every_store_gives_the_same_answers(serving: Any, kent_tables: Path) -> None:
    file, memory = serving(kent_tables), serving(kent_tables, store="networkx:")
    for name, typed, *_ in ASKED:
        one, other = (client.get(f"/api/{name}", params=typed) for client in (file, memory))
        assert (one.status_code, one.content) == (other.status_code, other.content)


def test_no_parameter_names_a_file_of_the_server() -> None:
    questions, files = everything()
    for question in (*questions, *files):
        command = EVERY[question.name]
        hints = {one.name: str(getattr(one, "type_descriptor", "")) for one in command.params}
        shown = {one.name.replace("-", "_") for one in question.parameters}
        assert not [name for name, hint in hints.items() if "Path" in hint and name in shown]
