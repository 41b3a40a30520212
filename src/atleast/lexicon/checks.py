"""Is a language pack sound? Every line has an example, every example gives what it says."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from .packs import Line, Pack, pack


class Outcome(Protocol):
    """What an example gave: claims and people in brief, and the lines (file:line) that matched in it."""

    @property
    def claims(self) -> Sequence[str]: ...
    @property
    def people(self) -> Sequence[str]: ...
    @property
    def lines(self) -> Collection[str]: ...


def check(language: str, trial: Callable[[str, str], Outcome]) -> list[str]:
    """What is wrong with a language pack, one finding a line; empty when all is well.

    Args:
        language: For instance "ru".
        trial: Reads an example sentence (text, language); the reader's, passed in.

    Returns:
        Findings, by file and line: a line without an example, an example that does not hold the line's own
        phrase, one that gives something else than it says, a stem of one or two letters, a phrase given twice,
        a number word whose value cannot be read back.
    """
    known = pack(language)
    if known is None:
        return [f"{language}: there is no pack of this language"]
    findings = [finding for line in known.lines for finding in _line(line, language, trial)]
    return findings + list(_twice(known)) + list(_numbers(known))


def _line(line: Line, language: str, trial: Callable[[str, str], Outcome]) -> Iterator[str]:
    for stem in re.findall(r"(?<!\S)(\w{1,2})\*", line.phrase):
        yield f"{line.source}: the stem {stem}* matches too much"
    for last in re.findall(r"(?:(?<=\s)|(?<=\|)|^)\*(\w{1,3})(?!\w)", line.phrase):
        yield f"{line.source}: *{last} matches too much"
    if not line.example:
        yield f"{line.source}: no example for {line.phrase!r}"
        return
    outcome = trial(line.example, language)
    if line.source not in outcome.lines:
        yield f"{line.source}: the example does not use the line: {line.example}"
    parts = [part.strip() for part in line.gives.split(";") if part.strip() and part.strip() != "nothing"]
    wanted = [part for part in parts if ": " not in part]
    people = [part for part in parts if ": " in part]
    if people and people != list(outcome.people):
        given = "; ".join(outcome.people) or "nobody"
        yield f"{line.source}: {line.example!r} tells of {given}, not of {'; '.join(people)}"
    if not _agree(wanted, list(outcome.claims)):
        given = "; ".join(outcome.claims) or "nothing"
        yield f"{line.source}: {line.example!r} gives {given}, not {line.gives or 'nothing'}"


def _agree(wanted: Sequence[str], given: Sequence[str]) -> bool:
    """Whether the claims are the wanted ones, in order; a wanted claim may leave out place and speaker."""
    return len(wanted) == len(given) and all(_fits(w, g) for w, g in zip(wanted, given, strict=True))


def _fits(wanted: str, given: str) -> bool:
    parts = re.split(r" (?=among |in |by )", wanted)
    told = re.split(r" (?=among |in |by )", given)
    return parts[0] == told[0] and all(part in told for part in parts[1:])


def _twice(known: Pack) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for line in known.lines:
        first = seen.setdefault((line.label, line.phrase), line.source)
        if first != line.source:
            yield f"{line.source}: {line.phrase!r} stands already at {first}"


def _numbers(known: Pack) -> Iterator[str]:
    for form, word in known.numbers.items():
        if not (word.value or word.factor or word.vague):
            yield f"numbers.tsv: {form!r} is worth nothing"
