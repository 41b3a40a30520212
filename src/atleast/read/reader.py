"""One report read from end to end: the sentences in order, each slot from its own words or inherited and marked so."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from atleast.lexicon import languages, pack
from atleast.model import Claim, Evidence, Mention, Number, Report, Trouble

from .cast import Cast
from .frames import frames
from .gate import worth_reading
from .hints import hints
from .line import PEOPLE, Frame, Line
from .marks import Mark
from .numbers import Amount, amounts
from .page import Page, Setting, is_speech, offset_of, page_of
from .parts import in_custody, partitive
from .passage import Passage, Thread, passage_of
from .people import meet
from .scene import Scene
from .slots import Locus, Slot, as_of, ceiling, claimant, event_day, loci, moment, same_outlet
from .tiers import Grounds, doubts
from .tokens import Token
from .voice import cues
from .who import Source, filled, owner, sources

_OFFICIAL = frozenset(("rallies", "regions", "charges", "to_court", "police_bodies", "released", "still_held", "fined"))
"""What only the authorities count, so that their next sentence is still theirs."""

_COUNTED = frozenset(("detained", "released", "still_held", "jailed", "charges", "charged"))
"""What monitors of arrests count."""

_LEAD = 6  # sentences at the head of a report of which one "this was reported by X" speaks


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says: its claims and mentions in the order of the text, and what was amiss."""

    report: Report
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    day: str | None = None  # the day the report is about, when its own words tell it
    country: str | None = None

    @property
    def gist(self) -> "Gist":
        """What the reading brings to what the reports of a case agree on."""
        moments = [c.as_of for c in self.claims if c.as_of and "T" in c.as_of]
        told = {offset_of(time) for time in (self.report.published, *(c.as_of for c in self.claims))}
        return Gist(self.day, self.country, tuple(sorted(told - {""})), all(offset_of(moment) for moment in moments))


@dataclass(frozen=True, slots=True)
class Gist:
    """What one report tells of the day, the country and the zone; small enough to keep of every report."""

    day: str | None
    country: str | None
    offsets: tuple[str, ...]  # the zones that its times tell
    zoned: bool  # no time of counting is without its zone

    def settled(self, setting: Setting) -> bool:
        """Whether what the case agrees on adds nothing: the report tells its day with the year, country and zone."""
        zoned = not setting.offset or self.zoned
        dated = not setting.day or (self.day is not None and not self.day.startswith("--"))
        return dated and (self.country or setting.country) == self.country and zoned


def read(report: Report, *, setting: Setting | None = None) -> Reading:
    """The claims and mentions of a report. Same report and setting, same answer, byte for byte.

    A report in a language without a pack yields a Trouble that says so, and hints: numbers in digits beside names.

    Args:
        setting: What the case says of the day and country, for a report that does not.
    """
    known = pack(report.language) if report.language else None
    if known is None:
        found, country = hints(report, setting)
        return Reading(report, _numbered(report, found), troubles=(_no_pack(report),), country=country)
    if not worth_reading(report.text, known):
        return Reading(report)
    page = page_of(report, known, setting or Setting())
    thread = Thread()
    drafts: list[Claim] = []
    cast, nameless = Cast(known), list[Mention]()
    for n in range(len(page.layout.sentences)):
        if n not in page.head:
            told, met = _sentence(page, n, thread, cast)
            if source := _looking_back(page, n, thread.source):
                thread.announced = not (drafts or told) and _under_headings(page, n)
                drafts = _credited(page, n, drafts, source, _looked_back_on(page, n, thread))
            drafts += told
            nameless += met
    claims = _numbered(report, _kept(page, _headed(page, drafts)))
    people = sorted((*cast.mentions(report.id, report.text), *nameless), key=lambda m: m.start)
    met_here = tuple(replace(m, id=f"{report.id}#m{i}") for i, m in enumerate(people, 1))
    return Reading(report, claims, met_here, (), page.day if page.told else None, page.country)


