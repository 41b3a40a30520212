"""A name is found in every script and spelling, by keys that are equal."""

import unicodedata
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.lexicon import spellings
from atleast.lexicon.sounds import MOST

ONE_NAME = [
    "Сосин Sosin Sossin Sosine",
    "Щербаков Shcherbakov Schtscherbakow Chtcherbakov Ščerbakov Szczerbakow",
    "Евгений Evgeny Yevgeniy Jewgeni Evgueni Євген Яўген",
    "Юлия Yulia Julia Iuliia Юлія",
    "Хасан Khasan Hasan Hassan Chassan حسن",
    "Горбачёв Горбачев Gorbachev Gorbatschow Gorbachyov Gorbatchev",
    "Фёдоров Федоров Fyodorov Fedorov Fjodorow Fëdorov Fiodorov",
    "حبيب Habib Хабиб",
    "Зеленський Zelensky Zelenskyy Selenskyj Zelenskiy Зеленский",
    "Цой Tsoi Tsoy Zoi",
    "Олександр Александр Аляксандр Alexander Oleksandr",
    "Ціханоўская Tsikhanouskaya Тихановская Tichanowskaja",
    "Müller Mueller Muller Мюллер",
    "Jäger Jaeger Егер",
    "Yıldız Yildiz Йылдыз",
    "Şahin Shahin Шахин",
    "Çelik Челик Chelik",
    "Erdoğan Erdogan Эрдоган",
    "Wałęsa Валенса",
    "Wałęsa Walesa",
    "محمد Mohammed Muhammad Mohamad Мухаммад",
    "رحیمی Rahimi Рахими",
    "שרון Sharon Шарон",
    "გიორგაძე Giorgadze Гиоргадзе",
    "Հակոբյան Hakobyan",
    "Παπαδόπουλος Papadopoulos Пападопулос",
]

OTHER_NAMES = [("Цой", "Choi"), ("Сосин", "Сасин"), ("Sosin", "Susan"), ("Лозко", "Лозкин"), ("Иван", "John")]

NAMES = [word for row in ONE_NAME for word in row.split()]
A_WORD = st.one_of(
    st.sampled_from(NAMES),
    st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў", min_size=1, max_size=16),
    st.text("abcdefghijklmnopqrstuvwxyzäöüßçğışęąłńéñ", min_size=1, max_size=16),
    st.text("αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ", min_size=1, max_size=12),
    st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=10),
)
ANYTHING = st.text(min_size=1, max_size=20)


@pytest.mark.parametrize("row", ONE_NAME)
def test_every_spelling_of_a_name_finds_every_other(row: str) -> None:
    lost = [(a, b) for a, b in permutations(row.split(), 2) if not set(spellings.asked(a)) & set(spellings.keys(b))]

    assert lost == []


@pytest.mark.parametrize(("one", "other"), OTHER_NAMES)
def test_another_name_is_not_found(one: str, other: str) -> None:
    assert not set(spellings.asked(one)) & set(spellings.keys(other))
    assert not set(spellings.asked(other)) & set(spellings.keys(one))


@pytest.mark.parametrize(
    "row",
    [
        "Сосин Сосина Сосину Сосиным Сосиной Sosina",
        "Зеленская Зеленский Зеленского Зеленскую Zelenska Zelensky",
        "Максим Максима Максиму Максимом",
        "Павел Павла Павлу Pavel",
        "Лозко Lozko",
        "Karim Kerim",
        "Годунов Годунова Годуновой Годуновым Godunova",
    ],
)
def test_other_cases_and_the_name_of_a_sister_are_found_loosely(row: str) -> None:
    first, *others = row.split()

    assert [word for word in others if not set(spellings.loosely(first)) & set(spellings.loosely(word))] == []


@given(ANYTHING)
def test_a_key_is_never_empty_and_every_word_finds_itself(word: str) -> None:
    assert spellings.keys(word) and all(spellings.keys(word)) and all(spellings.asked(word))
    assert set(spellings.asked(word)) & set(spellings.keys(word))
    assert all(spellings.loosely(word)) and all(spellings.prefixes(word))


@given(A_WORD, st.integers(0, 15))
def test_capitals_forms_of_unicode_and_soft_hyphens_change_nothing(word: str, at: int) -> None:
    expected = spellings.keys(word)
    if word.upper().lower() == word:
        assert spellings.keys(word.upper()) == expected
    assert spellings.keys(unicodedata.normalize("NFD", word)) == expected
    assert spellings.keys(unicodedata.normalize("NFC", word)) == expected
    assert spellings.keys(word[:at] + "\u00ad" + word[at:]) == expected


