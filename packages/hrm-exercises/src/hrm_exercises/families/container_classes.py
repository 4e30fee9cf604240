"""Classes that hold things: stacks, queues, stores, carts, books."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.classes import object_calls, vary_openings
from hrm_exercises.family import Exercise, family


@family(
    task=("stack", "stack_peek", "queue", "min_stack", "bounded", "deque", "two_stacks", "ring")
)
def container_classes(choose: Chooser, task: str) -> Exercise:
    """Write a stack, a queue or a relative of them."""
    texts, solutions = {
        "stack": (
            (
                "Create a stack class with the methods push(x), pop() and size(). pop removes and "
                "returns the top element, or None if the stack is empty.",
                "Write a class for a stack: push puts an element on top, pop takes the top one "
                "(None if there is none), size says how many there are.",
                "Implement a stack with push, pop and size. An empty stack pops None.",
                "Define a class that works last in, first out, with push(x), pop() and size(); "
                "pop() of an empty one returns None.",
            ),
            (
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def push(self, x):
                        self.items.append(x)

                    def pop(self):
                        return self.items.pop() if self.items else None

                    def size(self):
                        return len(self.items)
                """,
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def push(self, x):
                        self.items.append(x)

                    def pop(self):
                        if not self.items:
                            return None
                        return self.items.pop()

                    def size(self):
                        return len(self.items)
                """,
            ),
        ),
        "stack_peek": (
            (
                "Create a stack class with push(x), pop(), peek() and is_empty(). peek returns "
                "the top element without removing it; pop and peek give None on an empty stack.",
                "Write a class for a stack with the methods push, pop, peek and is_empty (None "
                "comes out of an empty stack).",
                "Implement a stack: push(x) adds, pop() removes and returns the last, peek() "
                "only looks at it, is_empty() returns True or False. Without elements pop and "
                "peek return None.",
                "I need a stack with push, pop, peek and is_empty, where pop and peek return None"
                " if nothing is there.",
            ),
            (
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def push(self, x):
                        self.items.append(x)

                    def pop(self):
                        return self.items.pop() if self.items else None

                    def peek(self):
                        return self.items[-1] if self.items else None

                    def is_empty(self):
                        return not self.items
                """,
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def is_empty(self):
                        return len(self.items) == 0

                    def push(self, x):
                        self.items.append(x)

                    def pop(self):
                        if self.is_empty():
                            return None
                        return self.items.pop()

                    def peek(self):
                        if self.is_empty():
                            return None
                        return self.items[-1]
                """,
            ),
        ),
        "queue": (
            (
                "Create a queue class with the methods push(x), pop() and size(). pop removes and "
                "returns the oldest element, or None if the queue is empty.",
                "Write a class for a queue, first in, first out: push adds at the back, pop takes "
                "from the front (None if there is nothing), size counts.",
                "Implement a queue with push, pop and size. An empty queue pops None.",
                "Define a class for a waiting line: push(x) joins it, pop() returns who is next "
                "(or None), size() says how many wait.",
            ),
            (
                """
                from collections import deque


                class solve:
                    def __init__(self):
                        self.items = deque()

                    def push(self, x):
                        self.items.append(x)

                    def pop(self):
                        return self.items.popleft() if self.items else None

                    def size(self):
                        return len(self.items)
                """,
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def push(self, x):
                        self.items.append(x)

                    def pop(self):
                        if self.items:
                            return self.items.pop(0)
                        return None

                    def size(self):
                        return len(self.items)
                """,
            ),
        ),
        "min_stack": (
            (
                "Create a stack class with push(x), pop() and minimum(), which returns the "
                "smallest element on the stack, or None if it is empty; pop returns the top "
                "element or None.",
                "Write a class for a stack that also knows its smallest element: push, pop and "
                "minimum (None when empty).",
                "Implement a min stack: push(x), pop() and minimum(). On an empty stack pop and "
                "minimum return None.",
                "I need a stack with push(x), pop() and a method minimum() for the smallest "
                "element in it; None if it is empty.",
            ),
            (
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def push(self, x):
                        lowest = min(x, self.items[-1][1]) if self.items else x
                        self.items.append((x, lowest))

                    def pop(self):
                        return self.items.pop()[0] if self.items else None

                    def minimum(self):
                        return self.items[-1][1] if self.items else None
                """,
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def push(self, x):
                        self.items.append(x)

                    def pop(self):
                        return self.items.pop() if self.items else None

                    def minimum(self):
                        return min(self.items, default=None)
                """,
            ),
        ),
        "bounded": (
            (
                "Create a stack class with a capacity, given to the constructor. push(x) returns "
                "True, or False without a change if the stack is full; pop() returns the top or "
                "None; size() returns the number of elements.",
                "Write a class for a stack that holds at most a given number of elements: push "
                "says with True or False whether there was room, pop gives the top (or None), "
                "size counts.",
                "Implement a bounded stack with push, pop and size. The constructor gets the "
                "largest size, and pushing on a full stack returns False.",
                "I need a stack with room for a limited number of elements: push(x) says whether "
                "x fitted, pop() gives the top element or None, size() the number of elements.",
            ),
            (
                """
                class solve:
                    def __init__(self, capacity):
                        self.capacity = capacity
                        self.items = []

                    def push(self, x):
                        if len(self.items) == self.capacity:
                            return False
                        self.items.append(x)
                        return True

                    def pop(self):
                        return self.items.pop() if self.items else None

                    def size(self):
                        return len(self.items)
                """,
            ),
        ),
        "deque": (
            (
                "Create a class for a double-ended queue with push_front(x), push_back(x), "
                "pop_front() and pop_back(). The pops return the removed element, or None if "
                "nothing is there.",
                "Write a class with two open ends: push_front, push_back, pop_front and pop_back "
                "(None if it is empty).",
                "Implement a deque class with the methods push_front, push_back, pop_front and "
                "pop_back; popping from an empty one gives None.",
                "I need a queue that is open at both ends: push_front, push_back, pop_front and "
                "pop_back, where pops give None if there is nothing.",
            ),
            (
                """
                from collections import deque


                class solve:
                    def __init__(self):
                        self.items = deque()

                    def push_front(self, x):
                        self.items.appendleft(x)

                    def push_back(self, x):
                        self.items.append(x)

                    def pop_front(self):
                        return self.items.popleft() if self.items else None

                    def pop_back(self):
                        return self.items.pop() if self.items else None
                """,
                """
                class solve:
                    def __init__(self):
                        self.items = []

                    def push_front(self, x):
                        self.items.insert(0, x)

                    def push_back(self, x):
                        self.items.append(x)

                    def pop_front(self):
                        return self.items.pop(0) if self.items else None

                    def pop_back(self):
                        return self.items.pop() if self.items else None
                """,
            ),
        ),
        "two_stacks": (
            (
                "Create a queue class that uses two stacks, with the methods push(x), pop() and "
                "size(). pop returns the oldest element, or None if there is none.",
                "Write a class for a queue made of two lists that are used as stacks: push, pop "
                "and size (pop gives None when empty).",
                "Implement a queue with two stacks. push(x) adds an element, pop() removes and "
                "returns the one that was added first (None if empty), size() counts them.",
                "I have only stacks (lists with append and pop) and want a queue: push(x), pop(),"
                " None if empty, and size().",
            ),
            (
                """
                class solve:
                    def __init__(self):
                        self.incoming = []
                        self.outgoing = []

                    def push(self, x):
                        self.incoming.append(x)

                    def pop(self):
                        if not self.outgoing:
                            while self.incoming:
                                self.outgoing.append(self.incoming.pop())
                        return self.outgoing.pop() if self.outgoing else None

                    def size(self):
                        return len(self.incoming) + len(self.outgoing)
                """,
            ),
        ),
        "ring": (
            (
                "Create a class that keeps the last n values: the constructor takes n, add(x) "
                "stores a value and forgets the oldest one if there are more than n, and "
                "values() returns them as a list, oldest first.",
                "Write a class for a buffer of a fixed size with the methods add and values; when "
                "it is full, the oldest value is dropped.",
                "Implement a ring buffer: add(x) appends, at most n values are kept, and values("
                ") lists them from the oldest to the newest.",
                "I want to remember only the last n values: add(x) stores one, values() returns "
                "them from old to new as a list.",
            ),
            (
                """
                from collections import deque


                class solve:
                    def __init__(self, n):
                        self.items = deque(maxlen=n)

                    def add(self, x):
                        self.items.append(x)

                    def values(self):
                        return list(self.items)
                """,
                """
                class solve:
                    def __init__(self, n):
                        self.size = n
                        self.items = []

                    def add(self, x):
                        self.items.append(x)
                        if len(self.items) > self.size:
                            self.items.pop(0)

                    def values(self):
                        return self.items
                """,
            ),
        ),
    }[task]  # fmt: skip
    asks = {
        "stack": ("s.pop()", "s.size()", "(s.pop(), s.size())"),
        "stack_peek": ("s.peek()", "s.pop()", "s.is_empty()", "(s.peek(), s.pop(), s.peek())"),
        "queue": ("s.pop()", "s.size()", "(s.pop(), s.pop())"),
        "min_stack": ("s.minimum()", "(s.pop(), s.minimum())", "s.pop()"),
        "bounded": ("s.push(8)", "s.size()", "(s.push(9), s.pop())"),
        "deque": ("s.pop_front()", "s.pop_back()", "(s.pop_back(), s.pop_front())"),
        "two_stacks": ("s.pop()", "s.size()", "(s.pop(), s.pop(), s.size())"),
        "ring": ("s.values()",),
    }[task]
    calls = []
    for place in range(8):
        start = {"bounded": "s = solve({})", "ring": "s = solve({})"}.get(task, "s = solve()")
        start = start.format(choose.integer(1, 3))
        values: list[Any] = choose.integers(4, 1, 50) if place % 2 else choose.words(4)
        if task == "min_stack":
            values = choose.integers(4, 1, 30)
        if task == "deque":
            moves = [f"s.push_back({values[0]!r})", f"s.push_front({values[1]!r})", "s.pop_back()"]
            moves += [f"s.push_front({values[2]!r})", f"s.push_back({values[3]!r})"]
        elif task == "ring":
            moves = [f"s.add({value!r})" for value in values]
        else:
            moves = [f"s.push({value!r})" for value in values] + ["s.pop()"]
        calls.append(object_calls(choose, start, moves, choose.one_of(asks), 5 if place else 1))
    return Exercise(
        texts=vary_openings(choose, texts),
        names={
            "stack": ("Stack", "MyStack", "SimpleStack"),
            "stack_peek": ("Stack", "PeekStack", "ListStack"),
            "queue": ("Queue", "MyQueue", "WaitingLine"),
            "min_stack": ("MinStack", "StackWithMinimum", "MinimumStack"),
            "bounded": ("BoundedStack", "LimitedStack", "SmallStack"),
            "deque": ("Deque", "DoubleEndedQueue", "TwoEnds"),
            "two_stacks": ("Queue", "TwoStackQueue", "StackQueue"),
            "ring": ("RingBuffer", "LastValues", "Buffer"),
        }[task],
        solutions=solutions,
        calls=calls,
        synonyms={"x": ("value", "item", "element"), "n": ("n", "size"), "lowest": ("smallest",)},
    )


