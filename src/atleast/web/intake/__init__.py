"""How reports, lists and calls come in."""
