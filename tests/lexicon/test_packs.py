"""The language packs: every line has an example that holds, every number that can be written can be read.

Numbers are spelt here by two small tables of our own for all forms of English and Russian, and by num2words for
every language that has a pack.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from num2words import num2words

from atleast import read
from atleast.lexicon import check, languages, pack
from atleast.lexicon.packs import load
from atleast.model import BadLexicon, Report
from atleast.read.marks import marks
from atleast.read.numbers import amounts
from atleast.read.tokens import layout

CARRIER = {"en": "Police detained {} people in Minsk.", "ru": "В Минске задержали {} человек."}


@pytest.mark.parametrize("language", languages())
def test_every_line_has_an_example_and_every_example_gives_what_it_says(language: str) -> None:
    assert check(language, read.trial) == []


@pytest.mark.parametrize("language", languages())
def test_no_line_stands_twice_under_two_spellings(language: str) -> None:
    known = pack(language)
    assert known is not None
    ways = [(phrase.label, phrase.elements, line.source) for line in known.lines for phrase in phrases(line, language)]
    first: dict[object, str] = {}
    twice = [
        (source, first[label, way]) for label, way, source in ways if first.setdefault((label, way), source) != source
    ]

    assert twice == []


def phrases(line, language):  # type: ignore[no-untyped-def]
    """The ways in which one line can match, made as the pack makes them."""
    known = pack(language)
    assert known is not None
    every = [p for found in (*known._exact.values(), *known._stems.values(), *known._ends.values()) for p in found]
    return {(p.label, p.elements): p for p in every if p.line is line}.values()


# ---------------------------------------------------------------- numbers


def numbers(text: str, language: str) -> list[tuple[object, ...]]:
    """Every amount of a text: low, high, bound, hedge."""
    known = pack(language)
    assert known is not None
    taken = layout(text, known)
    last = len(taken.tokens)
    found = amounts(taken.tokens, 0, last, marks(taken.tokens, 0, last, known), known)
    return [(a.low, a.high, a.bound, a.hedge) for a in found]


ONES_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS_EN = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
ONES_RU = "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать".split()
TENS_RU = "_ _ двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
HUNDREDS_RU = "_ сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()


def english(n: int) -> str:
    if n < 20:
        return ONES_EN[n]
    if n < 100:
        return TENS_EN[n // 10] + (f"-{ONES_EN[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{ONES_EN[n // 100]} hundred" + (f" and {english(n % 100)}" if n % 100 else "")
    rest = n % 1000
    return f"{english(n // 1000)} thousand" + (f"{' and' if rest < 100 else ''} {english(rest)}" if rest else "")


def russian(n: int, feminine: bool = False) -> str:
    if n < 20:
        return {1: "одна", 2: "две"}.get(n, ONES_RU[n]) if feminine else ONES_RU[n]
    if n < 100:
        return TENS_RU[n // 10] + (f" {russian(n % 10, feminine)}" if n % 10 else "")
    if n < 1000:
        return HUNDREDS_RU[n // 100] + (f" {russian(n % 100, feminine)}" if n % 100 else "")
    thousands, rest = divmod(n, 1000)
    teen = 10 < thousands % 100 < 20
    word = "тысяч" if teen or not 1 <= thousands % 10 <= 4 else "тысяча" if thousands % 10 == 1 else "тысячи"
    return f"{russian(thousands, True)} {word}" + (f" {russian(rest)}" if rest else "")


SPELT = {"en": english, "ru": russian}
SAMPLES = [*range(1, 1001), *range(1001, 100_000, 977), 1_001, 2_000, 10_010, 20_000, 40_400, 99_999]


@pytest.mark.parametrize("language", SPELT)
def test_every_number_up_to_a_thousand_and_samples_beyond_are_read_back(language: str) -> None:
    wrong = [
        (n, SPELT[language](n)) for n in SAMPLES if numbers(SPELT[language](n), language) != [(n, n, "exact", None)]
    ]

    assert wrong == []


MISSPELT = {"it": ("centodicotto", "centodiciotto")}
UNREAD = {"fr": "soixante et onze"}  # sixty and eleven in three words; with hyphens it is read


@pytest.mark.parametrize("language", languages())
def test_numbers_as_num2words_spells_them_are_read_back(language: str) -> None:
    spelt = {n: num2words(n, lang=language).replace(",", "") for n in SAMPLES if n > 1}
    spelt = {n: words.replace(*MISSPELT.get(language, ("_", "_"))) for n, words in spelt.items()}
    spelt = {n: words for n, words in spelt.items() if UNREAD.get(language, "_") not in words}

    assert len(spelt) > 1000
    assert {n: words for n, words in spelt.items() if numbers(words, language) != [(n, n, "exact", None)]} == {}


@pytest.mark.parametrize("language", SPELT)
@pytest.mark.parametrize("n", [2, 7, 12, 19, 21, 40, 58, 99, 100, 103, 117, 240, 365, 1000, 1200, 2345, 15_000])
def test_a_number_in_a_sentence_counts_the_detained_in_words_and_in_digits(language: str, n: int) -> None:
    thousands = {"en": f"{n:,}", "ru": f"{n:,}".replace(",", "\u00a0")}[language]
    for written in (SPELT[language](n), str(n), thousands):
        found = read.claims(Report("carrier", language=language, text=CARRIER[language].format(written)))

        assert [(c.quantity, c.low, c.high) for c in found] == [("detained", n, n)], written


# Forms by hand: the words, then low, high, bound, hedge.
OBLIQUE = """
двух | 2
трёх | 3
четырёх | 4
пятерых | 5
семеро | 7
восьмью | 8
девятерых | 9
десятерых | 10
одиннадцати | 11
тридцати двух | 32
сорока | 40
сорока одного | 41
пятидесяти шести | 56
шестьюдесятью | 60
восьмидесяти девяти | 89
девяноста | 90
ста | 100
ста сорока семи | 147
двухсот | 200
двухсот шестидесяти двух | 262
двумястами | 200
трёмстам | 300
четырёхсот | 400
пятисот | 500
шестистам тридцати | 630
семьюстами | 700
восьмисот | 800
девятистах | 900
двух тысяч | 2000
двух тысяч трёхсот сорока пяти | 2345
полутора тысяч | 1500
полторы тысячи | 1500
полутора сотен | 150
трёх сотен | 300
двух десятков | 20
полсотни | 50
полусотни | 50
сотня | 100
сотню | 100
две сотни | 200
два десятка | 20
десяток | 10
2 тысячи | 2000
3,5 тысячи | 3500
10 тыс. | 10000
1,2 млн | 1200000
"""
WORDS_EN = """
a hundred | 100
one hundred and one | 101
two hundred forty | 240
twelve hundred | 1200
a dozen | 12
two dozen | 24
three score | 60
a thousand | 1000
ten thousand five hundred | 10500
5 thousand | 5000
3.5 thousand | 3500
1.2 million | 1200000
2,560 | 2560
"""
RANGES = {
    "ru": """
