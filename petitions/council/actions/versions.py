"""The roll's token, drawn anew with every change so that every process knows when its roll is old; and the one way to edit a row."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.council.models import Provenance, RollVersion
from petitions.journal.actions import record


def renew(session: Session) -> None:
    """Have every process read the roll anew."""
    row = session.get(RollVersion, 1)
    if row is None:
        session.add(RollVersion(id=1, token=token_hex(16)))
    else:
        row.token = token_hex(16)
    session.flush()


def edit(
    session: Session, row: Provenance, values: Mapping[str, Any], subject: tuple[str, int], *, by: Identity, now: datetime, reason: str | None = None
) -> bool:
    """Give `row` these values, mark it as the office's, note old → new in the journal; False when nothing changes."""
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return False
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.edited = True
    session.flush()
    record(session, f"council.edit_{subject[0]}", subject, by=by, now=now, changes=changes, reason=reason)
    renew(session)
    return True
