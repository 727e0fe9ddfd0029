"""The petition and oversight service of a People's Council office.

Rooms stand in a strict order, from the doors (app, cli) down to the ground (core); a room imports only rooms below it.
"""
