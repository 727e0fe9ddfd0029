"""The worker's loop for mail."""

import threading

from petitions.core.office import Office


def run_forever(office: Office, stop: threading.Event) -> None:
    """Send what waits, until `stop`."""
    while not stop.is_set():
        stop.wait(1.0)
