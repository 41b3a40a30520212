"""Erasing a person: what was said of him or her goes, and that somebody decided so stays.

`names` finds a name in all its spellings and forms and blackens it, `planning` tells what an erasure changes,
`doing` does it, `kept` knows the files, `remains` sees to it that nothing is left in the database's files or in
memory, `models` remembers keyed hashes of the name, so that one who comes again is noticed (`models.returning`).

A room that keeps what may name people outside the ledger, the shelf and the house adds a function to `doing.rooms`.
"""
