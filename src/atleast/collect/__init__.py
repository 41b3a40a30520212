"""Files, folders and streams in, reports out; records already in the wire form pass through.

`reports(paths)` gives one record after another and a Trouble for whatever could not be read: one bad
file never stops the rest. `uploaded(name, data)` does the same for one file in memory, `parts` gives the files in it.
A zip is a folder of files and is never unpacked. `dispatches(reports)` tells which reports carry the same words. Text
and pages rest on charset-normalizer, selectolax and py3langid, dispatches on numpy and rensa.
"""

from .documents import Part, Progress, parts, reports, uploaded
from .syndication import dispatches

__all__ = ["Part", "Progress", "dispatches", "parts", "reports", "uploaded"]
