"""Answer letters: one letter, many duties, filled in once; its page, where the office judges each of its answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.documents import panel as documents
from petitions.documents import sending
from petitions.documents.kinds import ACCEPT, MOST_BYTES
from petitions.duties import classes, listing, subjects
from petitions.duties.actions import answering, judging, withdrawing
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.judging import Verdict
from petitions.duties.models.answers import ON_SPOT
from petitions.duties.panel import Desk
from petitions.duties.queries import history, queues, reading
from petitions.duties.queries.inbox import Row
from petitions.duties.queries.papers import ANSWER
from petitions.duties.schemas import AnswerForm, JudgeForm, ReasonForm
from petitions.duties.showing import answer as in_words
from petitions.duties.workflow import ANSWERED, UNDER_REVIEW
from petitions.web import uploads
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("answers", __name__)
MOST = 200
WAITS = frozenset({ANSWERED, UNDER_REVIEW})


@blueprint.get("/answers/new")
@needs(Permission.DUTY_ANSWER, Permission.DUTY_RECORD)
def new() -> str:
    """The form of an answer letter for the chosen duties."""
    today = clock.today()
    return _form(_ids(request.args.getlist("ids")), blank_form(dated_on=today, received_on=today if not identity().may(Permission.DUTY_ANSWER) else None))


@blueprint.post("/answers/new")
@needs(Permission.DUTY_ANSWER, Permission.DUTY_RECORD)
@uploads.receives(MOST_BYTES)
def file() -> ResponseReturnValue:
    """Enter the letter with its scan; all of its answers or none."""
    ids = _ids([value for name, value in request.form.items() if name.endswith("-duty_id")])
    try:
        scans = sending.all_or_none()
    except Invalid as error:
        return _form(ids, typed(error.fields)), 422
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    try:
        values = read_form(AnswerForm)
        known = {row.id for row in _rows(ids)[0]}
        proposals = [_proposal(one, values) for one in values["items"] if one["duty_id"] in known]
        letter = LetterIn(values["number"], values["dated_on"], values["received_on"], values["signatory"], values["text"])
        with session.begin_nested():
            made = answering.file_answer(session, letter, proposals, scans, by=who, now=now, today=today)
    except Invalid as error:
        return _form(ids, typed(_placed(error.fields, ids))), 422
    except PetitionsError as error:
        return _form(ids, typed({"": [error.message]})), 422
    said = say_n("Đã ghi văn bản trả lời {number} cho {n} việc.", "Đã ghi văn bản trả lời {number} cho {n} việc.", len(proposals), number=made.number)
    flash(str(said), "success")
    return redirect(url_for("duties.answers.show", letter_id=made.id))


def _ids(texts: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(int(text) for text in texts if text.isdigit() and len(text) < 10))[:MOST]


def _rows(ids: Sequence[int]) -> tuple[list[Row], list[Row]]:
    """(what a letter may answer, what is reported on the page of its subject instead) of the chosen duties."""
    where = [queues.among(ids), reading.visible(identity(), clock.now())]
    found = queues.page_of(db(), where, total=len(ids), size=MOST).rows if ids else []
    apart = [row for row in found if "answer" in subjects.elsewhere(row.subject_kind)]
    return [row for row in found if row not in apart], apart


def _proposal(one: Mapping[str, Any], letter: Mapping[str, Any]) -> Proposal:
    """What the letter says on one duty; an empty box is as for the whole letter."""
    answer_class = one["agency_class"] or letter["agency_class"] or ""
    promised = one["promised_on"] or (letter["promised_on"] if answer_class == classes.IN_PROGRESS else None)
    return Proposal(one["duty_id"], answer_class, one["reason"], one["text"], one["roadmap"], promised)


def _placed(fields: Mapping[str, Sequence[Message | str]], ids: Sequence[int]) -> dict[str, list[Message | str]]:
    """Messages of the action under boxes that the page has."""
    moved = {"reason": "agency_class", "items": ""}
    found: dict[str, list[Message | str]] = {}
    for name, messages in fields.items():
        found.setdefault(moved.get(name, name), []).extend(messages)
    return found


def _form(ids: Sequence[int], form: Form) -> str:
    session = db()
    desk = Desk.read(session, clock.today())
    rows, apart = _rows(ids)
    shown = listing.lines(session, [*rows, *apart], desk, queues.questions(rows))
    return page(
        "duties/answer_new.html",
        lines=shown[: len(rows)],
        apart=shown[len(rows) :],
        form=form,
        classes=list(classes.CLASSES.items()),
        reasons=_reasons(),
        records=not identity().may(Permission.DUTY_ANSWER),
        accept=ACCEPT,
    )


def _reasons() -> list[tuple[Message, list[tuple[str, Message]]]]:
    return [(classes.CLASSES[one], list(rows.items())) for one, rows in classes.REASONS.items()]


@blueprint.get("/answers/<int:letter_id>")
@needs(Permission.DUTY_READ)
def show(letter_id: int) -> str:
    """One answer letter with what it says on each duty, and the office's verdicts."""
    return _show(letter_id, blank_form())


