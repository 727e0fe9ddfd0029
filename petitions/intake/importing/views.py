"""Pages of importing: send a file, look at what would happen, say yes, follow it, read the report, fetch the refused rows."""

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Conflict, Invalid, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.intake.importing import actions, errors_file, queries, reading, report, storage
from petitions.intake.importing.models import CHECKING, READY, RUNNING, WAITING, ImportBatch
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, refused, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office

blueprint = Blueprint("importing", __name__, url_prefix="/import")
menu.register(menu.Entry("importing.listing", say("Nhập tệp"), "file-import", Permission.PETITION_IMPORT, order=40, key="g i"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BUSY = (CHECKING, WAITING, RUNNING)
STATES = {
    CHECKING: (say("đang kiểm tra"), "act", "refresh"),
    READY: (say("chờ xác nhận"), "near", "clock"),
    WAITING: (say("chờ nhập"), "act", "clock"),
    RUNNING: (say("đang nhập"), "act", "refresh"),
    "done": (say("đã nhập xong"), "done", "circle-check"),
    "refused": (say("không nhập được"), "late", "alert-triangle"),
    "cancelled": (say("đã bỏ"), "quiet", "ban"),
}


@blueprint.get("")
@needs(Permission.PETITION_IMPORT)
def listing() -> str:
    """The form to send a file, and the batches so far."""
    return page("importing/list.html", **_listing(blank_form()))


@blueprint.post("")
@needs(Permission.PETITION_IMPORT)
def upload() -> ResponseReturnValue:
    """Keep the file and have it checked in the background. The file is written before the transaction begins."""
    try:
        body_id, name, data = _sent()
        digest = storage.digest_of(data)
        storage.write_private(storage.upload_of(office().settings.data_dir, body_id, digest), data)
        batch = actions.begin(db(), body_id=body_id, file_name=name, digest=digest, size=len(data), state=CHECKING, by=identity(), now=clock.now())
    except Invalid as error:
        return refused("importing/list.html", error, **_listing(None))
    except (Conflict, PetitionsError) as error:
        problem = Invalid({"file": [error.message]})
        return page("importing/list.html", **_listing(typed(problem.fields))), 409 if isinstance(error, Conflict) else 422
    return redirect(url_for("importing.show", batch_id=batch.id), 303)


@blueprint.get("/<int:batch_id>")
@needs(Permission.PETITION_IMPORT)
def show(batch_id: int) -> str:
    """One batch: being checked, waiting for a yes, on its way, or done."""
    batch = queries.batch(db(), batch_id, identity())
    return page(
        "importing/show.html", batch=batch, report=report.read(batch.report or {}), errors_ready=_errors_ready(batch), busy=batch.state in BUSY, states=STATES
    )


@blueprint.get("/<int:batch_id>/progress")
@needs(Permission.PETITION_IMPORT)
def progress(batch_id: int) -> ResponseReturnValue:
    """The bar alone; when there is nothing left to follow, the whole page is asked for."""
    batch = queries.batch(db(), batch_id, identity())
    if batch.state not in BUSY:
        return Response(status=204, headers={"HX-Refresh": "true"})
    return page("importing/progress.html", batch=batch, states=STATES)


@blueprint.post("/<int:batch_id>/confirm")
@needs(Permission.PETITION_IMPORT)
def confirm(batch_id: int) -> ResponseReturnValue:
    """Yes: the good rows go in."""
    actions.confirm(db(), queries.batch(db(), batch_id, identity()), by=identity(), now=clock.now())
    return redirect(url_for("importing.show", batch_id=batch_id), 303)


@blueprint.post("/<int:batch_id>/cancel")
@needs(Permission.PETITION_IMPORT)
def cancel(batch_id: int) -> ResponseReturnValue:
    """No: nothing goes in, and the file is thrown away."""
    batch = queries.batch(db(), batch_id, identity())
    actions.cancel(db(), batch, by=identity(), now=clock.now())
    storage.upload_of(office().settings.data_dir, batch.body_id, batch.file_digest).unlink(missing_ok=True)
    flash(str(say("Đã bỏ tệp «{name}»: không có gì được nhập.", name=batch.file_name)))
    return redirect(url_for("importing.listing"), 303)


@blueprint.get("/<int:batch_id>/errors.xlsx")
@needs(Permission.PETITION_IMPORT)
def errors(batch_id: int) -> Response:
    """The rows that are not in, with the reasons, to be mended and imported again."""
    batch = queries.batch(db(), batch_id, identity())
    if not _errors_ready(batch):
        raise NotFound(say("Tệp các dòng chưa nhập không còn (chỉ giữ 30 ngày)."))
    return send_file(storage.errors_of(office().settings.data_dir, batch.id), XLSX, as_attachment=True, download_name=f"chua-nhap-{batch.id}.xlsx")


@blueprint.get("/template.xlsx")
@needs(Permission.PETITION_IMPORT)
def template() -> Response:
    """An empty spreadsheet with the columns of the contract."""
    answer = Response(errors_file.template(), mimetype=XLSX)
    answer.headers["Content-Disposition"] = "attachment; filename=mau-nhap-kien-nghi.xlsx"
    return answer


def _sent() -> tuple[int, str, bytes]:
    """Body, file name and bytes as sent; raises Invalid."""
    file = request.files.get("file")
    wrong: dict[str, list[Message | str]] = {}
    with glance() as session:
        bodies = {str(body.id): body.id for body in council.bodies(session) if body.id in identity().scope("body")}
    body = bodies.get(request.form.get("body", "")) or (next(iter(bodies.values())) if len(bodies) == 1 else None)
    if body is None:
        wrong["body"] = [say("Hãy chọn cơ quan nhận kiến nghị.")]
    if file is None or not file.filename:
        wrong["file"] = [say("Hãy chọn tệp .xlsx hoặc .csv.")]
    if wrong or body is None or file is None:
        raise Invalid(wrong)
    data = file.read(reading.MOST_BYTES + 1)
    if len(data) > reading.MOST_BYTES:
        raise Invalid({"file": [say("Tệp lớn hơn 20 MB. Hãy chia thành nhiều tệp rồi nhập từng tệp.")]})
    return body, (file.filename or "").replace("\\", "/").rpartition("/")[2], data


def _listing(form: Form | None) -> dict[str, object]:
    with glance() as session:
        own = [(body.id, body.name) for body in council.bodies(session) if body.id in identity().scope("body")]
        number = max(1, request.args.get("page", 1, type=int) or 1)
        found = queries.batches(session, identity(), number)
        if request.method == "POST":
            session.expunge_all()  # this look ends before the page is drawn
    shown: dict[str, object] = {"bodies": own, "found": found, "states": STATES}
    return shown if form is None else {**shown, "form": form}


def _errors_ready(batch: ImportBatch) -> bool:
    return storage.errors_of(office().settings.data_dir, batch.id).exists()
