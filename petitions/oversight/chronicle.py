"""What the journal says about oversight: acts as sentences, fields, subjects with their pages. The factory hands it over."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.journal.words import Caption, Subjects
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.models.report import AgencyReport

SENTENCES: Mapping[str, Message] = {
    "activity.answer": say("{by} đã ghi câu trả lời tại một hoạt động giám sát."),
    "activity.ask": say("{by} đã đưa việc chậm vào một hoạt động giám sát."),
    "activity.change": say("{by} đã sửa một hoạt động giám sát."),
    "activity.link": say("{by} đã gắn văn bản với một hoạt động giám sát."),
    "activity.plan": say("{by} đã ghi một hoạt động vào chương trình giám sát."),
    "activity.promise": say("{by} đã ghi một cam kết tại hoạt động giám sát."),
    "activity.visit": say("{by} đã ghi một buổi làm việc của đoàn giám sát."),
    "document.confirm": say("{by} đã xác nhận bản tách kiến nghị của một văn bản giám sát."),
    "document.discard": say("{by} đã bỏ một văn bản giám sát ghi nhầm."),
    "document.minutes": say("{by} đã mở biên bản cam kết của một hoạt động giám sát."),
    "document.register": say("{by} đã ghi một văn bản giám sát."),
    "document.split": say("{by} đã sửa bản tách kiến nghị của một văn bản giám sát."),
    "duty.tabled": say("{by} đã ghi một việc chậm được báo cáo HĐND."),
    "oversight.carry_over": say("{by} đã chuyển kiến nghị giám sát chưa xong sang khóa mới."),
    "oversight.reference": say("{by} đã nạp dữ liệu nền: giám sát."),
    "recommendation.change_due": say("{by} đã đổi thời hạn của kiến nghị giám sát."),
    "recommendation.change_rhythm": say("{by} đã đổi nhịp báo cáo của kiến nghị giám sát."),
    "recommendation.confirm": say("{by} đã xác nhận kiến nghị giám sát được thực hiện xong."),
    "recommendation.drop": say("{by} đã ghi thôi thực hiện kiến nghị giám sát theo quyết định."),
    "recommendation.due": say("Thời hạn của kiến nghị giám sát đã đổi theo việc của cơ quan ({by})."),
    "recommendation.find_not_implemented": say("{by} đã kết luận kiến nghị giám sát không được thực hiện."),
    "recommendation.link_petition": say("{by} đã gắn kiến nghị cử tri với kiến nghị giám sát."),
    "recommendation.make": say("{by} đã ghi một kiến nghị giám sát."),
    "recommendation.reopen": say("{by} đã mở lại kiến nghị giám sát."),
    "recommendation.report_done": say("{by} đã báo cáo thực hiện xong kiến nghị giám sát."),
    "recommendation.report_part": say("{by} đã báo cáo thực hiện xong một phần kiến nghị giám sát."),
    "recommendation.report_progress": say("{by} đã báo cáo tiến độ thực hiện kiến nghị giám sát."),
    "recommendation.send_back": say("{by} đã yêu cầu cơ quan làm tiếp kiến nghị giám sát."),
    "recommendation.supersede": say("{by} đã thay kiến nghị giám sát bằng kiến nghị khác."),
    "recommendation.verify": say("{by} đã kiểm tra kiến nghị giám sát: đạt."),
    "report.enter": say("{by} đã ghi một báo cáo thực hiện kiến nghị giám sát."),
}
FIELDS: Mapping[str, Message] = {
    "progress": say("Tiến độ"),
    "rhythm": say("Nhịp báo cáo"),
    "due_on": say("Hạn"),
    "proposals": say("Số kiến nghị đề xuất"),
    "lines": say("Số dòng"),
    "recommendations": say("Số kiến nghị"),
    "asked": say("Việc được hỏi"),
    "person": say("Người trả lời"),
    "answered_on": say("Ngày trả lời"),
    "commitment": say("Cam kết"),
    "at_session": say("Kỳ họp"),
}


def told(act: str, by: str) -> Message | None:
    """Who did what; None for acts that are not oversight's."""
    found = SENTENCES.get(act)
    return Message(found.text, {"by": by}) if found else None


def _recommendations(session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
    rows = session.execute(select(Recommendation.id, Recommendation.code).where(Recommendation.id.in_(sorted(ids))).order_by(Recommendation.id))
    return {number: Caption(code, f"/oversight/recommendations/{code}") for number, code in rows}


def _documents(session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
    rows = session.scalars(select(IssuedDocument).where(IssuedDocument.id.in_(sorted(ids))).order_by(IssuedDocument.id))
    return {row.id: Caption(row.full_number, f"/oversight/documents/{row.id}") for row in rows}


def _reports(session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
    query = select(AgencyReport.id, AgencyReport.number, AgencyReport.agency_id).where(AgencyReport.id.in_(sorted(ids)))
    rows = session.execute(query.order_by(AgencyReport.id))
    return {row_id: Caption(number or f"#{row_id}", f"/oversight/agencies/{agency}") for row_id, number, agency in rows}


def _activities(session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
    query = select(SupervisionActivity.id, SupervisionActivity.title).where(SupervisionActivity.id.in_(sorted(ids))).order_by(SupervisionActivity.id)
    return {number: Caption(title, f"/oversight/programme/{number}") for number, title in session.execute(query)}


SUBJECTS = (
    Subjects("activity", say("hoạt động giám sát"), _activities),
    Subjects("recommendation", say("kiến nghị sau giám sát"), _recommendations),
    Subjects("issued_document", say("văn bản giám sát"), _documents),
    Subjects("agency_report", say("báo cáo của cơ quan"), _reports),
)
