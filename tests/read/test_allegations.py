"""Force, denial of counsel and care, confiscation: alleged by whom, against which force. All people are invented."""

import pytest

from atleast import read
from atleast.model import Happening, Mention, Report


def alleged(text: str, language: str = "ru") -> list[tuple[Mention, Happening]]:
    found = read.mentions(Report("r", language=language, text=text, published="2031-05-06"))
    return [(m, h) for m in found for h in m.happened if h.what in ("force", "denied_counsel", "denied_care", "confiscated")]


def test_what_somebody_alleges_stays_alleged() -> None:
    ((mention, deed),) = alleged("Росгвардейцы били дубинками демонстрантов в Омске, сообщили очевидцы.")

    assert mention.name is None
    assert mention.place == "Omsk, Russia"
    assert (deed.what, deed.alleged_by, deed.accused, deed.code) == ("force", "eyewitnesses", "national_guard", "MT5:030102")


def test_what_the_report_itself_tells_of_a_force_has_no_accuser() -> None:
    ((_, deed),) = alleged("ОМОН избил демонстрантов в Омске.")

    assert (deed.alleged_by, deed.accused, deed.code) == (None, "riot_police", "MT5:0301")


def test_force_against_somebody_named_is_told_of_that_person() -> None:
    ((mention, deed),) = alleged("Riot police beat the student Ivan Chaika in Omsk, his lawyer Oleg Reed said.", "en")

    assert mention.name == "Ivan Chaika"
    assert (deed.what, deed.alleged_by, deed.accused) == ("force", "Oleg Reed", "riot_police")


def test_denials_and_confiscation_are_of_the_person_spoken_of() -> None:
    found = alleged("В Омске задержали Ивана Чайку. К Чайке не пустили адвоката, у него изъяли телефон.")

    assert [(m.nominative, h.what, h.code) for m, h in found] == [
        ("Иван Чайка", "denied_counsel", "MT31:01"),
        ("Иван Чайка", "confiscated", None),
    ]


def test_an_accusation_of_several_cities_is_one_record_each() -> None:
    found = alleged("Amnesty International accused police of excessive force in Perm and Omsk.", "en")

    assert [m.place for m, _ in found] == ["Perm, Russia", "Omsk, Russia"]
    assert {h.alleged_by for _, h in found} == {"Amnesty International"}


def test_the_name_of_an_offence_alleges_nothing() -> None:
    assert alleged("Олега Дуброва обвинили по ст. 318 УК РФ (применение насилия к полицейскому), сообщил суд.") == []


@pytest.mark.parametrize(
    ("language", "text", "what", "accused"),
    [
        ("de", "In Minsk wurden Anwälte nicht vorgelassen.", "denied_counsel", None),
        ("es", "Los abogados denunciaron que los agentes golpearon a los detenidos en Lima.", "force", "police"),
        ("fr", "Amnesty International accuse les gendarmes d'avoir frappé des manifestants à Minsk.", "force", "national_guard"),
        ("it", "Amnesty International denuncia che gli agenti hanno picchiato i manifestanti a Minsk.", "force", "police"),
        ("pt", "Em Minsk os agentes confiscaram telefones.", "confiscated", "police"),
        ("pl", "W Mińsku nie dopuszczono adwokata.", "denied_counsel", None),
        ("tr", "Polis Ankara'da gazetecilere şiddet uyguladı.", "force", "police"),
        ("uk", "За словами очевидців, ОМОН у Мінську побив демонстрантів.", "force", "riot_police"),
        ("be", "Паводле слоў відавочцаў, супрацоўнікі КДБ у Мінску збілі дэманстрантаў.", "force", "security_service"),
    ],
)
def test_allegations_are_read_in_every_language(language: str, text: str, what: str, accused: str | None) -> None:
    ((_, deed),) = alleged(text, language)

    assert (deed.what, deed.accused) == (what, accused)
