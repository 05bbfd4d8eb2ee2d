"""A live register on this machine, in the test: it answers in the shapes of the real one, and with faults on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/ORD/2-0-0"
ELSEWHERE = "https://elsewhere.example/ORD/2-0-0/organisations/"


def record(
    code: str,
    name: str,
    roles: str = "RO177 RO76",
    opened: str = "2020-04-01",
    closed: str = "",
    above: str = "91Q",
    joined: str = "2022-07-01",
    postcode: str = "CT9 1AA",
) -> dict[str, Any]:
    """A record as the interface gives it; the first role is the primary one."""

    def days(start: str, end: str = "") -> list[dict[str, str]]:
        return [{"Type": "Operational", "Start": start, **({"End": end} if end else {})}]

    status = "Inactive" if closed else "Active"
    first, *beside = roles.split()
    written = [
        {"id": one, "uniqueRoleId": 2, "Date": days(opened, closed), "Status": status} for one in beside
    ]
    written.append(
        {"id": first, "uniqueRoleId": 1, "primaryRole": True, "Date": days(opened), "Status": status}
    )
    target = {"OrgId": {"root": "2.16", "extension": above}, "PrimaryRoleId": {"id": "RO98"}}
    tie = {"id": "RE4", "uniqueRelId": 3, "Date": days(joined), "Status": "Active", "Target": target}
    return {
        "Organisation": {
            "Name": name,
            "Date": days(opened, closed),
            "OrgId": {"root": "2.16", "assigningAuthorityName": "HSCIC", "extension": code},
            "Status": status,
            "LastChangeDate": "2026-01-15",
            "orgRecordClass": "RC1",
            "GeoLoc": {"Location": {"AddrLn1": "1 HIGH STREET", "PostCode": postcode, "Country": "ENGLAND"}},
            "Roles": {"Role": written},
            **({"Rels": {"Rel": [tie]}} if above else {}),
        }
    }


class Answers:
    """What the register answers, what it was asked; `faults` are answered first, one for each request."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self.records = {one["Organisation"]["OrgId"]["extension"]: one for one in records}
        self.faults: list[tuple[int, bytes, dict[str, str]]] = []
        self.listed = sorted(self.records)
        self.asked: list[str] = []
        self.url = ""
        self.drips = False
        """Whether it answers byte by byte, and never to the end."""


@contextmanager
def live_register(*records: dict[str, Any]) -> Iterator[Answers]:
    """Starts it, and ends it."""
    answers = Answers(list(records))

    class Handler(BaseHTTPRequestHandler):
        """Answers one request."""

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            """The list of changes, or a record."""
            answers.asked.append(self.path)
            if answers.faults:
                return self.tell(*answers.faults.pop(0))
            code = self.path.rpartition("/")[2]
            if self.path.startswith(f"{PATH}/sync?LastChangeDate="):
                links = [{"OrgLink": f"{ELSEWHERE}{one}"} for one in answers.listed]
                return self.tell(200, json.dumps({"Organisations": links}).encode(), {})
            if code in answers.records:
                return self.tell(200, json.dumps(answers.records[code], indent=1).encode(), {})
            return self.tell(404, b'{"errorCode":404,"errorText":"Not found"}', {})

        def tell(self, code: int, body: bytes, headers: dict[str, str]) -> None:
            """Writes an answer; one of no code breaks the line off."""
            if not code:
                self.connection.close()
                return
            self.send_response(code)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            while answers.drips:
                self.wfile.write(b" ")
                time.sleep(0.01)
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.url = f"http://127.0.0.1:{server.server_port}{PATH}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
