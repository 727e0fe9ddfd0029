"""What was ticked on the board and came into no draft: named, with why and where to go on; the list that it was ticked on."""

from collections.abc import Mapping, Sequence

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties import subjects
from petitions.duties.models.duty import Duty
from petitions.duties.urging.actions.drafting import DRAFTED_ALREADY, ENDED
from petitions.duties.urging.queries import drafting

NAMED = 5  # codes and links of one reason
BOARD = "/board/list?"


def list_of(back: str) -> str:
    """The address of the list that a form came from; what is late, if it is no list of the board."""
    return back if back.startswith(BOARD) and back.isprintable() and len(back) < 500 else url_for("duties.board.rows", what="late")


def told(session: Session, refused: Mapping[int, Message], who: Identity) -> Markup:
    """One notice: how many, and by reason which."""
    duties = {duty.id: duty for duty in drafting.duties(session, list(refused))}
    captions = subjects.captions(session, [(duty.subject_kind, duty.subject_id) for duty in duties.values()])
    by_reason: dict[Message, list[Duty]] = {}
    for number, why in refused.items():
        by_reason.setdefault(why, []).append(duties[number])
    said = []
    for why, many in by_reason.items():
        codes = ", ".join(dict.fromkeys(captions[duty.subject_kind, duty.subject_id].code for duty in many[:NAMED]))
        more = str(say(" và {n} việc khác", n=len(many) - NAMED)) if len(many) > NAMED else ""
        links = _links(session, why, many, who)
        said.append(Markup("{}{} – {}{}").format(codes, more, str(why), Markup(" ({})").format(Markup(", ").join(links)) if links else ""))
    head = say_n("{n} việc không đưa vào dự thảo:", "{n} việc không đưa vào dự thảo:", len(refused))
    return Markup("{} {}.").format(str(head), Markup("; ").join(said))


def _links(session: Session, why: Message, many: Sequence[Duty], who: Identity) -> list[Markup]:
    if why == DRAFTED_ALREADY:
        drafts = drafting.drafts_with(session, [duty.id for duty in many])[:NAMED]
        return [_link(url_for("duties.urgings.show", urging_id=one), say("Dự thảo {n}", n=one)) for one in drafts]
    if why == ENDED and who.may(Permission.DUTY_HAND_OVER):
        return [_link(url_for("duties.heirs.listing"), say("Bàn giao việc"))]
    return []


def _link(url: str, words: Message) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, str(words))
