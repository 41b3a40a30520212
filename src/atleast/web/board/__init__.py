"""The first page of a case: the event at a glance."""
