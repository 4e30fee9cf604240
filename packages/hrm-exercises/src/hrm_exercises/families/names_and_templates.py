"""Names, word forms, joined words and templates."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_FULL_NAMES = {
    "last_first": (
        "write a full name of two words with the last name first, followed by a comma and the "
        "first name",
        "last + ', ' + first",
    ),
    "initial_last": (
        "shorten a full name of two words to the initial of the first name with a dot and the last "
        "name",
        "first[0] + '. ' + last",
    ),
    "initials": ("return the two initials of a full name of two words", "first[0] + last[0]"),
    "username": (
        "make a user name of a full name: the first letter of the first name and the whole last "
        "name, in lower case",
        "(first[0] + last).lower()",
    ),
    "email": (
        "make an e-mail address like 'ada.reed@mail.com' of a full name of two words",
        "(first + '.' + last).lower() + '@mail.com'",
    ),
    "greeting": (
        "greet a person with 'Hello, ', the first name and '!'",
        "'Hello, ' + first + '!'",
    ),
    "longer": (
        "return the longer of the two parts of a full name, or the first name if they are equally "
        "long",
        "first if len(first) >= len(last) else last",
    ),
    "length": (
        "count the letters of a full name of two words",
        "len(first) + len(last)",
    ),
}
_FULL_NAMES_RETOLD = {
    "last_first": "change a name like 'Ada Reed' to 'Reed, Ada'",
    "initial_last": "abbreviate the first name in a name like 'Ada Reed', which gives 'A. Reed'",
    "initials": (
        "Given a name of two words, return the first letters of both words as one string."
    ),
    "username": "create a login name: 'Ada Reed' becomes 'areed'",
    "email": (
        "create an e-mail address at mail.com from a name, with a dot between first and last "
        "name and everything in lower case"
    ),
    "greeting": "Given a full name such as 'Ada Reed', return a greeting such as 'Hello, Ada!'.",
    "longer": (
        "Which part of a name like 'Ada Reed' is longer? Return the first name in case of a tie."
    ),
    "length": "Given a name of two words, return the number of letters without the space.",
}


_LAST_NAMES = (
    "Reed",
    "Stone",
    "Baker",
    "Li",
    "Novak",
    "Silva",
    "Okafor",
    "Moretti",
    "Wood",
    "Khan",
)


@family(form=tuple(_FULL_NAMES))
def format_full_name(choose: Chooser, form: str) -> Exercise:
    """Write a person's name in another form."""
    act, expression = _FULL_NAMES[form]
    by_hand = "\n                ".join(
        f"{name} = parts[{place}]"
        for place, name in enumerate(("first", "last"))
        if name in expression
    )
    return Exercise(
        texts=(
            act,
            _FULL_NAMES_RETOLD[form],
            *ways_to_ask(act),
            f"Given a string with a first and a last name, {act}.",
            f"take the name of a person, such as 'Ada Reed', and {act}",
        ),
        names=("format_name", f"name_{form}", f"{form}_of_name", "full_name"),
        solutions=(
            f"""
            def solve(text):
                first, last = text.split()
                return {expression}
            """,
            f"""
            def solve(text):
                parts = text.split(" ")
                {by_hand}
                return {expression}
            """,
        ),
        arguments=[(f"{choose.person()} {choose.one_of(_LAST_NAMES)}",) for _ in range(6)],
        synonyms={
            "text": ("name", "full_name", "person", "s"),
            "first": ("first_name", "given"),
            "last": ("last_name", "family_name", "surname"),
        },
    )


_JOININGS = {
    "and": (
        "with commas and with 'and' before the last word",
        "', '.join(words[:-1]) + ' and ' + words[-1]",
    ),
    "numbered": (
        "each with its number in front, as in '1.red 2.blue'",
        "' '.join(str(index) + '.' + word for index, word in enumerate(words, 1))",
    ),
    "dashes": ("with dashes", "'-'.join(words)"),
    "lines": ("one per line", "'\\n'.join(words)"),
    "bullets": ("one per line, each after '- '", "'\\n'.join('- ' + word for word in words)"),
    "camel": (
        "into one word, each but the first with a capital letter",
        "words[0] + ''.join(word.capitalize() for word in words[1:])",
    ),
    "pascal": (
        "into one word in which each begins with a capital",
        "''.join(word.capitalize() for word in words)",
    ),
    "snake": ("with underscores, all in capitals", "'_'.join(words).upper()"),
    "hashtag": (
        "to a hashtag: '#' followed by all words with capital first letters",
        "'#' + ''.join(word.capitalize() for word in words)",
    ),
    "lengths": (
        "with spaces, each followed by its length in brackets",
        "' '.join(word + '(' + str(len(word)) + ')' for word in words)",
    ),
}


