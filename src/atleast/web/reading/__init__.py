"""A report with what was read in it, and the decisions about that."""
