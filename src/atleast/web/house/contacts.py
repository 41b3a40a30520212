"""How to reach somebody: kept sealed beside the record, and opened only for who may see contacts (`SEE_CONTACTS`)."""

from atleast.web.vault import vault

from .models import Account, Case, Contact


def keep(case: Case, about: str, told: str, *, by: Account) -> None:
    """Keep how to reach whoever a report or mention is of; nothing where nothing is told."""
    if told.strip():
        Contact.objects.create(case=case, about=about, sealed=vault().seal(told.strip(), of=_of(about)), made_by=by)


def told(case: Case, about: str) -> tuple[str, ...]:
    """How to reach whoever this record is of, in the order in which it was told. Note who looked (`pages.note`)."""
    found = Contact.objects.filter(case=case, about=about).order_by("pk")
    return tuple(vault().unseal(each.sealed, of=_of(about)) for each in found)


def _of(about: str) -> str:
    return f"contact {about}"
