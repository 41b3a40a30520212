"""What is remembered of somebody who was forgotten: keyed hashes of the name's sounds, from which it is not found."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from django.db import models

from atleast.lexicon.spellings import keys, loosely, words
from atleast.model import Report, Trouble
from atleast.web.house.models import Case
from atleast.web.vault import vault


class Trace(models.Model):
    """One sound of one word of the name of somebody who was erased; so that one who comes again is noticed."""

    case = models.ForeignKey(Case, models.CASCADE)
    # The decision that erased.
    decision = models.CharField(max_length=64)
    # Which word of the name.
    word = models.SmallIntegerField()
    key = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "key"], name="forgetting_trace_key")]


def traced(case: Case, decision: str, name: tuple[str, ...]) -> None:
    """Remember a name by the keys of its words."""
    Trace.objects.bulk_create(
        Trace(case=case, decision=decision, word=number, key=key)
        for number, word in enumerate(name)
        for key in sorted(_keys(word))
    )


def returning(case: Case, text: str) -> tuple[str, ...]:
    """The decisions by which somebody was erased who seems to be named in this text again, in their order.

    All words of the name are in it, each in some spelling or form. It may be another person of that name: whoever
    takes the text in decides.
    """
    traces = list(Trace.objects.filter(case=case).values_list("decision", "word", "key"))
    if not traces:
        return ()
    there = {key for word in {each.word for each in words(text)} for key in _keys(word)}
    all_words = {(decision, word) for decision, word, _ in traces}
    missing = all_words - {(decision, word) for decision, word, key in traces if key in there}
    gone = {decision for decision, _ in missing}
    return tuple(dict.fromkeys(decision for decision, _, _ in traces if decision not in gone))


def noticed(case: Case, reports: Iterable[Report]) -> Iterator[Trouble]:
    """A trouble for each report that seems to name somebody who was erased here."""
    if Trace.objects.filter(case=case).exists():
        for report in reports:
            if decisions := returning(case, f"{report.title or ''} {report.text}"):
                yield Trouble(
                    "somebody who was erased from this case seems to be named here again",
                    report.title or report.id,
                    ", ".join(decisions),
                    "If it is the same person, erase him or her again",
                )


def _keys(word: str) -> set[int]:
    return {vault().blind(f"trace {key}") for key in (*keys(word), *loosely(word)) if not key.startswith("@")}
