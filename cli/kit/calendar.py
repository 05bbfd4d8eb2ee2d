"""Plans as a calendar that other programs read (iCalendar): one entry a plan, none of them told as a fact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from orgmap.graphmodel.dates import written
from orgmap.queries.plans.marks import plan_words

_LAW = "enacted"


def calendar(answer: dict[str, Any]) -> str:
    """The plans of an answer as an iCalendar text; one for which no day was given is a task without a day.

    A plan for a month or a year stands on its first day and says so in words.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//orgmap//plans//EN")
    for plan in answer["plans"]:
        made.add_component(_entry(plan))
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
