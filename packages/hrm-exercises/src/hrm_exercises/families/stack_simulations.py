"""Stacks, queues and texts that are changed step by step by commands."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("stack", "stack_tuples", "queue", "deque", "undo", "undo_redo"))
def lists_of_commands(choose: Chooser, task: str) -> Exercise:
    """Carry out commands for a stack, a queue or a text."""
    texts, names, solutions = {
        "stack": (
            (
                "run a list of commands such as 'push 3' and 'pop' on an empty stack and return "
                "the stack as a list, bottom first ('pop' on an empty stack does nothing)",
                "simulate a stack: 'push x' puts the integer x on it and 'pop' removes the top "
                "one, if there is one; return what is left from bottom to top",
                "Given commands as strings ('push 5', 'pop'), return the final contents of a "
                "stack that starts empty. Ignore a pop of an empty stack.",
                "Execute 'push N' and 'pop' commands and return the resulting stack as a list of "
                "integers. Popping from an empty stack has no effect.",
            ),
            ("run_stack", "simulate_stack", "stack_commands", "execute"),
            (
                """
                def solve(commands):
                    stack = []
                    for command in commands:
                        if command == "pop":
                            if stack:
                                stack.pop()
                        else:
                            stack.append(int(command.split()[1]))
                    return stack
                """,
                """
                def solve(commands):
                    stack = []
                    for command in commands:
                        parts = command.split()
                        if parts[0] == "push":
                            stack.append(int(parts[1]))
                        elif stack:
                            stack.pop()
                    return stack
                """,
            ),
        ),
        "stack_tuples": (
            (
                "run operations on a stack, given as tuples ('push', x) or ('pop',), and return "
                "the list of all values that were popped (an empty stack is never popped)",
                "simulate a stack with ('push', value) and ('pop',) operations; return what comes "
                "out, in order",
                "Given a list of stack operations as tuples, collect the results of all pops.",
                "Return the popped values of a sequence of stack operations like ('push', 4) and "
                "('pop',).",
            ),
            ("popped_values", "run_operations", "stack_output"),
            (
                """
                def solve(operations):
                    stack = []
                    result = []
                    for operation in operations:
                        if operation[0] == "push":
                            stack.append(operation[1])
                        else:
                            result.append(stack.pop())
                    return result
                """,
                """
                def solve(operations):
                    stack, popped = [], []
                    for name, *arguments in operations:
                        if name == "push":
                            stack.extend(arguments)
                        elif name == "pop":
                            popped.append(stack.pop())
                    return popped
                """,
            ),
        ),
        "queue": (
            (
                "run a list of commands such as 'enqueue 3' and 'dequeue' on an empty queue and "
                "return the queue as a list, front first ('dequeue' on an empty queue does "
                "nothing)",
                "simulate a queue: 'enqueue x' adds the integer x at the back, 'dequeue' removes "
                "the front one, if there is one; return what is left",
                "Given commands as strings ('enqueue 5', 'dequeue'), return the final contents of "
                "a queue that starts empty, from front to back. Ignore a dequeue of an empty "
                "queue.",
                "Execute 'enqueue N' and 'dequeue' commands and return the resulting queue.",
            ),
            ("run_queue", "simulate_queue", "queue_commands"),
            (
                """
                from collections import deque


                def solve(commands):
                    queue = deque()
                    for command in commands:
                        if command == "dequeue":
                            if queue:
                                queue.popleft()
                        else:
                            queue.append(int(command.split()[1]))
                    return list(queue)
                """,
                """
                def solve(commands):
                    queue = []
                    for command in commands:
                        if command == "dequeue":
                            queue = queue[1:]
                        else:
                            queue.append(int(command.split()[1]))
                    return queue
                """,
            ),
        ),
        "deque": (
            (
                "run the commands 'left x', 'right x', 'popleft' and 'popright' on an empty "
                "double-ended queue and return its contents (pops of an empty one do nothing)",
                "simulate a deque: 'left x' and 'right x' add the integer x at an end, 'popleft' "
                "and 'popright' remove from an end if anything is there; return the final list",
                "Given commands for a double-ended queue ('left 3', 'right 4', 'popleft', "
                "'popright'), return what it holds at the end. Ignore pops when it is empty.",
                "Process deque commands ('left N', 'right N', 'popleft', 'popright') and return "
                "the deque as a list from left to right.",
            ),
            ("run_deque", "simulate_deque", "deque_commands"),
            (
                """
                from collections import deque


                def solve(commands):
                    items = deque()
                    for command in commands:
                        parts = command.split()
                        if parts[0] == "left":
                            items.appendleft(int(parts[1]))
                        elif parts[0] == "right":
                            items.append(int(parts[1]))
                        elif items and parts[0] == "popleft":
                            items.popleft()
                        elif items:
                            items.pop()
                    return list(items)
                """,
                """
                def solve(commands):
                    result = []
                    for command in commands:
                        if command == "popleft":
                            result = result[1:]
                        elif command == "popright":
                            result = result[:-1]
                        else:
                            side, value = command.split()
                            if side == "left":
                                result = [int(value)] + result
                            else:
                                result = result + [int(value)]
                    return result
                """,
            ),
        ),
        "undo": (
            (
                "return the list of words that remain when 'undo' in a list removes the last "
                "remaining word before it",
                "process a list of words in which 'undo' takes back the last word that is still "
                "there (if there is any)",
                "Words are typed one after another; 'undo' deletes the latest word that was not "
                "deleted yet. Return the list of words at the end.",
                "Apply all 'undo' entries of a list and return the other words that are left.",
            ),
            ("apply_undo", "undo", "remaining_words", "process_undo"),
            (
                """
                def solve(words):
                    stack = []
                    for word in words:
                        if word != "undo":
                            stack.append(word)
                        elif stack:
                            stack.pop()
                    return stack
                """,
                """
                def solve(words):
                    result = []
                    for word in words:
                        if word == "undo":
                            result = result[:-1]
                        else:
                            result.append(word)
                    return result
                """,
            ),
        ),
        "undo_redo": (
            (
                "process a list of words with 'undo' (take back the last word) and 'redo' (bring "
                "back the last word that was taken back); a new word clears what can be redone; "
                "return the final list",
                "simulate an editor: words are added, 'undo' removes the last one, 'redo' puts "
                "the last undone one back unless a word was typed since; return the words",
                "Given words, 'undo' and 'redo' commands, return the words at the end. Nothing "
                "happens if there is nothing to undo or redo, and typing a word empties the redo "
                "history.",
                "Undo and redo in a list of typed words: return what is left in the end; a newly "
                "typed word can't be followed by an older redo.",
            ),
            ("undo_redo", "editor", "process_history"),
            (
                """
                def solve(words):
                    done = []
                    undone = []
                    for word in words:
                        if word == "undo":
                            if done:
                                undone.append(done.pop())
                        elif word == "redo":
                            if undone:
                                done.append(undone.pop())
                        else:
                            done.append(word)
                            undone.clear()
                    return done
                """,
                """
                def solve(words):
                    result = []
                    undone = []
                    for word in words:
                        if word == "undo" and result:
                            undone.append(result.pop())
                        elif word == "redo" and undone:
                            result.append(undone.pop())
                        elif word not in ("undo", "redo"):
                            result.append(word)
                            undone = []
                    return result
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        size = choose.integer(3, 8)
        if task == "stack_tuples":
            operations: list[tuple[Any, ...]] = []
            height = 0
            for _ in range(size):
                pushes = height == 0 or choose.chance(0.55)
                operations.append(("push", choose.integer(1, 30)) if pushes else ("pop",))
                height += 1 if pushes else -1
            arguments.append((operations,))
        elif task in ("undo", "undo_redo"):
            extra = ("undo",) if task == "undo" else ("undo", "undo", "redo")
            arguments.append(
                (
                    [
                        choose.word() if choose.chance(0.55) else choose.one_of(extra)
                        for _ in "x" * size
                    ],
                )
            )
        else:
            adds, removes = {
                "stack": (("push",), ("pop",)),
                "queue": (("enqueue",), ("dequeue",)),
                "deque": (("left", "right"), ("popleft", "popright")),
            }[task]
            arguments.append(
                (
                    [
                        f"{choose.one_of(adds)} {choose.integer(1, 30)}"
                        if choose.chance(0.62)
                        else choose.one_of(removes)
                        for _ in range(size)
                    ],
                )
            )
    arguments.append(([],))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"commands": ("cmds", "lines", "operations"), "operations": ("ops", "commands")},
    )


