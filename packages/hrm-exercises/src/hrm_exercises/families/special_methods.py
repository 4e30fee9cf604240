"""Classes with special methods: iteration, calling, containment, properties."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.classes import vary_openings
from hrm_exercises.family import Exercise, family


@family(
    task=(
        "iterator", "countdown", "range_step", "contains", "callable", "length", "matrix", "lru",
        "property", "chain", "class_count", "inherit",
    )
)  # fmt: skip
def classes_with_special_methods(choose: Chooser, task: str) -> Exercise:
    """Write a class that uses a feature of the language."""
    texts, names, solutions, asks = {
        "iterator": (
            (
                "Create a class whose objects can be iterated and give the first n square "
                "numbers 1, 4, 9, ...; n is given to the constructor.",
                "Write an iterable class that yields the squares of 1 to n.",
                "Implement a class with __iter__ so that list(obj) is [1, 4, 9, ...] with n "
                "numbers.",
                "Make an iterable object for the first n squares, starting with 1.",
            ),
            ("Squares", "SquareNumbers", "FirstSquares"),
            (
                """
                class solve:
                    def __init__(self, n):
                        self.n = n

                    def __iter__(self):
                        for i in range(1, self.n + 1):
                            yield i * i
                """,
                """
                class solve:
                    def __init__(self, n):
                        self.n = n

                    def __iter__(self):
                        return (i ** 2 for i in range(1, self.n + 1))
                """,
            ),
            ("list(solve({a}))", "sum(solve({a}))", "[x + 1 for x in solve({b})]"),
        ),
        "countdown": (
            (
                "Create an iterator class that counts down from n to 1, with __iter__ and "
                "__next__.",
                "Write a class whose objects are iterators over n, n - 1, ..., 1.",
                "Implement a countdown as an iterator: next() gives n, n - 1 and so on down to 1, "
                "then the iteration ends.",
                "Make an iterator class for n, n - 1, ..., 2, 1.",
            ),
            ("Countdown", "CountDown", "Backwards"),
            (
                """
                class solve:
                    def __init__(self, n):
                        self.n = n

                    def __iter__(self):
                        return self

                    def __next__(self):
                        if self.n <= 0:
                            raise StopIteration
                        self.n -= 1
                        return self.n + 1
                """,
            ),
            ("list(solve({a}))", "next(solve({b}))", "c = solve({b})\nnext(c)\nlist(c)"),
        ),
        "range_step": (
            (
                "Create an iterable class that gives the even numbers from 0 up to a limit, "
                "which is given to the constructor and included if even.",
                "Write a class that can be used in a for loop and yields 0, 2, 4, ... as long as "
                "the numbers are not above a limit.",
                "Implement a class with __iter__ for all even numbers from 0 to n.",
                "Make an iterable class of the even numbers 0, 2, ... up to and including a "
                "limit.",
            ),
            ("Evens", "EvenNumbers", "EvenRange"),
            (
                """
                class solve:
                    def __init__(self, limit):
                        self.limit = limit

                    def __iter__(self):
                        return iter(range(0, self.limit + 1, 2))
                """,
                """
                class solve:
                    def __init__(self, limit):
                        self.limit = limit

                    def __iter__(self):
                        number = 0
                        while number <= self.limit:
                            yield number
                            number += 2
                """,
            ),
            ("list(solve({c}))", "sum(solve({b}))", "max(solve({c}))"),
        ),
        "contains": (
            (
                "Create a class for a set of words that ignores case: add(word) stores a word, "
                "and word in obj is True whatever the case of the letters.",
                "Write a case-insensitive word list class with the method add and the operator "
                "in.",
                "Implement a class with add and __contains__ so that 'Tea' is found after 'TEA' "
                "was added.",
                "Make a class of words with add(word) in which the case of letters is ignored by "
                "the operator in.",
            ),
            ("WordSet", "Dictionary", "CaselessSet"),
            (
                """
                class solve:
                    def __init__(self):
                        self.words = set()

                    def add(self, word):
                        self.words.add(word.lower())

                    def __contains__(self, word):
                        return word.lower() in self.words
                """,
            ),
            (
                "w = solve()\nw.add({word!r})\n({upper!r} in w)",
                "w = solve()\nw.add({upper!r})\n({word!r} in w)",
                "w = solve()\nw.add({word!r})\n({other!r} in w)",
                "({word!r} in solve())",
            ),
        ),
        "callable": (
            (
                "Create a class whose objects can be called like functions: it is made from a and "
                "b, and obj(x) returns a * x + b.",
                "Write a class for linear functions with a method __call__.",
                "Implement a line y = a * x + b as an object that is called with x.",
                "Make objects that act like the function x -> a * x + b when they are called.",
            ),
            ("Line", "Linear", "LinearFunction"),
            (
                """
                class solve:
                    def __init__(self, a, b):
                        self.a = a
                        self.b = b

                    def __call__(self, x):
                        return self.a * x + self.b
                """,
            ),
            ("solve({a}, {b})({c})", "f = solve({b}, {a})\n[f(x) for x in range({a})]"),
        ),
        "length": (
            (
                "Create a class for sentences, made from a text, with len() for the number of "
                "words and indexing for a single word.",
                "Write a sentence class: len(s) counts the words and s[i] is the word at index i.",
                "Implement a class with __len__ and __getitem__ that treats a text as a list of "
                "its words.",
                "Make a class around a text whose len() is the number of words and whose items "
                "are the words.",
            ),
            ("Sentence", "Words", "WordText"),
            (
                """
                class solve:
                    def __init__(self, text):
                        self.words = text.split()

                    def __len__(self):
                        return len(self.words)

                    def __getitem__(self, index):
                        return self.words[index]
                """,
            ),
            ("len(solve({text!r}))", "solve({text!r})[0]", "solve({text!r})[-1]"),
        ),
        "matrix": (
            (
                "Create a matrix class, made from a list of rows, with the method transpose(), "
                "which returns a new matrix, and the attribute rows.",
                "Write a class for matrices with the attribute rows (a list of lists) and a "
                "method transpose.",
                "Implement a matrix whose transpose() is a matrix with rows and columns "
                "exchanged; rows holds the numbers.",
                "I have a matrix as a list of rows. Make a class with the attribute rows and a "
                "method transpose() that returns a new matrix.",
            ),
            ("Matrix", "Grid", "Table"),
            (
                """
                class solve:
                    def __init__(self, rows):
                        self.rows = rows

                    def transpose(self):
                        return solve([list(column) for column in zip(*self.rows)])
                """,
                """
                class solve:
                    def __init__(self, rows):
                        self.rows = rows

                    def transpose(self):
                        width = len(self.rows[0])
                        return solve([[row[j] for row in self.rows] for j in range(width)])
                """,
            ),
            (
                "solve([[{a}, {b}], [{c}, {a}]]).transpose().rows",
                "solve([[{a}, {b}, {c}]]).transpose().rows",
                "solve([[{a}], [{b}]]).transpose().rows",
                "m = solve([[{a}, {b}], [{c}, 0], [1, 2]])\nm.transpose().rows",
            ),
        ),
        "lru": (
            (
                "Create a cache class with a capacity: put(name, number) stores a number, get("
                "name) returns it or -1, and when the cache is full, the entry that was not used "
                "(put or got) for the longest time is dropped.",
                "Write an LRU cache class with get and put. get returns -1 for a missing name; "
                "putting into a full cache removes the least recently used entry.",
                "Implement a least recently used cache: the constructor takes the capacity, get("
                "name) gives the stored number or -1, put(name, number) stores one.",
                "Least recently used cache: a class with get(name), which returns -1 for unknown "
                "names, put(name, number) and a capacity.",
            ),
            ("LRUCache", "Cache", "RecentCache"),
            (
                """
                class solve:
                    def __init__(self, capacity):
                        self.capacity = capacity
                        self.entries = {}

                    def get(self, name):
                        if name not in self.entries:
                            return -1
                        self.entries[name] = self.entries.pop(name)
                        return self.entries[name]

                    def put(self, name, number):
                        self.entries.pop(name, None)
                        self.entries[name] = number
                        if len(self.entries) > self.capacity:
                            del self.entries[next(iter(self.entries))]
                """,
                """
                from collections import OrderedDict


                class solve:
                    def __init__(self, capacity):
                        self.capacity = capacity
                        self.entries = OrderedDict()

                    def get(self, name):
                        if name not in self.entries:
                            return -1
                        self.entries.move_to_end(name)
                        return self.entries[name]

                    def put(self, name, number):
                        self.entries[name] = number
                        self.entries.move_to_end(name)
                        if len(self.entries) > self.capacity:
                            self.entries.popitem(last=False)
                """,
            ),
            (
                "c = solve(2)\nc.put('a', {a})\nc.put('b', {b})\nc.put('c', {c})\n"
                "[c.get('a'), c.get('b'), c.get('c')]",
                "c = solve(2)\nc.put('a', {a})\nc.put('b', {b})\nc.get('a')\nc.put('c', {c})\n"
                "[c.get('a'), c.get('b'), c.get('c')]",
                "c = solve(1)\nc.put('x', {a})\nc.get('x')",
                "solve({a}).get('x')",
                "c = solve(2)\nc.put('a', {a})\nc.put('a', {b})\nc.put('b', {c})\nc.get('a')",
            ),
        ),
        "property": (
            (
                "Create a class for a square with the attribute side, whose area is a property "
                "that follows changes of the side.",
                "Write a square class: side is given to the constructor and can be changed, area "
                "is read without parentheses.",
                "Implement a square with a side and a computed property area.",
                "Make a class of squares: side can be set, area is always the square of the side "
                "and is not called like a method.",
            ),
            ("Square", "SquareShape", "Tile"),
            (
                """
                class solve:
                    def __init__(self, side):
                        self.side = side

                    @property
                    def area(self):
                        return self.side ** 2
                """,
                """
                class solve:
                    def __init__(self, side):
                        self.side = side

                    @property
                    def area(self):
                        return self.side * self.side
                """,
            ),
            ("solve({a}).area", "s = solve({a})\ns.side = {b}\ns.area", "solve({b}).area"),
        ),
        "chain": (
            (
                "Create a class for calculations that can be chained: it starts with a number, "
                "add(x) and times(x) change it and return the object itself, and result is an "
                "attribute.",
                "Write a class with the attribute result and the methods add and times, which can "
                "be called in a row: obj.add(2).times(3).result.",
                "Implement a calculator object with method chaining: add(x), times(x) and the "
                "attribute result. The constructor takes the first number.",
                "I want to write obj.add(2).times(3).add(1).result. Make a class for this; the "
                "constructor takes the start value.",
            ),
            ("Calculation", "Calculator", "Chain"),
            (
                """
                class solve:
                    def __init__(self, result):
                        self.result = result

                    def add(self, x):
                        self.result += x
                        return self

                    def times(self, x):
                        self.result *= x
                        return self
                """,
            ),
            (
                "solve({a}).add({b}).times({c}).result",
                "solve({a}).times({b}).result",
                "solve({a}).times({b}).add({c}).times(2).result",
            ),
        ),
        "class_count": (
            (
                "Create a class that counts its objects in the class attribute created.",
                "Write a class with a class attribute created that says how many objects of the "
                "class were made; each also has the attribute number, its place in the order of "
                "creation from 1 on.",
                "Implement a class whose objects are numbered: the first object has number 1, the "
                "second 2 and so on, and the class attribute created is the last number.",
                "Make a class that gives its objects the numbers 1, 2, 3, ... in the attribute "
                "number and counts them in the class attribute created.",
            ),
            ("Ticket", "Numbered", "Item"),
            (
                """
                class solve:
                    created = 0

                    def __init__(self):
                        solve.created += 1
                        self.number = solve.created
                """,
            ),
            (
                "solve.created = 0\ntickets = [solve() for _ in range({a})]\nsolve.created",
                "solve.created = 0\ntickets = [solve() for _ in range({b})]\ntickets[-1].number",
                "solve.created = 0\n[solve().number for _ in range({a})]",
            ),
        ),
        "inherit": (
            (
                "Create a class of lists with an additional method total() that returns the sum "
                "of the elements.",
                "Write a subclass of list with a method total.",
                "Implement a list class, derived from list, whose total() adds up the elements; "
                "append and the rest work as usual.",
                "I want a list that can also return its total(). Write a class for it.",
            ),
            ("SumList", "NumberList", "TotalList"),
            (
                """
                class solve(list):
                    def total(self):
                        return sum(self)
                """,
                """
                class solve(list):
                    def total(self):
                        result = 0
                        for number in self:
                            result += number
                        return result
                """,
            ),
            (
                "solve([{a}, {b}, {c}]).total()",
                "numbers = solve([{a}])\nnumbers.append({b})\nnumbers.total()",
                "len(solve([{a}, {b}]))",
                "solve().total()",
            ),
        ),
    }[task]  # fmt: skip
    calls = []
    for place in range(9):
        word = choose.word()
        calls.append(
            asks[place % len(asks)].format(
                a=choose.integer(1, 7),
                b=choose.integer(2, 12),
                c=choose.integer(3, 20),
                word=word,
                upper=choose.one_of((word.upper(), word.title())),
                other=choose.word(),
                text=choose.sentence((2, 6)),
            )
        )
    return Exercise(
        texts=vary_openings(choose, texts),
        names=names,
        solutions=solutions,
        calls=calls,
        synonyms={
            "result": ("result",),
            "total": ("total",),
            "number": ("number",),
            "n": ("n", "size", "num"),
            "row": ("row",),
        },
    )
