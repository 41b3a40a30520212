"""Who says it: speakers, the cues that make one the source, and which source owns which stretch of text.

A wrong claimant is worse than none, so a speaker without a cue is no source, and a source owns only its
own segment of a sentence. An outlet that passes on another's words is a relay, kept apart from the source.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .marks import Mark, Marks
from .tokens import Layout, Sentence, Token
from .voices import Voice, cues, taken_up_again, words_between
from .where import PlaceMark

_BODIES = frozenset(("monitor", "authority", "organisation"))
_REACH = 14  # words between a verb of saying and its speaker, at most


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker made the source of what stands between tokens `first` and `last`."""

    voice: Voice
    relay: tuple[str, ...]
    cue: int  # token of the cue
    first: int
    last: int
    strong: bool  # "X: …" and "according to X …" go on into the next sentences of the paragraph
    inherited: bool = False


def sources(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice], before: Sequence[Voice], monitor: Voice | None = None, *, strict: bool = False) -> list[Source]:
    """Which of the voices of a sentence are the source of what.

    Args:
        found: The voices of this sentence.
        before: The voices that were sources earlier in the text, last first; for "the ministry", "it".
        monitor: The only monitor that the text names anywhere; for "a group that counts arrests".
        strict: The subject stands before the verb, as in English.
    """
    again = taken_up_again(layout.tokens, sentence, marks, [*before, *([monitor] if monitor else [])], found)
    here = sorted([*found, *again], key=lambda v: v.first)
    relays: list[Voice] = []
    made: list[tuple[Voice, int, bool]] = []
    for cue in sorted(cues(sentence, marks), key=lambda c: c.label != "relay"):
        _apply(cue, here, layout.tokens, made, relays, strict)
    made += [(v, v.first, True) for v in here if v.how.startswith("same: ")]
    made += _labels(layout.tokens, sentence, here)
    if not made and relays:
        made = [(voice, voice.first, False) for voice in relays]
        relays = []
    made = [(_same_source(voice, before), cue, strong) for voice, cue, strong in made]
    return list(_segments(layout.tokens, sentence, _one_each(made, relays), relays))


def _same_source(voice: Voice, before: Sequence[Voice]) -> Voice:
    """ "the source said": the agency's source who spoke before."""
    known = next((v for v in before if v.name.endswith(" source")), None) if voice.name == "source" else None
    return replace(voice, name=known.name) if known else voice


def _apply(cue: Mark, here: Sequence[Voice], tokens: Sequence[Token], made: list[tuple[Voice, int, bool]], relays: list[Voice], strict: bool) -> None:
    after = next((v for v in here if v.first >= cue.last), None)
    gap = words_between(tokens, cue.last, after.first) if after else 99
    if cue.label == "relay":
        if after and gap <= 1:
            relays.append(after)
    elif cue.label == "citing":
        if after and gap <= 2:
            made.append((after, cue.first, False))
            relays += [v for v in here if v.last <= cue.first and cue.first - v.last <= 3]
    elif cue.label in ("by", "by_monitor"):
        fits = after and (cue.label == "by" or (after.kind == "monitor" and cue.first <= here[0].first))
        if after and fits and gap <= (2 if cue.last - cue.first > 1 else 0):
            made.append((after, cue.first, after.kind in _BODIES))
    elif cue.label == "count_of":
        owner = next((v for v in here if v.last <= cue.first and words_between(tokens, v.last, cue.first) <= 2), None)
        if owner and any(tokens[i].kind == "genitive" for i in range(owner.last, cue.first)):
            made.append((owner, cue.first, False))
    else:
        _say(cue, here, tokens, made, relays, strict)


def _say(cue: Mark, here: Sequence[Voice], tokens: Sequence[Token], made: list[tuple[Voice, int, bool]], relays: list[Voice], strict: bool) -> None:
    """A verb of saying: its subject is the nearest voice; a newspaper on the other side was only told."""
    left = [v for v in here if v.last <= cue.first and words_between(tokens, v.last, cue.first) <= _reach(v) and not _object(v, tokens)]
    told = {i for v in relays for i in range(v.first - 2, v.last)}  # "в эфире «Дождя»" does not count as distance
    right = [v for v in here if v.first >= cue.last and v not in relays and sum(tokens[i].kind != "mark" and i not in told for i in range(cue.last, v.first)) <= 2]
    left = [v for v in left if v not in relays] or left
    if right and right[0].kind == "media":  # "рассказал «Дождю» мэр": told to the one, by the other
        behind = [v for v in here if v.first >= right[0].last and v.kind != "media" and words_between(tokens, right[0].last, v.first) <= 2]
        if behind:
            relays.append(right[0])
            right = behind
    one, two = (left[-1] if left else None), (right[0] if right else None)
    if one and two and (one.kind == "media") != (two.kind == "media") and words_between(tokens, cue.last, two.first) == 0:
        teller, told = (two, one) if one.kind == "media" else (one, two)
        made.append((teller, cue.first, False))
        relays.append(told)
        return
    near = one if strict and one else min((v for v in (one, two) if v), key=lambda v: _distance(v, cue, tokens), default=None)
    if near:
        colon = any(tokens[i].text == ":" for i in range(cue.last, min(len(tokens), max(cue.last, near.last) + 3)))
        made.append((near, cue.first, colon))


