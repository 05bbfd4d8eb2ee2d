"""A Neo4j server: connecting, asking, writing; what goes wrong there is told in words that a person can act on."""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from orgmap.graphmodel.errors import OrgmapError, StoreOutOfReach, WrongUse, not_installed

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""How an address may begin: `neo4j` for a cluster or Aura, `bolt` for one server, `+s` for an encrypted line."""

OLDEST = (5, 26)
"""The first version that this was tried on; later ones count years (2025.01)."""

PATIENCE = 5.0
"""Seconds for which a question is tried again when the connection is lost."""

CONNECTING = 10.0
"""Seconds within which a server must answer at all."""

cypher_log = logging.getLogger("orgmap.cypher")
"""Gets every question that is asked of a server, as Cypher with its values."""

Said = TypeVar("Said")


class Refused(StoreOutOfReach):
    """The server wants another user or password."""


class Server:
    """An open connection to one database of a Neo4j server, or of a cluster.

    In a cluster reading goes to any member and writing to the leader. All work on one connection shares its
    bookmarks: a member that is asked waits until it has what was written here before (causal consistency).
    """

    def __init__(self, driver: Driver, address: str, database: str | None = None) -> None:
        import neo4j

        self.driver = driver
        self.address = address
        self.database = database
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def close(self) -> None:
        """Gives up the connection."""
        self.driver.close()

    def ask(self, cypher: str, values: dict[str, Any]) -> list[list[Any]]:
        """The rows that a reading question gives."""
        from neo4j.exceptions import Neo4jError, ServiceUnavailable, SessionExpired

        _tell(cypher, values)
        with in_words(self.address):
            try:
                with self._session() as session:
                    return session.run(cypher, values).values()
            except (ServiceUnavailable, SessionExpired):
                pass  # the server was away or has another leader now: again, with patience
            except Neo4jError as error:
                if not error.is_retryable():
                    raise
            with self._session() as session:
                return session.execute_read(lambda tx: tx.run(cypher, values).values())

    def _session(self, mode: str = "READ") -> Session:
        return self.driver.session(
            database=self.database, default_access_mode=mode, bookmark_manager=self._bookmarks
        )

    def write(self, work: Callable[[ManagedTransaction], Said]) -> Said:
        """Does some work in one transaction; where the connection is lost, from its beginning again."""
        with in_words(self.address), self._session("WRITE") as session:
            return session.execute_write(work)

    def run(self, cypher: str, **values: Any) -> list[list[Any]]:
        """Runs one statement in a transaction of its own."""
        return self.write(lambda tx: tx.run(cypher, values).values())


def connect(
    url: str, auth: tuple[str, str] | None, database: str | None = None, patience: float | None = None
) -> Server:
    """Connects to the server at an address such as `neo4j://localhost:7687`.

    Raises `WrongUse` for an address that is none (or holds a password) and for Neo4j's own database,
    `StoreOutOfReach` if the server does not answer, refuses, or is too old.
    """
    address = checked_address(url)
    if (database or "").lower() == "system":
        raise WrongUse(
            f"“{database}” is Neo4j's own database: it keeps users there, and no graph can be loaded into it."
            " Name another in ORGMAP_NEO4J_DATABASE."
        )
    try:
        import neo4j
    except ImportError as error:
        raise not_installed("A store on Neo4j", "neo4j", "neo4j") from error
    # What the driver logs on its way is told once, in our words.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    with in_words(address):
        driver = neo4j.GraphDatabase.driver(
            address,
            auth=auth,
            user_agent="orgmap",
            connection_timeout=CONNECTING,
            connection_acquisition_timeout=2 * CONNECTING,
            max_transaction_retry_time=PATIENCE if patience is None else patience,
            notifications_min_severity="OFF",
        )
    server = Server(driver, address, database)
    try:
        with in_words(address):
            agent = driver.get_server_info().agent
        _check_version(agent, address)
        # A database that is not there, or not for this user, is said now and not in the middle of a question.
        with in_words(address), driver.session(database=database, default_access_mode="READ") as session:
            session.run("RETURN 1").consume()
    except BaseException:
        driver.close()
        raise
    return server


def checked_address(url: str) -> str:
    """The address without anything secret. Raises `WrongUse` if it is none, or if a password stands in it.

    What was typed is never said again: wherever a password was put by mistake, it would be seen.

    >>> checked_address("bolt://localhost:7687")
    'bolt://localhost:7687'
    """
    if "@" in url:
        raise WrongUse(
            "User and password do not belong in the address: others could read them."
            " Put them into ORGMAP_NEO4J_USER and ORGMAP_NEO4J_PASSWORD, or leave them out to be asked."
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in SCHEMES or not host or port == 0 or not _is_host(host):
        raise WrongUse("This is not the address of a Neo4j server. Write neo4j://localhost:7687.")
    if parts.query or parts.fragment:
        raise WrongUse("Nothing may stand behind the port in the address. Write neo4j://localhost:7687.")
    if parts.path.strip("/"):
        raise WrongUse("Name the database in ORGMAP_NEO4J_DATABASE, not in the address.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}"


def _is_host(host: str) -> bool:
    """Whether a text can be the name or the number of a machine.

    >>> _is_host("graph.example.org"), _is_host("::1"), _is_host("no host"), _is_host("a..b")
    (True, True, False, False)
    """
    try:
        if ":" in host:
            return bool(ip_address(host))
        return bool(_HOST.fullmatch(host.encode("idna")))
    except ValueError:
        return False


_LABEL = rb"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(_LABEL + rb"(\." + _LABEL + rb")*\.?")


def _check_version(agent: str, address: str) -> None:
    """Raises `StoreOutOfReach` if the server calls itself by an older version than `OLDEST`."""
    found = re.search(r"(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) < OLDEST:
        raise StoreOutOfReach(_too_old(address, agent))


def _too_old(address: str, found: str) -> str:
    return (
        f"The server at {address} is too old ({found}): orgmap needs Neo4j {OLDEST[0]}.{OLDEST[1]} or later."
    )


def _tell(cypher: str, values: dict[str, Any]) -> None:
    if cypher_log.isEnabledFor(logging.INFO):
        shown = ", ".join(f"{name}: {_short(value)}" for name, value in sorted(values.items()))
        cypher_log.info("%s;\n// %s\n", _CLAUSE.sub("\n", cypher), shown)


_CLAUSE = re.compile(r"\s+(?=(?:OPTIONAL MATCH|(?<!OPTIONAL )MATCH|RETURN|UNION ALL|UNWIND|WITH|CALL)\b)")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}… ({len(value):,})"


@contextmanager
def in_words(address: str) -> Iterator[None]:
    """Turns what the driver raises into a sentence with the exit code for a store out of reach."""
    from neo4j import exceptions as of

    try:
        yield
    except OrgmapError:
        raise
    except (of.AuthError, of.TokenExpired) as error:
        raise Refused(
            f"The server at {address} refused the user or the password ({_code(error)})."
            " Set ORGMAP_NEO4J_USER and ORGMAP_NEO4J_PASSWORD."
        ) from error
    except of.Neo4jError as error:
        raise StoreOutOfReach(f"The server at {address} refused: {_reason(error)}") from error
    except of.ConfigurationError as error:
        # An older server's protocol lacks what every version that we know has.
        spoken = re.search(r"Bolt Protocol [\d.]*\d", str(error))
        raise StoreOutOfReach(_too_old(address, spoken[0] if spoken else _first_line(error))) from error
    except (of.DriverError, OSError) as error:
        raise StoreOutOfReach(_no_answer(address, error)) from error


def _code(error: Any) -> str:
    return str(error.code or "").rpartition(".")[2] or "no reason given"


def _reason(error: Any) -> str:
    code = _code(error)
    if code == "DatabaseNotFound":
        return "it has no database of that name. Check ORGMAP_NEO4J_DATABASE."
    if code == "Forbidden":
        return f"this user may not do that. {_first_line(error.message)}"
    if "Memory" in code:
        return f"its memory does not suffice ({_first_line(error.message)}). Give the server more heap."
    return f"{_first_line(error.message)} ({code})"


def _no_answer(address: str, error: BaseException) -> str:
    """What the system said, if it is known; else the driver's own words. And what can be done."""
    said = [one for one in _causes(error) if isinstance(one, OSError) and one.strerror]
    scheme, _, rest = address.partition("://")
    plain, _, encryption = scheme.partition("+")
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in said):
        return (
            f"The certificate of the server at {address} is not to be trusted."
            f" If it made it itself, {plain}+ssc://{rest} takes it unchecked."
        )
    if encryption and any(_broke_off(one) for one in _causes(error)):
        return (
            f"No Neo4j answers at {address} on an encrypted line."
            f" If the server does not encrypt, leave out “+{encryption}”: {plain}://{rest}"
        )
    cause = said[0].strerror if said else _first_line(error).removesuffix(":")
    return f"No Neo4j answers at {address}: {cause}. Is it running, and is the address right?"


def _broke_off(cause: BaseException) -> bool:
    """Whether an encrypted line was begun and not finished: refused in words, cut, or never answered.

    Which of these a server without encryption does depends on who is quicker.
    """
    cut = isinstance(cause, ConnectionError) and not isinstance(cause, ConnectionRefusedError)
    return cut or isinstance(cause, ssl.SSLError) or type(cause).__name__ == "BoltSecurityError"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what led to it, and what led to that."""
    inner: BaseException | None = error
    while inner is not None:
        yield inner
        for one in getattr(inner, "exceptions", ()):  # a cluster's servers were tried one by one
            yield from _causes(one)
        inner = inner.__cause__ or inner.__context__


def _first_line(text: object) -> str:
    return str(text).strip().partition("\n")[0].rstrip(".")
