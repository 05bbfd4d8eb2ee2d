"""Where each question of the command line is answered on the page, or why it is not: the page and the docs say it."""

from __future__ import annotations

from typing import NamedTuple


class AskedHere(NamedTuple):
    """A question by the name of its command: the address on the page at which it is answered, or blank; in words where
    that is, or why it is nowhere here."""

    question: str
    view: str
    words: str
    here: bool = True


ASKED = (
    AskedHere("find", "view=explore", "type a place into the box: its bodies stand beside the map"),
    AskedHere("guide", "", "written for one place at a time, with addresses and telephones", False),
    AskedHere("who", "view=services", "“Who commissions”, for a place, a body or all England"),
    AskedHere("walk", "view=walks", "“Walks”, for who lives at a place, is on a practice’s list, or both"),
    AskedHere("search", "view=start", "the box on top"),
    AskedHere("show", "", "the page of a body: click its name"),
    AskedHere("list", "view=explore&tab=table", "the tab “Table”, and “Map” where the kind has areas"),
    AskedHere("population", "", "how many people each body is for, by age and sex", False),
    AskedHere(
        "prescribed", "", "what practices prescribed, month by month, from tables that you load", False
    ),
    AskedHere("lineage", "view=explore&tab=lineage", "the tab “Lineage”, and the page of a body"),
    AskedHere("what", "", "the page of a body, under “Commissions”"),
    AskedHere("answers-to", "view=explore&tab=structure", "the tab “Structure”, and the page of a body"),
    AskedHere("board", "", "the page of a body that has boards, under “Who sits, and what it may do”"),
    AskedHere("diff", "", "“Compare”: two days side by side, with a table of what changed"),
    AskedHere("reforms", "", "the line of time: each reform is a mark on it"),
    AskedHere("reform", "", "“Compare” the day before a reform with the day itself"),
    AskedHere("crosswalk", "", "whole tables between two structures, weighted by people or practices", False),
    AskedHere("plans", "view=plans", "“Plans”, and everywhere once “Planned” is ticked"),
    AskedHere("outcome", "", "what came of every plan that ever was, with both sources", False),
    AskedHere("due", "", "the page of a body that has steps to take, under “Steps of programmes”"),
    AskedHere("process", "", "procedures with all their stages; of a body its own cases are told", False),
    AskedHere("case", "", "the page of a body that applied for something, under “Approvals”"),
    AskedHere("stated", "", "the sentences of the documents, too many for one file", False),
    AskedHere("reconcile", "", "numbers that documents print, beside what the graph counts", False),
    AskedHere("explain", "", "a dictionary of its own", False),
    AskedHere("sources", "view=about", "below every fact; “About” says how far the tables reach"),
    AskedHere("cite", "", "the page of a body, under “How to cite”; “Share” cites a view"),
    AskedHere("template", "", "empty files to fill in", False),
    AskedHere("annotate", "", "takes a table of yours, and this page takes no file", False),
    AskedHere("handover", "", "takes a register of yours, and this page takes no file", False),
    AskedHere("rollup", "", "takes ratings of yours, and this page takes no file", False),
    AskedHere("check-board", "", "takes a list of yours, and this page takes no file", False),
)
"""Every question, in the order of the commands; those about a table of one's own last."""


def asked_json() -> list[list[str]]:
    """The questions as the page reads them: name, address or blank, words, and whether it is answered here."""
    return [[one.question, one.view, one.words, "yes" if one.here else ""] for one in ASKED]
