"""Dates and times as the desk writes them: the month as a word, or the year first; the clock of 24 hours."""
