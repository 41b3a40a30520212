"""What the gates before a language model let through: everything that is sound, and nothing that is spoilt.

No model is asked. Every claim that the rules read in the sample case and in the examples of the tests is pointed at as
a model would do it, once as it stands and once spoilt in each of six ways. Shown is the tier that comes of it: B is to
be reviewed, C is a hint, and what is refused is gone. "agreed" is the share that rules and gates read as one claim.

usage: python benchmarks/gates.py
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from atleast import collect, read
from atleast.model import Claim, Report
from atleast.read.readers import Endpoint, ModelReader, Pointed, grounded, joined

ROOT = Path(__file__).resolve().parents[1]
MODEL = ModelReader(Endpoint("http://127.0.0.1:1/v1"), "nobody")


def main() -> None:
    luck = random.Random(20171007)
    tiers: dict[str, Counter[str]] = {}
    agreed = 0
    for report in reports():
        for claim in read.read(report).claims:
            pointed = as_pointed(report, claim)
            if pointed is None:
                continue
            agreed += agrees(report, claim, pointed)
            for name, each in (("as it stands", pointed), *spoilt(pointed, luck)):
                claims, _ = grounded(report, [each], MODEL.id)
                tiers.setdefault(name, Counter())[(claims[0].tier or "") if claims else "refused"] += 1
    print(f"{'':<18}{'claims':>8}{'B':>8}{'C':>8}{'refused':>9}")
    for name, found in tiers.items():
        print(f"{name:<18}{found.total():>8}{found['B']:>8}{found['C']:>8}{found['refused']:>9}")
    print(f"agreed: {agreed / tiers['as it stands'].total():.1%}")


def reports() -> Iterator[Report]:
    """Those of the sample case and of the examples of the tests."""
    paths = [ROOT / "cases" / "2017-10-07", *sorted((ROOT / "tests" / "examples").glob("blind-*.jsonl"))]
    return (each for each in collect.reports(paths) if isinstance(each, Report) and each.text)


def as_pointed(report: Report, claim: Claim) -> Pointed | None:
    """The claim as a model would point at it; None where the number has no words of its own (nobody, all)."""
    words = {e.slot: report.text[e.start : e.end] or None for e in claim.evidence}
    spans = [(e.start, e.end) for e in claim.evidence if e.slot in ("number", "quantity")] + [(claim.start, claim.end)]
    number, trigger = words.get("number"), words.get("quantity")
    if not number or not trigger or claim.low == claim.high == 0 or "(any " in (claim.place or ""):
        return None
    quote = report.text[min(a for a, _ in spans) : max(b for _, b in spans)]
    return Pointed(
        quote, number, trigger, claim.quantity, words.get("claimant"), words.get("place"), words.get("event_date")
    )


def agrees(report: Report, claim: Claim, pointed: Pointed) -> bool:
    claims, _ = grounded(report, [pointed], MODEL.id)
    found = joined(read.Reading(report, (claim,)), read.Reading(report, claims), MODEL).claims
    return bool(claims) and len(found) == 1


def spoilt(pointed: Pointed, luck: random.Random) -> Iterator[tuple[str, Pointed]]:
    """The same with one thing wrong."""
    words = pointed.quote.split()
    if len(words) > 3:
        at = luck.randrange(1, len(words) - 1)
        yield "a word dropped", replace(pointed, quote=" ".join(words[:at] + words[at + 1 :]))
        if words[at] != words[at + 1]:
            swapped = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
            yield "words swapped", replace(pointed, quote=" ".join(swapped))
        yield "an ellipsis", replace(pointed, quote=f"{words[0]} … {words[-1]}")
    yield "other digits", replace(pointed, number="90417")
    yield "invented speaker", replace(pointed, claimant="The Strelsau Gazette of Zenda")
    yield "wrong quantity", replace(pointed, quantity="fined" if pointed.quantity == "killed" else "killed")


if __name__ == "__main__":
    main()
