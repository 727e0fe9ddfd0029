"""Oversight."""
