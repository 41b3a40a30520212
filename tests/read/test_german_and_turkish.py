"""What German and Turkish ask of the reader: capitals that tell nothing, split verbs, glued numbers, cut endings."""

import pytest

from atleast import read
from atleast.lexicon import pack
from atleast.model import Report
from atleast.read import trial
from atleast.read.tokens import layout

GERMAN = [
    # where a source sits, and where it spoke; a part told in a paragraph of its own
    (
        "Nach Angaben der in den USA ansässigen Organisation HRANA wurden im Iran 50 Menschen getötet.",
        "killed 50 in Iran by HRANA",
    ),
    (
        "Im Iran wurden 527 Menschen getötet.\nDarunter waren laut Amnesty 71 Minderjährige.",
        "killed 527 in Iran; killed 71 among minors in Iran by Amnesty International",
    ),
    # split verbs, and what only looks like one
    ("Die Polizei nahm am Abend in Lyon 30 Menschen fest.", "detained 30 in Lyon, France"),
    ("Die Polizei stellte in Köln bei 38 Personen die Identität fest.", ""),
    ("An dem Zug durch Riga nahmen 2.500 Menschen teil.", "participants 2500 in Riga, Latvia"),
    # units before tens, and all of it in one word
    ("In Brest wurden achtunddreißig Menschen festgenommen.", "detained 38 in Brest, Belarus"),
    ("In Brest wurden zweihundertfünfzig Menschen festgenommen.", "detained 250 in Brest, Belarus"),
    ("In Oslo demonstrierten Zehntausende.", "participants 20000? in Oslo, Norway"),
    # a full stop behind digits ends no sentence and counts nobody
    ("Am 7. Oktober wurden in Ufa zwölf Menschen festgenommen.", "detained 12 in Ufa, Russia"),
    ("Zum 65. Geburtstag kamen in Ufa 40 Menschen zusammen.", "participants 40 in Ufa, Russia"),
    # a capital is no name
    ("In Köln Demonstranten gegenüber standen 900 Beamte.", ""),
    ("Moskauer Ärzte sprachen von 14 Verletzten.", "injured 14 in Moscow, Russia by doctors"),
    # a clause opened by "wie" has its subject in front and its verb at the end
    (
        "In Riga gab es 30 Festnahmen, wie das Innenministerium am späten Abend im Sender LTV sagte.",
        "detained 30 in Riga, Latvia by Interior Ministry of Latvia",
    ),
    # a compound is what its last part is
    ("In Graz wurden sechs Kriegsgegnerinnen festgenommen.", "detained 6 in Graz, Austria"),
    # whoever holds an office speaks for it, also by name alone
    (
        "Innenminister Arvid Lindqvist sprach in Riga von 12 Verletzten. Lindqvist nannte 30 Festnahmen.",
        "injured 12 in Riga, Latvia by Interior Ministry of Latvia; "
        "detained 30 in Riga, Latvia by Interior Ministry of Latvia",
    ),
    # what a body is called stands in front of its name
    (
        "Das Menschenrechtszentrum Wjasna sprach von 40 Festnahmen in Brest.",
        "detained 40 in Brest, Belarus by Viasna",
    ),
    # a quotation goes on to its closing mark
    (
        "Die Polizei in Riga teilte mit: „Es gab 30 Festnahmen. Zwölf Menschen wurden verletzt.“",
        "detained 30 in Riga, Latvia by Riga police; injured 12 in Riga, Latvia by Riga police",
    ),
    # inclusive forms are those of women with a mark between
    (
        "In Graz wurden sechs Aktivist:innen und zwei Journalist*innen festgenommen.",
        "detained 6 in Graz, Austria; detained 2 among journalists in Graz, Austria",
    ),
    # an article counts where one person follows
    ("In Graz wurde eine Person festgenommen, ein Zug fiel aus.", "detained 1 in Graz, Austria"),
    # what is not told is no nobody
    ("In Riga gibt es keine Angaben zu den Festnahmen.", ""),
    ("Von den in Riga Festgenommenen blieb keiner in Gewahrsam.", "still_held 0 in Riga, Latvia"),
    # the clause with "laut" in its middle is what it is said of
    (
        "Tausende demonstrierten in Riga, in Tartu laut AFP über tausend.",
        "participants 2000? in Riga, Latvia; participants 1001+ in Tartu, Estonia by AFP",
    ),
    # what stands between auxiliary and participle is in nobody's way
    (
        "Etwa 440 Menschen seien in Riga am Freitag und in der Nacht bei Krawallen verletzt worden.",
        "injured ~440 in Riga, Latvia",
    ),
    # checked is not arrested
    ("In Zürich wurden 90 Demonstrierende kontrolliert.", ""),
    # a relative clause is an aside, a list of reasons none; indirect speech goes on with its speaker
    (
        "In Riga wurden über 80 Demonstranten, die gegen den Krieg protestierten, festgenommen.",
        "detained 81+ in Riga, Latvia",
    ),
    (
        "Mehr als 30 Demonstranten seien in Riga wegen Steinwürfen, Böllern oder Parolen festgenommen worden.",
        "detained 31+ in Riga, Latvia",
    ),
    (
        "Die Polizei in Riga meldete 30 Festnahmen.\n\nAußerdem seien zwölf Menschen verletzt worden.",
        "detained 30 in Riga, Latvia by Riga police; injured 12 in Riga, Latvia by Riga police",
    ),
    # the speaker of a compound stands before its hyphen
    ("In Riga gab es laut AFP-Reportern 30 Festnahmen.", "detained 30 in Riga, Latvia by AFP"),
    # a ministry speaks of its country
    (
        "Demonstranten zogen durch Riga.\n\nInnenminister Arvid Lindqvist sprach von 30 Festnahmen.",
        "detained 30 in Latvia by Interior Ministry of Latvia",
    ),
    # what leads from "laut" to a name only describes it
    (
        "Laut dem georgischen Innenministerium wurden in Tiflis 21 Polizisten verletzt.",
        "injured 21 among police in Tbilisi, Georgia by Interior Ministry of Georgia",
    ),
    ("Laut der NGO OVD-Info wurden in Perm elf Menschen festgenommen.", "detained 11 in Perm, Russia by OVD-Info"),
    # the ministry in the capital is the country's
    (
        "Das Innenministerium in Tiflis meldete 107 Festnahmen.",
        "detained 107 in Tbilisi, Georgia by Interior Ministry of Georgia",
    ),
    # rallies that only tell since when; a part of those before
    (
        "In Riga wurden 21 Menschen verletzt, seit Beginn der Proteste insgesamt 113.",
        "injured 21 in Riga, Latvia; injured 113 in Riga, Latvia",
    ),
    (
        "In Riga wurden 44 Menschen verletzt, darunter 27 Demonstranten.",
        "injured 44 in Riga, Latvia; injured 27 in Riga, Latvia",
    ),
]
TURKISH = [
    # endings behind an apostrophe
    ("İstanbul'da 38 kişi gözaltına alındı.", "detained 38 in Istanbul, Turkey"),
    ("ISPARTA'DA 38 KİŞİ GÖZALTINA ALINDI.", "detained 38 in Isparta, Turkey"),
    ("Bursa'da 2049'daki yürüyüş anıldı.", ""),
    ("Tomsk'ta 300'e kadar kişi toplandı.", "participants ..300 in Tomsk, Russia"),
    ("Riga'da 800 kadar kişi toplandı.", "participants ~800 in Riga, Latvia"),
    # thousands and what is left
    ("Ankara'da bin 418 kişi gözaltına alındı.", "detained 1418 in Ankara, Turkey"),
    ("Ankara'da 3 bin 41 kişi yürüdü.", "participants 3041 in Ankara, Turkey"),
    # verbs come last, participles stand in front, parts are taken from wholes
    ("İzmir'de gözaltına alınan 38 kişi serbest bırakıldı.", "released 38 in Izmir, Turkey"),
    ("İzmir'de 38 kişiden 12'si tutuklandı.", "jailed 12 in Izmir, Turkey"),
    # ordinals count nobody; the verb of the next number is that of the parts before it
    ("İzmir'de 24'üncü yürüyüş yapıldı.", ""),
    (
        "Türkiye'de Van'da 26, Siirt'te 4 olmak üzere toplam 30 kişi gözaltına alındı.",
        "detained 26 in Van, Turkey; detained 4 in Siirt, Turkey; detained 30 in Turkey",
    ),
    ("İzmir'de gözaltına alınan 51 öğrencinin hepsi serbest bırakıldı.", "released 51 among students in Izmir, Turkey"),
    # a name with an ending tells where, one without is part of a title
    ("Ankara'da Bursa ve İzmir belediyeleri için 4 kişi gözaltına alındı.", "detained 4 in Ankara, Turkey"),
    # the speaker in front of a quotation, the verb behind it
    (
        'İçişleri Bakanı Kemal Aksoy, "Bursa\'da 30 kişi gözaltına alındı. 12 kişi tutuklandı" dedi.',
        "detained 30 in Bursa, Turkey by Interior Ministry of Turkey; "
        "jailed 12 in Bursa, Turkey by Interior Ministry of Turkey",
    ),
    # eight of them are no stations; the parts come before the whole
    ("İzmir'de 21 kişiden 8'i karakola imza verme şartıyla serbest kaldı.", "released 8 in Izmir, Turkey"),
    ("Ankara'da 3 milyon 600 bin kişi yürüdü.", "participants 3600000 in Ankara, Turkey"),
    ("Ankara'da bir kişi yaralandı, bir grup dağıldı.", "injured 1 in Ankara, Turkey"),
    ("OVD-Info'ya göre Ufa'da 50 kişi gözaltına alındı.", "detained 50 in Ufa, Russia by OVD-Info"),
    # rallies in front of a number say where; a part has what befell the group in front
    ("Tahran'daki gösterilerde ölenlerin sayısı 18'e yükseldi.", "killed 18 in Tehran, Iran"),
    ("Tahran'da ölenlerin 13'ünün protestocu olduğu belirtildi.", "killed 13 in Tehran, Iran"),
    # two cities of one noun behind them; places that are only spoken of
    ("Moskova ve Kazan kentlerinde en az 650 kişi gözaltına alındı.", "detained 650+ in Russia"),
    ("İstanbul Belediye Başkanı için Bursa'da 40 kişi yürüdü.", "participants 40 in Bursa, Turkey"),
    # a country in front of its police, in a text that speaks of a city; a source in the ablative
    (
        "Erivan'da 50 kişi gözaltına alındı. Ermenistan polisinden yapılan açıklamada 57 kişinin yaralandığı belirtildi.",
        "detained 50 in Yerevan, Armenia; injured 57 in Yerevan, Armenia by Police of Armenia",
    ),
]


