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
ABOUT: Mapping[str, str] = {"petition": "kiến nghị của cử tri", "recommendation": "kiến nghị sau giám sát"}
OTHERS = "các kiến nghị đã chuyển"


@dataclass(frozen=True, slots=True)
class Line:
    """One item as its letter shows it: the subject's words, the letter that brought it, its day, how late it is, the letters that urged it before."""

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
        fields={"count": len(lines), "round": rounds, "cited": cited(lines), "due_on": report_by, "remark": remark, "agency": agency},
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


def subject_line(rung: Rung, lines: Sequence[Line], rounds: int) -> str:
    """After "V/v"."""
    what = about(lines)
    if rung.letter_kind == REMINDER:
        return f"nhắc việc giải quyết, trả lời {what} sắp đến hạn"
    if rung.letter_kind == REFERRAL:
        return f"kiến nghị xử lý việc chậm giải quyết, trả lời {what}"
    return f"đôn đốc giải quyết, trả lời {what}" + (f" (lần {rounds})" if rounds > 1 else "")


def annex_title(rung: Rung, agency: str, lines: Sequence[Line]) -> str:
    """Over the annex's table."""
    state = "sắp đến hạn" if rung.letter_kind == REMINDER else "quá hạn giải quyết, trả lời"
    return f"Danh mục {about(lines)} {state} – {agency}"


def cited(lines: Sequence[Line]) -> str:
    """The letters that brought the items, by number and day; the annex names them all."""
    found = {(one.letter_on, one.letter) for one in lines if one.letter}
    named = [
        f"Công văn số {number} {day_words(day)}" if day else f"Công văn số {number}"
        for day, number in sorted(found, key=lambda pair: (pair[0] or date.min, pair[1]))
    ]
    if not named:
        return "các kiến nghị nêu tại Phụ lục"
    if len(named) <= MOST_CITED:
        return ", ".join(named)
    return ", ".join(named[:MOST_CITED]) + f" và {len(named) - MOST_CITED} công văn khác nêu tại Phụ lục"


def row(one: Line) -> Mapping[str, str]:
    """A row of the annex, by the columns of letters/layout/annexes.py."""
    sent = f"{one.letter} ngày {format_day(one.letter_on)}" if one.letter and one.letter_on else one.letter
    late = str(one.late) if one.late > 0 else "–"
    text = f"{one.text} ({one.place})" if one.place else one.text
    return {"code": one.code, "text": text, "sent": sent, "due": format_day(one.due), "late": late, "urged": "; ".join(one.urged), "note": one.note}
