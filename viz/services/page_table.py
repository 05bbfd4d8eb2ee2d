"""The matrix of services as a table of a page."""

from __future__ import annotations

from orgmap.viz.kit.svg import el, esc
from orgmap.viz.services.matrix import Matrix


def matrix_table(matrix: Matrix) -> str:
    """The matrix as a table: services down, commissioners across, in each cell a change and its words."""
    heads = [el("th", {"scope": "col"}, "Service")]
    for column in matrix.columns:
        ids = " ".join(sorted(column.bodies))
        heads.append(el("th", {"scope": "col", "data_ids": ids}, esc(column.label)))
    parts = []
    heading = ""
    for row_heading, offer, cells in matrix.rows:
        if row_heading != heading:
            heading = row_heading
            wide = str(len(matrix.columns) + 1)
            parts.append(
                el("tr", {}, el("th", {"class": "group", "colspan": wide, "scope": "rowgroup"}, esc(heading)))
            )
        one = offer.service.id
        link = el("a", {"href": f"#{one}", "data_id": one}, esc(offer.service.name))
        row = [el("th", {"scope": "row"}, link)]
        for column in matrix.columns:
            cell = cells.get(column.key)
            if cell is None:
                row.append(el("td", {}))
                continue
            word, _, more = cell.words.partition(":")
            row.append(
                el("td", {"class": cell.change}, el("b", {}, esc(word)), esc(f":{more}" if more else ""))
            )
        parts.append(el("tr", {}, *row))
    body = el("tbody", {}, *parts)
    return el("table", {"class": "matrix picture"}, el("thead", {}, el("tr", {}, *heads)), body)
