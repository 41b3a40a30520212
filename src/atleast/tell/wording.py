"""The languages in which results are told: our own templates, and those of reckoning."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "ru")


class Words:
    """One language. `words("read.about", number=40)` is the sentence of that name, its gaps filled."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._templates = templates(language)

    def __call__(self, key: str, /, **gaps: object) -> str:
        return self._templates[key].format_map(gaps)

    def word(self, section: str, name: str) -> str:
        """The word for one of a list; the name itself where the list does not have it."""
        return self._templates.get(f"{section}.{name}", name)


@cache
def templates(language: str) -> Mapping[str, str]:
    """Every template of a language under its section and key, ours before those of reckoning."""
    from atleast.reckon.words import templates as reckoned

    return {**reckoned(language), **own(language)}


def own(language: str) -> Mapping[str, str]:
    """Our own templates of a language."""
    text = (files("atleast.tell") / "messages" / f"{language}.toml").read_text(encoding="utf-8")
    return {f"{section}.{key}": words for section, keys in tomllib.loads(text).items() for key, words in keys.items()}
