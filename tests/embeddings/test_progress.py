"""Progress is a bar on a terminal and silence anywhere else."""

import io
import sys

import pytest

from embeddings import TerminalProgress, silent


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = TerminalProgress()
    progress(1, 4, "Encoding texts")
    progress(4, 4, "Encoding texts")
    progress(0, 2, "Building the index")
    progress.close()
    assert "Encoding texts" in terminal.getvalue()
    assert "Building the index" in terminal.getvalue()


def test_a_file_or_pipe_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress()
    progress(1, 4, "Encoding texts")
    progress.close()
    silent(1, 4, "Encoding texts")
    assert capsys.readouterr() == ("", "")
