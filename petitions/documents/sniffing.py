"""What a file is, by what is in it; its ending must agree. Reads a few blocks of it, decodes nothing."""

from typing import IO

from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say
from petitions.documents import compound, packed
from petitions.documents.kinds import ENDINGS, FILE_KINDS, FileKind
from petitions.documents.names import ending_of

BLOCK = 64 * 1024
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
CONTROLS = bytes(range(0x20)).translate(None, b"\t\n\r\f\x1b")
TAKEN = say("Nhận tệp PDF, Word, Excel, ảnh JPEG, ảnh PNG và văn bản .txt.")
REFUSALS: dict[str, Message] = {
    "bomb": say("Tệp bung ra quá lớn hoặc chứa quá nhiều tệp con nên không được nhận. Hãy lưu lại tệp từ Word hoặc Excel rồi gửi lại."),
    "broken": say("Tệp hỏng, không mở được. Hãy mở thử trên máy của bạn, lưu lại rồi gửi lại."),
    "macro": say("Tệp có macro nên không được nhận. Hãy lưu thành .docx, .xlsx thường hoặc PDF rồi gửi lại."),
    "locked": say("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại."),
}


def kind_of(source: IO[bytes], name: str) -> FileKind:
    """The kind of the file that `source` holds; raises RuleBroken, in words, when it is none of ours or its ending lies."""
    found = _sniffed(source)
    ending = ending_of(name).lower()
    if found is None:
        raise RuleBroken(say("Không nhận ra tệp «{name}» là loại gì. {taken}", name=name, taken=TAKEN))
    kind = FILE_KINDS[found]
    if ending and ENDINGS.get(ending) != found:
        raise RuleBroken(
            say("Tệp «{name}» mang đuôi .{ending} nhưng bên trong là {kind}. Hãy đổi tên cho đúng đuôi rồi gửi lại.", name=name, ending=ending, kind=kind.label)
        )
    return kind


def _sniffed(source: IO[bytes]) -> str | None:
    source.seek(0)
    head = source.read(BLOCK)
    if not head:
        raise RuleBroken(say("Tệp rỗng, không có gì để lưu."))
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(packed.MAGIC):
        try:
            return packed.kind_of(source)
        except packed.Unsafe as problem:
            raise RuleBroken(REFUSALS[str(problem)]) from problem
    if head.startswith(compound.MAGIC):
        found = compound.kind_of(source)
        if found == "locked":
            raise RuleBroken(REFUSALS["locked"])
        return found
    return "txt" if _plain(source) else None


def _plain(source: IO[bytes]) -> bool:
    """Whether this is text: UTF-16 with its mark, or bytes without controls (UTF-8, or an old Vietnamese encoding)."""
    source.seek(0)
    first = True
    while block := source.read(BLOCK):
        if first and block.startswith(BOMS[1:]):
            return True
        if block.translate(None, CONTROLS) != block or b"\x7f" in block:
            return False
        first = False
    return True
