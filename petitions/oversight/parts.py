"""How far a whole is by its parts: a recommendation by the agencies that lead it, a document by its recommendations. Pure; the rules are
printed beside what they say."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from petitions.core.words import say
from petitions.duties import workflow as duties
from petitions.oversight.models.report import PART, PROGRESS
from petitions.oversight.workflow import (
    CLOSED,
    DROPPED,
    IMPLEMENTED,
    IN_PROGRESS,
    NOT_IMPLEMENTED,
    NOT_STARTED,
    PARTIAL,
    REPORTED_DONE,
    SENT_BACK,
    SUPERSEDED,
)

GONE = duties.ENDED | {duties.RETURNED}  # another agency owes it now, or nobody yet
DONE = (IMPLEMENTED, REPORTED_DONE)
BY_AGENCIES = say(
    "Nhiều cơ quan cùng chủ trì: chờ xác nhận khi mọi cơ quan chủ trì đã báo xong; hoàn thành một phần khi có cơ quan xong hoặc xong một phần; "
    "đang thực hiện khi có cơ quan bắt đầu. Cơ quan phối hợp không quyết định. Xong hẳn chỉ khi Thường trực HĐND xác nhận."
)
BY_ONE = say("Tiến độ theo báo cáo của cơ quan chủ trì; cơ quan phối hợp không quyết định. Xong hẳn chỉ khi Thường trực HĐND xác nhận.")
BY_DEMANDS = say(
    "Văn bản đã thực hiện xong khi mọi kiến nghị được xác nhận xong; hoàn thành một phần khi có kiến nghị xong, xong một phần hoặc chờ xác nhận; "
    "đang thực hiện khi có kiến nghị bắt đầu. Kiến nghị thôi thực hiện hoặc được thay không tính."
)


@dataclass(frozen=True, slots=True)
class Owing:
    """An agency that owes a recommendation, as its duty stands."""

    agency_id: int
    name: str
    part: str
    state: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an agency said last."""

    claim: str
    on: date
    at: datetime
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How far one agency is."""

    agency_id: int
    name: str
    part: str
    progress: str
    said: Said | None


def of_agency(whole: str, state: str, said: Said | None, asked_again: datetime | None) -> str:
    """How far an agency is: as the whole once that is closed; as it reported last; sent back until it reports anew."""
    if whole in CLOSED:
        return whole
    if state not in duties.RUNNING:
        return REPORTED_DONE
    if state == duties.REASKED and (said is None or (asked_again is not None and said.at <= asked_again)):
        return SENT_BACK
    return NOT_STARTED if said is None else {PROGRESS: IN_PROGRESS, PART: PARTIAL}.get(said.claim, SENT_BACK)


def shares(whole: str, owing: Iterable[Owing], said: Mapping[int, Said], asked_again: datetime | None) -> list[Share]:
    """The agencies that owe it, those who lead first. Those from whom it was taken are left out while it is open."""
    found = [
        Share(one.agency_id, one.name, one.part, of_agency(whole, one.state, said.get(one.agency_id), asked_again), said.get(one.agency_id))
        for one in owing
        if whole in CLOSED or one.state not in GONE
    ]
    return sorted(found, key=lambda one: (one.part != duties.LEAD, one.name))


def of_parts(progress: Collection[str]) -> str | None:
    """How far a recommendation is by the agencies that lead it. None without any."""
    if not progress:
        return None
    if all(one in DONE for one in progress):
        return REPORTED_DONE  # the whole is still confirmed by people
    if any(one in (*DONE, PARTIAL) for one in progress):
        return PARTIAL
    return NOT_STARTED if all(one == NOT_STARTED for one in progress) else IN_PROGRESS


def of_demands(counts: Mapping[str, int]) -> str | None:
    """How far a document is by its recommendations, counted by progress. Dropped and superseded ones neither help nor hold back. None without any."""
    counted = Counter({one: n for one, n in counts.items() if n and one not in (DROPPED, SUPERSEDED)})
    if not counted:
        return DROPPED if any(counts.values()) else None
    if set(counted) == {IMPLEMENTED}:
        return IMPLEMENTED
    if set(counted) == {NOT_IMPLEMENTED}:
        return NOT_IMPLEMENTED
    if any(counted[one] for one in (*DONE, PARTIAL)):
        return PARTIAL
    return NOT_STARTED if set(counted) <= {NOT_STARTED, NOT_IMPLEMENTED} else IN_PROGRESS