def _numbered(report: Report, drafts: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(replace(claim, id=f"{report.id}#{i}") for i, claim in enumerate(drafts, 1))


def agreed(readings: Iterable[Reading | Gist]) -> Setting:
    """The day and the country on which most reports of a case agree: three in five, and three at least.

    Read the reports again with it: those that name no day or country of their own take the case's,
    marked as inherited.
    """
    told = [r.gist if isinstance(r, Reading) else r for r in readings]
    days = Counter(r.day for r in told if r.day and re.fullmatch(r"\d{4}-\d\d-\d\d", r.day))
    countries = Counter(r.country for r in told if r.country)
    offsets = {offset for r in told for offset in r.offsets}
    return Setting(_most(days), _most(countries), offsets.pop() if len(offsets) == 1 else "")


def _most(count: Counter[str]) -> str | None:
    for value, times in count.most_common(1):
        if times >= 3 and times * 5 >= 3 * count.total():
            return value
    return None


def _no_pack(report: Report) -> Trouble:
    if not report.language:
        return Trouble(
            "the language is not known: only digits and names were read", report.id, "", "Say it with --language"
        )
    remedy = f"Languages read: {', '.join(languages())}"
    return Trouble(
        "no word lists for this language: only digits and names were read", report.id, report.language, remedy
    )


# ---------------------------------------------------------------- one sentence


def _sentence(page: Page, n: int, thread: Thread, cast: Cast) -> tuple[list[Claim], list[Mention]]:
    sentence = page.layout.sentences[n]
    thread.enters(sentence)
    owning = _sources(page, n, thread) or _quoted_at_length(page, n, thread)
    passage = passage_of(page, n)
    _label(passage, thread)
    numbers, speaking = _numbers(passage), owning or [s for s in (thread.source,) if s]
    partly = bool(numbers) and _opens_with_parts(passage)
    made = frames(passage.line, numbers, _topic(speaking, thread, partly=partly), kept=thread.kept)
    made = [frame for frame in made if not _hypothetical(passage.line, frame)]
    made = in_custody(passage.line, made, thread.taken)
    owning = owning or _carried(thread, made, passage)
    claims = [claim for frame in made for claim in _claims(passage, frame, made, owning, thread)]
    nameless = meet(_scene(passage, owning, made, thread), cast)
    thread.takes(passage, made, owning, claims)
    return claims, nameless


def _sources(page: Page, n: int, thread: Thread) -> list[Source]:
    order = page.pack.settings["order"]
    heard = (page.voices[n], thread.spoken, page.monitor, page.quoted)
    strict, far = order == "strict", order == "verb_last"
    return sources(page.layout, page.layout.sentences[n], page.marks[n], *heard, strict=strict, far=far)


def _quoted_at_length(page: Page, n: int, thread: Thread) -> list[Source]:
    """The source of a sentence within a longer quotation: told where the quotation ends, else where it began."""
    sentence, sentences = page.layout.sentences[n], page.layout.sentences
    holding = next(((a, b) for a, b in page.quoted if a < sentence.last and sentence.first < b), None)
    if holding is None:
        return []
    start, end = holding
    source = thread.source if start < sentence.first else None
    last = next(m for m in range(n, len(sentences)) if sentences[m].last >= end)
    if last > n and (behind := [s for s in _sources(page, last, thread) if s.cue >= end]):
        source = behind[0]
    if source is None and page.pack.settings["order"] == "verb_last":
        source = _round_quotation(page, start, end, last)
    return [replace(source, first=sentence.first, last=sentence.last, inherited=True)] if source else []


def _round_quotation(page: Page, start: int, end: int, last: int) -> Source | None:
    """The source of a quotation that stands between the speaker and the verb: "Bakan, "… . …" dedi"."""
    cue = next((c for c in cues(page.layout.sentences[last], page.marks[last]) if c.first >= end - 1), None)
    opened = next(n for n, s in enumerate(page.layout.sentences) if s.first <= start < s.last)
    voice = next((v for v in page.voices[opened] if v.last <= start), None)
    if cue is None or cue.label != "say" or voice is None:
        return None
    return Source(voice, (), cue.first, start, end, strong=False)


def _looking_back(page: Page, n: int, source: Source | None) -> Source | None:
    """The source of a sentence that says whose the numbers before are, as "This was reported by X" does."""
    says = bool(page.marks[n].of("looks_back"))
    return source if says and source and not source.inherited else None


def _under_headings(page: Page, n: int) -> bool:
    """Whether only headings stand above a sentence, as above one that opens a text."""
    return all(s.paragraph in page.layout.headings for s in page.layout.sentences[:n])


def _looked_back_on(page: Page, n: int, thread: Thread) -> int:
    """Where the text begins of which a sentence says who told it.

    While nobody else has spoken, that is the beginning of the report. Later it is the sentence's own paragraph, or
    the one before where it opens its own.
    """
    sentences, at = page.layout.sentences, n
    if len(thread.spoken) <= 1 and n <= _LEAD:
        return 0
    if at and sentences[at - 1].paragraph != sentences[n].paragraph:
        at -= 1
    while at and sentences[at - 1].paragraph == sentences[at].paragraph:
        at -= 1
    return sentences[at].start


def _credited(page: Page, n: int, drafts: Sequence[Claim], source: Source, start: int) -> list[Claim]:
    """The claims so far, with a source for those from `start` on that have none; headlines wait for `_headed`."""
    voice, headlines = source.voice, _headlines(page)
    tokens = page.layout.tokens
    words = Evidence("claimant", tokens[voice.first].start, tokens[voice.last - 1].end, f"{voice.how}, looking back")
    bare = all(claim.start in headlines for claim in drafts)  # then the headline is what was reported
    meant = (claim.start >= start and (bare or claim.start not in headlines) for claim in drafts)
    return [_spoken_by(c, page, n, source, words) if m else c for c, m in zip(drafts, meant, strict=True)]


def _spoken_by(claim: Claim, page: Page, n: int, source: Source, words: Evidence) -> Claim:
    voice = source.voice
    name = filled(voice, (claim.place or "").split(" (")[0] or None, page.country, page.offices(n))
    carried = claim.claimant_kind == voice.kind and any(e.slot == "claimant" and e.inherited for e in claim.evidence)
    if name is None or same_outlet(voice, name, page.report.publisher) or (claim.claimant is not None and not carried):
        return claim
    said = (*(e for e in claim.evidence if e.slot != "claimant"), words)
    return replace(claim, claimant=name, claimant_kind=voice.kind, relay=source.relay, evidence=said)


def _numbers(passage: Passage) -> list[Amount]:
    sentence = passage.sentence
    found = amounts(passage.tokens, sentence.first, sentence.last, passage.marks, passage.page.pack)
    if passage.heading:  # in a headline "Two" is as like as not a figure of speech
        return [a for a in found if a.digits or a.bound != "exact"]
    return found


def _scene(passage: Passage, owning: Sequence[Source], made: Sequence[Frame], thread: Thread) -> Scene:
    page = passage.page
    day = next((d.when for d in passage.dates if not is_speech(d, passage.marks, passage.sentence)), page.day)
    place = thread.place or thread.told or page.default
    counted = thread.quantity or thread.counted
    return Scene(
        report=page.report.id,
        layout=page.layout,
        line=passage.line,
        places=passage.happened_in,
        voices=passage.voices,
        owning=owning,
        made=made,
        dates=passage.dates,
        clocks=passage.clocks,
        moment=lambda clock, at: moment(page, clock, at),
        default=place,
        day=day,
        main=page.day,
        counted=counted,
    )


def _label(passage: Passage, thread: Thread) -> None:
    """A paragraph may open with a label: "Moscow: …", "Брянск. …", "21:00. …"; a line of its own heads a section."""
    first, last, tokens = passage.sentence.first, passage.sentence.last, passage.tokens
    for clock in passage.clocks[:1]:
        if clock.first == first and clock.last < last and tokens[clock.last].text in ".:—)(":
            thread.clock = moment(passage.page, clock, None)
    for mark in passage.page.places[passage.n]:
        if mark.first == first and mark.how == "named" and mark.last < last and tokens[mark.last].text in ".:":
            thread.place = mark.place.key
        if (mark.first, mark.last) == (first, last) and passage.heading:
            thread.place = thread.section = mark.place.key


def _topic(owning: Sequence[Source], thread: Thread, *, partly: bool) -> str | None:
    """What a bare number counts: with a monitor speaking, the detained; else what was counted before.

    Args:
        partly: Whether the sentence goes on with parts of that ("Of them …"), also from another paragraph.
    """
    monitor = any(s.voice.kind == "monitor" for s in owning)
    spoken = thread.quantity or (thread.counted if partly else None)
    return "detained" if monitor and spoken in (None, "participants", "charged") else spoken


def _opens_with_parts(passage: Passage) -> bool:
    """ "З них близько тисячі в Мінську": whether a sentence speaks of parts of what was counted before."""
    settings, first = passage.page.pack.settings, passage.sentence.first
    while first < passage.sentence.last - 2 and passage.tokens[first].kind == "mark":
        first += 1
    words = [token.fold for token in passage.tokens[first : min(first + 2, passage.sentence.last)]]
    return len(words) == 2 and words[0] in settings["partitive"] and words[1] in settings.get("parts_begin", ())


def _hypothetical(line: Line, frame: Frame) -> bool:
    """Whether the frame speaks of what may come, or is denied: "expected to draw", "семерым грозит арест"."""
    near = range(max(line.sentence.first, frame.first - 4), min(line.sentence.last, frame.last + 1))
    before = range(line.sentence.first, frame.first)
    denial = max((m.first for m in line.marks.of("denies") if m.first in before), default=None)
    if denial is not None and not line.between(denial, frame.first, ";", ":", "—", "–"):
        return True
    verb = frame.parts.get("quantity")
    wished = (
        frame.quantity == "released" and verb and line.within(range(near.start, min(near.stop, verb.first)), "wish")
    )
    return bool(wished) or (frame.quantity in PEOPLE and line.within(near, "future"))


def _carried(thread: Thread, made: Sequence[Frame], passage: Passage) -> list[Source]:
    """The source of the sentence before, when this one plainly goes on with what it said."""
    source, near = thread.source, thread.source is not None
    if source is None and thread.last and (len(thread.spoken) == 1 or thread.last.voice.kind == "monitor"):
        source = replace(thread.last, strong=thread.announced)  # a text with one source, or a monitor, goes on with it
    if made and (speaking := _speaking_on(passage, thread)):
        return [replace(speaking, first=passage.sentence.first, last=passage.sentence.last, inherited=True)]
    if source is None or not made or _by_another(passage, source):
        return []
    if not _goes_on(source, made, passage, thread, near):
        return []
    return [replace(source, first=passage.sentence.first, last=passage.sentence.last, inherited=True)]


_NEXT = 3  # sentences between the two halves of a quotation, at most


def _speaking_on(passage: Passage, thread: Thread) -> Source | None:
    """Whoever was quoted last, for a sentence that stands in quotation marks and names nobody."""
    quoted, first, said_in = passage.page.quoted, passage.sentence.first, thread.heard_in
    if passage.n - said_in > _NEXT or not any(a <= first < b for a, b in quoted):
        return None
    then = passage.page.layout.sentences[said_in]
    return thread.last if any(then.first < b and a < then.last for a, b in quoted) else None


def _by_another(passage: Passage, source: Source) -> bool:
    """Whether the sentence names a source that nobody knows: "по данным журналистов", "according to residents"."""
    stems = tuple(head[:_STEM] for head in source.voice.heads)
    cues = (m for here in passage.marks.values() for m in here if m.label == "by" and m.last - m.first > 1)
    named = (passage.tokens[m.last] for m in cues if m.last < passage.sentence.last)
    named = (
        token for token in named if token.fold not in passage.page.layout.words("in_place")
    )  # "по данным на 15:40"
    unnamed = any(m.head == "others" for here in passage.marks.values() for m in here)
    return unnamed or any(token.kind == "word" and not token.fold.startswith(stems) for token in named)


_STEM = 4  # letters by which a word for a body is known in any case: "portalu" of a "portal"


def _goes_on(source: Source, made: Sequence[Frame], passage: Passage, thread: Thread, near: bool) -> bool:
    """Whether a sentence without a speaker of its own is still what the last one said.

    It is when that speaker is quoted at length, when it only goes on with a list or with a part of the number
    before ("nine of them minors"), when it counts what only such speakers count, or when it stays where it was
    and counts nothing a reporter could count on the spot.
    """
    if source.strong or all(f.listed for f in made) or (near and all(partitive(passage.line, f.amount) for f in made)):
        return True
    if near and all(f.among and f.amount.bound == "exact" for f in made):  # "Among those taken were seven minors."
        return True
    kind = source.voice.kind
    if kind == "authority" and any(f.quantity in _OFFICIAL for f in made):
        return True
    if kind == "monitor" and all(
        f.of == "detentions" or (f.quantity in _COUNTED and f.amount.bound != "vague") for f in made
    ):
        return True
    sharp = all(f.quantity != "participants" and f.amount.bound != "vague" for f in made)
    stays = all(m.place.kind == "country" or m.place.key in thread.everywhere for m in passage.places)
    return near and kind in ("authority", "monitor") and sharp and stays


# ---------------------------------------------------------------- one claim


def _claims(
    passage: Passage, frame: Frame, made: Sequence[Frame], owning: Sequence[Source], thread: Thread
) -> Iterator[Claim]:
    for locus in loci(passage, frame, made, thread):
        yield _claim(passage, frame, locus, made, owning, thread)
    if capped := ceiling(passage, frame, made):
        yield _claim(passage, *capped, made, owning, thread)


def _claim(
    passage: Passage, frame: Frame, locus: Locus, made: Sequence[Frame], owning: Sequence[Source], thread: Thread
) -> Claim:
    page, tokens, amount = passage.page, passage.tokens, frame.amount
    source = owner(owning, amount.first)
    who, kind = claimant(passage, source, locus)
    locus = _of_country(page, locus, who.value)
    day = event_day(passage, frame, thread)
    counted = as_of(passage, frame, thread, day.value, source)
    start, end = _quoted(frame, locus, tokens)
    slots = (*_counted(frame, tokens), *_evidence(locus.slot(tokens), who, day, counted))
    doubted = doubts(Grounds(passage, frame, made, source, locus, who, day, thread))
    return Claim(
        id="",
        report=page.report.id,
        quote=page.report.text[start:end],
        start=start,
        end=end,
        claimant=who.value,
        claimant_kind=kind,
        quantity=frame.quantity,
        among=frame.among,
        low=_whole(amount.low),
        high=_whole(amount.high),
        bound=amount.bound,
        hedge=amount.hedge,
        place=locus.place,
        event_date=day.value,
        as_of=counted.value,
        of=frame.of,
        relay=source.relay if source else (),
        tier="B" if doubted else "A",
        evidence=(*slots, *(Evidence("tier", 0, 0, doubt, inherited=True) for doubt in doubted)),
    )


def _of_country(page: Page, locus: Locus, who: str | None) -> Locus:
    """What an interior ministry says without a place, and with none told just before, it says of its country."""
    national = who is not None and page.country is not None and who == f"Interior Ministry of {page.country}"
    return locus._replace(place=page.country) if national and locus.how == "from the report as a whole" else locus


def _quoted(frame: Frame, locus: Locus, tokens: Sequence[Token]) -> tuple[int, int]:
    """The words that carry the claim: number, noun and predicate, and a place right beside them."""
    first, last, mark = frame.first, frame.last, locus.mark
    if mark and 0 <= mark.first - last <= 2:
        last = mark.last
    elif mark and 0 <= first - mark.last <= 2:
        first = mark.first
    return tokens[first].start, tokens[last - 1].end


def _counted(frame: Frame, tokens: Sequence[Token]) -> tuple[Evidence, Evidence]:
    amount = frame.amount
    words: list[Mark | Amount] = list(frame.parts.values()) or [amount]
    first, last = min(w.first for w in words), max(w.last for w in words)
    return (
        Evidence("quantity", tokens[first].start, tokens[last - 1].end, frame.how),
        Evidence("number", tokens[amount.first].start, tokens[amount.last - 1].end, amount.how),
    )


def _evidence(*slots: Slot) -> tuple[Evidence, ...]:
    return tuple(evidence for slot in slots for evidence in slot.evidence)


def _whole(value: float | None) -> Number | None:
    return None if value is None else int(value) if value == int(value) else value


# ---------------------------------------------------------------- the report's claims together


def _headlines(page: Page) -> frozenset[int]:
    """The characters of all headings."""
    headings = (s for s in page.layout.sentences if s.paragraph in page.layout.headings)
    return frozenset(i for s in headings for i in range(s.start, s.end))


def _headed(page: Page, drafts: Sequence[Claim]) -> list[Claim]:
    """The claims, with a speaker for headlines without one: who gives the number below that they round or repeat."""
    headlines = _headlines(page)
    below = [c for c in drafts if c.start not in headlines and c.claimant_kind in ("authority", "monitor")]
    return [_as_below(c, below) if c.start in headlines and c.claimant is None else c for c in drafts]


def _as_below(headline: Claim, below: Sequence[Claim]) -> Claim:
    same = next((c for c in below if c.quantity == headline.quantity and _rounds(headline, c)), None)
    if same is None:
        return headline
    words = next((e for e in same.evidence if e.slot == "claimant"), None)
    how = Evidence("claimant", 0, 0, f"who gives the number below: {words.how if words else ''}", inherited=True)
    heard = (*headline.evidence, how)
    return replace(headline, claimant=same.claimant, claimant_kind=same.claimant_kind, tier="B", evidence=heard)


def _rounds(headline: Claim, below: Claim) -> bool:
    """Whether a headline's number is the other or rounds it: "over 260" of 262, "nearly 100" of 97."""
    said, known = headline.low or headline.high, below.low or below.high
    if not said or not known or (headline.bound == "exact" and said != known):
        return False
    return said <= known < 2 * said if headline.bound == "at_least" else 0.9 * said <= known <= 1.1 * said


def _kept(page: Page, drafts: Sequence[Claim]) -> list[Claim]:
    """Repetitions left out: a headline that says what the body says, the same words twice."""
    headlines = _headlines(page)
    told = [(claim, claim.start in headlines) for claim in drafts]
    body = {_figure(claim) for claim, headline in told if not headline}
    kept: dict[tuple[object, ...], Claim] = {}
    for claim, headline in told:
        if not (headline and _figure(claim) in body):
            kept.setdefault((*_figure(claim), claim.place, claim.claimant, claim.event_date, claim.as_of), claim)
    return list(kept.values())


def _figure(claim: Claim) -> tuple[object, ...]:
    return claim.quantity, claim.among, claim.low, claim.high, claim.bound, claim.hedge, claim.of
