"""Who speaks: the list, its Russian forms, and the offices that every place has."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from atleast.lexicon.places import gazetteer
from atleast.lexicon.speakers import Speakers, folded, rows, speakers
from atleast.model.errors import BadLexicon
from atleast.model.vocabulary import CLAIMANT_KINDS

ROOT = Path(__file__).parents[2]
LIST = ROOT / "src" / "atleast" / "lexicon" / "data" / "speakers.tsv"
GROUP = "@group\tgroup|проект"


@pytest.fixture(scope="module")
def known() -> Speakers:
    return speakers()


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("ОВД-Инфо", "OVD-Info", "monitor"),
        ("овд-инфо", "OVD-Info", "monitor"),
        ("«ОВД-Инфо»", "OVD-Info", "monitor"),
        ("the OVD-Info", "OVD-Info", "monitor"),
        ("ОВД-Інфо", "OVD-Info", "monitor"),
        ("интерфаксу", "Interfax", "media"),
        ("Росгвардии", "National Guard of Russia", "authority"),
        ("МВД России", "Interior Ministry of Russia", "authority"),
        ("МВД РФ", "Interior Ministry of Russia", "authority"),
        ("министерстве внутренних дел России", "Interior Ministry of Russia", "authority"),
        ("российском МВД", "Interior Ministry of Russia", "authority"),
        ("Russia's Interior Ministry", "Interior Ministry of Russia", "authority"),
        ("Russia’s Interior Ministry", "Interior Ministry of Russia", "authority"),
        ("the Russian interior ministry", "Interior Ministry of Russia", "authority"),
        ("the Ministry of Internal Affairs of Russia", "Interior Ministry of Russia", "authority"),
        ("the interior ministry of Turkey", "Interior Ministry of Turkey", "authority"),
        ("турецкого МВД", "Interior Ministry of Turkey", "authority"),
        ("Следственного комитета России", "Investigative Committee of Russia", "authority"),
        ("Новой газете", "Novaya Gazeta", "media"),
        ("Эха Москвы", "Ekho Moskvy", "media"),
        ("телеканалу «Дождь»", "TV Rain", "media"),
        ("Медиазоной", "Mediazona", "media"),
        ("Associated Press", "AP", "media"),
        ("Agence France-Presse", "AFP", "media"),
        ("Radio Free Europe/Radio Liberty", "RFE/RL", "media"),
        ("Amnesty", "Amnesty International", "organisation"),
        ("Группы помощи задержанным", "Aid Group for the Detained", "monitor"),
        ("Весны-96", "Viasna", "monitor"),
        ("штаба Навального", "Navalny's HQ", "organisation"),
        ("Mossos", "Mossos d'Esquadra", "authority"),
        ("Scotland Yard", "Metropolitan Police", "authority"),
        ("İHD", "Human Rights Association", "monitor"),
        ("B'Tselem", "B'Tselem", "organisation"),
    ],
)
def test_a_speaker_is_known_by_any_of_its_names(known, form, name, kind):
    speaker = known.named(form)
    assert (speaker.name, speaker.kind) == (name, kind)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Moscow police", "Moscow police"),
        ("St. Petersburg police", "Saint Petersburg police"),
        ("петербургской полиции", "Saint Petersburg police"),
        ("полиция Петербурга", "Saint Petersburg police"),
        ("ГУ МВД по Петербургу", "Saint Petersburg police"),
        ("ГУ МВД России по Санкт-Петербургу и Ленинградской области", None),
        ("ГУ МВД России по Свердловской области", "Sverdlovsk Oblast police"),
        ("МВД по Удмуртии", "Interior Ministry of Udmurtia"),
        ("сочинского суда", "Sochi court"),
        ("Perm court", "Perm court"),
        ("мэрии Екатеринбурга", "Yekaterinburg mayor's office"),
        ("белорусской прокуратуры", "Prosecutor General's Office of Belarus"),
        ("New York police", "NYPD"),
        ("Russian court", None),
        ("the interior ministry", None),
        ("МВД", None),
        ("police", None),
        ("police in", None),
        ("a bus", None),
        ("", None),
    ],
)
def test_an_office_of_a_named_place_is_composed_and_a_bare_one_is_not(known, form, name):
    speaker = known.named(form)
    assert (speaker.name if speaker else None) == name


@pytest.mark.parametrize(
    ("form", "place", "name"),
    [
        ("МВД", "Russia", "Interior Ministry of Russia"),
        ("в МВД", "Russia", None),
        ("министерстве внутренних дел", "Belarus", "Interior Ministry of Belarus"),
        ("the Interior Ministry", "Turkey", "Interior Ministry of Turkey"),
        ("İçişleri Bakanlığı", "Turkey", "Interior Ministry of Turkey"),
        ("Innenministerium", "Germany", "Interior Ministry of Germany"),
        ("national guard", "Russia", "National Guard of Russia"),
        ("нацгвардии", "Venezuela", "National Guard of Venezuela"),
        ("полиции", "Perm, Russia", "Perm police"),
        ("police", "London, United Kingdom", "Metropolitan Police"),
        ("police", "Kazakhstan", "Police of Kazakhstan"),
        ("court", "Russia", None),
        ("суда", "Chita, Russia", "Chita court"),
        ("interior ministry", "Nowhere", None),
        ("OVD-Info", "Russia", None),
    ],
)
def test_a_bare_office_belongs_to_the_place_that_is_told(known, form, place, name):
    speaker = known.of(form, place)
    assert (speaker.name if speaker else None) == name


def test_the_same_office_is_the_same_speaker_however_it_was_found(known):
    told = known.named("Russia's interior ministry"), known.named("МВД РФ"), known.of("мвд", "Russia")
    assert told[0] == told[1] == told[2]


def test_bare_names_of_offices_are_told_apart_from_names(known):
    assert known.everywhere("МВД") and known.everywhere("the police")
    assert not known.everywhere("OVD-Info")


def test_everyday_words_are_doubtful_and_full_names_are_not(known):
    assert all(map(known.doubtful, ("дождя", "Мемориале", "Independent", "голос")))
    assert not any(map(known.doubtful, ("телеканал Дождь", "The Moscow Times", "OVD-Info", "МВД")))


def test_a_ministry_is_spoken_of_again_as_ministry_and_a_monitor_as_group(known):
    ministry, group, paper = map(known.named, ("МВД России", "OVD-Info", "Коммерсантъ"))
    assert {"ministry", "ведомстве", "министерство"} <= set(ministry.heads)
    assert {"group", "monitor", "проекта", "правозащитники"} <= set(group.heads)
    assert {"newspaper", "издании", "газета"} <= set(paper.heads)


def test_every_speaker_has_a_known_kind_and_country_and_one_line(known):
    places, every = gazetteer(), list(known)
    assert len(every) > 350
    assert {speaker.kind for speaker in every} <= set(CLAIMANT_KINDS)
    assert all(speaker.country is None or places.at(speaker.country).kind == "country" for speaker in every)
    assert [name for name, times in Counter(speaker.name for speaker in every).items() if times > 1] == []


def test_every_written_name_finds_its_own_speaker(known):
    for number, row in rows(LIST.read_text("utf-8").splitlines()):
        if len(row) == 5 and row[2] != "*":
            for form in filter(None, (row[0], *row[4].split("|"))):
                found = known.named(form.rstrip("?").replace("=", ""))
                assert found and found.name == row[0], f"speakers.tsv:{number}: {form}"


def test_names_are_stored_folded_and_longest_is_long_enough(known):
    assert all(form == folded(form) for form in known._named)
    assert known.longest >= max(len(form.split(" ")) for form in known._named)


def test_a_name_without_generated_forms_still_works():
    tiny = Speakers([GROUP, "Klow Watch\tmonitor\t\tgroup\tКлов вотч"])
    assert tiny.named("клов вотч").name == "Klow Watch"
    assert tiny.named("клов вотчу") is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Klow Watch\tmonitor\tRussia\tgroup", "4 columns, not 5"),
        ("Klow Watch\tspy\tRussia\tgroup\t", "not a kind of speaker"),
        ("Klow Watch\tmonitor\tSyldavia\tgroup\t", "not a country"),
        ("Klow Watch\tmonitor\tRussia\tgang\t", "not a sort of speaker"),
        ("Klow Watch\tmonitor\tRussia\tgroup\tKW\nKlow Weekly\tmedia\tRussia\tgroup\tKW", "two speakers have the name"),
        ("@paper", "1 columns, not 2"),
    ],
)
def test_a_wrong_line_is_named_with_file_line_and_remedy(line, words):
    with pytest.raises(BadLexicon) as told:
        Speakers([GROUP, *line.split("\n")])
    assert str(told.value).startswith(f"speakers.tsv:{2 + line.count(chr(10))}: {words}") or words in str(told.value)
    assert told.value.line == 2 + line.count("\n")
    assert told.value.remedy


@pytest.mark.slow
def test_the_committed_forms_are_what_the_list_gives():
    pytest.importorskip("pymorphy3", reason="pymorphy3 is there after make gazetteer only")
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "build_speakers.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
