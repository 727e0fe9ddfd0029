"""The text of a file that somebody sends: read in the guarded process of the documents, whatever the file is."""

from pathlib import Path
from typing import IO

from petitions.core.errors import RuleBroken
from petitions.core.words import say
from petitions.documents import guard, sniffing
from petitions.oversight.splitting.paragraphs import MOST_CHARACTERS

LANDING = "incoming"


def text_of(data_dir: Path, source: IO[bytes], name: str) -> str:
    """The words of the file `source` (a real file called `name`); RuleBroken in words when it has none that can be read."""
    kind = sniffing.kind_of(source, name)
    if not kind.readable:
        raise RuleBroken(say("Tệp {kind} không đọc được nội dung. Hãy lưu lại thành .docx hoặc .pdf, hoặc dán nội dung.", kind=kind.label))
    landing = data_dir / LANDING
    landing.mkdir(mode=0o700, parents=True, exist_ok=True)
    outcome = guard.run("read", kind.code, source, landing, guard.READ)
    if outcome.why or outcome.facts.get("problem"):
        raise RuleBroken(say("Không mở được tệp để đọc nội dung. Hãy lưu lại tệp hoặc dán nội dung."))
    text = outcome.parts.get("text", b"").decode("utf-8", "replace").replace("\x00", "")
    if not text.strip():
        raise RuleBroken(say("Tệp không có chữ (có thể là bản quét ảnh). Hãy dán nội dung."))
    return text[:MOST_CHARACTERS]
