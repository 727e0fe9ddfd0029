"""Kinds of letters, and the fields that each needs to be complete. Pure (domain 3.5, 6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from petitions.core.words import Message, say

TRANSFER, REMINDER, URGING, REFERRAL, EXPLANATION, QUESTIONING = "transfer", "reminder", "urging", "referral", "explanation", "questioning"
HOLDER = "outgoing_letter"  # a letter of this room, for the journal, the register and the documents
LINE, TEXT, DAY, COUNT = "line", "text", "day", "count"
PLAIN, WITH_FIELDS, WITH_LATENESS, CANDIDATES = "plain", "fields", "late", "candidates"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a letter: its name in the template, how people call it, what it holds, whether the letter may leave without it."""

    name: str
    label: Message
    holds: str = LINE
    required: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: its name, the fields of its own besides those that every letter has, the annex that it carries (None: none)."""

    label: Message
    fields: tuple[Field, ...]
    annex: str | None = None


EVERY = (
    Field("issuer", say("Cơ quan ban hành"), TEXT),
    Field("symbol", say("Ký hiệu")),
    Field("subject_line", say("Trích yếu (V/v)"), TEXT),
    Field("addressee", say("Kính gửi"), TEXT),
    Field("signing", say("Quyền hạn, chức vụ người ký"), TEXT),
    Field("signatory", say("Họ tên người ký")),
    Field("copies", say("Nơi nhận"), TEXT),
)
AT_ISSUE = (Field("number", say("Số văn bản")), Field("dated_on", say("Ngày văn bản"), DAY))
COUNTED = Field("count", say("Số kiến nghị"), COUNT)
DUE = Field("due_on", say("Thời hạn báo cáo"), DAY)
REMARK = Field("remark", say("Nội dung nói thêm"), TEXT, required=False)
CITED = Field("cited", say("Công văn đã gửi"), TEXT)
OUTSTANDING = Field("outstanding", say("Việc chưa được làm"), required=False)
KINDS: Mapping[str, Kind] = {
    TRANSFER: Kind(
        say("Công văn chuyển kiến nghị"),
        (
            COUNTED,
            Field("source", say("Kiến nghị từ đâu")),
            Field("purpose", say("Chuyển để làm gì"), required=False),
            Field("due_on", say("Thời hạn trả lời"), DAY, required=False),
            REMARK,
        ),
        WITH_FIELDS,
    ),
    REMINDER: Kind(say("Công văn nhắc việc sắp đến hạn"), (COUNTED, CITED, DUE, REMARK), WITH_LATENESS),
    URGING: Kind(say("Công văn đôn đốc"), (COUNTED, Field("round", say("Lần đôn đốc")), CITED, OUTSTANDING, DUE, REMARK), WITH_LATENESS),
    REFERRAL: Kind(
        say("Kiến nghị cấp có thẩm quyền xử lý"),
        (COUNTED, Field("agency", say("Cơ quan chậm giải quyết"), TEXT), CITED, OUTSTANDING, DUE, REMARK),
        WITH_LATENESS,
    ),
    EXPLANATION: Kind(
        say("Phiếu đề nghị giải trình"),
        (COUNTED, Field("agency", say("Cơ quan được đề nghị giải trình"), TEXT), CITED, Field("basis", say("Căn cứ"), TEXT), DUE, REMARK),
        CANDIDATES,
    ),
    QUESTIONING: Kind(
        say("Danh mục đề nghị chất vấn"), (COUNTED, Field("session_name", say("Kỳ họp")), Field("basis", say("Căn cứ"), TEXT), REMARK), CANDIDATES
    ),
}


def fields_of(kind: str) -> tuple[Field, ...]:
    """All fields of a letter of this kind, those that every letter has first."""
    return (*EVERY, *KINDS[kind].fields, *AT_ISSUE)
