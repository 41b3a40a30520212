"""Every sentence that the desk says is there in Russian, too."""

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(shutil.which("msgattrib") is None, reason="gettext is not installed")
def test_no_sentence_lacks_its_translation(capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("build_messages", ROOT / "tools" / "build_messages.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    missing = tool.main(check=True)

    assert missing == 0, capsys.readouterr().out
