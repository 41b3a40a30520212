"""What Spanish, French, Italian and Portuguese sentences give: elision, collectives, hours, dates, two counts."""

import pytest

from atleast import read
from atleast.model import Report


def given(text: str, language: str) -> list[str]:
    return [read.brief(claim) for claim in read.claims(Report("r", language=language, text=text))]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "La police a fait état d'une trentaine d'arrestations à Lille.", "detained ~30 in Lille, France"),
        ("fr", "La police a arrêté 40 personnes à N'Djamena.", "detained 40 in N'Djamena, Chad"),
        ("fr", "Plus d'une centaine d'opposants ont été arrêtés à Conakry.", "detained 101+ in Conakry, Guinea"),
        ("es", "Medio centenar de personas fueron detenidas en Quito.", "detained ~50 in Quito, Ecuador"),
        ("es", "Treinta y dos personas fueron detenidas en Quito.", "detained 32 in Quito, Ecuador"),
        ("it", "Duecentocinquanta persone sono state fermate a Bari.", "detained 250 in Bari, Italy"),
        ("it", "Un'ottantina di persone sono state fermate a L'Aquila.", "detained ~80 in L'Aquila, Italy"),
        ("it", "In piazza a Roma tra le 15mila e le 20mila persone.", "participants 15000-20000 in Rome, Italy"),
        ("pt", "Dois mil e quinhentos estudantes marcharam em Braga.", "participants 2500 in Braga, Portugal"),
        ("fr", "À Nantes, 12 des interpellés ont été relâchés.", "released 12 in Nantes, France"),
        ("pt", "Quatro dos presos foram indiciados em Curitiba.", "charged 4 in Curitiba, Brazil"),
    ],
)
def test_a_romance_sentence_gives_its_claim(language: str, text: str, wanted: str) -> None:
    (claim,) = given(text, language)

    assert claim.split(" by ")[0] == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un homme a été vu dans une rue de Lille."),
        ("es", "La policía de Quito detuvo la marcha en una avenida."),
        ("it", "A Bari il corteo è durato un'ora."),
        ("pt", "A marcha em Braga durou uma hora."),
    ],
)
def test_an_article_is_no_number(language: str, text: str) -> None:
    assert given(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "À Minsk, 80 personnes avaient été arrêtées à 18h30."),
        ("fr", "À 18 h 30, 80 personnes avaient été arrêtées à Minsk."),
        ("es", "A las 18:30 habían sido detenidas 80 personas en Minsk."),
    ],
)
def test_a_time_of_day_is_when_it_was_counted_and_no_number(language: str, text: str) -> None:
    (claim,) = read.claims(Report("r", language=language, text=text, published="2041-08-09"))

    assert (claim.low, claim.as_of) == (80, "2041-08-09T18:30")


def test_an_hour_without_minutes_is_told_by_the_words_before_it() -> None:
    text = "Alle 22 a Minsk erano state fermate 80 persone."

    (claim,) = read.claims(Report("r", language="it", text=text, published="2041-08-09"))

    assert (claim.low, claim.as_of) == (80, "2041-08-09T22:00")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El 7 de agosto de 2041 fueron detenidas 40 personas en Quito."),
        ("pt", "A 7 de agosto de 2041 foram detidas 40 pessoas em Braga."),
        ("fr", "Le 7 août 2041, 40 personnes ont été arrêtées à Lille."),
    ],
)
def test_a_date_may_have_a_word_between_its_parts(language: str, text: str) -> None:
    (claim,) = read.claims(Report("r", language=language, text=text, published="2041-08-09"))

    assert claim.event_date == "2041-08-07"


def test_a_second_count_of_the_same_crowd_has_the_second_source() -> None:
    text = "Le cortège a réuni 25.000 personnes à Lille selon la police, 40.000 selon les organisateurs."

    assert given(text, "fr") == [
        "participants 25000 in Lille, France by Lille police",
        "participants 40000 in Lille, France by organisers",
    ]


def test_what_follows_a_crowd_counted_by_unions_is_not_theirs() -> None:
    text = "Os sindicatos estimaram 9.000 manifestantes em Braga. Oito pessoas foram presas."

    assert given(text, "pt") == [
        "participants 9000 in Braga, Portugal by trade unions",
        "detained 8 in Braga, Portugal",
    ]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "es",
            "Un total de 45 personas, nueve de ellas menores, fueron detenidas en Quito.",
            ["detained 45 in Quito, Ecuador", "detained 9 among minors in Quito, Ecuador"],
        ),
        (
            "it",
            "A Bari 45 persone, nove delle quali minorenni, sono state fermate.",
            ["detained 45 in Bari, Italy", "detained 9 among minors in Bari, Italy"],
        ),
        (
            "fr",
            "Vingt-quatre hommes et 11 femmes ont été arrêtés à Lille.",
            ["detained 24 among men in Lille, France", "detained 11 among women in Lille, France"],
        ),
    ],
)
def test_parts_of_a_whole_share_its_verb(language: str, text: str, wanted: list[str]) -> None:
    assert given(text, language) == wanted


def test_a_toll_tells_each_number_by_its_own_word() -> None:
    text = "El saldo en Quito es de 16 muertos, 350 heridos y 500 detenciones."

    assert given(text, "es") == [
        "killed 16 in Quito, Ecuador",
        "injured 350 in Quito, Ecuador",
        "detained 500 in Quito, Ecuador",
    ]


