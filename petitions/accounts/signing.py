"""Writes of signing in and out: sessions and tries. Small transactions of their own where the answer may be a refusal (the second door)."""

from datetime import datetime

from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from petitions.accounts import brakes, queries, sessions
from petitions.accounts.models import LoginSession, SignInBrake, User
from petitions.core.identity import SYSTEM, Identity
from petitions.journal.actions import record

SUBJECT = "user"


def count_try(session: Session, keys: dict[str, int], *, user_id: int | None, now: datetime) -> bool:
    """Count one try on each brake (key → most tries); False when one of them is closed, and then nothing is counted.

    `user_id` is the known user of the name, so that the moment of locking stands in the journal.
    """
    for key in sorted(keys):
        _take_turns(session, key)
    before = {key: queries.brake(session, key) for key in keys}
    if any(brakes.closed(brake, now) for brake in before.values()):
        return False
    session.execute(delete(SignInBrake).where(SignInBrake.first_at < now - brakes.KEPT_FOR))
    for key, most in keys.items():
        after = brakes.counted(before[key], now, most)
        session.merge(SignInBrake(key=key, tries=after.tries, first_at=after.first_at, locked_at=after.locked_at))
        if after.locked_at is not None and user_id is not None:
            record(session, "account.lock", (SUBJECT, user_id), by=SYSTEM, now=now, changes={"tries": (None, after.tries)})
    return True


def _take_turns(session: Session, key: str) -> None:
    """Tries for one key follow one another, so that none is lost in the counting (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(key[:15], 16)})


def forgive_try(session: Session, key: str) -> None:
    """The password was right: this try counts for nothing on the brake of an address, the wrong ones of others there still do."""
    row = session.get(SignInBrake, key)
    if row is not None:
        row.tries, row.locked_at = row.tries - 1, None


def forget_tries(session: Session, keys: list[str]) -> bool:
    """The password was right, or an administrator unlocks: these brakes open. True when one had counted anything."""
    return bool(session.execute(delete(SignInBrake).where(SignInBrake.key.in_(keys))).rowcount)  # type: ignore[attr-defined]


def start(session: Session, user: User, *, by: Identity, device: str, now: datetime) -> str:
    """Begin a session for `user` and give the id for the cookie: new at every sign-in, so that a planted one is worth nothing."""
    token = sessions.new_token()
    session.add(LoginSession(token_hash=sessions.token_hash(token), user_id=user.id, device=device, started_at=now, last_seen_at=now))
    user.last_signed_in_at = now
    record(session, "account.sign_in", (SUBJECT, user.id), by=by, now=now, changes={"device": (None, device)})
    return token


def seen(session: Session, session_id: int, *, now: datetime) -> None:
    """Note that the owner of a session is at work."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id, LoginSession.ended_at.is_(None)).values(last_seen_at=now))


def end(session: Session, session_id: int, *, user_id: int, by: Identity, now: datetime, why: str = "sign_out") -> bool:
    """End one session of `user_id`; False when it was none of theirs or already over."""
    done = session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
        .values(ended_at=now, ended_why=why)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        return False
    record(session, "account.sign_out", (SUBJECT, user_id), by=by, now=now, changes={"sessions": (1, 0)}, reason=why)
    return True


def end_all(session: Session, user_id: int, *, by: Identity, now: datetime, why: str, but: int | None = None) -> int:
    """End every session of `user_id` except `but`; how many there were. The caller notes it in the journal together with its reason."""
    chosen = update(LoginSession).where(LoginSession.user_id == user_id, LoginSession.ended_at.is_(None), LoginSession.id != (but or 0))
    ended = int(session.execute(chosen.values(ended_at=now, ended_why=why)).rowcount)  # type: ignore[attr-defined]
    if ended:
        record(session, "account.sign_out_everywhere", (SUBJECT, user_id), by=by, now=now, changes={"sessions": (ended, 0)}, reason=why)
    return ended
