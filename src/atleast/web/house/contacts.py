"""How to reach somebody: kept sealed beside the record, and opened only for who may see contacts (`SEE_CONTACTS`)."""

from collections.abc import Iterable

from atleast.lexicon import telephones
from atleast.web.vault import vault

from .models import Account, Case, Contact, Digits


def keep(case: Case, about: str, told: str, *, by: Account) -> None:
    """Keep how to reach whoever a report or mention is of; nothing where nothing is told."""
    if told.strip():
        sealed = vault().seal(told.strip(), of=_of(about))
        made = Contact.objects.create(case=case, about=about, sealed=sealed, made_by=by)
        Digits.objects.bulk_create(Digits(contact=made, case=case, key=key) for key in digits(case.pk, told))


def digits(case: int, told: str) -> list[int]:
    """The keys under which the telephone numbers of a contact are found."""
    return sorted(_key(case, each) for each in telephones.tails(told))


def told(case: Case, about: str) -> tuple[str, ...]:
    """How to reach whoever this record is of, in the order in which it was told. Note who looked (`pages.note`)."""
    found = Contact.objects.filter(case=case, about=about).order_by("pk")
    return tuple(opened(each) for each in found)


def reached_by(case: Case, number: str) -> list[str]:
    """The ids of the reports and mentions with this telephone number among their contacts, the newest first. Note who
    looked for it; the number is kept nowhere.

    Args:
        number: However it is written; of at least `telephones.LEAST` digits.
    """
    rows = Digits.objects.filter(case=case, key=_key(case.pk, telephones.tail(number)))
    found: Iterable[Contact] = Contact.objects.filter(pk__in=rows.values("contact")).order_by("-pk")
    return list(dict.fromkeys(each.about for each in found if telephones.told(number, opened(each))))


def opened(contact: Contact) -> str:
    """What a contact tells."""
    return vault().unseal(contact.sealed, of=_of(contact.about))


def _key(case: int, row: str) -> int:
    return vault().blind(f"{case} telephone {row}")


def _of(about: str) -> str:
    return f"contact {about}"
