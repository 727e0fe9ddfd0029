"""Tests: one folder per room, journeys through the pages, and the rules of the house."""
