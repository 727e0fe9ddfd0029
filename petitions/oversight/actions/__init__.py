"""Writes of oversight, one file per intention."""
