import io
import os
import subprocess
import sys

import pytest

from hrm_core.command import run_command
from hrm_core.streams import lasting_streams


def full_disk():
    return os.fdopen(os.open("/dev/full", os.O_WRONLY), "w")


def closed_pipe():
    """Return a stream that writes into a pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "w")


@pytest.mark.parametrize("name", ["stdout", "stderr"])
@pytest.mark.parametrize("make", [closed_pipe, full_disk], ids=["closed pipe", "full disk"])
def test_a_stream_that_cannot_be_written_discards_what_it_gets(monkeypatch, name, make):
    stream = make()
    monkeypatch.setattr(sys, name, stream)
    with lasting_streams():
        for _ in range(3):
            print("line " * 9000, file=getattr(sys, name), flush=True)
    assert getattr(sys, name) is stream
    stream.close()


def test_streams_that_can_be_written_are_unchanged(capsys):
    with lasting_streams():
        sys.stdout.write("out\n")
        sys.stderr.write("error\n")
        assert not sys.stderr.isatty()
    assert capsys.readouterr() == ("out\n", "error\n")


def test_characters_that_the_encoding_of_the_output_lacks_are_escaped(monkeypatch):
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", stream)
    with lasting_streams():
        assert run_command(lambda **_: sys.stdout.write("Größe 你\n"), "test", []) == 0
        sys.stdout.flush()
    assert written.getvalue() == "Größe \\u4f60\n".encode("latin-1")


def test_other_errors_of_a_stream_are_raised(monkeypatch):
    stream = io.StringIO()
    stream.close()
    monkeypatch.setattr(sys, "stdout", stream)
    with lasting_streams(), pytest.raises(ValueError, match="closed file"):
        sys.stdout.write("x")


PROGRAM = """
import sys
from hrm_core.command import run_command
from hrm_core.streams import lasting_streams
def app(**_):
    for _ in range(100_000):
        print("line")
    sys.stderr.write("done")
with lasting_streams():
    sys.exit(run_command(app, "test", []))
"""


def test_a_command_goes_on_when_the_reader_of_its_output_has_gone():
    command = f"{sys.executable} -c '{PROGRAM}' | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "line\n", "done")
