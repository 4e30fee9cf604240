"""Stacks and queues: brackets, postfix, undo, next greater elements, waiting lines."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _balanced(choose: Chooser, pairs: str, num: int) -> str:
    """Return a balanced text of brackets, such as `([])`."""
    text = ""
    for _ in range(num):
        kind = 2 * choose.integer(0, len(pairs) // 2 - 1)
        place = choose.integer(0, len(text))
        text = text[:place] + pairs[kind : kind + 2] + text[place:]
    return text


def _spoiled(choose: Chooser, text: str) -> str:
    """Return a text of brackets with a small fault, most probably."""
    place = choose.integer(0, len(text) - 1)
    fault = choose.integer(0, 2)
    if fault == 0:
        return text[:place] + text[place + 1 :]
    if fault == 1:
        return text[::-1]
    return text[:place] + choose.one_of("([)]") + text[place + 1 :]


@family(brackets=("round", "all"), answer=("bool", "yes_no", "in_text"))
def balanced_brackets(choose: Chooser, brackets: str, answer: str) -> Exercise:
    """Check whether brackets are closed in the right order."""
    kinds = "()" if brackets == "round" else "()[]{}"
    noun = "parentheses" if brackets == "round" else "brackets (), [] and {}"
    results = {"bool": ("True", "False"), "yes_no": ('"Yes"', '"No"'), "in_text": ("True", "False")}
    yes, no = results[answer]
    answers = ", and return 'Yes' or 'No'" if answer == "yes_no" else ""
    between = "; other characters are skipped" if answer == "in_text" else ""
    where = "an expression" if answer == "in_text" else "a string"
    check_round = f"""
        def solve(text):
            depth = 0
            for char in text:
                if char == "(":
                    depth += 1
                elif char == ")":
                    depth -= 1
                if depth < 0:
                    return {no}
            return {yes} if depth == 0 else {no}
        """
    check_all = f"""
        def solve(text):
            pairs = {{")": "(", "]": "[", "}}": "{{"}}
            stack = []
            for char in text:
                if char in "([{{":
                    stack.append(char)
                elif char in pairs:
                    if not stack or stack.pop() != pairs[char]:
                        return {no}
            return {no} if stack else {yes}
        """
    with_stack = f"""
        def solve(text):
            stack = []
            for char in text:
                if char == "(":
                    stack.append(char)
                elif char == ")":
                    if not stack:
                        return {no}
                    stack.pop()
            if stack:
                return {no}
            return {yes}
        """
    expecting = f"""
        def solve(text):
            closing = {{"(": ")", "[": "]", "{{": "}}"}}
            expected = []
            for char in text:
                if char in closing:
                    expected.append(closing[char])
                elif char in ")]}}":
                    if not expected or expected.pop() != char:
                        return {no}
            if expected:
                return {no}
            return {yes}
        """
    by_removal = f"""
        def solve(text):
            while "()" in text or "[]" in text or "{{}}" in text:
                text = text.replace("()", "").replace("[]", "").replace("{{}}", "")
            return {yes} if text == "" else {no}
        """
    solutions = [check_round, with_stack] if brackets == "round" else [check_all, expecting]
    if answer != "in_text" and brackets == "all":
        solutions.append(by_removal)
    plain = yes == "True"
    if plain:
        solutions = [
            code.replace("return True if depth == 0 else False", "return depth == 0")
            .replace("return False if stack else True", "return not stack")
            .replace('return True if text == "" else False', 'return text == ""')
            .replace(
                "if stack:\n                return False\n            return True",
                "return not stack",
            )
            for code in solutions
        ]
    arguments = []
    for place in range(7):
        text = _balanced(choose, kinds, choose.integer(1, 4))
        if place % 2:
            text = _spoiled(choose, text)
            text = text if brackets == "all" else text.replace("[", "(").replace("]", ")")
        if answer == "in_text":
            text = "".join(char + choose.one_of(("", "a", "x+", "2*b", " ")) for char in text)
        arguments.append((text,))
    arguments.append(("",))
    return Exercise(
        texts=(
            f"check whether the {noun} in {where} are balanced{answers}{between}",
            f"test if all {noun} of {where} are opened and closed correctly{answers}{between}",
            f"check if {where} has matching {noun}{answers}{between}",
            f"Given {where} with {noun}, find out whether each opening one is closed in the right "
            f"order{answers}{between}.",
            f"Are the {noun} in {where} correctly nested? Return {yes} or {no}{between}.".replace(
                '"', "'"
            ),
        ),
        names=("is_balanced", "check_brackets", "valid_parentheses", "balanced", "are_matched"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"pairs": ("partners", "opening", "matches")},
    )


_BRACKET_MEASURES = {
    "depth": (
        (
            "the maximum nesting depth of the parentheses in a string",
            "how deep parentheses are nested at most",
        ),
        ("max_depth", "nesting_depth", "bracket_depth"),
    ),
    "to_add": (
        (
            "the minimum number of parentheses that must be added to a string to balance it",
            "how many brackets ( or ) are missing at least in a string of brackets",
        ),
        ("min_to_add", "missing_parentheses", "brackets_to_add"),
    ),
    "longest": (
        (
            "the length of the longest balanced substring of a string of parentheses",
            "how long the longest contiguous well-formed part of a string of ( and ) is",
        ),
        ("longest_valid", "longest_balanced", "max_valid_length"),
    ),
    "position": (
        (
            "the index of the parenthesis of a string that closes the first opening one, or -1 if "
            "it is never closed or there is none",
            "the position of the bracket ) that belongs to the first ( of a string (-1 for none)",
        ),
        ("closing_index", "find_closing", "matching_position"),
    ),
    "groups": (
        (
            "the list of the outermost balanced groups of a balanced string of parentheses",
            "the list of the parts into which a balanced string of ( and ) can be cut such that "
            "each part is balanced and cannot be cut further",
        ),
        ("split_groups", "outer_groups", "primitive_parts"),
    ),
    "strip": (
        (
            "what remains of a balanced string of parentheses without the outermost pair of each "
            "group",
            "what is left of a balanced string of brackets when the outer pair of every top-level "
            "group is removed",
        ),
        ("remove_outer", "strip_outer_parentheses", "without_outer"),
    ),
}


@family(task=tuple(_BRACKET_MEASURES))
def measuring_parentheses(choose: Chooser, task: str) -> Exercise:
    """Measure or cut strings of parentheses."""
    (thing, other), names = _BRACKET_MEASURES[task]
    of_it = thing.replace(" in a string", "").replace("to a string to balance", "to balance")
    of_it = of_it.replace("a balanced string of parentheses", "it")
    of_it = of_it.replace("a string of parentheses", "it")
    solutions = {
        "depth": (
            """
            def solve(text):
                depth = best = 0
                for char in text:
                    if char == "(":
                        depth += 1
                        best = max(best, depth)
                    elif char == ")":
                        depth -= 1
                return best
            """,
            """
            def solve(text):
                depths = [0]
                for char in text:
                    step = 1 if char == "(" else -1 if char == ")" else 0
                    depths.append(depths[-1] + step)
                return max(depths)
            """,
        ),
        "to_add": (
            """
            def solve(text):
                opened = missing = 0
                for char in text:
                    if char == "(":
                        opened += 1
                    elif opened > 0:
                        opened -= 1
                    else:
                        missing += 1
                return opened + missing
            """,
            """
            def solve(text):
                while "()" in text:
                    text = text.replace("()", "")
                return len(text)
            """,
        ),
        "longest": (
            """
            def solve(text):
                stack = [-1]
                best = 0
                for i, char in enumerate(text):
                    if char == "(":
                        stack.append(i)
                    else:
                        stack.pop()
                        if stack:
                            best = max(best, i - stack[-1])
                        else:
                            stack.append(i)
                return best
            """,
            """
            def solve(text):
                best = 0
                for start in range(len(text)):
                    depth = 0
                    for end in range(start, len(text)):
                        depth += 1 if text[end] == "(" else -1
                        if depth < 0:
                            break
                        if depth == 0:
                            best = max(best, end - start + 1)
                return best
            """,
        ),
        "position": (
            """
            def solve(text):
                depth = 0
                for i, char in enumerate(text):
                    if char == "(":
                        depth += 1
                    elif char == ")" and depth > 0:
                        depth -= 1
                        if depth == 0:
                            return i
                return -1
            """,
        ),
        "groups": (
            """
            def solve(text):
                groups = []
                depth = start = 0
                for i, char in enumerate(text):
                    depth += 1 if char == "(" else -1
                    if depth == 0:
                        groups.append(text[start:i + 1])
                        start = i + 1
                return groups
            """,
            """
            def solve(text):
                groups = []
                current = ""
                for char in text:
                    current += char
                    if current.count("(") == current.count(")"):
                        groups.append(current)
                        current = ""
                return groups
            """,
        ),
        "strip": (
            """
            def solve(text):
                result = ""
                depth = 0
                for char in text:
                    if char == ")":
                        depth -= 1
                    if depth > 0:
                        result += char
                    if char == "(":
                        depth += 1
                return result
            """,
            """
            def solve(text):
                result = []
                depth = start = 0
                for i, char in enumerate(text):
                    depth += 1 if char == "(" else -1
                    if depth == 0:
                        result.append(text[start + 1:i])
                        start = i + 1
                return "".join(result)
            """,
        ),
    }[task]
    arguments = []
    for place in range(6):
        text = _balanced(choose, "()", choose.integer(2, 5))
        if task == "position":
            text = "".join(c + choose.one_of(("", "a", "+b", "1")) for c in text) + choose.letters(
                2
            )
            text = text.replace(")", "", 1) if place % 3 == 2 else text
        elif task in ("to_add", "longest"):
            text = (
                "".join(choose.shuffled(text)) if place % 2 else text + choose.one_of(("(", "))"))
            )
        arguments.append((text,))
    arguments.append(("",))
    return Exercise(
        texts=(
            f"find {thing}",
            f"return {other}",
            f"Write a function that returns {thing}.",
            f"I need to know {other}."
            if task in ("depth", "to_add", "longest")
            else f"Return {other}.",
        ),
        names=names,
        solutions=solutions,
        arguments=arguments,
    )


def _neighbour(side: str, sign: str, *, index: bool) -> tuple[str, ...]:
    """Return two styles of a search for the nearest larger or smaller element."""
    value = "j" if index else "numbers[j]"
    order = "range(i + 1, len(numbers))" if side == "next" else "range(i - 1, -1, -1)"
    slow = f"""
        def solve(numbers):
            result = []
            for i in range(len(numbers)):
                found = -1
                for j in {order}:
                    if numbers[j] {sign} numbers[i]:
                        found = {value}
                        break
                result.append(found)
            return result
        """
    stored = "number" if not index else "i"
    last = "stack[-1]" if not index else "numbers[stack[-1]]"
    against = "<=" if sign == ">" else ">="
    if side == "next":
        fast = f"""
        def solve(numbers):
            result = [-1] * len(numbers)
            stack = []
            for i in range(len(numbers) - 1, -1, -1):
                number = numbers[i]
                while stack and {last} {against} number:
                    stack.pop()
                if stack:
                    result[i] = stack[-1]
                stack.append({stored})
            return result
        """
    else:
        fast = f"""
        def solve(numbers):
            result = []
            stack = []
            for i, number in enumerate(numbers):
                while stack and {last} {against} number:
                    stack.pop()
                result.append(stack[-1] if stack else -1)
                stack.append({stored})
            return result
        """
    if not index and side == "previous":
        fast = fast.replace("for i, number in enumerate(numbers):", "for number in numbers:")
    return slow, fast


@family(side=("next", "previous"), compare=("greater", "smaller"), want=("value", "index"))
def nearest_greater_or_smaller(choose: Chooser, side: str, compare: str, want: str) -> Exercise:
    """Find the nearest element to one side that is larger or smaller."""
    where = "after" if side == "next" else "before"
    hand = "right" if side == "next" else "left"
    thing = f"{side} {compare} element"
    index = "" if want == "value" else "the index of "
    sign = ">" if compare == "greater" else "<"
    return Exercise(
        texts=(
            f"find {index}the {thing} for each element of a list, -1 if there is none",
            f"Return a list with, for every number, {index}the nearest {compare} number {where} it "
            "in the list, or -1.",
            f"find, for each element of an array, {index}the first {compare} element to its {hand}"
            "; use -1 if no such element exists",
            f"Given a list of positive numbers, return a list of equal length that holds {index}"
            f"the {thing} of each one (the nearest to its {hand}), or -1 where it does not exist.",
            f"find, for all numbers of a list, {index}the nearest {compare} one to "
            f"the {hand}, with -1 for none",
        ),
        names=(
            f"{side}_{compare}",
            f"{side}_{compare}_{'elements' if want == 'value' else 'index'}",
            f"nearest_{compare}_{hand}",
            f"first_{compare}_{where}",
        ),
        solutions=_neighbour(side, sign, index=want == "index"),
        arguments=[(choose.integers((3, 8), 1, 20),) for _ in range(5)]
        + [([choose.integer(1, 9)] * 3,), (sorted(choose.integers(4, 1, 15)),)],
    )


def _expression(choose: Chooser, depth: int) -> tuple[str, str, str]:
    """Return a sum, difference or product as infix, postfix and prefix text."""
    if depth == 0 or choose.chance(0.2):
        number = str(choose.integer(1, 12))
        return number, number, number
    sign = choose.one_of("+-*")
    one, two = _expression(choose, depth - 1), _expression(choose, depth - 1)
    return (
        f"( {one[0]} {sign} {two[0]} )",
        f"{one[1]} {two[1]} {sign}",
        f"{sign} {one[2]} {two[2]}",
    )


@family(task=("postfix", "prefix", "tokens", "infix", "to_postfix"))
def arithmetic_with_a_stack(choose: Chooser, task: str) -> Exercise:
    """Evaluate or convert expressions with a stack."""
    apply = """
                        if token == "+":
                            stack.append(a + b)
                        elif token == "-":
                            stack.append(a - b)
                        else:
                            stack.append(a * b)
    """.rstrip()
    texts, names, solutions = {
        "postfix": (
            (
                "evaluate an arithmetic expression in postfix notation, such as '3 4 + 2 *', with "
                "the operators +, - and *",
                "compute the value of a string in reverse Polish notation; tokens are separated "
                "by spaces, operators are + - *",
                "Given a postfix expression of integers as text, return its value. It uses only "
                "+, - and *.",
                "Evaluate an RPN string with a stack.",
            ),
            ("evaluate_postfix", "eval_rpn", "rpn", "postfix_value"),
            (
                f"""
                def solve(text):
                    stack = []
                    for token in text.split():
                        if token not in ("+", "-", "*"):
                            stack.append(int(token))
                            continue
                        b = stack.pop()
                        a = stack.pop()
{apply}
                    return stack[0]
                """,
                """
                import operator


                def solve(text):
                    operations = {"+": operator.add, "-": operator.sub, "*": operator.mul}
                    stack = []
                    for token in text.split():
                        if token in operations:
                            b = stack.pop()
                            a = stack.pop()
                            stack.append(operations[token](a, b))
                        else:
                            stack.append(int(token))
                    return stack.pop()
                """,
            ),
        ),
        "tokens": (
            (
                "evaluate a list of tokens in postfix notation, such as ['3', '4', '+']",
                "compute the value of a list of strings in reverse Polish notation, with the "
                "operators +, - and *",
                "Given the tokens of a postfix expression as a list of strings, return its value.",
                "Evaluate reverse Polish notation (a list of numbers and + - * as strings).",
            ),
            ("evaluate_tokens", "eval_rpn", "rpn_list", "calculate"),
            (
                """
                def solve(tokens):
                    stack = []
                    for token in tokens:
                        if token in ("+", "-", "*"):
                            b = stack.pop()
                            a = stack.pop()
                            if token == "+":
                                stack.append(a + b)
                            elif token == "-":
                                stack.append(a - b)
                            else:
                                stack.append(a * b)
                        else:
                            stack.append(int(token))
                    return stack[0]
                """,
                """
                def solve(tokens):
                    operations = {
                        "+": lambda a, b: a + b,
                        "-": lambda a, b: a - b,
                        "*": lambda a, b: a * b,
                    }
                    stack = []
                    for token in tokens:
                        if token in operations:
                            b, a = stack.pop(), stack.pop()
                            stack.append(operations[token](a, b))
                        else:
                            stack.append(int(token))
                    return stack.pop()
                """,
            ),
        ),
        "prefix": (
            (
                "evaluate an arithmetic expression in prefix notation, such as '* + 3 4 2', with "
                "the operators +, - and *",
                "compute the value of a string in Polish notation; tokens are separated by "
                "spaces, the operators + - * stand before their two operands",
                "Given a prefix expression of integers as text, return its value. It uses only "
                "+, - and *.",
                "Evaluate a prefix (Polish notation) string.",
            ),
            ("evaluate_prefix", "eval_polish", "prefix_value"),
            (
                """
                def solve(text):
                    stack = []
                    for token in reversed(text.split()):
                        if token in ("+", "-", "*"):
                            a = stack.pop()
                            b = stack.pop()
                            if token == "+":
                                stack.append(a + b)
                            elif token == "-":
                                stack.append(a - b)
                            else:
                                stack.append(a * b)
                        else:
                            stack.append(int(token))
                    return stack[0]
                """,
                """
                def solve(text):
                    tokens = iter(text.split())

                    def value():
                        token = next(tokens)
                        if token == "+":
                            return value() + value()
                        if token == "-":
                            return value() - value()
                        if token == "*":
                            return value() * value()
                        return int(token)

                    return value()
                """,
            ),
        ),
        "infix": (
            (
                "evaluate an expression with full parentheses and spaces between all tokens, such "
                "as '( 3 + ( 4 * 2 ) )'",
                "compute the value of a fully parenthesized expression with the operators +, - "
                "and *; all tokens are separated by spaces; do not use eval",
                "Given an expression in which every operation has its own parentheses, return "
                "its value without calling eval. Tokens are separated by single spaces.",
                "Value of an expression like '( 1 + ( 2 * 3 ) )', in which each operation has "
                "parentheses and tokens are separated by spaces.",
            ),
            ("evaluate_infix", "eval_parenthesized", "calculate"),
            (
                """
                def solve(text):
                    values, signs = [], []
                    for token in text.split():
                        if token in ("+", "-", "*"):
                            signs.append(token)
                        elif token == ")":
                            b = values.pop()
                            a = values.pop()
                            sign = signs.pop()
                            if sign == "+":
                                values.append(a + b)
                            elif sign == "-":
                                values.append(a - b)
                            else:
                                values.append(a * b)
                        elif token != "(":
                            values.append(int(token))
                    return values[0]
                """,
            ),
        ),
        "to_postfix": (
            (
                "convert an infix expression without parentheses into postfix notation, where * "
                "binds more strongly than + and -; tokens are separated by spaces",
                "turn an expression such as '1 + 2 * 3' into reverse Polish notation ('1 2 3 * "
                "+'); the operators are +, - and *, from left to right",
                "Given an expression of numbers, + - and * with spaces between all tokens, return "
                "its postfix form as text. Multiplication comes first, equal operators are "
                "applied from the left.",
                "Infix to postfix for + - and * without parentheses, tokens separated by spaces.",
            ),
            ("infix_to_postfix", "to_rpn", "to_postfix"),
            (
                """
                def solve(text):
                    rank = {"+": 1, "-": 1, "*": 2}
                    output, stack = [], []
                    for token in text.split():
                        if token in rank:
                            while stack and rank[stack[-1]] >= rank[token]:
                                output.append(stack.pop())
                            stack.append(token)
                        else:
                            output.append(token)
                    while stack:
                        output.append(stack.pop())
                    return " ".join(output)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        infix, postfix, prefix = _expression(choose, 1 if place < 2 else 2)
        if task == "to_postfix":
            size = choose.integer(2, 4)
            text = str(choose.integer(1, 20))
            for _ in range(size - 1):
                text += f" {choose.one_of('+-*')} {choose.integer(1, 20)}"
            arguments.append((text,))
        elif task == "tokens":
            arguments.append((postfix.split(),))
        else:
            arguments.append(({"postfix": postfix, "prefix": prefix, "infix": infix}[task],))
    arguments.append((["7"],) if task == "tokens" else ("7",))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"tokens": ("parts", "expression", "items"), "text": ("expression", "expr", "s")},
    )
