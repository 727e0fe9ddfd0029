"""Writes of intake: entry.py (enter, correct), moves.py (submit, accept, classify, divert …), persons.py (petitioners shown)."""
