"""Whom a report's credit line names: the agency that a newspaper has its dispatch from."""

import re
from collections.abc import Iterator

from atleast.lexicon import speakers
from atleast.model import Report

_NAME = r"[^\W\d_][^\n()/|—–:;,.]{1,30}?(?:\.\w{2,4})?"
# "BREE (AP) —", "BREE, 7 Oct - Reuters.", "BREE, Oct. 7 /TASS/." at the head; at the foot a line, or brackets behind
# the last sentence, that hold the name and little else.
_HEAD = (
    re.compile(rf"[(/]({_NAME})[)/]"),
    re.compile(rf"[-—–]\s+({_NAME})[.,:—–]\s"),
    re.compile(rf"\.\s*({_NAME})\s*[-—–]\s"),
)
_FOOT = (
    re.compile(rf"[(/\[]({_NAME})[)/\]]\W*\Z"),
    re.compile(rf"\n\W*(?:[^\n:©]{{1,30}}[:©])?\s*({_NAME})\W*\Z"),
)
_HEAD_LENGTH, _FOOT_LENGTH = 120, 80
_AGENCY = "agency"


def credited(report: Report) -> str | None:
    """The agency that a report's head or foot names as its source, by its canonical name; None where none does.

    A name within a sentence is no credit: "Reuters quoted the mayor" only says whom Reuters quoted.
    """
    return next(_agencies(report.text.strip()), None)


def _agencies(text: str) -> Iterator[str]:
    parts = ((_HEAD, text[:_HEAD_LENGTH]), (_FOOT, "\n" + text[-_FOOT_LENGTH:]))
    for patterns, part in parts:
        for pattern in patterns:
            for found in pattern.finditer(part):
                speaker = speakers().named(found[1].strip())
                if speaker and _AGENCY in speaker.heads:
                    yield speaker.name
