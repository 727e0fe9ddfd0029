"""The demo's answers: one letter for many items, judged by the lead, asked again, told to the voters, closed by the Standing Committee."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from petitions.core.text import fold
from petitions.demo import letters
from petitions.demo.playing import Play, Sent, moment
from petitions.duties.actions import answering, closing, judging, proving, publishing, telling
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.judging import Verdict
from petitions.intake.models import Petition


def answer(play_: Play, many: Sequence[Sent], day: date) -> None:
    """One letter answers many; a week later the office judges, then each goes its way."""
    officer = play_.agency_of(many[0].duty)
    proposals = [_proposal(play_, one, day) for one in many]
    given = [play_.answers[one.summary] for one in many if one.summary in play_.answers]
    agency = play_.directory.agencies[many[0].duty.agency_id]
    number = given[0].number if given else f"{_number(play_, agency.id)}/{_symbol(agency.name)}"
    letter = LetterIn(number, day, letters.after(day, 2) if officer is play_.clerk else None, "Trần Thị Mẫu Bình", "")
    filed = letters.after(day, 2)
    answering.file_answer(play_.session, letter, proposals, **play_.at(filed, officer))
    judged = letters.after(day, 9)
    if judged > play_.last:
        return
    for one in many:
        if one.plan != letters.ANSWERED:
            _judge(play_, one, judged)


def _symbol(name: str) -> str:
    """The first letters of an agency's name, as its letters bear them."""
    return "UBND-VP" if name.startswith("Ủy ban") else "".join(word[0] for word in fold(name).upper().split() if word[0].isalpha())[:6] + "-VP"


def _number(play_: Play, agency_id: int) -> int:
    play_.numbers[agency_id] = play_.numbers.get(agency_id, 1100 + agency_id % 700) + 137
    return play_.numbers[agency_id]


def _class(one: Sent) -> str:
    return {
        letters.SETTLED: "resolved",
        letters.EXPLAINED: "explained",
        letters.TOLD: "explained",
        letters.CLARIFIED: "explained",
        letters.SUSPENDED: "explained",
    }.get(one.plan, "in_progress")


def _proposal(play_: Play, one: Sent, day: date) -> Proposal:
    answer = play_.answers.get(one.summary)
    kind = answer.answer_class if answer else _class(one)
    text = answer.text if answer else letters.words_of("unclear" if one.plan == letters.CLARIFIED else kind, one.number)
    promised = letters.promised_in(text) if answer else None
    if kind == "in_progress" and not answer:
        promised = {letters.MISSED: letters.after(day, 120), letters.AIMLESS: None}.get(one.plan, letters.after(day, 420))
    if promised is not None and promised < day:
        promised = None
    reason = {"resolved": "carried_out", "explained": "guidance"}.get(kind) or ("with_roadmap" if promised else "no_means")
    return Proposal(one.duty.id, kind, reason, text, "", promised if kind == "in_progress" else None)


def _judge(play_: Play, one: Sent, day: date) -> None:
    session = play_.session
    if one.plan == letters.CLARIFIED:
        judging.judge(session, one.duty.id, Verdict("unclear", words=letters.QUESTION), **play_.at(day, play_.lead))
        _clarify(play_, one, day)
        return
    kind = play_.answers[one.summary].answer_class if one.summary in play_.answers else _class(one)
    if kind == "resolved":
        proving.add_evidence(session, one.duty.id, dated_on=day, note=letters.EVIDENCE, **play_.at(day, play_.clerk))
    judging.judge(session, one.duty.id, Verdict("complete", kind), **play_.at(day, play_.lead))
    if one.plan == letters.TOLD or (kind == "resolved" and one.number % 2 == 0):
        _tell(play_, one, letters.after(day, 30))
    if kind == "resolved" and day >= date(2025, 3, 1):  # before that no rule asked for it
        _publish(play_, one, letters.after(day, 6))
    closed = letters.after(day, 45)
    if kind in ("resolved", "explained") and one.plan != letters.TOLD and one.number % 3 and closed < play_.last:
        closing.close(session, one.duty.id, **play_.at(closed, play_.standing if one.duty.body_id in play_.standing.scope("body") else play_.lead))
    elif one.plan == letters.PROMISED and one.summary not in play_.answers:
        _report(play_, one, letters.after(day, 60))
        _keep(play_, one)


def _clarify(play_: Play, one: Sent, day: date) -> None:
    """Asked again: answered within its days by those of even number, still owed by the others."""
    again = letters.after(day, 12)
    if (one.number % 2 and day.year >= 2025) or again >= play_.last:
        return
    officer, number = play_.agency_of(one.duty), _number(play_, one.duty.agency_id)
    text = letters.words_of("resolved", one.number)
    answering.file_answer(
        play_.session,
        LetterIn(f"{number}/BC-VP", again, again, "Trần Thị Mẫu Bình"),
        [Proposal(one.duty.id, "resolved", "carried_out", text)],
        **play_.at(again, officer),
    )
    judged = letters.after(again, 6)
    if judged < play_.last:
        proving.add_evidence(play_.session, one.duty.id, dated_on=judged, note=letters.EVIDENCE, **play_.at(judged, play_.clerk))
        judging.judge(play_.session, one.duty.id, Verdict("complete", "resolved"), **play_.at(judged, play_.lead))


def _tell(play_: Play, one: Sent, day: date) -> None:
    constituency = play_.session.scalar(select(Petition.constituency_id).where(Petition.id == one.duty.subject_id))
    group = play_.groups.get(constituency or 0)
    if group is not None and day < play_.last:
        telling.tell(play_.session, one.duty.id, deputy_group_id=group, told_on=day, meeting="Tiếp xúc cử tri tại nơi ứng cử", **play_.at(day, play_.clerk))


def _keep(play_: Play, one: Sent) -> None:
    """A promise whose day has come was kept some days before it."""
    due = one.duty.resolution_due
    if due is None or due >= play_.last:
        return
    done = letters.after(due, -12)
    proving.add_evidence(play_.session, one.duty.id, dated_on=done, note=letters.EVIDENCE, **play_.at(done, play_.clerk))
    judging.confirm_resolved(play_.session, one.duty.id, done_on=done, reason="Đã kiểm tra thực tế", **play_.at(done, play_.lead))


def _publish(play_: Play, one: Sent, day: date) -> None:
    """Published, approved, or waiting for its approval, in turn."""
    session, text = play_.session, letters.words_of("resolved", one.number)
    row = publishing.draft_publication(session, one.duty.id, text=text, by=play_.clerk, now=moment(day))
    if one.number % 3 == 2 or letters.after(day, 8) >= play_.last:
        return
    publishing.approve_publication(session, one.duty.id, version=row.version, by=play_.lead, now=moment(letters.after(day, 2)))
    if one.number % 3:
        return
    on = letters.after(day, 4)
    publishing.publish(session, one.duty.id, on=on, url="https://hdnd.hanoi.gov.vn", **play_.at(on, play_.clerk))
    publishing.post(session, one.duty.id, posted_from=on, place="Trụ sở tiếp công dân Thành phố", **play_.at(on, play_.clerk))


def _report(play_: Play, one: Sent, day: date) -> None:
    officer = play_.agency_of(one.duty)
    if day < play_.last and officer is play_.officer:
        text = "Đã hoàn thành phần nền, đang thi công mặt đường và hệ thống thoát nước."
        proving.report(play_.session, one.duty.id, text=text, on=day, percent=60, **play_.at(day, officer))
