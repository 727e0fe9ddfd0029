"""Who stands in for whom: chains of absent people followed to their end, and circles found before they are made. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Away:
    """`user` is away from `first` to `last`, both included; `substitute` stands in."""

    user: int
    substitute: int
    first: date
    last: date


def end_of_chain(user: int, stands_in: Mapping[int, int]) -> int:
    """Who gets what is meant for `user` on a day: the first one along the chain who is there; `user` where nobody is (a circle)."""
    seen, at = {user}, user
    while at in stands_in:
        at = stands_in[at]
        if at in seen:
            return user
        seen.add(at)
    return at


def circle(new: Away, others: Iterable[Away]) -> tuple[int, ...]:
    """The people of a circle that `new` would close on some day, beginning with its substitute; empty when there is none.

    A chain only holds on the days on which all of its members are away, so the days are cut down along the way.
    """
    by_user: dict[int, list[Away]] = {}
    for one in others:
        by_user.setdefault(one.user, []).append(one)
    return _follow(new.substitute, new, by_user, (new.substitute,))


def _follow(at: int, days: Away, by_user: Mapping[int, list[Away]], path: tuple[int, ...]) -> tuple[int, ...]:
    for one in by_user.get(at, ()):
        first, last = max(days.first, one.first), min(days.last, one.last)
        if first > last:
            continue
        if one.substitute == days.user:
            return (*path, days.user)
        if one.substitute in path:
            continue
        found = _follow(one.substitute, Away(days.user, one.substitute, first, last), by_user, (*path, one.substitute))
        if found:
            return found
    return ()
