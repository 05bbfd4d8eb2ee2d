"""The register as columns of numbers, as those that think in tables take it."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.questions import commissions
from benchmarks.register import VERBS, Register


def body_columns(register: Register) -> dict[str, Any]:
    """One row for each body."""
    numbers = np.arange(len(register.ids), dtype=np.int32)
    commissioning = np.array([commissions(one) for one in register.ids])
    columns = {"node": numbers, "id": register.ids, "commissions": commissioning}
    return {**columns, "begins": register.born, "ends": register.died}


def relation_columns(register: Register) -> dict[str, Any]:
    """One row for each row of the register."""
    columns = {"subject": register.subject, "verb": register.verb, "object": register.object}
    return {**columns, "begins": register.begins, "ends": register.ends}


NUMBER = {verb: number for number, verb in enumerate(VERBS)}
"""Kinds of relation by number."""
