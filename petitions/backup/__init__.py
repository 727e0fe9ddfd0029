"""Backup (sao lưu) and restore (khôi phục) of a whole office: rows and files, in one archive that both database engines can read.

An archive holds a manifest, the rows of every table as JSON lines and the files of the data folder; each part has its count and
SHA-256. The search index is not in it: it is rebuilt. Neither is the secret key: keep it where secrets are kept. Not a migration tool,
though an archive of SQLite restores into PostgreSQL and the reverse.
"""
