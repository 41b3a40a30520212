"""Results told in words and pictures, for whoever shows them: the command line, the desk.

In come the frozen records of reckoning and a language (`Words`); out come sentences, rows of cells, Markdown, CSV, JSON
and SVG. Nothing here knows how wide a terminal is or what a page looks like.

- `wording`: the two languages, `messages` with ours and reckoning's templates.
- `tables`: the table of a reckoning. `sections` gives its rows quantity by quantity, `heads` what stands over them,
  `label` a row's name and `row` what stands behind it; `said` is one bound in few words.
- `whole`: everything about a reckoning as Markdown and JSON, with `counts` and `choices` at its head.
- `reviewed`: what people decided: how many records, what was corrected, and how each stands.
- `steps`: the table of a curve. `charts`: the curve as SVG, on the `scale` that other drawings of it share.
"""

from . import reviewed, steps, tables, whole
from .charts import chart
from .steps import curve_rows, curve_title, sides, when
from .tables import heads, label, row, said, sections, timed
from .whole import choices, counts
from .wording import LANGUAGES, Words

__all__ = [
    "LANGUAGES",
    "Words",
    "chart",
    "choices",
    "counts",
    "curve_rows",
    "curve_title",
    "heads",
    "label",
    "reviewed",
    "row",
    "said",
    "sections",
    "sides",
    "steps",
    "tables",
    "timed",
    "when",
    "whole",
]
