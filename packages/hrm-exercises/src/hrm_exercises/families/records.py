"""Records of people, products, students and cities, as lists of dicts or of tuples."""

from dataclasses import dataclass
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_FORMS = ("dicts", "tuples")


@dataclass(frozen=True)
class _Table:
    """What a list of records is about.

    Attributes:
        many: Noun for the records, such as "people".
        one: Noun for a record.
        label: Name of the first field, which is a distinct text.
        number: Name of the second field, a number.
        group: Name of the third field, a text that repeats.
        low: Smallest number.
        high: Largest number.
        groups: Values of the third field.
    """

    many: str
    one: str
    label: str
    number: str
    group: str
    low: int
    high: int
    groups: tuple[str, ...]


_TABLES = (
    _Table("people", "person", "name", "age", "city", 18, 80, ("Oslo", "Lima", "Rome")),
    _Table("products", "product", "name", "price", "category", 1, 90, ("food", "toys", "tools")),
    _Table("students", "student", "name", "score", "subject", 40, 100, ("math", "art", "music")),
    _Table(
        "employees", "employee", "name", "salary", "team", 20, 95, ("sales", "support", "tests")
    ),
    _Table("books", "book", "title", "price", "author", 5, 60, ("Ada Lee", "Tom Ray", "Uma Fox")),
    _Table("players", "player", "name", "height", "club", 150, 210, ("red", "blue", "green")),
    _Table("cars", "car", "model", "price", "brand", 5, 95, ("Volta", "Nimbus", "Rapid")),
)


def _rows(choose: Chooser, table: _Table, form: str, num: tuple[int, int]) -> list[Any]:
    """Return records with distinct labels and distinct numbers."""
    size = choose.integer(*num)
    draw = choose.word if table.label in ("title", "model") else choose.person
    draw = choose.thing if table.many == "products" else draw
    labels = list(dict.fromkeys(draw() for _ in range(size + 2)))[:size]
    numbers = choose.sample(range(table.low, table.high + 1), len(labels))
    rows = [
        (label, number, choose.one_of(table.groups))
        for label, number in zip(labels, numbers, strict=True)
    ]
    if form == "tuples":
        return list(rows)
    return [{table.label: row[0], table.number: row[1], table.group: row[2]} for row in rows]


def _fields(table: _Table, form: str) -> tuple[str, str, str]:
    """Return the expressions for the three fields of `record`."""
    if form == "tuples":
        return "record[0]", "record[1]", "record[2]"
    return f"record['{table.label}']", f"record['{table.number}']", f"record['{table.group}']"


def _given(choose: Chooser, table: _Table, form: str) -> str:
    """Return a noun for the list of records, in half of the cases with the names of the fields."""
    short = choose.chance(0.5)
    if form == "tuples":
        fields = f"({table.label}, {table.number}, {table.group})"
        return (
            f"a list of {fields} tuples" if short else f"a list of {table.many} as tuples {fields}"
        )
    if short:
        return f"a list of {table.one} dictionaries"
    keys = f"'{table.label}', '{table.number}' and '{table.group}'"
    return f"a list of {table.many} as dictionaries with the keys {keys}"


def _synonyms(table: _Table) -> _Synonyms:
    return {
        "records": (table.many, "data", "rows", "lst", "entries"),
        "record": (table.one, "entry", "row", "r", "item"),
        "key": ("key",),
    }


_FIGURES = {
    "sum": ("sum({} for record in records)", "sum", "total {}"),
    "average": ("sum({} for record in records) / len(records)", "average", "average {}"),
    "largest": ("max({} for record in records)", "max", "largest {}"),
    "smallest": ("min({} for record in records)", "min", "smallest {}"),
    "range": (
        "max({0} for record in records) - min({0} for record in records)",
        "range",
        "difference between the largest and the smallest {}",
    ),
    "rounded": (
        "round(sum({} for record in records) / len(records), 1)",
        "average",
        "average {} (rounded to 1 digit)",
    ),
}


