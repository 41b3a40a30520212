"""What sentences give, one phenomenon a line. Invented events; bodies by name, nobody else."""

import pytest

from atleast import read
from atleast.model import Report

ENGLISH = [
    # the noun decides
    ("Police in Minsk made 271 arrests.", ["detained 271 in Minsk, Belarus"]),
    ("Prosecutors filed 71 charges in Minsk.", ["charges 71 in Minsk, Belarus"]),
    ("Rallies were held in dozens of Belarusian cities.", ["cities 24? in Belarus"]),
    # the predicate decides
    ("Police halted 3,000 marchers in Minsk and detained over 60.", ["participants 3000 in Minsk, Belarus", "detained 61+ in Minsk, Belarus"]),
    ("In Minsk, 60 of the people who were detained must appear in court.", ["to_court 60 in Minsk, Belarus"]),
    # the list goes on
    (
        "Police detained 66 people in Minsk, 54 in Brest and 20 in Gomel.",
        ["detained 66 in Minsk, Belarus", "detained 54 in Brest, Belarus", "detained 20 in Gomel, Belarus"],
    ),
    # none and all
    ("Nobody was detained in Minsk.", ["detained 0 in Minsk, Belarus"]),
    ("Police in Minsk charged nobody.", ["charged 0 in Minsk, Belarus"]),
    ("All detained protesters in Minsk have been released.", ["still_held 0 in Minsk, Belarus"]),
    ("The government should release everyone detained in Minsk.", []),
    # parts and wholes
    ("Police in Minsk detained 5 of the 12 organisers.", ["detained 5 among organisers in Minsk, Belarus"]),
    ("Of the 40 people detained in Minsk, 25 were released.", ["detained 40 in Minsk, Belarus", "released 25 in Minsk, Belarus"]),
    ("None of the 40 detainees in Minsk has been released.", ["detained 40 in Minsk, Belarus", "released 0 in Minsk, Belarus"]),
    ("All but two of the detainees in Minsk were released.", ["still_held 2 in Minsk, Belarus"]),
    ("Everyone in Minsk was released, except for five.", ["still_held 5 in Minsk, Belarus"]),
    # two verbs, one number
    ("Police in Minsk detained and later released 14 people.", ["detained 14 in Minsk, Belarus", "released 14 in Minsk, Belarus"]),
    ("Police in Minsk detained 14 people and released 5.", ["detained 14 in Minsk, Belarus", "released 5 in Minsk, Belarus"]),
    ("In Minsk 11 were fined and six were let off with a warning.", ["fined 11 in Minsk, Belarus"]),
    # several places
    ("Police detained 40 people in Minsk and Brest.", ["detained 40 in Belarus (some cities)"]),
    ("Police detained 40 people in Istanbul, Zzork, Ankara and Izmir.", ["detained 40 in Turkey (some cities)"]),
    ("Police detained at least 40 people in Minsk and Brest.", ["detained 40+ in Belarus"]),
    ("Police detained 11 and 18 people in Minsk and Brest.", ["detained 11 in Minsk, Belarus", "detained 18 in Brest, Belarus"]),
    # no people
    ("Some 500 police officers guarded the march in Minsk.", []),
    ("Rallies were held in 80 Belarusian cities; police detained people in 27 of them.", ["cities 80 in Belarus"]),
    # a second source
    ("In Minsk 40 people were detained, and Viasna put the figure at 60.", ["detained 40 in Minsk, Belarus", "detained 60 in Minsk, Belarus by Viasna"]),
    ("In Minsk 40 people were detained. This was reported by Viasna.", ["detained 40 in Minsk, Belarus by Viasna"]),
    # said not to be so
    ("Police in Minsk denied that 40 people were injured.", []),
    # the month is no march
    ("In March 900 people were detained in Minsk.", ["detained 900 in Minsk, Belarus"]),
    # who says it
    ("Police in Minsk detained 40 people, Viasna said.", ["detained 40 in Minsk, Belarus by Viasna"]),
    ("According to Viasna, 40 people were detained in Minsk.", ["detained 40 in Minsk, Belarus by Viasna"]),
    ("Fontanka, quoting Viasna, puts the number of arrests in Minsk at over one hundred.", ["detained 101+ in Minsk, Belarus by Viasna"]),
    # traps
    ("The 41-year-old, on Independence Square in Minsk at 8:00 p.m., is serving 20 days.", []),
    ("In 2020 Article 20 was changed; the fine is 500 roubles.", []),
]

