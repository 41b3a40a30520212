"""What is wrong with what came in is told in the language of the page, and a cell stays as its author wrote it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from atleast.model import Trouble, Unreadable
from atleast.web.house.models import Case
from atleast.web.intake.saying import failure, fault, said, trouble

from .test_intake import NIGHT, done, hand_over, uploaded, zipped
from .test_sheets import keyed

ROOT = Path(__file__).parents[2] / "src" / "atleast"
CORE = sorted({*(ROOT / "collect").rglob("*.py"), ROOT / "model" / "codec.py", ROOT / "model" / "intervals.py", ROOT / "read" / "reader.py", ROOT / "case" / "gathering.py", *(ROOT / "web" / "intake").glob("*.py"), ROOT / "web" / "forgetting" / "models.py", ROOT / "web" / "forgetting" / "planning.py"})
MADE = {"Trouble", "Unreadable", "BadRecord", "Unread", "trouble"}
NAMED = {"what", "remedy", "doubt", "hint", "save", "mend", "read", "two"}
# Where files are looked for on the disk of who sits at the command line; nothing of it comes to the desk.
NOT_HERE = {"nothing to read in this folder", "not a regular file", "Check the spelling; paths start at the current folder", "Ask its owner for the right to read it", "7; other text must be named itself to be read"}


def sentence(node: ast.AST) -> Iterator[str]:
    """The sentences that an expression can be; a hole in one is filled with a number."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*sentence(one), *sentence(other))
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from sentence(part)


def sentences(path: Path) -> Iterator[str]:
    """All that a module of the core says of what is wrong, and what would work."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=given, keywords=more) if name in MADE:
                told = [*given[:1], *given[3:], *(each.value for each in more if each.arg in ("what", "remedy"))]
                for each in told if name in ("Trouble", "Unreadable", "BadRecord") else given:
                    yield from sentence(each)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.strip("_").lower() in NAMED:
                yield from sentence(value)
            case ast.FunctionDef(name="_refused"):
                for each in ast.walk(node):
                    if isinstance(each, ast.Return) and each.value:
                        yield from sentence(each.value)


def words(found: str) -> bool:
    return bool(re.search(r"[a-z]{2,} [a-z]|[a-z]{4,}", found)) and found not in NOT_HERE


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_of_the_core_is_told_in_russian(path: Path) -> None:
    with translation.override("ru"):
        english = [each for each in sentences(path) if words(each) and not any(re.search("[а-яё]", said(each.replace("7", hole))) for hole in ("7", "claim"))]

    assert english == []


ENGLISH = re.compile(r"\b(?:a|an|the|is|it|of|or|and|not|no|in|to|this|with|was|row|write|save|check|column)\b", re.IGNORECASE)


def page(browser: Any, where: str) -> str:
    """What a page says, without the names of files, formats and what its author wrote."""
    shown = browser.get(where, HTTP_ACCEPT_LANGUAGE="ru").content.decode()
    main = re.sub(r"""<(script|code|option|bdi|noscript|form)\b.*?</\1>|<span class="value".*?</span>""", " ", shown.partition("<main ")[2].partition("</main")[0], flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


ODD = "Name;City;Date;Time;Detained;Status\nRudolf;Atlantis;99.99.2031;;;\n;Zenda;3/4/31;;;\n;;;;5 or so;\nFlavia;;7.5.31;late;;sings\n;;;;;\nRupert;;01.01.1900;;;\nFritz;;;;7;\nSapt;;43015;;;\n;;;;7;\n;x;;;1 to 5;\n"


def test_a_russian_page_of_rows_in_error_has_no_english_sentence(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    where = keyed(browser, ODD)
    shown, lines = page(browser, where), browser.get(where + "errors.csv").content.decode()
    english = browser.get(where).content.decode()

    assert "no such day" in english and "нет такого дня" in shown
    assert not ENGLISH.findall(shown), shown
    assert "1 to 5" in browser.get(where, HTTP_ACCEPT_LANGUAGE="ru").content.decode()
    assert "why it was not read" in lines


def test_a_russian_page_of_an_import_has_no_english_sentence(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    bad = zipped(**{"../../x": "x", "night.exe": b"MZ", "deep.zip": zipped(a__txt="x"), "late.txt": NIGHT, "broken.jsonl": '{"record": "claim"}\n{"record": 7}\nno\n', "list.csv": ODD, "empty.txt": ""})
    hand_over(browser, uploaded("evil.zip", bad), uploaded("table.xlsx", b"PK\x03\x04 no"), uploaded("x.pdf", b"%PDF-1.7"), uploaded("odd.txt", "Xyzzy qwrt plgh 12."))
    shown = page(browser, f"/strelsau/jobs/{done(case).pk}/")

    assert "это PDF, а не текст" in shown
    assert not ENGLISH.findall(shown), shown


def test_the_file_of_errors_gives_its_reasons_in_the_language_of_who_handed_it_over(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    answer = browser.post("/strelsau/intake/", {"files": [uploaded("list.csv", ODD)]}, HTTP_ACCEPT_LANGUAGE="ru")
    lines = browser.get(answer["Location"] + "errors.csv").content.decode()

    assert "нет такого дня. Напишите" in lines


def test_what_stands_in_a_cell_is_never_translated() -> None:
    with translation.override("ru"):
        told = trouble(Trouble("not a number of people", "list.csv, row 7, column “n”", "encrypted", "Write a whole number"))
        size = trouble(Trouble("a spreadsheet larger than 50 MB", "list.csv", "60,000,000 bytes", ""))

    assert told.value == "encrypted" and told.where == "list.csv, строка 7, столбец «n»"
    assert size.value == "60,000,000 байт"


def test_why_a_job_failed_is_told_in_the_language_of_the_page() -> None:
    with translation.override("ru"):
        told = failure({"what": "an empty file", "where": "night.txt", "value": "", "remedy": ""})
        broke = failure("KeyError")
        wrong = fault(Unreadable("locked with a password", file="list.xlsx", remedy="Save it without one"))

    assert told == "night.txt: пустой файл"
    assert "KeyError" in broke and re.search("[а-я]", broke)
    assert wrong == "list.xlsx: заперто паролем. Сохраните без пароля"


def test_a_sentence_that_is_not_known_is_told_as_it_is() -> None:
    with translation.override("ru"):
        assert said("the moon was full") == "the moon was full"


def test_what_another_program_said_is_told_in_words_or_stands_between_quotes() -> None:
    broken = [Trouble(f"a broken zip: {why}", "night.zip") for why in ("Bad CRC-32 for file 'night.txt'", "Error -3 while decompressing data")]
    with translation.override("ru"):
        known, other = (trouble(each).what for each in broken)

    assert "night.txt" in known and not ENGLISH.search(known) and re.search("[а-я]", known.partition(":")[2])
    assert "«Error -3 while decompressing data»" in other
