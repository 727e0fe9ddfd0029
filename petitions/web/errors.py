"""One table: which answer an error of the domain becomes, and how it is told: a page, a fragment for htmx, or JSON."""

import logging
import secrets
from urllib.parse import urlencode

from flask import Flask, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, PetitionsError, RuleBroken
from petitions.core.words import Message, say
from petitions.web import transaction
from petitions.web.access import SignInNeeded
from petitions.web.pages import page

log = logging.getLogger(__name__)
SIGN_IN = "/sign-in"
REFUSED_FOR_GOOD = (401, 403, 404)
STOP_POLLING = 286  # htmx's status for it: shown like any answer, and not asked again
BUSY = (Conflict, StaleDataError, IntegrityError)
STATUS: tuple[tuple[type[PetitionsError], int], ...] = (
    (SignInNeeded, 401),
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (RuleBroken, 422),
    (Invalid, 422),
)
# Status → heading, and what to do.
SAYS: dict[int, tuple[Message, Message]] = {
    400: (say("Yêu cầu không đọc được"), say("Hãy quay lại trang trước và thử lại.")),
    401: (say("Bạn cần đăng nhập"), say("Hãy đăng nhập rồi làm tiếp.")),
    403: (say("Bạn không có quyền làm việc này"), say("Nếu công việc của bạn cần đến trang này, hãy đề nghị quản trị viên cấp quyền.")),
    404: (say("Không tìm thấy trang"), say("Địa chỉ có thể đã thay đổi hoặc gõ chưa đúng. Hãy tìm lại hoặc về trang chủ.")),
    405: (say("Không dùng được cách này"), say("Hãy quay lại trang trước và thử lại.")),
    409: (say("Việc này vướng một thay đổi khác"), say("Hãy mở lại trang để xem tình trạng mới nhất.")),
    413: (say("Tệp quá lớn"), say("Hãy chia nhỏ tệp rồi gửi lại.")),
    422: (say("Chưa làm được"), say("Hãy sửa những chỗ được nêu rồi gửi lại.")),
    500: (say("Hệ thống gặp lỗi"), say("Chưa có gì bị thay đổi. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên mã lỗi bên dưới.")),
    503: (say("Hệ thống đang bận"), say("Chưa có gì bị thay đổi. Hãy thử lại sau ít giây.")),
}
FORGED = say("Biểu mẫu này đã hết hiệu lực, có thể do bạn đã đăng nhập lại ở thẻ khác.")
TAKEN = say("Người khác vừa lưu một thay đổi trùng với việc này. Hãy mở lại trang rồi làm lại.")
BUSY_NOW = say("Cơ sở dữ liệu đang bận.")


def status_of(error: Exception) -> int:
    """The HTTP status for `error`."""
    if isinstance(error, HTTPException):
        return error.code or 500
    if isinstance(error, BUSY):
        return 409
    if isinstance(error, OperationalError):
        return 503
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def answer(error: Exception) -> Response:
    """The answer that tells `error` to this reader; unexpected ones are logged under a number that the page shows."""
    status = status_of(error)
    reference = None
    if (isinstance(error, HTTPException) and error.response is not None) or 300 <= status < 400:
        return make_response(error)
    if isinstance(error, SignInNeeded) and request.method in transaction.READING and not wants_json() and not wants_fragment():
        return make_response(redirect(f"{SIGN_IN}?{urlencode({'next': request.full_path.rstrip('?')})}"))
    if status >= 500:
        reference = secrets.token_hex(4)
        log.error("error %s on %s %s", reference, request.method, request.path, exc_info=error)
    title, advice = SAYS.get(status) or SAYS[500 if status >= 500 else 400]
    detail = detail_of(error)
    response = make_response(_told(error, status, title=title, advice=advice, detail=detail, reference=reference))
    response.status_code = STOP_POLLING if polled() and status in REFUSED_FOR_GOOD else status
    return response


def detail_of(error: Exception) -> Message | None:
    """What exactly is wrong, in words for the reader; None where the heading says it all."""
    if isinstance(error, PetitionsError):
        return error.message
    if isinstance(error, CSRFError):
        return FORGED
    if isinstance(error, StaleDataError | IntegrityError):
        return TAKEN
    if isinstance(error, RequestEntityTooLarge) and request.max_content_length:
        return say("Mỗi lần gửi được nhiều nhất {n} MB.", n=request.max_content_length // (1024 * 1024))
    return BUSY_NOW if isinstance(error, OperationalError) else None


def wants_json() -> bool:
    """Whether the asker is a program."""
    return request.is_json or request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def polled() -> bool:
    """Whether a page asks by itself, time and again, whoever sits before it (see page.js)."""
    return wants_fragment() and request.method in transaction.READING and "X-Poll" in request.headers


def _told(error: Exception, status: int, *, title: Message, advice: Message, detail: Message | None, reference: str | None) -> ResponseReturnValue:
    fields = error.fields if isinstance(error, Invalid) else {}
    if wants_json():
        named = {name: [str(message) for message in messages] for name, messages in fields.items()}
        return {"error": {"status": status, "message": str(detail or title), "fields": named, "reference": reference}}
    values = {"status": status, "title": title, "advice": advice, "detail": detail, "fields": fields, "reference": reference}
    if wants_fragment():
        response = make_response(page("errors/fragment.html", **values))
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML"
        response.headers["HX-Reselect"] = "unset"  # the asker's own choice of a part would find nothing here
        return response
    keep = kept() if isinstance(error, SignInNeeded | CSRFError) else []
    return page("errors/error.html", kept=keep, stranger=isinstance(error, SignInNeeded), **values)


def kept() -> list[tuple[str, str]]:
    """What the reader typed into a form that was refused before it was read, for showing and sending again; never passwords.

    Only when our own page sent it: another site must not get its form shown here with a button.
    """
    own = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    origin = request.headers.get("Origin")
    if not own or (origin and origin != request.host_url.rstrip("/")):
        return []
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:  # too large to be read
        return []
    return [(name, value) for name, value in sent if name != "csrf_token" and "password" not in name]


def install(app: Flask) -> None:
    """Answer every error of `app` by the table, also those of the commit itself."""
    app.register_error_handler(Exception, answer)

    @app.after_request
    def settle(response: Response) -> Response:
        try:
            transaction.settle(response)
        except Exception as error:
            return answer(error)
        return response
