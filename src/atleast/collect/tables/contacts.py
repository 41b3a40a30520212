"""Phone numbers and e-mail addresses within other words: found, and taken out."""

import re

# Every run is bounded, so that a long cell of one letter costs no more than its length.
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"(?<![\w.,:/-])\+?\(?\d(?:[ \u00a0().‑–-]{0,3}\d){8,14}(?![\w:/-])")
_DATE = re.compile(r"\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{4}")
GONE = "[contact]"
"""What stands where a contact was taken out."""


def _dialled(digits: str) -> bool:
    """Whether digits stand as in a phone number: three together, or all in pairs; not "20.2 19.3 20.2", of laws."""
    groups = re.findall(r"\d+", digits)
    return digits.startswith("+") or max(map(len, groups)) > 2 or all(len(group) == 2 for group in groups)


def is_contact(text: str) -> bool:
    """Whether a cell is a phone number or an e-mail address and not much else.

    >>> is_contact("+7 (912) 345-67-89"), is_contact("07.10.2017 18:30"), is_contact("1200")
    (True, False, False)
    """
    bare, found = without_contacts(text)
    return bool(found) and len(bare.replace(GONE, "").strip()) < 4


def without_contacts(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with every phone number and e-mail address taken out, and these.

    >>> without_contacts("her mother: +7 912 345-67-89")
    ('her mother: [contact]', ('+7 912 345-67-89',))
    """
    found: list[str] = []

    def out(match: re.Match[str]) -> str:
        if _DATE.search(match[0]) or not _dialled(match[0]):
            return match[0]
        found.append(match[0])
        return GONE

    return _PHONE.sub(out, _MAIL.sub(out, text)), tuple(found)
