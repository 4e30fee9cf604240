"""Small classes that count or keep a balance."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def vary_openings(choose: Chooser, texts: Sequence[str]) -> list[str]:
    """Return the wordings, some of which start with another verb."""
    verbs = ("Create", "Write", "Define", "Implement", "Design", "Make", "Please write")
    varied = []
    for text in texts:
        verb, _, rest = text.partition(" a ")
        opened = f"{choose.one_of(verbs)} a {rest}"
        varied.append(opened if verb in verbs and choose.chance(0.7) else text)
    return varied


def object_calls(choose: Chooser, start: str, moves: Sequence[str], ask: str, most: int = 4) -> str:
    """Return statements that make an object, change it some times and ask it something."""
    lines = [start, *(choose.one_of(moves) for _ in range(choose.integer(0, most))), ask]
    return "\n".join(lines)


@family(task=("simple", "start", "step", "limit", "reset", "tally"))
def counter_classes(choose: Chooser, task: str) -> Exercise:
    """Count with an object."""
    texts, solutions, start, moves, asks = {
        "simple": (
            (
                "Create a class that counts: it starts at 0, increment() adds 1, and get() "
                "returns the count.",
                "Write a class for a counter with the methods increment and get. A new counter "
                "stands at 0.",
                "I need a counter class. increment() raises the value by one, get() returns it, "
                "and it begins with zero.",
                "Define a class with a method increment that counts its calls and a method get "
                "that returns the number of calls.",
            ),
            (
                """
                class solve:
                    def __init__(self):
                        self.value = 0

                    def increment(self):
                        self.value += 1

                    def get(self):
                        return self.value
                """,
            ),
            "c = solve()",
            ("c.increment()",),
            ("c.get()",),
        ),
        "start": (
            (
                "Create a counter class whose constructor takes the first value. up() adds 1, "
                "down() subtracts 1, and value is an attribute.",
                "Write a class with an attribute value, given to the constructor, and methods up "
                "and down that change it by one.",
                "A counter starts at a given number. Its methods up() and down() change the "
                "attribute value by 1. Write this class.",
                "Implement a class for a counter that can go up and down by one and keeps its "
                "state in value.",
            ),
            (
                """
                class solve:
                    def __init__(self, value):
                        self.value = value

                    def up(self):
                        self.value += 1

                    def down(self):
                        self.value -= 1
                """,
            ),
            f"c = solve({choose.integer(0, 20)})",
            ("c.up()", "c.up()", "c.down()"),
            ("c.value",),
        ),
        "step": (
            (
                "Create a class that counts in steps: the constructor takes the step, the value "
                "starts at 0, and each call of next() adds the step and returns the new value.",
                "Write a class whose method next returns step, 2 * step, 3 * step and so on, "
                "where step is given to the constructor.",
                "Define a class that is made with a number and whose method next() gives the "
                "multiples of the number one after another.",
                "I want an object that counts in steps of a given size. Its method next() moves "
                "on by one step from 0 and returns the value.",
            ),
            (
                """
                class solve:
                    def __init__(self, step):
                        self.step = step
                        self.value = 0

                    def next(self):
                        self.value += self.step
                        return self.value
                """,
            ),
            f"c = solve({choose.integer(2, 12)})",
            ("c.next()",),
            ("c.next()",),
        ),
        "limit": (
            (
                "Create a counter class with a limit: the constructor takes it, the value starts "
                "at 0, and click() adds 1 but goes back to 0 after the limit. Both methods, "
                "click() and read(), return the value.",
                "Write a class for a counter that runs from 0 to a limit and then starts again "
                "at 0. click() advances it and returns the value, read() only returns it.",
                "Implement a cyclic counter: a new object shows 0; click() shows the next number, "
                "and 0 after the limit; read() returns what is shown.",
                "I need a counter that goes 0, 1, ..., limit and then 0 again: click() moves on "
                "and returns the value, read() returns it.",
            ),
            (
                """
                class solve:
                    def __init__(self, limit):
                        self.limit = limit
                        self.value = 0

                    def click(self):
                        self.value += 1
                        if self.value > self.limit:
                            self.value = 0
                        return self.value

                    def read(self):
                        return self.value
                """,
                """
                class solve:
                    def __init__(self, limit):
                        self.limit = limit
                        self.shown = 0

                    def click(self):
                        self.shown = (self.shown + 1) % (self.limit + 1)
                        return self.shown

                    def read(self):
                        return self.shown
                """,
            ),
            f"c = solve({choose.integer(1, 4)})",
            ("c.click()",),
            ("c.read()", "c.click()"),
        ),
        "reset": (
            (
                "Create a counter class with the methods add(n), which adds n and returns "
                "nothing, reset(), which sets the value to 0, and the attribute value, which is "
                "0 at first.",
                "Write a class that adds numbers up: add(n) increases the attribute value by n "
                "and reset() makes it 0 again.",
                "I need a small adding machine as a class with the attribute value and the "
                "methods add and reset.",
                "Define a class with a running total in the attribute value. add(x) adds to it, "
                "reset() clears it.",
            ),
            (
                """
                class solve:
                    def __init__(self):
                        self.value = 0

                    def add(self, n):
                        self.value += n

                    def reset(self):
                        self.value = 0
                """,
            ),
            "c = solve()",
            (
                f"c.add({choose.integer(1, 20)})",
                f"c.add({choose.integer(-9, 9)})",
                f"c.add({choose.integer(10, 50)})",
                "c.reset()",
            ),
            ("c.value",),
        ),
        "tally": (
            (
                "Create a class that counts words: add(word) counts one, and count_of(word) says "
                "how often the word was added (0 if never).",
                "Write a class for a tally of words with the methods add and count_of.",
                "Define a class with a method add(word) and a method count_of(word) that returns "
                "how many times this word was added before.",
                "I want to count votes with a class: add(name) for a vote, count_of(name) for the "
                "number of votes of a name.",
            ),
            (
                """
                class solve:
                    def __init__(self):
                        self.counts = {}

                    def add(self, word):
                        self.counts[word] = self.counts.get(word, 0) + 1

                    def count_of(self, word):
                        return self.counts.get(word, 0)
                """,
                """
                from collections import Counter


                class solve:
                    def __init__(self):
                        self.counts = Counter()

                    def add(self, word):
                        self.counts[word] += 1

                    def count_of(self, word):
                        return self.counts[word]
                """,
            ),
            "c = solve()",
            ("c.add('yes')", "c.add('yes')", "c.add('no')", "c.add('maybe')"),
            ("c.count_of('yes')", "c.count_of('no')", "[c.count_of('yes'), c.count_of('no')]"),
        ),
    }[task]  # fmt: skip
    calls = [object_calls(choose, start, moves, choose.one_of(asks), 5) for _ in range(9)]
    calls.append("\n".join([start, *[choose.one_of(moves)] * 4, asks[0]]))
    calls += [
        "\n".join([start, *moves, asks[0]]),
        "\n".join([start, asks[-1]]),
        "\n".join([start, moves[0], moves[0], asks[0]]),
    ]
    return Exercise(
        texts=vary_openings(choose, texts),
        names={
            "simple": ("Counter", "ClickCounter", "CallCounter"),
            "start": ("Counter", "UpDownCounter", "Level"),
            "step": ("StepCounter", "Stepper", "Multiples"),
            "limit": ("CyclicCounter", "LimitedCounter", "Odometer"),
            "reset": ("Adder", "Total", "AddingMachine"),
            "tally": ("Tally", "WordCounter", "VoteCounter"),
        }[task],
        solutions=solutions,
        calls=calls,
        synonyms={"n": ("x", "amount"), "value": ("start", "initial"), "word": ("item", "name")},
    )


@family(task=("plain", "refuse", "returns", "history", "transfer", "interest"))
def account_classes(choose: Chooser, task: str) -> Exercise:
    """Keep the balance of an account."""
    texts, solutions = {
        "plain": (
            (
                "Create a class for a bank account with an attribute balance, which is given to "
                "the constructor, and the methods deposit(amount) and withdraw(amount).",
                "Write a class of accounts. deposit adds an amount to balance and withdraw "
                "subtracts it; the constructor takes the first balance.",
                "Implement a bank account: deposit(amount) and withdraw(amount) change the "
                "attribute balance.",
                "I need an account class with balance, deposit and withdraw. The balance may "
                "become negative.",
            ),
            (
                """
                class solve:
                    def __init__(self, balance):
                        self.balance = balance

                    def deposit(self, amount):
                        self.balance += amount

                    def withdraw(self, amount):
                        self.balance -= amount
                """,
            ),
        ),
        "refuse": (
            (
                "Create a class for a bank account that starts with a given balance. withdraw("
                "amount) does nothing if the balance is too small, deposit(amount) adds to it, "
                "and balance is an attribute.",
                "Write an account class with the attribute balance in which a withdrawal of more "
                "than the balance is ignored. Its methods are deposit and withdraw.",
                "Implement an account that never goes below zero: withdraw(amount) only has an "
                "effect if the balance suffices. Provide deposit, withdraw and balance.",
                "I need a class for a purse with a balance; deposit(amount) adds, and withdraw("
                "amount) subtracts only if there is enough.",
            ),
            (
                """
                class solve:
                    def __init__(self, balance):
                        self.balance = balance

                    def deposit(self, amount):
                        self.balance += amount

                    def withdraw(self, amount):
                        if amount <= self.balance:
                            self.balance -= amount
                """,
                """
                class solve:
                    def __init__(self, balance):
                        self.balance = balance

                    def deposit(self, amount):
                        self.balance += amount

                    def withdraw(self, amount):
                        if amount > self.balance:
                            return
                        self.balance -= amount
                """,
            ),
        ),
        "returns": (
            (
                "Create a class for a bank account with a starting balance. deposit(amount) "
                "returns the new balance; withdraw(amount) returns True if it succeeds and False, "
                "without a change, if the balance is too small. balance is an attribute.",
                "Write an account class: deposit returns the balance, withdraw returns whether "
                "there was enough money (only then it is taken).",
                "Implement an account with the attribute balance, a method deposit(amount) that "
                "gives back the new balance, and a method withdraw(amount) that says with True or "
                "False if the money could be taken.",
                "I need a class for a purse with a balance. deposit(amount) returns the new "
                "balance; withdraw(amount) takes money only if there is enough and returns "
                "whether it did.",
            ),
            (
                """
                class solve:
                    def __init__(self, balance):
                        self.balance = balance

                    def deposit(self, amount):
                        self.balance += amount
                        return self.balance

                    def withdraw(self, amount):
                        if amount > self.balance:
                            return False
                        self.balance -= amount
                        return True
                """,
            ),
        ),
        "history": (
            (
                "Create a class for an account that remembers its transactions: deposit(amount) "
                "and withdraw(amount) change balance and append amount or -amount to the list "
                "history. The constructor takes the first balance.",
                "Write an account class with the attributes balance and history. A deposit is "
                "recorded as a positive, a withdrawal as a negative number.",
                "Implement an account that starts with a balance and an empty list history, into "
                "which deposit and withdraw put the changes of the balance.",
                "Make an account class that logs its changes: deposit(amount) adds amount to "
                "balance and to history, withdraw(amount) subtracts it and puts -amount into "
                "history.",
            ),
            (
                """
                class solve:
                    def __init__(self, balance):
                        self.balance = balance
                        self.history = []

                    def deposit(self, amount):
                        self.balance += amount
                        self.history.append(amount)

                    def withdraw(self, amount):
                        self.balance -= amount
                        self.history.append(-amount)
                """,
                """
                class solve:
                    def __init__(self, balance):
                        self.balance = balance
                        self.history = []

                    def change(self, amount):
                        self.balance += amount
                        self.history.append(amount)

                    def deposit(self, amount):
                        self.change(amount)

                    def withdraw(self, amount):
                        self.change(-amount)
                """,
            ),
        ),
        "transfer": (
            (
                "Create a class for accounts with an attribute balance, given to the constructor, "
                "and a method transfer(other, amount) that moves money to another account.",
                "Write an account class in which transfer(other, amount) lowers the own balance "
                "and raises that of the other account.",
                "Implement accounts with a balance that can send money to each other with "
                "transfer(other, amount).",
                "Make a class of wallets: a.transfer(b, amount) moves an amount from the balance "
                "of a to the balance of b.",
            ),
            (
                """
                class solve:
                    def __init__(self, balance):
                        self.balance = balance

                    def transfer(self, other, amount):
                        self.balance -= amount
                        other.balance += amount
                """,
            ),
        ),
        "interest": (
            (
                "Create a class for a savings account: the constructor takes the balance and the "
                "interest rate in percent, and add_interest() adds one year's interest and "
                "returns the balance, rounded to 2 digits.",
                "Write a class for savings with the arguments balance and rate (percent). Each "
                "call of add_interest() increases the balance by the rate, rounds it to cents "
                "and returns it.",
                "Implement a savings account whose method add_interest() multiplies the balance "
                "by 1 + rate / 100, keeps it rounded to 2 decimal places, and returns it.",
                "I have some savings at a fixed rate in percent. Make a class for them with a "
                "method add_interest() that returns the new balance, rounded to 2 digits.",
            ),
            (
                """
                class solve:
                    def __init__(self, balance, rate):
                        self.balance = balance
                        self.rate = rate

                    def add_interest(self):
                        self.balance = round(self.balance * (1 + self.rate / 100), 2)
                        return self.balance
                """,
            ),
        ),
    }[task]  # fmt: skip
    calls = []
    for _ in range(7):
        balance = choose.integer(0, 20) * 10
        start = f"account = solve({balance})"
        moves = (
            f"account.deposit({choose.integer(1, 90)})",
            f"account.withdraw({choose.integer(1, 120)})",
            f"account.withdraw({choose.integer(1, 60)})",
        )
        if task in ("plain", "refuse"):
            calls.append(object_calls(choose, start, moves, "account.balance"))
        elif task == "returns":
            ask = choose.one_of((*moves, "account.balance"))
            calls.append(object_calls(choose, start, moves, ask))
        elif task == "history":
            ask = choose.one_of(("account.history", "(account.balance, account.history)"))
            calls.append(object_calls(choose, start, moves, ask))
        elif task == "transfer":
            both = f"first = solve({balance})\nsecond = solve({choose.integer(0, 90)})"
            amount = choose.integer(1, 99)
            sent = choose.one_of(
                (f"first.transfer(second, {amount})", f"second.transfer(first, {amount})")
            )
            calls.append(f"{both}\n{sent}\n(first.balance, second.balance)")
        else:
            rate = choose.one_of((1, 2, 2.5, 3, 5, 10))
            years = ["account.add_interest()"] * choose.integer(1, 3)
            calls.append("\n".join([f"account = solve({100 + balance}, {rate})", *years]))
    return Exercise(
        texts=vary_openings(choose, texts),
        names=("Account", "BankAccount", "Purse", "Wallet")
        if task != "interest"
        else ("SavingsAccount", "Savings", "Deposit"),
        solutions=solutions,
        calls=calls,
    )