def test_a_count_that_grew_from_one_number_to_another_is_the_second() -> None:
    assert given("O número de detidos em Braga passou de 20 para 45.", "pt") == ["detained 45 in Braga, Portugal"]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Aucun blessé n'est à déplorer à Lille.", ["injured 0 in Lille, France"]),
        ("es", "Ningún detenido en Quito fue liberado.", []),
    ],
)
def test_a_participle_is_denied_as_a_noun_where_no_other_verb_follows(
    language: str, text: str, wanted: list[str]
) -> None:
    assert given(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("es", "El jueves 8 la policía detuvo a 40 personas en Quito.", "2041-08-08"),
        ("it", "Da mercoledì 7 a venerdì 9 agosto a Bari sono state fermate 40 persone.", "2041-08-07/2041-08-09"),
    ],
)
def test_the_number_behind_a_weekday_is_its_day(language: str, text: str, day: str) -> None:
    (claim,) = read.claims(Report("r", language=language, text=text, published="2041-08-12"))

    assert (claim.low, claim.event_date) == (40, day)


def test_a_minister_named_between_commas_speaks_for_the_ministry() -> None:
    text = "Le ministre de l'Intérieur, Jean Valmont, a fait état d'une centaine d'interpellations à Lille."

    assert given(text, "fr") == ["detained ~100 in Lille, France by Interior Ministry of France"]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Soixante et onze personnes ont été arrêtées à Lille.", ["detained 71 in Lille, France"]),
        ("fr", "À Lille, ils étaient 351 à avoir été interpellés.", ["detained 351 in Lille, France"]),
        ("fr", "À Lille, ils étaient 900.", ["participants 900 in Lille, France"]),
        (
            "es",
            "De los 85 detenidos en Quito, 79 son hombres y 6 mujeres.",
            [
                "detained 85 in Quito, Ecuador",
                "detained 79 among men in Quito, Ecuador",
                "detained 6 among women in Quito, Ecuador",
            ],
        ),
        (
            "pt",
            "As 17 pessoas detidas pela polícia em Braga foram libertadas.",
            ["detained 17 in Braga, Portugal", "released 17 in Braga, Portugal"],
        ),
        ("es", "Hubo 4 detenidos en Quito, según los artículos 7, 8 y 13 de la ley.", ["detained 4 in Quito, Ecuador"]),
        ("es", "Siguen detenidas 12 personas en Quito, algunas en huelga.", ["still_held 12 in Quito, Ecuador"]),
        ("it", "A Bari 14 attivisti, che protestavano in aula, sono stati denunciati.", ["charged 14 in Bari, Italy"]),
    ],
)
def test_what_befell_a_group_is_told_by_the_verb_of_its_clause(language: str, text: str, wanted: list[str]) -> None:
    assert given(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("fr", "Entre le 3 et le 9 mars, 11 personnes ont été arrêtées à Lille.", "2041-03-03/2041-03-09"),
        ("es", "Del 5 al 8 de marzo fueron detenidas 11 personas en Quito.", "2041-03-05/2041-03-08"),
        ("it", "Dal 28 febbraio al 2 marzo a Bari sono state fermate 11 persone.", "2041-02-28/2041-03-02"),
        ("es", "En Quito fueron detenidas 11 personas tras las elecciones generales del 2 de marzo.", "2041-03-12"),
    ],
)
def test_a_stretch_of_days_is_told_from_the_day_of_another_event(language: str, text: str, days: str) -> None:
    (claim,) = read.claims(Report("r", language=language, text=text, published="2041-03-12"))

    assert claim.event_date == days


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("fr", "Le chef de Viasna, Jean Valmont, a annoncé 12 arrestations à Gomel.", "Viasna"),
        ("it", "Secondo il Centro Viasna, a Gomel sono state fermate 12 persone.", "Viasna"),
        ("it", "A Gomel 12 arresti, ha detto agli avvocati Viasna.", "Viasna"),
        ("fr", "À Lille, 12 personnes ont été arrêtées, selon une source policière.", "Lille police"),
    ],
)
def test_a_speaker_is_found_behind_the_words_for_its_sort_and_its_head(language: str, text: str, who: str) -> None:
    (claim,) = read.claims(Report("r", language=language, text=text))

    assert claim.claimant == who


def test_an_unknown_source_is_not_the_last_one_named() -> None:
    text = "Viasna contó 12 detenciones en Gomel. Según el mandatario, hubo 60 detenciones en Gomel."

    assert given(text, "es") == ["detained 12 in Gomel, Belarus by Viasna", "detained 60 in Gomel, Belarus"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Dans la nuit de mercredi à jeudi, 40 personnes ont été arrêtées à Minsk."),
        ("it", "Nella notte tra mercoledì e giovedì sono state fermate 40 persone a Minsk."),
        ("pt", "Na madrugada de quarta-feira para quinta-feira foram detidas 40 pessoas em Minsk."),
    ],
)
def test_a_night_between_two_days_is_of_the_day_on_which_it_began(language: str, text: str) -> None:
    (claim,) = read.claims(Report("r", language=language, text=text, published="2041-08-09"))

    assert claim.event_date == "2041-08-07"


def test_those_who_are_in_good_health_are_not_said_to_be_still_held() -> None:
    text = "En Managua fueron detenidas 41 personas, que se encuentran en buen estado."

    assert given(text, "es") == ["detained 41 in Managua, Nicaragua"]
