"""The half of the Neo4j store that knows names, postcodes and named places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.store import CodedPart, NamedEntity, PlaceName, PostcodeRow, place_order
from orgmap.graphmodel.stores.neo4j.ahead import KEPT, Ahead, Expected
from orgmap.graphmodel.stores.neo4j.reader import Reader, holds, node, ours
from orgmap.graphmodel.stores.neo4j.schema import GRAPH, NOT_PLACED
from orgmap.graphmodel.stores.neo4j.server import Server
from orgmap.graphmodel.stores.postcode_words import EVER
from orgmap.graphmodel.text import normalise

BLOCK = 2000
"""So many postcodes are looked up together."""

_NAMES = (
    "CALL db.index.fulltext.queryNodes('orgmap_forms', $search) YIELD node AS n WITH n WHERE n.build = $build"
)
_OWNER = (
    f"OPTIONAL MATCH (n)<-[:HAS_NAME]-(e) WHERE {ours('e')}"
    " WITH n, coalesce(e.key, n.key) AS id, coalesce(n.use, 'official') AS use"
)


class Neo4jPlaces:
    """Look-ups of names and places on a server."""

    def __init__(self, server: Server, graph: str = GRAPH) -> None:
        """Pins the load that is current. Raises `DataBroken` if there is none, or one of another shape."""
        self.reader = Reader(server, graph)
        self._rows = self.reader.rows
        self._ahead = Ahead(self.reader)
        self._near: dict[str, list[tuple[str, float]]] = {}
        self._neighbourhoods = Expected()
        self._words: list[str] | None = None

    def close(self) -> None:
        """Gives up the connection."""
        self.reader.server.close()

    def ids_of_code(self, code: str) -> list[str]:
        """See `Store.ids_of_code`."""
        return self._words_of(
            f"MATCH {node('i', 'identifiers')} WHERE i.word = $word MATCH (e)-[:HAS_IDENTIFIER]->(i)"
            f" WHERE {ours('e')} RETURN DISTINCT [e.key] AS row",
            word=code.strip().lower(),
        )

    def _words_of(self, question: str, **values: Any) -> list[str]:
        """The answers to a question that gives one word a row, in order."""
        return sorted(row[0] for row in self._rows(question, **values))

    def ids_of_name(self, normalised: str) -> list[str]:
        """See `Store.ids_of_name`."""
        if normalise(normalised) != normalised or not normalised:
            return []  # no name is kept in another form
        return self._words_of(
            f"{_NAMES} AND $form IN n.forms {_OWNER} RETURN DISTINCT [id] AS row",
            search=f'+build:{self.reader.build} +forms:"{normalised}"',
            form=normalised,
        )

    def named(self, forms: list[str]) -> list[NamedEntity]:
        """See `Store.named`."""
        kept = sorted({form for form in forms if form and normalise(form) == form})
        if not kept:
            return []
        either = " ".join(f'forms:"{form}"' for form in kept)
        found = "any(form IN $kept WHERE form IN n.forms)"
        return self._entities_named(found, f"+({either})", kept=kept)

    def _entities_named(self, found: str, search: str, **values: Any) -> list[NamedEntity]:
        """The bodies of the names that the index finds by `search` and that fulfil a condition."""
        rows = self._rows(
            f"{_NAMES} AND {found} {_OWNER} RETURN DISTINCT [id, n.name, use] AS row",
            search=f"+build:{self.reader.build} {search}",
            **values,
        )
        return sorted(NamedEntity(*row) for row in rows)

    def names_with(self, words: list[str]) -> list[NamedEntity]:
        """See `Store.names_with`."""
        # The words are letters and digits only, so none can be taken for an operator of the search language.
        starts = [start for word in words if (start := normalise(word).replace(" ", ""))]
        if not starts:
            return []
        found = "any(form IN n.forms WHERE all(start IN $starts WHERE ' ' + form CONTAINS ' ' + start))"
        return self._entities_named(found, " ".join(f"+forms:{start}*" for start in starts), starts=starts)

    def words(self) -> list[str]:
        """See `Store.words`."""
        if self._words is None:
            rows = self._rows(
                "MATCH (b:OrgmapBuild {build: $build}) UNWIND b.words AS word RETURN [word] AS row"
            )
            self._words = [row[0] for row in rows]
        return self._words

    def postcodes(self, postcodes: list[str]) -> dict[str, PostcodeRow]:
        """See `Store.postcodes`."""
        found: dict[str, PostcodeRow] = {}
        wanted = sorted(set(postcodes))
        for start in range(0, len(wanted), BLOCK):
            inwards: dict[str, list[str]] = {}
            for postcode in wanted[start : start + BLOCK]:
                inwards.setdefault(postcode[:-3], []).append(postcode[-3:])
            # An outcode keeps the inward halves of each of its neighbourhoods as one text.
            rows = self._rows(
                f"UNWIND keys($wanted) AS outcode MATCH {node('o', 'outcodes')} WHERE o.key = outcode"
                " UNWIND $wanted[outcode] AS inward UNWIND range(0, size(o.inwards) - 1) AS i"
                " WITH o, inward, i WHERE ' ' + o.inwards[i] + ' ' CONTAINS ' ' + inward + ' '"
                " RETURN [o.key + inward, o.codes[i], o.seen[i], o.earlier[i]] AS row",
                wanted=inwards,
            )
            found |= {
                row[0]: PostcodeRow(*("" if cell == NOT_PLACED else cell for cell in row[1:])) for row in rows
            }
        self._neighbourhoods.note(row.code for row in found.values())
        return found

    def outcodes(self) -> list[str]:
        """See `Store.outcodes`."""
        return sorted(self._words_of(f"MATCH {node('o', 'outcodes')} RETURN [o.key] AS row"))

    def of_outcode(self, outcode: str, digit: str = "") -> dict[PostcodeRow, int]:
        """See `Store.of_outcode`."""
        rows = self._rows(
            f"MATCH {node('o', 'outcodes')} WHERE o.key = $outcode UNWIND range(0, size(o.inwards) - 1) AS i"
            " WITH o, i, size([x IN split(o.inwards[i], ' ') WHERE x <> '' AND x STARTS WITH $digit]) AS count"
            " WHERE count > 0 RETURN [o.codes[i], o.seen[i], o.earlier[i], count] AS row",
            outcode=outcode,
            digit=digit,
        )
        counted = Counter[PostcodeRow]()
        for *words, count in rows:
            counted[PostcodeRow(*("" if cell == NOT_PLACED else cell for cell in words))] += count
        self._neighbourhoods.note(row.code for row in counted)
        return dict(counted)

    def coded(self, code: str) -> list[CodedPart]:
        """See `Store.coded`."""
        rows: list[list[Any]] = []
        for table in ("place_codes", "neighbourhoods"):
            rows = rows or self._rows(
                f"MATCH {node('n', table)} WHERE n.key = $code MATCH (n)-[r:LIES_IN]->(a) WHERE {ours('a')}"
                " RETURN [coalesce(n.name, ''), coalesce(n.kind, ''), coalesce(n.within, ''), a.key, r.population]"
                " AS row",
                code=code,
            )
        self._ahead.areas.note(row[3] for row in rows)
        return sorted(CodedPart(*row) for row in rows)

    def neighbourhoods(self, codes: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """See `Store.neighbourhoods`."""
        wanted = list(codes)
        if missing := [code for code in wanted if code not in self._near]:
            if len(self._near) > KEPT:
                self._near.clear()
                missing = wanted
            asked = sorted({more for one in missing for more in self._neighbourhoods.next(one)})
            rows = self._rows(
                f"MATCH {node('n', 'neighbourhoods')} WHERE n.key IN $codes MATCH (n)-[r:LIES_IN]->(a)"
                f" WHERE {ours('a')} RETURN [n.key, a.key, r.population] AS row",
                codes=asked,
            )
            self._near |= {one: [] for one in asked}
            for one, area, people in rows:
                self._near[one].append((area, people))
        parts = {code: sorted(self._near[code]) for code in wanted}
        self._ahead.areas.note(area for found in parts.values() for area, _ in found)
        return parts

    def standing_in(self, areas: Iterable[str], at: str, known: str = "") -> list[str]:
        """See `Store.standing_in`."""
        return self._words_of(
            f"MATCH {node('a', 'entities')} WHERE a.key IN $areas MATCH (n)-[r:LIES_IN]->(a)"
            f" WHERE {ours('n')} AND n.table = 'neighbourhoods' WITH n, sum(r.population) AS inside"
            f" MATCH (n)-[r:LIES_IN]->(b) WHERE {ours('b')} WITH n, inside, sum(r.population) AS people"
            " WHERE 2 * inside > people OR people = 0"
            f" MATCH (n)<-[s:LIES_IN]-(l) WHERE {ours('l')} AND l.table = 'locations' AND {holds('l', 'at')}"
            f" AND {holds('s', 'at')} AND (s.known_from IS NULL OR s.known_from <= date($known))"
            " AND (s.known_until IS NULL OR s.known_until > date($known))"
            f" MATCH (l)<-[:HAS_LOCATION]-(e) WHERE {ours('e')} AND {holds('e', 'at')} RETURN DISTINCT [e.key] AS row",
            areas=sorted(areas),
            at=at,
            known=known or EVER,
        )

    def populations(self) -> dict[str, float]:
        """See `Store.populations`."""
        rows = self._rows(
            f"MATCH {node('a', 'entities')} WHERE a.kind = 'area' AND a.population IS NOT NULL"
            " RETURN [a.key, a.population] AS row"
        )
        self._ahead.areas.note(sorted(area for area, _ in rows), only_first=True)
        return dict(sorted(rows))

    def place_names(self, form: str) -> list[PlaceName]:
        """See `Store.place_names`."""
        words = ("county", "near", "called", "basis", "note")
        county, *others = (f"coalesce(p.{word}, '')" for word in words)
        rows = self._rows(
            f"MATCH {node('p', 'places')} WHERE p.word = $form MATCH (p)-[r:LIES_IN]->(a) WHERE {ours('a')}"
            f" RETURN [p.name, p.kind, coalesce(p.within, ''), a.key, r.share, {county}, p.people,"
            f" {', '.join(others)}] AS row",
            form=form,
        )
        self._ahead.areas.note(row[3] for row in rows)
        return sorted((PlaceName(*row) for row in rows), key=place_order)

    def place_forms(self) -> list[str]:
        """See `Store.place_forms`."""
        return self._words_of(f"MATCH {node('p', 'places')} RETURN DISTINCT [p.word] AS row")