@family(figure=tuple(_FIGURES), form=_FORMS)
def figure_of_records(choose: Chooser, figure: str, form: str) -> Exercise:
    """Return the sum, average, maximum... of the number field."""
    table = choose.one_of(_TABLES)
    pattern, short, noun = _FIGURES[figure]
    _, number, _ = _fields(table, form)
    noun = noun.format(table.number)
    by_list = pattern.replace("{0}", "{}").replace("({} for record in records)", "(values)")
    by_list = by_list.replace("len(records)", "len(values)")
    given = _given(choose, table, form)
    return Exercise(
        texts=(
            f"find the {noun} in {given}",
            f"Given {given}, return the {noun}.",
            f"compute the {noun} of the {table.many} in {given}",
            f"I have {given}. What is the {noun}?",
            f"return the {noun} of all {table.many}",
        ),
        names=(
            f"{short}_{table.number}",
            f"{figure}_of_{table.many}",
            f"get_{short}_{table.number}",
        ),
        solutions=(
            f"def solve(records):\n    return {pattern.format(number)}",
            f"def solve(records):\n    values = [{number} for record in records]\n    return "
            f"{by_list}",
        ),
        arguments=[(_rows(choose, table, form, (1, 5)),) for _ in range(6)],
        synonyms=_synonyms(table) | {"values": ("numbers", f"{table.number}_list", "nums")},
    )


_CONDITIONS = {
    "above": ("{number} > k", "{number_word} is above <k>", "k"),
    "at_least": ("{number} >= k", "{number_word} is at least <k>", "k"),
    "below": ("{number} < k", "{number_word} is below <k>", "k"),
    "between": (
        "low <= {number} <= high",
        "{number_word} is between <low> and <high> (both included)",
        "low, high",
    ),
    "group": ("{group} == item", "{group_word} is <item>", "item"),
    "not_group": ("{group} != item", "{group_word} is not <item>", "item"),
    "group_above": (
        "{group} == item and {number} > k",
        "{group_word} is <item> and whose {number_word} is above <k>",
        "item, k",
    ),
}


