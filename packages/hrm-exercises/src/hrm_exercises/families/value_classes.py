"""Classes of values: points, fractions, money, temperatures, with operators and iteration."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.classes import vary_openings
from hrm_exercises.family import Exercise, family


@family(
    task=(
        "add", "subtract", "scale", "length", "dot", "equal", "repr", "distance", "getitem",
        "complex",
    )
)  # fmt: skip
def vector_classes(choose: Chooser, task: str) -> Exercise:
    """Write a class of vectors or points with one operation."""
    init = """
                class solve:
                    def __init__(self, x, y):
                        self.x = x
                        self.y = y

"""
    data = """
                from dataclasses import dataclass


                @dataclass
                class solve:
                    x: int
                    y: int

"""
    texts, method, ask = {
        "add": (
            (
                "Create a class for 2D vectors with the attributes x and y that can be added "
                "with +.",
                "Write a vector class (x and y) with an operator + that returns a new vector.",
                "Implement vectors in the plane: v + w has the sums of the coordinates as x and y.",
                "I need a class with x and y such that adding two objects adds their coordinates.",
            ),
            """
                    def __add__(self, other):
                        return solve(self.x + other.x, self.y + other.y)
            """,
            "v = solve({a}, {b}) + solve({c}, {d})\n(v.x, v.y)",
        ),
        "subtract": (
            (
                "Create a class for 2D vectors with the attributes x and y that can be "
                "subtracted with -.",
                "Write a vector class (x and y) with an operator - that returns a new vector.",
                "Implement points in the plane: p - q is a point with the differences of the "
                "coordinates.",
                "I need a class with x and y such that p - q subtracts coordinate by coordinate.",
            ),
            """
                    def __sub__(self, other):
                        return solve(self.x - other.x, self.y - other.y)
            """,
            "v = solve({a}, {b}) - solve({c}, {d})\n(v.x, v.y)",
        ),
        "scale": (
            (
                "Create a class for 2D vectors with the attributes x and y and a method scale("
                "factor) that returns a new vector, longer by the factor.",
                "Write a vector class (x and y) in which scale(k) multiplies both coordinates by "
                "k and returns the result as a new object.",
                "Implement vectors in the plane with a method scale that leaves the vector "
                "unchanged and returns the multiplied one.",
                "I need a vector class with x and y whose method scale(factor) returns a new "
                "vector.",
            ),
            """
                    def scale(self, factor):
                        return solve(self.x * factor, self.y * factor)
            """,
            "v = solve({a}, {b}).scale({c})\n(v.x, v.y)",
        ),
        "length": (
            (
                "Create a class for 2D vectors with a method length() that returns the Euclidean "
                "length.",
                "Write a vector class, made from x and y, with a method length.",
                "Implement a vector in the plane whose length() is the square root of x squared "
                "plus y squared.",
                "I need a class for a point (x, y) whose method length() gives its distance from "
                "the origin.",
            ),
            """
                    def length(self):
                        return (self.x ** 2 + self.y ** 2) ** 0.5
            """,
            "solve({a}, {b}).length()",
        ),
        "dot": (
            (
                "Create a class for 2D vectors with a method dot(other) for the scalar product.",
                "Write a vector class, made from x and y, in which dot returns the dot product "
                "with another vector.",
                "Implement vectors in the plane with a method dot(other): x times x plus y times "
                "y.",
                "I need a vector class with a method dot that computes the inner product.",
            ),
            """
                    def dot(self, other):
                        return self.x * other.x + self.y * other.y
            """,
            "solve({a}, {b}).dot(solve({c}, {d}))",
        ),
        "equal": (
            (
                "Create a class for points with x and y, where two points with the same "
                "coordinates are equal (==).",
                "Write a point class (x, y) with a suitable __eq__ method.",
                "Implement points that are equal exactly if they were made with the same x and y.",
                "I need a class of points that can be compared with == by their coordinates.",
            ),
            """
                    def __eq__(self, other):
                        return self.x == other.x and self.y == other.y
            """,
            "(solve({a}, {b}) == solve({c}, {d}))",
        ),
        "repr": (
            (
                "Create a class for points with x and y whose text form, from str(), looks like "
                "'(3, 4)'.",
                "Write a point class (x, y) with a method __str__ that returns for example '(3, "
                "4)'.",
                "Implement points such that str(point) gives the coordinates in parentheses with "
                "a comma and a space between them.",
                "I need a class of points that are printed as (x, y).",
            ),
            """
                    def __str__(self):
                        return "({}, {})".format(self.x, self.y)
            """,
            "str(solve({a}, {b}))",
        ),
        "distance": (
            (
                "Create a class for points with x and y and a method distance(other) that "
                "returns |x1 - x2| + |y1 - y2|.",
                "Write a point class (x, y) with a method distance for the Manhattan distance to "
                "another point.",
                "Implement points with a method distance(other): the number of steps between them "
                "on a grid, without diagonal steps.",
                "I need a class of points that can tell their Manhattan distance with distance("
                "other).",
            ),
            """
                    def distance(self, other):
                        return abs(self.x - other.x) + abs(self.y - other.y)
            """,
            "solve({a}, {b}).distance(solve({c}, {d}))",
        ),
        "getitem": (
            (
                "Create a class for points with x and y that can be indexed: p[0] is x and p[1] "
                "is y.",
                "Write a point class (x, y) with a method __getitem__ for the indices 0 and 1.",
                "Implement points whose coordinates can be read as p[0] and p[1].",
                "I want to read a point's coordinates with p[0] and p[1]. Write the class; it is "
                "made from x and y.",
            ),
            """
                    def __getitem__(self, index):
                        return (self.x, self.y)[index]
            """,
            "p = solve({a}, {b})\n[p[1], p[0]]",
        ),
        "complex": (
            (
                "Create a class for complex numbers, made from the real part x and the imaginary "
                "part y, that can be multiplied with *.",
                "Write a class of complex numbers with the attributes x (real) and y (imaginary) "
                "and an operator *.",
                "Implement complex numbers x + yi with multiplication: the product of two of them "
                "has x = x1 x2 - y1 y2 and y = x1 y2 + y1 x2.",
                "I want to multiply complex numbers x + yi with *. Make a class with the "
                "attributes x and y.",
            ),
            """
                    def __mul__(self, other):
                        return solve(
                            self.x * other.x - self.y * other.y,
                            self.x * other.y + self.y * other.x,
                        )
            """,
            "z = solve({a}, {b}) * solve({c}, {d})\n(z.x, z.y)",
        ),
    }[task]  # fmt: skip
    calls = []
    for place in range(7):
        a, b, c, d = choose.integers(4, -9, 12)
        if task == "length":
            a, b = ((3, 4), (6, 8), (5, 12), (0, a), (8, 15), (a, b), (-3, 4))[place]
        elif task == "equal" and place % 2:
            c, d = (a, b) if place != 5 else (a, d)
        calls.append(ask.format(a=a, b=b, c=c, d=d))
    method = method.lstrip("\n")
    solutions = [init + method]
    if task not in ("equal", "length"):
        solutions.append(data + method)
    if task == "equal":
        solutions.append(data.rstrip())
    return Exercise(
        texts=vary_openings(choose, texts),
        names=("Complex", "ComplexNumber", "Number")
        if task == "complex"
        else ("Vector", "Point", "Vector2D", "Pair"),
        solutions=solutions,
        calls=calls,
        synonyms={"factor": ("k", "number", "scalar"), "x": ("x",), "index": ("i", "place")},
    )


@family(
    task=(
        "rectangle", "circle", "temperature", "time", "money", "fraction", "league", "interval",
        "student", "light",
    )
)  # fmt: skip
def classes_of_everyday_things(choose: Chooser, task: str) -> Exercise:
    """Write a class with attributes and methods that compute something."""
    texts, names, solutions, asks = {
        "rectangle": (
            (
                "Create a rectangle class with width and height and the methods area() and "
                "perimeter().",
                "Write a class for rectangles; the constructor takes the width and the height, "
                "and the methods area and perimeter compute what they say.",
                "Implement a class whose objects are rectangles with area() and perimeter().",
                "I need a class for a rectangle that can tell its area and its perimeter.",
            ),
            ("Rectangle", "Rect", "Box"),
            (
                """
                class solve:
                    def __init__(self, width, height):
                        self.width = width
                        self.height = height

                    def area(self):
                        return self.width * self.height

                    def perimeter(self):
                        return 2 * (self.width + self.height)
                """,
                """
                from dataclasses import dataclass


                @dataclass
                class solve:
                    width: int
                    height: int

                    def area(self):
                        return self.width * self.height

                    def perimeter(self):
                        return 2 * self.width + 2 * self.height
                """,
            ),
            ("solve({a}, {b}).area()", "solve({a}, {b}).perimeter()"),
        ),
        "circle": (
            (
                "Create a circle class with a radius and the methods area() and circumference(), "
                "rounded to 2 digits.",
                "Write a class for circles, made from the radius, whose methods area and "
                "circumference return values rounded to two decimal places.",
                "Implement circles with area() and circumference(); both are rounded to 2 places.",
                "I need a class for circles: the radius goes in, area() and circumference() come "
                "out, both rounded to 2 digits.",
            ),
            ("Circle", "Disk", "Round"),
            (
                """
                import math


                class solve:
                    def __init__(self, radius):
                        self.radius = radius

                    def area(self):
                        return round(math.pi * self.radius ** 2, 2)

                    def circumference(self):
                        return round(2 * math.pi * self.radius, 2)
                """,
                """
                from math import pi


                class solve:
                    def __init__(self, radius):
                        self.radius = radius

                    def area(self):
                        return round(pi * self.radius * self.radius, 2)

                    def circumference(self):
                        return round(2 * pi * self.radius, 2)
                """,
            ),
            ("solve({a}).area()", "solve({a}).circumference()"),
        ),
        "temperature": (
            (
                "Create a temperature class that is made from degrees Celsius, with the attribute "
                "celsius and the methods fahrenheit() and kelvin(), rounded to 2 digits.",
                "Write a class for temperatures in Celsius that can be read in Fahrenheit and "
                "Kelvin with the methods fahrenheit and kelvin (rounded to 2 places).",
                "Implement a temperature: the constructor takes degrees Celsius, fahrenheit() is "
                "c * 9 / 5 + 32 and kelvin() is c + 273.15, both rounded to 2 digits.",
                "I have temperatures in Celsius. Make a class with the methods fahrenheit() and "
                "kelvin(), both rounded to two digits.",
            ),
            ("Temperature", "Degrees", "Thermometer"),
            (
                """
                class solve:
                    def __init__(self, celsius):
                        self.celsius = celsius

                    def fahrenheit(self):
                        return round(self.celsius * 9 / 5 + 32, 2)

                    def kelvin(self):
                        return round(self.celsius + 273.15, 2)
                """,
            ),
            ("solve({a}).fahrenheit()", "solve({a}).kelvin()"),
        ),
        "time": (
            (
                "Create a class for times of day with hours and minutes. add(minutes) returns a "
                "new time, after midnight starting from 0 again, and str() of a time looks like "
                "'07:05'.",
                "Write a clock class made from hours and minutes, with a method add(minutes) that "
                "returns a later time and a text form HH:MM.",
                "Implement times of day: str(time) is 'HH:MM' with two digits each, and add("
                "minutes) gives the time that many minutes later (modulo 24 hours).",
                "I need a time class: a clock that starts at given hours and minutes, can "
                "add(minutes) and prints as HH:MM.",
            ),
            ("Time", "Clock", "TimeOfDay"),
            (
                """
                class solve:
                    def __init__(self, hours, minutes):
                        self.hours = hours
                        self.minutes = minutes

                    def add(self, minutes):
                        later = (self.hours * 60 + self.minutes + minutes) % (24 * 60)
                        return solve(later // 60, later % 60)

                    def __str__(self):
                        return "{:02d}:{:02d}".format(self.hours, self.minutes)
                """,
                """
                class solve:
                    def __init__(self, hours, minutes):
                        self.moment = hours * 60 + minutes

                    def add(self, minutes):
                        hours, rest = divmod(self.moment + minutes, 60)
                        return solve(hours % 24, rest)

                    def __str__(self):
                        hours, minutes = divmod(self.moment, 60)
                        return str(hours).zfill(2) + ":" + str(minutes).zfill(2)
                """,
            ),
            ("str(solve({a}, {c}))", "str(solve({a}, {c}).add({d}))"),
        ),
        "money": (
            (
                "Create a class for amounts of money, made from euros and cents, that can be "
                "added with + and have the attributes euros and cents (less than 100).",
                "Write a money class with euros and cents and an operator + that carries full "
                "hundreds of cents over to the euros.",
                "Implement money with the attributes euros and cents. The sum of two amounts has "
                "fewer than 100 cents.",
                "I want to add prices in euros and cents with +. The sum has the attributes euros"
                " and cents, with cents below 100.",
            ),
            ("Money", "Amount", "Price"),
            (
                """
                class solve:
                    def __init__(self, euros, cents):
                        self.euros = euros
                        self.cents = cents

                    def __add__(self, other):
                        carry, cents = divmod(self.cents + other.cents, 100)
                        return solve(self.euros + other.euros + carry, cents)
                """,
                """
                class solve:
                    def __init__(self, euros, cents):
                        self.euros = euros
                        self.cents = cents

                    def __add__(self, other):
                        euros = self.euros + other.euros
                        cents = self.cents + other.cents
                        if cents >= 100:
                            euros += 1
                            cents -= 100
                        return solve(euros, cents)
                """,
            ),
            ("m = solve({a}, {c}) + solve({b}, {e})\n(m.euros, m.cents)",),
        ),
        "fraction": (
            (
                "Create a class for fractions that reduces them to lowest terms in the attributes "
                "top and bottom, and can multiply them with *.",
                "Write a fraction class with the attributes top and bottom, always in lowest "
                "terms, and an operator * for products.",
                "Implement positive fractions: the constructor takes the numerator and the "
                "denominator and keeps them, divided by their greatest common divisor, as top and "
                "bottom. a * b gives a fraction again.",
                "I need positive fractions that are reduced when they are made and can be "
                "multiplied with *; top and bottom are the attributes.",
            ),
            ("Fraction", "Ratio", "Quotient"),
            (
                """
                from math import gcd


                class solve:
                    def __init__(self, top, bottom):
                        divisor = gcd(top, bottom)
                        self.top = top // divisor
                        self.bottom = bottom // divisor

                    def __mul__(self, other):
                        return solve(self.top * other.top, self.bottom * other.bottom)
                """,
            ),
            (
                "f = solve({a}, {b})\n(f.top, f.bottom)",
                "f = solve({a}, {b}) * solve({c}, {d})\n(f.top, f.bottom)",
            ),
        ),
        "league": (
            (
                "Create a class for a game score: win() adds 3 points, draw() adds 1, lose() adds "
                "nothing; points and games are attributes that start at 0, and each call counts "
                "as a game.",
                "Write a class of teams with the attributes points and games and the methods win "
                "(3 points), draw (1 point) and lose (0 points).",
                "Implement a team in a league: win(), draw() and lose() change points by 3, 1 and "
                "0 and games by 1.",
                "Make a class that keeps a team's points (3 for win(), 1 for draw(), 0 for "
                "lose()) and its number of games.",
            ),
            ("Team", "Score", "LeagueTeam"),
            (
                """
                class solve:
                    def __init__(self):
                        self.points = 0
                        self.games = 0

                    def win(self):
                        self.points += 3
                        self.games += 1

                    def draw(self):
                        self.points += 1
                        self.games += 1

                    def lose(self):
                        self.games += 1
                """,
                """
                class solve:
                    def __init__(self):
                        self.points = 0
                        self.games = 0

                    def play(self, points):
                        self.points += points
                        self.games += 1

                    def win(self):
                        self.play(3)

                    def draw(self):
                        self.play(1)

                    def lose(self):
                        self.play(0)
                """,
            ),
            (
                "t = solve()\nt.win()\nt.draw()\nt.points",
                "t = solve()\nfor _ in range({e}):\n    t.win()\n(t.points, t.games)",
                "t = solve()\nt.lose()\nfor _ in range({e}):\n    t.draw()\n(t.points, t.games)",
                "t = solve()\n(t.points, t.games)",
            ),
        ),
        "interval": (
            (
                "Create a class for closed intervals, made from low and high, such that 'x in "
                "interval' works and len(interval) is high - low.",
                "Write an interval class with the operator in for numbers between low and high "
                "(both included) and with len() for its length.",
                "Implement intervals of integers with __contains__ (the ends belong to it) and "
                "__len__ (the difference of the ends).",
                "I want to write x in interval and len(interval) for an interval with inclusive "
                "bounds low and high; its length is high - low.",
            ),
            ("Interval", "Span", "ClosedRange"),
            (
                """
                class solve:
                    def __init__(self, low, high):
                        self.low = low
                        self.high = high

                    def __contains__(self, x):
                        return self.low <= x <= self.high

                    def __len__(self):
                        return self.high - self.low
                """,
            ),
            (
                "({c} in solve({a}, {h}))",
                "({a} in solve({a}, {h}))",
                "len(solve({a}, {h}))",
                "[x in solve({a}, {h}) for x in range({h} + 3)]",
            ),
        ),
        "student": (
            (
                "Create a student class with a name and a list of marks, empty at first. "
                "add_mark(mark) appends one, average() returns the mean (0 without marks), and "
                "passed() says whether it is at least 50.",
                "Write a class for students, made from a name, with the methods add_mark, average "
                "(0 if there are no marks) and passed (average of 50 or more).",
                "Implement students: add_mark(mark) stores a mark, average() is their mean or 0, "
                "passed() is True from 50 on.",
                "I need a student class that stores a name and marks (add_mark), computes the "
                "average() and says whether the student passed() with 50 or more.",
            ),
            ("Student", "Pupil", "Learner"),
            (
                """
                class solve:
                    def __init__(self, name):
                        self.name = name
                        self.marks = []

                    def add_mark(self, mark):
                        self.marks.append(mark)

                    def average(self):
                        if not self.marks:
                            return 0
                        return sum(self.marks) / len(self.marks)

                    def passed(self):
                        return self.average() >= 50
                """,
            ),
            (
                "s = solve('Ann')\ns.add_mark({f})\ns.add_mark({g})\ns.average()",
                "s = solve('Ann')\ns.add_mark({f})\ns.passed()",
                "s = solve('Ben')\ns.add_mark({f})\ns.add_mark({g})\ns.passed()",
                "s = solve('Ben')\n(s.name, s.average())",
            ),
        ),
        "light": (
            (
                "Create a class for a traffic light that starts with 'red'; next() changes it to "
                "'green', then 'yellow', then 'red' again, and color is an attribute.",
                "Write a traffic light class with the attribute color. next() switches from red "
                "to green, from green to yellow and from yellow to red; a new light is red.",
                "Implement a traffic light: its color is 'red', 'green' or 'yellow', and next() "
                "moves on in this order, after yellow again to red.",
                "I need a traffic light object: color is 'red' at first, and each next() goes on "
                "to 'green', 'yellow', 'red' and so on.",
            ),
            ("TrafficLight", "Light", "Signal"),
            (
                """
                class solve:
                    def __init__(self):
                        self.color = "red"

                    def next(self):
                        following = {"red": "green", "green": "yellow", "yellow": "red"}
                        self.color = following[self.color]
                """,
                """
                class solve:
                    colors = ["red", "green", "yellow"]

                    def __init__(self):
                        self.color = "red"

                    def next(self):
                        place = self.colors.index(self.color)
                        self.color = self.colors[(place + 1) % 3]
                """,
            ),
            (
                "t = solve()\nt.color",
                "t = solve()\nt.next()\nt.next()\nt.color",
                "t = solve()\nfor _ in range({a}):\n    t.next()\nt.color",
                "t = solve()\nt.next()\nt.color",
            ),
        ),
    }[task]  # fmt: skip
    calls = []
    for place in range(9):
        values: dict[str, Any] = {
            "a": choose.integer(1, 23 if task == "time" else 9),
            "b": choose.integer(1, 20),
            "c": choose.integer(0, 59),
            "d": choose.integer(1, 600),
            "e": choose.integer(2, 9) if task != "money" else choose.integer(30, 99),
            "f": choose.integer(20, 90),
            "g": choose.integer(30, 95),
        }
        values["h"] = values["a"] + values["b"] // 3
        calls.append(asks[place % len(asks)].format(**values))
    return Exercise(
        texts=vary_openings(choose, texts),
        names=names,
        solutions=solutions,
        calls=calls,
        synonyms={"x": ("x", "number"), "name": ("name", "who")},
    )
