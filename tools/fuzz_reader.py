"""Throw bytes at the reader: `make fuzz` (SECONDS=60), guided by the branches that they reach (atheris).

Whatever comes in: no crash, every quote and every piece of evidence a literal span, the same bytes twice, and a text
twice as long takes no more than a few times as long. What breaks one of these is written beside the run as crash-*.
"""

import sys
import time

import atheris

with atheris.instrument_imports(include=["atleast.read", "atleast.collect", "atleast.lexicon"]):
    from atleast import read
    from atleast.collect.decoding import characters
    from atleast.lexicon import languages, pack

from atleast.model import Report, Unreadable, clean, encode

LANGUAGES = (*languages(), "xx")
MARKS = (
    "0 1 2 12 271 1,234 1.234 1\u00a0234 20.2 18:00 7/10 2041 ٣٤ ½ №5 , . ; : — ( ) « » “ ” ' ’ \n \n\n "
    "\u00ad \u200f о a"
)
WORDS = tuple(
    sorted({word for name in languages() for line in pack(name).lines for word in line.example.split()})
) + tuple(MARKS.split(" "))
_SLOW, _GROWTH, _LONG = 0.5, 6.0, 4_000  # seconds, times, code points


def text_of(data: atheris.FuzzedDataProvider) -> str:
    """A text of any bytes, of words that the packs know, or of both."""
    if data.ConsumeBool():
        found = data.ConsumeBytes(2_000)
        try:
            return clean(characters(found)[0])
        except Unreadable:  # told to the user; the reader never sees it
            return clean(found.decode("latin-1"))
    pieces = []
    while data.remaining_bytes() and len(pieces) < 300:
        known = data.ConsumeIntInRange(0, 9) > 0
        pieces.append(WORDS[data.ConsumeIntInRange(0, len(WORDS) - 1)] if known else data.ConsumeUnicode(3))
        pieces.append(" " if data.ConsumeIntInRange(0, 15) else "")
    return clean("".join(pieces))


def told(report: Report) -> list[str]:
    reading = read.read(report)
    for record in (*reading.claims, *reading.mentions):
        assert report.text[record.start : record.end] == record.quote != ""
        assert all(0 <= e.start <= e.end <= len(report.text) for e in record.evidence)
    return [encode(record) for record in (*reading.claims, *reading.mentions)]


def timed(report: Report) -> float:
    """Seconds of the fastest of three readings: a busy machine is no blow-up."""
    runs = []
    for _ in range(3):
        begun = time.perf_counter()
        read.read(report)
        runs.append(time.perf_counter() - begun)
    return min(runs)


def once(data: bytes) -> None:
    source = atheris.FuzzedDataProvider(data)
    language = LANGUAGES[source.ConsumeIntInRange(0, len(LANGUAGES) - 1)]
    published = "2041-08-09T12:00+03:00" if source.ConsumeBool() else None
    report = Report("r", language=language, text=text_of(source), published=published, publisher="Interfax")
    assert told(report) == told(report)
    if len(report.text) > 200 and source.ConsumeIntInRange(0, 20) == 0:
        no_blow_up(report)


def no_blow_up(report: Report) -> None:
    """A text of twice the length must not take many times as long."""
    text = (report.text * (_LONG // len(report.text) + 1))[:_LONG]
    one, two = (Report("r", language=report.language, text=text * times) for times in (1, 2))
    if (short := timed(one)) > _SLOW / 10 and timed(two) > max(_SLOW, _GROWTH * short):
        raise AssertionError("twice the text takes more than six times as long")


if __name__ == "__main__":
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()
