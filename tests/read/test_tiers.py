"""How sure the reader is: a claim without a doubt is in tier A, and every doubt is named."""

from atleast import read
from atleast.model import Claim, Report


def only(text: str, **known: str) -> Claim:
    (claim,) = read.claims(Report("r", **{"language": "en", "text": text, "published": "2041-08-12"} | known))
    return claim


def doubts(claim: Claim) -> list[str]:
    return [e.how for e in claim.evidence if e.slot == "tier"]


def test_a_number_with_its_place_and_source_beside_it_is_in_tier_a() -> None:
    claim = only("Police detained 12 people in Minsk, Viasna said.")

    assert (claim.tier, doubts(claim)) == ("A", [])


def test_what_is_carried_over_from_another_sentence_is_doubted_and_named() -> None:
    text = "In Minsk, Viasna reported: people were taken at the square. 12 people were detained."
    claim = only(text)

    assert claim.tier == "B" and any("source" in doubt for doubt in doubts(claim))


def test_a_number_beside_which_nobody_is_named_though_others_speak_is_doubted() -> None:
    claim = only("12 people were detained in Minsk. It had rained all day. A new bridge was opened, the Interior Ministry said.")

    assert claim.tier == "B" and doubts(claim)


def test_every_claim_of_a_language_with_word_lists_is_in_tier_a_or_b() -> None:
    claims = read.claims(Report("r", language="en", text="Dozens were detained. All were released. Three were fined."))

    assert {claim.tier for claim in claims} <= {"A", "B"} and claims
    assert all((claim.tier == "B") == bool(doubts(claim)) for claim in claims)


def test_the_measured_shares_are_shares() -> None:
    assert all(0 <= right <= of and of for right, of in read.measured().values())
