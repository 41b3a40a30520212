"""Results told in words and pictures, for whoever shows them: the command line, the desk.

In come the frozen records of reckoning and a language (`Words`); out come sentences, rows of cells, Markdown, CSV, JSON
and SVG. Nothing here knows how wide a terminal is or what a page looks like.

- `wording`: the two languages, `messages` with ours and reckoning's templates.
- `tables`: the table of a reckoning. `sections` gives its rows quantity by quantity, `heads` what stands over them,
  `label` a row's name and `row` what stands behind it; `said` is one bound in few words.
- `whole`: everything about a reckoning as Markdown and JSON, with `counts` and `choices` at its head.
- `records`: one claim or mention in one line, and its number as a person would say it.
- `reviewed`: what people decided: how many records, what was corrected, and how each stands.
- `steps`: the table of a curve. `charts`: the curve as SVG, on the `scale` that other drawings of it share.
- `places`: the `towns` of a reckoning with their numbers, and `places_table`. `maps`: the same as SVG, `places_map`, on
  a `windows` of the globe, with `labels` that leave each other room.
- `pictures`: the `style` that charts and maps share, for pages that show them without rules of their own.
"""

from . import records, reviewed, steps, tables, whole
from .charts import chart
from .maps import places_map
from .pictures import style
from .places import Town, places_table, quantity_title, towns
from .steps import curve_rows, curve_title, sides, when
from .tables import heads, label, row, said, sections, timed
from .whole import choices, counts
from .wording import LANGUAGES, Words

__all__ = [
    "LANGUAGES",
    "Town",
    "Words",
    "chart",
    "choices",
    "counts",
    "curve_rows",
    "curve_title",
    "heads",
    "label",
    "places_map",
    "places_table",
    "quantity_title",
    "records",
    "reviewed",
    "row",
    "said",
    "sections",
    "sides",
    "steps",
    "style",
    "tables",
    "timed",
    "towns",
    "when",
    "whole",
]
