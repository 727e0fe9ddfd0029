"""The roll's token: drawn anew with every change, so that every process knows when its roll is old."""

from secrets import token_hex

from sqlalchemy.orm import Session

from petitions.council.models import RollVersion


def renew(session: Session) -> None:
    """Have every process read the roll anew."""
    row = session.get(RollVersion, 1)
    if row is None:
        session.add(RollVersion(id=1, token=token_hex(16)))
    else:
        row.token = token_hex(16)
    session.flush()
