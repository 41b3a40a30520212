"""A statement has to agree with itself, also when it was taken back later."""

from .invented import claim, found, reckoned, report

MINISTRY = "Interior Ministry"
FIRST, SECOND = "2031-05-02T10:00Z", "2031-05-04T10:00Z"


def test_a_statement_that_was_wrong_in_itself_stays_wrong_when_its_total_is_corrected() -> None:
    first = [claim(n, "Strelsau", quantity=q, by=MINISTRY, at=FIRST) for n, q in ((134, "detained"), (90, "released"), (48, "still_held"))]
    result = reckoned(*first, claim(137, "Strelsau", by=MINISTRY, at=SECOND))

    assert found(result) == [([90, 48], [134])]


def test_a_statement_that_agreed_with_itself_is_left_alone() -> None:
    first = [claim(n, "Strelsau", quantity=q, by=MINISTRY, at=FIRST) for n, q in ((138, "detained"), (90, "released"), (48, "still_held"))]

    assert found(reckoned(*first, claim(150, "Strelsau", by=MINISTRY, at=SECOND))) == []


def test_an_outlets_own_list_is_laid_beside_its_own_total() -> None:
    own = [claim(n, place, by=None, report="a") for n, place in ((681, "Ruritania"), (400, "Zenda"), (210, "Strelsau"), (90, "Tarlenheim"))]
    police = claim(681, by="Police", report="b", at="2031-05-02")
    result = reckoned(*own, police, reports=(report("a", publisher="The Bugle"), report("b", publisher="Police")))

    assert found(result, "text") == [([400, 210, 90], [681])]


def test_a_division_that_did_not_add_up_stays_wrong_when_its_total_is_corrected() -> None:
    first = [claim(n, place, by=MINISTRY, at=FIRST) for n, place in ((19, "Ruritania"), (11, "Strelsau"), (9, "Ruritania (outside Strelsau)"))]
    result = reckoned(*first, claim(21, by=MINISTRY, at=SECOND))

    assert found(result) == [([11, 9], [19])]
