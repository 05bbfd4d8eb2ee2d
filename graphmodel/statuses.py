"""What kind of truth a fact is: in force, in shadow form, or a plan; and which of these an answer may show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.errors import WrongUse

STATUSES = (
    "in_force",
    "shadow",
    "enacted",
    "planned",
    "conditional",
    "proposed",
    "provisional",
    "disputed",
    "superseded",
)
"""What kind of truth a fact is, the surest first; only `in_force` is shown unless more is asked for.

`shadow` is there and holds no power yet; `enacted` is law whose day is to come, `planned` was announced by who may
decide, `conditional` hangs on a Bill or an approval; `superseded` is a plan in whose place another came.
"""

SUPERSEDED = "superseded"
"""The status of a plan in whose place another came: it ranks behind every other."""

OPENED = {
    "planned": ("enacted", "planned", "conditional"),
    "proposed": ("proposed", "provisional", "disputed", SUPERSEDED),
}
"""The statuses that a word opens beside the one that it names: who asks for plans gets all that are likely."""

PLANS = frozenset(status for opened in OPENED.values() for status in opened)
"""The statuses of what is not so, or not so yet."""

LAW = frozenset({"in_force", "shadow", "enacted"})
"""The statuses of what law has made; all else is not law."""


def opening(status: str) -> str:
    """The word for which an answer shows what has this status.

    >>> opening("enacted"), opening("superseded"), opening("shadow")
    ('planned', 'proposed', 'shadow')
    """
    return next((word for word, opened in OPENED.items() if status in opened), status)


class Include(NamedTuple):
    """Which statuses beside `in_force` an answer may show.

    >>> Include.of(["shadow"]).statuses, Include.of("planned").statuses
    (('in_force', 'shadow'), ('in_force', 'enacted', 'planned', 'conditional'))
    """

    statuses: tuple[str, ...] = ("in_force",)

    @classmethod
    def of(cls, extra: str | Iterable[str] = ()) -> Include:
        """`in_force`, the extra statuses, and what these open. Raises `WrongUse` for what is no status."""
        named = {extra} if isinstance(extra, str) else set(extra)
        if unknown := named.difference(STATUSES):
            raise WrongUse(f"“{min(unknown)}” is not a known status. Statuses: {', '.join(STATUSES)}.")
        more = named.union(*(OPENED.get(status, ()) for status in named))
        return cls(tuple(status for status in STATUSES if status == "in_force" or status in more))

    @property
    def plans(self) -> frozenset[str]:
        """The statuses among them of what is not so, or not so yet."""
        return PLANS.intersection(self.statuses)

    def with_plans(self) -> Include:
        """The same with what is planned, for an answer that says how many plans it leaves out.

        >>> IN_FORCE.with_plans() == Include.of("planned")
        True
        """
        return Include.of([*self.statuses, "planned"])

    def shows(self, status: str) -> bool:
        """Whether an answer may tell what has this status (blank: in force).

        >>> IN_FORCE.shows("planned"), IN_FORCE.shows("")
        (False, True)
        """
        return (status or "in_force") in self.statuses


IN_FORCE = Include()
