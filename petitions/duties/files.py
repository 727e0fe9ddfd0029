"""Documents of a duty: letters' scans and evidence. The port that the documents room asks; whoever sees the duty sees its papers."""

from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.documents import ports
from petitions.documents.ports import Place
from petitions.duties import subjects
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading

KIND = "duty"


def register() -> None:
    """Let duties have documents."""
    ports.register(KIND, may_see, may_add=may_add, place=place)


def may_see(session: Session, identity: Identity, duty_id: int) -> bool:
    """Whoever may see the duty."""
    return _seen(session, identity, duty_id) is not None


def may_add(session: Session, identity: Identity, duty_id: int) -> bool:
    """The agency that holds it, and those of the office who note things down for it."""
    found = _seen(session, identity, duty_id)
    return found is not None and adds(identity, found)


def adds(identity: Identity, duty: Duty) -> bool:
    """The same for a duty at hand."""
    if identity.may(Permission.DUTY_ANSWER):
        return duty.agency_id in identity.scope("agency") or identity.may(Permission.DUTY_DISTRIBUTE)
    return identity.may(Permission.DUTY_RECORD) and duty.body_id in identity.scope("body")


def place(session: Session, duty_id: int) -> Place | None:
    """The duty's page, called by what it is about."""
    duty = session.get(Duty, duty_id)
    if duty is None:
        return None
    key = (duty.subject_kind, duty.subject_id)
    return Place(f"/duties/{duty_id}", subjects.captions(session, [key])[key].code)


def _seen(session: Session, identity: Identity, duty_id: int) -> Duty | None:
    try:
        return reading.duty(session, duty_id, identity, clock.now())
    except NotFound:
        return None
