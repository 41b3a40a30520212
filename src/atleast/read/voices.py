"""Who might be speaking: names of the speaker list, offices and roles, persons and outlets beside a word of saying.

A voice is not yet a source; what makes it one stands in `who`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from atleast.lexicon import Speakers
from atleast.lexicon.letters import nominative, romanised

from .marks import Mark, Marks
from .tokens import Layout, Sentence, Token


@dataclass(frozen=True, slots=True)
class Voice:
    """A possible speaker at tokens `first` up to `last`. The name may hold {place} or {country} to be filled."""

    name: str
    kind: str
    first: int
    last: int
    how: str
    heads: tuple[str, ...] = ()
    country: str | None = None
    office: str | None = None  # "police", "МВД": whose it is depends on the place spoken of
    outlet: str | None = None  # whose reporter or witness this is


def voices(layout: Layout, sentence: Sentence, marks: Marks, speakers: Speakers, country: str | None) -> list[Voice]:
    """All who might be speaking in a sentence, in order, longest first where they overlap."""
    found = list(_registered(layout, sentence, speakers, country)) + list(_roles(layout.tokens, sentence, marks))
    found += _quoted(layout, sentence, marks, found) + _persons(layout, sentence, marks, found)
    found += _bodies(layout, sentence, marks, found)
    found += [_headquarters(layout.tokens, v) for v in found if "{who}" in v.name]
    found = [_with_name(layout.tokens, v, sentence) if v.name.startswith("mayor") else v for v in found]
    found.sort(key=_order)
    kept: list[Voice] = []
    found = _outlets(layout.tokens, marks, found)
    for voice in found:
        if not kept or voice.first >= kept[-1].last:
            kept.append(voice)
        elif voice.last > kept[-1].last:
            kept[-1] = voice
    return kept


def _order(voice: Voice) -> tuple[int, int, bool]:
    return voice.first, -voice.last, "{" in voice.name


def _registered(layout: Layout, sentence: Sentence, speakers: Speakers, country: str | None) -> Iterator[Voice]:
    """Speakers of the list, the longest name first; a name begins with a capital or behind a quotation mark."""
    tokens, i = layout.tokens, sentence.first
    while i < sentence.last:
        stop = i + 1
        if _begins_name(tokens, i, sentence.first):
            for stop in range(_name_end(tokens, i, sentence.last, speakers.longest), i, -1):
                form = layout.shown(i, stop)
                named = None if _names_on(tokens, i, stop) and not speakers.listed(form) else speakers.named(form)
                speaker = named or (speakers.of(form, country) if country else None)
                if speaker:
                    how, office = (f"speakers: {form}", None) if named else (f"office: {form}", form)
                    yield Voice(speaker.name, speaker.kind, i, stop, how, speaker.heads, speaker.country, office)
                    break
            else:
                stop = i + 1
        i = stop


def _names_on(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """ "глава МВД Владимир …": the last capital is a person's first name, not the town of that name."""
    behind = tokens[stop] if stop < len(tokens) else None
    return (
        stop - i > 1
        and tokens[stop - 1].capital
        and behind is not None
        and behind.capital
        and not behind.text.isupper()
    )


def _begins_name(tokens: Sequence[Token], i: int, first: int) -> bool:
    token = tokens[i]
    return (
        token.kind == "word" and len(token.text) > 1 and (token.capital or (i > first and tokens[i - 1].text in '«“"'))
    )


def _name_end(tokens: Sequence[Token], i: int, last: int, longest: int) -> int:
    """How far a name that begins at token `i` may go: to the next mark that no name holds."""
    stop = i + 1
    while stop < min(last, i + longest) and (tokens[stop].kind != "mark" or tokens[stop].text in ".-&"):
        stop += 1
    return stop


