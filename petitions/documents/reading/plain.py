"""Plain text: UTF-8, or UTF-16 with its mark. An old Vietnamese encoding is not guessed: its text would be found by nobody."""

import codecs
import io

from petitions.documents.reading.answers import FIRST, Answer, marking


def look(source: io.BytesIO, _kind: str) -> Answer:
    """Whether it bears a mark of secrecy."""
    return Answer({"marking": marking(_decoded(source.read(FIRST * 4)))})


def read(source: io.BytesIO, _kind: str) -> Answer:
    """The text."""
    return Answer().with_text(_decoded(source.read()))


def _decoded(data: bytes) -> str:
    """The text of `data`; nothing when it is neither UTF-8 nor marked as UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        return ""
