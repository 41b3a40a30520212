"""The bar: seen on a terminal only, after a second, and gone at the end."""

import io
import sys

import pytest

from atleast.cli import progress
from atleast.cli.progress import Bar
from atleast.tell import Words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, out: io.StringIO, patience: float) -> str:
    monkeypatch.setattr(sys, "stderr", out)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    with Bar(Words("en")) as bar:
        bar("collect", 0, 0)
        bar("collect", 1, 4)
        bar("read", 4, 4)
    return out.getvalue()


def test_a_bar_is_drawn_on_a_terminal_and_wiped_off(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(monkeypatch, Terminal(), 0.0)

    assert "collecting" in shown and " 25 %" in shown and "100 %" in shown
    assert shown.endswith("\r") and shown.rstrip("\r").endswith(" ")


def test_what_is_quick_needs_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, Terminal(), 60.0) == ""


def test_where_nobody_looks_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, io.StringIO(), 0.0) == ""
