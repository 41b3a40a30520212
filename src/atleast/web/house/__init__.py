"""The house: accounts, cases and who works in them, work in the making, what was looked at. Not part of the record."""