RUSSIAN = [
    ("В Минске задержали 271 человека.", ["detained 271 in Minsk, Belarus"]),
    ("Задержанных в Минске не менее двадцати.", ["detained 20+ in Minsk, Belarus"]),
    ("По данным «Весны», в Гродно задержаны семеро, в Бресте — пятеро.", ["detained 7 in Grodno, Belarus by Viasna", "detained 5 in Brest, Belarus by Viasna"]),
    ("В Минске составлен 71 протокол.", ["charges 71 in Minsk, Belarus"]),
    ("В Минске обошлось без задержаний.", ["detained 0 in Minsk, Belarus"]),
    ("Без задержаний в Минске не обошлось.", []),
    ("Отпущены все в Минске, Бресте и Гродно.", ["still_held 0 in Minsk, Belarus", "still_held 0 in Brest, Belarus", "still_held 0 in Grodno, Belarus"]),
    ("Больше всего задержанных в Минской (56), Брестской (24) и Гродненской (12) областях.", [
        "detained 56 in Minsk Region, Belarus", "detained 24 in Brest Region, Belarus", "detained 12 in Grodno Region, Belarus",
        "detained ..12 in Belarus (any region not in the list)",
    ]),
    ("Из 40 задержанных в Минске отпустили 25.", ["detained 40 in Minsk, Belarus", "released 25 in Minsk, Belarus"]),
    ("В Минске 25 из 40 задержанных отпустили.", ["released 25 in Minsk, Belarus", "detained 40 in Minsk, Belarus"]),
    ("В Минске отпустили всех, кроме двоих.", ["still_held 2 in Minsk, Belarus"]),
    ("Никого из задержанных в Минске к вечеру не отпустили.", ["released 0 in Minsk, Belarus"]),
    ("В Минске задержали 40 активистов, семерым демонстрантам грозит арест.", ["detained 40 in Minsk, Belarus"]),
    ("В Минске задержали 40 человек. Об этом сообщает «Весна».", ["detained 40 in Minsk, Belarus by Viasna"]),
    ("В Минске задержали 40 человек, «Весна» говорит о 60.", ["detained 40 in Minsk, Belarus", "detained 60 in Minsk, Belarus by Viasna"]),
    ("В Минске задержали 1 200 человек, из них 100 — журналисты.", ["detained 1200 in Minsk, Belarus", "detained 100 among journalists in Minsk, Belarus"]),
    ("В Минске пятеро оштрафованы на 2 тысячи рублей, трое получили предупреждения.", ["fined 5 in Minsk, Belarus"]),
    ("К 20:30 задержанных в Минске больше не осталось.", ["still_held 0 in Minsk, Belarus"]),
    ("Активист из Минска арестован на 10 суток по ст. 24.23.", []),
]


def given(text: str, language: str) -> list[str]:
    return [read.brief(claim) for claim in read.claims(Report("r", language=language, text=text))]


@pytest.mark.parametrize(("text", "wanted"), ENGLISH, ids=lambda x: x if isinstance(x, str) else "")
def test_an_english_sentence_gives_its_claims(text: str, wanted: list[str]) -> None:
    assert given(text, "en") == wanted


@pytest.mark.parametrize(("text", "wanted"), RUSSIAN, ids=lambda x: x if isinstance(x, str) else "")
def test_a_russian_sentence_gives_its_claims(text: str, wanted: list[str]) -> None:
    assert given(text, "ru") == wanted


def test_a_relay_is_kept_apart_from_the_source() -> None:
    (claim,) = read.claims(Report("r", language="en", text="Police detained 40 people in Minsk, Reuters reported, citing Viasna."))

    assert (claim.claimant, claim.relay) == ("Viasna", ("Reuters",))


def test_the_outlet_itself_is_no_claimant() -> None:
    report = Report("r", publisher="Reuters", language="en", text="Police detained 40 people in Minsk, Reuters reported.")

    assert [c.claimant for c in read.claims(report)] == [None]


def test_a_monitors_own_bulletin_speaks_for_the_monitor() -> None:
    report = Report("r", publisher="Viasna", language="en", text="Police detained 40 people in Minsk.")

    assert [c.claimant for c in read.claims(report)] == ["Viasna"]


def test_the_time_of_counting_carries_the_zone_of_the_report() -> None:
    text = "К 14:00 в Минске задержали 40 человек."
    (claim,) = read.claims(Report("r", language="ru", text=text, published="2041-08-09T14:20+03:00"))

    assert claim.as_of == "2041-08-09T14:00+03:00"


