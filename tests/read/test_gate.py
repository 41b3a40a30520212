"""The first look: other news is passed over, and nothing that is told of arrests is lost by it."""

import json
from pathlib import Path

import pytest

from atleast.lexicon import fold, languages, pack
from atleast.model import Report, decode
from atleast.read import read
from atleast.read.gate import on_topic, worth_reading

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("blind-*.jsonl"))
REPORTS = [
    record
    for file in EXAMPLES
    for line in file.read_text("utf-8").splitlines()
    if json.loads(line)["record"] == "report" and isinstance(record := decode(line), Report)
]

ORDINARY = {
    "en": "The harbour board of Bree held its spring meeting on Tuesday and took in the accounts of the past year. Freight rose by 12 percent to 4,200 tonnes, and 31 ships were turned round in a day or less. Supporters of the rowing club gathered at the jetty, where 900 spectators saw the home crew win by two lengths. A new album by the Prancing Pony Singers was released on Friday and sold 15,000 copies. ",
    "ru": "Совет порта на вторничном заседании принял отчёт за прошлый год. Грузооборот вырос на 12 процентов и достиг 4200 тонн, акции компании подорожали на 3 рубля. В гонке участвовали 40 лодок, 900 зрителей собрались на набережной, победу взяла команда хозяев. В мероприятии приняли участие 15 городов. ",
    "de": "Der Hafenrat hat am Dienstag die Rechnung des vergangenen Jahres vorgelegt. Der Umschlag stieg um 12 Prozent auf 4200 Tonnen, 31 Schiffe wurden an einem Tag abgefertigt. Am Ufer sahen 900 Zuschauer den Sieg der Heimmannschaft, die 40 Teilnehmer der Regatta bekamen Suppe. ",
    "tr": "Liman kurulu salı günü geçen yılın hesaplarını açıkladı. Yük yüzde 12 artarak 4200 tona çıktı, 31 gemi bir günde boşaltıldı. Kıyıda toplanan 900 seyirci ev sahibi takımın zaferini izledi, yarışa 15 kentten 40 katılımcı geldi. ",
}  # fmt: skip


def long(language: str) -> str:
    text = ORDINARY[language]
    return text * (1 + 1500 // len(text))


@pytest.mark.parametrize("language", sorted(ORDINARY))
def test_a_long_report_of_other_news_is_passed_over(language: str) -> None:
    found = read(Report("news", language=language, text=long(language)))

    assert not found.claims
    assert not found.mentions
    assert not found.troubles


@pytest.mark.parametrize("language", sorted(ORDINARY))
def test_one_arrest_at_the_end_of_a_long_report_is_read(language: str) -> None:
    told = {
        "en": "In Minsk 40 people were detained.",
        "ru": "В Минске задержали 40 человек.",
        "de": "In Minsk wurden 40 Menschen festgenommen.",
        "tr": "Minsk'te 40 kişi gözaltına alındı.",
    }
    found = read(Report("news", language=language, text=f"{long(language)}\n{told[language]}"))

    assert ("detained", 40) in {(claim.quantity, claim.low) for claim in found.claims}


def test_a_deed_that_ordinary_news_speaks_of_too_counts_beside_police() -> None:
    known = pack("en")
    assert known

    assert not on_topic("The board held 40 meetings.", known)
    assert not on_topic("The police were praised.", known)
    assert on_topic("The police held 40 of them.", known)
    assert on_topic("A court in Bree fined 40 of them.", known)


def test_a_short_report_is_always_read() -> None:
    known = pack("en")
    assert known

    assert worth_reading("40 were taken in.", known)
    assert not worth_reading(ORDINARY["en"] * 10, known)


def test_of_a_long_report_the_head_is_read_and_what_stands_near_a_word_that_tells() -> None:
    known = pack("en")
    assert known

    other = [ORDINARY["en"]] * 3
    lines = ["Bree, 7 October", *other, "In Bree two were arrested.", *other]

    assert worth_reading("\n".join(lines), known) == {0, 1, 2, 3, 4, 5, 6}


def test_other_news_on_the_page_of_an_arrest_is_not_read() -> None:
    hurt = "Two people were injured by falling branches in Minsk."
    text = "\n".join(("In Minsk 40 people were detained.", *[ORDINARY["en"]] * 3, hurt))

    quantities = {claim.quantity for claim in read(Report("news", language="en", text=text)).claims}

    assert "detained" in quantities
    assert "injured" not in quantities


def test_a_list_is_near_to_its_end_however_long() -> None:
    known = pack("en")
    assert known

    towns = [f"Minsk: {n} people, Grodno: {n}" for n in range(2, 90)]
    lines = ["Arrests at the rallies of Sunday:", *towns, *[ORDINARY["en"]] * 3]

    assert worth_reading("\n".join(lines), known) == set(range(len(lines) - 1))


def test_nearly_every_report_that_tells_something_would_be_read_at_any_length() -> None:
    """The examples are short, and all are read; this is what the first look alone would have let through."""
    telling = [r for r in REPORTS if r.language and (f := read(r)) and (f.claims or f.mentions)]

    lost = [r.id for r in telling if (known := pack(r.language or "")) and not on_topic(r.text, known)]

    assert len(telling) > 100
    assert len(lost) <= len(telling) * 0.02, lost


@pytest.mark.parametrize("spelling", ("арест\u00adованы", "АРЕСТОВАНЫ", "за\u200bдержаны", "ре-арестованы"))
def test_however_a_word_is_typed_it_is_known(spelling: str) -> None:
    known = pack("ru")
    assert known

    assert on_topic(f"Вчера {spelling} 40 человек.", known)


@pytest.mark.parametrize("language", languages())
def test_every_everyday_word_stands_in_the_lists(language: str) -> None:
    known = pack(language)
    assert known
    listed = [word.rstrip("*") for word in known.alone(lambda label: True)]

    for word in known.settings.get("everyday", ()):
        bare = fold(word.rstrip("*"))
        assert any(one.startswith(bare) or bare.startswith(one) for one in listed), word
