"""Plans and steps as a calendar that other programs read (iCalendar): one entry a plan, none of them told as a fact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from orgmap.graphmodel.dates import written
from orgmap.graphmodel.repeating import days_of_rule
from orgmap.queries.plans.marks import plan_words

_LAW = "enacted"


def steps_calendar(answer: dict[str, Any]) -> str:
    """The steps of an answer as an iCalendar text: tasks with the day by which each is due, and how they come again."""
    return _written("due", map(_task, answer["milestones"]))


def _task(step: dict[str, Any]) -> Any:
    """A step as an entry: one that comes again as days with their rule, else a task that is due."""
    from icalendar import Event, Todo, vRecur

    again = step.get("repeats") and step.get("due_from")
    entry: Any = Event() if again else Todo()
    entry.add("uid", f"{step['id']}-{step['due']}@orgmap".replace(" ", "-"))
    entry.add("dtstamp", datetime.fromisoformat(step["stated_on"] or "1970-01-01").replace(tzinfo=UTC))
    entry.add("summary", step["text"])
    if again:
        first = next(iter(days_of_rule(step["repeats"], step["due_from"], step["due"])), step["due_from"])
        entry.add("dtstart", date.fromisoformat(first))
        entry.add("rrule", vRecur.from_ical(f"{step['repeats']};UNTIL={step['due'].replace('-', '')}"))
    elif step["due"]:
        entry.add("due", date.fromisoformat(step["due"]))
    if step["done_on"]:
        entry.add("status", "COMPLETED" if not again else "CONFIRMED")
    owner = [part["name"] for part in step["owner"]] + [*filter(None, [step.get("owner_words")])]
    said = [f"Due {step['due_words']}", f"By: {', '.join(owner) or 'nobody named'}"]
    said += [f"{step['status']}{'' if step.get('law', True) else ', not law'}"]
    said += [f"Depends on: {step['condition']}"] if step.get("condition") else []
    said += [*step["flags"], *filter(None, [step.get("note")])]
    said += [f"Source: {source['title']}" for source in step["sources"]]
    entry.add("description", "\n".join(said))
    entry.add("categories", [word for word in (step["programme"], step.get("stream")) if word])
    return entry


def calendar(answer: dict[str, Any]) -> str:
    """The plans of an answer as an iCalendar text; one for which no day was given is a task without a day.

    A plan for a month or a year stands on its first day and says so in words.
    """
    return _written("plans", map(_entry, answer["plans"]))


def _written(what: str, entries: Iterable[Any]) -> str:
    from icalendar import Calendar

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//orgmap//{what}//EN")
    for entry in entries:
        made.add_component(entry)
    text: str = made.to_ical().decode("utf-8")
    return text


def _entry(plan: dict[str, Any]) -> Any:
    from icalendar import Event, Todo

    day = plan["planned_for"]
    entry: Any = Event() if day else Todo()
    entry.add("uid", f"{plan['id'].replace(' ', '-')}@orgmap")
    stated = plan["stated_on"] or "1970-01-01"
    entry.add("dtstamp", datetime.fromisoformat(stated).replace(tzinfo=UTC))
    when = written(day, plan.get("planned_precision", "")) if day else "No day given"
    entry.add("summary", f"{plan['status'].capitalize()}, {when}: {plan['text']}")
    if day:
        entry.add("dtstart", date.fromisoformat(day))
        entry.add("status", "CONFIRMED" if plan["status"] == _LAW else "TENTATIVE")
    said = [plan_words(plan["status"], plan["stated_on"], plan["said_by"] or "")]
    said += [plan["moves"]] if plan.get("moves") else []
    said += [f"Depends on: {'; '.join(plan['depends_on'])}"] if plan["depends_on"] else []
    said += [f"Replaces: {', '.join(one['name'] for one in plan['replaces'])}"] if plan["replaces"] else []
    said += [plan["note"]] if plan.get("note") else []
    said += [f"Source: {source['title']}" for source in plan["sources"]]
    entry.add("description", "\n".join(said))
    entry.add("categories", [plan["status"]])
    return entry
