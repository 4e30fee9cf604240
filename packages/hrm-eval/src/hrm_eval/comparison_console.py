"""What `hrm-eval compare` prints."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hrm_eval.comparison import Change, Comparison, Pair, SideResult
from hrm_eval.console import print_text
from hrm_eval.setting_differences import SettingDifference

_MAX_CHANGES_SHOWN = 10
# With fewer, the p value of the tests by problem is above 0.05, whatever the answers.
_FEWEST_CHANGES = 6
_TESTS = {
    "mcnemar": "McNemar's exact test",
    "permutation": "paired permutation test",
    "seeds": "t test over runs and problems",
}


def print_comparison(comparison: Comparison, console: Console | None = None) -> None:
    """Print the scores of all sides, and how each differs from the first."""
    console = console or Console(emoji=False)
    left_out = comparison.num_problems_left_out
    print_text(
        console,
        f"{comparison.dataset}: {comparison.num_problems} problems"
        + (f", without {left_out} that not all runs have judged" if left_out else ""),
    )
    console.print(_side_table(comparison.sides))
    for pair in comparison.pairs:
        _print_pair(console, pair, num_pairs=len(comparison.pairs))


def letter(position: int) -> str:
    """Return the letter of a side, or its number from 1 if there are more sides than letters."""
    return ascii_uppercase[position] if position < len(ascii_uppercase) else str(position + 1)


def in_points(value: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    return f"{100 * value:+.1f}"


def describe_score(side: SideResult) -> str:
    """Return Pass@1 with its interval, or with its spread over several runs."""
    if side.ci95 is not None:
        low, high = side.ci95
        return f"{side.pass_at_1:.2%} ({low:.1%} to {high:.1%})"
    lowest, highest = min(side.pass_at_1_by_run), max(side.pass_at_1_by_run)
    return (
        f"{side.pass_at_1:.2%}, sd {100 * (side.spread or 0):.1f} points of "
        f"{len(side.pass_at_1_by_run)} runs ({lowest:.1%} to {highest:.1%})"
    )


def describe_pair(pair: Pair, *, num_pairs: int) -> list[str]:
    """Return in lines by how much two sides differ, and what to think of it."""
    low, high = pair.ci95
    first, second = letter(pair.first), letter(pair.second)
    corrected = "" if num_pairs == 1 else f"; {pair.adjusted_p_value:.3g} for {num_pairs} pairs"
    num_changes = len(pair.wins) + len(pair.losses)
    lines = [
        f"{second} - {first}: {in_points(pair.difference)} points "
        f"(95 % interval {in_points(low)} to {in_points(high)})",
        f"p = {pair.p_value:.3g} ({_TESTS[pair.test]}{corrected})",
        f"{second} is better on {len(pair.wins)} problems, {first} on {len(pair.losses)}; "
        f"{pair.num_ties} are equal",
    ]
    if pair.test != "seeds" and 0 < num_changes < _FEWEST_CHANGES:
        lines.append(
            f"Only {num_changes} problems differ: too few for p < 0.05, whoever is better, and for "
            "a reliable interval"
        )
    return lines


def describe_setting(value: Any) -> str:
    """Return a setting in one line; a dash if there is none."""
    if value is None:
        return "-"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {describe_setting(item)}" for key, item in value.items())
    return str(value)


def _side_table(sides: Sequence[SideResult]) -> Table:
    table = Table("", "run", "Pass@1", "answers", "tokens", "generation s", "execution ms")
    for column in table.columns[3:]:
        column.justify = "right"
    for position, side in enumerate(sides):
        table.add_row(
            letter(position),
            Text(side.name, overflow="fold"),
            describe_score(side),
            str(side.num_answers),
            "-" if side.num_tokens is None else f"{side.num_tokens:.1f}",
            "-" if side.generation_seconds is None else f"{side.generation_seconds:.2f}",
            f"{1000 * side.execution_seconds:.1f}",
        )
    return table


def _print_pair(console: Console, pair: Pair, *, num_pairs: int) -> None:
    headline, *lines = describe_pair(pair, num_pairs=num_pairs)
    console.print()
    console.print(Text(headline, style="bold"), soft_wrap=True)
    for line in lines:
        print_text(console, line)
    if pair.wins or pair.losses:
        console.print(_change_table(pair))
    if pair.settings:
        print_text(console, "Not the same in both:")
        console.print(_setting_table(pair.settings, pair))


def _change_table(pair: Pair) -> Table:
    first, second = letter(pair.first), letter(pair.second)
    table = Table("better", "task", f"{first} passed", f"{second} passed")
    for better, changes in ((second, pair.wins), (first, pair.losses)):
        for change in changes[:_MAX_CHANGES_SHOWN]:
            table.add_row(better, Text(change.task_id), *_tallies(change))
        if len(changes) > _MAX_CHANGES_SHOWN:
            table.add_row(better, f"and {len(changes) - _MAX_CHANGES_SHOWN} more", "", "")
    return table


def _tallies(change: Change) -> tuple[str, str]:
    return "{}/{}".format(*change.first), "{}/{}".format(*change.second)


def _setting_table(settings: Sequence[SettingDifference], pair: Pair) -> Table:
    table = Table("setting", letter(pair.first), letter(pair.second))
    for setting in settings:
        cells = (setting.key, describe_setting(setting.first), describe_setting(setting.second))
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    return table
