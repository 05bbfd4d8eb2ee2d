"""What a person does on the page, in words, whatever the browser: the vocabulary in which the tasks are written.

An action begins with one of these words; what follows is what is typed, or the name of what is used:

- `find West Kent PCT`: type it into the box on top and press Enter
- `take NHS Thanet CCG`: choose the suggestion whose name begins so
- `date 2013-04-01` and `second date 2013-04-01`: type a day
- `kind integrated care boards`: choose what the map shows; `case A child under five`: which case is walked
- `tab Lineage`, `press Compare`, `tick Planned`, `follow NHS Thanet CCG`: use the control or link of this name
- `open GP practices`: unfold what is folded under words with these in them
- `filter visiting`: type into the filter of what is shown

Nothing is found by class or id: what these words reach, a screen reader reaches.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

BOX = "Postcode, place, body, practice or code"
"""The one box, as it is called in every browser."""

SUGGESTIONS = "Suggestions"

READY = """document.documentElement.dataset.ready === "yes" && document.querySelector("h1") !== null
  && (() => { try { window.orgmap?.shown(); return true; } catch { return false; } })()"""
"""True once the view that was asked for stands there."""

MOST = 3
"""So many actions at most answer a question."""


class Person(ABC):
    """Someone in front of a browser in which the page is open."""

    @abstractmethod
    def open(self, address: str = "", width: int = 1280, height: int = 800) -> None:
        """Opens the page at an address after `#`, in a window of this size, and waits until it is drawn."""

    @abstractmethod
    def type_into(self, role: str, name: str, text: str, enter: bool = True) -> None:
        """Types a text into a field in the place of what stands there, and presses Enter."""

    @abstractmethod
    def choose(self, name: str, option: str) -> None:
        """Chooses one of a list."""

    @abstractmethod
    def use(self, role: str, name: str, begins: bool = False) -> None:
        """Presses the control of this role and name (or whose name begins so)."""

    @abstractmethod
    def unfold(self, words: str) -> None:
        """Unfolds what stands folded under a line with these words."""

    @abstractmethod
    def text(self, role: str, name: str = "") -> str:
        """All that stands in a part of the page; blank where there is no such part."""

    @abstractmethod
    def value(self, role: str, name: str) -> str:
        """What stands in a field."""

    @abstractmethod
    def address(self) -> str:
        """The whole address of the page."""

    @abstractmethod
    def asks(self, script: str) -> object:
        """What the page's own hook answers to an expression."""

    def has(self, role: str, name: str) -> bool:
        """Whether there is such a part, with something in it."""
        return bool(self.text(role, name))

    def does(self, action: str) -> None:
        """Carries out one action."""
        for word, done in _ACTIONS.items():
            if action.startswith(f"{word} "):
                done(self, action.removeprefix(f"{word} "))
                return
        raise ValueError(f"“{action}” begins with none of {', '.join(_ACTIONS)}")


def _find(person: Person, text: str) -> None:
    person.type_into("combobox", BOX, text)


def _filter(person: Person, text: str) -> None:
    names = ("Filter services", "Filter table", "Filter plans")
    name = next(one for one in names if person.has("searchbox", one))
    person.type_into("searchbox", name, text, enter=False)


_ACTIONS = {
    "find": _find,
    "take": lambda person, name: person.use("option", name, begins=True),
    "date": lambda person, day: person.type_into("textbox", "Date", day),
    "second date": lambda person, day: person.type_into("textbox", "Second date", day),
    "kind": lambda person, kind: person.choose("Kind of body", kind),
    "case": lambda person, name: person.choose("Case", name),
    "tab": lambda person, name: person.use("tab", name),
    "press": lambda person, name: person.use("button", name),
    "tick": lambda person, name: person.use("checkbox", name),
    "follow": lambda person, name: person.use("link", name, begins=True),
    "open": lambda person, words: person.unfold(words),
    "filter": _filter,
}
