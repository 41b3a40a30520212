"""In which language the command line speaks."""

import os

from atleast.tell import LANGUAGES, Words


def spoken(asked: str | None) -> Words:
    """The language that was asked for; else the one of the system, else English."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = asked or next(filter(None, settings), "")[:2].lower()
    return Words(language if language in LANGUAGES else "en")