def _starred(choose: Chooser) -> str:
    """Return a word with stars, each of which has a letter to delete."""
    text, left = "", 0
    for char in choose.word():
        text += char
        left += 1
        while left and choose.chance(0.3):
            text += "*"
            left -= 1
    return text


def _cancelling(choose: Chooser, task: str) -> tuple[Any, ...]:
    """Return arguments for a task of `removing_with_a_stack`."""
    if task == "pairs":
        return (choose.letters((3, 8), choose.one_of(("ab", "abc", "xyz"))),)
    if task == "pairs_of_k":
        return choose.letters((4, 9), choose.one_of(("ab", "abc", "aab"))), choose.integer(2, 3)
    if task == "stars":
        return (_starred(choose),)
    if task == "case":
        return (choose.letters((3, 8), "aAbBc"),)
    if task == "path":
        parts = [choose.one_of((choose.word(), choose.word(), "..", ".", "")) for _ in range(4)]
        return ("/" + "/".join(parts) + choose.one_of(("", "/")),)
    sizes = choose.integers((2, 6), 1, 12)
    return ([size * choose.one_of((-1, 1, 1)) for size in sizes],)


@family(task=("pairs", "pairs_of_k", "stars", "case", "path", "asteroids"))
def removing_with_a_stack(choose: Chooser, task: str) -> Exercise:
    """Remove things that cancel each other."""
    texts, names, solutions = {
        "pairs": (
            (
                "remove pairs of equal neighbouring letters from a string again and again until "
                "there are none",
                "repeatedly delete two adjacent equal characters of a string, and return what is "
                "left",
                "Given a string, delete equal neighbours in pairs as long as possible; new "
                "neighbours count too. Return the final string.",
                "Crush adjacent duplicates: 'abbc' becomes 'ac', 'abba' becomes ''. Return the "
                "rest of a given string.",
            ),
            ("remove_pairs", "crush", "remove_adjacent_pairs", "delete_doubles"),
            (
                """
                def solve(text):
                    stack = []
                    for char in text:
                        if stack and stack[-1] == char:
                            stack.pop()
                        else:
                            stack.append(char)
                    return "".join(stack)
                """,
                """
                def solve(text):
                    result = ""
                    for char in text:
                        if result.endswith(char):
                            result = result[:-1]
                        else:
                            result += char
                    return result
                """,
            ),
        ),
        "pairs_of_k": (
            (
                "remove groups of k equal neighbouring letters from a string again and again "
                "until there are none, from left to right",
                "repeatedly delete <k> adjacent equal characters of a string, and return what is "
                "left",
                "Given a string and k, delete runs of k equal characters as soon as they appear "
                "while reading the string. Return the remaining string.",
                "Remove k equal adjacent letters at a time, as often as possible, reading from "
                "the left.",
            ),
            ("remove_k_duplicates", "remove_groups", "delete_runs"),
            (
                """
                def solve(text, k):
                    stack = []
                    for char in text:
                        stack.append(char)
                        if stack[-k:] == [char] * k:
                            del stack[-k:]
                    return "".join(stack)
                """,
                """
                def solve(text, k):
                    stack = []
                    for char in text:
                        if stack and stack[-1][0] == char:
                            stack[-1][1] += 1
                        else:
                            stack.append([char, 1])
                        if stack[-1][1] == k:
                            stack.pop()
                    return "".join(char * count for char, count in stack)
                """,
            ),
        ),
        "stars": (
            (
                "remove every star of a string together with the closest character to its left "
                "that is still there",
                "process a string in which each '*' deletes the character before it and itself",
                "Each * in a text removes the nearest remaining non-star character on its left. "
                "Return the text after all stars are gone.",
                "Delete the stars from a string; every star also takes away the character before "
                "it. There is always one.",
            ),
            ("remove_stars", "apply_stars", "process_stars"),
            (
                """
                def solve(text):
                    stack = []
                    for char in text:
                        if char == "*":
                            stack.pop()
                        else:
                            stack.append(char)
                    return "".join(stack)
                """,
                """
                def solve(text):
                    result = ""
                    for char in text:
                        result = result[:-1] if char == "*" else result + char
                    return result
                """,
            ),
        ),
        "case": (
            (
                "remove neighbouring pairs of a small and a capital version of the same letter "
                "from a string until there are none",
                "let letters react: a letter next to the same letter in the other case makes both "
                "disappear, again and again; return what remains",
                "Given a string of letters, repeatedly delete two neighbours that differ only in "
                "their case, like 'aA' or 'Bb'. Return the result.",
                "Remove pairs such as 'aA' or 'Bb' (equal letters, different case, side by side) "
                "until none is left.",
            ),
            ("react", "make_good", "remove_case_pairs"),
            (
                """
                def solve(text):
                    stack = []
                    for char in text:
                        if stack and stack[-1] == char.swapcase():
                            stack.pop()
                        else:
                            stack.append(char)
                    return "".join(stack)
                """,
                """
                def solve(text):
                    stack = []
                    for char in text:
                        if stack and stack[-1] != char and stack[-1].lower() == char.lower():
                            stack.pop()
                        else:
                            stack.append(char)
                    return "".join(stack)
                """,
            ),
        ),
        "path": (
            (
                "simplify an absolute path of folders: '.' is the current folder, '..' goes up "
                "one (not above the root), and several slashes count as one",
                "turn a Unix path with '.', '..' and double slashes into its shortest form, which "
                "starts with '/' and has no slash at the end (except for '/' itself)",
                "Given a path that starts with '/', return its canonical form without '.', '..', "
                "repeated or trailing slashes.",
                "Canonical form of an absolute Unix path.",
            ),
            ("simplify_path", "normalize_path", "clean_path"),
            (
                """
                def solve(path):
                    stack = []
                    for part in path.split("/"):
                        if part == "..":
                            if stack:
                                stack.pop()
                        elif part and part != ".":
                            stack.append(part)
                    return "/" + "/".join(stack)
                """,
                """
                def solve(path):
                    folders = []
                    for name in path.split("/"):
                        if name == "" or name == ".":
                            continue
                        if name == "..":
                            folders = folders[:-1]
                        else:
                            folders.append(name)
                    return "/" + "/".join(folders)
                """,
            ),
        ),
        "asteroids": (
            (
                "simulate asteroids in a row: positive ones move right and negative ones left; "
                "when two meet, the smaller one (by absolute value) explodes, equal ones both do; "
                "return those that remain",
                "find what is left of a list of asteroids, where the size is the absolute value "
                "and the sign the direction (+ right, - left), and the larger of two that collide "
                "survives",
                "Each number is an asteroid that flies right if positive and left if negative, "
                "all with the same speed. In a collision the smaller one is destroyed, and both "
                "if they are equal. Return the survivors in order.",
                "Asteroid collision: right movers are positive, left movers negative, the bigger "
                "one survives, equal ones vanish. What remains?",
            ),
            ("asteroid_collision", "surviving_asteroids", "collide"),
            (
                """
                def solve(asteroids):
                    stack = []
                    for asteroid in asteroids:
                        alive = True
                        while alive and asteroid < 0 and stack and stack[-1] > 0:
                            alive = stack[-1] < -asteroid
                            if stack[-1] <= -asteroid:
                                stack.pop()
                        if alive:
                            stack.append(asteroid)
                    return stack
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = [_cancelling(choose, task) for _ in range(6)]
    if task in ("pairs", "case", "stars"):
        arguments.append(("",))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"k": ("n", "size"), "path": ("p", "text"), "asteroids": ("rocks", "numbers")},
    )
