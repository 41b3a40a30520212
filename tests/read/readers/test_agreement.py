"""Agreement makes a claim surer, silence makes it less sure, and a disagreement is shown and not settled."""

from dataclasses import replace

from atleast import read
from atleast.model import Claim, Mention, Report
from atleast.read.readers import ModelReader, NamesReader, Pointed, grounded, joined
from atleast.read.readers.endpoint import Endpoint

TEXT = "Police detained 12 people in Moscow on 4 May 2031, OVD-Info said. Another 7 were fined in Kazan."
REPORT = Report("bree", publisher="The Prancing Pony", language="en", published="2031-05-05", text=TEXT)
LLM = ModelReader(Endpoint("http://127.0.0.1:1/v1"), "m")
TWELVE = Pointed("detained 12 people in Moscow on 4 May 2031", "12", "detained", "detained", "OVD-Info", "Moscow", "4 May 2031")
SEVEN = Pointed("Another 7 were fined in Kazan", "7", "fined", "fined", place="Kazan")


def both(*pointed: Pointed) -> list[Claim]:
    claims, _ = grounded(REPORT, pointed, LLM.id)
    return list(joined(read.read(REPORT), read.Reading(REPORT, claims), LLM).claims)


def test_what_both_read_is_tier_a_and_one_claim() -> None:
    first, *_ = both(TWELVE)

    assert (first.id, first.low, first.tier, first.readers) == ("bree#1", 12, "A", ("rules", "llm:m"))


def test_what_only_the_rules_read_is_to_be_reviewed() -> None:
    assert [(c.low, c.tier, c.readers) for c in both(TWELVE)][1] == (7, "B", ())


def test_what_only_the_model_read_is_to_be_reviewed_and_says_so() -> None:
    text = TEXT + " Some 30 were bundled into vans in Perm."
    report = replace(REPORT, text=text)
    claims, _ = grounded(report, [Pointed("30 were bundled into vans in Perm", "30", "bundled into vans", "detained", place="Perm")], LLM.id)
    own = replace(read.read(report), claims=read.read(REPORT).claims)
    found = joined(own, read.Reading(report, claims), LLM).claims

    alone = found[-1]
    assert (alone.id, alone.low, alone.place, alone.readers) == ("bree#llm1", 30, "Perm, Russia", ("llm:m",))
    assert alone.tier in ("B", "C")


def test_where_they_differ_both_are_shown_with_a_note_and_neither_is_sure() -> None:
    wrong = replace(TWELVE, place="Kazan")
    ours, theirs, _ = both(wrong)

    assert (ours.place, ours.tier, theirs.place, theirs.tier) == ("Moscow, Russia", "B", "Kazan, Russia", "B")
    assert "in Kazan, Russia" in (ours.note or "") and "in Moscow, Russia" in (theirs.note or "")


def test_a_model_that_leaves_out_what_the_words_tell_does_not_make_it_sure() -> None:
    ours, _ = both(replace(TWELVE, claimant=None))

    assert (ours.claimant, ours.tier, ours.readers, ours.note) == ("OVD-Info", "B", ("rules", "llm:m"), None)


def test_who_points_at_the_same_words_agrees_whatever_they_mean() -> None:
    text = "OVD-Info counts arrests. The group said that police detained 12 people in Moscow on 4 May 2031."
    report = replace(REPORT, text=text)
    (own,) = read.read(report).claims
    pointed = replace(TWELVE, quote="police detained 12 people in Moscow", claimant="The group")
    claims, _ = grounded(report, [pointed], LLM.id)
    (found,) = joined(read.Reading(report, (own,)), read.Reading(report, claims), LLM).claims

    assert claims[0].claimant is None
    assert (found.claimant, found.tier) == ("OVD-Info", "A")


def test_the_claims_stand_in_the_order_of_the_text_each_with_an_id_of_its_own() -> None:
    found = both(SEVEN, replace(TWELVE, place="Kazan"))

    assert [c.low for c in found] == [12, 12, 7] and len({c.id for c in found}) == 3


def test_two_models_that_agree_with_each_other_only_make_no_claim_sure() -> None:
    claims, _ = grounded(REPORT, [SEVEN], LLM.id)
    other = ModelReader(LLM.endpoint, "n")
    once = joined(read.Reading(REPORT), read.Reading(REPORT, claims), LLM)
    twice = joined(once, read.Reading(REPORT, tuple(replace(c, readers=(other.id,)) for c in claims)), other)

    assert [(c.tier, c.readers) for c in twice.claims] == [("B", ("llm:m",)), ("B", ("llm:n",))]


def test_a_reader_of_names_says_nothing_of_claims() -> None:
    own = read.read(REPORT)

    assert joined(own, read.Reading(REPORT), NamesReader()).claims == own.claims


def test_a_person_whom_both_name_is_confirmed_and_another_is_added() -> None:
    report = Report("r", language="ru", text="Задержаны Иван Лужинский и Воланд. Лужинского отпустили.")
    ours = Mention("r#m1", "r", "Иван Лужинский", 10, 24, name="Иван Лужинский")
    theirs = [
        Mention("", "r", "Иван Лужинский", 10, 24, name="Иван Лужинский", readers=("ner:natasha",)),
        Mention("", "r", "Воланд", 27, 33, name="Воланд", readers=("ner:natasha",)),
        Mention("", "r", "Лужинского", 35, 45, name="Лужинского", readers=("ner:natasha",)),
    ]
    found = joined(read.Reading(report, mentions=(ours,)), read.Reading(report, mentions=tuple(theirs)), NamesReader())

    assert [(m.id, m.readers) for m in found.mentions] == [("r#m1", ("rules", "ner:natasha")), ("r#ner1", ("ner:natasha",))]
