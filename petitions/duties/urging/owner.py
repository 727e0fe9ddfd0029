"""What letters tell this room of its letters (letters/owners.py); the factory registers it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.duties.urging.actions.issuing import followed
from petitions.duties.urging.queries import drafting
from petitions.duties.urging.wording import OWNER
from petitions.letters import owners
from petitions.letters.models import Letter


class UrgingLetters:
    """A letter of ours that was recalled on its own page is recalled here too."""

    def moved(self, session: Session, letter: Letter, *, act: str, by: Identity, now: datetime) -> None:
        """Follow a recall."""
        if act == "recall" and (urging := drafting.of_letter(session, letter.id)) is not None:
            followed(session, urging, reason=letter.withdrawn_reason or "", by=by, now=now)

    def addresses(self, session: Session, ids: Collection[int]) -> Mapping[int, str]:
        """The urging's own page."""
        return {letter: f"/urgings/{urging}" for letter, urging in drafting.of_letters(session, ids).items()}


def register() -> None:
    """Let letters know where theirs of this room belong."""
    owners.register(OWNER, UrgingLetters())
