import json
import pickle
import threading
import tracemalloc

import pytest

from hrm_core import tokenizer as tokenizer_module
from hrm_core.errors import ConfigError, DataError
from hrm_core.tokenizer import Tokenizer

SPECIAL = ("<pad>", "<end>")
TEXT = "def add(first, second):\n    return first + second\n" * 20


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer.train([TEXT], vocab_size=300, special_tokens=SPECIAL)


@pytest.mark.parametrize("text", ["def f():\n\treturn 2026", "ünï ☃ \U0001f600", "  \n\n  x", ""])
def test_any_text_survives_a_round_trip(tokenizer, text):
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_special_tokens_have_the_first_ids_and_never_come_from_text(tokenizer):
    assert [tokenizer.token_id(token) for token in SPECIAL] == [0, 1]
    ids = tokenizer.encode("a <end> b")
    assert 1 not in ids
    assert tokenizer.decode(ids) == "a <end> b"


def test_text_gives_no_special_tokens_beside_a_thread_that_reads_them(tokenizer):
    text = "a <end> b" * 20
    plain, special = tokenizer.encode(text), tokenizer.encode_with_special(text)
    assert 1 not in plain
    assert special.count(1) == 20

    def encode(act, expected, wrong):
        wrong += [ids for _ in range(300) if (ids := act(text)) != expected]

    wrong = []
    jobs = [(tokenizer.encode, plain), (tokenizer.encode_with_special, special)] * 2
    threads = [threading.Thread(target=encode, args=(*job, wrong)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_special_tokens_are_left_out_of_decoded_text(tokenizer):
    assert tokenizer.decode([0, *tokenizer.encode("x"), 1]) == "x"


def test_each_digit_is_a_separate_token(tokenizer):
    assert len(tokenizer.encode("1234")) == 4


def test_frequent_words_become_one_token_and_few_texts_give_few_tokens(tokenizer):
    assert len(tokenizer.encode(" first")) == 1
    assert 258 < tokenizer.vocab_size <= 300


def test_lone_surrogates_are_replaced_and_do_not_crash(tokenizer):
    assert tokenizer.decode(tokenizer.encode("a\ud800b")) == "a?b"


def test_a_saved_tokenizer_is_the_same_when_loaded(tokenizer, tmp_path):
    tokenizer.save(tmp_path / "tokenizer.json")
    loaded = Tokenizer.load(tmp_path / "tokenizer.json")
    assert loaded.encode(TEXT + "<end>") == tokenizer.encode(TEXT + "<end>")


def test_training_is_deterministic(tokenizer, tmp_path):
    again = Tokenizer.train([TEXT], vocab_size=300, special_tokens=SPECIAL)
    assert again.encode(TEXT) == tokenizer.encode(TEXT)


def saved(tokenizer, path):
    tokenizer.save(path)
    return path.read_bytes()


def test_texts_that_are_read_one_by_one_give_the_same_tokenizer(tmp_path):
    texts = ["", *(f"{TEXT} {number} word{number % 7}\ud800" for number in range(200)), ""]
    options = {"vocab_size": 400, "special_tokens": SPECIAL}
    listed = Tokenizer.train(texts, **options)
    streamed = Tokenizer.train((text for text in texts), **options)
    assert saved(streamed, tmp_path / "streamed") == saved(listed, tmp_path / "listed")


def test_texts_are_not_all_in_memory(monkeypatch):
    monkeypatch.setattr(tokenizer_module, "_BATCH_SIZE", 1)
    texts = ("word " * 4000 for _ in range(40))
    tracemalloc.start()
    try:
        Tokenizer.train(texts, vocab_size=300, special_tokens=SPECIAL)
        assert tracemalloc.get_traced_memory()[1] < 40 * 20_000 / 2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("error", [DataError("broken"), KeyboardInterrupt()])
def test_an_error_while_texts_are_read_ends_the_training(error):
    def texts():
        assert threading.current_thread() is threading.main_thread()
        yield from [TEXT] * 500
        raise error

    with pytest.raises(type(error)) as caught:
        Tokenizer.train(texts(), vocab_size=300, special_tokens=SPECIAL)
    assert caught.value is error


def test_an_error_of_the_library_ends_the_reading():
    class Broken:
        def train_from_iterator(self, texts, trainer):
            raise MemoryError

    with pytest.raises(MemoryError):
        tokenizer_module._train(Broken(), None, (f"text {n}" for n in range(1000)))


def test_a_pickled_tokenizer_is_the_same_and_knows_no_special_tokens_in_text(tokenizer, tmp_path):
    copy = pickle.loads(pickle.dumps(tokenizer))
    assert saved(copy, tmp_path / "copy") == saved(tokenizer, tmp_path / "tokenizer")
    assert copy.encode("a <end> b") == tokenizer.encode("a <end> b")
    assert 1 not in copy.encode("a <end> b")


def test_training_without_text_or_with_a_tiny_vocabulary_is_an_error():
    with pytest.raises(DataError, match="no text to train on"):
        Tokenizer.train([""], vocab_size=300, special_tokens=SPECIAL)
    with pytest.raises(DataError, match="no text to train on"):
        Tokenizer.train(iter([]), vocab_size=300, special_tokens=SPECIAL)
    with pytest.raises(ConfigError, match=r"model\.vocab_size: must be at least 258"):
        Tokenizer.train([TEXT], vocab_size=257, special_tokens=SPECIAL)


@pytest.mark.parametrize("content", [None, b"", b"{}", b"not json", b"\xff\xfe"])
def test_a_missing_or_broken_file_is_an_error_that_names_it(tmp_path, content):
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"tokenizer\.json"):
        Tokenizer.load(path)


def test_truncation_padding_and_dropout_of_a_file_are_switched_off(tokenizer, tmp_path):
    text = "def add(first, second):\n    return first + second\n"
    tokenizer.save(tmp_path / "plain.json")
    rules = json.loads((tmp_path / "plain.json").read_text())
    rules["truncation"] = {"direction": "Right", "max_length": 4, "strategy": "LongestFirst",
                           "stride": 0}  # fmt: skip
    rules["padding"] = {"strategy": {"Fixed": 64}, "direction": "Left", "pad_to_multiple_of": None,
                        "pad_id": 0, "pad_type_id": 0, "pad_token": "<pad>"}  # fmt: skip
    rules["model"]["dropout"] = 0.9
    (tmp_path / "noisy.json").write_text(json.dumps(rules))
    loaded = Tokenizer.load(tmp_path / "noisy.json")
    assert {tuple(loaded.encode(text)) for _ in range(20)} == {tuple(tokenizer.encode(text))}
    loaded.save(tmp_path / "saved.json")
    assert (tmp_path / "saved.json").read_bytes() == (tmp_path / "plain.json").read_bytes()


def with_rules(tokenizer, path, **rules):
    """Return a tokenizer with the vocabulary of another one and other rules."""
    tokenizer.save(path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **rules}))
    return Tokenizer.load(path)


