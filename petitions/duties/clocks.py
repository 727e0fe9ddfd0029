"""Which day runs: the one rule that says, from a duty's state and its dates, which of them counts now. Pure."""

from datetime import date
from typing import Protocol

from petitions.duties.workflow import ACKNOWLEDGED, IN_PROGRESS, REASKED, RETURN_ASKED, SENT

ACK, STATUTORY, LETTER, REPLY, REASK, RESOLUTION = "acknowledge", "statutory", "letter", "reply", "reask", "resolution"
CLOCKS = (ACK, STATUTORY, LETTER, REPLY, REASK, RESOLUTION)
RUNNING_CLOCK = {SENT: REPLY, ACKNOWLEDGED: REPLY, RETURN_ASKED: REPLY, REASKED: REASK, IN_PROGRESS: RESOLUTION}


class Clocked(Protocol):
    """The columns of a duty that this reads."""

    @property
    def state(self) -> str: ...
    @property
    def suspended_on(self) -> date | None: ...
    @property
    def reply_due(self) -> date | None: ...
    @property
    def reask_due(self) -> date | None: ...
    @property
    def resolution_due(self) -> date | None: ...


def running(state: str) -> str | None:
    """The clock that runs in `state`; None while the next step is not the agency's."""
    return RUNNING_CLOCK.get(state)


def next_due(duty: Clocked) -> date | None:
    """The day that runs now; None when no clock runs, when it is suspended, or when it has no day."""
    clock = running(duty.state)
    if clock is None or duty.suspended_on is not None:
        return None
    return {REPLY: duty.reply_due, REASK: duty.reask_due, RESOLUTION: duty.resolution_due}[clock]