def _reach(voice: Voice) -> int:
    """How far the verb may stand from its subject: near for "police", farther for a body with a name."""
    bare = voice.how.startswith("office") and "police" in voice.name.lower()
    return 3 if "{" in voice.name or bare else _REACH


_OBJECT = frozenset(("by", "of", "to", "with", "against", "from", "for", "on"))


def _object(voice: Voice, tokens: Sequence[Token]) -> bool:
    """Whether a preposition in front makes the voice no subject: "abusive force by police"."""
    i = voice.first - 1
    while i > 0 and tokens[i].fold in ("the", "a", "an", "'s") or (i > 0 and tokens[i].text in "«“\""):
        i -= 1
    return i >= 0 and tokens[i].fold in _OBJECT


def _distance(voice: Voice, cue: Mark, tokens: Sequence[Token]) -> float:
    if voice.last <= cue.first:
        return words_between(tokens, voice.last, cue.first)
    return words_between(tokens, cue.last, voice.first) + 0.5


def _labels(tokens: Sequence[Token], sentence: Sentence, here: Sequence[Voice]) -> Iterator[tuple[Voice, int, bool]]:
    """ "X: …" at the head of a sentence makes X the source of what follows."""
    for voice in here[:1]:
        at = voice.last
        while at < sentence.last and tokens[at].text in "»”\"":
            at += 1
        lead = words_between(tokens, sentence.first, voice.first)
        if at < sentence.last and tokens[at].text == ":" and lead <= 1:
            yield voice, voice.first, True


def _one_each(made: Sequence[tuple[Voice, int, bool]], relays: Sequence[Voice]) -> list[tuple[Voice, int, bool]]:
    """One entry a voice, the outlets that only passed it on left out when somebody else is the source."""
    passed = {v.name for v in relays}
    speaking = [m for m in made if m[0].name not in passed] or list(made)
    best: dict[str, tuple[Voice, int, bool]] = {}
    for voice, cue, strong in speaking:
        old = best.get(voice.name)
        best[voice.name] = (voice, old[1] if old else cue, strong or bool(old and old[2]))
    return list(best.values())


def _segments(
    tokens: Sequence[Token], sentence: Sentence, made: Sequence[tuple[Voice, int, bool]], relays: Sequence[Voice]
) -> Iterator[Source]:
    """The stretch that each source owns: the whole sentence if it is alone, else what lies nearest to its cue."""
    cuts = [sentence.first, *(i for i in range(sentence.first, sentence.last) if tokens[i].text == ";"), sentence.last]
    passed = tuple(dict.fromkeys(v.name for v in relays))
    for voice, cue, strong in made:
        if voice.name == "source" and passed:
            voice = replace(voice, name=f"{passed[0]} source")
        relay = tuple(name for name in passed if name != voice.name)
        if len(made) == 1:
            first = max(a for a in cuts[:-1] if a <= cue)
            yield Source(voice, relay, cue, first, sentence.last, strong)
            continue
        for a, b in pairwise(cuts):
            if a <= cue < b:
                yield Source(voice, relay, cue, a, b, strong)


def owner(owning: Sequence[Source], at: int) -> Source | None:
    """The source that owns token `at`: of those whose stretch holds it, the one whose cue is nearest."""
    holding = [s for s in owning if s.first <= at < s.last]
    return min(holding, key=lambda s: (abs(s.cue - at), s.cue), default=None)


def filled(voice: Voice, place: str | None, country: str | None, near: Sequence[PlaceMark]) -> str | None:
    """The canonical name of a voice, its {place} or {country} filled in; None when that is not known."""
    name = voice.name
    if "{who}" in name:
        return None
    if "{place}" in name:
        beside = next((m.place.key for m in near if abs(m.first - voice.last) <= 1 or voice.first <= m.first < voice.last or m.last == voice.first), None)
        key = beside or place
        if not key or (key == country and not name.startswith("Authorities")):
            return None
        name = name.replace("{place}", key.split(",")[0])
    if "{country}" in name:
        if not country:
            return None
        name = name.replace("{country}", country)
    return None if "{" in name else name
