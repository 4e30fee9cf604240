import pytest

from hrm_core.files import replacing, write_whole


def test_a_written_file_replaces_the_old_one_and_leaves_no_draft(tmp_path):
    path = tmp_path / "a.json"
    write_whole(path, "old")
    write_whole(path, "n\u00e4w")
    assert path.read_bytes() == "n\u00e4w".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_stays_until_the_draft_is_complete(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old")
    with replacing(path) as draft:
        draft.write_text("new")
        assert path.read_text() == "old"
        assert draft.parent == path.parent
    assert path.read_text() == "new"


def write_half(path, error):
    with replacing(path) as draft:
        draft.write_text("ne")
        raise error


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_a_failed_write_keeps_the_old_file_and_deletes_the_draft(tmp_path, error):
    path = tmp_path / "a.json"
    path.write_text("old")
    with pytest.raises(error):
        write_half(path, error)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_a_file_not_found_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "absent" / "a.json", "text")
