"""`orgmap process` and `orgmap case`: how something is approved, and what became of the cases."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.commands.stated import _pairs as pairs
from orgmap.cli.kit.options import At, Commands, Within
from orgmap.cli.kit.output import Columns, print_folded, print_sources
from orgmap.cli.kit.question import question
from orgmap.graphmodel.errors import WrongUse

_NAMED = 8
"""So many bodies are named; the rest is counted."""

_FEW = 3
"""So many are named of those that acted together; more are counted."""

_PROCESSES: Columns = {
    "Id": lambda one: one["id"],
    "Name": lambda one: one["name"],
    "Text": lambda one: one["text"],
    "From": lambda one: one["valid_from"],
    "Until": lambda one: one["valid_until"],
    "Recommends": lambda one: "; ".join(one["recommends"]),
    "Decides": lambda one: "; ".join(one["decides"]),
    "Stages": lambda one: one["stages"],
    "Stages not found": lambda one: one["stages_not_found"],
    "Sources": lambda one: _cited(one),
    "Note": lambda one: one["note"],
}

_STAGES: Columns = {
    "Number": lambda one: one["number"],
    "Stage": lambda one: one["stage"],
    "Name": lambda one: one["name"],
    "Text": lambda one: one["text"],
    "Found": lambda one: "" if one["found"] else "no",
    "Role": lambda one: one["role"],
    "Actor": lambda one: _actor(one, "id"),
    "Gate": lambda one: one.get("gate"),
    "Limit": lambda one: one.get("limit"),
    "Limit from": lambda one: one.get("limit_from"),
    "Limit note": lambda one: one.get("limit_note"),
    "Due": lambda one: one.get("due_words"),
    "Planned by": lambda one: one.get("planned_by"),
    "Planned by if working days": lambda one: one.get("planned_by_if_working_days"),
    "From": lambda one: one["valid_from"],
    "Until": lambda one: one["valid_until"],
    "Status": lambda one: one["status"],
    "Id": lambda one: one["id"],
    "Sources": lambda one: _cited(one),
    "Note": lambda one: one.get("note"),
}

_CASES: Columns = {
    "Id": lambda one: one["id"],
    "Name": lambda one: one["name"],
    "Process": lambda one: one["process"],
    "Bodies": lambda one: "; ".join(body["id"] for body in one["bodies"]),
    "Makes": lambda one: "; ".join(body["id"] for body in one["makes"]),
    "Status": lambda one: one["status"],
    "Law": lambda one: "" if one.get("law", True) else "no",
    "Wave": lambda one: one.get("wave"),
    "Outcome": lambda one: one["outcome"],
    "Decided on": lambda one: one["decided_on"],
    "Decided in words": lambda one: one.get("decided_words"),
    "Basis": lambda one: one.get("basis"),
    "Confidence": lambda one: one.get("confidence"),
    "Conditions": lambda one: one["conditions"]["number"],
    "Conditions named": lambda one: one["conditions"].get("which"),
    "Stands": lambda one: one["stands"],
    "Stands on": lambda one: one["stands_on"],
    "In effect": lambda one: "; ".join(change["date"] or "" for change in one["came"]),
    "Stages not recorded": lambda one: "; ".join(one["stages_not_recorded"]),
    "Sources": lambda one: "; ".join(
        dict.fromkeys(_cited(row) for row in [*one["events"], *one["came"], one])
    ),
    "Note": lambda one: one.get("note"),
}

_COUNTED: Columns = {"Value": lambda row: row["value"], "Number": lambda row: row["number"]}


def _cited(row: dict[str, Any]) -> str:
    return "; ".join(", ".join(filter(None, (one["title"], one["locator"]))) for one in row["sources"])


def _actor(row: dict[str, Any], what: str) -> str:
    return ", ".join([part[what] for part in row["actor"]] + [*filter(None, [row.get("actor_words")])])


def _who(event: dict[str, Any]) -> str:
    """Who acted, for people: many bodies are counted."""
    names = [part["name"] for part in event["actor"]]
    names = [f"{len(names)} bodies"] if len(names) > _FEW else names
    return ", ".join([*names, *filter(None, [event.get("actor_words")])])


def _print_process(answer: dict[str, Any]) -> None:
    """A process with its stages; or all processes, each in a few lines."""
    for one in answer["processes"]:
        print_folded(f"{one['name']}: {one['text']}  [{one['id']}]")
        print_folded(f"recommends: {'; '.join(one['recommends']) or 'not stated'}", 4)
        print_folded(f"decides: {'; '.join(one['decides']) or 'not stated'}", 4)
        if not answer["stages"]:
            left = one["stages_not_found"]
            print_folded(
                f"{one['stages']} stages{f', of {left} nobody says what they are' if left else ''}", 4
            )
    for stage in answer["stages"]:
        _print_stage(stage)
    for event in answer["made"]:
        print_folded(f"{event['date_words']}: {event['text']}{_sure(event)}", 2)
    rows = [*answer["processes"], *answer["stages"], *answer["made"]]
    print_sources([source for one in rows for source in one["sources"]])


def _print_stage(stage: dict[str, Any]) -> None:
    law = "" if stage.get("law", True) else f"  ({stage['status']}, not law)"
    print_folded(f"{stage['number']:>3}  {stage['name']}: {stage['text']}{law}  [{stage['stage']}]", deeper=5)
    who = _actor(stage, "name")
    if who or stage["role"]:
        print_folded(f"{stage['role'] or 'does it'}: {who or 'nobody named'}", 7)
    if gate := stage.get("gate"):
        print_folded(f"asked for: {gate}", 7)
    if limit := stage.get("limit"):
        note = stage.get("limit_note")
        print_folded(f"time: {limit}{f' ({note})' if note else ''}", 7)
    if due := stage.get("due_words"):
        print_folded(f"timetable: {due}", 7)
    if stage.get("started"):
        print_folded("begins here", 7)
    if planned := stage.get("planned_words"):
        print_folded(f"computed: {planned}", 7)
    held = [word for word in (_from(stage), _until(stage)) if word]
    for words in (", ".join(held), stage.get("note")):
        if words:
            print_folded(words, 7)


def _from(stage: dict[str, Any]) -> str:
    return f"since {stage['valid_from']}" if stage["valid_from"] else ""


def _until(stage: dict[str, Any]) -> str:
    return f"until {stage['valid_until']}" if stage["valid_until"] else ""


def _sure(row: dict[str, Any]) -> str:
    """How sure a row is, where that is not beyond doubt."""
    words = [] if row["confidence"] == "high" else [f"confidence: {row['confidence']}"]
    words += ["derived"] if row.get("basis") == "derived" else []
    words += [f"{row['status']}, not law"] if not row.get("law", True) else []
    return f"  ({'; '.join(words)})" if words else ""


def _print_cases(answer: dict[str, Any]) -> None:
    """One case in full, several in a line each; what was counted; and always the totals beside a list."""
    if "counts" in answer:
        for value, number in answer["counts"].items():
            print(f"{number:>5}  {_counted(answer['count_by'], value)}")
        print(f"{sum(answer['counts'].values()):>5}  in all")
    elif answer["totals"] or len(answer["cases"]) > 4:
        for one in answer["cases"]:
            _print_line(one)
    else:
        for one in answer["cases"]:
            _print_case(one)
    if missing := answer["without_case"]:
        names = [one["name"] for one in missing]
        rest = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        print_folded(f"No case recorded of: {'; '.join(names[:_NAMED])}{rest}")
    _print_totals(answer)
    rows = [*answer["totals"], *(event for one in answer["cases"] for event in one["events"])]
    rows += [row for one in answer["cases"] for row in (*one["came"], one)]
    print_sources([source for one in rows for source in one["sources"]])


def _counted(field: str, value: str) -> str:
    """What was counted, in words: an outcome by its name, a bare number with what it is a number of."""
    from orgmap.queries.programmes.cases import value_words

    words = value_words(value)
    return f"{field} {words}" if words.isdigit() else words


def _print_totals(answer: dict[str, Any]) -> None:
    if not answer["totals"]:
        return
    waves = (
        answer.get("count_by") == "wave" or len({one.get("wave") for one in answer["totals"]} - {None}) == 1
    )
    print("As sources count them, of all England:")
    called = {one["id"]: _total_words(one) for one in answer["totals"]}
    for one in answer["totals"]:
        if one.get("wave") and not waves:
            continue
        number = "–" if one["number"] is None else f"{one['number']:,}"
        print_folded(f"{number:>7}  {_total_words(one)}{_sure(one)}  [{one['id']}]", deeper=9)
        whole, against = one.get("part_of", ""), [called.get(other, other) for other in one["contradicts"]]
        for words in (
            one.get("which"),
            f"counted within: {called.get(whole, whole)}" if whole else "",
            f"another source says otherwise: {'; '.join(against)}" if against else "",
        ):
            if words:
                print_folded(words, 9)


def _total_words(total: dict[str, Any]) -> str:
    """What a total counts, and when it was counted."""
    return f"{total['text'].removesuffix('.')}, {total['date_words']}"


def _print_line(row: dict[str, Any]) -> None:
    decided = f", {row['decided_words']}" if row.get("decided_words") else ""
    wave = f"; wave {row['wave']}" if row.get("wave") else ""
    law = "" if row.get("law", True) else f"; {row['status']}, not law"
    sure = _sure({"confidence": row.get("confidence", "high"), "basis": row.get("basis")})
    print(f"{row['name']}: {row['outcome_words']}{decided}{wave}{law}{sure}  [{row['id']}]")


def _print_case(row: dict[str, Any]) -> None:
    print_folded(f"{row['name']}  [{row['id']}]")
    law = "" if row.get("law", True) else f"; {row['status']}, not law"
    print_folded(f"{row['process_name']}: {row['outcome_words']}{law}", 4)
    if row["stands"] != row["outcome"] and row["stands_on"]:
        print_folded(f"after the last review: {row['stands_words']}", 4)
    for body in row["makes"]:
        days = f"{body.get('valid_from') or 'start not known'}"
        days = (
            f"{days} to {body['valid_until']}" if body.get("valid_until") else f"since {days}, no end known"
        )
        print_folded(f"{body['name']} ({body['id']}): {days}", 4)
    for event in row["events"]:
        who = _who(event)
        print_folded(f"{event['date_words']}: {event['text']}{_sure(event)}", 2)
        for words in (who, *event["flags"], event.get("note")):
            if words:
                print_folded(words, 6)
    names = {body["id"]: body["name"] for body in (*row["bodies"], *row["makes"])}
    for change in row["came"]:
        became = ", ".join(f"{names[one]} ({one})" if one in names else one for one in change["successors"])
        print_folded(f"{change['date'] or 'day not known'}: in effect: {became}", 2)
    _print_conditions(row["conditions"])
    for line in row["beside"]:
        came = f", came {line['came_words']}" if line["came_words"] else ""
        print_folded(f"planned: {line['text']} {line['planned_words']}{came}: {line['words']}", 4)
    for line in row["ahead"]:
        print_folded(f"next: {line['text']} {line['words']}", 4)
    for pair in row["contradictions"]:
        print_folded(f"contradicted: {' | '.join(_statement(side) for side in pair)}", 4)
    if row["stages_not_recorded"]:
        print_folded(f"not recorded: {', '.join(row['stages_not_recorded'])}", 4)
    if note := row.get("note"):
        print_folded(note, 4)


def _print_conditions(conditions: dict[str, Any]) -> None:
    number, which = conditions["number"], conditions.get("which")
    if number is not None or which:
        counted = f"{number}" if number is not None else ""
        support = f"support: {conditions['support']}" if conditions.get("support") else ""
        print_folded(f"conditions: {'; '.join(filter(None, (counted, which, support)))}", 4)
    for row in conditions["rows"]:
        many = f" ({row['number']})" if row.get("number", 1) != 1 else ""
        print_folded(f"{row['criterion']}{many}", 6)
        print_folded(
            f"support: {row['support']}; review: {row['review_words']}; discharged:"
            f" {row['discharged_on'] or row['discharge']}",
            8,
        )


def _statement(side: dict[str, Any]) -> str:
    day = f" ({side['date_words']})" if side.get("date_words") else ""
    called = f"{side['case_name']}: " if side.get("case_name") else ""
    return f"{called}{side['text']}{day} [{_cited(side)}]"


def _case_rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """What was counted, or the cases."""
    if "counts" in answer:
        return [{"value": value, "number": number} for value, number in answer["counts"].items()]
    rows: list[dict[str, Any]] = answer["cases"]
    return rows


@question(
    lambda asked: _STAGES if "name" in asked else _PROCESSES,
    lambda asked: {"processes": [], "stages": [], "made": [], "notes": []},
    statuses=False,
    found=lambda answer: answer["processes"],
    rows=lambda answer: answer["stages"] or answer["processes"],
    people=_print_process,
)
def process(
    name: Annotated[
        list[str] | None, typer.Argument(help="A process, e.g. ccg-authorisation. Leave it out to list all.")
    ] = None,
    at: At = "",
    from_: Annotated[
        str,
        typer.Option(
            "--from", metavar="STAGE=DATE", help="The day of a stage: site-visit=2012-10-10. Others follow."
        ),
    ] = "",
) -> None:
    """How something is approved: its stages, who does what, what is asked for, who recommends and who decides.

    A stage of which no source says what it is stands there and says so. With --from the days follow that a time
    limit gives; whether working or calendar days are meant is not stated, so both are told.
    """
    if from_ and not name:
        raise WrongUse("--from gives the day of a stage of one process: name the process.")


@question(
    lambda asked: _COUNTED if "count_by" in asked else _CASES,
    lambda asked: {"cases": [], "totals": [], "without_case": [], "place": "", "notes": []},
    rows=_case_rows,
    found=lambda answer: answer["cases"] or answer.get("counts"),
    people=_print_cases,
)
def case(
    text: Annotated[
        list[str] | None,
        typer.Argument(help="A body or a case, e.g. ccg:09W, merger:kent_and_medway. Leave it out to list."),
    ] = None,
    process: Annotated[
        str,
        typer.Option(
            "--process", metavar="NAME", help="Only cases of this process: orgmap process lists them."
        ),
    ] = "",
    within: Within = "",
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="FIELD=VALUE",
            callback=pairs,
            help="Only these: outcome=directions, wave=2, year=2013, confidence=low …; may be repeated.",
        ),
    ] = None,
    count_by: Annotated[
        str,
        typer.Option("--count-by", metavar="FIELD", help="Count by outcome, stands, wave, year, process …"),
    ] = "",
    at: At = "",
) -> None:
    """What became of an application: events, conditions, what was planned beside what came; or a list of cases.

    A list comes with the totals that sources count, and says of how many nobody is named. No case recorded means
    that and nothing more, never “passed”. Exit code 1 says so.
    """


COMMANDS: Commands = {"process": process, "case": case}
