"""Which language a text is in, when nobody says."""

import re
from functools import cache
from typing import Any

# Languages in which protest arrests have been reported to monitors. Fewer candidates make fewer mistakes.
CANDIDATES = (
    "ar az be bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ku ky lt lv mk mn my nl no pl "
    "pt ro ru sk sl sq sr sv sw tg th tk tr tt uk ur uz vi zh"
).split()
_SURE, _ENOUGH, _LOOKED_AT = 0.7, 20, 4_000
_LETTERS = re.compile(r"[^\W\d_]+")


def language(text: str) -> str | None:
    """The text's language as a BCP 47 tag; None where the text is too short or too mixed to tell.

    Below 0.7 the guess is often a neighbour: Bosnian for Serbian, Bulgarian for a line of Russian names.
    """
    start = text[:_LOOKED_AT]
    if sum(map(len, _LETTERS.findall(start))) < _ENOUGH:
        return None
    name, sure = _identifier().classify(start)
    return str(name) if sure >= _SURE else None


@cache
def _identifier() -> Any:
    """The model, loaded when it is first needed: it costs half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(CANDIDATES)
    return identifier
