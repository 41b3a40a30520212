"""How this room calls the fields of a record and the words of its closed lists, in the language of the page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from atleast.tell import LANGUAGES, Words


def words() -> Words:
    """The templates of results in the language of the page."""
    language = (get_language() or "en")[:2]
    return Words(language if language in LANGUAGES else "en")


LABELS: Mapping[str, Any] = {
    "quote": _("Words of the report"),
    "claimant": _("Who says so"),
    "claimant_kind": _("What sort of speaker"),
    "quantity": _("What is counted"),
    "among": _("Among whom"),
    "low": _("Smallest number"),
    "high": _("Largest number"),
    "bound": _("How the number is meant"),
    "hedge": _("The word that softens it"),
    "place": _("Place"),
    "event_date": _("Day of the event"),
    "as_of": _("Counted up to"),
    "of": _("Counted over"),
    "note": _("Remark"),
    "relay": _("Passed on by"),
    "name": _("Name as written"),
    "nominative": _("Name as it stands alone"),
    "role": _("What the person is called"),
    "station": _("Police station"),
    "happened": _("What happened"),
    "what": _("What happened"),
    "at": _("When"),
    "detail": _("Article, sum, term"),
    "alleged_by": _("Who alleges it"),
    "accused": _("Who is accused"),
    "code": _("HURIDOCS code"),
    "number": _("Number"),
    "start": _("Begins at"),
    "end": _("Ends at"),
    "readers": _("Read by"),
    "tier": _("How sure the reader is"),
}
"""What each field is called."""

HELP = (
    gettext_noop("The words, exactly as in the report."),
    gettext_noop("Who says so, canonical English name; null when the outlet itself speaks."),
    gettext_noop("What sort of speaker."),
    gettext_noop("What is counted."),
    gettext_noop("The group counted, null for everybody."),
    gettext_noop("Smallest number that fits the words; null is open."),
    gettext_noop("Largest number that fits the words; null is open."),
    gettext_noop("How the number bounds the truth."),
    gettext_noop("The word that softened the number."),
    gettext_noop('Where, from narrow to wide: "Saint Petersburg, Russia".'),
    gettext_noop("The day of what is counted; --10-07 when the year is not known."),
    gettext_noop("The moment up to which was counted."),
    gettext_noop("What is counted over, e.g. unauthorised rallies."),
    gettext_noop("A remark by reader or reviewer."),
    gettext_noop("Outlets between the claimant and this report, nearest the claimant first."),
    gettext_noop('As written; null for "the coordinator in Perm".'),
    gettext_noop("The name as it stands alone, where it is written in another case and the words tell."),
    gettext_noop("What the person is called, in English: coordinator, lawyer, journalist."),
    gettext_noop("Where it happened."),
    gettext_noop("The police station named, as written."),
    gettext_noop("What befell the person, in the order told."),
    gettext_noop("What happened."),
    gettext_noop("When, as far as told."),
    gettext_noop("Article, sum, term, deed; as told."),
    gettext_noop("Who alleges it, canonical English name; left out when the outlet itself says so."),
    gettext_noop("The force that is accused of it."),
    gettext_noop("HURIDOCS micro-thesaurus and code of the deed."),
)
"""What the dataclasses say of their fields, named here once more so that it is gathered for translation."""

_LISTS: Mapping[str, Mapping[str, Any]] = {
    "claimant_kind": {
        "authority": _("authority"),
        "monitor": _("monitor"),
        "organisation": _("organisation"),
        "media": _("media"),
        "lawyer": _("lawyer"),
        "witness": _("witness"),
        "detainee": _("detainee"),
    },
    "bound": {
        "exact": _("this many"),
        "at_least": _("this many or more"),
        "at_most": _("this many or fewer"),
        "about": _("around this many"),
        "range": _("between two numbers"),
        "vague": _("a word such as dozens"),
    },
    "hedge": {
        "at_least": _("at least"),
        "more_than": _("more than"),
        "about": _("about, around"),
        "nearly": _("nearly"),
        "up_to": _("up to"),
        "less_than": _("fewer than"),
        "dozens": _("dozens"),
        "tens": _("tens"),
        "scores": _("scores"),
        "hundreds": _("hundreds"),
        "thousands": _("thousands"),
        "several": _("several"),
    },
    "accused": {
        "police": _("police"),
        "riot_police": _("riot police"),
        "national_guard": _("national guard"),
        "security_service": _("security service"),
        "military": _("military"),
        "prison_staff": _("prison staff"),
        "unidentified": _("unidentified, masked or in plain clothes"),
    },
    "code": {
        "MT5:0301": _("beating"),
        "MT5:030101": _("slapping, kicking, punching"),
        "MT5:030102": _("blows with rifle butts, sticks"),
        "MT5:0302": _("wounding"),
        "MT5:0305": _("rape"),
        "MT5:0306": _("sexual harassment"),
        "MT5:0307": _("heat or cold"),
        "MT5:0308": _("electric shock"),
        "MT5:0309": _("asphyxiation"),
        "MT5:0311": _("forced postures"),
        "MT5:031501": _("deprivation of food or water"),
        "MT5:031502": _("deprivation of sleep"),
        "MT5:031503": _("deprivation of medical attention"),
        "MT5:0317": _("immobilisation"),
        "MT5:0321": _("degradation"),
        "MT5:032102": _("degradation: nakedness"),
        "MT5:0322": _("threats"),
        "MT5:0401": _("tear gas"),
        "MT5:0402": _("shooting"),
        "MT31:01": _("counsel not permitted"),
    },
    "kind": {
        "news": _("a press report"),
        "statement": _("an official statement"),
        "bulletin": _("a bulletin or running list"),
        "list": _("a list of names"),
        "call": _("a hotline call"),
        "note": _("a note"),
        "court": _("a court paper"),
        "post": _("a post in a network or channel"),
    },
    "tier": {
        "A": _("A: may be accepted in bulk"),
        "B": _("B: to be reviewed"),
        "C": _("C: a hint"),
    },
    "state": {
        "proposed": _("nobody decided yet"),
        "accepted": _("accepted"),
        "edited": _("corrected"),
        "rejected": _("rejected"),
        "unsure": _("cannot tell"),
        "waiting": _("waiting for a second person"),
        "disputed": _("in dispute"),
        "redacted": _("erased"),
    },
    "decision": {
        "accept": _("found it right"),
        "edit": _("corrected it"),
        "reject": _("found it wrong"),
        "unsure": _("could not tell"),
        "same": _("decided who is who"),
        "different": _("decided who is who"),
        "consent": _("noted consent"),
        "redact": _("erased it"),
        "publish": _("let it be shown"),
        "retract": _("took a decision back"),
    },
    "verdict": {
        "right": _("right"),
        "wrong": _("wrong"),
        "unsure": _("cannot tell"),
    },
    "form": {
        "charged": _("charged or sentenced"),
        "harmed": _("hurt or killed"),
        "number": _("another number"),
        "person": _("a person"),
        "alleged": _("an allegation"),
    },
}
# Those that results are told with, too.
_TOLD = {"quantity": "quantity", "among": "among", "what": "happened", "of": "of"}
# Forms of underlining that are called by what is counted.
_QUANTITIES = frozenset({"detained", "released"})


def said(kind: str, word: str | None) -> str:
    """A word of one of the closed lists; the word itself where the list does not have it."""
    if word is None:
        return ""
    if kind == "form" and word in _QUANTITIES:
        kind = "quantity"
    if kind in _TOLD:
        return words().word(_TOLD[kind], word)
    return str(_LISTS.get(kind, {}).get(word, word))
