"""The register (sổ kiến nghị): the list, a petition's page, its moves, its petitioners. The desk's pages lie in desk/."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, NotFound
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.duties.panel import panel_of
from petitions.intake import attachments, beside, panels
from petitions.intake.actions import moves, persons
from petitions.intake.choices import choices
from petitions.intake.desk import column, form, many
from petitions.intake.details import CLASS_TONES, CLASS_WORDS, facts
from petitions.intake.filters import Filters
from petitions.intake.following import lists as telling
from petitions.intake.following import sending, spot
from petitions.intake.following.queries import objected
from petitions.intake.likeness import views as likeness
from petitions.intake.listing import chips, lines, tabs
from petitions.intake.models import Petition
from petitions.intake.queries import names
from petitions.intake.queries.detail import detail
from petitions.intake.queries.listing import conditions, counts, listed
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.queries.reading import by_code, reads_diverted
from petitions.intake.queries.verdicts import state_tone, state_words
from petitions.intake.schemas import ClassifyForm, DeferForm, DivertForm, FilterQuery, PersonsForm, ReasonForm
from petitions.intake.timeline import DIVERSION_WORDS, SENT_BACK, Names, ids_in, items, last_sent_back
from petitions.intake.values import PetitionerValues
from petitions.intake.wordlists import views as wordlists
from petitions.intake.workflow import DIVERTED, DRAFT, WORKFLOW, open_moves
from petitions.journal.queries import done_to, timelines
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db, office

blueprint = Blueprint("intake", __name__)
for desk in (form, column, many, likeness, sending, telling, spot, wordlists):
    blueprint.register_blueprint(desk.blueprint)
menu.register(menu.Entry("intake.listing", say("Kiến nghị"), "clipboard-text", Permission.PETITION_READ, order=20, phone=True))
menu.register(menu.Entry("intake.desk.new", say("Nhập kiến nghị"), "plus", Permission.PETITION_ENTER, order=10, key="n"))
menu.register(menu.Entry("intake.many.queue", say("Chờ tiếp nhận"), "clipboard-check", Permission.PETITION_ACCEPT, order=15))
menu.register(menu.Entry("intake.many.to_classify", say("Chờ phân loại"), "tags", Permission.PETITION_CLASSIFY, order=25))
panels.register()


@blueprint.get("/petitions")
@needs(Permission.PETITION_READ)
def listing() -> str:
    """The register: filters in the address, counts by state, one page of rows."""
    session, who = db(), identity()
    filters: Filters = read_query(FilterQuery)["filters"]
    lists, atlas = read_lists(session), read_atlas(session)
    today = clock.today()
    by_state = counts(session, conditions(filters.without_state(), identity=who, lists=lists, atlas=atlas, today=today))
    where = conditions(filters, identity=who, lists=lists, atlas=atlas, today=today)
    shown = tabs(filters, by_state)
    rows = listed(session, where, sort=filters.sort, number=filters.page, total=next(tab.count for tab in shown if tab.current))
    bodies = who.scope("body") or frozenset(term.body_id for term in atlas.roll.terms)
    options = choices(atlas=atlas, lists=lists, body_ids=bodies, sessions=names.session_rows(session), agencies=names.agency_rows(session))
    drafts = [row.id for row in rows.rows if row.state == DRAFT and row.submitted_at is None]
    back = done_to(session, SENT_BACK, "petition", drafts)
    return page(
        "intake/list.html",
        filters=filters,
        tabs=shown,
        rows=rows,
        lines=lines(rows.rows, atlas=atlas, lists=lists, diverted=reads_diverted(who), sent_back=back),
        chips=chips(filters, atlas=atlas, lists=lists, options=options),
        options=options,
        form=blank_form({name: getattr(filters, name) for name in Filters.__dataclass_fields__}),
        may_enter=who.may(Permission.PETITION_ENTER),
        now=clock.now(),
    )


@blueprint.get("/petitions/<code>")
@needs(Permission.PETITION_READ)
def show(code: str) -> str:
    """One petition: original and summary, facts, delegates of its day, timeline, the moves open to this reader."""
    return page("intake/show.html", **_shown(code))


@dataclass(frozen=True, slots=True)
class Button:
    """One move as a button: posted at once, or opening a form of its own; `ask` confirms what cannot be undone; `main`: the page's blue one."""

    name: str
    label: Message
    form: bool
    ask: Message | None = None
    main: bool = False