@given(A_WORD)
def test_a_word_is_found_at_every_letter_that_is_typed(word: str) -> None:
    for end in range(min(3, len(word)), len(word) + 1):
        assert set(spellings.typed(word[:end])) <= set(spellings.prefixes(word))


@pytest.mark.parametrize(("start", "word"), [("Сос", "Sossin"), ("Щер", "Schtscherbakow"), ("gorb", "Горбачёв"), ("Юли", "Julia")])
def test_what_is_typed_in_one_script_finds_the_name_in_another(start: str, word: str) -> None:
    assert set(spellings.typed(start)) & set(spellings.prefixes(word))


@given(ANYTHING)
def test_the_number_of_keys_of_a_word_is_bounded(word: str) -> None:
    assert len(spellings.keys(word)) <= 2 * MOST + 4
    assert len(spellings.prefixes(word)) <= 48


@given(st.text(max_size=60))
def test_the_words_of_a_text_stand_where_they_are_said_to_stand(text: str) -> None:
    found = list(spellings.words(text))

    assert all(word.end <= after.start for word, after in pairwise(found))
    assert all(spellings.lowered(text[word.start : word.end]) == word.word for word in found)


def test_words_keep_numbers_apostrophes_and_accents_written_apart() -> None:
    text = "Sosin's ОВД-78: Дар'я, Ози\u0306рский, со\u00adсин"

    assert [word.word for word in spellings.words(text)] == ["sosin", "s", "овд", "78", "дар'я", "озйрский", "сосин"]
    assert [word.word for word in spellings.words(text, leave_out={"s", "овд"})][1] == "78"


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_number_finds_itself_and_no_other_number(one: int, other: int) -> None:
    assert bool(set(spellings.asked(str(one))) & set(spellings.keys(str(other)))) == (one == other)


@pytest.mark.parametrize(("one", "other"), [("10", "100"), ("33", "3"), ("78", "780")])
def test_digits_that_are_doubled_are_not_one(one: str, other: str) -> None:
    assert not set(spellings.asked(one)) & set(spellings.keys(other))
    assert not set(spellings.loosely(one)) & set(spellings.loosely(other))


def test_letters_borrowed_from_another_alphabet_are_put_back() -> None:
    (word,) = spellings.words("Cocин")  # three Latin letters

    assert word.word == "сосин" and spellings.keys("Cocин") == spellings.keys("Сосин")


def test_the_exact_spelling_comes_first_then_accents_then_sounds_then_other_forms_then_beginnings() -> None:
    texts = ["Müller", "Muller", "Mueller", "Мюллер", "Müllera", "Müllerovich"]
    scores = [spellings.rank("Müller", text).score for text in texts]

    assert scores == sorted(scores, reverse=True) and len(set(scores)) == len(texts)
    assert spellings.rank("Müller", "Sosin").score == 0


def test_the_nearer_spelling_comes_first_among_those_that_sound_alike() -> None:
    assert spellings.rank("Шаров", "Sharov").score > spellings.rank("Шаров", "Zharov").score > 0


def test_what_matches_is_underlined_with_the_possessive_left_out() -> None:
    text = "Задержаны Сосина и Игорь Лозко; Sossin's lawyer, 78"
    found = spellings.rank("Игорь Сосин", text)

    assert [text[start:end] for start, end in found.spans] == ["Сосина", "Игорь", "Sossin"]
    assert spellings.rank("Игорь Сосин", "Игорь Сосин").score == 1


@given(ANYTHING, st.text(max_size=40))
def test_a_rank_lies_between_nothing_and_one_and_underlines_words_only(query: str, text: str) -> None:
    found = spellings.rank(query, text)

    assert 0 <= found.score <= 1
    assert set(found.spans) <= {(word.start, word.end) for word in spellings.words(text)}


def test_the_tables_have_no_letters_twice_and_only_sounds_that_are_told() -> None:
    rows = [row.split("\t") for row in spellings._file("sounds.tsv").splitlines() if row and row[0] != "#"]

    assert len({row[0] for row in rows}) == len(rows)
    assert set("".join(row[1] for row in rows)) <= set("aiopbtdklmnrhscjv-|")


def test_the_edition_is_the_same_in_every_run() -> None:
    assert spellings.edition() == spellings.edition.__wrapped__()
