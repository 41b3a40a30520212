"""Hotline calls: telegraphic lines become claims and mentions to confirm, and never more than the caller told.

`examples/calls.jsonl` holds 118 invented lines, English and Russian, each with what a careful person finds in it, and
written before the reader was run on them. `tune` is the half that rules and words were made on. On `blind`, at the
first run, 14 of 17 English and 14 of 19 Russian claims were right, of 20 and 21 asked for; on `second`, written and
run after that, 9 of 14 and 11 of 13, of 10 and 11. All have been looked at since, and in four lines of them the
expectation was mended: the marks below tell when something no longer works, they are no boast.
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast import read
from atleast.lexicon import call_pack, check, languages, pack
from atleast.model import Claim, Mention, Report
from atleast.reckon import Cell, Tally, tally

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "calls.jsonl"
MARKS = {"tune": 0.97, "blind": 0.97, "second": 0.97}  # F1 of claims and of people, both languages
SPOKEN = [language for language in languages() if call_pack(language)]


def call(text: str, language: str = "en", name: str = "c1", **more: object) -> Report:
    told = {"kind": "call", "published": "2041-05-05T02:30+03:00", "extra": {"place": "Zenda, Ruritania"}} | more
    return Report(name, "The line", language=language, text=text, **told)  # type: ignore[arg-type]


def written(half: str) -> list[dict[str, object]]:
    rows = map(json.loads, EXAMPLES.read_text("utf-8").splitlines())
    return [row for row in rows if row["half"] == half]


def amount(claim: Claim) -> str:
    ways = {"at_least": "{0}+", "at_most": "..{1}", "about": "~{0}", "range": "{0}-{1}", "vague": "{0}?"}
    return ways.get(claim.bound, "{0}").format(claim.low, claim.high)


def told(claim: Claim) -> str:
    """A claim in one line, as the examples write it."""
    words = [claim.quantity, amount(claim)]
    words += [f"among {claim.among}"] if claim.among else []
    words += [f"of {claim.of}"] if claim.of else []
    words += [f"@{claim.as_of[11:16]}"] if claim.as_of else []
    words += [f"by {claim.claimant_kind}"] if claim.claimant_kind != "witness" else []
    return " ".join(words)


def told_of(mention: Mention) -> str:
    """A mention in one line, as the examples write it."""
    times = [h.at[11:16] for h in mention.happened if h.at and "T" in h.at]
    line = f"{mention.name or mention.role}: {', '.join(h.what for h in mention.happened)}"
    return line + (f" at {mention.station}" if mention.station else "") + (f" @{times[0]}" if times else "")


@cache
def counted(half: str) -> tuple[int, int, int]:
    """How many claims and people of a half are right, were found, were asked for."""
    right = found = asked = 0
    for row in written(half):
        reading = read.read(call(str(row["text"]), str(row["language"])))
        given = Counter([*map(told, reading.claims), *map(told_of, reading.mentions)])
        wanted = Counter([*row["claims"], *row["people"]])  # type: ignore[misc]
        right, found, asked = right + (given & wanted).total(), found + given.total(), asked + wanted.total()
    return right, found, asked


@pytest.mark.parametrize("half", MARKS)
def test_calls_are_read_no_worse_than_before(half: str) -> None:
    right, found, asked = counted(half)

    assert 2 * right / (found + asked) >= MARKS[half], f"{right} right of {found} found and {asked} asked for"


def test_there_are_as_many_calls_to_tune_on_as_to_judge_by() -> None:
    for language in ("en", "ru"):
        halves = Counter(
            str(row["half"])
            for row in map(json.loads, EXAMPLES.read_text("utf-8").splitlines())
            if row["language"] == language
        )

        assert halves["tune"] >= 15 and halves["blind"] == halves["tune"]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_line_of_the_words_of_calls_has_an_example_that_holds(language: str) -> None:
    assert check(language, read.trial, calling=partial(read.trial, kind="call")) == []


# ---------------------------------------------------------------- what one line gives


def test_five_people_in_a_van_are_a_claim_of_that_van() -> None:
    (claim,) = read.claims(call("five people in a van to station 78"))

    assert (claim.quantity, claim.low, claim.high, claim.bound) == ("detained", 5, 5, "exact")
    assert (claim.of, claim.place) == ("van → station 78", "Zenda, Ruritania")
    assert (claim.claimant, claim.claimant_kind, claim.tier) == ("caller (c1)", "witness", "B")


def test_each_quote_and_each_evidence_is_of_the_words_of_the_call() -> None:
    text = "14 чел в ОВД Тверской, 22:10\nОлег Дубров, отдел 12, избит"
    reading = read.read(call(text, "ru"))

    for record in (*reading.claims, *reading.mentions):
        assert text[record.start : record.end] == record.quote
        assert all(text[e.start : e.end].strip() for e in record.evidence if not e.inherited)
    slots = {e.slot: text[e.start : e.end] for e in reading.claims[0].evidence}
    assert (slots["number"], slots["of"], slots["as_of"]) == ("14", "ОВД Тверской", "22:10")


def test_a_time_that_had_not_come_yet_is_of_the_evening_before() -> None:
    late, early = read.claims(call("5 ppl in van 3 at 23:10\n6 ppl in van 4 at 01:10"))

    assert (late.as_of, late.event_date) == ("2041-05-04T23:10+03:00", "2041-05-04")
    assert (early.as_of, early.event_date) == ("2041-05-05T01:10+03:00", "2041-05-05")


def test_a_call_of_the_night_after_is_of_the_day_of_the_case() -> None:
    report = call("5 ppl in van 3")
    (claim,) = read.read(report, setting=read.Setting(day="2041-05-04")).claims

    assert claim.event_date == "2041-05-04"
    assert read.claims(report)[0].event_date == "2041-05-05"


def test_a_line_that_only_names_a_station_heads_the_lines_below_it() -> None:
    claims = read.claims(call("5 ppl in van 3\nstation 9:\n12 ppl\n3 kids\nvan 4: 6 ppl"))

    assert [told(c) for c in claims] == [
        "detained 5 of van 3", "detained 12 of station 9", "detained 3 among minors of station 9", "detained 6 of van 4",
    ]  # fmt: skip
    assert [e.inherited for e in claims[1].evidence if e.slot == "of"] == [True]


def test_people_of_whom_nothing_tells_that_they_are_held_are_not_counted_as_detained() -> None:
    assert [told(c) for c in read.claims(call("1000 people on the square"))] == ["other 1000"]
    assert [told(c) for c in read.claims(call("12 чел у моста", "ru"))] == ["other 12"]


def test_how_old_somebody_is_is_no_number_of_people() -> None:
    assert [told(c) for c in read.claims(call("5 ppl in van 3, a boy about 14"))] == ["detained 5 of van 3"]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Anna Sorel at station 12, not beaten", "en", "Anna Sorel: detained at station 12"),
        ("Вера Лисина, отдел 12, не избита", "ru", "Вера Лисина: detained at отдел 12"),
    ],
)
def test_what_is_denied_befell_nobody(text: str, language: str, wanted: str) -> None:
    assert [told_of(m) for m in read.mentions(call(text, language))] == [wanted]


def test_a_lawyer_at_a_station_is_not_taken_for_one_of_those_held() -> None:
    assert read.mentions(call("lawyer Ann Frost let into station 9")) == ()
    assert [told_of(m) for m in read.mentions(call("lawyer Ann Frost detained, station 9"))] == [
        "Ann Frost: detained at station 9"
    ]


def test_a_number_that_may_be_two_and_one_that_is_denied_are_left_alone() -> None:
    assert read.claims(call("ОВД 5 120 чел", "ru")) == ()
    assert [told(c) for c in read.claims(call("not 5 but 7 in van 2"))] == ["detained 7 of van 2"]


ELSEWHERE = {
    "be": ("5 чал у аўтазаку, вязуць у аддзел 78", "5 of аўтазаку → аддзел 78"),
    "de": ("5 Leute in Wanne 3 zu Wache 78", "5 of Wanne 3 → Wache 78"),
    "es": ("5 pers en un furgón a la comisaría 78", "5 of furgón → comisaría 78"),
    "fr": ("5 pers dans un fourgon vers le commissariat 78", "5 of fourgon → commissariat 78"),
    "pl": ("5 osób w więźniarce, wiozą na komisariat 78", "5 of więźniarce → komisariat 78"),
    "tr": ("otobüste 5 kişi, karakol 78", "5 of otobüste → karakol 78"),
    "uk": ("5 осіб в автозаку, везуть у відділок 78", "5 of автозаку → відділок 78"),
}


@pytest.mark.parametrize("language", sorted(ELSEWHERE))
def test_five_people_in_a_van_are_read_in_other_languages_too(language: str) -> None:
    text, wanted = ELSEWHERE[language]

    assert [told(c) for c in read.claims(call(text, language))] == [f"detained {wanted}"]


def test_who_calls_is_not_taken_for_who_was_taken() -> None:
    assert read.mentions(call("снова звонил Пётр Сомов: их уже 7", "ru")) == ()
    (held,) = read.mentions(call("пишет из автозака Лев Антонов, их там 11", "ru"))
    assert held.name == "Лев Антонов"


def test_a_name_in_another_case_is_kept_and_set_right_beside() -> None:
    (mention,) = read.mentions(call("отпустили Веру Лисину 23:10", "ru"))

    assert (mention.name, mention.nominative) == ("Веру Лисину", "Вера Лисина")


def test_a_number_that_nothing_tells_of_is_at_most_a_hint() -> None:
    assert read.claims(call("call 7 back")) == ()
    assert [c.tier for c in read.claims(call("12 ppl near the bridge"))] == ["C"]
    assert [c.tier for c in read.claims(call("снова звонил Пётр: их уже 7", "ru"))] == ["C"]


def test_a_note_in_long_sentences_is_read_as_other_reports_are() -> None:
    prose = "At least 19 people were detained in Minsk, Viasna said. " + "The night was cold and long. " * 12
    note, news = (read.claims(call(prose, kind=kind, extra={})) for kind in ("note", "news"))

    assert note == news and note[0].claimant == "Viasna"


def test_the_words_of_calls_are_not_known_to_news() -> None:
    assert read.claims(call("12 held at station 9", kind="news")) != read.claims(call("12 held at station 9"))
    for language in languages():
        known = pack(language)
        assert known and not [line for line in known.lines if line.source.startswith("calls.tsv")]


# ---------------------------------------------------------------- numbers that count nobody

NAMES_OF_THINGS = {
    "en": ("station {}", "van {}", "bus no {}", "flat {}", "art {}", "Mill st {}", "tel {}", "{} min", "{} days",
           "{} cops", "{} vans", "tram {}", "{} each", "pd {}, {} min", "precinct {}"),
    "ru": ("отдел {}", "{} отдел", "автозак {}", "автозак № {}", "кв. {}", "ст. {}", "ул. Мельничная {}", "тел {}",
           "{} мин", "{} суток", "{} лет", "{} автозака", "трамвай {}", "по {}", "ОП {}"),
}  # fmt: skip


@given(st.sampled_from(sorted(NAMES_OF_THINGS)), st.data(), st.integers(2, 300), st.integers(2, 300))
def test_a_number_that_names_a_thing_never_counts_people(
    language: str, data: st.DataObject, thing: int, people: int
) -> None:
    naming = data.draw(st.sampled_from(NAMES_OF_THINGS[language])).format(thing, thing)
    noun = {"en": "ppl", "ru": "чел"}[language]
    claims = read.claims(
        call(
            f"{people} {noun} in van 3, {naming}" if language == "en" else f"{people} {noun} в автозаке, {naming}",
            language,
        )
    )

    assert [claim.low for claim in claims] == [people]


@given(st.text(alphabet="5 1,;:.+-→~№чел отдел van to 22:10 Anna Sorel в", max_size=60), st.sampled_from(["en", "ru"]))
def test_whatever_is_typed_is_read_and_quoted_as_it_stands(text: str, language: str) -> None:
    reading = read.read(call(text, language))

    for record in (*reading.claims, *reading.mentions):
        assert text[record.start : record.end] == record.quote


# ---------------------------------------------------------------- what is reckoned with it


def night(*lines: str) -> Iterator[tuple[Report, Claim]]:
    for n, line in enumerate(lines, 1):
        report = call(line, name=f"c{n}", published=f"2041-05-04T20:{n:02}+03:00")
        yield from ((report, claim) for claim in read.claims(report))


def town(*lines: str) -> tuple[Tally, Cell]:
    """What the calls of a night prove of all who were detained in a town, beside a monitor that knows of one."""
    pairs = list(night(*lines))
    one = Claim("m1", "m", "at least one detained", 0, 21, "The Monitor", "monitor", "detained", low=1, bound="at_least",
                place="Zenda, Ruritania", event_date="2041-05-04")  # fmt: skip
    result = tally([one, *(c for _, c in pairs)], {r.id: r for r, _ in pairs}.values())
    cell = result.cell("detained", "Zenda, Ruritania")
    assert cell is not None
    return result, cell


def test_a_van_bounds_its_town_from_below_only() -> None:
    _, cell = town("five people in a van to station 78")

    assert (cell.joint.people.low, cell.joint.people.high) == (5, None)


def test_five_in_a_van_are_never_five_in_the_town() -> None:
    result, cell = town("5 ppl in van 3", "released 5 from station 9", "still 5 in van 3", "no one left in van 3")

    assert cell.joint.people.high is None
    assert result.contradictions == ()


def test_two_vans_are_neither_added_nor_set_against_each_other() -> None:
    result, cell = town("5 ppl in a van", "7 ppl in a van", "6 ppl in van 3")

    assert (cell.joint.people.low, cell.joint.people.high) == (7, None)
    assert result.contradictions == ()


def test_what_one_caller_tells_of_the_whole_town_is_no_ceiling_for_another() -> None:
    result, cell = town("they say 60 arrested so far", "station 9: 70 brought")

    assert (cell.joint.people.low, cell.joint.people.high) == (70, None)
    assert result.contradictions == ()


@pytest.mark.parametrize(("caller", "claimant", "kind"), [("relative", "relative", "witness"), ("detainee", "detainee", "detainee"), ("x", "caller", "witness")])
def test_who_calls_is_told_at_the_head_unless_a_line_says_otherwise(caller: str, claimant: str, kind: str) -> None:
    found = read.claims(call("5 in a van\nlawyer says 3 held at station 9", extra={"caller": caller}))

    assert [(each.claimant, each.claimant_kind) for each in found] == [(f"{claimant} (c1)", kind), ("lawyer (c1)", "lawyer")]
