"""Records drawn at random for the round-trip properties; every value is one that may stand in the wire form."""

import dataclasses
from typing import Any

from hypothesis import strategies as st

from atleast.model import Claim, Decision, Evidence, Happening, Mention, Report, clean
from atleast.model import vocabulary as words

texts = st.text(max_size=30).map(clean)
names = st.text(min_size=1, max_size=12).map(clean)
maybe = st.none() | texts
numbers = st.none() | st.integers(-5, 10**9) | st.floats(0, 10**6).filter(lambda x: not x.is_integer())
whens = st.none() | st.sampled_from(
    ["2017", "2017-10", "2017-10-07", "--10-07", "2017-10-07T21:00+03:00", "2017-10-07T21:00", "2017-10-07/2017-10-08"]
)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)


def one_of(vocabulary: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(vocabulary))


def extras(cls: type[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Fields of some other tool: any name that is none of ours."""
    ours = {f.metadata.get("wire", f.name) for f in dataclasses.fields(cls)} | {"record"}
    return st.dictionaries(names.filter(lambda name: name not in ours), plain, max_size=2)


evidences = st.builds(
    Evidence,
    slot=texts,
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    how=texts,
    inherited=st.booleans(),
    extra=extras(Evidence),
)
happenings = st.builds(Happening, what=one_of(words.HAPPENINGS), at=whens, detail=maybe, extra=extras(Happening))

reports = st.builds(
    Report,
    id=texts,
    publisher=maybe,
    kind=one_of(words.REPORT_KINDS),
    url=maybe,
    title=maybe,
    language=st.none() | st.sampled_from(["en", "ru", "pt-BR"]),
    published=whens,
    text=st.text(max_size=200).map(clean),
    sha256=maybe,
    extra=extras(Report),
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    quote, start = draw(texts), draw(st.integers(0, 500))
    return Claim(
        id=draw(texts),
        report=draw(texts),
        quote=quote,
        start=start,
        end=start + len(quote),
        claimant=draw(maybe),
        claimant_kind=draw(st.none() | one_of(words.CLAIMANT_KINDS)),
        quantity=draw(one_of(words.QUANTITIES)),
        among=draw(st.none() | one_of(words.AMONG)),
        low=draw(numbers),
        high=draw(numbers),
        bound=draw(one_of(words.BOUNDS)),
        hedge=draw(st.none() | one_of(words.HEDGES)),
        place=draw(maybe),
        event_date=draw(whens),
        as_of=draw(whens),
        of=draw(maybe),
        note=draw(maybe),
        relay=tuple(draw(st.lists(texts, max_size=2))),
        tier=draw(st.none() | one_of(words.TIERS)),
        evidence=tuple(draw(st.lists(evidences, max_size=2))),
        extra=draw(extras(Claim)),
    )


@st.composite
def mentions(draw: st.DrawFn) -> Mention:
    quote, start = draw(texts), draw(st.integers(0, 500))
    return Mention(
        id=draw(texts),
        report=draw(texts),
        quote=quote,
        start=start,
        end=start + len(quote),
        name=draw(maybe),
        role=draw(maybe),
        place=draw(maybe),
        station=draw(maybe),
        happened=tuple(draw(st.lists(happenings, max_size=2))),
        evidence=tuple(draw(st.lists(evidences, max_size=2))),
        extra=draw(extras(Mention)),
    )


decisions = st.builds(
    Decision,
    id=texts,
    about=st.lists(texts, max_size=3).map(tuple),
    by=texts,
    at=whens.filter(bool),
    what=one_of(words.DECISIONS),
    with_=st.none() | st.dictionaries(texts, plain, max_size=2),
    extra=extras(Decision),
)

records = st.one_of(reports, claims(), mentions(), decisions)
