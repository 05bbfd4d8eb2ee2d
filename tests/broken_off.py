"""Work that is broken off after so many steps, as by somebody who has had enough."""

from __future__ import annotations

from collections.abc import Callable


class Patience:
    """So many steps are let be done; at the next one the user breaks off."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def counted(self, work: Callable[..., None]) -> Callable[..., None]:
        """The same work, of which each call is a step."""

        def do(*args: object) -> None:
            self._left -= 1
            if self._left < 0:
                raise KeyboardInterrupt
            work(*args)

        return do
