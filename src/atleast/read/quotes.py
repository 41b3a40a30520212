"""What stands in quotation marks: who speaks outside of them is the source of all that stands inside."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from .tokens import Layout, Sentence, Token

_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’"}
_NAME = 4  # words: what is no longer is a name or a slogan, no statement


def quotations(layout: Layout) -> list[tuple[int, int]]:
    """The statements in quotation marks, as runs of tokens with the marks; one left open ends with its paragraph."""
    if not any(mark in layout.text for mark in _PAIRS):
        return []
    return [
        (a, b)
        for _, sentences in groupby(layout.sentences, key=lambda s: s.paragraph)
        for a, b in _paragraph(layout.tokens, list(sentences))
        if sum(layout.tokens[i].kind == "word" for i in range(a, b)) > _NAME
    ]


def _paragraph(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    start, closer = -1, ""
    last = sentences[-1].last
    for i in range(sentences[0].first, last):
        text = tokens[i].text
        if start >= 0 and text in closer and not _within_word(tokens, i):
            yield start, i + 1
            start = -1
        elif start < 0 and text in _PAIRS and (text != "‘" or _opens(tokens, i)):
            start, closer = i, _PAIRS[text]
    if start >= 0:
        yield start, last


def _within_word(tokens: Sequence[Token], i: int) -> bool:
    """Whether a closing mark is an apostrophe: "the girls’ school"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return tokens[i].text == "’" and after is not None and after.kind == "word" and tokens[i - 1].kind == "word"


def _opens(tokens: Sequence[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end
