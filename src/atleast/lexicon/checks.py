"""Is a language pack sound? Every line has an example, every example gives what it says."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import islice, product
from typing import Protocol

from .packs import Line, Pack, call_pack, languages, pack
from .places import gazetteer

NEEDED = (
    *("name", "decimal", "thousands", "order", "abbreviations", "in_place", "stops", "conjunctions", "relative"),
    *("passive", "negation", "counting", "links", "joints", "partitive", "denies_nouns", "without", "not_counting"),
    *("not_event", "definite", "articles", "objects"),
)
"""The settings that the reader asks for in every language."""


class Outcome(Protocol):
    """What an example gave: claims and people in brief, and the lines (file:line) that matched in it."""

    @property
    def claims(self) -> Sequence[str]: ...
    @property
    def people(self) -> Sequence[str]: ...
    @property
    def lines(self) -> Collection[str]: ...


Trying = Callable[[str, str], Outcome]


def check(language: str, trial: Trying, *, calling: Trying | None = None) -> list[str]:
    """What is wrong with a language pack, one finding a line; empty when all is well.

    Args:
        language: For instance "ru".
        trial: Reads an example sentence (text, language); the reader's, passed in.
        calling: The same for a line of a hotline call, by which the lines of `calls.tsv` are tried.

    Returns:
        Findings, by file and line: a line without an example, an example that does not hold the line's own
        phrase, one that gives something else than it says, a stem of one or two letters, a phrase given twice,
        a number word whose value cannot be read back. Where the reason can be guessed (a label or a setting that no
        other language has, a place that the gazetteer does not know), it stands in brackets behind.
    """
    known = pack(language)
    if known is None:
        return [f"{language}: there is no pack of this language"]
    return findings(known, trial) + (_of_calls(known, calling) if calling else [])


def _of_calls(known: Pack, calling: Trying) -> list[str]:
    spoken = call_pack(known.language)
    own = [line for line in spoken.lines if line.source.startswith("calls.tsv:")] if spoken else []
    return [finding for line in own for finding in _line(line, known.language, calling)]


def findings(known: Pack, trial: Trying) -> list[str]:
    """The same of a pack at hand."""
    if missing := [name for name in NEEDED if name not in known.settings]:  # nothing can be read without them
        return [f"pack.toml: the setting {name} is missing" for name in missing] + list(_settings(known))
    found = [finding for line in known.lines for finding in _line(line, known.language, trial)]
    return found + list(_twice(known)) + list(_numbers(known)) + list(_settings(known))


def _line(line: Line, language: str, trial: Trying) -> Iterator[str]:
    for stem in re.findall(r"(?<!\S)(\w{1,2})\*", line.phrase):
        yield f"{line.source}: the stem {stem}* matches too much"
    for last in re.findall(r"(?:(?<=\s)|(?<=\|)|^)\*(\w{1,3})(?!\w)", line.phrase):
        yield f"{line.source}: *{last} matches too much"
    if not line.example:
        yield f"{line.source}: no example for {line.phrase!r}"
        return
    outcome = trial(line.example, language)
    if line.source not in outcome.lines:
        yield f"{line.source}: the example does not use the line{_matched(line.phrase)}: {line.example}"
    parts = [part.strip() for part in line.gives.split(";") if part.strip() and part.strip() != "nothing"]
    wanted = [part for part in parts if ": " not in part]
    people = [part for part in parts if ": " in part]
    if people and people != list(outcome.people):
        given = "; ".join(outcome.people) or "nobody"
        yield f"{line.source}: {line.example!r} tells of {given}, not of {'; '.join(people)}"
    if not _agree(wanted, list(outcome.claims)):
        given = "; ".join(outcome.claims) or "nothing"
        why = "; ".join((*_strange_label(line, language), *_strange_place(wanted, outcome.claims)))
        yield f"{line.source}: {line.example!r} gives {given}, not {line.gives or 'nothing'}" + (why and f" ({why})")


def _agree(wanted: Sequence[str], given: Sequence[str]) -> bool:
    """Whether the claims are the wanted ones, in order; a wanted claim may leave out place and speaker."""
    return len(wanted) == len(given) and all(_fits(w, g) for w, g in zip(wanted, given, strict=True))


def _fits(wanted: str, given: str) -> bool:
    parts = re.split(r" (?=among |in |by )", wanted)
    told = re.split(r" (?=among |in |by )", given)
    return parts[0] == told[0] and all(part in told for part in parts[1:])


_SHOWN = 3  # readings of a phrase


def _matched(phrase: str) -> str:
    """What a phrase with choices matches, since "op straat|de been" is easily taken for "op straat" or "de been"."""
    if not set("|(") & set(phrase):
        return ""
    readings = list(islice(_readings(phrase), _SHOWN + 1))
    shown = ", ".join(f"\u201c{reading}\u201d" for reading in readings[:_SHOWN])
    return f", which matches {shown}{' and others' if len(readings) > _SHOWN else ''}"


def _readings(phrase: str) -> Iterator[str]:
    """Each run of words that a phrase matches, its optional parts in."""
    return map(" ".join, product(*(word.split("|") for word in re.sub("[()]", "", phrase).split())))


def _strange_label(line: Line, language: str) -> Iterator[str]:
    """That no other language has the label of a line that does not work, and which it may be."""
    elsewhere = _labels(language)
    head = line.label.partition(".")[0]
    if line.label not in elsewhere and not any(label.startswith(f"{head}.") for label in elsewhere):
        near = get_close_matches(line.label, sorted(elsewhere), 1)
        yield f"no other language has the label {line.label}" + (f"; is it {near[0]}?" if near else "")


def _strange_place(wanted: Sequence[str], given: Sequence[str]) -> Iterator[str]:
    """Places that the example should give, and why it does not."""
    told = {key for part in given for key in _places(part)}
    for key in sorted({key for part in wanted for key in _places(part)} - told):
        if gazetteer().at(key) is None:
            country = key.rpartition(", ")[2]
            near = get_close_matches(key, [place.key for place in gazetteer() if place.key.endswith(country)], 1)
            yield f"the gazetteer calls no place {key}" + (f"; is it {near[0]}?" if near else "")
        elif not told:
            yield f"no place was found; a line place.{key} teaches a name of it"


def _places(part: str) -> Iterator[str]:
    told = re.search(r" in (.+?)(?: by |$)", part)
    if told and "(outside " not in told[1]:
        yield told[1]


def _settings(known: Pack) -> Iterator[str]:
    """Settings that look like one that the other languages have."""
    others = {name for other in _others(known.language) for name in other.settings}
    for name in sorted(set(known.settings) - others):
        if near := get_close_matches(name, sorted(others - set(known.settings)), 1, 0.85):
            yield f"pack.toml: no other language has the setting {name}; is it {near[0]}?"


@cache
def _labels(language: str) -> frozenset[str]:
    return frozenset(line.label for other in _others(language) for line in other.lines)


def _others(language: str) -> Iterator[Pack]:
    return (found for other in languages() if other != language and (found := pack(other)))


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
