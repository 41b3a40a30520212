"""Signing in, who works here, and what was looked at."""
