"""The one rule by which news turns rows: a status comes with its day, and what is in force ends what it replaces."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.model import DATE_PRECISIONS, Rule
from orgmap.graphmodel.plans.news import News, news
from orgmap.graphmodel.statuses import IN_FORCE, SUPERSEDED
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.text import shortened
from orgmap.graphmodel.vocabulary import event_kinds
from orgmap.loaders.check.cells import is_day
from orgmap.loaders.check.plans import AHEAD
from orgmap.loaders.check.world import OPEN
from orgmap.loaders.dataset import line_of
from orgmap.loaders.news import NEWS
from orgmap.loaders.news.book import PLACES, Book, Cells
from orgmap.loaders.news.hanging import NAMED, Group, Hanging, groups, hanging, latest
from orgmap.loaders.reading import File, Tables
from orgmap.loaders.wrong import Wrong

FACT = "in_force"
WHAT = Rule._fields[1]
"""The column of a rule for what it holds."""

WHO = ("commissioner", "accountable", "on_behalf_of", "subject", "object")
"""The columns of rules and steps without whose body the row holds no longer."""


class Item(NamedTuple):
    """One row of news: where it stands, its cells, and what its word means."""

    path: Path
    line: int
    dataset: str
    cells: Cells
    means: News

    @property
    def said_on(self) -> str:
        """The day on which it was said: without a word the day itself."""
        return self.cells["stated_on"] or self.cells["day"]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.means.news} of {self.cells['about']}, {self.cells['day']}"


def turn(tables: Tables) -> None:
    """Applies all rows of news, the oldest first: faults come to `wrong` of the tables, what was turned to `news`."""
    book = Book(tables)
    known = {row["id"] for row in book.rows("sources")}
    items = [item for file in list(tables.files[NEWS]) for item in _items(tables, file, known)]
    order = list(news())
    for item in sorted(items, key=lambda item: (item.said_on, order.index(item.means.news), str(item))):
        found = groups(book, item.cells["about"], frozenset(item.means.turns.split()))
        counted = _Turning(book, item).apply(found) if found else Counter()
        if not found:
            said = f"“{shortened(item.cells['about'])}” is no plan, change, body, rule or step of accountability."
            tables.wrong.append(Wrong(item.path, item.line, said, "Name one; orgmap plans lists the plans."))
        elif not counted:
            said = f"nothing that hangs on {item.cells['about']} is {' or '.join(item.means.turns.split())}."
            tables.wrong.append(Wrong(item.path, item.line, said, "Take the row away, or name another plan."))
        else:
            tables.news.append(f"{item}: {_counted(counted)}.")
            if item.means.status == FACT:
                # Who says from which day on it is law knows of that day.
                about = tables.about.get(item.dataset, {})
                knows = max(about.get("horizon", ""), item.cells["day"])
                tables.about[item.dataset] = {**about, "horizon": knows}
    book.put_back()
    _describe(book, [one.cells["source"] for one in items])


def _counted(counted: Counter[tuple[str, str]]) -> str:
    """What was turned, in words, by what became of it."""
    words: dict[str, list[str]] = {}
    for (word, what), many in counted.items():
        words.setdefault(word, []).append(f"{many:,} {what if many == 1 else _PLURALS.get(what, f'{what}s')}")
    return "; ".join(f"{word}: {', '.join(parts)}" for word, parts in words.items())


def _describe(book: Book, cited: list[str]) -> None:
    """Each dataset describes the sources that its rows cite: what news cites comes to those in which it turned rows."""
    described = {row["id"]: row.row for row in book.rows("sources")}
    sources = book.tables.files["sources"]
    there = {
        (file.dataset, row[0])
        for file, rows in zip(sources, book.by_file("sources"), strict=True)
        for row in rows
    }
    wanted = {source for cell in cited for source in cell.split() if source in described}
    for table, files in book.tables.files.items():
        at = PLACES[table].get("source", -1)
        for file in list(files) if at >= 0 else ():
            found = {one for cell in set(file.columns[at]) for one in wanted.intersection(cell.split())}
            for source in sorted(found):
                if (file.dataset, source) not in there:
                    there.add((file.dataset, source))
                    cells = dict(zip(TABLES["sources"].columns, described[source], strict=True))
                    book.add("sources", file.dataset, file.path, 1, cells)


def _items(tables: Tables, file: File, known: set[str]) -> list[Item]:
    """The rows of one file; those that cannot be right come to what is wrong with the tables."""
    found = []
    for number, row in enumerate(map(list, zip(*file.columns, strict=True))):
        path = file.path or Path(NEWS)
        line = file.lines[number] if file.lines else line_of(path, number) if file.path else number + 2
        cells = Cells(NEWS, row)
        if wrong := _wrong(cells, known):
            tables.wrong.append(Wrong(path, line, *wrong))
        else:
            found.append(Item(path, line, file.dataset, cells, news()[cells["news"]]))
    return found


def _wrong(cells: Cells, known: set[str]) -> tuple[str, str] | None:
    """What is wrong with a row of news as it stands, and how to mend it."""
    if cells["news"] not in news():
        return (
            f"“{shortened(cells['news'])}” is not a known kind of news.",
            f"Write one of {', '.join(news())}.",
        )
    days = [cells["day"], *filter(None, [cells["stated_on"]])]
    if bad := [day for day in days if not is_day(day)]:
        return f"“{shortened(bad[0])}” is not a day.", "Write it as 2013-04-01."
    if cells["precision"] not in DATE_PRECISIONS:
        words = ", ".join(filter(None, DATE_PRECISIONS))
        return (
            f"“{shortened(cells['precision'])}” is not a known precision.",
            f"Write one of {words}, or nothing.",
        )
    if not cells["source"]:
        return "no source is given.", "Name one of sources.csv."
    if missing := [one for one in cells["source"].split() if one not in known]:
        said = f"cites “{shortened(missing[0])}”, which is not a known source."
        return said, "Describe it in sources.csv, or cite another."
    return None


class _Turning:
    """One row of news being applied; counts what it turns, in words."""

    def __init__(self, book: Book, item: Item) -> None:
        self.book, self.item = book, item
        self.day, self.status = item.cells["day"], item.means.status
        self.sets_day = self.status == FACT or not self.status
        self.counted: Counter[tuple[str, str]] = Counter()

    def apply(self, found: list[Group]) -> Counter[tuple[str, str]]:
        turned = [hanging(self.book, group) for group in found]
        for some in turned:
            self._turn(some)
        if self.status == FACT:
            self._follow(turned)
        for some in turned:
            for plan, thread in some.plans.items():
                self._state(
                    latest(thread), some, self.item.cells["note"] if plan == self.item.cells["about"] else ""
                )
        return self.counted

    def _turn(self, some: Hanging) -> None:
        word = self.status.replace("_", " ") or "moved"
        for table, rows in (("events", some.events), ("ties", some.ties), ("named", some.named)):
            first = "date" if table == "events" else "valid_from"
            for row in rows:
                moved = self.sets_day and row[first] != self.day
                if self.sets_day:
                    row[first] = self.day
                    row["precision" if table == "events" else "from_precision"] = self.item.cells["precision"]
                row["status"] = self.status or row["status"]
                if moved or self.status != FACT:
                    row["stated_on"] = self.item.said_on
                self._turned(row)
            self._count(word, _CALLED[table], len(rows))
        for body, stages in some.stages.items():
            self._turn_body(self.book.bodies[body], stages)
        self._count(word, "body", len(some.stages))

    def _turn_body(self, body: Cells, stages: list[Cells]) -> None:
        began = body["valid_from"]
        for row in self.book.phases[body["id"]] if self.sets_day else ():
            if row["valid_until"] and row["valid_until"] == began:
                row["valid_until"] = self.day
        for row in stages:
            row["status"] = self.status or row["status"]
            if self.sets_day and row["valid_from"] == began:
                row["valid_from"], row["from_precision"] = self.day, self.item.cells["precision"]
            self._turned(row)
        if self.sets_day:
            body["valid_from"], body["from_precision"] = self.day, self.item.cells["precision"]
        self._turned(body)
        if self.status == FACT:
            self.book.take_away(stages)
            kept = [row for row in self.book.phases[body["id"]] if row not in stages]
            self.book.phases[body["id"]] = kept

    def _follow(self, turned: list[Hanging]) -> None:
        """What is in force ends bodies, their relations, and the rules and steps that hold without them no longer."""
        ended = set()
        for row in (row for some in turned for row in some.events):
            kind = event_kinds().get(row["kind"])
            before, after = self.book.sides[row["id"]]
            if kind and kind.ends == "yes":
                ended |= {body for body in before - after if body in self.book.bodies}
        for one in ended:
            self._end(self.book.bodies[one])
        self._count("ended", "body", len(ended))
        # Of a kind of which nobody is left no rule speaks any longer.
        gone = {self.book.bodies[one]["kind"] for one in ended} - {
            body["kind"]
            for one, body in self.book.bodies.items()
            if (body["valid_until"] or OPEN[1]) > self.day and not self._is_planned(one)
        }
        ties = [tie for tie in self.book.ties if {tie["subject"], tie["object"]} & ended and self._holds(tie)]
        new = [row for some in turned for row in some.named]
        replaced = {row[WHAT] for row in new if WHAT in row}
        fresh = {row["id"] for row in new}
        named = [
            row
            for table in NAMED
            for row in self.book.rows(table)
            if row["id"] not in fresh
            and self._holds(row)
            and (
                (WHAT in row and row[WHAT] in replaced)
                or (ended | gone) & {one for column in WHO if column in row for one in row[column].split()}
            )
        ]
        for row in (*ties, *named):
            self._end(row)
        self._count("ended", "relation", len(ties))
        self._count("ended", "rule or step", len(named))
        self._supersede(ended, [*(tie for some in turned for tie in some.ties), *new])

    def _supersede(self, ended: set[str], new: list[Cells]) -> None:
        """Plans that were to change whom nobody can change any longer, what these would have brought, and what would
        be new of a body that the same news ends."""
        events = [
            row
            for event, row in self.book.events.items()
            if row["status"] in AHEAD
            and (row["date"] or "") >= self.day
            and (before := self.book.sides[event][0])
            and before & ended
            and all(self._has_ended(body) for body in before)
        ]
        never = {body for row in events for body in self.book.sides[row["id"]][1] if self._is_planned(body)}
        stages = [row for body in never for row in self.book.phases[body] if row["status"] in AHEAD]
        ties = [
            tie
            for tie in self.book.ties
            if tie["status"] in AHEAD and {tie["subject"], tie["object"]} & (never | ended)
        ]
        idle = [row for row in new if ended & {row[column] for column in WHO if column in row}]
        for row in (*events, *stages, *ties, *idle):
            row["status"] = SUPERSEDED
            self._cite(row)
        self._count("superseded", "change", len(events))
        self._count("superseded", "body", len(never))
        self._count("superseded", "relation", len(ties))
        self._count("superseded", "rule or step", len(idle))

    def _has_ended(self, body: str) -> bool:
        there = self.book.bodies.get(body)
        return bool(there and there["valid_until"] and there["valid_until"] <= self.day)

    def _is_planned(self, body: str) -> bool:
        return any(
            row["status"] in AHEAD and not row["valid_until"] for row in self.book.phases.get(body, ())
        )

    def _holds(self, row: Cells) -> bool:
        """Whether a fact would go on beyond the day."""
        return (
            IN_FORCE.shows(row["status"])
            and (row["valid_until"] or OPEN[1]) > self.day
            and row["until_precision"] != "not_known"
            and row["valid_from"] < self.day
        )

    def _end(self, row: Cells) -> None:
        row["valid_until"], row["until_precision"] = self.day, self.item.cells["precision"]
        self._cite(row)

    def _turned(self, row: Cells) -> None:
        """Cites the news; what was said of the row while it was another plan is told as said before."""
        self._cite(row)
        if row["note"] and not row["note"].startswith(_BEFORE):
            row["note"] = f"{_BEFORE} {self.item.said_on}: {row['note']}"

    def _cite(self, row: Cells) -> None:
        """Names the source of the news beside those of the row; a part of the locator goes with each."""
        source, locator = self.item.cells["source"], self.item.cells["locator"]
        if source in row["source"].split():
            return
        if locator and len(row["source"].split()) == 1 and row["locator"]:
            row["locator"] = f"{row['locator']}; {locator}"
        row["source"] = f"{row['source']} {source}".strip()

    def _state(self, last: Cells, some: Hanging, text: str) -> None:
        """Adds what the news says of a plan as a statement of it, the latest; and what came of it."""
        cells = self.item.cells
        stated = {column: last[column] for column in _KEPT}
        stated |= {
            "id": f"{last['plan']}-{self.item.means.news}-{cells['day']}",
            "status": self.status if self.status not in ("", FACT, SUPERSEDED) else last["status"],
            "stated_on": self.item.said_on,
            "said_by": cells["said_by"] or self._publisher(),
            "source": cells["source"],
            "locator": cells["locator"],
            "note": f"{self.item.means.news} of {cells['about']}, {cells['day']}",
        }
        if text:
            stated["text"] = text
        if self.sets_day:
            stated |= {"planned_for": cells["day"], "planned_precision": cells["precision"]}
        if self.status == FACT:
            turned = {row["id"] for row in (*some.events, *some.named)} | some.stages.keys()
            came = [fact for fact in last["facts"].split() if fact in turned]
            # What nothing in the tables carries nobody can say to have come.
            stated |= {"came": " ".join(came), "status": "enacted"}
        elif self.status == SUPERSEDED:
            stated |= {"verdict": "dropped", "came_on": cells["day"], "outcome_source": cells["source"]}
        self.book.add("plans", self.item.dataset, self.item.path, self.item.line, stated)
        self._count("stated anew", "plan", 1)

    def _publisher(self) -> str:
        cited = self.item.cells["source"].split()
        found = {row["id"]: row["publisher"] or row["title"] for row in self.book.rows("sources")}
        return " and ".join(dict.fromkeys(found[one] for one in cited if one in found))

    def _count(self, word: str, what: str, many: int) -> None:
        if many:
            self.counted[word, what] += many


_BEFORE = "said before"
_KEPT = ("plan", "text", "about", "replaces", "planned_for", "planned_precision", "depends_on", "facts")
_CALLED = {"events": "change", "ties": "relation", "named": "rule or step"}
_PLURALS = {"body": "bodies", "rule or step": "rules and steps"}
