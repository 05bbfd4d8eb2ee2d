"""Where tables are sent to and fetched from: the page with its form, which needs no script, and the API."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from orgmap.graphmodel.errors import OrgmapError, WrongUse
from orgmap.server.api import Handler
from orgmap.server.bulk.jobs import KEPT_FOR, ROWS, Job, Jobs, workbook
from orgmap.server.forms import NotInThisForm, accepted, typed_in
from orgmap.server.problems import problem, problem_of
from orgmap.server.questions import MEDIA
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
FIELDS = ("column", "at", "at-column", "to-day", "kind", "encoding")


class InMemory(MultiPartParser):
    """Reads a form whose files never touch a disk: the guard has counted their bytes already."""

    spool_max_size = 1 << 30


class Bulk:
    """The handlers for tables of one server."""

    def __init__(self, served: Served, jobs: Jobs) -> None:
        self.served, self.jobs = served, jobs

    async def page(self, request: Request) -> Response:
        """The form, or what was sent with it."""
        if request.method != "POST":
            return self.form({})
        try:
            fields, name, sent = await _form(request)
        except WrongUse as error:
            return problem_of(error, 400, page_first=True)
        try:
            asked = self.served.annotate.read(
                [(key, value) for key, value in fields.items() if value.strip()]
            )
            job = self.jobs.begin(name, sent, asked)
        except WrongUse as error:
            return self.form(fields, str(error), 400)
        except (OrgmapError, Busy) as error:
            return problem_of(error, page_first=True)
        return RedirectResponse(f"{self.served.base}/bulk/{job.token}", 303, NO_STORE)

    def form(self, fields: dict[str, str], said: str = "", status: int = 200) -> Response:
        """The page with the form."""
        helps = {one.name: one.description for one in self.served.annotate.parameters}
        megabytes = self.served.limits.upload // 1_000_000
        words: dict[str, Any] = {
            "fields": fields,
            "said": said,
            "help": helps,
            "rows": ROWS,
            "megabytes": megabytes,
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
        if form not in ("csv", "xlsx") or not job.outcome:
            return problem(404, "There is no such result, or not yet.")
        return await self._file(job.result, form)

    async def _file(self, table: bytes, form: str, headers: dict[str, str] | None = None) -> Response:
        if form == "xlsx":
            table = await self.served.workers.ask(lambda _: workbook(table), 60)
        name = {"Content-Disposition": f'attachment; filename="orgmap.{form}"'}
        return Response(table, 200, {**NO_STORE, **name, **(headers or {})}, MEDIA[form])

    async def annotate(self, request: Request) -> Response:
        """A table sent by a program: answered at once, or with `Prefer: respond-async` where to look for it."""
        kind = request.headers.get("content-type", "text/csv").partition(";")[0].strip().lower()
        if kind not in SENT_AS:
            return problem(415, f"Send the table as text/csv, not as {kind[:80]}.")
        try:
            form = accepted(request.headers.get("accept", "*/*"), ("csv", "xlsx"))
            asked = self.served.annotate.read(typed_in(request))
        except NotInThisForm as error:
            return problem(406, str(error))
        except OrgmapError as error:
            return problem_of(error, 400)
        sent = await request.body()
        try:
            if "respond-async" in request.headers.get("prefer", ""):
                job = self.jobs.begin("", sent, asked)
                where = {"Location": f"{self.served.base}/bulk/{job.token}", **NO_STORE}
                return JSONResponse(job.to_json(self.served.base), 202, where)
            table, outcome = await self.jobs.at_once(sent, asked)
        except (OrgmapError, Busy) as error:
            return problem_of(error)
        counts = f"rows={outcome.rows}, answered={outcome.answered}, noted={outcome.noted}"
        return await self._file(table, form, {"X-Orgmap-Outcome": counts})


def _missing() -> WrongUse:
    return WrongUse("There is no such table here: it was forgotten, or never sent.")


async def _form(request: Request) -> tuple[dict[str, str], str, bytes]:
    """The fields of a form, and the name and bytes of its file. Raises `WrongUse` for what is no such form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise WrongUse("Send the form with its file (multipart/form-data).")
    try:
        parser = InMemory(request.headers, request.stream(), max_files=1, max_fields=20, max_part_size=10_000)
        form = await parser.parse()
    except (MultiPartException, ValueError, KeyError) as error:
        raise WrongUse("The form that was sent cannot be read.") from error
    try:
        return await _parts(form)
    finally:
        await form.close()


async def _parts(form: FormData) -> tuple[dict[str, str], str, bytes]:
    fields, name, sent = {}, "", b""
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            name, sent = (value.filename or "")[:200], await value.read()
        elif key in FIELDS:
            fields[key] = value
        else:
            raise WrongUse(f"“{key[:80]}” is no field of this form.")
    return fields, name, sent


def handlers(served: Served, jobs: Jobs) -> tuple[Handler, Handler, Handler]:
    """The page, one table, and the API."""
    bulk = Bulk(served, jobs)
    return bulk.page, bulk.job, bulk.annotate
