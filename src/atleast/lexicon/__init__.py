"""What a language, a country and its law know: data files with thin loaders.

`pack(language)` gives the word lists of a language, `gazetteer()` the places as a tree, `speakers()` who
may be the source of a number, `check(language, trial)` whether a pack is sound; the module `spellings`, under which
keys a name is found in every script; `telephones`, how a number is found however it is written. Words, names and
thresholds live in `data/`, each with its source.
"""

from .checks import check
from .coordinates import coordinates
from .names import Form, Names, names, particles
from .outlines import Country, outlines
from .packs import Pack, bare_pack, call_pack, fold, languages, pack
from .places import Gazetteer, Place, gazetteer
from .speakers import Speaker, Speakers, speakers

__all__ = [
    "Country",
    "Form",
    "Gazetteer",
    "Names",
    "Pack",
    "Place",
    "Speaker",
    "Speakers",
    "bare_pack",
    "call_pack",
    "check",
    "coordinates",
    "fold",
    "gazetteer",
    "languages",
    "names",
    "outlines",
    "pack",
    "particles",
    "speakers",
]
