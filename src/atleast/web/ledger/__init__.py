"""The ledger: what was said and what was decided, only ever added to.

`models.Entry` is one record, sealed, linked to the one before it. `writing` adds (`append`, `take`), `reading` opens,
`checking` proves that nothing was changed, `triggers` is what the database itself refuses.
"""
