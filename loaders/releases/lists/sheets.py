"""What the sheets of a workbook list, each by the form of its rows."""

from __future__ import annotations

from orgmap.loaders.releases.formats import recognised
from orgmap.loaders.releases.listings import Contents, contents_of
from orgmap.loaders.releases.lists.change_summaries import contents_of_summary
from orgmap.loaders.releases.lists.workbooks import sheets_of


def contents_of_workbook(raw: bytes, label: str) -> list[Contents]:
    """What the sheets of a workbook say that have the form of a published list; nothing if none has.

    Raises `DataBroken` as `contents_of` does and for a damaged workbook, `WrongUse` without the package that reads it.
    """
    found = []
    sheets = list(sheets_of(raw, label))
    for sheet in sheets:
        if form := recognised([row for _, row in sheet.rows]):
            found.append(contents_of(form, sheet.rows, f"{label} (sheet {sheet.name})"))
    planned = None if found else contents_of_summary(sheets, label)
    return [planned] if planned else found
