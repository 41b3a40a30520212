"""Files, folders and streams in, reports out; records already in the wire form pass through.

`reports(paths)` gives one record after another and a Trouble for whatever could not be read: one bad
file never stops the rest. Text and pages rest on charset-normalizer, selectolax and py3langid.
"""

from .documents import Progress, reports

__all__ = ["Progress", "reports"]
