import json
import sys
from pathlib import Path
from types import SimpleNamespace

import huggingface_hub
import pytest

from hrm_core.errors import (
    DataError,
    PluginConflictError,
    PluginLoadError,
    PluginNotFoundError,
    UsageError,
)
from hrm_core.model_folder import find_model_folder, read_model_json


class FakeHub:
    """Stands in for `huggingface_hub.snapshot_download`: one repository, and what was asked."""

    def __init__(self, folder, files):
        self.folder, self.files, self.asked = folder, files, []

    def __call__(self, hub_id, *, allow_patterns):
        huggingface_hub.utils.validate_repo_id(hub_id)
        self.asked.append(hub_id)
        for name in huggingface_hub.utils.filter_repo_objects(
            self.files, allow_patterns=allow_patterns
        ):
            (self.folder / name).write_text(json.dumps({"model_type": "llama"}))
        return str(self.folder)

    @property
    def fetched(self):
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def hub(tmp_path, monkeypatch):
    (tmp_path / "snapshot").mkdir()
    fake = FakeHub(tmp_path / "snapshot", [])
    monkeypatch.setattr(huggingface_hub, "snapshot_download", fake)
    return fake


TOKENIZER = ["merges.txt", "special.model", "template.jinja", "tokenizer.json", "vocab.txt"]


@pytest.mark.parametrize(
    ("weights", "wanted"),
    [
        (["model.safetensors"], ["model.safetensors"]),
        (["pytorch_model.bin"], ["pytorch_model.bin"]),
        (["model.safetensors", "pytorch_model.bin"], ["model.safetensors"]),
    ],
)
def test_a_hub_model_is_downloaded_with_tokenizer_and_one_weight_format(hub, weights, wanted):
    hub.files = ["config.json", "README.md", "flax_model.msgpack", *TOKENIZER, *weights]
    assert find_model_folder("someone/model") == hub.folder
    assert hub.fetched == sorted(["config.json", *TOKENIZER, *wanted])


@pytest.mark.parametrize("message", ["the proxy says no", ""])
def test_an_error_of_the_network_library_is_a_data_error(hub, monkeypatch, message):
    network_error = huggingface_hub.errors.HfHubHTTPError.__bases__[0]

    def fail(*_, **__):
        raise network_error(message)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fail)
    with pytest.raises(DataError, match=f"hub: {message or network_error.__name__}\n"):
        find_model_folder("someone/model")


def test_a_cached_model_without_weights_is_told(hub):
    hub.files = ["config.json"]
    with pytest.raises(DataError, match=r"snapshot has no weights, .* Go online once"):
        find_model_folder("org/model")


def test_the_config_of_a_hub_model_is_downloaded_without_weights(hub):
    hub.files = ["config.json", "model.safetensors", "tokenizer.json"]
    folder = find_model_folder("someone/model", config_only=True)
    assert read_model_json(folder) == {"model_type": "llama"}
    assert hub.fetched == ["config.json"]


@pytest.mark.parametrize(
    "reference",
    [
        "../nothere",
        "./nothere",
        ".a/b",
        "a/.b",
        "a..b/c",
        "a--b/c",
        "-a/b",
        "\u00fc/b",
        "~nobody0/x",
    ],
)
def test_a_missing_path_is_a_usage_error_and_not_a_hub_id(hub, tmp_path, monkeypatch, reference):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        find_model_folder(reference)
    assert str(caught.value).startswith(f"unknown model {reference!r}: ")
    assert hub.asked == []


def test_an_unreadable_folder_is_a_data_error_that_names_it(monkeypatch):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.is_dir", refuse)
    with pytest.raises(DataError, match="secret/model: cannot be read: Permission denied"):
        find_model_folder("secret/model")


@pytest.fixture
def ship(install, monkeypatch, tmp_path):
    """Install a package that ships this object as the model `tiny`; by default a real folder."""

    def register(shipped, *, times=1):
        monkeypatch.setitem(sys.modules, "tiny_package", SimpleNamespace(MODEL=shipped))
        install(*[("tiny", "tiny_package:MODEL", "tiny-package")] * times, group="hrm.models")

    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    register(folder)
    return register


