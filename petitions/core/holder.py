"""Which process holds something: a name that no other process has, and whether the process of a name is surely gone."""

import os
import secrets
import socket

_TOKEN = secrets.token_hex(4)


def name() -> str:
    """This process: host, process number and a token drawn when it started (a number is given again after a restart)."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}:{_TOKEN}"


def gone(holder: str) -> bool:
    """Whether the process of this name is surely dead: it ran on this machine and is not there any more. False when nobody can tell."""
    try:
        host, number, token = holder.rsplit(":", 2)
        pid = int(number)
    except ValueError:
        return False
    if host != socket.gethostname()[:80]:
        return False
    if pid == os.getpid():
        return token != _TOKEN
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
