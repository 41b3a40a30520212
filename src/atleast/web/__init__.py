"""The desk: the team's workbench, in a browser. The only package that knows Django.

`set_up(path)` makes Django ready on a data folder, `prepare(path)` brings its database up to date, `serve` and
`workers` run it, `address` says where it is opened, `work` does background work in a process of its own. The rooms:

- `ledger`: what was said and decided, sealed, only ever added to. `shelf`: what follows from it, kept in step.
- `house`: accounts, cases, roles, jobs; `house.rights` is the one table of who may do what.
- `pages`: a page is a dataclass; each address is declared with the right that it needs. `live`: what moves.
- `intake`, `reading`, `board`, `people`, `accounts`: the pages. `jobs`: work in the background.
- `forgetting`: a person is erased, and a tombstone stays. `backups`: encrypted, proved, restored on either database.
- `vault`: what names people is sealed on disk. `logs`: what a log may hold. `folder`, `settings`: what lies where.
"""

from .folder import Folder, folder
from .serving import QUEUES, Started, address, make_ready, prepare, serve, set_up, work, workers

__all__ = [
    "QUEUES",
    "Folder",
    "Started",
    "address",
    "folder",
    "make_ready",
    "prepare",
    "serve",
    "set_up",
    "work",
    "workers",
]
