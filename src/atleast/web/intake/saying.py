"""Troubles in the language of the page.

The record of a trouble keeps the words of the core, which are English and stay as they are: they are what the command
line says, and by them a trouble is known again. Here stand its sentences, with holes for what varies; a sentence is
told in the language of the page with the same things in its holes. One that is not here is told as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from atleast.model import AtleastError, Trouble

from .columns import FIELD_NAMES

SENTENCES = (
    # Files
    _("not a kind of file that atleast reads"),
    _("atleast reads .txt, .md, .html, .csv, .xlsx, .ods, .zip and wire-form .jsonl"),
    _("this file is not kept any more"),
    _("Hand it over again"),
    _("an empty file"),
    _("no words in it"),
    _("larger than %(n)s MB"),
    _("Split it into one document a file, or write wire-form .jsonl, which may be of any size"),
    _("binary, or text in an unknown encoding"),
    _("Save it as UTF-8 text"),
    _("this is %(thing)s, not text"),
    _("Save its text as .txt or its page as .html"),
    _("a PDF"),
    _("a zip archive or an office document"),
    _("an old office document"),
    _("a rich text document"),
    _("a picture"),
    _("a compressed file"),
    _("a database"),
    _("Check the quotes, or save the file as UTF-8"),
    _("Check the names, or save the file as UTF-8"),
    _("%(n)s broken characters in UTF-8 text"),
    _("its encoding is a guess: %(name)s"),
    _("a page with %(n)s elements in one another"),
    _("a page with %(n)s attributes on one element"),
    _("If it is a real page, save its text as .txt"),
    _("a head cannot set %(key)s"),
    _("It may set %(keys)s"),
    _("not a kind of report"),
    _("Known are %(words)s"),
    # Zips
    _("nothing to read in this zip"),
    _("a broken zip: %(why)s"),
    _("a broken file in a zip: %(why)s"),
    _("File is not a zip file"),
    _("Bad CRC-32 for file %(file)s"),
    _("Bad magic number for central directory"),
    _("Bad magic number for file header"),
    _("Truncated central directory"),
    _("Truncated file header"),
    _("That compression method is not supported"),
    _("File name in directory %(name)s and header %(other)s differ."),
    _("zipfiles that span multiple disks are not supported"),
    _("Pack it again"),
    _("a file in a zip that does not fit in memory"),
    _("Hand it over by itself"),
    _("a name that leads out of the zip"),
    _("Pack it again without absolute paths and .."),
    _("not a regular file but a link or a device"),
    _("Put the file itself into the zip"),
    _("encrypted"),
    _("Unpack it with its password and hand over what is in it"),
    _("an archive within an archive"),
    _("Split it, or hand it over by itself"),
    _("packed so tightly that it looks like a bomb"),
    _("1 to %(n)s"),
    _("Hand it over by itself, unpacked"),
    _("more than %(n)s files in one zip"),
    _("more than %(n)s MB in one zip"),
    _("Split it into several zips"),
    # The wire form
    _("not UTF-8"),
    _("The wire form is UTF-8; convert the file"),
    _("a line too long for a record"),
    _("over %(n)s bytes"),
    _("%(n)s bytes"),
    _("Write one record a line"),
    _("not a line of JSON"),
    _("Each line must hold one JSON object"),
    _("not a JSON object"),
    _("A record looks like %(line)s"),
    _("unknown kind of record"),
    _("%(record)s without %(field)s"),
    _("Add the field %(field)s"),
    _("%(place)s has the wrong type"),
    _("%(place)s is not one of its words"),
    _("Did you mean %(word)s?"),
    _("Write %(thing)s"),
    _("a text"),
    _("a whole number"),
    _("a number"),
    _("true or false"),
    _("a list"),
    _("a list of texts"),
    _("a list of objects"),
    _("an object"),
    _("%(record)s %(id)s: start and end do not span the quote"),
    _("%(place)s for %(n)s code points"),
    _("Offsets count code points of the report's text after NFC; end is one past the last"),
    _("not a date or time"),
    _("Write 2017-10-07, 2017-10-07T21:00+03:00, --10-07 or 2017-10-07/2017-10-08"),
    _("the quote does not stand in its report"),
    _("Check start and end"),
    _("two reports have one id; the first was kept"),
    _("two claims have one id; the first was kept"),
    _("two mentions have one id; the first was kept"),
    _("two decisions have one id; the first was kept"),
    _("Give one of them another id"),
    _("a decision about a record that is not here"),
    _("Import what it is about"),
    _("somebody who was erased from this case seems to be named here again"),
    _("If it is the same person, erase him or her again"),
    _("this is no mention of the case, or it is erased already"),
    # Reading
    _("the language is not known: only digits and names were read"),
    _("no word lists for this language: only digits and names were read"),
    _("Say its language when you hand it over"),
    _("Languages read: %(words)s"),
    _("the reader failed on this report: %(why)s"),
    _("Please tell us, with the report"),
    # Spreadsheets
    _("no sheet with anything in it"),
    _("no sheet number %(n)s"),
    _("Open the file and see what is in it"),
    _("a spreadsheet larger than %(n)s MB"),
    _("Split it into several files with the same headings, or save it as .xlsx, which is packed"),
    _("more than %(n)s rows or %(m)s columns"),
    _("%(n)s rows, %(m)s columns"),
    _("Split the sheet, or take out the columns that are not needed"),
    _("more than %(n)s sheets; the rest is not read"),
    _("Split the file"),
    _("locked with a password"),
    _("Save it without one"),
    _("locked with a password, or an old .xls"),
    _("Save it without a password as .xlsx"),
    _("a broken spreadsheet: %(why)s"),
    _("a sheet that cannot be read: %(why)s"),
    _("Open it and save it again, or as .csv"),
    _("more than %(n)s cells between the first and the last that is filled"),
    _("Look for a stray value far below or to the right, or save the sheet as .csv"),
    _("not a table: %(why)s"),
    _("A quotation mark that is never closed is the usual cause"),
    _("field larger than field limit (%(n)s)"),
    _("unexpected end of data"),
    _("no element found: line %(n)s, column %(m)s"),
    _("not well-formed (invalid token): line %(n)s, column %(m)s"),
    _("mismatched tag: line %(n)s, column %(m)s"),
    _("a sheet that its author has hidden was read, too"),
    _("column “%(column)s” is a contact and goes into no record"),
    _("column “%(column)s” is not read"),
    _("column “%(column)s” was read as %(field)s"),
    _("Map the columns if that is wrong"),
    _("no column with names or numbers is known by its heading, so nothing was read"),
    _("Give the columns headings such as name, city, detained"),
    # How columns are read
    _("no field for column %(column)s"),
    _("no order of day and month"),
    _("Say day or month"),
    _("nothing that is counted"),
    _("no column to know a row by"),
    _("Choose columns that are read and are no contacts"),
    _("not a mapping of columns"),
    _("Map the columns anew"),
    _("no year"),
    _("Write it with four digits"),
    # Rows
    _("nothing but a contact, or columns that are not read"),
    _("Fill in a name or a number"),
    _("nobody named and nothing counted"),
    _("Fill in a name (or “unknown”), or a number"),
    _("a name and a number of people in one row"),
    _("Give the number a row of its own"),
    _("not a number of people"),
    _("Write a whole number"),
    _("Write 12, 5-7, ~10, >100 or 100+; a remark belongs into another column"),
    _("a date or time where a number should be"),
    _("Spreadsheet programs make a date of 5-7: write 5 to 7 as text"),
    _("not a date"),
    _("Write it as 2017-10-07 or 07.10.2017"),
    _("no such day"),
    _("Write it as 2017-10-07"),
    _("days in the wrong order"),
    _("Write the first day first, both with the year"),
    _("day or month first?"),
    _("Say in the mapping which comes first, day or month"),
    _("a date long past"),
    _("An empty or a time-only cell that is shown as a date says 1900: write the date anew"),
    _("%(n)s was taken for the day that Excel counts so: %(day)s"),
    _("Format the column as dates"),
    _("not a time of day"),
    _("Write it as 21:05"),
    _("a time that is not told to the minute; only the day is kept"),
    _("a total of an unknown place"),
    _("Say in the mapping where it is"),
    _("a place that the gazetteer does not know"),
    _("Check its spelling"),
    _("not a status that is known; it stands in the text only"),
)
AT_THE_DESK = {"Say it with --language": "Say its language when you hand it over"}
"""What the core advises for the command line, as it is done here."""

_ROWS = (_("%(file)s, row %(row)s, column “%(column)s”"), _("%(file)s, row %(row)s"))
_HOLE = re.compile(r"%\((\w+)\)s")
_NUMBERS = frozenset({"n", "m", "row"})


def trouble(of: Trouble) -> Trouble:
    """A trouble in the language of the page. What stands in a row is its author's, and never touched."""
    place = _placed(of.where)
    value = of.value if place != of.where else said(of.value)
    return replace(of, what=said(of.what), where=place, value=value, remedy=said(of.remedy))