@family(form=tuple(_JOININGS), source=("list", "sentence"))
def join_words_in_form(choose: Chooser, form: str, source: str) -> Exercise:
    """Join words in a given form."""
    how, expression = _JOININGS[form]
    is_list = source == "list"
    what = "the words of a list" if is_list else "the words of a sentence"
    texts = [choose.words((2, 4)) for _ in range(5)]
    body = f"return {expression}" if is_list else f"words = text.split()\n    return {expression}"
    return Exercise(
        texts=(
            f"join {what} {how}",
            f"write {what} as one string, {how}"
            if not how.startswith(("into", "to "))
            else f"turn {what} {how}",
            f"Given a {'list of words' if is_list else 'sentence'}, join its words {how}.",
            f"combine {what} {how}",
        ),
        names=(f"join_{form}", "join_words", f"to_{form}", "format_words"),
        solutions=(f"def solve({'words' if is_list else 'text'}):\n    {body}\n",),
        arguments=[(words if is_list else " ".join(words),) for words in texts],
    )


_ENDINGS = {
    "plural": (
        "form the plural of a noun: add 'es' after s, x, z, ch or sh, otherwise 's'",
        "word + 'es' if word.endswith(('s', 'x', 'z', 'ch', 'sh')) else word + 's'",
        ("box", "dish", "bus", "pen", "match", "fox", "dog", "quiz"),
    ),
    "article": (
        "put 'an' before a word that starts with a vowel and 'a' before any other word",
        "('an ' if word[0] in 'aeiou' else 'a ') + word",
        ("apple", "pear", "egg", "hat", "owl", "cat"),
    ),
    "ing": (
        "add 'ing' to a verb, or 'ly' if it already ends with 'ing'",
        "word + 'ly' if word.endswith('ing') else word + 'ing'",
        ("walk", "amazing", "sing", "look", "jump", "striking"),
    ),
    "past": (
        "form the past tense of a regular verb: add 'd' if it ends with 'e', otherwise 'ed'",
        "word + 'd' if word.endswith('e') else word + 'ed'",
        ("walk", "bake", "jump", "close", "move", "help"),
    ),
    "y_plural": (
        "form a plural: a final 'y' after a consonant becomes 'ies', every other word gets 's'",
        "word[:-1] + 'ies' if word[-1] == 'y' and word[-2] not in 'aeiou' else word + 's'",
        ("city", "boy", "lady", "tree", "key", "baby"),
    ),
    "comparative": (
        "form the comparative of a short adjective: add 'r' if it ends with 'e', else 'er'",
        "word + 'r' if word.endswith('e') else word + 'er'",
        ("cold", "nice", "warm", "late", "fast", "wide"),
    ),
    "vowel_first": (
        "change a word: if it starts with a vowel, add 'way'; otherwise move its first letter to "
        "the end and add 'ay'",
        "word + 'way' if word[0] in 'aeiou' else word[1:] + word[0] + 'ay'",
        ("apple", "pig", "eat", "tree", "under", "cat"),
    ),
    "stem": (
        "remove the ending 'ing' or 'ed' of a word if it has one",
        "word.removesuffix('ing') if word.endswith('ing') else word.removesuffix('ed')",
        ("walking", "jumped", "house", "helped", "looking", "cold"),
    ),
}
_ENDINGS_RETOLD = {
    "plural": (
        "Given a noun, return its plural: the ending is 'es' after s, x, z, ch and sh, and "
        "'s' after everything else."
    ),
    "article": (
        "Given a noun, return it with the right article, a or an (depending only on its "
        "first letter)."
    ),
    "ing": "Append 'ing' to a word; a word that ends in 'ing' gets 'ly' instead.",
    "past": "Given a regular verb, return its past tense with 'ed', or only 'd' behind an 'e'.",
    "y_plural": (
        "Given a noun of two or more letters, replace a 'y' that follows a consonant at its "
        "end by 'ies', or else append 's'."
    ),
    "comparative": "Given an adjective, append 'er', or just 'r' if it already ends in 'e'.",
    "vowel_first": (
        "Translate a word into a toy language: words with a vowel at the start get 'way' at "
        "the end, others move their first letter behind and get 'ay'."
    ),
    "stem": (
        "Given a word, cut off 'ing' or 'ed' at its end and return the rest; other words "
        "stay as they are."
    ),
}


