"""Documents of duties (evidence), of answer letters and of transfer letters (their scans). The ports that the documents room asks.

Whoever sees the duty sees its papers and those of the letters about it. What an agency gave as evidence, an answer that was judged and a letter
that left are cited: their papers stay. Their texts are found with the subjects of the duties.
"""

from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.documents import ports
from petitions.documents.kinds import ATTACHMENT
from petitions.documents.ports import Place
from petitions.duties import subjects
from petitions.duties.models.answers import ON_SPOT, AnswerLetter
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, TransferLetter
from petitions.duties.queries import papers, reading, transfers
from petitions.duties.queries.papers import ANSWER, DUTY, SCAN, TRANSFER
from petitions.letters.frozen import ISSUED_COPY

KIND = DUTY


def register() -> None:
    """Let duties and letters have documents."""
    ports.register(DUTY, may_see, may_add=may_add, place=place, indexed=papers.of_duty)
    ports.register(ANSWER, sees_answer, may_add=adds_to_answer, place=answer_place, roles=(SCAN, ATTACHMENT), holds=papers.judged, indexed=papers.of_answer)
    ports.register(
        TRANSFER,
        sees_letter,
        may_add=adds_to_letter,
        place=letter_place,
        roles=(SCAN, ATTACHMENT, ISSUED_COPY),
        holds=has_left,
        indexed=lambda _session, _number: (),
    )


def may_see(session: Session, identity: Identity, duty_id: int) -> bool:
    """Whoever may see the duty."""
    return _seen(session, identity, duty_id) is not None


def may_add(session: Session, identity: Identity, duty_id: int) -> bool:
    """The agency that holds it, and those of the office who note things down for it."""
    found = _seen(session, identity, duty_id)
    return found is not None and adds(identity, found)


def adds(identity: Identity, duty: Duty) -> bool:
    """The same for a duty at hand."""
    return _adds(identity, duty.agency_id, duty.body_id)


def _adds(identity: Identity, agency_id: int, body_id: int) -> bool:
    if identity.may(Permission.DUTY_ANSWER):
        return agency_id in identity.scope("agency") or identity.may(Permission.DUTY_DISTRIBUTE)
    return identity.may(Permission.DUTY_RECORD) and body_id in identity.scope("body")


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


# -- answer letters --------------------------------------------------------------------------------------------------------


def sees_answer(session: Session, identity: Identity, letter_id: int) -> bool:
    """Whoever may see a duty that the letter answers."""
    return papers.answer_letter(session, letter_id, reading.visible(identity, clock.now())) is not None


def adds_to_answer(session: Session, identity: Identity, letter_id: int) -> bool:
    """The agency whose letter it is, and those of the office who enter letters for it."""
    found = papers.answer_letter(session, letter_id, reading.visible(identity, clock.now()))
    return found is not None and found[0].kind != ON_SPOT and _adds(identity, found[0].agency_id, found[1])


def answer_place(session: Session, letter_id: int) -> Place | None:
    """The answer letter's page, called by its number."""
    row = session.get(AnswerLetter, letter_id)
    return Place(f"/answers/{letter_id}", row.number or str(letter_id)) if row else None


# -- transfer letters ------------------------------------------------------------------------------------------------------


def sees_letter(session: Session, identity: Identity, letter_id: int) -> bool:
    """Whoever may see the letter."""
    return _letter(session, identity, letter_id) is not None


def adds_to_letter(session: Session, identity: Identity, letter_id: int) -> bool:
    """Those who issue letters of its body, and the clerks who prepare them."""
    found = _letter(session, identity, letter_id)
    return found is not None and adds_scan(identity, found[1])


def adds_scan(identity: Identity, bundle: Bundle) -> bool:
    """The same for a letter's bundle at hand."""
    works = identity.may(Permission.TRANSFER_ISSUE) or identity.may(Permission.TRANSFER_DRAFT)
    return works and bundle.body_id in identity.scope("body")


def has_left(session: Session, letter_id: int) -> bool:
    """Whether it has left."""
    return papers.left(session, letter_id, clock.now())


def letter_place(session: Session, letter_id: int) -> Place | None:
    """The letter's page, called by its number."""
    row = session.get(TransferLetter, letter_id)
    return Place(f"/letters/{letter_id}", row.full_number) if row else None


def _letter(session: Session, identity: Identity, letter_id: int) -> tuple[TransferLetter, Bundle] | None:
    if not identity.may(Permission.DUTY_READ):
        return None
    try:
        return transfers.letter(session, letter_id, identity, clock.now())
    except NotFound:
        return None
