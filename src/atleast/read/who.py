"""Who says it: the cues that make a speaker the source, and which source owns which stretch of text.

A wrong claimant is worse than none, so a speaker without a cue is no source, and a source owns only its
own segment of a sentence. An outlet that passes on another's words is a relay, kept apart from the source.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .hearing import Hearing, Said
from .marks import Marks
from .numbers import numeral
from .shapes import shape
from .tokens import Layout, Sentence
from .voice import Voice, cues
from .voices import taken_up_again

_TRAILING = 8  # a verb of saying so near to the full stop speaks for the whole sentence


@shape
class Source:
    """A speaker made the source of what stands between tokens `first` and `last`."""

    voice: Voice
    relay: tuple[str, ...]
    cue: int  # token of the cue
    first: int
    last: int
    strong: bool  # "X: …" and "according to X …" go on into the next sentences of the paragraph
    inherited: bool = False


def sources(
    layout: Layout,
    sentence: Sentence,
    marks: Marks,
    found: Sequence[Voice],
    before: Sequence[Voice],
    monitor: Voice | None = None,
    quoted: Sequence[tuple[int, int]] = (),
    *,
    strict: bool = False,
    far: bool = False,
) -> list[Source]:
    """Which of the voices of a sentence are the source of what.

    Args:
        found: The voices of this sentence.
        before: The voices that were sources earlier in the text, last first; for "the ministry", "it".
        monitor: The only monitor that the text names anywhere; for "a group that counts arrests".
        quoted: What stands in quotation marks; nobody inside is the subject of a verb outside.
        strict: The subject stands before the verb, as in English.
        far: The verb stands last in the sentence, however far its subject, as in Turkish.
    """
    again = taken_up_again(layout, sentence, marks, [*before, *([monitor] if monitor else [])], found)
    here = _joint(layout, sorted([*(_meant(layout, v, monitor) for v in found), *again], key=lambda v: v.first))
    within = [(a, b) for a, b in quoted if a < sentence.last and sentence.first < b]
    if not here:
        return []
    hearing = Hearing(layout, sentence, marks, here, within, strict or far, far)
    for cue in sorted(cues(marks), key=lambda c: c.label != "relay"):
        hearing.hear(cue)
    return list(_segments(hearing, before))


def _meant(layout: Layout, voice: Voice, monitor: Voice | None) -> Voice:
    """ "a human rights organisation", "die Bürgerrechtler": the only monitor that the text names, if it names one."""
    if monitor is None or voice.kind != "monitor" or voice.how.startswith("speakers:"):
        return voice
    definite = voice.first > 0 and layout.tokens[voice.first - 1].fold in layout.words("definite")
    if not (definite or voice.how.endswith("as written")):
        return voice
    return monitor._replace(first=voice.first, last=voice.last, how=f"{voice.how}: {monitor.name}")


def _joint(layout: Layout, here: Sequence[Voice]) -> list[Voice]:
    """The voices of a sentence, two that only "and" joins as one: "lawyers and witnesses said"."""
    joints, made = layout.words("joints"), list(here[:1])
    for voice in here[1:]:
        one = made[-1]
        between = layout.tokens[one.last : voice.first]
        alike = ("{" in one.name) == ("{" in voice.name) and one.kind != "media" and voice.kind != "media"
        if alike and len(between) == 1 and between[0].fold in joints and one.name != voice.name:
            name, how = f"{one.name} and {voice.name}", f"{one.how}; {voice.how}"
            made[-1] = one._replace(name=name, last=voice.last, how=how, office=None)
        else:
            made.append(voice)
    return made


def owner(owning: Sequence[Source], at: int) -> Source | None:
    """The source that owns token `at`: of those whose stretch holds it, the one whose cue is nearest."""
    holding = [s for s in owning if s.first <= at < s.last]
    return min(holding, key=lambda s: (abs(s.cue - at), s.cue), default=None)


def _segments(hearing: Hearing, before: Sequence[Voice]) -> Iterator[Source]:
    """The stretch that each source owns: from its part of the sentence on if it is alone, else what it was heard on."""
    sentence, said = hearing.sentence, hearing.all()
    aside = {one.voice.name: span for one in said if (span := _bracket(hearing, one))}
    for one in (one for one in said if one.voice.name in aside):  # "about 170 (about 120 according to X)"
        yield Source(one.voice, (), one.cue, *aside[one.voice.name], strong=False)
    said = [one for one in said if one.voice.name not in aside]
    semicolons = (i for i in range(sentence.first, sentence.last) if hearing.tokens[i].text == ";")
    cuts = [sentence.first, *semicolons, sentence.last]
    passed = tuple(dict.fromkeys(v.name for v in hearing.relays))
    stretches = [] if len(said) == 1 else [s for a, b in pairwise(cuts) for s in _stretches(hearing, said, a, b)]
    for one in said:
        voice = _whose(one.voice, passed, before)
        relay = tuple(name for name in passed if name != voice.name)
        if len(said) == 1:
            trailing = sentence.last - one.cue <= _TRAILING and not _inline(hearing, one)
            first = sentence.first if trailing else max(a for a in cuts[:-1] if a <= one.cue)
            if _goes_against(hearing, one):
                first = _start(one)
            a, b = _besides(hearing, one, list(aside.values()))
            yield Source(voice, relay, one.cue, max(first, a, _clause_alone(hearing, one)), b, one.strong)
        else:
            a, b = next((a, b) for whose, a, b in stretches if whose is one)
            yield Source(voice, relay, one.cue, a, b, one.strong)


def _bracket(hearing: Hearing, one: Said) -> tuple[int, int] | None:
    """The brackets round a source and a number of its own."""
    tokens, sentence = hearing.tokens, hearing.sentence
    first = next((i for i in range(_start(one) - 1, sentence.first - 1, -1) if tokens[i].text in "()"), None)
    last = next((i for i in range(_stop(one), sentence.last) if tokens[i].text in "()"), None)
    if first is None or last is None or tokens[first].text != "(" or tokens[last].text != ")":
        return None
    return (first, last) if _numbers(hearing, first, last) else None


def _stretches(hearing: Hearing, said: Sequence[Said], a: int, b: int) -> Iterator[tuple[Said, int, int]]:
    """What each of the sources between tokens `a` and `b` was heard on.

    One that stands behind what it said ("… 40, X reported, …") owns what came before, back to the source before it;
    one that leads ("X spoke of 40") what comes after, up to the next.
    """
    here = sorted((one for one in said if a <= one.cue < b), key=_start)
    if len(here) < 2:
        yield from ((one, a, b) for one in here)
        return
    free = a  # where what nobody owns yet begins
    for one, then in zip(here, [*here[1:], None], strict=True):
        start, stop = _start(one), _stop(one)
        until = _start(then) if then else b
        told, follows = _numbers(hearing, free, start), _numbers(hearing, stop, until)
        if not follows or (told and _closes(hearing, stop, b)):
            yield one, free, stop
            free = stop
        else:
            if then and len(follows) > 1 and not _closes_between(hearing, follows[-1], until):  # "… 3,5 selon X"
                until = _last_clause(hearing, follows)
            yield one, start, until
            free = until


def _inline(hearing: Hearing, one: Said) -> bool:
    """Whether "according to", not a verb of saying, made the speaker a source."""
    return any(m.label == "by" and m.first == one.cue for m in hearing.marks.get(one.cue, ()))


def _clause_alone(hearing: Hearing, one: Said) -> int:
    """Where the part begins that "according to X" in its middle is said of.

    "Thousands marched, in Moscow according to AFP over a thousand": the thousands have a clause of their own.
    """
    first, tokens = hearing.sentence.first, hearing.tokens
    commas = [i for i in range(first, _start(one)) if tokens[i].text == ","]
    if not _inline(hearing, one) or not commas or not _numbers(hearing, first, commas[-1]):
        return first
    clause = next(
        (i for i in range(_stop(one), hearing.sentence.last) if tokens[i].text in ",;:"), hearing.sentence.last
    )
    counted = _numbers(hearing, commas[-1], clause)
    return commas[-1] + 1 if counted and _start(one) < counted[-1] else first


def _besides(hearing: Hearing, one: Said, aside: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """What is left to the only source known when "according to" somebody unknown opens another clause."""
    sentence, tokens = hearing.sentence, hearing.tokens
    first, last = sentence.first, sentence.last
    passed = {v.first for v in hearing.relays}
    for cue in cues(hearing.marks) if hearing.layout.pack.capitals_tell else ():
        known = (_start(one) <= cue.last and cue.first < _stop(one)) or passed & set(range(cue.last, cue.last + 4))
        spatial = cue.last - cue.first == 1 and tokens[cue.first].fold in hearing.layout.words(
            "in_place"
        )  # "по всей …"
        named = any(t.capital for t in tokens[cue.last : min(last, cue.last + 3)])
        bracketed = any(a <= cue.first < b for a, b in aside)
        if cue.label != "by" or known or spatial or not named or bracketed:
            continue
        commas = [i for i in range(min(cue.last, _stop(one)), max(cue.first, _start(one))) if tokens[i].text in ",;"]
        if commas and cue.first < one.cue:
            first = max(first, commas[-1] + 1)
        elif commas:
            last = min(last, commas[0])
    return first, last


def _closes_between(hearing: Hearing, first: int, last: int) -> bool:
    return any(_closes(hearing, i, last) for i in range(first, last))


def _last_clause(hearing: Hearing, numbers: Sequence[int]) -> int:
    """Where the clause of the last of several numbers begins."""
    cuts = (i for i in range(numbers[-1] - 1, numbers[0], -1) if _closes(hearing, i, numbers[-1]))
    return next(cuts, numbers[-1] + 1)


def _start(one: Said) -> int:
    return min(one.voice.first, one.cue)


def _stop(one: Said) -> int:
    return max(one.voice.last, one.cue + 1)


def _numbers(hearing: Hearing, first: int, last: int) -> list[int]:
    """The tokens of numbers there that may count people: no article, no day of a month, no days or years."""
    tokens, found, articles = hearing.tokens, [], hearing.layout.words("articles")
    for i in range(first, last):
        dated = any(m.head in ("month", "block") for m in hearing.marks.get(i + 1, ()))
        if numeral(tokens[i], hearing.layout.pack) and not dated and tokens[i].fold not in articles:
            found.append(i)
    return found


def _closes(hearing: Hearing, at: int, last: int) -> bool:
    """Whether a clause ends right there."""
    while at < last and (hearing.tokens[at].text in '»”"' or _of_count(hearing, at)):
        at += 1
    return (
        at >= last
        or hearing.tokens[at].text in ",.;—–)"
        or hearing.tokens[at].fold in hearing.layout.words("conjunctions")
    )


def _of_count(hearing: Hearing, at: int) -> bool:
    """The "figures" of "according to ministry figures"."""
    return any(m.head == "count_of" for m in hearing.marks.get(at, ()))


def _goes_against(hearing: Hearing, one: Said) -> bool:
    """ "40 were detained, and X puts the figure at 60": only the second count is X's."""
    near = range(max(hearing.sentence.first, one.cue - 2), min(hearing.sentence.last, one.cue + 3))
    if any(m.label == "count_of.spoken" for i in near for m in hearing.marks.get(i, ())):
        return True
    start, first, last = _start(one), hearing.sentence.first, hearing.sentence.last
    while start > first and hearing.tokens[start - 1].fold in hearing.layout.words("in_place"):
        start -= 1
    against = start > first and hearing.tokens[start - 1].fold in hearing.layout.words("against")
    return against and bool(_numbers(hearing, first, start)) and bool(_numbers(hearing, _stop(one), last))


def _whose(voice: Voice, passed: Sequence[str], before: Sequence[Voice]) -> Voice:
    """ "A source told the agency" is that agency's source, and "the source" later on is the same."""
    if voice.name != "source":
        return voice
    known = next((v.name for v in before if v.name.endswith(" source")), None)
    return voice._replace(name=known or (f"{passed[0]} source" if passed else "source"))
