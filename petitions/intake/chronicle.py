"""What the journal's page says of the acts of all rooms: it knows no room, so the words are handed to it here, once (ports.py)."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.accounts import captions as accounts
from petitions.accounts.models import Role, User
from petitions.agencies import captions as agencies
from petitions.agencies.models import Agency
from petitions.areas import lineage
from petitions.areas.models import AdminUnit
from petitions.core.freezing import thawed
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.council.labels import ACT_WORDS
from petitions.council.models import Body, Delegate
from petitions.duties import timeline as duties
from petitions.duties.sentences import sentence as duty_sentence
from petitions.intake import timeline
from petitions.intake.models import Field, Petition
from petitions.intake.queries.reading import reads_diverted
from petitions.intake.workflow import DIVERTED
from petitions.jobs.models import DONE, RUNNING, JobRun
from petitions.journal import words
from petitions.journal.words import Caption, Check, Subjects
from petitions.letters import chronicle as letters
from petitions.notifications import chronicle as notifications
from petitions.workdays import captions as workdays

CHECK = "journal-verify"  # the job that walks the whole chain
SENTENCES: Mapping[str, Message] = {
    "answer.file": say("{by} đã ghi một văn bản trả lời."),
    "bundle.draft": say("{by} đã lập tập hợp gửi đi."),
    "bundle.change": say("{by} đã sửa tập hợp gửi đi."),
    "bundle.submit": say("{by} đã trình tập hợp gửi đi."),
    "bundle.approve": say("{by} đã duyệt tập hợp gửi đi."),
    "bundle.send_back": say("{by} đã trả lại tập hợp gửi đi."),
    "bundle.cancel": say("{by} đã hủy tập hợp gửi đi."),
    "bundle.issue": say("{by} đã phát hành tập hợp gửi đi."),
    "bundle.send_now": say("{by} đã cho tập hợp gửi đi ngay."),
    "bundle.recall": say("{by} đã thu hồi tập hợp gửi đi."),
    "document.describe": say("{by} đã sửa thông tin của tài liệu."),
    "document.cite": say("{by} đã dẫn chiếu một tài liệu."),
    "agency.hand_over": say("{by} đã ghi việc bàn giao của một cơ quan."),
    "answer.withdraw": say("{by} đã rút một văn bản trả lời."),
    "committee.fields": say("{by} đã ghi các lĩnh vực của Ban."),
    "council.add_body": say("{by} đã thêm một cơ quan dân cử."),
    "council.add_delegate": say("{by} đã thêm một đại biểu."),
    "council.add_session": say("{by} đã thêm một kỳ họp."),
    "council.add_term": say("{by} đã thêm một khóa."),
    "council.edit_council_session": say("{by} đã sửa một kỳ họp."),
    "council.edit_term": say("{by} đã sửa một khóa."),
    "council.edit_body": say("{by} đã sửa một cơ quan dân cử."),
    "council.edit_delegate": say("{by} đã sửa một đại biểu."),
    "duty_setting.change": say("{by} đã sửa một lựa chọn về thời hạn."),
    "ladder.add": say("{by} đã thêm một bậc đôn đốc."),
    "ladder.change": say("{by} đã sửa một bậc đôn đốc."),
    "urging.propose": say("{by} đã lập một dự thảo đôn đốc."),
    "urging.add": say("{by} đã thêm việc vào một dự thảo đôn đốc."),
    "urging.take_out": say("{by} đã đưa việc ra khỏi một dự thảo đôn đốc."),
    "urging.replace": say("{by} đã thay một dự thảo đôn đốc bằng nấc cao hơn."),
    "urging.withdraw": say("{by} đã bỏ một dự thảo đôn đốc."),
    "urging.change": say("{by} đã sửa một dự thảo đôn đốc."),
    "urging.issue": say("{by} đã phát hành văn bản đôn đốc."),
    "urging.recall": say("{by} đã thu hồi văn bản đôn đốc."),
    "urging.acknowledge": say("{by} đã xác nhận nhận được đôn đốc."),
    "search.words_add": say("{by} đã thêm một dòng từ ngữ tìm kiếm."),
    "search.words_drop": say("{by} đã bỏ một dòng từ ngữ tìm kiếm."),
    "search.words_withdraw": say("{by} đã rút một dòng từ ngữ tìm kiếm."),
    "import.begin": say("{by} đã gửi một tệp kiến nghị."),
    "import.confirm": say("{by} đã xác nhận nhập một tệp kiến nghị."),
    "import.cancel": say("{by} đã bỏ một tệp kiến nghị."),
    "import.finish": say("{by} đã nhập xong một tệp kiến nghị."),
    "import.refuse": say("Một tệp kiến nghị đã không nhập được ({by})."),
    "letter.issue": say("{by} đã phát hành công văn."),
    "letter.recall": say("{by} đã thu hồi công văn."),
    "list.add": say("{by} đã thêm một mục vào danh mục."),
    "list.correct": say("{by} đã sửa cách ghi một mục của danh mục."),
    "list.end": say("{by} đã kết thúc một mục của danh mục."),
    "role.seed": say("{by} đã tạo vai trò."),
    "role.change": say("{by} đã sửa quyền của vai trò."),
    "rule.add": say("{by} đã thêm quy định về thời hạn."),
    "rule.change": say("{by} đã sửa quy định về thời hạn."),
}
LOADED: Mapping[str, Message] = {
    "agencies.load": say("danh bạ cơ quan"),
    "areas.load": say("các đơn vị hành chính"),
    "calendar.load": say("lịch làm việc"),
    "council.load_reference": say("HĐND, đơn vị bầu cử"),
    "intake.reference": say("danh mục của sổ kiến nghị"),
    "ladder.load": say("các bậc đôn đốc"),
    "letters.load": say("mẫu và sổ văn bản"),
    "rules.load": say("quy định về thời hạn"),
}
PLAIN: tuple[Mapping[str, Message], ...] = (accounts.ACTS, agencies.ACTS, lineage.ACTS, workdays.ACTS, ACT_WORDS)
_CODE = re.compile(r"[a-z_]+\.[a-z_]+")


def register(*more: words.Teller, fields: Sequence[Mapping[str, Message]] = (), subjects: Sequence[Subjects] = ()) -> None:
    """Hand the words over, those of rooms above this one behind our own."""
    words.tell_with(_told, *more)
    words.name_with(timeline.FIELDS, duties.FIELDS, letters.FIELDS, notifications.FIELDS, *fields)
    words.explain_with(_reason)
    words.check_with(last_check)
    for one in (*SUBJECTS, *subjects):
        words.register(one)


def _told(act: str, by: str) -> Message | None:
    if act in LOADED:
        return say("{by} đã nạp dữ liệu nền: {what}.", by=by, what=LOADED[act])
    if found := timeline.ACTS.get(act) or SENTENCES.get(act) or letters.SENTENCES.get(act) or notifications.SENTENCES.get(act):
        return Message(found.text, {"by": by})
    if found := duty_sentence(act, by):
        return found
    what = next((some[act] for some in PLAIN if act in some), None)
    return say("{by}: {what}.", by=by, what=what) if what else None


def _reason(text: str) -> str | None:
    """A reason in words; codes of acts, which only machines need, are left out."""
    known = accounts.why(text)
    return None if _CODE.fullmatch(text) else str(known)


def last_check(session: Session) -> Check | None:
    """When the whole chain was last walked along, and what was found."""
    run = session.scalar(select(JobRun).where(JobRun.job == CHECK, JobRun.state != RUNNING).order_by(JobRun.day.desc()).limit(1))
    if run is None or run.ended_at is None:
        return None
    kept = run.said or run.problem
    said = str(thawed(json.loads(kept))) if kept else str(say("không kiểm được, xem trang Vận hành."))
    return Check(run.ended_at, said, run.state == DONE)


def _petitions(session: Session, ids: Collection[int], reader: Identity) -> Mapping[int, Caption]:
    rows = session.execute(select(Petition.id, Petition.code, Petition.state).where(Petition.id.in_(sorted(ids))))
    opens = reads_diverted(reader)
    return {number: Caption(code, f"/petitions/{code}", shut=state == DIVERTED and not opens) for number, code, state in rows}


def _named(model: Any, column: Any, address: str) -> Callable[[Session, Collection[int], Identity], Mapping[int, Caption]]:
    def captions(session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
        rows = session.execute(select(model.id, column).where(model.id.in_(sorted(ids))))
        return {number: Caption(name, address.format(number) if address else "") for number, name in rows}

    return captions


def _numbered(address: str) -> Callable[[Session, Collection[int], Identity], Mapping[int, Caption]]:
    return lambda _session, ids, _reader: {number: Caption(f"#{number}", address.format(number)) for number in ids}


def _by_code(session: Session, text: str) -> int | None:
    return session.scalar(select(Petition.id).where(Petition.code == text.upper()))


def _by_username(session: Session, text: str) -> int | None:
    return session.scalar(select(User.id).where(User.username == text.lower()))


def _nameless(_session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
    return dict.fromkeys(ids, Caption(""))


LISTS = ("agencies", "areas", "calendar", "committee_fields", "council", "ladder", "letters", "levels", "office", "origins", "rules")  # shown without a number
SUBJECTS = (
    Subjects("petition", say("kiến nghị"), _petitions, _by_code),
    Subjects("user", say("tài khoản"), _named(User, User.username, ""), _by_username),
    Subjects("role", say("vai trò"), _named(Role, Role.name, "")),
    Subjects("agency", say("cơ quan"), _named(Agency, Agency.name, "/agencies/{}")),
    Subjects("unit", say("đơn vị hành chính"), _named(AdminUnit, AdminUnit.name, "/areas/{}")),
    Subjects("duty", say("việc của cơ quan"), _numbered("/duties/{}")),
    Subjects("bundle", say("tập hợp gửi đi"), _numbered("/bundles/{}")),
    Subjects("letter", say("công văn")),
    Subjects("answer", say("văn bản trả lời")),
    Subjects("constituency", say("đơn vị bầu cử"), _numbered("/constituencies/{}")),
    Subjects("delegate", say("đại biểu"), _named(Delegate, Delegate.name, "")),
    Subjects("field", say("lĩnh vực"), _named(Field, Field.name, "")),
    Subjects("import", say("tệp kiến nghị")),
    Subjects("urging", say("đôn đốc"), _numbered("/urgings/{}")),
    Subjects("body", say("cơ quan dân cử"), _named(Body, Body.name, "")),
    Subjects("term", say("khóa")),
    Subjects("import_batch", say("tệp kiến nghị")),
    Subjects("search_words", say("từ ngữ tìm kiếm")),
    Subjects("council_session", say("kỳ họp")),
    Subjects("document", say("tài liệu")),
    *(Subjects(kind, say("dữ liệu nền"), _nameless) for kind in LISTS),
    *letters.SUBJECTS,
    *notifications.SUBJECTS,
)
