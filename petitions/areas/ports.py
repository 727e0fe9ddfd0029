"""What rooms above do when the lineage of units changes: the areas know no petition.

ports.follow_with(reindex)      # the factory calls it; reindex(session, unit_ids, now) in the transaction of the change
"""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy.orm import Session

Follow = Callable[[Session, Collection[int], datetime], None]
_followers: list[Follow] = []


def follow_with(follow: Follow) -> None:
    """Call `follow` whenever units are called otherwise or share other ground; asking twice changes nothing."""
    if follow not in _followers:
        _followers.append(follow)


def changed(session: Session, unit_ids: Collection[int], now: datetime) -> None:
    """Tell everybody who follows that these units are called otherwise, or share ground with others than before."""
    for follow in _followers:
        follow(session, unit_ids, now)
