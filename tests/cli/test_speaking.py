"""The command line speaks the language of its system."""

import pytest

from atleast.cli.speaking import spoken


@pytest.mark.parametrize(
    ("settings", "asked", "language"),
    [
        ({"LC_ALL": "ru_RU.UTF-8"}, None, "ru"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ru_RU.UTF-8"}, None, "en"),
        ({"LC_ALL": "", "LANG": "ru_RU.UTF-8"}, None, "ru"),
        ({"LC_MESSAGES": "ru_RU", "LANG": "en_US"}, None, "ru"),
        ({"LC_ALL": "ru_RU.UTF-8"}, "en", "en"),
        ({"LC_ALL": "de_DE"}, None, "en"),
        ({}, None, "en"),
    ],
)
def test_the_language_is_asked_for_or_the_systems_or_english(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], asked: str | None, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert spoken(asked).language == language
