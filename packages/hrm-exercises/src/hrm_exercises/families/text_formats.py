"""Reading paths, addresses and dates that are written as text."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.family import Exercise, family


def wordings(act: str) -> tuple[str, ...]:
    """Return wordings for an act on a text."""
    return (
        act,
        *ways_to_ask(act),
        f"{act}; the argument is a string",
    )


_PATHS = {
    "extension": (
        "return the extension of a file name such as 'notes.txt', without the dot, or '' if it has "
        "none",
        "text.rsplit('.', 1)[1] if '.' in text else ''",
        ("{0}.txt", "{0}.{1}.py", "{0}", "{0}_1.csv"),
    ),
    "stem": (
        "return a file name without its extension",
        "text.rsplit('.', 1)[0]",
        ("{0}.txt", "{0}.{1}.py", "{0}_1.csv"),
    ),
    "name": (
        "return the file name at the end of a path with slashes",
        "text.split('/')[-1]",
        ("/home/{0}/{1}.txt", "{0}/{1}.py", "/{0}.csv", "{0}"),
    ),
    "folder": (
        "return the folder of a path such as '/home/ada/notes.txt', without the file name and the "
        "slash before it",
        "text.rsplit('/', 1)[0]",
        ("/home/{0}/{1}.txt", "{0}/{1}.py", "/{0}/{1}/a.csv"),
    ),
    "depth": (
        "count the folders in a path such as '/home/ada/notes.txt' (the last part is a file)",
        "len([part for part in text.split('/') if part]) - 1",
        ("/home/{0}/{1}.txt", "/{0}.py", "/{0}/{1}/b/a.csv"),
    ),
    "parts": (
        "return the list of the parts of a path between slashes, without empty ones",
        "[part for part in text.split('/') if part]",
        ("/home/{0}/{1}.txt", "{0}//{1}", "/{0}/", "{0}"),
    ),
    "change": (
        "replace the extension of a file name by 'bak'",
        "text.rsplit('.', 1)[0] + '.bak'",
        ("{0}.txt", "{0}.{1}.py", "{0}_1.csv"),
    ),
    "is_image": (
        "check whether a file name ends with '.png' or '.jpg' in upper or lower case",
        "text.lower().endswith(('.png', '.jpg'))",
        ("{0}.png", "{0}.JPG", "{0}.txt", "png", "{0}.jpg.py"),
    ),
    "hidden": (
        "check whether the file at the end of a path has a name that starts with a dot",
        "text.split('/')[-1].startswith('.')",
        ("/home/.{0}", "/.git/{0}", ".{0}", "{0}.txt", "/a/.{0}/.b"),
    ),
}


_PATHS_RETOLD = {
    "extension": (
        "Given a file name, return what stands behind its last dot; an empty string if it "
        "has no dot."
    ),
    "stem": "Given a file name with an extension, return the part before the last dot.",
    "name": "Given a path such as '/home/ada/notes.txt', return 'notes.txt'.",
    "folder": "Given the path of a file, return everything before the last slash.",
    "depth": "Given the path of a file, return in how many folders it lies.",
    "parts": (
        "Given a path, return its parts as a list; slashes at the ends or next to each other "
        "give no empty parts."
    ),
    "change": "Given a file name, return it with the ending '.bak' instead of its own.",
    "is_image": "Does the name of a file have the ending .png or .jpg? Capitals do not matter.",
    "hidden": "Given a path, find out if the part behind the last slash begins with a dot.",
}


@family(task=tuple(_PATHS))
def file_names_and_paths(choose: Chooser, task: str) -> Exercise:
    """Take file names and paths apart."""
    act, expression, forms = _PATHS[task]
    forms = tuple(choose.shuffled(forms))
    texts = [form.format(choose.word(), choose.word()) for form in (*forms, *forms)][:6]
    return Exercise(
        texts=(_PATHS_RETOLD[task], *wordings(act)),
        names=("file_" + task, "path_" + task, f"get_{task}", "file_name"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("path", "filename", "name", "s"), "part": ("p", "piece")},
    )


_ADDRESSES = {
    "user": ("return the part of an e-mail address before the '@'", "text.split('@')[0]"),
    "domain": ("return the domain of an e-mail address", "text.split('@')[1]"),
    "provider": (
        "return the part of an e-mail address between the '@' and the next dot",
        "text.split('@')[1].split('.')[0]",
    ),
    "ending": (
        "return what stands behind the last dot of an e-mail address",
        "text.split('.')[-1]",
    ),
    "name": (
        "turn the user part of an e-mail address such as 'ada.reed@mail.com' into a name such as "
        "'Ada Reed'",
        "text.split('@')[0].replace('.', ' ').title()",
    ),
    "same_domain": (
        "check whether two e-mail addresses have the same domain",
        "first.split('@')[1] == second.split('@')[1]",
    ),
    "domains": (
        "return a sorted list of the different domains of a list of e-mail addresses",
        "sorted({word.split('@')[1] for word in words})",
    ),
    "count": (
        "count how many e-mail addresses of a list end with '.com'",
        "sum(1 for word in words if word.endswith('.com'))",
    ),
}


_ADDRESSES_RETOLD = {
    "user": "Given an e-mail address, return the user name.",
    "domain": "Given an e-mail address, return everything behind the '@'.",
    "provider": (
        "Given an address like 'ada@mail.com', return the name of the provider, here 'mail'."
    ),
    "ending": "Given an address like 'ada@mail.com', return its last part, here 'com'.",
    "name": (
        "Given an e-mail address with a dot between first and last name, return the person's "
        "name with capital letters."
    ),
    "same_domain": "Given two e-mail addresses, find out if they are equal behind the '@'.",
    "domains": (
        "Which domains occur in a list of e-mail addresses? Return each of them once, in "
        "alphabetical order."
    ),
    "count": "Given a list of e-mail addresses, return the number of those in the domain '.com'.",
}


@family(task=tuple(_ADDRESSES))
def parts_of_email_addresses(choose: Chooser, task: str) -> Exercise:
    """Take e-mail addresses apart."""
    act, expression = _ADDRESSES[task]

    def address() -> str:
        user = f"{choose.person()}.{choose.word()}".lower()
        return f"{user}@{choose.one_of(('mail', 'site', 'post'))}.{choose.one_of(('com', 'org'))}"

    arguments: list[tuple[object, ...]] = []
    for number in range(6):
        one = address()
        if "words" in expression:
            arguments.append(([address() for _ in range(choose.integer(1, 4))],))
        elif "first" in expression:
            other = choose.word() + "@" + one.split("@")[1] if number % 2 else address()
            arguments.append((one, other))
        else:
            arguments.append((one,))
    parameters = "first, second" if "first" in expression else "text"
    if "words" in expression:
        parameters = "words"
    return Exercise(
        texts=(
            act,
            _ADDRESSES_RETOLD[task],
            *ways_to_ask(act),
        ),
        names=(f"email_{task}", f"get_{task}", "parse_email", f"{task}_of_email"),
        solutions=(returning(parameters, expression),),
        arguments=arguments,
        synonyms={
            "text": ("email", "address", "s"),
            "words": ("emails", "addresses", "lst"),
            "word": ("email", "address", "e"),
            "first": ("email1", "a"),
            "second": ("email2", "b"),
        },
    )


_URLS = {
    "protocol": ("return the protocol of a web address, such as 'https'", "text.split('://')[0]"),
    "host": ("return the host name of a web address, such as 'www.site.org'", "text.split('/')[2]"),
    "path": (
        "return the list of the parts of the path of a web address, that is, what stands between "
        "slashes behind the host",
        "text.split('?')[0].split('/')[3:]",
    ),
    "secure": ("check whether a web address starts with 'https://'", "text.startswith('https://')"),
    "without_www": (
        "return the host of a web address without a leading 'www.'",
        "text.split('/')[2].removeprefix('www.')",
    ),
    "query": (
        "return what stands behind the '?' of a web address, or '' if there is no '?'",
        "text.partition('?')[2]",
    ),
    "parameters": (
        "return the parameters behind the '?' of a web address as a dictionary of strings; there "
        "is at least one",
        "dict(pair.split('=') for pair in text.split('?')[1].split('&'))",
    ),
    "ending": (
        "return the last part of the host of a web address, such as 'org'",
        "text.split('/')[2].split('.')[-1]",
    ),
}


_URLS_RETOLD = {
    "protocol": "Given a web address, return what stands before '://'.",
    "host": "Given a web address, return the part between '://' and the next slash.",
    "path": "Given a web address, split its path at the slashes and return the parts as a list.",
    "secure": "Return True if a web address uses https, otherwise False.",
    "without_www": (
        "Given a web address, return its host; leave out 'www.' if the host starts with it."
    ),
    "query": (
        "Given a web address, return its query string (the part after the question mark), "
        "which may be empty."
    ),
    "parameters": (
        "Given a web address that ends with a query such as '?a=1&b=2', return the names and "
        "values as a dictionary."
    ),
    "ending": "Given a web address, return the ending of its host name, such as 'com'.",
}


@family(task=tuple(_URLS))
def parts_of_web_addresses(choose: Chooser, task: str) -> Exercise:
    """Take web addresses apart."""
    act, expression = _URLS[task]
    texts = []
    for number in range(6):
        host = choose.one_of(("www.", "")) + choose.word() + choose.one_of((".org", ".com", ".net"))
        text = f"{choose.one_of(('http', 'https'))}://{host}/" + "/".join(choose.words((1, 2)))
        if task == "parameters" or (task == "query" and number % 2):
            text += f"?{choose.word()}={choose.integer(1, 99)}"
            text += choose.one_of(("", f"&page={choose.integer(1, 9)}"))
        texts.append(text)
    return Exercise(
        texts=(_URLS_RETOLD[task], *wordings(act)),
        names=(f"url_{task}", f"get_{task}", "parse_url", f"{task}_of_url"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("url", "address", "link", "s"), "pair": ("part", "p")},
    )


_DATES = {
    "parts": (
        "convert a date YYYY-MM-DD to a tuple (year, month, day) of integers",
        "(year, month, day)",
    ),
    "spoken": (
        "write a date YYYY-MM-DD like '5 March 2024'",
        "str(day) + ' ' + names[month - 1] + ' ' + str(year)",
    ),
    "month": ("return the English name of the month of a date YYYY-MM-DD", "names[month - 1]"),
    "quarter": ("return the quarter, 1 to 4, of a date YYYY-MM-DD", "(month - 1) // 3 + 1"),
    "slashes": (
        "write a date YYYY-MM-DD as D/M/YYYY without leading zeros",
        "str(day) + '/' + str(month) + '/' + str(year)",
    ),
    "short": (
        "write a date YYYY-MM-DD with the first three letters of the month, like '05-Mar-2024'",
        "str(day).zfill(2) + '-' + names[month - 1][:3] + '-' + str(year)",
    ),
    "summer": (
        "check whether a date YYYY-MM-DD lies in June, July or August",
        "month in (6, 7, 8)",
    ),
}


_DATES_RETOLD = {
    "parts": "Given a date such as '2024-03-05', return year, month and day as three numbers.",
    "spoken": (
        "Given a date such as '2024-03-05', return it with the name of the month, as in '5 "
        "March 2024'."
    ),
    "month": "In which month is a date such as '2024-03-05'? Return the English name.",
    "quarter": "Given a date such as '2024-03-05', return the number of the quarter of its year.",
    "slashes": "Given a date such as '2024-03-05', return it as '5/3/2024'.",
    "short": "Given a date such as '2024-03-05', return it as '05-Mar-2024'.",
    "summer": "Is a date such as '2024-07-05' in one of the months June, July and August?",
}


@family(result=tuple(_DATES))
def read_date_text(choose: Chooser, result: str) -> Exercise:
    """Read a date that is written as YYYY-MM-DD."""
    act, expression = _DATES[result]
    dates = [
        f"{choose.integer(1950, 2030)}-{choose.integer(1, 12):02}-{choose.integer(1, 28):02}"
        for _ in range(5)
    ] + [f"{choose.integer(2000, 2020)}-0{choose.integer(6, 8)}-15"]
    months = (
        """
                names = [
                    "January", "February", "March", "April", "May", "June", "July",
                    "August", "September", "October", "November", "December",
                ]"""
        if "names" in expression
        else ""
    )
    by_hand = "\n                ".join(
        f"{name} = int(text[{part}])"
        for name, part in (("year", ":4"), ("month", "5:7"), ("day", "8:"))
        if name in expression
    )
    return Exercise(
        texts=(_DATES_RETOLD[result], *wordings(act)),
        names=("read_date", f"date_{result}", "parse_date", f"{result}_of_date"),
        solutions=(
            f"""
            def solve(text):{months}
                year, month, day = map(int, text.split("-"))
                return {expression}
            """,
            f"""
            def solve(text):{months}
                {by_hand}
                return {expression}
            """,
        ),
        arguments=[(date,) for date in dates],
        synonyms={"text": ("date", "s", "day_text"), "names": ("months", "month_names")},
    )
