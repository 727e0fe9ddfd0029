"""The kinds of file that are taken, the kinds of document an office speaks of, and the limits. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from petitions.core.words import Message, say

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
MOST_PAGES = 1_000
MOST_PIXELS = 80_000_000  # an A3 page at 600 dpi has 70 million
MOST_ENTRIES = 5_000  # files within a DOCX or XLSX
MOST_UNPACKED = 300 * MEGABYTE
MOST_PREVIEWS = 20


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: code, media type, endings, name for people; whether its text is read and its pages are pictured."""

    code: str
    media_type: str
    endings: tuple[str, ...]
    label: Message
    readable: bool = True
    pictured: bool = False


FILE_KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            FileKind("pdf", "application/pdf", ("pdf",), say("PDF"), pictured=True),
            FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), say("Word (.docx)")),
            FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), say("Excel (.xlsx)")),
            FileKind("doc", "application/msword", ("doc",), say("Word đời cũ (.doc)"), readable=False),
            FileKind("xls", "application/vnd.ms-excel", ("xls",), say("Excel đời cũ (.xls)"), readable=False),
            FileKind("jpg", "image/jpeg", ("jpg", "jpeg"), say("ảnh JPEG"), pictured=True),
            FileKind("png", "image/png", ("png",), say("ảnh PNG"), pictured=True),
            FileKind("txt", "text/plain", ("txt",), say("văn bản thuần (.txt)")),
        )
    }
)
BY_MEDIA_TYPE: Mapping[str, FileKind] = MappingProxyType({kind.media_type: kind for kind in FILE_KINDS.values()})
ENDINGS: Mapping[str, str] = MappingProxyType({ending: kind.code for kind in FILE_KINDS.values() for ending in kind.endings})
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)

# Kinds of document, by which people look for them (domain: decree 30/2020, annex III names these and more).
KINDS: Mapping[str, Message] = MappingProxyType(
    {
        "official_letter": say("Công văn"),
        "report": say("Báo cáo"),
        "minutes": say("Biên bản"),
        "decision": say("Quyết định"),
        "plan": say("Kế hoạch"),
        "voter_letter": say("Đơn, thư của cử tri"),
        "photo": say("Ảnh chụp"),
        "other": say("Tài liệu khác"),
    }
)
# As what a document belongs to its subject; a subject's room offers some of these.
ATTACHMENT = "attachment"
ROLES: Mapping[str, Message] = MappingProxyType(
    {
        ATTACHMENT: say("Tài liệu kèm theo"),
        "letter_scan": say("Bản quét văn bản"),
        "issued_copy": say("Bản phát hành"),
        "answer": say("Văn bản trả lời"),
        "evidence": say("Minh chứng"),
    }
)
# Law on the protection of state secrets, 2025 (in force 2026-03-01), as that of 2018: three degrees. None of them is kept here.
OPEN = "none"
SECRECIES: Mapping[str, Message] = MappingProxyType({"mat": say("Mật"), "toi_mat": say("Tối mật"), "tuyet_mat": say("Tuyệt mật")})
