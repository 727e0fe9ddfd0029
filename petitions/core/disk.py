"""A full disk, said in one sentence."""

import errno

from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskFull(RuleBroken):
    """There is no room left to keep a file."""

    @classmethod
    def default(cls) -> Message:
        """The sentence for the person who sent the file."""
        return say("Ổ đĩa của máy chủ đã đầy, không lưu được tệp. Hãy báo người quản trị rồi thử lại.")


def is_full(problem: OSError) -> bool:
    """Whether `problem` says that the disk (or the quota) is full."""
    return problem.errno in FULL