@blueprint.post("/answers/<int:letter_id>")
@needs(Permission.DUTY_JUDGE)
def judge(letter_id: int) -> ResponseReturnValue:
    """Judge many answers at once; each alone, what is left without a quality waits."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    try:
        values = read_form(JudgeForm)
    except Invalid as error:
        return _show(letter_id, typed(error.fields)), 422
    seen = {row.duty_id for row in _items(letter_id)}
    done, wrong = 0, dict[str, list[Message | str]]()
    step = session.begin_nested()  # taken back when one is refused, so that the page shows what stands; else it goes with the request's own commit
    for one in values["items"]:
        number = one.pop("duty_id")
        if one["quality"] is None or number not in seen:
            continue
        try:
            with session.begin_nested():
                judging.judge(session, number, Verdict(**one), by=who, now=now, today=today)
            done += 1
        except Invalid as error:
            wrong |= {f"items-{number}-{name}": messages for name, messages in error.fields.items()}
        except PetitionsError as error:
            wrong[f"items-{number}-quality"] = [error.message]
    if wrong:
        step.rollback()
        session.expire_all()
        return _show(letter_id, typed(wrong)), 422
    flash(str(say_n("Đã đánh giá {n} câu trả lời.", "Đã đánh giá {n} câu trả lời.", done)), "success" if done else "error")
    return redirect(url_for("duties.answers.show", letter_id=letter_id))


@blueprint.get("/answers/<int:letter_id>/withdraw")
@needs(Permission.DUTY_RECORD)
def withdrawal(letter_id: int) -> str:
    """Why a letter that was entered wrongly is taken back."""
    return _withdrawal(letter_id, blank_form())


@blueprint.post("/answers/<int:letter_id>/withdraw")
@needs(Permission.DUTY_RECORD)
def withdraw(letter_id: int) -> ResponseReturnValue:
    """Take it back."""
    items = _seen(letter_id)
    try:
        with db().begin_nested():
            withdrawing.withdraw_answer(db(), letter_id, **read_form(ReasonForm), by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _withdrawal(letter_id, typed(error.fields)), 422
    except PetitionsError as error:
        return _withdrawal(letter_id, typed({"": [error.message]})), 422
    said = say_n(
        "Đã rút văn bản {number}; {n} việc trở lại như trước.", "Đã rút văn bản {number}; {n} việc trở lại như trước.", len(items), number=items[0].number
    )
    flash(str(said), "success")
    return redirect(url_for("duties.answers.show", letter_id=letter_id))


def _withdrawal(letter_id: int, form: Form) -> str:
    head = _seen(letter_id)[0]
    back = url_for("duties.answers.show", letter_id=letter_id)
    warning = say("Mọi việc trong văn bản trở lại như trước khi có trả lời. Tạm dừng và đề nghị gia hạn đã chấm dứt khi ghi văn bản thì không tự mở lại.")
    return page("duties/reason.html", label=say("Rút văn bản trả lời ghi nhầm"), what=head.number, back=back, form=form, warning=warning)


def _seen(letter_id: int) -> list[history.Answered]:
    """What the letter says on the duties that this person may see; NotFound when there is none."""
    if items := _items(letter_id):
        return items
    raise NotFound(say("Không có văn bản trả lời này, hoặc bạn không được xem."))


def _withdrawable(items: Sequence[history.Answered], lines: Iterable[listing.Line]) -> bool:
    """Nothing was judged, it was a letter, and every duty still waits with it."""
    return all(one.kind != ON_SPOT and not one.withdrawn and one.judged_on is None for one in items) and all(line.row.state in WAITS for line in lines)


def _items(letter_id: int) -> list[history.Answered]:
    return history.of_letter(db(), letter_id, reading.visible(identity(), clock.now()))


def _show(letter_id: int, form: Form) -> str:
    session, who = db(), identity()
    items = _seen(letter_id)
    desk = Desk.read(session, clock.today())
    rows = queues.page_of(session, [queues.among([item.duty_id for item in items])], total=len(items), size=MOST).rows
    lines = {line.row.id: line for line in listing.lines(session, rows, desk)}
    standing = history.standing(session, [item.item_id for item in items])
    shown = [(lines[item.duty_id], in_words(item)) for item in items if item.duty_id in lines]
    open_ = {line.row.id for line, one in shown if line.row.state == UNDER_REVIEW and one.row.item_id in standing and who.may(Permission.DUTY_JUDGE)}
    return page(
        "duties/answer.html",
        head=items[0],
        agency=items[0].agency,
        shown=shown,
        judging=open_,
        may_withdraw=who.may(Permission.DUTY_RECORD) and _withdrawable(items, lines.values()),
        papers=documents.panel_of(session, (ANSWER, letter_id), who, personal=False) if items[0].kind != ON_SPOT else None,
        form=form,
        qualities=list(classes.QUALITIES.items()),
        classes=list(classes.CLASSES.items()),
        reasons=_reasons(),
    )
