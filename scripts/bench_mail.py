"""How many of N mails arrive, once each, while the worker (`petitions worker`, a process of its own) is killed with SIGKILL again and again.

One JSON line on standard output: `lost` (neither arrived nor waiting for a person's decision) and `twice` must be 0; `undecided` is at most one a kill.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import func, insert, select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the package beside the scripts, installed or not

from petitions.accounts import reference as roles
from petitions.accounts.models import User
from petitions.core import clock, db, migrate
from petitions.core.freezing import frozen
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.notifications.models import SENT, UNDECIDED, Mail, Notification, NotificationSetting
from petitions.settings import Settings
from petitions.workdays import reference as workdays

DAY = "2026-01-20"
LONGEST = 600.0


class Postbox:
    """Counts what arrives, by Message-ID; takes a little while, as servers do."""

    def __init__(self) -> None:
        self.ids: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd asks for this name
        """Take a mail."""
        await asyncio.sleep(0.002)
        self.ids[str(message_from_bytes(envelope.content)["Message-ID"])] += 1
        return "250 Taken"


def say(words: str) -> None:
    """To the person who watches."""
    print(words, file=sys.stderr, flush=True)


def fill(office: Office, many: int) -> None:
    """`many` people, each with a message that waits."""
    migrate.upgrade(office.engine)
    now = clock.now() - timedelta(minutes=2)
    with db.transaction(office.engine) as session:
        roles.load(session, by=SYSTEM, now=now)
        workdays.load(session, by=SYSTEM, now=now)
        session.add_all([NotificationSetting(key="opens_at", value="00:00"), NotificationSetting(key="closes_at", value="23:59")])
        common = {"password_hash": "-", "password_set_at": now, "must_change": False, "active": True, "demo": False, "created_at": now, "language": "vi"}
        people = [{"username": f"u{n}", "name": f"Người {n}", "folded": f"u{n}", "email": f"u{n}@hdnd.example", **common} for n in range(many)]
        session.execute(insert(User), people)
        told = {"kind": "bench", "subject_kind": "petition", "subject_id": 1, "title": frozen("HD16-20-00123"), "body": frozen(""), "url": "/petitions/1"}
        ids = session.scalars(select(User.id).where(User.email.is_not(None)).order_by(User.id)).all()
        session.execute(insert(Notification), [{**told, "user_id": number, "critical": False, "mail": "waiting", "created_at": now} for number in ids])


def start(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """A worker."""
    return subprocess.Popen([sys.executable, "-m", "petitions", "worker"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def still_open(office: Office) -> int:
    """How many messages and mails are not yet dealt with."""
    with db.reading(office.engine) as session:
        messages = session.scalar(select(func.count()).select_from(Notification).where(Notification.mail == "waiting")) or 0
        mails = session.scalar(select(func.count()).select_from(Mail).where(Mail.state.in_(("waiting", "sending")))) or 0
    return messages + mails


def kill_and_go_on(office: Office, box: Postbox, environment: dict[str, str], mails: int, kills: int) -> None:
    """Kill the worker each time another share of the mails has arrived, at a moment left to chance; then let the last one finish."""
    chance = random.Random(1)
    for number in range(kills):
        worker, until = start(environment), time.monotonic() + LONGEST
        wanted = (number + 1) * mails // (kills + 1)
        while box.ids.total() < wanted and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.1)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        say(f"killed {number + 1}: {box.ids.total()} arrived")
    worker, until = start(environment), time.monotonic() + LONGEST
    while still_open(office) and time.monotonic() < until:
        time.sleep(0.2)
    worker.terminate()
    worker.wait()


def main() -> None:
    """Fill, send, kill, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    with tempfile.TemporaryDirectory() as folder:
        own = {"PETITIONS_DATA_DIR": folder, "PETITIONS_SMTP_URL": f"smtp://127.0.0.1:{port}", "PETITIONS_MAIL_FROM": "kiennghi@hdnd.example"}
        environment = {**os.environ, **own, "PETITIONS_MAIL_ONLY_TO": "@hdnd.example", "PETITIONS_TODAY": DAY, "PETITIONS_DATABASE_URL": given.database}
        office = Office.open(Settings.from_environment(environment))
        fill(office, given.mails)
        server.start()
        began = time.monotonic()
        kill_and_go_on(office, box, environment, given.mails, given.kills)
        seconds = time.monotonic() - began
        server.stop()
        with db.reading(office.engine) as session:
            states = {state: set(session.scalars(select(Mail.message_id).where(Mail.state == state))) for state in (SENT, UNDECIDED)}
        office.engine.dispose()
    arrived = set(box.ids)
    line = {
        "bench": "mail",
        "case": f"worker killed {given.kills} times",
        "engine": "postgresql" if given.database.startswith("postgresql") else "sqlite",
        "size": given.mails,
        "seconds": round(seconds, 1),
        "sent": len(states[SENT]),
        "undecided": len(states[UNDECIDED]),
        "undecided_arrived": len(states[UNDECIDED] & arrived),
        "lost": given.mails - len(states[SENT] & arrived) - len(states[UNDECIDED]),
        "twice": sum(n > 1 for n in box.ids.values()),
    }
    print(json.dumps(line))
    sys.exit(1 if line["lost"] or line["twice"] else 0)


if __name__ == "__main__":
    main()
