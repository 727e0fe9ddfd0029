"""Receiving a file: what it is, whether it can be read safely, its digest; then it is kept. All before any transaction begins."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say
from petitions.documents import guard, sniffing, store
from petitions.documents.kinds import MOST_BYTES, MOST_PAGES, MOST_PIXELS, FileKind
from petitions.documents.names import clean_name

BLOCK = 1024 * 1024
TOO_HEAVY = say("Tệp quá nặng để mở an toàn nên không được nhận. Hãy in lại thành PDF hoặc quét lại với độ phân giải thấp hơn.")
PROBLEMS: Mapping[str, Message] = {
    "too_many_pages": say("Tệp có hơn {most} trang. Hãy chia thành nhiều tệp.", most=MOST_PAGES),
    "too_many_pixels": say("Ảnh có hơn {most} triệu điểm ảnh. Hãy quét lại với độ phân giải thấp hơn.", most=MOST_PIXELS // 1_000_000),
    "broken": sniffing.REFUSALS["broken"],
    "locked": sniffing.REFUSALS["locked"],
}


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is kept: its digest and size, what it is, how many pages it has (None: not known), its cleaned name."""

    digest: str
    size: int
    kind: FileKind
    pages: int | None
    name: str


def receive(data_dir: Path, source: IO[bytes], sent_name: str, landing: Path) -> Received:
    """Look at the file that `source` holds (a real file), and keep it; raises RuleBroken in words for the sender.

    `landing`: a folder of the data folder in which the guarded process may answer.
    """
    size = source.seek(0, 2)
    if size > MOST_BYTES:
        raise RuleBroken(say("Tệp lớn hơn {n} MB. Hãy chia nhỏ tệp hoặc quét lại với độ phân giải thấp hơn.", n=MOST_BYTES // (1024 * 1024)))
    kind = sniffing.kind_of(source, sent_name)
    pages = _looked_at(source, kind, landing) if kind.readable else None
    digest = digest_of(source)
    store.open_store(data_dir).keep(digest, source)
    return Received(digest, size, kind, pages, clean_name(sent_name, kind.code))


def _looked_at(source: IO[bytes], kind: FileKind, landing: Path) -> int | None:
    outcome = guard.run("look", kind.code, source, landing, guard.LOOK)
    if outcome.why:
        raise RuleBroken(TOO_HEAVY)
    if problem := outcome.facts.get("problem"):
        raise RuleBroken(PROBLEMS.get(problem, TOO_HEAVY))
    if mark := outcome.facts.get("marking"):
        raise RuleBroken(say("Tệp mang dấu độ mật «{mark}» nên không được lưu ở đây. Hãy ghi nhận tài liệu mật kèm số hồ sơ giấy.", mark=mark))
    pages = outcome.facts.get("pages")
    return pages if isinstance(pages, int) else None


def digest_of(source: IO[bytes]) -> str:
    """SHA-256 of everything that `source` holds."""
    digest = hashlib.sha256()
    source.seek(0)
    while block := source.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
