"""`orgmap who`, `what`, `answers-to`: who commissions what for whom, answerable to whom."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.commands.bodies import status_cell
from orgmap.cli.kit.options import At, Body, Commands, Kind
from orgmap.cli.kit.output import Columns, print_folded, print_rows, print_sources, unverified
from orgmap.cli.kit.question import question
from orgmap.graphmodel.vocabulary import kinds, verbs


def named_with_status(body: dict[str, Any] | None, beside: bool = False) -> str:
    """A body with its id and, in brackets, what it is if not in force, or whether a plan is to end it; that it is told
    as last known is not said again of those `beside` the commissioner."""
    if not body:
        return ""
    shown = {key: value for key, value in body.items() if key != "last_known"} if beside else body
    status = f" [{cell}]" if (cell := status_cell(shown)) else ""
    return f"{body['name'] or '(name not known)'} ({body['id']}){status}"


def _upper(step: dict[str, Any]) -> str:
    """To whom a step leads, with its status if it is only planned."""
    from orgmap.graphmodel.statuses import PLANS
    from orgmap.queries.plans.marks import plan_words

    planned = f" [{plan_words(step['status'])}]" if step.get("status") in PLANS else ""
    return f"{step['upper']['name'] or step['upper']['id']}{planned}"


def _body_status(row: dict[str, Any]) -> str | None:
    return status_cell(row["commissioner"]) or None if row.get("commissioner") else None


def _sides(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The answer of the day that was asked for, or of both days."""
    return [answer["before"], answer["after"]] if "before" in answer else [answer]


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Each answer, and each of whom it does not hold for, with `what` it is and its day."""
    return [
        {"what": what, "at": side["at"], **one}
        for side in _sides(answer)
        for what, rows in (("answer", side["answers"]), ("otherwise", side["otherwise"]))
        for one in rows
    ]


def _id_of(body: dict[str, Any] | None) -> Any:
    return body["id"] if body else None


_ANSWER_COLUMNS: Columns = {
    "Commissioner": lambda row: _id_of(row["commissioner"]),
    "Commissioner name": lambda row: row["commissioner"]["name"] if row["commissioner"] else None,
    "Commissioner status": _body_status,
    "Basis": lambda row: row["basis"],
    "Status": lambda row: row.get("status"),
    "Acting through": lambda row: " ".join(body["id"] for body in row.get("acting_through", ())),
    "Legally accountable": lambda row: _id_of(row.get("legally_accountable")),
    "Population": lambda row: row["population"],
    "From": lambda row: row.get("fact", {}).get("valid_from"),
    "Until": lambda row: row.get("fact", {}).get("valid_until"),
    "Verified": lambda row: row.get("verified"),
    "Sources": lambda row: "; ".join(one["title"] for one in row.get("fact", row)["sources"]),
    "What": lambda row: row["what"],
    "Note": lambda row: "; ".join(row.get("notes", ())) or row.get("note"),
}


def _print_who(answer: dict[str, Any]) -> None:
    for side in _sides(answer):
        _print_answers(side)
    for change in answer.get("changes", []):
        print(
            f"changed: {change['what']}: {', '.join(change['before']) or '-'} → {', '.join(change['after']) or '-'}"
        )


def _print_answers(answer: dict[str, Any]) -> None:
    from orgmap.queries.commissioning.who import UNVERIFIED
    from orgmap.queries.plans.marks import plan_words

    print(f"{answer['service']['name']}, for {answer['for']['described']}, on {answer['at']}")
    for one in answer["answers"]:
        status = (
            "" if one["status"] == "in_force" else f" [{plan_words(one['status'], one['fact']['stated_on'])}]"
        )
        print(f"\n{named_with_status(one['commissioner'])} — {one['basis'].replace('_', ' ')}{status}")
        for words, bodies in (
            ("acting through", one["acting_through"]),
            ("legally accountable", [one["legally_accountable"], *one.get("also_accountable", [])]),
            ("on behalf of", one["on_behalf_of"]),
            ("commissioning support from", one["supported_by"]),
        ):
            if bodies and not (words == "legally accountable" and bodies == [one["commissioner"]]):
                print(f"  {words}: {'; '.join(named_with_status(body, beside=True) for body in bodies)}")
        fact = one["fact"]
        print(f"  for: {one['population']}")
        end = f" until {fact['valid_until']} (not included)" if fact["valid_until"] else ""
        print(f"  since {fact['valid_from'] or 'a day not known'}{end}")
        if "share" in one:
            print(f"  covers {one['share']:.0%} of the place ({one['share_of']})")
        for chain in one["answers_to"]:
            print(f"  answers to: {' → '.join(_upper(step) for step in chain)}")
        for note in one.get("notes", []):
            print(f"  note: {note}")
        said = any(UNVERIFIED in note.lower() for note in one.get("notes", []))
        for source in fact["sources"]:
            place = f", {source['locator']}" if source["locator"] else ""
            mark = "" if said else unverified(source["title"], source.get("verified", True))
            print(f"  source: {source['title']}{place}{mark}")
    for other in answer["otherwise"]:
        print(
            f"\nOtherwise, for {other['population']}: {named_with_status(other['commissioner']) or other['note']}"
        )
    print()


@question(
    lambda asked: {"At": lambda row: row["at"], **_ANSWER_COLUMNS} if "and_" in asked else _ANSWER_COLUMNS,
    lambda asked: {
        "query": {"service": asked["service"], "for": asked["for_"]},
        "at": asked["at"],
        "answers": [],
        "notes": [],
    },
    rows=_rows,
    found=lambda answer: answer["answers"],
    people=_print_who,
)
def who(
    service: Annotated[
        list[str], typer.Argument(help="A service in the words people use, e.g. health visitors.")
    ],
    for_: Annotated[
        str, typer.Option("--for", metavar="PLACE", help="A postcode, council, town, practice code or body.")
    ],
    at: At = "",
    and_: Annotated[str, typer.Option("--and", metavar="DATE", help="A second day: before and after.")] = "",
    kind: Kind = "",
) -> None:
    """Who commissions a service, for whom, through whom, answerable to whom, since when, and who says so."""


def _said(row: dict[str, Any], acts_for: list[dict[str, Any]]) -> bool:
    """Whether a line above says already for whom a body acts: the relation by which it does tells people no more."""
    return "object_name" in row and any(
        row["basis"] == one["basis"] and row["object"] in {body["id"] for body in one["commissioners"]}
        for one in acts_for
    )


def _does(row: dict[str, Any]) -> str:
    """What a row says that is no service of the body's own: for whom it acts, a relation, a statement."""
    if "commissioners" in row:
        return f"acts for {', '.join(str(one['name'] or one['id']) for one in row['commissioners'])}"
    if "service" in row:
        return ""
    if "text" in row:
        return str(row["text"])
    target = (
        kinds()[row["object"]].plural if row["object"] in kinds() else row["object_name"] or row["object"]
    )
    return f"{verbs()[row['verb']].forward} {target}"