@family(task=("inventory", "cart", "library", "phone_book", "grades", "todo"))
def collection_classes(choose: Chooser, task: str) -> Exercise:
    """Keep things by name."""
    texts, names, solutions, moves, asks = {
        "inventory": (
            (
                "Create an inventory class with add(name, amount), which increases the stock of "
                "an item, remove(name, amount), which lowers it but not below 0, and stock(name), "
                "which returns it (0 for an unknown item).",
                "Write a class for a store room: add and remove change how many of a thing are "
                "there (never less than zero), and stock says how many.",
                "Implement an inventory. add(name, amount) and remove(name, amount) change the "
                "amount of an item, stock(name) returns it; it is 0 at first and never negative.",
                "I want to keep track of my stock with a class: add(name, amount), remove(name, "
                "amount), never below zero, and stock(name).",
            ),
            ("Inventory", "Stock", "StoreRoom"),
            (
                """
                class solve:
                    def __init__(self):
                        self.amounts = {}

                    def add(self, name, amount):
                        self.amounts[name] = self.amounts.get(name, 0) + amount

                    def remove(self, name, amount):
                        self.amounts[name] = max(0, self.amounts.get(name, 0) - amount)

                    def stock(self, name):
                        return self.amounts.get(name, 0)
                """,
                """
                from collections import defaultdict


                class solve:
                    def __init__(self):
                        self.amounts = defaultdict(int)

                    def add(self, name, amount):
                        self.amounts[name] += amount

                    def remove(self, name, amount):
                        self.amounts[name] -= min(amount, self.amounts[name])

                    def stock(self, name):
                        return self.amounts[name]
                """,
            ),
            (
                f"o.add('pen', {choose.integer(2, 20)})",
                f"o.add('cup', {choose.integer(2, 20)})",
                f"o.remove('pen', {choose.integer(1, 9)})",
                f"o.remove('cup', {choose.integer(1, 9)})",
            ),
            ("o.stock('pen')", "o.stock('cup')", "[o.stock('pen'), o.stock('cup')]"),
        ),
        "cart": (
            (
                "Create a shopping cart class with add(name, price, quantity), total(), which "
                "returns the price of everything, and num_items(), which returns the number of "
                "pieces.",
                "Write a class for a shopping cart. add puts some pieces of a product with a "
                "price per piece into it, total() is the sum to pay, num_items() counts pieces.",
                "Implement a cart: add(name, price, quantity) stores a purchase, total() adds up "
                "price times quantity, num_items() adds up the quantities.",
                "I need a shopping cart: add(name, price, quantity), total() for the sum to pay "
                "and num_items() for the number of pieces.",
            ),
            ("Cart", "ShoppingCart", "Basket"),
            (
                """
                class solve:
                    def __init__(self):
                        self.lines = []

                    def add(self, name, price, quantity):
                        self.lines.append((name, price, quantity))

                    def total(self):
                        return sum(price * quantity for _, price, quantity in self.lines)

                    def num_items(self):
                        return sum(quantity for _, _, quantity in self.lines)
                """,
                """
                class solve:
                    def __init__(self):
                        self.cost = 0
                        self.pieces = 0

                    def add(self, name, price, quantity):
                        self.cost += price * quantity
                        self.pieces += quantity

                    def total(self):
                        return self.cost

                    def num_items(self):
                        return self.pieces
                """,
            ),
            tuple(
                f"o.add({choose.thing()!r}, {choose.integer(1, 30)}, {choose.integer(1, 4)})"
                for _ in range(4)
            ),
            ("o.total()", "o.num_items()", "(o.num_items(), o.total())"),
        ),
        "library": (
            (
                "Create a class for a library with add(title), borrow(title) and give_back("
                "title). borrow returns True and takes the book if it is there, else False; "
                "available() returns the sorted list of the titles that are there.",
                "Write a library class: add and give_back put a title on the shelf, borrow takes "
                "it and says with True or False whether it was there, available lists the shelf "
                "in sorted order.",
                "Implement a lending library with the methods add, borrow, give_back and "
                "available (sorted). Borrowing a book that is not there returns False.",
                "I lend books: make a class with add(title), borrow(title), which says whether "
                "the book was there, give_back(title) and available(), a sorted list.",
            ),
            ("Library", "BookShelf", "Lending"),
            (
                """
                class solve:
                    def __init__(self):
                        self.shelf = []

                    def add(self, title):
                        self.shelf.append(title)

                    def borrow(self, title):
                        if title not in self.shelf:
                            return False
                        self.shelf.remove(title)
                        return True

                    def give_back(self, title):
                        self.shelf.append(title)

                    def available(self):
                        return sorted(self.shelf)
                """,
            ),
            ("o.add('Emma')", "o.add('Dune')", "o.add('Ulysses')", "o.borrow('Emma')"),
            ("o.available()", "o.borrow('Emma')", "o.borrow('Dune')"),
        ),
        "phone_book": (
            (
                "Create a phone book class with add(name, number), which stores or changes a "
                "number, find(name), which returns it or None, and remove(name), which deletes "
                "the entry if it exists.",
                "Write a class for a phone book with the methods add, find and remove; find gives "
                "None for an unknown name.",
                "Implement an address book: add(name, number) saves, find(name) looks up (None if "
                "unknown), remove(name) deletes a name if it is there.",
                "I need a class for phone numbers: add(name, number), find(name), None if there "
                "is none, and remove(name).",
            ),
            ("PhoneBook", "AddressBook", "Contacts"),
            (
                """
                class solve:
                    def __init__(self):
                        self.entries = {}

                    def add(self, name, number):
                        self.entries[name] = number

                    def find(self, name):
                        return self.entries.get(name)

                    def remove(self, name):
                        self.entries.pop(name, None)
                """,
                """
                class solve:
                    def __init__(self):
                        self.entries = {}

                    def add(self, name, number):
                        self.entries[name] = number

                    def find(self, name):
                        if name in self.entries:
                            return self.entries[name]
                        return None

                    def remove(self, name):
                        if name in self.entries:
                            del self.entries[name]
                """,
            ),
            (
                f"o.add('Ann', '{choose.integer(1000, 9999)}')",
                f"o.add('Ben', '{choose.integer(1000, 9999)}')",
                f"o.add('Ann', '{choose.integer(1000, 9999)}')",
                "o.remove('Ben')",
            ),
            ("o.find('Ann')", "o.find('Ben')"),
        ),
        "grades": (
            (
                "Create a class for grades with add(name, grade), average(name), which returns "
                "the mean grade of a student (None without grades), and best(), which returns the "
                "name with the highest average.",
                "Write a grade book class: add stores a grade of a student, average gives the "
                "mean (or None), best the name of the student with the highest mean.",
                "Implement a grade book with the methods add(name, grade), average(name) and "
                "best(). Unknown students have the average None.",
                "I need a class for the grades of students with add(name, grade), average(name), "
                "None if there is no grade, and best() for the student with the highest average.",
            ),
            ("GradeBook", "Grades", "ClassRegister"),
            (
                """
                class solve:
                    def __init__(self):
                        self.grades = {}

                    def add(self, name, grade):
                        self.grades.setdefault(name, []).append(grade)

                    def average(self, name):
                        if name not in self.grades:
                            return None
                        return sum(self.grades[name]) / len(self.grades[name])

                    def best(self):
                        return max(self.grades, key=self.average)
                """,
            ),
            (
                f"o.add('Ann', {choose.integer(1, 5) * 2})",
                f"o.add('Ben', {choose.integer(1, 5) * 2})",
                f"o.add('Ann', {choose.integer(1, 5) * 2})",
            ),
            ("o.average('Ann')", "o.average('Ben')", "o.best()"),
        ),
        "todo": (
            (
                "Create a class for a to-do list with add(task), done(task), which removes a task "
                "if it is there, and open_tasks(), which returns the list of open tasks in the "
                "order of adding.",
                "Write a to-do list class with the methods add, done and open_tasks.",
                "Implement a task list: add(task) appends, done(task) removes one (unknown ones "
                "are ignored), open_tasks() returns what is left.",
                "I need a class to keep my tasks: add one, mark it done, list the open ones with "
                "open_tasks().",
            ),
            ("TodoList", "Tasks", "TaskList"),
            (
                """
                class solve:
                    def __init__(self):
                        self.tasks = []

                    def add(self, task):
                        self.tasks.append(task)

                    def done(self, task):
                        if task in self.tasks:
                            self.tasks.remove(task)

                    def open_tasks(self):
                        return self.tasks
                """,
            ),
            ("o.add('cook')", "o.add('read')", "o.add('run')", "o.done('cook')", "o.done('read')"),
            ("o.open_tasks()",),
        ),
    }[task]  # fmt: skip
    calls = [object_calls(choose, "o = solve()", moves, choose.one_of(asks), 5) for _ in range(6)]
    calls.append("\n".join(["o = solve()", *moves, asks[0]]))
    calls.append("\n".join(["o = solve()", *moves, asks[-1]]))
    if task == "grades":
        calls = [call for call in calls if "add" in call or "best" not in call]
        calls += [f"o = solve()\n{moves[0]}\n{moves[1]}\no.best()", "o = solve()\no.average('Cal')"]
        calls.append(f"o = solve()\n{moves[0]}\n{moves[2]}\no.average('Ann')")
    return Exercise(
        texts=vary_openings(choose, texts),
        names=names,
        solutions=solutions,
        calls=calls,
        synonyms={
            "number": ("number", "phone"),
            "key": ("key",),
            "total": ("total",),
            "best": ("best",),
        },
    )