MAIN = ("submit", "accept", "register", "classify")  # the first of these that is open is the page's main action; the others stand in the menu
NEEDS_FORM = frozenset({"classify", "divert", "send_back", "restore", "defer", "resume"})
ASKS = {"discard": say("Xóa nháp này? Không lấy lại được.")}


def _shown(code: str) -> dict[str, Any]:
    session, who, today = db(), identity(), clock.today()
    found = detail(session, code, who)
    petition = found.petition
    lists, atlas = read_lists(session), read_atlas(session)
    day = petition.dated_on or today
    own = ("petition", petition.id)
    followed = panel_of(session, own, identity=who, now=clock.now(), today=today) if found.sent else None
    about = [one.duty.id for one in (*followed.duties, *followed.ended)] if followed else []
    entries = timelines(session, [own, *(("duty", number) for number in about)])
    spoken = ids_in(entries)
    agencies = {row.agency_id: row.agency.name for row in petition.agencies if row.agency_id and row.agency}
    agencies |= followed.names if followed else {}
    agencies |= names.agencies(session, spoken["agencies"] - agencies.keys())
    sessions = {petition.council_session_id: found.council_session} if petition.council_session_id and found.council_session else {}
    sessions |= names.sessions(session, spoken["sessions"] - sessions.keys())
    bodies = {term.body_id: term.body for term in atlas.roll.terms}
    readable = petition.state != DIVERTED or reads_diverted(who)
    known = Names(lists, atlas.gazetteer, atlas.roll.constituencies, sessions, agencies, bodies)
    return {
        "petition": petition,
        "council_session": found.council_session,
        "petitioner_count": found.petitioners,
        "may_read_petitioners": who.may(Permission.PETITIONER_READ) and petition.body_id in who.scope("body"),
        "may_edit": who.may(Permission.PETITION_ENTER) and petition.body_id in who.scope("body") and petition.state != DIVERTED,
        "readable": readable,
        "documents_panel": attachments.panel_of(session, petition, who) if readable else None,
        "followed": followed,
        "may_note_spot": readable and spot.may_note(who, petition),
        "against": objected(session, petition.id) if found.objects else (None, []),
        "state": state_words(petition.state, found.verdict),
        "tone": state_tone(petition.state, found.verdict),
        "facts": facts(petition, atlas=atlas, lists=lists, today=today),
        "delegates": council.delegates_on(session, petition.constituency_id, day) if petition.constituency_id else [],
        "day": day,
        "sent_back": last_sent_back(entries) if petition.state == DRAFT and petition.submitted_at is None else None,
        "timeline": items(entries, known, texts=readable),
        "buttons": _buttons(petition, four_eyes=lists.four_eyes),
        "beside": beside.cards(who),
        "class_words": CLASS_WORDS,
        "class_tones": CLASS_TONES,
        "diversion_words": DIVERSION_WORDS,
    }


def _buttons(petition: Petition, *, four_eyes: bool) -> list[Button]:
    who = identity()
    if petition.body_id not in who.scope("body"):
        return []
    found = open_moves(state=petition.state, submitted=petition.submitted_at is not None, entered_by=petition.entered_by, by=who, four_eyes=four_eyes)
    names_open = {move.name for move in found}
    main = next((name for name in MAIN if name in names_open), None)
    return [Button(move.name, move.label, move.name in NEEDS_FORM, ASKS.get(move.name), move.name == main) for move in found]


# Moves ---------------------------------------------------------------------------------------------------------------------------

WITH_REASON = {"send_back": moves.send_back, "restore": moves.restore, "resume": moves.resume}
AT_ONCE = {"submit": moves.submit, "register": moves.register, "accept": moves.accept, "discard": moves.discard}
MOVERS = (Permission.PETITION_ENTER, Permission.PETITION_ACCEPT, Permission.PETITION_CLASSIFY, Permission.PETITION_DIVERT)


