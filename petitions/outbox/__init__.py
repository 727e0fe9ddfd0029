"""The outbox (hộp việc đi): work promised inside a transaction, to be done after it.

A message is a row written with the change that caused it. Consumers (the search index now, mail later) read the log from their own
cursor and are idempotent: delivery is at least once. Not a second queue: a library may wake a worker, never hold a promise.
"""
