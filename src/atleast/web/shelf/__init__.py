"""The shelf: what follows from the ledger, in the form in which it is looked at. May be dropped and rebuilt.

`following` keeps it in step with each entry, `rebuilding` makes it anew. Every room that keeps something on the shelf
says so to `following.rooms`.
"""
