import base64
import hashlib
import re

import pytest

from hrm_core.errors import UsageError
from hrm_eval.pages import render_page, write_page


def test_the_policy_admits_the_script_and_the_style_of_the_page_and_nothing_else():
    page = render_page("runs.html", script="runs.js", title="Runs", rows=[])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    for part in ("script", "style"):
        (text,) = re.findall(rf"<{part}>(.*?)</{part}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_values_are_escaped_also_if_utf_8_has_no_bytes_for_them():
    page = render_page("runs.html", script="runs.js", title="<b>\ud800\x1b&", rows=[])
    assert "<title>&lt;b&gt;\\ud800\\x1b&amp;</title>" in page
    page.encode()


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path):
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        write_page(tmp_path / "none" / "page.html", "new")
    (tmp_path / "page.html").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_page(tmp_path / "page.html", "\ud800")
    assert (tmp_path / "page.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