def test_a_paragraph_that_opens_with_a_time_is_counted_up_to_it() -> None:
    text = "21:00. В Минске 62 задержанных.\n20:00. В Минске 66 задержанных."
    claims = read.claims(Report("r", language="ru", text=text, published="2041-08-09T23:00+03:00"))

    assert [c.as_of for c in claims] == ["2041-08-09T21:00+03:00", "2041-08-09T20:00+03:00"]


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "Police detained 300 people in March.", "2041-03-01/2041-03-31"),
        ("en", "In 2039, 300 people were detained in Minsk.", "2039-01-01/2039-12-31"),
        ("en", "Since March 300 people have been detained in Minsk.", "2041-03-01/2041-08-09"),
        ("ru", "С 19 марта в Минске задержаны 300 человек.", "2041-03-19/2041-08-09"),
        ("en", "Police detained 40 people in Minsk, the most since 2012.", "2041-08-09"),
        ("ru", "В ноябре в Минске задержали 300 человек.", "2040-11-01/2040-11-30"),
    ],
)
def test_a_month_or_a_year_is_all_its_days(language: str, text: str, days: str) -> None:
    (claim,) = read.claims(Report("r", language=language, text=text, published="2041-08-09"))

    assert claim.event_date == days


def test_a_report_without_a_day_takes_the_one_its_case_agrees_on() -> None:
    dated = [
        read.read(Report(str(n), language="en", text=f"Police detained {n} people in Minsk on August 9.", published="2041-08-09"))
        for n in (3, 4, 5)
    ]
    setting = read.agreed(dated)
    (claim,) = read.read(Report("r", language="en", text="Police detained 40 people."), setting=setting).claims

    assert (claim.event_date, claim.place) == ("2041-08-09", "Belarus")
    assert all(e.inherited for e in claim.evidence if e.slot in ("event_date", "place"))


def test_a_day_without_a_year_is_not_settled_by_itself() -> None:
    report = Report("r", language="en", text="Police detained 40 people in Minsk on August 9.")
    setting = read.Setting(day="2041-08-09", country="Belarus")

    assert not read.read(report).gist.settled(setting)
    assert read.read(report, setting=setting).claims[0].event_date == "2041-08-09"


def test_a_language_without_word_lists_is_said_so_and_gives_nothing() -> None:
    reading = read.read(Report("r", language="fi", text="Poliisi otti kiinni 40 ihmistä."))

    assert reading.claims == ()
    assert "fi" in str(reading.troubles[0])


def test_an_unknown_language_asks_for_it() -> None:
    assert "--language" in str(read.read(Report("r", text="40")).troubles[0])


def test_an_explanation_names_words_and_rule_of_every_slot() -> None:
    told = read.explain(Report("r", language="en", text="Police detained 40 people in Minsk, Viasna said."))

    for slot in ("quantity", "number", "place", "claimant"):
        assert slot in told
    assert "quantities.tsv:" in told


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Police detained 95 people in Minsk, said police spokeswoman Zaza Munin.", []),
        ("en", "In Minsk 14 people were detained, Interior Ministry spokeswoman Zaza Munin told Interfax.", []),
        ("en", "Activist Iva Torunn was detained in Minsk by officer Zaza Munin.", ["Iva Torunn"]),
        ("en", "In March activists were detained in Minsk.", []),
        ("ru", "Координатор штаба Мунина в Перми Ива Торунн задержана.", ["Ива Торунн"]),
    ],
)
def test_who_speaks_or_acts_for_an_office_is_not_detained(language: str, text: str, names: list[str]) -> None:
    mentions = read.read(Report("r", language=language, text=text)).mentions

    assert [m.name for m in mentions if m.name] == names


def test_a_day_long_past_is_background_unless_the_text_opens_with_it() -> None:
    late = "Police detained 12 people in Minsk. They had gathered in front of the theatre with flowers and umbrellas, sung two songs and gone home. It was the first rally since the vote of 9 August 2040, when a crowd was dispersed."
    opening = "On 9 August 2040 police detained 12 people in Minsk."

    assert read.claims(Report("r", language="en", text=late, published="2041-03-02"))[0].event_date == "2041-03-02"
    assert read.claims(Report("r", language="en", text=opening, published="2041-03-02"))[0].event_date == "2040-08-09"


def test_a_word_that_opens_the_sentence_is_no_first_name_of_who_speaks() -> None:
    text = "Задержанный Иван Орлик рассказал, что в отдел доставили 12 человек."
    (claim,) = read.claims(Report("r", language="ru", text=text))

    assert (claim.low, claim.claimant) == (12, "Ivan Orlik")