def _days(text: str, language: str, published: str) -> list[str | None]:
    return [c.event_date for c in read.read(Report("r", language=language, text=text, published=published)).claims]


def test_a_turkish_year_or_month_is_told_by_what_stands_behind_it() -> None:
    for text, days in (
        ("2024 yılında İzmir'de 11 kişi gözaltına alındı.", "2024-01-01/2024-12-31"),
        ("2024'te İzmir'de 11 kişi gözaltına alındı.", "2024-01-01/2024-12-31"),
        ("Ekim ayında İzmir'de 11 kişi gözaltına alındı.", "2024-10-01/2024-10-31"),
        ("15 Ekim'de İzmir'de 11 kişi gözaltına alındı.", "2024-10-15"),
    ):
        assert _days(text, "tr", "2025-01-20") == [days]


def test_several_numbers_are_counted_since_one_day() -> None:
    text = "28 Aralık'tan bu yana İran'da 26 kişinin öldüğü, 184 kişinin gözaltına alındığı bildirildi."

    assert _days(text, "tr", "2026-01-14") == ["2025-12-28/2026-01-14"] * 2



@pytest.mark.parametrize(("sentence", "gives"), GERMAN)
def test_a_german_sentence_is_read_as_it_is_meant(sentence: str, gives: str) -> None:
    assert "; ".join(trial(sentence, "de").claims) == gives


@pytest.mark.parametrize(("sentence", "gives"), TURKISH)
def test_a_turkish_sentence_is_read_as_it_is_meant(sentence: str, gives: str) -> None:
    assert "; ".join(trial(sentence, "tr").claims) == gives


def test_endings_are_cut_off_only_where_the_pack_says_so() -> None:
    turkish, english = pack("tr"), pack("en")
    assert turkish and english

    assert [(t.text, t.ending) for t in layout("İzmir'de 38'i", turkish).tokens] == [("İzmir", "de"), ("38", "i")]
    assert layout("O'Brien", english).tokens[0].ending == ""


def test_every_token_still_stands_where_it_says() -> None:
    known = pack("tr")
    assert known
    text = "Ankara’dan gelen 418’i aşkın kişi, İSTANBUL'DAKİ yürüyüşe katıldı."

    assert [text[t.start : t.end] for t in layout(text, known).tokens] == [t.text for t in layout(text, known).tokens]