def _coverage(row: dict[str, Any]) -> str:
    """“may” where the sources do not say which bodies; else for which bodies or places the row holds."""
    covers = row.get("coverage") or "all"
    return "may" if row.get("holds") == "may" else "" if covers == "all" else str(covers)


_DOING_COLUMNS: Columns = {
    "Service": lambda row: row["service"]["name"] if "service" in row else "",
    "Does": _does,
    "Basis": lambda row: row.get("basis") or f"{row['status']}, said {row.get('stated_on')}",
    "For": lambda row: row.get("population"),
    "From": lambda row: row.get("valid_from"),
    "Until": lambda row: row.get("valid_until"),
    "Coverage": _coverage,
    "Verified": lambda row: row.get("verified"),
}


def _print_what(answer: dict[str, Any]) -> None:
    rows = [row for row in answer["rows"] if not _said(row, answer["acts_for"])]
    print_rows(_DOING_COLUMNS, rows)
    print_sources([source for row in rows for source in row["sources"]])


@question(
    _DOING_COLUMNS,
    lambda asked: {
        "body": None,
        "at": asked["at"],
        **{key: [] for key in ("commissions", "acts_for", "does", "stated", "notes")},
    },
    people=_print_what,
)
def what(body: Body, at: At = "", kind: Kind = "") -> None:
    """What a body commissions or does, and for whom."""


_STEP_COLUMNS: Columns = {
    "Step": lambda step: step.get("sentence") or step["text"],
    "Line": lambda step: step.get("line"),
    "About": lambda step: step["about"] if "sentence" in step else "",
    "Basis": lambda step: step.get("basis") or f"{step['status']}, said {step.get('stated_on')}",
    "From": lambda step: step.get("valid_from"),
    "Until": lambda step: step.get("valid_until"),
    "Verified": lambda step: step.get("verified"),
}


def _print_steps(answer: dict[str, Any]) -> None:
    from orgmap.graphmodel.statuses import PLANS
    from orgmap.queries.plans.marks import plan_words

    body = answer["body"]
    named = f" ({body['id']})" if body["id"] else ""
    print(f"{body['name']}{named or ','} on {answer['at']}")
    for words, line in (("by law", "statutory"), ("by management", "managing")):
        chains = [chain for chain in (*answer["chains"], *answer["managing"]) if chain[0]["line"] == line]
        if chains:
            print(f"  {words}:")
        for chain in chains:
            for number, step in enumerate(chain):
                print_folded(f"→ {step['sentence']}" if number else step["sentence"], 6 if number else 4)
    for heading, steps in (("also", answer["others"]), ("below", answer["below"])):
        if steps:
            print(f"  {heading}:")
        for step in _few(steps):
            about = f": {step['about']}" if step["about"] else ""
            print_folded(f"{step['sentence']}{about} ({step['basis'] or 'basis not stated'})", 4)
    for one in answer["stated"]:
        said = f"said {one.get('stated_on')}"
        words = f"{plan_words(one['status'])}, {said}" if one["status"] in PLANS else said
        print_folded(f"stated ({words}): {one['text']}", 2)
    print_sources([source for step in answer["steps"] for source in step["sources"]])


_MANY = 10
"""So many bodies that do the same are named one by one to people; more are counted."""


def _few(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps for people: many bodies of a kind that do the same are one line."""
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for step in steps:
        same = (step["verb"], step["about"], step["basis"], step["subject"]["kind"], step["object"]["id"])
        alike.setdefault(same, []).append(step)
    shown = []
    for (verb, _, _, kind, _), found in alike.items():
        if len(found) <= _MANY or kind not in kinds():
            shown += found
            continue
        from orgmap.queries.commissioning.steps import for_many

        words = for_many(verbs()[verb].forward)
        named = found[0]["object"]["name"] or found[0]["object"]["id"]
        shown.append({**found[0], "sentence": f"{len(found):,} {kinds()[kind].plural} {words} {named}"})
    return shown


@question(
    _STEP_COLUMNS,
    lambda asked: {
        "body": None,
        "at": asked["at"],
        **{key: [] for key in ("chains", "managing", "others", "below", "stated", "notes")},
    },
    people=_print_steps,
)
def answers_to(body: Body, at: At = "", kind: Kind = "") -> None:
    """To whom a body, or each body of a place, answers: step by step to the top, by law and by management apart; who
    stands beside it, and who answers to it."""


COMMANDS: Commands = {"who": who, "what": what, "answers-to": answers_to}
