"""Orders, stocks, marks and votes: totals, joins and summaries of small business records."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_ORDERS: _Synonyms = {
    "orders": ("items", "lines", "cart", "data", "purchases"),
    "order": ("item", "line", "entry", "o"),
    "key": ("key",),
}
_FORMS = {
    "tuples": ("order[0]", "order[1]", "order[2]", "a list of (item, price, quantity) tuples"),
    "dicts": (
        "order['item']",
        "order['price']",
        "order['quantity']",
        "a list of dictionaries with the keys 'item', 'price' and 'quantity'",
    ),
    "lists": ("order[0]", "order[1]", "order[2]", "a list of [item, price, quantity] lists"),
}


def _orders(choose: Chooser, form: str, num: tuple[int, int] = (1, 5)) -> list[Any]:
    """Return order lines with distinct items."""
    size = choose.integer(*num)
    things = list(dict.fromkeys(choose.thing() for _ in range(size + 2)))[:size]
    prices = choose.sample(range(1, 30), len(things))
    rows: list[Any] = []
    for thing, price in zip(things, prices, strict=True):
        quantity = choose.integer(1, 9)
        if form == "dicts":
            rows.append({"item": thing, "price": price, "quantity": quantity})
        else:
            rows.append((thing, price, quantity) if form == "tuples" else [thing, price, quantity])
    return rows


_BILLS = {
    "total": ("sum({price} * {quantity} for order in orders)", "the total price"),
    "discounted": (
        "round(sum({price} * {quantity} for order in orders) * 0.9, 2)",
        "the total price after a discount of 10 percent (rounded to 2 digits)",
    ),
    "large_discounted": ("", "the total price, less 10 for orders of 100 or more"),
    "quantity": ("sum({quantity} for order in orders)", "the total quantity"),
    "largest_line": (
        "max({price} * {quantity} for order in orders)",
        "the largest price times quantity",
    ),
    "average_price": (
        "round(sum({price} * {quantity} for order in orders) / sum({quantity} for order in "
        "orders), 2)",
        "the average price of a piece (rounded to 2 digits)",
    ),
    "with_tax": (
        "round(sum({price} * {quantity} for order in orders) * 1.2, 2)",
        "the total price with a tax of 20 percent (rounded to 2 digits)",
    ),
}


@family(bill=tuple(_BILLS), form=tuple(_FORMS))
def total_of_orders(choose: Chooser, bill: str, form: str) -> Exercise:
    """Compute the total of order lines, with or without discount."""
    _, price, quantity, given = _FORMS[form]
    expression, noun = _BILLS[bill]
    expression = expression.format(price=price, quantity=quantity)
    step = quantity if bill == "quantity" else f"{price} * {quantity}"
    end = {"discounted": "round(total * 0.9, 2)", "with_tax": "round(total * 1.2, 2)"}
    if bill == "large_discounted":
        end[bill] = "total - 10 if total >= 100 else total"
    loop = f"""
            def solve(orders):
                total = 0
                for order in orders:
                    total += {step}
                return {end.get(bill, "total")}
            """
    solutions = [f"def solve(orders):\n    return {expression}"] if expression else []
    if bill not in ("largest_line", "average_price"):
        solutions.append(loop)
    if bill == "large_discounted":
        solutions.append(f"""
            def solve(orders):
                total = sum({price} * {quantity} for order in orders)
                if total >= 100:
                    total -= 10
                return total
            """)
    if bill == "average_price":
        solutions.append(f"""
            def solve(orders):
                total = 0
                count = 0
                for order in orders:
                    total += {price} * {quantity}
                    count += {quantity}
                return round(total / count, 2)
            """)
    return Exercise(
        texts=(
            f"find {noun} of a shopping cart, which is {given}",
            f"Given {given}, return {noun}.",
            f"compute {noun} of an order that consists of {given}",
            f"I sell things. An order is {given}. Return {noun}.",
        ),
        names=(f"{bill}_of_order", "order_total", f"cart_{bill}", f"compute_{bill}"),
        solutions=solutions,
        arguments=[(_orders(choose, form),) for _ in range(6)],
        synonyms=_ORDERS,
    )


_LINES = {
    "costs": "a dictionary of the items and their costs (price times quantity)",
    "list": "a list of (item, cost) tuples, where the cost is price times quantity",
    "sorted": "the items, sorted by price times quantity in descending order",
    "best": "the item with the largest price times quantity",
    "cheap": "the items with a price below <k>",
    "many": "the items of which at least <k> are ordered",
}


@family(wanted=tuple(_LINES), form=("tuples", "dicts"))
def items_of_orders(choose: Chooser, wanted: str, form: str) -> Exercise:
    """List, sort or select the items of an order."""
    item, price, quantity, given = _FORMS[form]
    noun = _LINES[wanted]
    cost = f"{price} * {quantity}"
    parameters = "orders, k" if "<k>" in noun else "orders"
    expressions = {
        "costs": f"{{{item}: {cost} for order in orders}}",
        "list": f"[({item}, {cost}) for order in orders]",
        "sorted": f"[{item} for order in sorted(orders, key=lambda order: {cost}, reverse=True)]",
        "best": f"max(orders, key=lambda order: {cost}){item.removeprefix('order')}",
        "cheap": f"[{item} for order in orders if {price} < k]",
        "many": f"[{item} for order in orders if {quantity} >= k]",
    }
    loops = {
        "costs": ("{}", f"result[{item}] = {cost}"),
        "list": ("[]", f"result.append(({item}, {cost}))"),
        "cheap": ("[]", f"if {price} < k:\n                        result.append({item})"),
        "many": ("[]", f"if {quantity} >= k:\n                        result.append({item})"),
    }
    solutions = [f"def solve({parameters}):\n    return {expressions[wanted]}"]
    if wanted in loops:
        start, step = loops[wanted]
        solutions.append(f"""
            def solve({parameters}):
                result = {start}
                for order in orders:
                    {step}
                return result
            """)
    if wanted == "best":
        solutions.append(f"""
            def solve(orders):
                best = None
                best_cost = -1
                for order in orders:
                    if {cost} > best_cost:
                        best = {item}
                        best_cost = {cost}
                return best
            """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        rows = _orders(choose, form, (2, 5))
        k = choose.integer(8, 20) if wanted == "cheap" else choose.integer(3, 6)
        arguments.append((rows, k) if "<k>" in noun else (rows,))
    return Exercise(
        texts=(
            f"return {noun}, given {given}",
            f"Given {given}, return {noun}.",
            f"go through {given} and return {noun}",
            f"An order is {given}. Find {noun}.",
        ),
        names=(f"{wanted}_of_order", f"order_{wanted}", f"items_{wanted}", "order_items"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_ORDERS | {"k": ("limit", "n", "threshold")},
    )


_JOINS = {
    "total": (
        "sum(prices[name] * quantity for name, quantity in amounts.items())",
        "the total price of an order",
    ),
    "costs": (
        "{name: prices[name] * quantity for name, quantity in amounts.items()}",
        "a dictionary with the cost of each ordered item",
    ),
    "known_total": (
        "sum(prices.get(name, 0) * quantity for name, quantity in amounts.items())",
        "the total price of an order, where items without a price are free",
    ),
    "unknown": (
        "sorted(name for name in amounts if name not in prices)",
        "a sorted list of the ordered items that have no price",
    ),
    "most": (
        "max(amounts, key=lambda name: prices[name] * amounts[name])",
        "the item that costs most in total (price times quantity; the first of several)",
    ),
}


@family(wanted=tuple(_JOINS))
def join_prices_and_quantities(choose: Chooser, wanted: str) -> Exercise:
    """Combine a dict of prices with a dict of quantities."""
    expression, noun = _JOINS[wanted]
    loops = {
        "total": ("0", "result += prices[name] * quantity"),
        "known_total": (
            "0",
            "if name in prices:\n                        result += prices[name] * quantity",
        ),
        "costs": ("{}", "result[name] = prices[name] * quantity"),
    }
    solutions = [f"def solve(prices, amounts):\n    return {expression}"]
    if wanted in loops:
        start, step = loops[wanted]
        solutions.append(f"""
            def solve(prices, amounts):
                result = {start}
                for name, quantity in amounts.items():
                    {step}
                return result
            """)
    if wanted == "unknown":
        solutions.append(
            "def solve(prices, amounts):\n    return sorted(set(amounts) - set(prices))"
        )
    arguments = []
    for _ in range(6):
        things = list(dict.fromkeys(choose.thing() for _ in range(7)))
        prices = {thing: 2 * place + choose.integer(1, 2) for place, thing in enumerate(things[:4])}
        pool = things if wanted in ("unknown", "known_total") else things[:4]
        amounts = {thing: choose.integer(1, 6) for thing in choose.sample(pool, (1, 4))}
        if wanted == "most":
            # Without ties.
            costs = {prices[thing] * num: thing for thing, num in amounts.items()}
            amounts = {thing: num for thing, num in amounts.items() if thing in costs.values()}
        arguments.append((prices, amounts))
    return Exercise(
        texts=(
            f"find {noun}; one dictionary has the prices, the other one the quantities",
            f"Given a dictionary of prices and a dictionary of quantities, return {noun}.",
            f"return {noun} from a dictionary of prices and a dictionary of ordered quantities",
            "I have a price list, which is a dict, and a dict that tells how many of each item are "
            f"ordered. Return {noun}.",
        ),
        names=(f"order_{wanted}", "total_price", f"{wanted}_price", "join_prices"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "prices": ("price_list", "costs", "catalog"),
            "amounts": ("quantities", "order", "cart"),
            "name": ("item", "product", "thing"),
            "quantity": ("amount", "q", "how_many"),
            "key": ("key",),
        },
    )


_STOCK = {
    "sell": ("-", "subtract the sold quantities from the stock"),
    "buy": ("+", "add the delivered quantities to the stock"),
}


@family(event=tuple(_STOCK), missing=("ignored", "started"), form=("dict", "pairs"))
def update_stock(choose: Chooser, event: str, missing: str, form: str) -> Exercise:
    """Add or subtract quantities in a dict of stock."""
    sign, does = _STOCK[event]
    items = "changes.items()" if form == "dict" else "changes"
    noun = "a dictionary" if form == "dict" else "a list of (item, quantity) pairs"
    rule = {
        "ignored": "items that are not in the stock are ignored",
        "started": "items that are not in the stock start at 0",
    }[missing]
    if missing == "ignored":
        body = f"if name in result:\n                        result[name] {sign}= quantity"
        other = f"""if name not in stock:
                        continue
                    result[name] = result[name] {sign} quantity"""
    else:
        body = f"result[name] = result.get(name, 0) {sign} quantity"
        other = f"result.setdefault(name, 0)\n                    result[name] {sign}= quantity"
    arguments = []
    for _ in range(6):
        things = list(dict.fromkeys(choose.thing() for _ in range(6)))
        stock = {thing: choose.integer(10, 50) for thing in things[:3]}
        changes: Any = {thing: choose.integer(1, 9) for thing in choose.sample(things, (1, 4))}
        arguments.append((stock, changes if form == "dict" else list(changes.items())))
    return Exercise(
        texts=(
            f"{does} and return the new stock; the stock is a dictionary, the changes are "
            f"{noun}, and "
            f"{rule}",
            f"Given a dictionary of stock and {noun} of changes, {does}; {rule}.",
            f"update a stock: {does}, where {rule}. The changes are {noun}".replace(
                ". The", "; the"
            ),
        ),
        names=(f"{event}_stock", "update_stock", f"stock_after_{event}", "new_stock"),
        solutions=(
            f"""
            def solve(stock, changes):
                result = dict(stock)
                for name, quantity in {items}:
                    {body}
                return result
            """,
            f"""
            def solve(stock, changes):
                result = stock.copy()
                for name, quantity in {items}:
                    {other}
                return result
            """,
        ),
        arguments=arguments,
        synonyms={
            "stock": ("inventory", "store", "d"),
            "changes": ("sales", "orders", "delivery")
            if event == "sell"
            else ("delivery", "new_items"),
            "name": ("item", "product", "key"),
            "quantity": ("amount", "n", "q"),
        },
    )


_MARKS = {
    "averages": ("round(sum(marks) / len(marks), 1)", "the average mark (rounded to 1 digit)"),
    "best": ("max(marks)", "the best mark"),
    "passed": ("sum(marks) / len(marks) >= 50", "True if the average is 50 or more, else False"),
    "spread": ("max(marks) - min(marks)", "the difference of the best and the worst mark"),
    "grades": (
        "'A' if max(marks) >= 90 else 'B' if max(marks) >= 70 else 'C'",
        "'A' if the best mark is 90 or more, 'B' if it is 70 or more, else 'C'",
    ),
    "sorted": ("sorted(marks, reverse=True)", "the list of marks, best first"),
    "without_worst": ("sum(marks) - min(marks)", "the sum of the marks without the worst one"),
    "count": ("sum(1 for mark in marks if mark >= 50)", "the number of marks of 50 or more"),
}


@family(figure=tuple(_MARKS))
def figures_of_student_marks(choose: Chooser, figure: str) -> Exercise:
    """Map each student of a dict of marks to a figure."""
    expression, noun = _MARKS[figure]
    return Exercise(
        texts=(
            f"return a dictionary that maps each student to {noun}, given a dictionary of lists "
            "of marks",
            "Given a dictionary of students and lists of their marks, return for each student "
            f"{noun}.",
            f"find for every student {noun}; the input is a dict from names to lists of marks",
        ),
        names=(f"{figure}_of_students", f"student_{figure}", f"marks_{figure}", "student_marks"),
        solutions=(
            f"def solve(students):\n"
            f"    return {{name: {expression} for name, marks in students.items()}}",
            f"""
            def solve(students):
                result = {{}}
                for name, marks in students.items():
                    result[name] = {expression}
                return result
            """,
        ),
        arguments=[
            (
                {
                    choose.person(): choose.integers((1, 4), 20, 100)
                    for _ in range(choose.integer(1, 4))
                },
            )
            for _ in range(6)
        ],
        synonyms={
            "students": ("records", "grades", "d", "scores"),
            "name": ("student", "k", "person"),
            "marks": ("scores", "grades", "values"),
            "mark": ("score", "m", "x"),
        },
    )


@family(answer=("winner", "counts", "ranking", "majority", "share"))
def count_votes(choose: Chooser, answer: str) -> Exercise:
    """Evaluate a list of votes."""
    texts, solutions = {
        "winner": (
            (
                "find the candidate with the most votes in a list of names; if there is a tie, "
                "the name "
                "that comes first in the alphabet wins",
                "Given a list of votes, return the winner. Ties go to the alphabetically first "
                "name.",
                "determine who wins an election from a list of votes (alphabetically first in a "
                "tie)",
            ),
            (
                "def solve(votes):\n    return max(sorted(set(votes)), key=votes.count)",
                """
                from collections import Counter

                def solve(votes):
                    counts = Counter(votes)
                    most = max(counts.values())
                    return min(name for name in counts if counts[name] == most)
                """,
            ),
        ),
        "counts": (
            (
                "count the votes for each candidate and return the counts as a dictionary",
                "Given a list of votes, return how many votes each name has, as a dictionary.",
                "make a dictionary of the number of votes per candidate",
            ),
            (
                "from collections import Counter\n\ndef solve(votes):\n    return "
                "dict(Counter(votes))",
                """
                def solve(votes):
                    counts = {}
                    for name in votes:
                        counts[name] = counts.get(name, 0) + 1
                    return counts
                """,
            ),
        ),
        "ranking": (
            (
                "return a list of (name, votes) tuples, most votes first and ties in "
                "alphabetical order",
                "Given a list of votes, rank the candidates: return (name, number of votes) "
                "tuples by "
                "descending number of votes, then by name.",
                "rank candidates by votes in descending order; equal ones are in alphabetical "
                "order",
            ),
            (
                """
                from collections import Counter

                def solve(votes):
                    return sorted(Counter(votes).items(), key=lambda item: (-item[1], item[0]))
                """,
                """
                def solve(votes):
                    pairs = [(name, votes.count(name)) for name in sorted(set(votes))]
                    return sorted(pairs, key=lambda pair: -pair[1])
                """,
            ),
        ),
        "majority": (
            (
                "return the name that has more than half of the votes, or None if nobody has",
                "Given a list of votes, return the candidate with an absolute majority, else None.",
                "find who got more than 50 percent of the votes in a list; return None if no one "
                "did",
            ),
            (
                """
                def solve(votes):
                    for name in votes:
                        if votes.count(name) > len(votes) / 2:
                            return name
                    return None
                """,
                """
                from collections import Counter

                def solve(votes):
                    name, count = Counter(votes).most_common(1)[0]
                    return name if 2 * count > len(votes) else None
                """,
            ),
        ),
        "share": (
            (
                "map each candidate to the percentage of votes (rounded to 1 digit)",
                "Given a list of votes, return a dictionary of the percentage of each name, "
                "rounded to "
                "1 digit.",
                "compute the share of votes in percent for each candidate (rounded to one digit)",
            ),
            (
                """
                def solve(votes):
                    return {name: round(100 * votes.count(name) / len(votes), 1) for name in votes}
                """,
                """
                from collections import Counter

                def solve(votes):
                    counts = Counter(votes)
                    return {name: round(100 * counts[name] / len(votes), 1) for name in counts}
                """,
            ),
        ),
    }[answer]
    arguments = []
    for index in range(7):
        names = list(dict.fromkeys(choose.person() for _ in range(3)))
        votes = [choose.one_of(names) for _ in range(choose.integer(3, 8))]
        votes += [names[0]] * len(votes) if answer == "majority" and index % 2 else []
        arguments.append((choose.shuffled(votes),))
    return Exercise(
        texts=texts,
        names=(f"vote_{answer}", f"election_{answer}", "count_votes", f"find_{answer}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "votes": ("ballots", "names", "lst", "data"),
            "name": ("candidate", "person", "who"),
            "key": ("key",),
        },
    )


_BODY = {
    "above": ("height > k", "taller than <k> cm"),
    "both": ("height >= k and weight <= n", "at least <k> cm tall and at most <n> kg heavy"),
    "heavier": ("weight > k", "heavier than <k> kg"),
}


@family(condition=tuple(_BODY), result=("dict", "names"))
def select_by_height_and_weight(choose: Chooser, condition: str, result: str) -> Exercise:
    """Select people from a dict of names and (height, weight) tuples."""
    test, noun = _BODY[condition]
    parameters = "people, k, n" if "<n>" in noun else "people, k"
    loop = "name, (height, weight) in people.items()"
    if result == "names":
        unused = "height" if "height" not in test else "weight" if "weight" not in test else ""
        loop = loop.replace(unused, "_") if unused else loop
    expression, start, step = {
        "dict": (
            f"{{name: (height, weight) for {loop} if {test}}}",
            "{}",
            "result[name] = (height, weight)",
        ),
        "names": (f"[name for {loop} if {test}]", "[]", "result.append(name)"),
    }[result]
    returned = "a dictionary of the people" if result == "dict" else "the names of the people"
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        people = {
            choose.person(): (choose.integer(150, 200), choose.integer(50, 100))
            for _ in range(choose.integer(2, 5))
        }
        k = choose.integer(60, 80) if condition == "heavier" else choose.integer(160, 180)
        arguments.append((people, k, choose.integer(65, 90)) if "<n>" in noun else (people, k))
    return Exercise(
        texts=(
            f"return {returned} who are {noun}; the input maps names to (height, weight) tuples",
            f"Given a dictionary of names and (height, weight) tuples, return {returned} who are "
            f"{noun}.",
            f"select from a dictionary of people with height and weight those who are {noun} and "
            "return " + ("them as a dictionary" if result == "dict" else "their names"),
        ),
        names=(
            f"select_{condition}",
            f"people_{condition}",
            f"{result}_by_height",
            "select_people",
        ),
        solutions=(
            f"def solve({parameters}):\n    return {expression}",
            f"""
            def solve({parameters}):
                result = {start}
                for {loop}:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=arguments,
        synonyms={
            "people": ("persons", "d", "records"),
            "name": ("person", "who"),
            "n": ("m", "limit"),
        },
    )


