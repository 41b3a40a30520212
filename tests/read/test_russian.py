"""Russian sentences: names that hold numbers, days joined by "and", parts, capitals of republics, sources in brackets."""

import pytest

from atleast import read
from atleast.model import Report

SENTENCES = [
    # a number that belongs to a name, and one behind it that does not
    ("На акции «Марш миллионов» в Перми задержали 15 человек.", ["detained 15 in Perm, Russia"]),
    ("На акции «Стратегия-31» в Перми задержали 15 человек.", ["detained 15 in Perm, Russia"]),
    # a part is no new count of the same people
    (
        "В Казани полиция задержала 40 человек, 39 из них отпустили.",
        ["detained 40 in Kazan, Russia", "released 39 in Kazan, Russia"],
    ),
    # most of them without charges: of the others is nothing said
    ("Большинство из них отпустили без составления протоколов.", []),
    # who was moved to another place of custody was not detained there
    ("Двенадцать задержанных перевели в спецприёмник в Перми.", ["other 12 (transferred in) in Perm, Russia"]),
    ("В Перми 12 задержанных перевезли в СИЗО.", ["other 12 (transferred) in Perm, Russia"]),
    ("В Иркутске задержали 1–1,5 тыс. человек.", ["detained 1000-1500 in Irkutsk, Russia"]),
]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_russian_sentence_gives_its_claims(text: str, wanted: list[str]) -> None:
    given = [read.brief(claim) for claim in read.claims(Report("r", language="ru", text=text))]

    assert given == wanted


def test_two_days_joined_by_a_word_are_both_days_of_the_event() -> None:
    report = Report("r", language="ru", text="9 и 10 июня в Омске задержали 12 человек.", published="2020-06-12")

    assert [claim.event_date for claim in read.claims(report)] == ["2020-06-09/2020-06-10"]


def test_the_day_of_an_anniversary_is_not_that_of_the_rally() -> None:
    text = "В годовщину событий 30 октября 2019 года в Томске задержали 7 человек."
    report = Report("r", language="ru", text=text, published="2020-06-12")

    assert [claim.event_date for claim in read.claims(report)] == ["2020-06-12"]


def test_a_source_carried_over_is_lost_when_an_unknown_one_speaks_and_kept_behind_a_time() -> None:
    text = "В Омске задержали 12 человек. Об этом сообщает «Весна».\n\n{} известно о 32 задержанных."
    ends = ["По данным на 15:40", "По данным местных журналистов"]
    reports = [Report("r", language="ru", text=text.format(end), published="2020-06-12") for end in ends]

    assert [read.claims(report)[-1].claimant for report in reports] == ["Viasna", None]


def test_the_day_with_which_a_paragraph_opens_is_the_day_of_its_next_sentences() -> None:
    text = "21 сентября в Перми задержали 36 человек.\n25 сентября вышли и в Якутии. В Якутске задержали 24 человека."

    days = [claim.event_date for claim in read.claims(Report("r", language="ru", text=text, published="2022-09-26"))]

    assert days == ["2022-09-21", "2022-09-25"]


def test_a_day_that_is_only_compared_with_is_no_day_of_the_event() -> None:
    text = "25 сентября вышли и в Якутии. Как и 21 сентября, в Якутске задержали 24 человека."

    claim = next(iter(read.claims(Report("r", language="ru", text=text, published="2022-09-26"))))

    assert claim.event_date == "2022-09-25"


def test_the_last_days_end_with_the_day_of_writing() -> None:
    text = "За последние пять дней в Тбилиси задержаны 29 человек."

    claim = next(iter(read.claims(Report("r", language="ru", text=text, published="2025-11-01"))))

    assert claim.event_date == "2025-10-28/2025-11-01"


@pytest.mark.parametrize(
    ("text", "partly"),
    [
        ("В Перми на проезжей части улицы Ленина задержали 9 человек.", True),
        ("В Перми за перекрытие улицы задержали 9 человек.", True),
        ("В Перми участники вышли на проезжую часть, полиция задержала 9 человек.", False),
    ],
)
def test_a_count_on_one_roadway_or_for_one_deed_is_marked_as_a_part(text: str, partly: bool) -> None:
    (claim,) = read.claims(Report("r", language="ru", text=text))

    assert bool(claim.note) is partly
