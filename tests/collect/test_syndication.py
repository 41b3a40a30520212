"""The same dispatch on many sites is found, whole, shortened, lengthened or corrected; nothing else is."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atleast.collect import dispatches
from atleast.model import Dispatch, Report

FIRST = (
    "Police detained 12 people at an unauthorised rally in Strelsau on Saturday, and the square was cleared within an hour.",
    "A spokesman said that all of them would be charged with disobeying a lawful order of an officer.",
    "Organisers said that some 200 had come to demand free elections to the council of the city.",
    "By the evening the square had been washed and the trams ran again as on any other day.",
)
SECOND = (
    "In Hofbau the night passed quietly, although the bridge over the river stayed closed to carriages until the morning.",
    "Two witnesses said that they had seen seven riders leave the castle by the northern gate before dawn.",
)
OWN = (
    "Our reporter went to the market of Zenda, where nobody had heard of any rally and everybody spoke of the price of hay.",
    "The mayor of Zenda let it be known that he would answer questions on Monday, in writing and in the order received.",
    "Readers who saw more than we did are asked to write to the desk; names will be kept to ourselves if they so wish.",
)


def report(name: str, *paragraphs: str, at: str | None = "2031-05-04T14:00Z", by: str | None = None) -> Report:
    return Report(name, publisher=by or name.title(), published=at, text="\n\n".join(paragraphs))


def told(found: tuple[Dispatch, ...]) -> list[tuple[str, list[str]]]:
    return [(each.report, [copy.report for copy in each.copies]) for each in found]


def test_the_same_words_on_three_sites_are_one_dispatch_in_the_order_of_publication() -> None:
    found = dispatches(
        [
            report("third", *FIRST, at="2031-05-04T18:00Z"),
            report("first", *FIRST, at="2031-05-04T14:00Z"),
            report("second", *FIRST, at="2031-05-04T19:30+04:00"),
            report("other", *OWN),
        ]
    )

    assert told(found) == [("first", ["second", "third"])]
    assert {(copy.shared, copy.whole) for copy in found[0].copies} == {(100, 100)}
    assert found[0].voice == "First"


def test_a_dispatch_between_paragraphs_of_ones_own_is_told_from_them() -> None:
    page = report("page", OWN[0], *FIRST, *OWN[1:], at="2031-05-04T18:00Z")
    (found,) = dispatches([page, report("wire", *FIRST)])

    (copy,) = found.copies
    assert copy.whole == 100 and 40 < copy.shared < 60
    assert [page.text[p.start : p.end] for p in copy.passages] == ["\n\n".join(FIRST)[:-1]]


def test_a_short_dispatch_does_not_drown_in_a_long_page() -> None:
    noise = random.Random(7)
    words = [f"{a}{b}" for a in ("ba", "do", "ri", "mu", "ke", "zo") for b in ("lam", "tis", "nor", "ved", "pak", "gul")]
    long = [" ".join(noise.choices(words, k=60)) for _ in range(40)]
    page = report("page", *long[:23], *FIRST, *long[23:], at="2031-05-05")

    assert told(dispatches([page, report("wire", *FIRST)])) == [("wire", ["page"])]


def test_a_shortened_dispatch_is_a_copy() -> None:
    (found,) = dispatches([report("wire", *FIRST), report("brief", *FIRST[:2], at="2031-05-04T16:00Z")])

    assert found.copies[0].shared == 100 and found.copies[0].whole < 60


def test_a_corrected_number_an_edited_word_and_other_quotation_marks_leave_a_copy_one_passage() -> None:
    later = report("later", *FIRST, at="2031-05-04T16:00Z")
    edited = later.text.replace("12", "1'014").replace("cleared within", "emptied within").replace("Police", "POLICE")
    (found,) = dispatches([report("wire", *FIRST), replace(later, text=edited)])

    assert len(found.copies[0].passages) == 1 and found.copies[0].shared > 95


def test_a_digest_is_a_copy_of_each_dispatch_in_it_and_makes_them_no_copies_of_each_other() -> None:
    found = dispatches(
        [report("a", *FIRST), report("b", *SECOND, at="2031-05-04T15:00Z"), report("digest", *FIRST, *SECOND, at="2031-05-05")]
    )

    assert told(found) == [("a", ["digest"]), ("b", ["digest"])]


def test_what_a_copy_adds_is_its_own_and_whoever_takes_it_over_copies_from_there() -> None:
    found = dispatches(
        [
            report("a", *FIRST),
            report("b", *FIRST, *SECOND, at="2031-05-04T15:00Z"),
            report("c", *FIRST, *SECOND, at="2031-05-04T16:00Z"),
        ]
    )

    assert told(found) == [("a", ["b", "c"]), ("b", ["c"])]


def test_a_day_without_an_hour_is_later_than_any_hour_of_it_and_no_time_at_all_is_last() -> None:
    found = dispatches([report("a", *FIRST, at=None), report("b", *FIRST, at="2031-05-04"), report("c", *FIRST)])

    assert told(found) == [("c", ["b", "a"])]


def test_the_agency_that_is_credited_speaks_and_its_own_report_is_the_first() -> None:
    credited = ("STRELSAU (AP) — " + FIRST[0], *FIRST[1:])
    (found,) = dispatches(
        [report("gazette", *credited, at="2031-05-04T13:00Z"), report("wire", *FIRST, at="2031-05-04", by="AP")]
    )

    assert (found.report, found.agency, found.voice) == ("wire", "AP", "AP")


def test_the_same_events_in_other_words_or_another_language_are_no_copies() -> None:
    found = dispatches(
        [
            report("wire", *FIRST),
            report("own", "A dozen protesters were taken away by police in Strelsau on Saturday after a rally that the city had banned."),
            report("ru", "Полиция задержала 12 человек на несогласованном митинге в Стрельсау в субботу, площадь очистили за час."),
            report("quotes", OWN[0], "A spokesman said that all of them would be charged.", *OWN[1:]),
        ]
    )

    assert found == ()


def test_short_notes_that_anybody_would_word_alike_are_no_copies() -> None:
    assert dispatches([report("a", "Police detained 12 people in Strelsau."), report("b", "Police detained 12 people in Strelsau.")]) == ()


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), ("one", "one"), ("12 34 56 78 90 12 34 56 78 90 12 34 56",) * 2])
def test_odd_texts_do_no_harm(texts: tuple[str, ...]) -> None:
    assert isinstance(dispatches(report(f"r{n}", text) for n, text in enumerate(texts)), tuple)


def test_two_hundred_copies_hang_on_the_first() -> None:
    many = [report(f"r{n:03}", *FIRST, at=f"2031-05-{1 + n % 28:02}") for n in range(200)]
    (found,) = dispatches(many)

    assert found.report == "r000" and len(found.copies) == 199


def test_one_word_said_a_hundred_thousand_times_is_soon_done_with() -> None:
    begun = time.process_time()
    dispatches(report(f"r{n}", "la " * 100_000) for n in range(2))

    assert time.process_time() - begun < 5


def test_tables_of_numbers_are_no_copies_of_each_other() -> None:
    tables = [" ".join(str(n * k) for n in range(60)) for k in (3, 7)]

    assert dispatches(report(f"r{n}", table) for n, table in enumerate(tables)) == ()


PARAGRAPHS = st.lists(st.sampled_from([*FIRST, *SECOND, *OWN]), min_size=1, max_size=6)
TIMES = st.sampled_from([None, "2031-05-04", "2031-05-04T12:00Z", "2031-05-04T15:00+03:00", "2031-05"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PARAGRAPHS, TIMES), min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing_and_passages_lie_in_their_texts(
    drawn: list[tuple[list[str], str | None]], luck: random.Random
) -> None:
    reports = [report(f"r{n}", *paragraphs, at=at) for n, (paragraphs, at) in enumerate(drawn)]
    texts = {each.id: each.text for each in reports}
    found = dispatches(reports)
    luck.shuffle(reports)

    assert dispatches(reports) == found
    for each in found:
        for copy in each.copies:
            assert copy.report != each.report and 0 < copy.shared <= 100 and 0 < copy.whole <= 100
            for p in copy.passages:
                assert texts[copy.report][p.start : p.end].split()[-1] == texts[each.report][p.first : p.last].split()[-1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="аб12 \n.\u00ad\u202e", max_size=80), max_size=6))
def test_any_text_is_taken(texts: list[str]) -> None:
    dispatches(report(f"r{n}", text) for n, text in enumerate(texts))


