"""The demo office (văn phòng mẫu): a deterministic set of petitions written for this project, and one account per role.

It lives on 2026-01-20, so that its pages never age. Every person in it is invented. Not reference data, and never loaded into a
database that holds petitions.
"""