def _quoted(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """An outlet nobody registered, in quotes beside a word of saying: пишет «Чита.ру»."""
    tokens, made = layout.tokens, []
    taken = {i for v in found for i in range(v.first, v.last)}
    for cue in cues(sentence, marks):
        if cue.label == "count_of" or cue.last + 1 >= sentence.last or tokens[cue.last].text not in "«“":
            continue
        stop = next((i for i in range(cue.last + 1, min(sentence.last, cue.last + 6)) if tokens[i].text in "»”"), 0)
        if stop and cue.last + 1 not in taken and tokens[cue.last + 1].capital:
            name = layout.shown(cue.last + 1, stop)
            made.append(Voice(romanised(name), "media", cue.last + 1, stop, "a name in quotes beside a word of saying"))
    return made


def _persons(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """A person with first and last name right beside a verb of saying."""
    tokens, made = layout.tokens, []
    if sentence.paragraph in layout.headings or not layout.pack.capitals_tell:  # every word of a headline may have one
        return []
    taken = {i for v in found for i in range(v.first, v.last)}
    # "Interior Minister X", "a ministry spokeswoman X": whoever stands behind an office speaks for it.
    taken |= {
        i for v in found if v.kind in _OFFICES for i in range(v.last, v.last + 2) if not _parted(tokens, v.last, i)
    }
    for cue in cues(sentence, marks):
        if cue.label not in ("say", "by"):
            continue
        at = cue.last
        while at < sentence.last and (tokens[at].kind == "mark" or at in taken) and at < cue.last + 5:
            at += 1
        for first in (at, cue.first - 2):
            pair = range(first, first + 2)
            if (
                first >= sentence.first
                and first + 2 <= sentence.last
                and all(_nameable(tokens[i]) and i not in taken for i in pair)
            ):
                name = romanised(f"{tokens[first].text} {tokens[first + 1].text}")
                made.append(Voice(name, "witness", first, first + 2, f"a name beside {cue.source}"))
                break
    return made


_OFFICES = frozenset(("authority", "monitor", "organisation"))


def _parted(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether anything but a capital stands from one token to another."""
    return any(not (i < len(tokens) and tokens[i].capital) for i in range(first, last + 1))


def _bodies(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """A body nobody registered, by its full name beside a word of saying: "according to the Archive of …"."""
    tokens, made = layout.tokens, []
    taken = {i for v in found for i in range(v.first, v.last)}
    for cue in cues(sentence, marks):
        if cue.label not in ("say", "by", "citing") or sentence.paragraph in layout.headings:
            continue
        links = layout.words("name_links")
        first = cue.last + (cue.last < sentence.last and tokens[cue.last].fold in layout.words("articles"))
        last = _run(tokens, first, sentence.last, links)
        if cue.label == "say" and last - first < 2:
            last = cue.first
            first = _run_back(tokens, last, sentence.first, links)
        again = any(m.head == "again" for i in range(first, last) for m in marks.get(i, ()))
        bare = last - first == 1 or layout.pack.capitals_tell
        if bare and _is_body(tokens, first, last) and not again and not taken & set(range(first, last)):
            name = layout.shown(first, last)
            made.append(Voice(name, "organisation", first, last, f"the name of a body beside {cue.source}"))
    return made


def _run(tokens: Sequence[Token], first: int, last: int, links: frozenset[str]) -> int:
    """Where a run of capitals (with "of", "for", "and" inside) that begins at `first` ends."""
    stop = first
    while stop < last and (tokens[stop].capital or (stop > first and tokens[stop].fold in links)):
        stop += 1
    while stop > first and tokens[stop - 1].fold in links:
        stop -= 1
    return stop


def _run_back(tokens: Sequence[Token], last: int, first: int, links: frozenset[str]) -> int:
    start = last
    while start > first and (tokens[start - 1].capital or tokens[start - 1].fold in links):
        start -= 1
    while start < last and not (tokens[start].capital and tokens[start].fold not in links):
        start += 1
    return start


def _is_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Three words in Latin letters at least, or a name in capitals: two capitals may be a person."""
    run = tokens[first:last]
    latin = all(max(t.text) < "\u0250" for t in run)
    return latin and (len(run) >= 3 or (len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 2))


def _nameable(token: Token) -> bool:
    return token.capital and len(token.text) > 2 and not token.text.isupper()


def _headquarters(tokens: Sequence[Token], voice: Voice) -> Voice:
    """ "штаб Навального": whose staff it is stands behind; the city is filled in later."""
    if voice.first >= 2 and tokens[voice.first - 1].kind == "genitive":  # Navalny's campaign office
        return replace(voice, name=voice.name.replace("{who}", tokens[voice.first - 2].text), first=voice.first - 2)
    if tokens[voice.first].fold.isascii():
        return replace(voice, name="")
    stem = tokens[voice.first].fold[:4]
    named = (i for i in range(1, len(tokens)) if tokens[i].capital and tokens[i - 1].fold.startswith(stem))
    at = voice.last if voice.last < len(tokens) and tokens[voice.last].capital else next(named, None)
    if at is None:
        return replace(voice, name="campaign headquarters")
    who = romanised(nominative(tokens[at].text))
    return replace(voice, name=voice.name.replace("{who}", who), last=at + 1 if at == voice.last else voice.last)


def _with_name(tokens: Sequence[Token], voice: Voice, sentence: Sentence) -> Voice:
    """An office holder whose name stands beside the office: "мэр города Евгений …"."""
    three = voice.last + 3 <= sentence.last and all(_nameable(tokens[i]) for i in range(voice.last, voice.last + 3))
    for first in (voice.last + three, voice.last + 1, voice.first - 2, voice.first - 3):
        pair = range(first, first + 2)
        if first >= sentence.first and first + 2 <= sentence.last and all(_nameable(tokens[i]) for i in pair):
            words = [tokens[i].text for i in pair]
            if _by(tokens, voice):
                words = [nominative(word) for word in words]
            name = romanised(" ".join(words))
            return replace(
                voice, name=f"{name} ({voice.name})", first=min(voice.first, first), last=max(voice.last, first + 2)
            )
    return voice


def _by(tokens: Sequence[Token], voice: Voice) -> bool:
    """Whether a voice stands in the genitive: its own last letter tells ("мэра")."""
    return tokens[voice.first].fold.endswith(("а", "ы", "и")) and not tokens[voice.first].fold.isascii()


def _outlets(tokens: Sequence[Token], marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """A reporter, source or witness of an outlet is one voice: "a Reuters witness", "корреспондент РБК"."""
    roles = [v for v in found if v.kind == "of_outlet"]
    kept = [v for v in found if v.kind != "of_outlet" and v.name and "{who}" not in v.name]
    media = [v for v in kept if v.kind == "media"]
    for role in roles:
        kind, _, word = role.name.partition(".")
        outlet = next((v for v in media if _touching(tokens, marks, v, role)), None)
        if outlet:
            first, last = min(outlet.first, role.first), max(outlet.last, role.last)
            name, how = f"{outlet.name} {word}", f"{outlet.how}; {role.how}"
            kept.append(replace(outlet, name=name, kind=kind, first=first, last=last, how=how, outlet=outlet.name))
        elif word == "source":  # named in full where a relay or an earlier sentence tells whose
            kept.append(replace(role, name=word, kind=kind))
    return sorted(kept, key=_order)


def _touching(tokens: Sequence[Token], marks: Marks, one: Voice, two: Voice) -> bool:
    """Whether no word stands between two voices but what sort of outlet it is: "a source of the news agency TASS"."""
    first, last = (one.last, two.first) if one.first < two.first else (two.last, one.first)
    called = {j for i in range(first, last) for m in marks.get(i, ()) if m.head == "again" for j in range(i, m.last)}
    if called:  # an adjective may stand before it
        called |= set(range(max(first, min(called) - 1), min(called)))
    return first <= last and all(i in called or tokens[i].kind == "mark" for i in range(first, last))


def _roles(tokens: Sequence[Token], sentence: Sentence, marks: Marks) -> Iterator[Voice]:
    for i in range(sentence.first, sentence.last):
        for mark in marks.get(i, ()):
            if mark.head == "speaker":
                kind, _, name = mark.tail.partition(".")
                form = " ".join(tokens[j].fold for j in range(i, mark.last))
                office = form if "{place}" in name and kind == "authority" else None
                yield Voice(name, kind, i, mark.last, mark.source, office=office)


def taken_up_again(
    layout: Layout, sentence: Sentence, marks: Marks, before: Sequence[Voice], found: Sequence[Voice]
) -> list[Voice]:
    """Speakers taken up again: "the ministry", "it", "ведомство"."""
    taken = {i for voice in found for i in range(voice.first, voice.last)}
    taken_up = list(_by_heads(layout, sentence, before, taken))
    for i in range(sentence.first, sentence.last):
        for mark in marks.get(i, ()):
            if mark.head != "again" or taken & set(range(mark.first, mark.last)) or _names_follow(layout, mark, taken):
                continue
            if mark.tail in ("it", "they") and _said_before(sentence, marks, [*found, *taken_up], i):
                continue
            who = _antecedent(mark, layout.tokens, before)
            if who:
                lead = "same: " if mark.tail == "same" else ""
                taken_up.append(
                    replace(who, first=i, last=mark.last, how=f"{lead}{mark.source}, taken up from {who.name}")
                )
    return taken_up


def _names_follow(layout: Layout, mark: Mark, taken: Collection[int]) -> bool:
    """Whether the name itself stands right behind: "the broadcaster «Дождь»"."""
    return mark.last in taken or (mark.last + 1 in taken and layout.tokens[mark.last].text in '«“"„')


def _by_heads(layout: Layout, sentence: Sentence, before: Sequence[Voice], taken: set[int]) -> Iterator[Voice]:
    """ "the force", "издание": a word for the sort of body that a speaker of this text is."""
    heads = {head: voice for voice in reversed(before) for head in voice.heads if " " not in head}
    tokens, articles = layout.tokens, layout.words("articles")
    for i in range(sentence.first, sentence.last):
        who = heads.get(tokens[i].fold) if i not in taken else None
        if who and (not articles or (i > sentence.first and tokens[i - 1].fold in articles)):
            yield replace(who, first=i, last=i + 1, how=f"the word “{tokens[i].text}”, taken up from {who.name}")


def _said_before(sentence: Sentence, marks: Marks, found: Sequence[Voice], at: int) -> bool:
    """Whether somebody in this sentence already has a verb of saying: then "it" is that same speaker."""
    said = [cue.first for cue in cues(sentence, marks) if cue.label == "say" and cue.last <= at]
    return any(v.last <= first for v in found for first in said)


def _antecedent(mark: Mark, tokens: Sequence[Token], before: Sequence[Voice]) -> Voice | None:
    if mark.tail in ("it", "they", "same"):
        return before[0] if before else None
    if mark.tail == "outlet":
        return next((v for v in before if v.kind in ("media", "monitor")), None)
    kind, _, head = mark.tail.partition(".")
    words = {tokens[i].fold for i in range(mark.first, mark.last)}
    fitting = [v for v in before if v.kind == kind]
    by_head = [v for v in fitting if words & set(v.heads) or head in v.name.lower()]
    fitting = by_head or ([] if head == "ministry" else fitting)
    return fitting[0] if fitting else None


_CUES = frozenset(("say", "by", "by_monitor", "relay", "citing", "count_of", "by.post", "relay.post", "citing.post"))


def cues(sentence: Sentence, marks: Marks) -> Iterator[Mark]:
    for i in range(sentence.first, sentence.last):
        for mark in marks.get(i, ()):
            if mark.label in _CUES and not _a_paper(mark, marks):
                yield mark


def _a_paper(cue: Mark, marks: Marks) -> bool:
    """ "71 reports on offences": papers that are counted, not a verb."""
    return cue.label == "say" and any(m.label == "charges.unit" and m.last > cue.last for m in marks.get(cue.first, ()))


def words_between(tokens: Sequence[Token], first: int, last: int) -> int:
    """How many words, not counting marks, stand between two tokens."""
    return sum(tokens[i].kind != "mark" for i in range(first, last))
