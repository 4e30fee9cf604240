import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError
from hrm_core.tokenizer_config import TokenizerConfig


def test_a_tokenizer_section_names_texts_or_a_file():
    assert TokenizerConfig() == from_mapping(TokenizerConfig, {"text": [], "file": None})
    assert from_mapping(TokenizerConfig, {"text": ["a.txt"]}).text == ["a.txt"]


def test_a_misspelled_key_is_an_error_with_a_suggestion():
    with pytest.raises(ConfigError, match=r"tokenizer.files: unknown key. Did you mean 'file'\?"):
        from_mapping(TokenizerConfig, {"files": "x"}, where="tokenizer")
