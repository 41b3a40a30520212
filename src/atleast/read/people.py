"""People spoken of as taken: by name or by role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from atleast.model import Mention

from .tokens import Sentence

if TYPE_CHECKING:
    from .reader import Page


def mentions_in(page: Page, n: int, sentence: Sentence, place: str | None) -> Sequence[Mention]:
    return ()
