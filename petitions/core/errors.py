"""What can go wrong, in the words of the domain. No HTTP here: one table in web/errors.py maps these to answers.

PetitionsError
├── NotFound      there is no such thing (or the reader may not know of it)
├── NotAllowed    this person may not do this
├── Conflict      something stands against it now
│   ├── WrongState   the move is not open from this state
│   └── Stale        somebody saved in between
├── RuleBroken    a rule of the office or the law says no
└── Invalid       input with messages per field
"""

from collections.abc import Mapping, Sequence
from typing import Any

from petitions.core.words import Message, say


class PetitionsError(Exception):
    """Base: carries a message for the reader."""

    def __init__(self, message: Message | None = None) -> None:
        self.message = message or self.default()
        super().__init__(self.message.text)

    @classmethod
    def default(cls) -> Message:
        """What is said when the raiser says nothing."""
        return say("Không thực hiện được việc này.")

    def __str__(self) -> str:
        return str(self.message)


class NotFound(PetitionsError):
    """There is no such thing."""

    @classmethod
    def default(cls) -> Message:
        return say("Không tìm thấy.")


class NotAllowed(PetitionsError):
    """This person may not do this."""

    @classmethod
    def default(cls) -> Message:
        return say("Bạn không có quyền làm việc này.")


class Conflict(PetitionsError):
    """Something stands against it now."""


class WrongState(Conflict):
    """The move is not open from the present state."""


class Stale(Conflict):
    """Somebody else saved in between; `current` holds what stands now, for showing both."""

    def __init__(self, message: Message | None = None, current: Any = None) -> None:
        super().__init__(message)
        self.current = current

    @classmethod
    def default(cls) -> Message:
        return say("Người khác vừa lưu thay đổi. Hãy xem hai bản rồi lưu lại.")


class RuleBroken(PetitionsError):
    """A rule of the office or of the law says no."""


class Invalid(PetitionsError):
    """Input that cannot be taken: `fields` maps a field's name to its messages; "" is the form as a whole."""

    def __init__(self, fields: Mapping[str, Sequence[Message | str]]) -> None:
        super().__init__(say("Có chỗ chưa đúng, hãy xem các ô được đánh dấu."))
        self.fields = {name: list(messages) for name, messages in fields.items()}
