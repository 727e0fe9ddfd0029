"""What happens to some of the demo's items before an answer: returned, re-routed, suspended, a later day asked for."""

from collections.abc import Callable, Mapping
from datetime import date

from petitions.demo import letters
from petitions.demo.playing import Play, Sent
from petitions.duties.actions import answering, extending, judging, receiving, stopping
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.judging import Verdict
from petitions.duties.models.duty import Duty


def _reroute(play_: Play, one: Sent, received: date) -> None:
    """Returned in time, accepted, given to another agency."""
    session, asked = play_.session, letters.after(received, 1)
    receiving.ask_return(session, one.duty.id, reason="Nội dung thuộc nhiệm vụ của cơ quan khác.", asked_on=asked, **play_.at(asked, play_.agency_of(one.duty)))
    decided = letters.after(asked, 3)
    receiving.decide_return(session, one.duty.id, accept=True, decision="Đồng ý, chuyển cơ quan có thẩm quyền.", **play_.at(decided, play_.standing))
    other = _other(play_, one.duty, decided)
    if other is not None:
        new = receiving.reroute(session, one.duty.id, agency_id=other, reason="Đúng thẩm quyền", on=decided, **play_.at(decided, play_.standing))
        answered = letters.after(decided, 38)
        if answered < play_.last:
            letter = LetterIn(f"{one.number + 300}/BC", answered, answered, "Trần Thị Mẫu Bình")
            said = Proposal(new.id, "explained", "guidance", letters.words_of("explained", one.number))
            answering.file_answer(session, letter, [said], **play_.at(answered, play_.clerk))
            judging.judge(session, new.id, Verdict("complete", "explained"), **play_.at(letters.after(answered, 7), play_.lead))


def _other(play_: Play, duty: Duty, day: date) -> int | None:
    """Another department of the city that lives on the day."""
    fit = (e.id for e in play_.directory.agencies.values() if e.level == "city" and e.kind == "department" and e.lives(day) and e.id != duty.agency_id)
    return min(fit, default=None)


def _back(play_: Play, one: Sent, received: date) -> None:
    """Returned and accepted; it waits to be sent elsewhere."""
    asked = letters.after(received, 1)
    agency = play_.at(asked, play_.agency_of(one.duty))
    receiving.ask_return(play_.session, one.duty.id, reason="Thuộc thẩm quyền của Ủy ban nhân dân xã, phường.", asked_on=asked, **agency)
    decided = letters.after(asked, 3)
    receiving.decide_return(play_.session, one.duty.id, accept=True, decision="Đồng ý nhận lại.", **play_.at(decided, play_.standing))


def _returning(play_: Play, one: Sent, received: date) -> None:
    """A return that waits for its decision."""
    asked = letters.after(received, 1)
    agency = play_.at(asked, play_.agency_of(one.duty))
    receiving.ask_return(play_.session, one.duty.id, reason="Đề nghị chuyển cơ quan quản lý tuyến đường.", asked_on=asked, **agency)


def _suspend(play_: Play, one: Sent, received: date) -> None:
    """Over Tết 2025: the clock stood still from the 20th of January to the 10th of February, and ran on with the same days left."""
    session, reason = play_.session, "Chờ kết luận của Thanh tra Thành phố về dự án"
    stopped, resumed = date(2025, 1, 20), date(2025, 2, 10)
    stopping.suspend(session, one.duty.id, reason=reason, on=stopped, **play_.at(stopped, play_.standing))
    stopping.resume(session, one.duty.id, on=resumed, reason="Đã có kết luận", **play_.at(resumed, play_.standing))


def _pause(play_: Play, one: Sent, received: date) -> None:
    """The clock stands still now."""
    day = date(2026, 1, 6)
    stopping.suspend(play_.session, one.duty.id, reason="Chờ kết quả kiểm định công trình", on=day, **play_.at(day, play_.standing))


def _extend(play_: Play, one: Sent, received: date) -> None:
    """Asked for a later day; nobody has decided yet."""
    day = letters.after(received, 20)
    agency = play_.at(day, play_.agency_of(one.duty))
    extending.ask_extension(play_.session, one.duty.id, wanted_on=date(2026, 3, 31), reason="Cần thêm thời gian khảo sát, lập dự toán.", asked_on=day, **agency)


Step = Callable[[Play, Sent, date], None]
BEFORE: Mapping[str, Step] = {
    letters.REROUTED: _reroute,
    letters.BACK: _back,
    letters.RETURNING: _returning,
    letters.SUSPENDED: _suspend,
    letters.EXTENDING: _extend,
    letters.PAUSED: _pause,
}
