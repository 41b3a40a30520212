"""Whose office speaks: the canonical name of a voice, filled in from the place or the country spoken of."""

from collections.abc import Sequence

from atleast.lexicon import Speaker, gazetteer, speakers

from .voice import Voice
from .where import PlaceMark


def filled(voice: Voice, place: str | None, country: str | None, near: Sequence[PlaceMark]) -> str | None:
    """The canonical name of a voice, its {place} or {country} filled in; None when that is not known."""
    name = voice.name
    found = [m.place for m in near if _beside(voice, m) and not _of_its_form(voice, m)]
    beside = next((p for p in found if p.kind != "country"), found[0] if found else None)  # "МВД РФ по Пермскому краю"
    own = beside.key if beside else None
    key = own or place
    if beside and beside.kind == "country":
        country = beside.key
    if voice.office and (known := _office(voice.office, key, country, beside=own is not None)):
        return known
    if "{place}" in name:
        if name == "{place} police" and country and key in (None, country) and not _city_state(country):
            return f"Police of {country}"
        if not key or (key == country and not name.startswith("Authorities") and not _city_state(key)):
            return None
        name = name.replace("{place}", key.split(",")[0])
        if voice.name == "{place} police" and (force := speakers().named(name)):  # "New York police"
            return force.name
    if "{country}" in name and country:
        name = name.replace("{country}", country)
    return None if "{" in name else name


def _of_its_form(voice: Voice, mark: PlaceMark) -> bool:
    """Whether a country only belongs to the words for a local office: "главное управление МВД России"."""
    country = mark.place.kind == "country"
    return country and "{place}" in voice.name and voice.first <= mark.first and mark.last <= voice.last


def _city_state(key: str) -> bool:
    """Whether a country is a city: "Hong Kong police"."""
    capital = gazetteer().capital(key)
    return capital is not None and capital.key == f"{key}, {key}"


def _office(form: str, key: str | None, country: str | None, *, beside: bool) -> str | None:
    """Whose office is meant: that of the place spoken of, if it has one, else the country's.

    "The ministry" and "the government" are the country's unless a place other than the capital stands beside them.
    """
    capital = gazetteer().capital(country) if country else None
    beside = beside and (capital is None or capital.key != key)  # "the ministry in Minsk" is the country's
    local = speakers().of(form, key) if key and key != country else None
    national = (_spoken_for if key == country else speakers().of)(form, country) if country else None
    if national and not beside and {"ministry", "government", "committee"} & set(national.heads):
        local = None
    found = local or national
    return found.name if found else None


def _spoken_for(form: str, key: str) -> Speaker | None:
    """The office of a country by its form, or by the form without the one who speaks for it: "police spokesman"."""
    words = form.split()
    shorter = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
    return next((known for each in shorter if (known := speakers().of(each, key))), None)


def _beside(voice: Voice, mark: PlaceMark) -> bool:
    inside = voice.first <= mark.first < voice.last
    return inside or abs(mark.first - voice.last) <= 1 or mark.last == voice.first