@family(condition=tuple(_CONDITIONS), result=("labels", "count", "records"))
def select_records(choose: Chooser, condition: str, result: str) -> Exercise:
    """List or count the records that meet a condition."""
    table, form = choose.one_of(_TABLES), choose.one_of(_FORMS)
    label, number, group = _fields(table, form)
    test, clause, parameters = _CONDITIONS[condition]
    test = test.format(number=number, group=group)
    clause = "whose " + clause.format(number_word=table.number, group_word=table.group)
    given = _given(choose, table, form)
    expression, start, step = {
        "labels": (f"[{label} for record in records if {test}]", "[]", f"result.append({label})"),
        "count": (f"sum(1 for record in records if {test})", "0", "result += 1"),
        "records": (f"[record for record in records if {test}]", "[]", "result.append(record)"),
    }[result]
    texts = {
        "labels": (
            f"list the {table.label}s of all {table.many} {clause}, given {given}",
            f"Given {given}, return the {table.label}s of those {clause}.",
            f"find the {table.label}s of the {table.many} {clause} in {given}",
            f"get the {table.label}s of {table.many} {clause}",
        ),
        "count": (
            f"count the {table.many} {clause}, given {given}",
            f"Given {given}, return the number of {table.many} {clause}.",
            f"find how many entries there are {clause} in {given}",
            f"count {table.many} {clause}",
        ),
        "records": (
            f"keep only the {table.many} {clause}, given {given}",
            f"Given {given}, return the list of those {clause}.",
            f"filter {given}: keep the {table.many} {clause}",
            f"select the {table.many} {clause}",
        ),
    }[result]
    arguments: list[tuple[Any, ...]] = []
    middle = (table.low + table.high) // 2
    for _ in range(6):
        rows = _rows(choose, table, form, (2, 5))
        k = choose.integer(middle - (table.high - table.low) // 5, middle)
        item = choose.one_of(table.groups)
        arguments.append(
            {
                "between": (rows, k, middle + (table.high - table.low) // 4),
                "group": (rows, item),
                "not_group": (rows, item),
                "group_above": (rows, item, k),
            }.get(condition, (rows, k))
        )
    return Exercise(
        texts=texts,
        names=(
            f"{table.many}_{condition}",
            f"{result}_{condition}",
            f"select_{table.many}",
            "select",
        ),
        solutions=(
            f"def solve(records, {parameters}):\n    return {expression}",
            f"""
            def solve(records, {parameters}):
                result = {start}
                for record in records:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=arguments,
        synonyms=_synonyms(table)
        | {"item": ("wanted", "target", "x"), "k": ("limit", "n", "threshold")},
    )


@family(
    by=("number", "label", "group_then_number"),
    result=("labels", "records"),
    descending=(False, True),
)
def sort_records(choose: Chooser, by: str, result: str, *, descending: bool) -> Exercise:
    """Sort records by a field, or by two."""
    table, form = choose.one_of(_TABLES), choose.one_of(_FORMS)
    label, number, group = _fields(table, form)
    sign = "-" if descending else ""
    order = "descending" if descending else "ascending"
    key, noun = {
        "number": (number, f"{table.number} in {order} order"),
        "label": (label, f"{table.label} in {'reverse ' if descending else ''}alphabetical order"),
        "group_then_number": (
            f"({group}, {sign}{number})",
            f"{table.group} and, within one {table.group}, by {table.number} in {order} order",
        ),
    }[by]
    reverse = ", reverse=True" if descending and by != "group_then_number" else ""
    ordered = f"sorted(records, key=lambda record: {key}{reverse})"
    field = {"number": table.number, "label": table.label}.get(by, table.group)
    given = _given(choose, table, form)
    what = f"the {table.label}s" if result == "labels" else "them"
    expression = f"[{label} for record in {ordered}]" if result == "labels" else ordered
    end = f"[{label} for record in result]" if result == "labels" else "result"
    return Exercise(
        texts=(
            f"sort {given} by {noun}"
            + (f" and return the {table.label}s" if result == "labels" else ""),
            f"Given {given}, return {what} sorted by {noun}.",
            f"order {table.many} by {noun} and return {what}"
            if result == "labels"
            else f"order {table.many} by {noun}",
        ),
        names=(
            f"sort_{table.many}",
            f"sort_by_{field}",
            "sort_records",
        ),
        solutions=(
            f"def solve(records):\n    return {expression}",
            f"""
            def solve(records):
                result = list(records)
                result.sort(key=lambda record: {key}{reverse})
                return {end}
            """,
        ),
        arguments=[(_rows(choose, table, form, (2, 5)),) for _ in range(5)] + [([],)],
        synonyms=_synonyms(table),
    )


@family(kind=("largest", "smallest"), result=("label", "record", "group"))
def best_record(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the record with the largest or smallest number."""
    table, form = choose.one_of(_TABLES), choose.one_of(_FORMS)
    label, number, group = _fields(table, form)
    function, sign = {"largest": ("max", ">"), "smallest": ("min", "<")}[kind]
    word = kind
    part = {"label": label, "record": "record", "group": group}[result]
    noun = {"label": f"the {table.label}", "record": "the record", "group": f"the {table.group}"}[
        result
    ]
    of_best = part.replace("record", "best")
    best = f"{function}(records, key=lambda record: {number})"
    given = _given(choose, table, form)
    return Exercise(
        texts=(
            f"find {noun} of the {table.one} with the {word} {table.number} in {given}",
            f"Given {given}, return {noun} of the one with the {word} {table.number}.",
            f"return {noun} of the {table.one} whose {table.number} is the {word}, given {given}",
        ),
        names=(
            f"{kind}_{table.number}",
            f"{table.one}_with_{kind}_{table.number}",
            f"best_{table.one}",
        ),
        solutions=(
            f"def solve(records):\n    return {of_best.replace('best', best)}",
            f"def solve(records):\n    best = {best}\n    return {of_best}",
            f"""
            def solve(records):
                best = records[0]
                for record in records[1:]:
                    if {number} {sign} {number.replace("record", "best")}:
                        best = record
                return {of_best}
            """,
        ),
        arguments=[(_rows(choose, table, form, (1, 5)),) for _ in range(6)],
        synonyms=_synonyms(table) | {"best": (kind, f"{function}_{table.one}", "found", "top")},
    )


_GROUPED = {
    "labels": (
        "groups.setdefault({group}, []).append({label})",
        "list",
        "the list of {labels}",
    ),
    "sum": (
        "groups[{group}] = groups.get({group}, 0) + {number}",
        "int",
        "the sum of the {numbers}",
    ),
    "count": ("groups[{group}] = groups.get({group}, 0) + 1", "int", "the number of {many}"),
    "largest": (
        "groups[{group}] = max(groups.get({group}, 0), {number})",
        "int",
        "the largest {number_word}",
    ),
    "numbers": (
        "groups.setdefault({group}, []).append({number})",
        "list",
        "the list of {numbers}",
    ),
}


@family(kept=tuple(_GROUPED), form=_FORMS)
def group_records(choose: Chooser, kept: str, form: str) -> Exercise:
    """Group records by their third field in a dict."""
    table = choose.one_of(_TABLES)
    label, number, group = _fields(table, form)
    step, factory, noun = _GROUPED[kept]
    step = step.format(label=label, number=number, group=group)
    numbers = f"{table.number}s".replace("salarys", "salaries")
    noun = noun.format(
        labels=f"{table.label}s", numbers=numbers, many=table.many, number_word=table.number
    )
    default_step = {
        "labels": f"groups[{group}].append({label})",
        "numbers": f"groups[{group}].append({number})",
        "sum": f"groups[{group}] += {number}",
        "count": f"groups[{group}] += 1",
        "largest": f"groups[{group}] = max(groups[{group}], {number})",
    }[kept]
    given = _given(choose, table, form)
    return Exercise(
        texts=(
            f"group {given} by {table.group}: return a dictionary that maps each {table.group} "
            f"to {noun}",
            f"Given {given}, return a dictionary with {noun} for every {table.group}.",
            f"make a dictionary from {table.group} to {noun}, given {given}",
        ),
        names=(
            f"{kept}_by_{table.group}",
            f"group_by_{table.group}",
            f"{table.many}_by_{table.group}",
        ),
        solutions=(
            f"""
            def solve(records):
                groups = {{}}
                for record in records:
                    {step}
                return groups
            """,
            f"""
            from collections import defaultdict

            def solve(records):
                groups = defaultdict({factory})
                for record in records:
                    {default_step}
                return dict(groups)
            """,
        ),
        arguments=[(_rows(choose, table, form, (2, 6)),) for _ in range(5)] + [([],)],
        synonyms=_synonyms(table) | {"groups": ("result", "d", "table", f"by_{table.group}")},
    )


@family(result=("average", "rounded_average", "best_label"))
def average_by_group(choose: Chooser, result: str) -> Exercise:
    """Map each group to its average, or to the label of its best record."""
    table, form = choose.one_of(_TABLES), choose.one_of(_FORMS)
    label, number, group = _fields(table, form)
    given = _given(choose, table, form)
    if result == "best_label":
        noun = f"the {table.label} of the {table.one} with the largest {table.number}"
        solutions = (
            f"""
            def solve(records):
                result = {{}}
                for record in sorted(records, key=lambda record: {number}):
                    result[{group}] = {label}
                return result
            """,
            f"""
            def solve(records):
                best = {{}}
                for record in records:
                    other = best.get({group})
                    if other is None or {number} > {number.replace("record", "other")}:
                        best[{group}] = record
                return {{name: {label} for name, record in best.items()}}
            """,
        )
    else:
        digits = 1 if result == "average" else 2
        noun = f"the average {table.number} (rounded to {digits} digit{'s' * (digits > 1)})"
        solutions = (
            f"""
            def solve(records):
                groups = {{}}
                for record in records:
                    groups.setdefault({group}, []).append({number})
                averages = {{}}
                for name, values in groups.items():
                    averages[name] = round(sum(values) / len(values), {digits})
                return averages
            """,
            f"""
            from collections import defaultdict

            def solve(records):
                totals = defaultdict(int)
                counts = defaultdict(int)
                for record in records:
                    totals[{group}] += {number}
                    counts[{group}] += 1
                return {{name: round(totals[name] / counts[name], {digits}) for name in totals}}
            """,
        )
    return Exercise(
        texts=(
            f"return a dictionary that maps each {table.group} to {noun}, given {given}",
            f"Given {given}, return a dictionary with {noun} for each {table.group}.",
            f"find {noun} for every {table.group} in {given} and return a dictionary",
        ),
        names=(f"{result}_by_{table.group}", f"{table.number}_by_{table.group}", "by_group"),
        solutions=solutions,
        arguments=[(_rows(choose, table, form, (2, 6)),) for _ in range(6)],
        synonyms=_synonyms(table)
        | {"name": (table.group, "k"), "groups": ("d", "lists"), "counts": ("counts",)},
    )


_INDEXED = {
    "label_to_number": ("{label}", "{number}", "each {label_word} to the {number_word}"),
    "label_to_group": ("{label}", "{group}", "each {label_word} to the {group_word}"),
    "label_to_record": ("{label}", "record", "each {label_word} to the whole record"),
    "number_to_label": ("{number}", "{label}", "each {number_word} to the {label_word}"),
    "label_to_pair": (
        "{label}",
        "({number}, {group})",
        "each {label_word} to ({number_word}, {group_word})",
    ),
}


@family(kind=tuple(_INDEXED))
def index_records(choose: Chooser, kind: str) -> Exercise:
    """Make a dict of records, by label or number."""
    table, form = choose.one_of(_TABLES), choose.one_of(_FORMS)
    label, number, group = _fields(table, form)
    key, value, noun = (
        part.format(
            label=label,
            number=number,
            group=group,
            label_word=table.label,
            number_word=table.number,
            group_word=table.group,
        )
        for part in _INDEXED[kind]
    )
    given = _given(choose, table, form)
    return Exercise(
        texts=(
            f"convert {given} to a dictionary that maps {noun}",
            f"Given {given}, build a dictionary from {noun}.",
            f"make a look-up dictionary of {table.many} that maps {noun}; the input is {given}",
        ),
        names=(f"index_{table.many}", f"{table.many}_to_dict", f"{table.one}_index"),
        solutions=(
            f"def solve(records):\n    return {{{key}: {value} for record in records}}",
            f"""
            def solve(records):
                result = {{}}
                for record in records:
                    result[{key}] = {value}
                return result
            """,
        ),
        arguments=[(_rows(choose, table, form, (1, 4)),) for _ in range(5)] + [([],)],
        synonyms=_synonyms(table),
    )


@family(wanted=("number", "group", "record", "index"))
def find_record(choose: Chooser, wanted: str) -> Exercise:
    """Find a field of the record with a given label; None or -1 if there is none."""
    table, form = choose.one_of(_TABLES), choose.one_of(_FORMS)
    label, number, group = _fields(table, form)
    value = {"number": number, "group": group, "record": "record", "index": "index"}[wanted]
    missing = "-1" if wanted == "index" else "None"
    loop = "index, record in enumerate(records)" if wanted == "index" else "record in records"
    noun = {"number": table.number, "group": table.group, "record": "record", "index": "index"}[
        wanted
    ]
    given = _given(choose, table, form)
    arguments = []
    for index in range(6):
        rows = _rows(choose, table, form, (2, 5))
        row = choose.one_of(rows)
        name = row[0] if form == "tuples" else row[table.label]
        arguments.append((rows, name if index % 3 else "Zoltan"))
    return Exercise(
        texts=(
            f"find the {noun} of the {table.one} with a given {table.label} in {given}; return "
            f"{missing} "
            "if there is none",
            f"Given {given} and a {table.label}, return the {noun} that belongs to it, or "
            f"{missing}.",
            f"look up the {noun} of one of the {table.many} by {table.label}, {missing} if it is "
            "missing; "
            f"you get {given}",
        ),
        names=(
            f"find_{table.one}",
            f"{wanted}_of_{table.one}",
            f"get_{table.one}",
            f"look_up_{wanted}",
        ),
        solutions=(
            f"""
            def solve(records, item):
                for {loop}:
                    if {label} == item:
                        return {value}
                return {missing}
            """,
            f"def solve(records, item):\n"
            f"    return next(({value} for {loop} if {label} == item), {missing})",
        ),
        arguments=arguments,
        synonyms=_synonyms(table) | {"item": ("wanted", "target", "query")},
    )
