"""Lists of dictionaries: changing and selecting fields, columns, uniqueness and checks."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_RECORDS: _Synonyms = {
    "records": ("rows", "data", "people", "lst", "entries"),
    "record": ("row", "person", "entry", "r", "item"),
    "name": ("field", "k", "column"),
    "key": ("key",),
}
_CITIES = ("Oslo", "Lima", "Rome", "Paris")


def _people(choose: Chooser, num: tuple[int, int] = (1, 4)) -> list[dict[str, Any]]:
    """Return dicts with the keys name, age and city; names may repeat only by chance."""
    return [
        {"name": choose.person(), "age": choose.integer(8, 50), "city": choose.one_of(_CITIES)}
        for _ in range(choose.integer(*num))
    ]


_CHANGES = {
    "older": (
        "{**record, 'age': record['age'] + 1}",
        "copy['age'] += 1",
        "add 1 to the value of 'age' in each dictionary of a list",
    ),
    "adult": (
        "{**record, 'adult': record['age'] >= 18}",
        "copy['adult'] = record['age'] >= 18",
        "add a key 'adult' to each dictionary of a list, which is True if 'age' is 18 or more, "
        "else False",
    ),
    "without_age": (
        "{name: value for name, value in record.items() if name != 'age'}",
        "del copy['age']",
        "remove the key 'age' from each dictionary of a list",
    ),
    "upper": (
        "{**record, 'name': record['name'].upper()}",
        "copy['name'] = copy['name'].upper()",
        "write the value of 'name' in upper case in each dictionary of a list",
    ),
    "renamed": (
        "{'first_name' if name == 'name' else name: value for name, value in record.items()}",
        "copy['first_name'] = copy.pop('name')",
        "rename the key 'name' to 'first_name' in each dictionary of a list",
    ),
    "numbered": (
        "{**record, 'id': number}",
        "copy['id'] = number",
        "add a key 'id' to each dictionary of a list, with the numbers 1, 2, 3 and so on",
    ),
    "born": (
        "{**record, 'born': k - record['age']}",
        "copy['born'] = k - copy['age']",
        "add a key 'born' to each dictionary of a list: the year <k> minus the value of 'age'",
    ),
}


@family(change=tuple(_CHANGES))
def change_each_record(choose: Chooser, change: str) -> Exercise:
    """Return new dicts with a changed, added, removed or renamed key."""
    expression, statement, does = _CHANGES[change]
    each = does.replace("each dictionary of a list", "each of them")
    parameters = "records, k" if "<k>" in does else "records"
    loop = (
        "number, record in enumerate(records, 1)" if change == "numbered" else "record in records"
    )
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        people = _people(choose)
        arguments.append((people, choose.integer(2000, 2030)) if "<k>" in does else (people,))
    return Exercise(
        texts=(
            f"{does} and return the new list",
            f"Given a list of dictionaries with the keys 'name', 'age' and 'city', {each}.",
            f"{does}; the dictionaries describe people",
        ),
        names=(f"{change}_records", "change_records", f"make_{change}", "update_people"),
        solutions=(
            f"def solve({parameters}):\n    return [{expression} for {loop}]",
            f"""
            def solve({parameters}):
                result = []
                for {loop}:
                    copy = dict(record)
                    {statement}
                    result.append(copy)
                return result
            """,
        ),
        arguments=arguments,
        synonyms=_RECORDS | {"k": ("year",), "copy": ("new", "changed")},
    )


_COLUMNS = {
    "values": (
        "[record[name] for record in records]",
        "list the values of the key <name> of a list of dictionaries",
    ),
    "values_or_none": (
        "[record.get(name) for record in records]",
        "list the values of the key <name> of a list of dictionaries, None where the key is "
        "missing",
    ),
    "present": (
        "[record[name] for record in records if name in record]",
        "list the values of the key <name> of those dictionaries in a list that have it",
    ),
    "total": (
        "sum(record.get(name, 0) for record in records)",
        "add up the values of the key <name> in a list of dictionaries, where a missing key "
        "counts as 0",
    ),
    "all_have": (
        "all(name in record for record in records)",
        "check whether all dictionaries in a list have the key <name>",
    ),
    "any_has": (
        "any(name in record for record in records)",
        "check whether any dictionary in a list has the key <name>",
    ),
    "count": (
        "sum(1 for record in records if name in record)",
        "count the dictionaries in a list that have the key <name>",
    ),
    "with_key": (
        "[record for record in records if name in record]",
        "keep the dictionaries of a list that have the key <name>",
    ),
}


@family(task=tuple(_COLUMNS))
def one_key_of_records(choose: Chooser, task: str) -> Exercise:
    """Handle one key of all dicts in a list."""
    expression, does = _COLUMNS[task]
    loops = {
        "values": ("result = []", "result.append(record[name])", "result"),
        "present": (
            "result = []",
            "if name in record:\n                        result.append(record[name])",
            "result",
        ),
        "total": ("result = 0", "result += record.get(name, 0)", "result"),
        "count": (
            "result = 0",
            "if name in record:\n                        result += 1",
            "result",
        ),
    }
    solutions = [f"def solve(records, name):\n    return {expression}"]
    if task in loops:
        start, step, end = loops[task]
        solutions.append(f"""
            def solve(records, name):
                {start}
                for record in records:
                    {step}
                return {end}
            """)
    arguments: list[tuple[Any, ...]] = []
    fields = choose.sample(("price", "weight", "size", "count", "rank"), 3)
    for index in range(7):
        rows = [
            {field: choose.integer(1, 60) for field in fields} for _ in range(choose.integer(1, 4))
        ]
        name = choose.one_of(fields)
        if task != "values":
            rows = [
                {
                    field: value
                    for field, value in row.items()
                    if field != name or choose.chance(0.6)
                }
                for row in rows
            ]
        if task in ("all_have", "any_has"):
            rows = [{**row, name: 1} if index % 2 else row for row in rows]
            if task == "any_has" and index % 2 == 0:
                rows = [{field: 3 for field in row if field != name} for row in rows]
        arguments.append((rows, name))
    of_it = does.replace("of a list of dictionaries", "in the list")
    of_it = of_it.replace("a list of dictionaries", "the list").replace("a list", "the list")
    return Exercise(
        texts=(
            does,
            does.replace("a list of dictionaries", "the given list of dicts").replace(
                "in a list", "in the given list"
            ),
            f"I have a list of dictionaries and a key <name>. The function should {of_it}.",
        ),
        names=(f"{task}_of_key", f"records_{task}", f"key_{task}", "one_key"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_RECORDS | {"name": ("field", "k", "column")},
    )


_SHAPES = {
    "rows_to_columns": (
        "records",
        "{name: [record[name] for record in records] for name in records[0]}",
        "convert a list of dictionaries with the same keys to a dictionary of lists",
    ),
    "columns_to_rows": (
        "mapping",
        "[dict(zip(mapping, values)) for values in zip(*mapping.values())]",
        "convert a dictionary of lists of equal length to a list of dictionaries",
    ),
    "rows_to_tuples": (
        "records",
        "[tuple(record.values()) for record in records]",
        "convert a list of dictionaries to a list of tuples of their values",
    ),
    "tuples_to_rows": (
        "names, rows",
        "[dict(zip(names, row)) for row in rows]",
        "convert a list of tuples to a list of dictionaries; the keys are in the list <names>",
    ),
    "merged": (
        "records",
        "{name: value for record in records for name, value in record.items()}",
        "merge a list of dictionaries into one; later values win",
    ),
    "three_lists": (
        "names, ages, cities",
        "[{'name': name, 'age': age, 'city': city} for name, age, city in zip(names, ages, "
        "cities)]",
        "make a list of dictionaries with the keys 'name', 'age' and 'city' of three lists",
    ),
    "all_keys": (
        "records",
        "sorted({name for record in records for name in record})",
        "list all keys that occur in a list of dictionaries, sorted and without repetitions",
    ),
}


@family(kind=tuple(_SHAPES))
def reshape_records(choose: Chooser, kind: str) -> Exercise:
    """Convert between rows, columns, tuples and one dict."""
    parameters, expression, does = _SHAPES[kind]
    loops = {
        "rows_to_columns": """
            def solve(records):
                result = {}
                for record in records:
                    for name, value in record.items():
                        result.setdefault(name, []).append(value)
                return result
            """,
        "columns_to_rows": """
            def solve(mapping):
                size = len(next(iter(mapping.values())))
                return [{name: mapping[name][index] for name in mapping} for index in range(size)]
            """,
        "merged": """
            def solve(records):
                result = {}
                for record in records:
                    result.update(record)
                return result
            """,
        "all_keys": "def solve(records):\n    return sorted(set().union(*records))",
        "three_lists": """
            def solve(names, ages, cities):
                result = []
                for index in range(len(names)):
                    record = {'name': names[index], 'age': ages[index], 'city': cities[index]}
                    result.append(record)
                return result
            """,
    }
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if kind in loops:
        solutions.append(loops[kind])
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        people = _people(choose)
        columns = {field: [row[field] for row in people] for field in ("name", "age", "city")}
        parts = [
            {field: choose.integer(1, 30) for field in choose.sample("abcdef", (1, 3))}
            for _ in range(choose.integer(1, 4))
        ]
        options: dict[str, tuple[Any, ...]] = {
            "columns_to_rows": (columns,),
            "tuples_to_rows": (["name", "age", "city"], [tuple(row.values()) for row in people]),
            "merged": (parts,),
            "all_keys": (parts,),
            "three_lists": (columns["name"], columns["age"], columns["city"]),
        }
        arguments.append(options.get(kind, (people,)))
    return Exercise(
        texts=(
            does,
            f"Please {does}.",
            does if any(mark in does for mark in ",;") else f"{does} and return the result",
            f"The function should {does}.",
        ),
        names=(kind, f"convert_{kind}", f"make_{kind}", "reshape"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_RECORDS
        | {
            "names": ("fields", "keys", "first"),
            "rows": ("tuples", "data"),
            "values": ("row", "parts"),
            "mapping": ("columns", "table", "d"),
        },
    )


_UNIQUE = {
    "first": (
        """
        def solve(records):
            unique = {}
            for record in records:
                unique.setdefault(record['name'], record)
            return list(unique.values())
        """,
        """
        def solve(records):
            seen = set()
            result = []
            for record in records:
                if record['name'] not in seen:
                    seen.add(record['name'])
                    result.append(record)
            return result
        """,
        "remove those dictionaries from a list whose 'name' occurred before",
        "keep only the first dictionary with each 'name' in a list of dictionaries",
    ),
    "last": (
        """
        def solve(records):
            unique = {}
            for record in records:
                unique[record['name']] = record
            return list(unique.values())
        """,
        """
        def solve(records):
            return list({record['name']: record for record in records}.values())
        """,
        "let a later dictionary of a list take the place of an earlier one with the same 'name'",
        "let a list have each 'name' once: in the place of its first dictionary stands its last",
    ),
    "exact": (
        """
        def solve(records):
            result = []
            for record in records:
                if record not in result:
                    result.append(record)
            return result
        """,
        """
        def solve(records):
            return [record for index, record in enumerate(records) if record not in records[:index]]
        """,
        "remove repeated dictionaries from a list and keep the order",
        "drop the dictionaries of a list that are equal to an earlier one",
    ),
    "count_names": (
        """
        def solve(records):
            return len({record['name'] for record in records})
        """,
        """
        def solve(records):
            seen = set()
            for record in records:
                seen.add(record['name'])
            return len(seen)
        """,
        "count the different values of 'name' in a list of dictionaries",
        "find how many different names there are in a list of dictionaries with the key 'name'",
    ),
    "count_exact": (
        """
        def solve(records):
            result = []
            for record in records:
                if record not in result:
                    result.append(record)
            return len(result)
        """,
        """
        def solve(records):
            return sum(record not in records[:index] for index, record in enumerate(records))
        """,
        "count the different dictionaries in a list",
        "find the number of dictionaries in a list, where equal ones count once",
    ),
}


@family(task=tuple(_UNIQUE))
def unique_records(choose: Chooser, task: str) -> Exercise:
    """Remove or count dicts that are equal or have the same name."""
    one, two, does, other = _UNIQUE[task]
    arguments = []
    for _ in range(6):
        people = [{"name": row["name"], "age": row["age"]} for row in _people(choose, (2, 3))]
        again = [
            row if "exact" in task or choose.chance(0.3) else {**row, "age": choose.integer(15, 70)}
            for row in choose.sample(people, (0, 2))
        ]
        arguments.append((choose.shuffled(people + again),))
    return Exercise(
        texts=(
            does,
            other,
            f"{does}; the dictionaries have the keys 'name' and 'age'",
            f"I have a list of dictionaries with 'name' and 'age'. Please {does}.",
        ),
        names=(f"unique_{task}", "unique_records", f"{task}_distinct", "distinct_records"),
        solutions=(one, two),
        arguments=arguments,
        synonyms=_RECORDS | {"unique": ("by_name", "kept", "d")},
    )


_LABELS = {
    "line": (
        "record['name'] + ' (' + str(record['age']) + ')'",
        "'{} ({})'.format(record['name'], record['age'])",
        "'Ada (36)'",
    ),
    "sentence": (
        "record['name'] + ' lives in ' + record['city']",
        "'{} lives in {}'.format(record['name'], record['city'])",
        "'Ada lives in Rome'",
    ),
    "csv": (
        "record['name'] + ',' + str(record['age']) + ',' + record['city']",
        "'{},{},{}'.format(record['name'], record['age'], record['city'])",
        "'Ada,36,Rome'",
    ),
    "initial": ("record['name'][0] + '.'", "'{}.'.format(record['name'][0])", "'A.'"),
}


@family(form=tuple(_LABELS), result=("list", "text", "dict"))
def describe_records(choose: Chooser, form: str, result: str) -> Exercise:
    """Make a text of each dict of a list."""
    joined, formatted, example = _LABELS[form]
    pattern, noun = {
        "list": ("[{} for record in records]", f"a list of strings like {example}"),
        "text": (
            "', '.join({} for record in records)",
            f"a string of parts like {example}, joined with ', '",
        ),
        "dict": (
            "{{record['name']: {} for record in records}}",
            f"a dictionary from names to strings like {example}",
        ),
    }[result]
    return Exercise(
        texts=(
            f"convert a list of dictionaries of people to {noun}",
            f"Given a list of dictionaries with the keys 'name', 'age' and 'city', return {noun}.",
            f"describe each person of a list of dictionaries: return {noun}",
        ),
        names=(f"{form}_of_people", f"describe_{form}", f"people_to_{result}", "describe_people"),
        solutions=(
            f"def solve(records):\n    return {pattern.format(joined)}",
            f"def solve(records):\n    return {pattern.format(formatted)}",
        ),
        arguments=[(_people(choose),) for _ in range(6)],
        synonyms=_RECORDS,
    )
