"""The records and the vocabulary: what was said, by whom, of how many, and what was decided about it.

Standard library only; everything else in atleast rests on this and it rests on nothing.
"""

from .codec import decode, decode_lines, encode, record_of
from .dispatches import Copy, Dispatch, Passage
from .errors import AtleastError, BadLexicon, BadRecord, NoAnswer, Stopped, Trouble, Unreadable
from .intervals import People, Span, instant, span
from .records import Claim, Decision, Evidence, Happening, Mention, Number, Record, Report, unreviewed
from .text import clean

__all__ = [
    "AtleastError",
    "BadLexicon",
    "BadRecord",
    "Claim",
    "Copy",
    "Decision",
    "Dispatch",
    "Evidence",
    "Happening",
    "Mention",
    "NoAnswer",
    "Number",
    "Passage",
    "People",
    "Record",
    "Report",
    "Span",
    "Stopped",
    "Trouble",
    "Unreadable",
    "clean",
    "decode",
    "decode_lines",
    "encode",
    "instant",
    "record_of",
    "span",
    "unreviewed",
]