от 300 до 400 | 300 400
от 300 до 2 тыс. | 300 2000
8–10 тысяч | 8000 10000
100-150 | 100 150
пять или шесть | 5 6
""",
    "en": """
300 to 400 | 300 400
between 300 and 400 | 300 400
8–10 thousand | 8000 10000
100-150 | 100 150
five or six | 5 6
""",
}
VAGUE = {
    "ru": """
десятки | 20 tens
несколько десятков | 20 tens
сотни | 200 hundreds
несколько сотен | 200 hundreds
тысячи | 2000 thousands
несколько тысяч | 2000 thousands
десятки тысяч | 20000 tens
нескольких сотен | 200 hundreds
десятков | 20 tens
сотен | 200 hundreds
несколько | 2 several
""",
    "en": """
dozens | 24 dozens
several dozen | 24 dozens
scores | 40 scores
hundreds | 200 hundreds
several hundred | 200 hundreds
a few hundred | 200 hundreds
thousands | 2000 thousands
tens of thousands | 20000 tens
hundreds of thousands | 200000 hundreds
several | 2 several
a handful | 2 several
a couple | 2 several
""",
}


def table(text: str) -> Iterator[tuple[str, str]]:
    for row in text.strip().splitlines():
        words, worth = row.split(" | ")
        yield words, worth


@pytest.mark.parametrize(
    ("language", "words", "worth"), [("ru", *row) for row in table(OBLIQUE)] + [("en", *row) for row in table(WORDS_EN)]
)
def test_a_number_in_any_form_is_worth_what_it_says(language: str, words: str, worth: str) -> None:
    assert numbers(words, language) == [(int(worth), int(worth), "exact", None)]


@pytest.mark.parametrize(
    ("language", "words", "worth"), [(lang, *row) for lang, rows in RANGES.items() for row in table(rows)]
)
def test_a_range_keeps_both_its_ends(language: str, words: str, worth: str) -> None:
    low, high = map(int, worth.split())

    assert numbers(words, language) == [(low, high, "range", None)]


@pytest.mark.parametrize(
    ("language", "words", "worth"), [(lang, *row) for lang, rows in VAGUE.items() for row in table(rows)]
)
def test_a_vague_word_has_a_low_and_no_high(language: str, words: str, worth: str) -> None:
    low, word = worth.split()

    assert numbers(words, language) == [(int(low), None, "vague", word)]


# ---------------------------------------------------------------- a pack that is being written


def pack_of(folder: Path, **files: str) -> Path:
    (folder / "pack.toml").write_text('name = "Borduri"\n', "utf-8")
    for name, text in files.items():
        (folder / f"{name}.tsv").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("at_least.before", "a line needs"),
        ("a\tb\tc\td\te", "a line needs"),
        ("at_least.before\tnot (less than", "brackets that do not match"),
        ("at_least.before\tnot |less", "an empty word"),
        ("at_least.before\t_ than", "cannot begin with _"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_file_and_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(BadLexicon, match=told) as wrong:
        load(pack_of(tmp_path, hedges=f"# a remark\n{line}\n"), "bo")

    assert "hedges.tsv" in str(wrong.value) and "2" in str(wrong.value)


def test_a_number_line_says_which_values_there_are(tmp_path: Path) -> None:
    with pytest.raises(BadLexicon, match="a number line needs") as wrong:
        load(pack_of(tmp_path, numbers="zek\tmany\n"), "bo")

    assert "~dozens" in str(wrong.value)


def test_a_folder_without_settings_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(BadLexicon, match=r"pack\.toml cannot be read"):
        load(tmp_path, "bo")


def test_optional_words_may_be_there_or_not_and_a_bar_joins_single_words(tmp_path: Path) -> None:
    made = load(pack_of(tmp_path, hedges="about.before\tin (the) region|order of\n"), "bo")

    found = {
        " ".join("|".join(sorted(words)) or "_" for words, *_ in phrase.elements) for phrase in made.starting("in")
    }
    assert found == {"in the order|region of", "in order|region of"}


def test_a_star_in_front_matches_compounds_and_not_the_word_itself(tmp_path: Path) -> None:
    made = load(pack_of(tmp_path, hedges="crowd\t*gegner\n"), "bo")

    assert [phrase.label for phrase in made.starting("kriegsgegner")] == ["crowd"]
    assert made.starting("gegner") == ()


def test_a_word_that_ends_in_an_apostrophe_and_s_matches_as_the_reader_meets_it(tmp_path: Path) -> None:
    made = load(pack_of(tmp_path, traps="block\tauto's|auto\nblock\t's nachts\n"), "bo")

    assert [phrase.elements[0][0] for phrase in made.starting("auto")] == [("auto",)]
    assert len(made.starting("'s")) == 1


def test_a_language_without_a_pack_is_said_to_have_none() -> None:
    assert check("tlh", read.trial) == ["tlh: there is no pack of this language"]


@pytest.mark.parametrize("language", ["", "-", "..", "../bare", "xx", "und"])
def test_a_language_without_a_pack_has_none(language: str) -> None:
    assert pack(language) is None
