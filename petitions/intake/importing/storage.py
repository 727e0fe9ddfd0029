"""Files of imports in the data folder: the uploaded one until its batch is done, the spreadsheet of refused rows for a month.

Both may name petitioners, so they are readable by the service's user alone. They are working files: a backup does not need them
(a batch that was restored without its file says so and asks for it again).
"""

import errno
import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path

from petitions.core.errors import RuleBroken
from petitions.core.words import say

FOLDER = "imports"
KEPT = timedelta(days=30)


def folder(data_dir: Path) -> Path:
    """The folder of imports, made with mode 700."""
    path = data_dir / FOLDER
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def upload_of(data_dir: Path, body_id: int, digest: str) -> Path:
    """Where an uploaded file lies, named by what is in it: the same file sent twice is one file."""
    return folder(data_dir) / f"{body_id}-{digest}.upload"


def errors_of(data_dir: Path, batch_id: int) -> Path:
    """Where the refused rows of a batch lie."""
    return folder(data_dir) / f"{batch_id}.errors.xlsx"


def write_private(path: Path, content: bytes) -> None:
    """Write `content` whole or not at all, readable by this user alone; a full disk is said in words."""
    waiting = path.with_name(path.name + ".part")
    try:
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        waiting.replace(path)
    except OSError as problem:
        waiting.unlink(missing_ok=True)
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RuleBroken(say("Ổ đĩa của máy chủ đã đầy, không lưu được tệp. Hãy báo người quản trị rồi thử lại.")) from None
        raise RuleBroken(say("Không ghi được tệp «{name}»: {reason}.", name=path.name, reason=problem.strerror or "")) from None


def tidy(data_dir: Path, *, now: datetime) -> int:
    """Remove files of imports older than a month; how many."""
    old = [path for path in folder(data_dir).iterdir() if path.is_file() and path.stat().st_mtime < (now - KEPT).timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def digest_of(data: bytes) -> str:
    """What tells two files apart: SHA-256 of their bytes."""
    return hashlib.sha256(data).hexdigest()
