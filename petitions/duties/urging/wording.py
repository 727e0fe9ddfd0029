"""What a letter that urges says: its subject line, what it cites, its annex. In Vietnamese, whoever looks. Pure but for the words of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from petitions.core.dates import format_day
from petitions.duties.urging.ladder import Rung
from petitions.letters.kinds import REFERRAL, REMINDER
from petitions.letters.values import DraftValues
from petitions.letters.writing import day_words

OWNER = "urging"
MOST_CITED = 4
NEVER = "chưa"
ABOUT: Mapping[str, str] = {"petition": "kiến nghị của cử tri", "recommendation": "kiến nghị sau giám sát"}
OTHERS = "các kiến nghị đã chuyển"
# What has not been done by the day. A report or an answer may well have come that settles nothing, so none of these says that nothing came.
DEMANDS: Mapping[str, str] = {"petition": "giải quyết, trả lời", "recommendation": "thực hiện"}


@dataclass(frozen=True, slots=True)
class Line:
    """One item as its letter shows it: the subject's words, the letter that brought it, its day, how late it is, the letters that urged it before.
    `origin`, `clause`: the document that demands it, where no letter brought it."""

    duty_id: int
    subject_kind: str
    code: str
    text: str
    place: str
    letter: str
    letter_on: date | None
    due: date
    late: int
    round: int
    urged: Sequence[str] = ()
    note: str = ""
    origin: str = ""
    clause: str = ""


def draft_values(
    rung: Rung, lines: Sequence[Line], *, body_id: int, agency_id: int, agency: str, addressee: str, report_by: date | None, remark: str
) -> DraftValues:
    """The letter of this rung about these items."""
    rounds = max((one.round for one in lines), default=1)
    return DraftValues(
        kind=rung.letter_kind,
        body_id=body_id,
        addressee=addressee,
        subject_line=subject_line(rung, lines, rounds),
        fields={
            "count": len(lines),
            "round": rounds,
            "cited": cited(lines),
            "outstanding": f"chưa được {demand(lines)} xong",
            "due_on": report_by,
            "remark": remark,
            "agency": agency,
        },
        annex_title=annex_title(rung, agency, lines),
        rows=[row(one) for one in lines],
        agency_id=agency_id,
        rank=rung.authority,
        owner=OWNER,
    )


def about(lines: Sequence[Line]) -> str:
    """What the items are: petitions of voters, recommendations after supervision."""
    kinds = {one.subject_kind for one in lines}
    return ABOUT.get(kinds.pop(), OTHERS) if len(kinds) == 1 else OTHERS


def demand(lines: Sequence[Line]) -> str:
    """What was to be done with them: petitions are settled and answered, recommendations carried out."""
    kinds = {one.subject_kind for one in lines}
    found = [words for kind, words in DEMANDS.items() if kind in kinds]
    return ", ".join(found) or DEMANDS["petition"]


def subject_line(rung: Rung, lines: Sequence[Line], rounds: int) -> str:
    """After "V/v"."""
    what = f"{demand(lines)} {about(lines)}"
    if rung.letter_kind == REMINDER:
        return f"nhắc việc {what} sắp đến hạn"
    if rung.letter_kind == REFERRAL:
        return f"kiến nghị xử lý việc chậm {what}"
    return f"đôn đốc {what}" + (f" (lần {rounds})" if rounds > 1 else "")


def annex_title(rung: Rung, agency: str, lines: Sequence[Line]) -> str:
    """Over the annex's table."""
    state = "sắp đến hạn" if rung.letter_kind == REMINDER else f"quá hạn {demand(lines)}"
    return f"Danh mục {about(lines)} {state} – {agency}"


def cited(lines: Sequence[Line]) -> str:
    """The letters that brought the items, by number and day, and the documents that demand them; the annex names them all."""
    found = {(one.letter_on, one.letter) for one in lines if one.letter}
    named = [
        f"Công văn số {number} {day_words(day)}" if day else f"Công văn số {number}"
        for day, number in sorted(found, key=lambda pair: (pair[0] or date.min, pair[1]))
    ]
    named += sorted({one.origin for one in lines if one.origin and not one.letter})
    if not named:
        return "các kiến nghị nêu tại Phụ lục"
    if len(named) <= MOST_CITED:
        return ", ".join(named)
    return ", ".join(named[:MOST_CITED]) + f" và {len(named) - MOST_CITED} văn bản khác nêu tại Phụ lục"


def row(one: Line) -> Mapping[str, str]:
    """A row of the annex, by the columns of letters/layout/annexes.py."""
    sent = f"{one.letter} ngày {format_day(one.letter_on)}" if one.letter and one.letter_on else one.letter
    if not sent and one.origin:
        sent = ", ".join(filter(None, (one.origin, one.clause if " " in one.clause else one.clause and f"mục {one.clause}")))  # Điều 2.a; mục I.2
    late = str(one.late) if one.late > 0 else "–"
    text = f"{one.text} ({one.place})" if one.place else one.text
    return {"code": one.code, "text": text, "sent": sent, "due": format_day(one.due), "late": late, "urged": "; ".join(one.urged) or NEVER, "note": one.note}
