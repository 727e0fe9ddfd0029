"""Writes of the council, one file a noun: bodies (terms, sessions), constituencies, ground (lists of places), delegates (mandates)."""
