"""Who told a number when another sentence says so: "this was reported by X", "it was noted", a surname, a headline."""

import pytest

from atleast import read
from atleast.model import Report

TEXTS = [
    # the sentence that looks back may stand in a paragraph of its own
    (
        "uk",
        "У Томську затримали 40 людей.\n\nПро це повідомив «ОВД-Инфо».\n\nЗа даними поліції, затримано 12 осіб.",
        ["detained 40 in Tomsk, Russia by OVD-Info", "detained 12 in Tomsk, Russia by Tomsk police"],
    ),
    # a headline rounds what the body counts
    (
        "uk",
        "У Томську затримали понад 260 людей\n\nУ Томську затримано 262 людини, повідомив «ОВД-Инфо».",
        ["detained 261+ in Tomsk, Russia by OVD-Info", "detained 262 in Tomsk, Russia by OVD-Info"],
    ),
    # "it was noted" goes on with the last speaker, if nobody else speaks
    (
        "uk",
        "У Томську затримали 40 людей, повідомив «ОВД-Инфо». Зазначається, що в Омську затримали 12.",
        ["detained 40 in Tomsk, Russia by OVD-Info", "detained 12 in Omsk, Russia by OVD-Info"],
    ),
    # a spokesperson is taken up by surname
    (
        "uk",
        "У Києві сталися сутички, повідомила речниця поліції Ганна Вишневецька. «Затримали 40 осіб», – сказала Вишневецька.",
        ["detained 40 in Kyiv, Ukraine by Kyiv police"],
    ),
    # a role and the name right behind it are one voice
    (
        "uk",
        "За даними правозахисників центру «Весна», у Мінську затримано 40 осіб.",
        ["detained 40 in Minsk, Belarus by Viasna"],
    ),
    # the main verb in front wins over that of a relative clause
    (
        "uk",
        "Силовики затримали в самому центрі міста Мінська понад 30 осіб, які прийшли на мітинг.",
        ["detained 31+ in Minsk, Belarus"],
    ),
    # whoever tells a monitor what he saw speaks himself; a monitor alone behind the verb speaks
    (
        "ru",
        "На акции в Перми задержали 12 человек, сообщил «ОВД-Инфо» Виктор Ларин.",
        ["detained 12 in Perm, Russia by Viktor Larin"],
    ),
    ("ru", "В Перми задержали 12 человек, сообщил «ОВД-Инфо».", ["detained 12 in Perm, Russia by OVD-Info"]),
    # an outlet that no list holds, named in quotes behind what it is; one that was only told does not speak
    ("ru", "В Уфе задержаны 23 человека, пишет издание «Новый берег».", ["detained 23 in Ufa, Russia by Novy bereg"]),
    (
        "ru",
        "В Уфе задержаны 23 человека, сообщил изданию «Новый берег» начальник полиции Уфы.",
        ["detained 23 in Ufa, Russia by Ufa police"],
    ),
    # above everything else "this was reported" speaks of what follows
    ("uk", "Про це повідомляє поліція Києва.\nЗатримали 12 людей.", ["detained 12 in Kyiv, Ukraine by Kyiv police"]),
    # people who are counted are no speakers
    (
        "uk",
        "У Туреччині затримано 43 учасники ходи, повідомляє Радіо Свобода із посиланням на МВС Туреччини.",
        ["detained 43 in Turkey by Interior Ministry of Turkey"],
    ),
    # the office of a region, by its adjective
    (
        "uk",
        "Про 40 затриманих повідомляє пресслужба Нацполіції в Одеській області.",
        ["detained 40 in Odesa, Ukraine by Odesa Oblast police"],
    ),
    # the ending of a case behind digits; another spelling of the language
    ("uk", "Близько 50-ти осіб зібралися в Одесі.", ["participants ~50 in Odesa, Ukraine"]),
    ("be", "Затрыманьне 12 чалавек у Менску.", ["detained 12 in Minsk, Belarus"]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), TEXTS, ids=lambda x: x[:40] if isinstance(x, str) else "")
def test_a_number_has_the_speaker_that_the_text_around_it_tells(language: str, text: str, wanted: list[str]) -> None:
    given = [read.brief(claim) for claim in read.claims(Report("r", language=language, text=text))]

    assert given == wanted
