"""The encodings in which reports are saved."""

import pytest

from atleast.collect.decoding import characters
from atleast.model import Unreadable

SHIRE = "В Хоббитоне задержали не менее 12 человек, сообщает «Гарцующий пони». Четверых отпустили вечером."
SHORT = "Задержаны 12 человек, четверо отпущены."
BREE = "Police detained 12 people in Bree — “without violence”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [SHIRE.replace("«", '"').replace("»", '"'), SHORT])
def test_russian_is_read_in_every_encoding_it_is_saved_in(text: str, encoding: str) -> None:
    assert characters(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_english_is_read_in_every_encoding_it_is_saved_in(encoding: str) -> None:
    assert characters(BREE.encode(encoding))[0] == BREE


def test_a_page_says_its_encoding() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Zatrzymano 12 osób, w tym Łucję'

    assert characters(page.encode("iso-8859-2"), page=True) == (page, "")


def test_a_page_that_says_latin_1_is_in_windows_1252() -> None:
    page = f"<meta charset=iso-8859-1><p>{BREE}"

    assert characters(page.encode("cp1252"), page=True) == (page, "")


@pytest.mark.parametrize("name", [b"x-none", b"rot13", b"hex", b"punycode", b"unicode_escape", b"utf-7", b"\xff"])
def test_a_page_that_says_nonsense_is_read_as_if_it_had_not(name: bytes) -> None:
    page = b'<meta charset="' + name + b'">' + SHIRE.encode("cp1251")

    assert SHIRE in characters(page, page=True)[0]


def test_a_guess_is_told_and_utf_8_is_none() -> None:
    assert "cp1251" in characters(SHIRE.encode("cp1251"))[1]
    assert characters(SHIRE.encode())[1] == ""


def test_utf_8_with_a_character_cut_in_half_stays_utf_8() -> None:
    text, doubt = characters(SHIRE.encode()[:-2])

    assert text.startswith(SHIRE[:40]) and "1 broken" in doubt


def test_surrogates_written_one_by_one_do_not_spoil_the_rest() -> None:
    text, _ = characters(SHIRE.encode() + b"\xed\xa0\xbd\xed\xb8\x80")

    assert text.startswith(SHIRE)


@pytest.mark.parametrize("data", [bytes(range(256)) * 10, b"\x00\x01\x02\x03" * 500, b"\x7fELF\x02\x01\x01\x00" * 200])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        characters(data)
