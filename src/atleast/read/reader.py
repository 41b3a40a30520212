"""One report read from end to end: the sentences in order, each slot from its own words or inherited and marked so."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from atleast.lexicon import Pack, call_pack, languages, pack
from atleast.model import Claim, Evidence, Mention, Report, Trouble

from .calls import called, telegraphic
from .carrying import carried
from .cast import Cast
from .days import is_speech
from .drafts import claims_of
from .frames import frames
from .gate import worth_reading
from .hints import hints
from .line import PEOPLE, Frame, Line
from .numbers import Amount, amounts
from .occasions import with_occasions
from .offices import filled
from .page import Page, Setting, offset_of, page_of
from .parts import in_custody
from .passage import Passage, Thread, passage_of
from .people import meet
from .repeats import headed, without_repeats
from .scene import Scene
from .slots import same_outlet
from .voice import cues
from .when import moment
from .who import Source, sources

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
    if telegraphic(report) and (spoken := call_pack(known.language)):
        return _call(report, spoken, setting or Setting())
    wanted = worth_reading(report.text, known)
    if not wanted:
        return Reading(report)
    page = page_of(report, known, setting or Setting(), wanted)
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
    claims = _numbered(report, with_occasions(page, without_repeats(page, headed(page, drafts))))
    people = sorted((*cast.mentions(report.id, report.text), *nameless), key=lambda m: m.start)
    return Reading(report, claims, _met(report, people), (), page.day if page.told else None, page.country)


def _call(report: Report, spoken: Pack, setting: Setting) -> Reading:
    """A hotline call or note, which has no sentences."""
    claims, people, country = called(report, spoken, setting)
    return Reading(report, _numbered(report, claims), _met(report, people), country=country)


def _met(report: Report, people: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(replace(m, id=f"{report.id}#m{i}") for i, m in enumerate(people, 1))


def _numbered(report: Report, drafts: Iterable[Claim]) -> tuple[Claim, ...]:
    names = ((f"{report.id}#{i}", claim) for i, claim in enumerate(drafts, 1))
    return tuple(claim if claim.id == name else replace(claim, id=name) for name, claim in names)


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
    made = frames(
        passage.line, numbers, _topic(speaking, thread, partly=partly, listed=_of_a_list(passage)), kept=thread.kept
    )
    made = [frame for frame in made if not _hypothetical(passage.line, frame)]
    made = in_custody(passage.line, made, thread.taken, court=thread.counted in _OF_COURTS)
    owning = owning or carried(thread, made, passage)
    claims = [claim for frame in made for claim in claims_of(passage, frame, made, owning, thread)]
    nameless = meet(_scene(passage, owning, made, thread), cast)
    thread.takes(passage, made, owning, claims)
    return claims, nameless


_OF_COURTS = ("fined", "jailed", "to_court")


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
    if source is None and _own_paragraph(page, n, start, end, last):  # "This was told by X." and then what X said
        source = thread.last if n - thread.heard_in == 1 else None
    return [replace(source, first=sentence.first, last=sentence.last, inherited=True)] if source else []


def _own_paragraph(page: Page, n: int, start: int, end: int, last: int) -> bool:
    """Whether a quotation that begins with a sentence fills a paragraph of its own."""
    sentences = page.layout.sentences
    opens = start == sentences[n].first and n > 0 and sentences[n - 1].paragraph != sentences[n].paragraph
    closes = last + 1 == len(sentences) or sentences[last + 1].paragraph != sentences[n].paragraph
    return opens and closes and sentences[last].last - end <= 1


def _round_quotation(page: Page, start: int, end: int, last: int) -> Source | None:
    """The source of a quotation that stands between the speaker and the verb: "Bakan, "… . …" dedi"."""
    cue = next((c for c in cues(page.marks[last]) if c.first >= end - 1), None)
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
    """The claims so far, with a source for those from `start` on that have none; headlines wait for `headed`."""
    voice, tokens, headline = source.voice, page.layout.tokens, page.layout.headline
    words = Evidence("claimant", tokens[voice.first].start, tokens[voice.last - 1].end, f"{voice.how}, looking back")
    bare = all(headline(claim.start) for claim in drafts)  # then the headline is what was reported
    meant = (claim.start >= start and (bare or not headline(claim.start)) for claim in drafts)
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
    day = next(
        (d.when for d in passage.dates if not is_speech(page.layout, d, passage.marks, passage.sentence)), page.day
    )
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
            thread.last = None  # a list of places: who spoke of one need not speak of the next


def _topic(owning: Sequence[Source], thread: Thread, *, partly: bool, listed: bool) -> str | None:
    """What a bare number counts: with a monitor speaking, the detained; else what was counted before.

    Args:
        partly: Whether the sentence goes on with parts of that ("Of them …"), also from another paragraph.
        listed: Whether it is a line of a list: "Perm - 18;".
    """
    monitor = any(s.voice.kind == "monitor" for s in owning)
    spoken = thread.quantity or (thread.counted if partly or listed else None)
    return "detained" if monitor and spoken in (None, "participants", "charged") else spoken


_LINE = 12  # tokens of a line in a list of places, at most


def _of_a_list(passage: Passage) -> bool:
    """Whether a paragraph is a line of a list, a place with a number behind it: "Санкт-Петербург - 18 человек;"."""
    first, last = passage.sentence.first, passage.sentence.last
    place = next((m for m in passage.places if m.first == first and m.how == "named"), None)
    dashed = place is not None and place.last < last and passage.tokens[place.last].text in "-–—:"
    sentences, n = passage.page.layout.sentences, passage.n
    alone = n > 0 and sentences[n - 1].paragraph != passage.sentence.paragraph
    return dashed and alone and last - first <= _LINE


def _opens_with_parts(passage: Passage) -> bool:
    """ "З них близько тисячі", "Darunter …": whether a sentence speaks of parts of what was counted before."""
    settings, first = passage.page.pack.settings, passage.sentence.first
    while first < passage.sentence.last - 2 and passage.tokens[first].kind == "mark":
        first += 1
    if passage.line.at(first, "included"):
        return True
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
    if wished or frame.quantity not in PEOPLE:
        return bool(wished)
    told = (m for m in line.marks.of("future") if m.first in near)
    return any(not _of_clause(line, m.first, verb.first if verb else frame.last) for m in told)


def _of_clause(line: Line, word: int, verb: int) -> bool:
    """Whether a word stands in a clause about those who are counted: "the 102 who would not leave were taken"."""
    led = word > line.sentence.first and line.tokens[word - 1].fold in line.pack.settings["relative"]
    return led and verb - word > _VERB_OF_CLAUSE


_VERB_OF_CLAUSE = 3  # tokens from "would" to its own verb, at most