def _placed(where: str) -> str:
    for template in _ROWS:
        if found := re.fullmatch(_shape(template), where, re.DOTALL):
            return gettext(template) % found.groupdict()
    return where


def fault(wrong: AtleastError) -> str:
    """An error in the language of the page, in a line."""
    return line(Trouble.of(wrong))


def line(of: Trouble) -> str:
    """A trouble in the language of the page, in a line."""
    told = trouble(of)
    found = f" ({told.value})" if told.value else ""
    return ": ".join(filter(None, (told.where, told.what + found))) + (f". {told.remedy}" if told.remedy else "")


def reason(of: Trouble) -> str:
    """What is wrong with a row and what would work, for the file of rows in error."""
    return f"{said(of.what)}. {said(of.remedy)}".strip(". ")


def failure(kept: str | Mapping[str, str]) -> str:
    """Why a job ended, by what was kept of it: a trouble, or the name of what broke."""
    if isinstance(kept, Mapping):
        return line(Trouble(**kept))
    told = gettext("Something broke (%(name)s). Go on; if it comes again, tell who looks after the desk.")
    return told % {"name": kept} if kept else ""


def said(sentence: str) -> str:
    """One sentence of the core in the language of the page; as it is, where it is none that stands here."""
    return _known(sentence) or sentence


