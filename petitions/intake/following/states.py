"""Which state a petition is in, as its duties stand. Pure: nobody chooses one of these states (domain 2.11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from petitions.duties import workflow as duty
from petitions.intake import workflow as petition

OF_DUTY: Mapping[str, str] = {
    duty.SENT: petition.TRANSFERRED,
    duty.ACKNOWLEDGED: petition.TRANSFERRED,
    duty.RETURN_ASKED: petition.TRANSFERRED,
    duty.ANSWERED: petition.ANSWERED,
    duty.UNDER_REVIEW: petition.ANSWERED,
    duty.REASKED: petition.ANSWERED,  # the first answer stays; that the office asks again is said beside it
    duty.IN_PROGRESS: petition.IN_PROGRESS,
    duty.EXPLAINED: petition.EXPLAINED,
    duty.RESOLVED: petition.RESOLVED,
    duty.CLOSED: petition.CLOSED,
}
# Where several agencies lead (a petition that was split), the petition is only as far as the slowest of them.
ORDER = (petition.TRANSFERRED, petition.ANSWERED, petition.IN_PROGRESS, petition.EXPLAINED, petition.RESOLVED, petition.CLOSED)


@dataclass(frozen=True, slots=True)
class Standing:
    """One duty of a petition: its part (lead or with) and state."""

    part: str
    state: str


def derived(current: str, duties: Sequence[Standing], *, bundled: bool) -> str:
    """The state of a petition that is `current` now; `bundled`: it lies in a bundle that has not left the house.

    Co-ordinating agencies never hold it back nor push it on; what was re-routed or recalled no longer speaks. What came back says "returned" until
    it is classified anew or sent elsewhere.
    """
    if current not in petition.FOLLOWED:
        return current
    leading = [one.state for one in duties if one.part == duty.LEAD]
    if living := [OF_DUTY[state] for state in leading if state in OF_DUTY]:
        return min(living, key=ORDER.index)
    if bundled:
        return petition.CONSOLIDATED
    if current == petition.DEFERRED:
        return current
    return petition.RETURNED if duty.RETURNED in leading and current != petition.CLASSIFIED else petition.CLASSIFIED