@family(form=tuple(_ENDINGS))
def english_word_forms(choose: Chooser, form: str) -> Exercise:
    """Form plurals and other endings by simple rules."""
    act, expression, examples = _ENDINGS[form]
    condition, _, rest = expression.partition(" else ")
    yes, _, test = condition.partition(" if ")
    solutions = [returning("word", expression)]
    if not expression.startswith("("):
        solutions.append(
            f"""
            def solve(word):
                if {test}:
                    return {yes}
                return {rest}
            """
        )
    return Exercise(
        texts=(
            act,
            _ENDINGS_RETOLD[form],
            *ways_to_ask(act),
            f"Given an English word in lower case, {act}.",
            f"{act} (exceptions do not matter)",
        ),
        names=(form, f"make_{form}", f"{form}_form", "word_form"),
        solutions=solutions,
        arguments=[(word,) for word in choose.sample(examples, 5)] + [(choose.word(),)],
    )


@family(task=("check", "count", "first_break"))
def word_chain(choose: Chooser, task: str) -> Exercise:
    """Check that each word starts with the letter that ends the previous one."""
    act, expression = {
        "check": (
            "check whether every word of a list starts with the last letter of the word before it",
            "all(a[-1] == b[0] for a, b in zip(words, words[1:]))",
        ),
        "count": (
            "count how many neighboring pairs of words in a list have the property that the second "
            "word starts with the last letter of the first",
            "sum(1 for a, b in zip(words, words[1:]) if a[-1] == b[0])",
        ),
        "first_break": (
            "return the first word of a list that does not start with the last letter of the word "
            "before it, or None",
            "next((b for a, b in zip(words, words[1:]) if a[-1] != b[0]), None)",
        ),
    }[task]
    arguments = []
    for number in range(6):
        words = [choose.word()]
        for _ in range(choose.integer(1, 4)):
            words.append(words[-1][-1] + choose.word()[1:])
        if number % 2:
            words.insert(choose.integer(0, len(words)), choose.word())
        arguments.append((words,))
    return Exercise(
        texts=(
            act,
            *ways_to_ask(act),
            "In a word chain each word begins with the letter that ends the previous word. Write a "
            f"function to {act}.",
        ),
        names=("word_chain", "check_chain", f"chain_{task}", "is_chain"),
        solutions=(returning("words", expression),),
        arguments=arguments,
    )


_TEMPLATES = {
    "braces": (
        "fill a template: replace each '{name}' in a text by the value of that name in a "
        "dictionary",
        "'{' + key + '}'",
        "{{{}}}",
    ),
    "dollar": (
        "replace every '$name' in a text by the value that a dictionary has for that name",
        "'$' + key",
        "${}",
    ),
    "brackets": (
        "replace every key of a dictionary that stands in square brackets in a text by its value",
        "'[' + key + ']'",
        "[{}]",
    ),
}
_TEMPLATES_RETOLD = {
    "braces": (
        "Given a text with names in braces, such as 'Hi {name}', and a dictionary, put in "
        "the values of the dictionary."
    ),
    "dollar": (
        "Given a text with variables such as $name and a dictionary of their values, return "
        "the finished text."
    ),
    "brackets": (
        "Given a text with words in square brackets and a dictionary, write the values of "
        "the dictionary in the place of these words and their brackets."
    ),
}


@family(form=tuple(_TEMPLATES))
def fill_text_template(choose: Chooser, form: str) -> Exercise:
    """Fill the places of a text template from a dictionary."""
    act, place, pattern = _TEMPLATES[form]
    arguments = []
    for _ in range(5):
        mapping = dict(
            zip(
                choose.sample(("name", "city", "day", "food"), 2),
                [choose.person(), choose.word()],
                strict=True,
            )
        )
        places = [pattern.format(key) for key in mapping]
        text = " ".join([choose.word(), places[0], choose.word(), choose.one_of(places), "."])
        arguments.append((text.replace(" .", "."), mapping))
    return Exercise(
        texts=(
            act,
            _TEMPLATES_RETOLD[form],
            *ways_to_ask(act),
            f"{act} and return the new text",
        ),
        names=("fill_template", "fill", "replace_names", "make_text"),
        solutions=(
            f"""
            def solve(text, mapping):
                for key, value in mapping.items():
                    text = text.replace({place}, value)
                return text
            """,
        ),
        arguments=arguments,
        synonyms={"text": ("template", "s", "message"), "mapping": ("values", "d", "data")},
    )
