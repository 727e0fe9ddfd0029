"""Deadline rules and the office's choices: read by everybody who works here, changed by new versions, never for the past."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, RuleBroken
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties import rules, settings
from petitions.duties.actions import ruling
from petitions.duties.actions.ruling import VersionIn
from petitions.duties.models.rules import DIRECTIONS, UNITS
from petitions.duties.queries import rules as queries
from petitions.duties.schemas import VersionForm
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db
from petitions.workdays.counting import Unit, length_words

blueprint = Blueprint("laws", __name__)
menu.register(menu.Entry("duties.laws.listing", say("Quy định thời hạn"), "gavel", Permission.REFERENCE_READ, order=85))
UNIT_WORDS: dict[str, Message] = {
    "calendar_day": say("ngày (kể cả ngày nghỉ)"),
    "working_day": say("ngày làm việc"),
    "fixed_date": say("ngày ghi trong văn bản"),
    "quarter_end": say("ngày cuối quý"),
    "session": say("ngày khai mạc kỳ họp"),
    "continuous": say("thường xuyên, xem lại theo kỳ"),
}
DIRECTION_WORDS: dict[str, Message] = {"after": say("sau sự kiện"), "before": say("trước sự kiện")}
SETTING_WORDS: dict[str, tuple[Message, Message]] = {
    "due_soon_days": (say("Sắp đến hạn: còn từ"), say("ngày làm việc")),
    "long_overdue_days": (say("Quá hạn lâu: trễ từ"), say("ngày làm việc")),
    "max_extensions": (say("Mỗi hạn được gia hạn nhiều nhất"), say("lần")),
    "recall_minutes": (say("Công văn thu hồi được trong"), say("phút sau khi phát hành")),
}
CHOICE_WORDS: dict[str, tuple[Message, dict[str, Message]]] = {
    "late_return": (say("Trả lại sau thời hạn"), {"refuse": say("không nhận"), "flag": say("nhận và ghi là muộn")}),
}


@blueprint.get("/deadline-rules")
@needs(Permission.REFERENCE_READ, Permission.REFERENCE_MANAGE)
def listing() -> str:
    """Every rule with its versions, what is not confirmed marked, gaps said."""
    return _listing(blank_form())


def _listing(form: Form) -> str:
    session, today = db(), clock.today()
    book = queries.rulebook(session)
    shown = [(row, rules.EVENTS.get(row.start_event, row.start_event), book.versions.get(row.code, ())) for row in queries.rules(session)]
    chosen = queries.settings(session)
    return page(
        "duties/rules.html",
        shown=shown,
        flaws=[flaw.message for flaw in book.flaws()],
        today_in_force={code: found.id for code in book.versions if (found := book.find(code, today))},
        words=lambda version: length_words(Unit(version.unit), version.signed),
        may_edit=identity().may(Permission.REFERENCE_MANAGE),
        settings=chosen,
        setting_words=SETTING_WORDS,
        choice_words=CHOICE_WORDS,
        limits=settings.LIMITS,
        form=form,
    )


@blueprint.post("/deadline-rules/settings")
@needs(Permission.REFERENCE_MANAGE)
def save_settings() -> ResponseReturnValue:
    """Change the office's choices: those that differ."""
    chosen = queries.settings(db())
    wrong: dict[str, list[Message | str]] = {}
    for key in settings.DEFAULTS:
        sent = request.form.get(key, "").strip()
        value: Any = int(sent) if sent.isdigit() else sent
        if sent == "" or value == getattr(chosen, key):
            continue
        try:
            ruling.set_setting(db(), key, value, by=identity(), now=clock.now())
        except Invalid as error:
            wrong |= error.fields
    if wrong:
        return _listing(typed(wrong)), 422
    flash(str(say("Đã lưu các lựa chọn của Văn phòng.")), "success")
    return redirect(url_for("duties.laws.listing"))


@blueprint.get("/deadline-rules/<code>/new")
@needs(Permission.REFERENCE_MANAGE)
def new(code: str) -> str:
    """A new version of a rule, from a day on."""
    book = queries.rulebook(db())
    held = book.version(code, clock.today()) if book.find(code, clock.today()) else next(iter(book.versions.get(code, ())), None)
    if held is None:
        raise RuleBroken(say("Không có quy định thời hạn «{code}».", code=code))
    values = {"length": held.length, "unit": held.unit.value, "direction": "before" if held.before else "after", "to_workday": held.to_workday}
    return _form(code, None, blank_form({**values, "legal_basis": held.basis}))


@blueprint.post("/deadline-rules/<code>/new")
@needs(Permission.REFERENCE_MANAGE)
def add(code: str) -> ResponseReturnValue:
    """Add it; the one before ends on the day before."""
    try:
        ruling.add_version(db(), code, VersionIn(**read_form(VersionForm)), by=identity(), now=clock.now())
    except Invalid as error:
        return _form(code, None, typed(error.fields)), 422
    flash(str(say("Đã thêm bản quy định mới. Hạn đã tính từ trước giữ nguyên.")), "success")
    return redirect(url_for("duties.laws.listing"))


@blueprint.get("/deadline-rules/versions/<int:version_id>")
@needs(Permission.REFERENCE_MANAGE)
def edit(version_id: int) -> str:
    """Correct a version; of a used one only its end, its confirmation and its words."""
    row = queries.version_row(db(), version_id)
    return _form(row.rule_code, version_id, blank_form({name: getattr(row, name) for name in VersionIn.__dataclass_fields__}))


@blueprint.post("/deadline-rules/versions/<int:version_id>")
@needs(Permission.REFERENCE_MANAGE)
def change(version_id: int) -> ResponseReturnValue:
    """Save the correction."""
    row = queries.version_row(db(), version_id)
    try:
        ruling.change_version(db(), version_id, VersionIn(**read_form(VersionForm)), by=identity(), now=clock.now())
    except Invalid as error:
        return _form(row.rule_code, version_id, typed(error.fields)), 422
    except RuleBroken as error:
        return _form(row.rule_code, version_id, typed({"": [error.message]})), 422
    flash(str(say("Đã lưu bản quy định.")), "success")
    return redirect(url_for("duties.laws.listing"))


def _form(code: str, version_id: int | None, form: Form) -> str:
    session = db()
    rule = next((row for row in queries.rules(session) if row.code == code), None)
    if rule is None:
        raise RuleBroken(say("Không có quy định thời hạn «{code}».", code=code))
    return page(
        "duties/rule.html",
        rule=rule,
        event=rules.EVENTS.get(rule.start_event, rule.start_event),
        version_id=version_id,
        used=version_id is not None and queries.used(session, version_id),
        form=form,
        units=[(unit, UNIT_WORDS[unit]) for unit in UNITS],
        directions=[(one, DIRECTION_WORDS[one]) for one in DIRECTIONS],
    )
