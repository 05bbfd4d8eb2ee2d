"""The Welsh health boards under which the English practice register lists practices in Wales."""

from __future__ import annotations

from orgmap.loaders.compile.commissioners.commissioner_lives import Lives
from orgmap.loaders.compile.practices.practice_register import HISTORY
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY
from orgmap.loaders.curated import rows
from orgmap.loaders.dataset import Dataset

RENAMED = "2019-04-01"
"""Bridgend changed boards; both boards took new names and, as their areas changed, new codes."""

NAMES = rows("practices/welsh_boards")
"""Names and GSS codes of the seven boards, before and since 2019. The ODS names 7A1, 7A4 and 7A5; the others
follow from where their practices lie (7A2 and 7A3 around Swansea and west of it, 7A6 Newport, 7A7 Powys)."""


def add_health_boards(dataset: Dataset, lives: Lives) -> None:
    """Adds the seven Welsh health boards since 2009 and the 22 local health boards before them."""
    for code, bodies in sorted(lives.items()):
        for body in bodies:
            if not body.id.startswith("lhb:"):
                continue
            named = [(name, area) for board, name, area in NAMES if board == code]
            register = cite(dataset, HISTORY.source)
            dataset.add(
                "entities",
                id=body.id,
                kind="local_health_board",
                name=named[-1][0] if named else "",
                valid_from=body.life.valid_from,
                valid_until=body.life.valid_until,
                source=register,
                note="" if named else "name not known",
            )
            dataset.add("identifiers", entity=body.id, scheme="ods", code=code, source=register)
            for at, (name, gss) in enumerate(named):
                old = at + 1 < len(named)
                since = RENAMED if at else (body.life.valid_from if old else "")
                period = {"valid_from": since, "valid_until": RENAMED if old else ""}
                source = cite(dataset, CODE_HISTORY)
                dataset.add("identifiers", entity=body.id, scheme="gss", code=gss, source=source, **period)
                if len(named) > 1:
                    use = "former" if old else "official"
                    dataset.add("names", entity=body.id, name=name, use=use, source=source, **period)
