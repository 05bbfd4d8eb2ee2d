"""The page that says where each question is asked: on the command line, over the web, in the explorer."""

from __future__ import annotations

from docs.making.tables import table

PAGE = "reference/asked.md"


def pages() -> dict[str, str]:
    """The page with a row for each question, from what the program says of itself."""
    from orgmap.cli.kit.everything import everything
    from orgmap.server.questions import ServedFile, ServedQuestion
    from orgmap.viz.explorer.asked import ASKED

    questions, files = everything()
    by_name: dict[str, ServedQuestion | ServedFile] = {one.name: one for one in (*files, *questions)}
    sent = {one.name for one in files}
    only_sent = sent - {one.name for one in questions}
    rows = []
    for one in ASKED:
        known = {parameter.name for parameter in by_name[one.question].parameters}
        address = f"`POST /api/{one.question}`" if one.question in only_sent else f"`/api/{one.question}`"
        own = f"`/bulk/for/{one.question}`" if one.question in sent else ""
        taken = [word for word in ("include", "as-known-on") if word in known]
        here = one.words if one.here else f"not here: {one.words}"
        rows.append([f"`{one.question}`", address, own, ", ".join(f"`--{word}`" for word in taken), here])
    return {
        PAGE: "\n\n".join(
            [
                "# Where each question is asked",
                "Every question is a command (`orgmap COMMAND`, [](commands.md)), a method of the graph in Python"
                " ([](api.md)) and an address of the API that [`orgmap serve`](../how-to/serve.md) gives. Those that"
                " take a table of yours take it over the web, too: as the body of a request, or on a page with a form;"
                " it is kept nowhere. The last column says where [the explorer](../how-to/explorer.md) answers, or why"
                " it does not. This page is made from the program.",
                table(["question", "API", "your own table", "also", "in the explorer"], rows),
                "`--include` shows plans beside what is in force; a question without it tells of plans anyway (`due`,"
                " `outcome`), of what is in no plan (`search`, `reforms`, `sources`, `cite`, `explain`, `process`), or"
                " of what stands in documents and files (`stated`, `reconcile`, `template`, `annotate`, `rollup`). In"
                " the explorer it is “Planned” and “Proposed”. `--as-known-on` tells what was known on a day; the"
                " explorer knows what was known when it was written, and `orgmap explore --as-known-on 2013-06-01`"
                " writes it as of a day.",
            ]
        )
        + "\n"
    }
