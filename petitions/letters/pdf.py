"""A letter as PDF, made of the very DOCX that was frozen; by a guarded child, which holds no secret and is ended when it takes too much."""

import ctypes
import tempfile
import threading
from functools import cache
from pathlib import Path

from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say
from petitions.documents import guard
from petitions.documents.guard import Limits

PROGRAM = (*guard.PROGRAM[:-1], "petitions.letters.printing")
PRINT = Limits(processor=120, clock=180)  # some hundreds of rows
PATIENCE = 20.0  # seconds for the one before: who prints must not hold up all threads that serve pages
PRINTERS = threading.BoundedSemaphore(1)  # a process of its own each: who prints waits, who reads pages does not
LIBRARIES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1")


@cache
def lacking() -> Message | None:
    """Why this machine makes no PDF; None when it does. The page then offers the DOCX alone and says this."""
    for name in LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            return say("Máy chủ thiếu thư viện {name} (Pango) nên chỉ có bản DOCX.", name=name)
    return None


def of(docx: bytes, data_dir: Path) -> bytes:
    """The PDF of a letter. Raises RuleBroken with the reason when there can be none."""
    if (why := lacking()) is not None:
        raise RuleBroken(why)
    if not PRINTERS.acquire(timeout=PATIENCE):
        raise RuleBroken(say("Máy chủ đang in văn bản khác ra PDF. Hãy thử lại sau ít phút, hoặc tải bản DOCX."))
    try:
        outcome = _printed(docx, guard.landing(data_dir))
    finally:
        PRINTERS.release()
    if "lost" in outcome.facts:
        raise RuleBroken(say("Văn bản có phần không in ra PDF được (ảnh, khung chữ, liên kết, danh sách tự đánh số, chú thích). Hãy tải bản DOCX."))
    if outcome.why is not None or "pdf" not in outcome.parts:
        raise RuleBroken(say("Chưa in được văn bản này ra PDF. Hãy tải bản DOCX."))
    return outcome.parts["pdf"]


def _printed(docx: bytes, place: Path) -> guard.Outcome:
    with tempfile.TemporaryFile(dir=place) as source:
        source.write(docx)
        source.flush()
        return guard.run("print", "docx", source, place, PRINT, program=PROGRAM)