SPACES = [
    pytest.param({}, "", id="byte-level"),
    pytest.param(
        {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True,
                           "use_regex": True}}, " ", id="byte-level-with-prefix",
    ),
    pytest.param(
        {"normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFC"}, {"type": "Prepend", "prepend": "\u2581"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"},
            {"type": "Replace", "pattern": {"String": "\u2581"}, "content": "\u0120"}]},
         "pre_tokenizer": None}, " ", id="prepend",
    ),
    pytest.param(
        {"normalizer": {"type": "Prepend", "prepend": " "},
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
                           "use_regex": True}}, " ", id="prepend-alone",
    ),
    pytest.param(
        {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Metaspace", "replacement": "\u0120", "prepend_scheme": "always",
             "split": True}]}}, " ", id="metaspace",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "prefix"), SPACES)
def test_a_text_that_continues_another_gets_no_space_before_it(tokenizer, tmp_path, rules, prefix):
    other = with_rules(tokenizer, tmp_path / "tokenizer.json", **rules)
    assert other.decode(other.encode("def")) == f"{prefix}def"
    assert other.decode(other.encode_continuation("def")) == "def"
    assert other.decode(other.encode_continuation("  return")) == "  return"
    assert other.encode_continuation("<end>") != [1]


def test_a_marked_prompt_gets_the_special_tokens_of_the_published_rules(tokenizer, tmp_path):
    rules = json.loads(tokenizer._raw.to_str())
    begin, end = tokenizer.token(0), tokenizer.token(1)
    rules["post_processor"] = {
        "type": "TemplateProcessing",
        "single": [_special(begin), _sequence("A"), _special(end)],
        "pair": [_special(begin), _sequence("A"), _sequence("B"), _special(end)],
        "special_tokens": {
            name: {"id": name, "ids": [number], "tokens": [name]}
            for number, name in enumerate((begin, end))
        },
    }
    (tmp_path / "published.json").write_text(json.dumps(rules))
    published = Tokenizer.load(tmp_path / "published.json")
    published.save(tmp_path / "saved.json", marks_prompt=True)
    saved = Tokenizer.load(tmp_path / "saved.json")
    inner = tokenizer.encode("return 1")
    for one in (published, saved):
        assert one.encode_as_published("return 1") == [0, *inner, 1]
    assert set(saved._raw.encode("return 1").type_ids) == {1}


def _special(name):
    return {"SpecialToken": {"id": name, "type_id": 0}}


def _sequence(name):
    return {"Sequence": {"id": name, "type_id": 0}}
