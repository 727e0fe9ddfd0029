"""Makers: plain functions, one file per room, that put a ready row into a session: `make.petitions.petition(session, …)`.

Everything has a default; a test names only what it is about.
"""
