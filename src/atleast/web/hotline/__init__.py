"""Hotline calls, taken down by one person at night: what is typed is kept at once, understood at once, and never lost.

- `models.Draft`: a call while it is taken down, sealed. `typed`: what was typed. `keeping`: keeping it, in any order.
- `understanding`: the claims and mentions proposed, and what was said to each. `correcting`: how they are corrected.
- `sending`: of a draft one report, with what was confirmed, in one transaction. `views`, `urls`: the pages.
"""
