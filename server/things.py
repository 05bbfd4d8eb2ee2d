"""Permalinks: a body, a reform, a place, a source or a fact, as a page, as JSON or as Turtle."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from orgmap.graph import Graph
from orgmap.graphmodel.dates import day_of, today
from orgmap.graphmodel.errors import NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.model import STATUSES, Include
from orgmap.graphmodel.vocabulary import the_kind, verbs
from orgmap.loaders.exports.one_body import rows_of_body, rows_of_facts, rows_of_source
from orgmap.loaders.exports.rdf import turtle
from orgmap.loaders.exports.rdf_terms import triples_of
from orgmap.queries.answers import relationships_json
from orgmap.server.api import Handler
from orgmap.server.body_page import body_words, reform_told
from orgmap.server.forms import NotInThisForm, form_of, typed_in
from orgmap.server.place_turtle import place_triples
from orgmap.server.problems import problem, problem_of
from orgmap.server.questions import MEDIA, Typed
from orgmap.server.registered.record import is_of_register, record_turtle, record_words, shown_record
from orgmap.server.served import Served
from orgmap.server.workers import Busy

FORMS = ("html", "json", "turtle")
PLACE, SOURCE = "place:", "source:"
"""How the permalinks of things begin that are no bodies."""


class OtherPermalink(Exception):
    """What was asked for has a permalink of its own."""


class Permalink(NamedTuple):
    """A permalink that is asked for: of what, for which day (blank: today), with which plans."""

    thing: str
    at: str
    include: tuple[str, ...]
    known: str

    @property
    def day(self) -> str:
        """The day that is asked for."""
        return day_of(self.at) if self.at else today()


def permalink(served: Served) -> Handler:
    """The handler of everything that has an id."""

    async def answer(request: Request) -> Response:
        thing = request.path_params["thing"]
        try:
            typed = typed_in(request)
            form = form_of(request, FORMS, typed)
            wanted = _asked(thing, typed)
        except NotInThisForm as error:
            return problem(406, str(error))
        except OrgmapError as error:
            return problem_of(error, 400, page_first=True)
        links = _links(served, thing, typed)
        if unchanged := served.unchanged(request, form):
            return unchanged
        key = ("id", form, today(), served.identity, wanted)
        try:
            text = served.kept.get(key) if served.identity else None
            if text is None:
                text = (await served.workers.ask(lambda graph: written(served, graph, wanted, form))).encode()
                served.kept.put(key, text) if served.identity else None
        except OtherPermalink as there:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{served.link(str(there))}{query}", 303)
        except (OrgmapError, Busy) as error:
            return problem_of(error, page_first=True)
        return Response(text, 200, served.headers(form) | {"Link": links}, MEDIA[form])

    return answer


def _asked(thing: str, typed: Typed) -> Permalink:
    """Raises `WrongUse` for what cannot be asked of a permalink."""
    if not thing or len(thing) > 300 or "\0" in thing or "\ufffd" in thing:
        raise WrongUse("A permalink names a body, a place, a source or a fact, such as /id/source:ods-epcn.")
    found: dict[str, str] = {}
    include: list[str] = []
    for name, value in typed:
        if name == "include" and value in STATUSES:
            include.append(value)
        elif name == "include" or name not in ("format", "at", "as-known-on") or name in found:
            raise WrongUse(
                f"“{name}” cannot be asked here so: write at, include, as-known-on or format, once each."
            )
        else:
            found[name] = value
    for day in ("at", "as-known-on"):
        if found.get(day, "").strip():
            day_of(found[day])
    return Permalink(thing, found.get("at", "").strip(), tuple(include), found.get("as-known-on", "").strip())


def _links(served: Served, thing: str, typed: Typed) -> str:
    """Where the same stands in other forms."""
    here = served.link(thing)
    more = "".join(
        f"&{name}={_plain(value)}" for name, value in typed if name in ("at", "include", "as-known-on")
    )
    media = ((form, MEDIA[form].partition(";")[0]) for form in FORMS)
    forms = (f'<{here}?format={form}{more}>; rel="alternate"; type="{kind}"' for form, kind in media)
    return ", ".join([f'<{here}>; rel="canonical"', *forms])


def _plain(value: str) -> str:
    return quote(value, safe="")


def written(served: Served, graph: Graph, wanted: Permalink, form: str) -> str:
    """What a permalink gives in a form. Raises `OtherPermalink` where another is meant, and what a question does."""
    if wanted.known:
        graph = graph.known_on(wanted.known)
    thing = wanted.thing
    if thing.startswith(PLACE):
        return _place(served, graph, wanted, form)
    if thing.startswith(SOURCE):
        return _source(served, graph, thing.removeprefix(SOURCE), form)
    if is_of_register(thing):
        return _registered(served, graph, wanted, form)
    if thing.count("/") == 2:
        return _fact(served, graph, wanted, form)
    if not (found := graph.store.entities(ids=[thing])):
        return _meant(graph, wanted)
    if form == "turtle":
        day = wanted.day if wanted.at else None
        return turtle(triples_of(rows_of_body(graph.store, thing, day)))
    if found[0].kind == the_kind("change") and (whole := reform_told(graph, thing, wanted.include)):
        if form == "json":
            return _json(graph.reform(thing, include=wanted.include))
        return _page(served, "reform.html", wanted, answer=whole)
    if form == "json":
        return _json(graph.show(thing, wanted.at or None, include=wanted.include))
    return _page(served, "body.html", wanted, **body_words(graph, thing, wanted.at, wanted.include))


def _json(answer: Any) -> str:
    return f"{answer.to_json()}\n"


def _page(served: Served, name: str, wanted: Permalink, **words: Any) -> str:
    asked = {"thing": wanted.thing, "at": wanted.at, "include": wanted.include}
    return served.templates.get_template(name).render(**asked, **words)


def _meant(graph: Graph, wanted: Permalink) -> str:
    """Raises what is to be said of an id that there is not: where it leads, or that there is nothing."""
    if "/" in wanted.thing:
        raise NothingFound(f"There is nothing with the id “{wanted.thing}”.")
    body = graph.show(wanted.thing, wanted.at or None).to_dict()["body"]["id"]
    raise OtherPermalink(body)


def _registered(served: Served, graph: Graph, wanted: Permalink, form: str) -> str:
    """A body that the whole register alone has; of another with the code it says where that is."""
    answer = shown_record(graph, wanted.thing, wanted.at, wanted.include, wanted.known)
    whole = answer.to_dict()
    if (body := whole["body"]["id"]) != wanted.thing:
        if "/" in wanted.thing:
            raise NothingFound(f"There is nothing with the id “{wanted.thing}”.")
        raise OtherPermalink(body)
    if form == "json":
        return _json(answer)
    if form == "turtle":
        return record_turtle(graph, whole)
    return _page(served, "registered.html", wanted, **record_words(graph, whole))


def _place(served: Served, graph: Graph, wanted: Permalink, form: str) -> str:
    answer = graph.find(wanted.thing.removeprefix(PLACE), wanted.at or None, include=wanted.include)
    if form == "json":
        return _json(answer)
    if form == "turtle":
        whole: Any = answer.to_dict()
        return turtle(place_triples(graph.store, wanted.thing.removeprefix(PLACE), whole))
    return _page(served, "place.html", wanted, answer=answer.to_dict())


def _source(served: Served, graph: Graph, source: str, form: str) -> str:
    found = graph.store.sources([source]).get(source)
    if not found:
        raise NothingFound(f"There is no source “{source}”.")
    if form == "turtle":
        return turtle(triples_of(rows_of_source(graph.store, source)))
    cited = graph.cite(source).to_dict()
    if form == "json":
        return f"{json.dumps({**found._asdict(), 'references': cited['references']}, ensure_ascii=False, indent=2)}\n"
    return served.templates.get_template("source.html").render(source=found, references=cited["references"])


def _fact(served: Served, graph: Graph, wanted: Permalink, form: str) -> str:
    """A relation between two bodies: every statement of it, or those of a day."""
    subject, verb, target = wanted.thing.split("/")
    if verb not in verbs():
        raise NothingFound(f"“{verb}” is no relation. Relations: {', '.join(verbs())}.")
    shown = Include.of(wanted.include) if wanted.include or wanted.at else Include.of(STATUSES)
    day = wanted.day if wanted.at else None
    facts = graph.store.relationships(
        subjects=[subject], verbs=[verb], objects=[target], at=day, include=shown
    )
    if not facts:
        raise NothingFound(f"The graph does not state that {subject} {verbs()[verb].forward} {target}.")
    if form == "turtle":
        return turtle(triples_of(rows_of_facts(graph.store, facts)))
    stated = {"fact": wanted.thing, "statements": relationships_json(graph.store, facts)}
    if form == "json":
        return f"{json.dumps(stated, ensure_ascii=False, indent=2)}\n"
    names = {one.id: one.label for one in graph.store.entities(ids=[subject, target])}
    return _page(
        served,
        "fact.html",
        wanted,
        ends=[{"id": one, "name": names.get(one, one)} for one in (subject, target)],
        forward=verbs()[verb].forward,
        statements=stated["statements"],
    )