_JOINED = {
    "inner": (
        "every person who has a city",
        "[(name, value, other[name]) for name, value in pairs if name in other]",
    ),
    "left": (
        "every person, with None for a missing city",
        "[(name, value, other.get(name)) for name, value in pairs]",
    ),
    "missing": (
        "the names of the people without a city",
        "[name for name, _ in pairs if name not in other]",
    ),
}


@family(kind=tuple(_JOINED), second=("dict", "pairs"))
def join_two_tables(choose: Chooser, kind: str, second: str) -> Exercise:
    """Join (name, age) pairs with the cities of a dict or of pairs."""
    noun, expression = _JOINED[kind]
    given = (
        "a dictionary from names to cities" if second == "dict" else "a list of (name, city) tuples"
    )
    shown = noun if kind == "missing" else f"(name, age, city) tuples for {noun}"
    convert = "" if second == "dict" else "other = dict(other)\n                "
    loop_body = {
        "inner": "if name in other:\n"
        "                        result.append((name, value, other[name]))",
        "left": "result.append((name, value, other.get(name)))",
        "missing": "if name not in other:\n                        result.append(name)",
    }[kind]
    age = "_" if kind == "missing" else "value"
    towns = ("Oslo", "Lima", "Rome", "Paris", "Quito", "Lagos")
    arguments = []
    for _ in range(6):
        names = list(dict.fromkeys(choose.person() for _ in range(6)))
        pairs = [(name, choose.integer(18, 80)) for name in names[: choose.integer(2, 4)]]
        cities: Any = {name: choose.one_of(towns) for name in choose.sample(names, (2, 4))}
        arguments.append((pairs, cities if second == "dict" else list(cities.items())))
    return Exercise(
        texts=(
            f"join a list of (name, age) tuples with {given} and return {shown}",
            f"Given a list of (name, age) tuples and {given}, return a list of {shown}.",
            f"combine people and cities: from (name, age) tuples and {given}, list {shown}",
        ),
        names=(f"{kind}_join", "join_tables", "combine_people", f"join_{kind}"),
        solutions=(
            f"def solve(pairs, other):\n    return {expression}"
            if second == "dict"
            else f"def solve(pairs, other):\n    other = dict(other)\n    return {expression}",
            f"""
            def solve(pairs, other):
                {convert}result = []
                for name, {age} in pairs:
                    {loop_body}
                return result
            """,
        ),
        arguments=arguments,
        synonyms={
            "pairs": ("people", "ages", "first"),
            "other": ("cities", "second", "towns"),
            "value": ("age", "number"),
            "name": ("person", "who"),
        },
    )