@pytest.mark.parametrize("kind", [str, lambda path: path], ids=["text", "path"])
def test_a_shipped_model_is_found_by_its_name(ship, tmp_path, kind):
    ship(kind(tmp_path / "shipped"))
    assert find_model_folder("tiny") == tmp_path / "shipped"


@pytest.mark.parametrize("files", [[], ["config.json"]], ids=["no config", "config"])
def test_a_folder_called_like_a_shipped_model_needs_a_path(ship, tmp_path, monkeypatch, files):
    (tmp_path / "tiny").mkdir()
    for name in files:
        (tmp_path / "tiny" / name).write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert find_model_folder("tiny") == tmp_path / "shipped"
    for reference in ("./tiny", Path("./tiny")):
        if files:
            assert find_model_folder(reference).resolve() == tmp_path / "tiny"
        else:
            with pytest.raises(DataError, match=r"tiny: no config\.json in this folder"):
                find_model_folder(reference)


@pytest.mark.parametrize(
    "shipped", [None, 3, "nowhere", sys], ids=["none", "int", "text", "module"]
)
def test_a_package_without_the_model_that_it_names_is_broken(ship, shipped):
    ship(shipped)
    with pytest.raises(PluginLoadError) as caught:
        find_model_folder("tiny")
    assert str(caught.value).startswith(
        "shipped model 'tiny' (tiny-package 9.1): expected 'tiny_package:MODEL' to be a folder "
        "with config.json, got "
    )
    assert str(caught.value).endswith(
        "\nRepair it with: pip install --upgrade --force-reinstall tiny-package"
    )


def test_a_shipped_model_provided_twice_is_an_error(ship, tmp_path):
    ship(tmp_path / "shipped", times=2)
    with pytest.raises(PluginConflictError, match="shipped model 'tiny' is provided twice"):
        find_model_folder("tiny")


def test_the_model_of_this_project_says_how_to_install_it(ship):
    with pytest.raises(PluginNotFoundError) as caught:
        find_model_folder("hrm-nano")
    assert str(caught.value) == (
        "shipped model 'hrm-nano' is not installed (installed: tiny).\n"
        "Install it with: pip install hrm-nano"
    )


@pytest.mark.parametrize(("typed", "meant"), [("hrm_nano", "hrm-nano"), ("tinny", "tiny")])
def test_a_misspelled_shipped_model_gets_a_suggestion(ship, typed, meant):
    with pytest.raises(UsageError) as caught:
        find_model_folder(typed)
    assert str(caught.value).endswith(f"(shipped: tiny). Did you mean {meant!r}?")


@pytest.mark.parametrize("text", ["[" * 100_000, "{", "9" * 5000, "[]", "{}"])
def test_an_unreadable_config_is_a_data_error_that_names_it(tmp_path, text):
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(DataError, match=r"config\.json: "):
        read_model_json(tmp_path)


def test_a_folder_that_is_no_checkpoint_says_what_it_may_be(tmp_path):
    (tmp_path / "checkpoint-10").mkdir()
    (tmp_path / "checkpoint-10" / "config.json").write_text("{}")
    with pytest.raises(DataError, match=r"Name a checkpoint in it: .*checkpoint-10"):
        find_model_folder(str(tmp_path))
    (tmp_path / "adapter_config.json").write_text("{}")
    with pytest.raises(DataError, match="It is an adapter of PEFT"):
        find_model_folder(str(tmp_path))


def test_an_address_in_place_of_a_model_says_how_to_name_a_server():
    with pytest.raises(UsageError, match="openai:NAME@URL"):
        find_model_folder("http://localhost:8000/v1")


def test_a_run_in_place_of_a_checkpoint_names_its_checkpoints(tmp_path):
    with pytest.raises(DataError, match=r"so it is not a checkpoint\.$"):
        find_model_folder(str(tmp_path))
    for name in ("best", "last"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text("{}")
    message = f"Name a checkpoint in it: {tmp_path}/best, {tmp_path}/last"
    with pytest.raises(DataError, match=message):
        find_model_folder(str(tmp_path))
