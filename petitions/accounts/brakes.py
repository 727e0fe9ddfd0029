"""The brake on guessing, as a pure rule: five wrong tries for a name close it for a quarter of an hour; an address has a longer rope.

Known and unknown names are counted alike, so that the answer tells nobody which names exist. A try is counted before the password is
looked at and forgiven when it was right: tries sent at the same moment cannot slip past the count.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LOCKED_FOR = timedelta(minutes=15)
NAME_TRIES = 5  # QCVN 12:2026/BCA: at most five wrong tries
ADDRESS_TRIES = 60  # a whole office may stand behind one address
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Brake:
    """Tries since `first_at`, and since when it is closed."""

    tries: int
    first_at: datetime
    locked_at: datetime | None = None


def key_of(kind: str, value: str, secret: str) -> str:
    """A keyed digest of a name ("name") or an address ("address"): the table holds neither."""
    return hmac.new(secret.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def closed(brake: Brake | None, now: datetime) -> bool:
    """Whether tries are refused now."""
    return brake is not None and brake.locked_at is not None and _within(brake.locked_at, now)


def counted(brake: Brake | None, now: datetime, most: int) -> Brake:
    """The brake after one more try; it closes with try number `most`. Old tries are forgotten after a quarter of an hour."""
    if brake is None or not _within(brake.first_at, now) or brake.locked_at is not None:
        brake = Brake(0, now)
    brake = replace(brake, tries=brake.tries + 1)
    return replace(brake, locked_at=now) if brake.tries >= most else brake


def _within(since: datetime, now: datetime) -> bool:
    # Tries of one moment may be counted in another order than they came; only a clock set far back makes a lock count as long ago.
    return abs(now - since) < LOCKED_FOR
