"""The escalation of demands as a page draws it: a line of steps with their days and links."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message, language, say
from petitions.duties.urging.models import TAKEN
from petitions.oversight import promises
from petitions.oversight.queries import escalation
from petitions.oversight.queries.escalation import ACTIVITIES, DECISIONS, DRAFTS, LETTERS, PROMISES, Step

EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Drawn:
    """One step in words; `on` None: no day is set yet."""

    on: date | None
    label: Message | str
    more: Message | str
    url: str
    icon: str
    tone: str = "act"
    badge: Message | None = None


def line(session: Session, duties: Select[Any], who: Identity, now: datetime, today: date) -> list[Drawn]:
    """The steps that `who` may see, oldest first; one statement."""
    return [_drawn(step, today) for step in escalation.steps(session, duties, who, now)]


def _drawn(step: Step, today: date) -> Drawn:
    name = step.name_en if language() == "en" and step.name_en else step.name
    if step.what == LETTERS:
        return Drawn(step.on, name, say("công văn {number}", number=step.words), f"/urgings/{step.id}", "mail")
    if step.what == DRAFTS:
        return Drawn(step.on, name, say("dự thảo, chưa phát hành"), f"/urgings/{step.id}", "mail", "quiet")
    if step.what == DECISIONS:
        taken = step.words == TAKEN
        words = say("{committee} nhận", committee=step.more or "–") if taken else say("không nhận")
        return Drawn(step.on, name, words, "/candidates/decided", "check" if taken else "x", "act" if taken else "quiet")
    if step.what == ACTIVITIES:
        told = say("{title}; người trả lời: {person}", title=step.words, person=step.more) if step.more else step.words
        return Drawn(step.on, name, told, url_for("oversight.activities.show", activity_id=step.id) + "#items", "gavel")
    if step.what == PROMISES:
        verdict = promises.verdict(step.more, step.due_on, step.done_on, today)
        url = url_for("oversight.recommendations.show", code=step.words)
        words = say("Cam kết {code}", code=step.words)
        return Drawn(step.on, words, step.name[:EXCERPT], url, "message-report", promises.TONES[verdict], promises.WORDS[verdict])
    words = say("Báo cáo HĐND tại kỳ họp thứ {number}", number=step.words)
    return Drawn(step.on, words, step.more, url_for("oversight.tabling.show", session=step.id), "building-bank", "late")
