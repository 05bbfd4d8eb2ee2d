"""Places and days typed without quotes: `--for LS1 4AP`, `--within Kent and Medway`, `--at 1 April 2013`.

The shell hands over each word by itself, and the words after the first would become other arguments. Here they are
given back to the option they follow, or refused where it cannot be told which of them belong to it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from typer.core import TyperCommand

from orgmap.cli.kit.refusals import is_day, refuse_blanks_and_repeats, refuse_what_is_not_heeded
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.text import as_postcode

NAMES = frozenset({"PLACE", "PLACE|BODY", "BODY", "BOARD", "MATTER", "SERVICE", "THEME"})
"""Options that take a name of several words, by what stands for their value in `--help`."""

_MOST_WORDS_OF_A_DAY = 3


class OptionWords(NamedTuple):
    """An option with its value, and the words between it and the next option."""

    option: Any
    typed: list[str]
    words: list[str]


class WordsCommand(TyperCommand):
    """A command whose options take all the words of a place or a day, in quotes or not."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments as the parser wants them."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        _refuse_blanks_and_repeats(self, args)
        try:
            left = super().parse_args(ctx, gathered(self, args))
        except UnicodeEncodeError as error:  # the oldest parsers look for the file without a thought
            raise WrongUse(f"“{error.object}” holds half of a letter, which no file's name can.") from error
        except ValueError as error:  # nor do they expect the byte that ends every name
            if named := next((word for word in args if "\0" in word), None):
                raise WrongUse(f"“{named}” holds a zero byte, which no file's name can.") from error
            raise
        for option in self.params:
            refuse_what_is_not_heeded(ctx, option)
        return left


def _refuse_blanks_and_repeats(command: Any, args: list[str]) -> None:
    """See `refuse_blanks_and_repeats`; the command's arguments are all words that belong to no option."""
    runs, ended = runs_of(command, args)
    if any(run.typed == ["--help"] for run in runs):
        return
    typed = [(run.option, _typed_value(run)) for run in runs if run.option is not None]
    refuse_blanks_and_repeats(typed, [*(word for run in runs for word in run.words), *ended])


def _typed_value(run: OptionWords) -> str | None:
    """The value of an option as it was typed; None where it takes none, or the parser will miss it."""
    return _value(run) if len(run.typed) > 1 or "=" in run.typed[0] else None


def gathered(command: Any, args: list[str]) -> list[str]:
    """The arguments, with the words of each place and each day drawn together.

    Words are left to be the command's own arguments where it lacks those. Raises `WrongUse` where it could be
    meant in two ways.
    """
    runs, ended = runs_of(command, args)
    runs = [_day_of_run(run) for run in runs]
    fixed = sum(one.nargs for one in _arguments(command) if one.nargs > 0)
    listed = [one for one in _arguments(command) if one.nargs < 0]
    if listed or len(runs[0].words) > fixed:
        runs[0] = runs[0]._replace(words=_with_days_whole(runs[0].words))
    elsewhere = len(ended) + sum(len(run.words) for run in runs if not _named(run))
    found: list[str] = []
    for run in runs:
        if _named(run) and run.words:
            others = sum(len(other.words) for other in runs if other is not run and _named(other))
            taken = _taken(run, elsewhere + others, fixed, listed)
            run = OptionWords(run.option, _with(run.typed, run.words[:taken]), run.words[taken:])
        found += [*run.typed, *run.words]
    return [*found, *(["--", *ended] if ended else [])]


def _taken(run: OptionWords, elsewhere: int, fixed: int, listed: list[Any]) -> int:
    """How many of the words after an option's value belong to it."""
    missing = max(0, fixed - elsewhere)
    if not listed:
        return max(0, len(run.words) - missing)
    days = next((n for n, word in enumerate(reversed(run.words)) if not is_day(word)), len(run.words))
    whole = 0 if as_postcode(_value(run)) else 1 if as_postcode(f"{_value(run)} {run.words[0]}") else None
    if elsewhere > fixed or (elsewhere == fixed and not listed[0].required and not days):
        return len(run.words)
    if whole is not None:
        return whole
    if days:
        return len(run.words) - days
    if len(run.words) == 1:
        return 0
    option = run.option.opts[0]
    raise WrongUse(
        f"It is not clear which of the words “{_value(run)} {' '.join(run.words)}” belong to {option}:"
        f' write {option} "…" with quotes around them, or write the other words before {option}.'
    )


def runs_of(command: Any, args: list[str]) -> tuple[list[OptionWords], list[str]]:
    """The arguments option by option (the first run has none), and what comes after a bare `--`."""
    options = {name: one for one in command.params for name in one.opts if name.startswith("-")}
    runs = [OptionWords(None, [], [])]
    waiting = False
    for number, token in enumerate(args):
        if waiting:
            runs[-1].typed.append(token)
            waiting = False
        elif token == "--":
            return runs, args[number + 1 :]
        elif token.startswith("-") and len(token) > 1:
            option = options.get(token.partition("=")[0])
            runs.append(OptionWords(option, [token], []))
            waiting = bool(option) and "=" not in token and not getattr(option, "is_flag", False)
        else:
            runs[-1].words.append(token)
    return runs, []


def _arguments(command: Any) -> list[Any]:
    return [one for one in command.params if one.param_type_name == "argument"]


def _named(run: OptionWords) -> bool:
    return run.option is not None and run.option.metavar in NAMES


def _value(run: OptionWords) -> str:
    return run.typed[-1] if len(run.typed) > 1 else run.typed[0].partition("=")[2]


def _with(typed: list[str], words: list[str]) -> list[str]:
    return [*typed[:-1], " ".join([typed[-1], *words])]


def _day_of_run(run: OptionWords) -> OptionWords:
    """A run of an option for days, with as many words as make a day."""
    if run.option is None or run.option.metavar != "DATE" or is_day(_value(run)):
        return run
    for count in range(1, min(_MOST_WORDS_OF_A_DAY, len(run.words) + 1)):
        if is_day(" ".join([_value(run), *run.words[:count]])):
            return OptionWords(run.option, _with(run.typed, run.words[:count]), run.words[count:])
    return run


def _with_days_whole(words: list[str]) -> list[str]:
    """The words, those that make a day together as one: `diff 31 March 2013 1 April 2013`."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for count in range(_MOST_WORDS_OF_A_DAY, 1, -1):
            joined = " ".join(words[at : at + count])
            if len(words) >= at + count and not is_day(words[at]) and is_day(joined):
                break
        else:
            count, joined = 1, words[at]
        found.append(joined)
        at += count
    return found