def _known(sentence: str) -> str:
    sentence = AT_THE_DESK.get(sentence, sentence)
    if sentence in _plain():
        return gettext(sentence)
    for template, shape in _with_holes():
        if found := shape.fullmatch(sentence):
            return gettext(template) % {name: _in(name, words) for name, words in found.groupdict().items()}
    return ""


def _in(hole: str, words: str) -> str:
    """What stands in a hole: the name of a field, one of the sentences, or something of the file's own."""
    if hole == "field" and words in FIELD_NAMES:
        return str(FIELD_NAMES[words])
    if hole == "thing":
        joint = gettext("or")
        return said(words) if words in _plain() else f" {joint} ".join(map(said, words.split(" or ")))
    # Why something is broken is told by the program that could not open it: not in our words, so between quotes.
    return _known(words) or gettext("“%(words)s”") % {"words": words} if hole == "why" else words


@cache
def _plain() -> frozenset[str]:
    return frozenset(each for each in SENTENCES if not _HOLE.search(each))


@cache
def _with_holes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences with holes and what fits them, those with the most words of their own first."""
    found = sorted((each for each in SENTENCES if _HOLE.search(each)), key=lambda each: -len(_HOLE.sub("", each)))
    return tuple((each, re.compile(_shape(each), re.DOTALL)) for each in found)


def _shape(template: str) -> str:
    parts = _HOLE.split(template)
    fits = {name: r"[\d,]+" if name in _NUMBERS else ".+" for name in parts[1::2]}
    return "".join(f"(?P<{part}>{fits[part]})" if n % 2 else re.escape(part) for n, part in enumerate(parts))