@blueprint.post("/petitions/<code>/move")
@needs(*MOVERS)
def move(code: str) -> ResponseReturnValue:
    """Make a move that needs no more than its name."""
    name = request.form.get("move", "")
    if name not in AT_ONCE:
        raise NotFound
    petition = by_code(db(), code, identity())
    AT_ONCE[name](db(), petition.id, by=identity(), now=clock.now())
    flash(f"{code}: {WORKFLOW[name].label}.", "success")
    return redirect(url_for("intake.listing") if name == "discard" else url_for("intake.show", code=code))


@blueprint.get("/petitions/<code>/<any(classify, divert, send_back, restore, defer, resume):name>")
@needs(*MOVERS)
def move_form(code: str, name: str) -> str:
    """The form of a move that needs a reason or values."""
    return _move_page(code, name, None)


@blueprint.post("/petitions/<code>/<any(classify, divert, send_back, restore, defer, resume):name>")
@needs(*MOVERS)
def move_with(code: str, name: str) -> ResponseReturnValue:
    """Make that move."""
    session, who, now = db(), identity(), clock.now()
    petition = by_code(session, code, who)
    try:
        if name == "classify":
            moves.classify(session, petition.id, **read_form(ClassifyForm), by=who, now=now)
        elif name == "divert":
            moves.divert(session, petition.id, **read_form(DivertForm), by=who, now=now, today=clock.today())
        elif name == "defer":
            moves.defer(session, petition.id, **read_form(DeferForm), by=who, now=now, today=clock.today())
        else:
            WITH_REASON[name](session, petition.id, **read_form(ReasonForm), by=who, now=now)
    except Invalid as error:
        return _move_page(code, name, typed(error.fields)), 422
    flash(f"{code}: {WORKFLOW[name].label}.", "success")
    return redirect(url_for("intake.show", code=code))


def _move_page(code: str, name: str, sent: Form | None) -> str:
    petition = by_code(db(), code, identity())
    lists = read_lists(db())
    if name not in {button.name for button in _buttons(petition, four_eyes=lists.four_eyes)}:
        raise NotAllowed(say("Việc này không mở cho bạn ở trạng thái hiện nay của kiến nghị."))
    values = {part: getattr(petition, part) for part in ("field_id", "report_group", "level")}
    return page(
        "intake/move.html",
        petition=petition,
        name=name,
        label=WORKFLOW[name].label,
        form=sent or blank_form(values),
        options=column.classification_choices(lists, petition.dated_on),
        kinds=list(DIVERSION_WORDS.items()),
    )


# Petitioners: protected ------------------------------------------------------------------------------------------------------------


@blueprint.post("/petitions/<code>/petitioners")
@needs(Permission.PETITIONER_READ)
def petitioners(code: str) -> str:
    """Show who asked; the look is written into the journal."""
    petition, people = persons.reveal(db(), code, by=identity(), now=clock.now())
    values: dict[str, Any] = {"voters_count": petition.voters_count}
    for n, row in enumerate(people):
        values |= {f"petitioners-{n}-name": row.name, f"petitioners-{n}-address": row.address, f"petitioners-{n}-phone": row.phone}
    return page("intake/petitioners.html", petition=petition, form=blank_form(values), may_edit=_may_edit(petition))


@blueprint.post("/petitions/<code>/petitioners/save")
@needs(Permission.PETITIONER_READ)
def save_petitioners(code: str) -> ResponseReturnValue:
    """Change who asked, and how many."""
    petition = by_code(db(), code, identity())
    try:
        values = read_form(PersonsForm)
        people = [PetitionerValues(**row) for row in values["petitioners"]]
        nameless = {f"petitioners-{n}-name": [say("Hãy ghi họ tên, hoặc bỏ trống cả dòng này.")] for n, row in enumerate(people) if not row.name}
        if nameless:
            raise Invalid(nameless)
        key = office().settings.secret_key
        persons.change(
            db(), petition.id, people, voters_count=values["voters_count"] or None, version=values["version"], by=identity(), now=clock.now(), key=key
        )
    except Invalid as error:
        return page("intake/petitioners.html", petition=petition, form=typed(error.fields), may_edit=_may_edit(petition)), 422
    flash(str(say("Đã lưu người kiến nghị của {code}.", code=code)), "success")
    return redirect(url_for("intake.show", code=code))


def _may_edit(petition: Petition) -> bool:
    return identity().may(Permission.PETITION_ENTER) and petition.state != DIVERTED
