"""The house: accounts, cases and who works in them, what is in the making, what was looked at. Not part of the record."""
