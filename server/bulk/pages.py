"""Where tables are sent to and fetched from: the pages with their forms, which need no script, and the API."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from orgmap.graphmodel.errors import OrgmapError, WrongUse
from orgmap.server.api import Handler
from orgmap.server.bulk.jobs import KEPT_FOR, SECONDS, Job, Jobs, workbook
from orgmap.server.forms import NotInThisForm, form_of, typed_in
from orgmap.server.problems import problem, problem_of
from orgmap.server.questions import MEDIA, SHEET, Parameter, ServedFile, Typed
from orgmap.server.served import Served
from orgmap.server.workers import Busy

NO_STORE = {"Cache-Control": "no-store"}
SENT_AS = (
    "text/csv",
    "text/plain",
    "application/csv",
    "application/octet-stream",
    "application/vnd.ms-excel",
)


class InMemory(MultiPartParser):
    """Reads a form whose files never touch a disk: the guard has counted their bytes already."""

    spool_max_size = 1 << 30


class Bulk:
    """The handlers for tables of one server: every question about a table is asked here, and in the same way."""

    def __init__(self, served: Served, jobs: Jobs) -> None:
        self.served, self.jobs = served, jobs

    @property
    def uploads(self) -> tuple[str, ...]:
        """Where files may be sent to."""
        return ("/bulk", *(f"/api/{name}" for name in self.served.files))

    def routes(self) -> list[Route]:
        """A page and an address of the API for each question, and where a table is fetched."""
        files = self.served.files
        pages = [
            Route(f"/bulk/for/{name}", self.page(one), methods=["GET", "POST"]) for name, one in files.items()
        ]
        asked = [Route(f"/api/{name}", self.asked(one), methods=["POST"]) for name, one in files.items()]
        first = next(iter(files.values()))
        return [
            Route("/bulk", self.page(first), methods=["GET", "POST"]),
            *pages,
            Route("/bulk/{token}", self.job, methods=["GET", "POST", "DELETE"]),
            *asked,
        ]

    def page(self, file: ServedFile) -> Handler:
        """The form of a question, or what was sent with it."""

        async def page(request: Request) -> Response:
            if request.method != "POST":
                return self.form(request, file, [])
            try:
                fields, name, sent = await _form(request, file)
            except WrongUse as error:
                return problem_of(error, 400, page_first=True)
            try:
                job = self.jobs.begin(name, sent, file, file.read(fields))
            except WrongUse as error:
                return self.form(request, file, fields, str(error), 400)
            except (OrgmapError, Busy) as error:
                return problem_of(error, page_first=True)
            return RedirectResponse(f"{self.served.base}/bulk/{job.token}", 303, NO_STORE)

        return page

    def form(
        self, request: Request, file: ServedFile, fields: Typed, said: str = "", status: int = 200
    ) -> Response:
        """The page with the form of a question, and the ways to the others."""
        words: dict[str, Any] = {
            "file": file,
            "files": self.served.files.values(),
            "typed": {
                one.name: [value for name, value in fields if name == one.name] for one in file.parameters
            },
            "said": said,
            "address": self.served.listening(request),
            "seconds": int(SECONDS),
            "megabytes": self.served.limits.upload // 1_000_000,
        }
        return self.served.page("bulk.html", status, NO_STORE, minutes=int(KEPT_FOR // 60), **words)

    async def job(self, request: Request) -> Response:
        """How far a table has come, its result, or the order to forget it."""
        token, _, form = request.path_params["token"].partition(".")
        html = "text/html" in request.headers.get("accept", "")
        if request.method in ("POST", "DELETE"):
            gone = self.jobs.forget(token)
            if html:
                return RedirectResponse(f"{self.served.base}/bulk", 303, NO_STORE)
            return Response(status_code=204, headers=NO_STORE) if gone else problem_of(_missing(), 404)
        job = self.jobs.get(token)
        if job is None:
            return problem_of(_missing(), 404)
        if form:
            return await self._result(job, form)
        if not html:
            return JSONResponse(job.to_json(self.served.base), headers=NO_STORE)
        said = job.to_json(self.served.base)
        return self.served.page("job.html", 200, NO_STORE, job=said, minutes=int(KEPT_FOR // 60))

    async def _result(self, job: Job, form: str) -> Response:
        if form not in ("csv", SHEET) or not job.outcome:
            return problem(404, "There is no such result, or not yet.")
        return await self._file(job.result.decode(), form, "orgmap")

    async def _file(self, text: str, form: str, name: str, headers: dict[str, str] | None = None) -> Response:
        sheet = await self.served.workers.ask(lambda _: workbook(text), 60) if form == SHEET else None
        given = {**NO_STORE, **(headers or {})}
        if form in ("csv", SHEET):
            given["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        if form == "html":
            given |= self.served.own_policy(text)
        return Response(text if sheet is None else sheet, 200, given, MEDIA[form])

    def asked(self, file: ServedFile) -> Handler:
        """A table sent by a program: answered at once, or with `Prefer: respond-async` where to look for it."""

        async def asked(request: Request) -> Response:
            kind = request.headers.get("content-type", "text/csv").partition(";")[0].strip().lower()
            if kind not in SENT_AS:
                return problem(415, f"Send the table as text/csv, not as {kind[:80]}.")
            try:
                typed = typed_in(request)
                form = form_of(request, (*file.forms, SHEET), typed)
                wanted = file.read([(name, value) for name, value in typed if name != "format"])
            except NotInThisForm as error:
                return problem(406, str(error))
            except OrgmapError as error:
                return problem_of(error, 400)
            sent = await request.body()
            try:
                if "respond-async" in request.headers.get("prefer", ""):
                    job = self.jobs.begin("", sent, file, wanted)
                    where = {"Location": f"{self.served.base}/bulk/{job.token}", **NO_STORE}
                    return JSONResponse(job.to_json(self.served.base), 202, where)
                made = await self.jobs.at_once(sent, file, wanted, "csv" if form == SHEET else form)
            except (OrgmapError, Busy) as error:
                return problem_of(error)
            counts = ", ".join(f"{name}={number}" for name, number in made.counts.items())
            return await self._file(made.text, form, file.name, {"X-Orgmap-Outcome": counts})

        return asked


def _missing() -> WrongUse:
    return WrongUse("There is no such table here: it was forgotten, or never sent.")


async def _form(request: Request, file: ServedFile) -> tuple[Typed, str, bytes]:
    """The fields of a form, and the name and bytes of its file. Raises `WrongUse` for what is no such form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise WrongUse("Send the form with its file (multipart/form-data).")
    try:
        parser = InMemory(request.headers, request.stream(), max_files=1, max_fields=40, max_part_size=10_000)
        form = await parser.parse()
    except (MultiPartException, ValueError, KeyError) as error:
        raise WrongUse("The form that was sent cannot be read.") from error
    try:
        return await _parts(form, {one.name: one for one in file.parameters})
    finally:
        await form.close()


async def _parts(form: FormData, known: dict[str, Parameter]) -> tuple[Typed, str, bytes]:
    """What was filled in, blanks left out; of a field that takes several, one on each line."""
    fields: list[tuple[str, str]] = []
    name, sent = "", b""
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            name, sent = (value.filename or "")[:200], await value.read()
        elif key in known:
            values = value.splitlines() if known[key].repeated else [value]
            fields += [(key, one) for one in values if one.strip()]
        else:
            raise WrongUse(f"“{key[:80]}” is no field of this form.")
    return fields, name, sent
