import pytest

from hrm_nano import MODEL_FOLDER


@pytest.fixture(scope="session")
def folder():
    """The folder of the shipped model, which must be complete."""
    assert (MODEL_FOLDER / "model.safetensors").is_file(), (
        f"{MODEL_FOLDER} has no weights. Write them with: "
        "python packages/hrm-nano/make/export.py RUN/best"
    )
    return MODEL_FOLDER
