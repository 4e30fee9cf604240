"""The command `hrm-exercises`."""

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from hrm_core.command import run_command, version_of
from hrm_core.errors import DataError, UsageError, suggest
from hrm_core.files import replacing
from hrm_core.streams import lasting_streams
from hrm_datasets import Problem, load_problems
from hrm_exercises import checking, stats
from hrm_exercises.chooser import Chooser
from hrm_exercises.drawing import Drawn, draw
from hrm_exercises.families import load_families
from hrm_exercises.family import Family
from hrm_exercises.parallel import draw_many
from hrm_exercises.rows import to_line
from hrm_exercises.splits import attempts, is_held_out

_SIMILAR = 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    with lasting_streams():
        return run_command(_run, "hrm-exercises", arguments)


def _run(args: Sequence[str] | None, prog_name: str) -> None:
    options = make_parser(prog_name).parse_args(args)
    options.command(options)


def make_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of the command, with a parser for each of its commands."""
    parser = argparse.ArgumentParser(
        prog=name, description="Programming problems made by programs, in MBPP's form."
    )
    parser.add_argument(
        "--version",
        action="version",
        version=version_of("hrm-exercises"),
        help="Show the version and exit.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: object, description: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=description, description=description)
        one.set_defaults(command=command)
        return one

    add("list", _list, "List the families with their topics and numbers of tasks.")

    show = add("show", _show, "Print a problem of each task of a family.")
    show.add_argument("family", help="Name of a family.")
    show.add_argument("--seed", type=int, default=0, help="Seed of the problems.")

    drawing = add("draw", _draw, "Write training problems as JSON Lines in MBPP's form.")
    drawing.add_argument("--out", type=Path, required=True, help="File to write.")
    drawing.add_argument("--families", type=Path, help="Draw from the families of this file.")
    _add_range(drawing)

    check = add("check", _check, "Draw problems of every task and report what is wrong.")
    check.add_argument("file", type=Path, nargs="?", help="Python file with families of your own.")
    check.add_argument("--num", type=_positive, default=100, help="Problems of each task.")

    measure = add("stats", _stats, "Measure how varied the problems are.")
    measure.add_argument("--mbpp", help="MBPP's folder, to see which of its training topics occur.")
    _add_range(measure)

    overlap = add(
        "overlap", _overlap, "Count what is dropped because a benchmark has it, by family."
    )
    _add_range(overlap, has_workers=False)
    return parser


def _add_range(parser: argparse.ArgumentParser, *, has_workers: bool = True) -> None:
    parser.add_argument("--num", type=_positive, default=10_000, help="Number of problems.")
    parser.add_argument("--start", type=_number, default=0, help="Number of the first problem.")
    parser.add_argument("--seed", type=int, default=0, help="Seed of the problems.")
    if has_workers:
        parser.add_argument("--workers", type=_positive, default=1, help="Number of processes.")


def _positive(text: str) -> int:
    return _number(text, least=1)


def _number(text: str, least: int = 0) -> int:
    try:
        number = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected a whole number, got {text!r}") from error
    if number < least:
        raise argparse.ArgumentTypeError(f"expected at least {least}, got {number}")
    return number


def _find_family(name: str) -> Family:
    families = load_families()
    if name not in families:
        raise UsageError(
            f"unknown family {name!r}.{suggest(name, families)} All names: hrm-exercises list"
        )
    return families[name]


def _list(_: argparse.Namespace) -> None:
    families = load_families()
    for family in families.values():
        note = "  (test)" if is_held_out(family.name) else ""
        print(f"{family.topic}: {family.name}, {len(family.tasks)} tasks{note}")
    num_tasks = sum(len(family.tasks) for family in families.values())
    num_held_out = sum(is_held_out(name) for name in families)
    print(f"{len(families)} families, {num_tasks} tasks; {num_held_out} families only for test")


def _show(options: argparse.Namespace) -> None:
    family = _find_family(options.family)
    for task in range(len(family.tasks)):
        choose = Chooser(f"show/{options.seed}/{task}")
        problem = draw(family, task, choose, f"exercises/{task}").problem
        print(problem.text, "", problem.reference.rstrip(), "", *problem.tests.texts, sep="\n")
        print()


def _drawn(options: argparse.Namespace) -> Iterator[Drawn]:
    return draw_many(
        "train",
        seed=options.seed,
        start=options.start,
        num=options.num,
        workers=options.workers,
    )


def _draw(options: argparse.Namespace) -> None:
    if options.families is not None:
        if options.workers > 1:
            raise UsageError(
                "--workers: families of your own are drawn by one process. Leave it out"
            )
        problems = checking.draw_own(
            checking.read_families(options.families), options.seed, options.start, options.num
        )
    else:
        problems = _drawn(options)
    _write(options.out, (to_line(drawn, n) for n, drawn in enumerate(problems, options.start)))
    print(f"{options.out}: {options.num} problems")


def _write(path: Path, lines: Iterator[str]) -> None:
    """Write a file; an old one stays until all lines are drawn.

    A link or a device, such as `/dev/stdout`, is not replaced.
    """
    in_place = path.is_symlink() or (path.exists() and not path.is_file())
    with contextlib.ExitStack() as stack:
        with _explaining(path):
            draft = path if in_place else stack.enter_context(replacing(path))
            file = stack.enter_context(draft.open("w", encoding="utf-8"))
        for line in lines:
            with _explaining(path):
                file.write(line)
        with _explaining(path):
            stack.close()


@contextlib.contextmanager
def _explaining(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"--out: {path} cannot be written: {error.strerror}") from error


def _check(options: argparse.Namespace) -> None:
    families = (
        list(load_families().values())
        if options.file is None
        else checking.read_families(options.file)
    )
    errors = []
    for family in families:
        check = checking.check_family(family, options.num)
        if check.error is not None:
            errors.append(check.error)
            print(f"{family.name}: wrong: {check.error}", flush=True)
        else:
            print(
                f"{family.name}: {len(family.tasks)} tasks, {check.num_texts} texts, "
                f"{check.num_distinct / check.num_drawn:.0%} distinct, "
                f"{check.num_constant / check.num_drawn:.0%} with the same result in all tests"
            )
    if errors:
        raise DataError(f"{len(errors)} of {len(families)} families are wrong; see above")
    print(f"{len(families)} families are right")


def _stats(options: argparse.Namespace) -> None:
    mbpp = load_problems("mbpp", split="train", source=options.mbpp) if options.mbpp else None
    drawn = list(_drawn(options))
    found = stats.measure(drawn)
    num = found.num_problems
    print(f"problems                {num:>10,}")
    for label, value in (
        ("distinct", found.num_distinct),
        ("texts", found.num_texts),
        ("solutions, by tree", found.num_solutions),
        ("texts without literals", found.num_skeletons),
    ):
        print(f"{label:<24}{value:>10,}  {value / num:.1%}")
    print(f"families                {found.num_families:>10,}")
    print(f"tasks of families       {found.num_tasks:>10,}")
    print(f"compositions            {found.num_compositions:>10,}")
    print(f"words                   {found.num_words:>10,}")
    print(f"tokens a problem        {found.tokens_per_problem:>10.1f}")
    print(f"tokens a solution       {found.tokens_per_solution:>10.1f}")
    if mbpp is not None:
        _print_coverage(mbpp.problems, [one.problem for one in drawn])


def _print_coverage(problems: Sequence[Problem], exercises: Sequence[Problem]) -> None:
    neighbors = sorted(stats.nearest(problems, exercises), key=lambda one: one.similarity)
    near = sum(one.similarity >= _SIMILAR for one in neighbors)
    mean = sum(one.similarity for one in neighbors) / len(neighbors)
    print(f"MBPP train, mean similarity of the nearest text  {mean:.2f}")
    print(f"MBPP train, with a text of {_SIMILAR} or more           {near / len(neighbors):.1%}")
    print("farthest:")
    for one in neighbors[:20]:
        print(f"  {one.similarity:.2f} {one.problem.text}")


def _overlap(options: argparse.Namespace) -> None:
    by_kind: Counter[str] = Counter()
    by_family: Counter[str] = Counter()
    num_candidates = 0
    for index in range(options.start, options.start + options.num):
        for drawn, shared in attempts("train", options.seed, index):
            num_candidates += 1
            if shared is None:
                break
            by_kind[shared.kind] += 1
            by_family[drawn.family] += 1
    num_dropped = by_kind.total()
    print(
        f"{num_candidates} candidates, {num_dropped} dropped ({num_dropped / num_candidates:.1%})"
    )
    for counts in (by_kind, by_family):
        print()
        for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            print(f"{count:>8}  {name}")


if __name__ == "__main__":
    sys.exit(main())
