"""The field's own words: every closed list of the wire form, each word with its meaning.

The lists are data for people as much as for code: the reference of the wire form is made from them.
"""

from collections.abc import Mapping
from types import MappingProxyType

Words = Mapping[str, str]


def _words(**meaning: str) -> Words:
    return MappingProxyType(meaning)


REPORT_KINDS = _words(
    news="a press report",
    statement="an official statement or answer",
    bulletin="a monitor's bulletin or running list",
    list="a list of names",
    call="a hotline call",
    note="a lawyer's or volunteer's note",
    court="a court paper",
    post="a post in a social network or channel",
)

CLAIMANT_KINDS = _words(
    authority="police, ministry, court, mayor: speaks for the state",
    monitor="counts arrests as its work",
    organisation="a party, campaign or other group",
    media="a newspaper, agency or one of their reporters",
    lawyer="an advocate speaking of a case",
    witness="somebody who was there, or who tells what others told",
    detainee="somebody who was taken",
)

QUANTITIES = _words(
    detained="people taken by police, for however short a time",
    released="people let go",
    still_held="people in custody at that moment",
    charges="papers drawn up (protocols, reports on an offence), not people",
    charged="people against whom a paper was drawn up",
    to_court="people who must appear in court",
    fined="people fined",
    jailed="people sentenced to arrest or prison",
    injured="people hurt",
    killed="people killed",
    participants="people who took part",
    rallies="rallies, marches, pickets",
    cities="cities and towns",
    regions="regions",
    police_bodies="police stations or departments",
    other="a number of something else (days, roubles, hours)",
)

BOUNDS = _words(
    exact="this many",
    at_least="this many or more",
    at_most="this many or fewer",
    about="around this many",
    range="between two numbers, both included",
    vague="a word such as dozens: has a low, no high",
)

HEDGES = _words(
    at_least="at least, a minimum of, N or more",
    more_than="more than, over: the low is one above the number written",
    about="about, some, around",
    nearly="nearly, close to: bound is about",
    up_to="up to, as many as",
    less_than="fewer than: the high is one below the number written",
    dozens="dozens: 24 or more",
    tens="tens, десятки: 20 or more",
    scores="scores: 40 or more",
    hundreds="hundreds: 200 or more",
    thousands="thousands: 2000 or more",
    several="several, a few: 2 or more",
)

AMONG = _words(
    minors="people under 18",
    journalists="journalists",
    women="women",
    men="men",
    students="students",
    organisers="organisers, or reports on them",
    activists="activists and campaign staff",
    lawyers="lawyers",
    police="police officers",
)

HAPPENINGS = _words(
    detained="taken by police",
    transferred="moved to another place of custody",
    released="let go",
    charged="a paper was drawn up",
    hearing="a court hearing",
    fined="fined",
    jailed="sentenced to arrest or prison",
    injured="hurt",
    force="force used by police, as alleged",
    denied_counsel="a lawyer was not let in, as alleged",
    denied_care="medical care was refused, as alleged",
    confiscated="belongings taken, as alleged",
    search="a home or office was searched",
)

FORCES = _words(
    police="police without more said",
    riot_police="riot police: OMON, Berkut, mounted and special crowd units",
    national_guard="national guard, gendarmerie: Rosgvardia",
    security_service="secret police and intelligence: FSB, KGB",
    military="army and military police",
    prison_staff="staff of a prison or remand centre",
    unidentified="masked or plain-clothes men who did not say who they are",
)

HURIDOCS = _words(
    **{
        "MT5:0301": "beating",
        "MT5:030101": "slapping, kicking, punching",
        "MT5:030102": "blows with rifle butts, sticks",
        "MT5:0302": "wounding",
        "MT5:0305": "rape",
        "MT5:0306": "sexual harassment",
        "MT5:0307": "heat or cold",
        "MT5:0308": "electric shock",
        "MT5:0309": "asphyxiation",
        "MT5:0311": "forced postures",
        "MT5:031501": "deprivation of food or water",
        "MT5:031502": "deprivation of sleep",
        "MT5:031503": "deprivation of medical attention",
        "MT5:0317": "immobilisation",
        "MT5:0321": "degradation",
        "MT5:032102": "degradation: nakedness",
        "MT5:0322": "threats",
        "MT5:0401": "tear gas",
        "MT5:0402": "shooting",
        "MT31:01": "counsel not permitted",
    }
)

DECISIONS = _words(
    accept="the record is right",
    edit="the fields that `with` names are replaced",
    reject="the record is wrong; `into` in `with` names those that take its place",
    same="two records are one person",
    different="two records are two people",
    unsure="looked at, cannot tell: whether one record is right, whether two mentions are one person",
    consent="the person agrees to `with`",
    redact="erased; a tombstone stays",
    publish="may be shown",
    retract="shown before, withdrawn; of a decision: taken back",
)

TIERS = _words(
    A="may be accepted in bulk",
    B="to be reviewed",
    C="a hint",
)

# What counts as authority's own word; everything else is the independent side.
AUTHORITY_KINDS = frozenset({"authority"})
