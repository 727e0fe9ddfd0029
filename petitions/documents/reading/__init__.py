"""The guarded child: reads one file from standard input, answers in frames on standard output. Started by `documents/guard.py` only.

It touches no database, no store and no other file. Everything in here runs on what strangers sent.
"""
