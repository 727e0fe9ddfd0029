"""By when: days, months, quarters, sessions, years and words that name no day, as documents write them. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DATE, QUARTER, SESSION, CONTINUOUS, MULTI_YEAR, NONE = "date", "quarter", "session", "continuous", "multi_year", "none"
FAR = timedelta(days=548)  # a year's end further off than eighteen months is a road of several years
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:(?:\s*[/.\-]\s*|\s+năm\s+|\s+)(?P<{0}>20\d\d)|\s+(?P<{0}_this>năm\s+nay|năm\s+(?:tới|sau)))?"
_BEFORE = (
    r"(?:trước|chậm\s+nhất|muộn\s+nhất|không\s+(?:muộn|chậm|quá)(?:\s+hơn)?"
    r"|hạn|thời\s+hạn|thời\s+gian|xong|hoàn\s+thành|hoàn\s+tất|trong|vào|đến\s+hết|đến|hết|từ\s+nay|cuối|dứt\s+điểm|là|:|-|–|\()"
)
_GLUE = r"(?:\s*[:(–-]?\s*(?:(?:là|vào|trước|trong|đến|đến\s+hết|hết|hoàn\s+thành|thực\s+hiện|xong|báo\s+cáo|thời\s+điểm|cuối|nhất)\s*)*)"
_DAY = re.compile(
    rf"(?P<lead>{_BEFORE}{_GLUE}\s*)(?P<word>ngày\s+)?(?P<day>\d{{1,2}})(?:\s*[/.\-]\s*|\s+tháng\s+)(?P<month>\d{{1,2}})(?![\d%])(?:(?:\s*[/.\-]\s*|\s+năm\s+)(?P<year>20\d\d)(?!\d)|\s+(?P<each>h[ằà]ng\s+năm|mỗi\s+năm))?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?P<lead>{_BEFORE}{_GLUE}\s*)(?:(?P<part>đầu|giữa|cuối|hết)\s+)?tháng\s+(?:\d{{1,2}}\s*(?:,|và|-|–|đến)\s*(?:tháng\s+)?)?(?P<month>\d{{1,2}})(?!\d)(?:(?:\s*[/.\-]\s*|\s+năm\s+)(?P<year>20\d\d))?(?!\s*(?:một\s+lần|/\s*lần))",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"(?P<lead>{_BEFORE}{_GLUE}\s*)?(?:(?P<part>đầu|giữa|cuối|hết)\s+)?quý\s+(?P<first>IV|III|II|I|[1-4])(?!\w)(?:\s*(?:,|và|-|–|đến)\s*(?:quý\s+)?(?P<last>IV|III|II|I|[1-4])(?!\w))?"
    + _YEAR.format("year"),
    re.IGNORECASE,
)
_HALF = re.compile(r"(?P<months>0?6|sáu)\s+tháng\s+(?P<part>đầu|cuối)\s+năm(?:\s+(?P<year>20\d\d))?", re.IGNORECASE)
_STAGE = re.compile(
    r"(?:giai\s+đoạn|nhiệm\s+kỳ|các\s+năm|kế\s+hoạch\s+5\s+năm|từ\s+năm)\s+(?P<first>20\d\d)\s*(?:-|–|—|đến(?:\s+năm)?)\s*(?P<last>20\d\d)", re.IGNORECASE
)
_YEAR_END = re.compile(
    rf"(?P<lead>{_BEFORE}{_GLUE}\s*)(?P<part>(?:đến\s+)?hết\s+|cuối\s+|đầu\s+|giữa\s+)?(?:năm\s+(?P<year>20\d\d)(?!\s*(?:-|–)\s*20)|(?P<this>năm\s+nay)|(?P<bare>cuối\s+năm)(?:\s+(?P<bare_year>20\d\d))?)",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:trước(?:\s+ngày)?(?:\s+khai\s+mạc)?|tại|đến|vào|trình|trong|cho|sau|kể\s+từ)\s+(?:(?:các|mỗi)\s+)?(?P<what>(?:phiên\s+họp|kỳ\s+họp)(?:\s+(?:thường\s+lệ|HĐND(?:\s+[Tt]hành\s+phố)?|Hội\s+đồng\s+nhân\s+dân(?:\s+[Tt]hành\s+phố)?))*"
    r"(?:\s+(?:thứ\s+\w+|giữa\s+năm|cuối\s+năm|đầu\s+năm|gần\s+nhất|tới|tiếp\s+theo|sau|này|chuyên\s+đề))*(?:\s+(?:năm\s+)?20\d\d)?)",
    re.IGNORECASE,
)
_NOT_A_SESSION = re.compile(
    r"(?:chất\s+vấn|kết\s+luận|nghị\s+quyết|thông\s+qua|phát\s+biểu|ý\s+kiến|kiến\s+nghị|giải\s+trình|trả\s+lời|cam\s+kết|hứa)[^,;.]{0,40}$", re.IGNORECASE
)
_WITHIN = re.compile(
    r"(?:trong\s+(?:vòng\s+|thời\s+hạn\s+)?|không\s+quá\s+|chậm\s+nhất\s+(?:là\s+|sau\s+)?|thời\s+hạn\s+|sau\s+)(?P<n>\d{1,3})\s*(?:\([^)]{1,20}\)\s*)?(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng)(?:\s+kể)?(?P<since>[^,;.]{0,40}từ\s+(?:ngày|khi))?",
    re.IGNORECASE,
)
_PAST = re.compile(r"(?:tính\s+đến|tính\s+tới|đến\s+nay|từ\s+ngày|số\s+liệu\s+đến|kể\s+từ)\s*$", re.IGNORECASE)
_RECURS = re.compile(r"^\s*(?:của\s+)?(?:h[ằà]ng|mỗi|tháng\s+cuối)", re.IGNORECASE)
_LASTING = re.compile(
    r"(?<!\w)(?:thường\s+xuyên|liên\s+tục|tiếp\s+tục|duy\s+trì|tăng\s+cường|đẩy\s+mạnh|nâng\s+cao|chú\s+trọng|quan\s+tâm|phát\s+huy|siết\s+chặt|tuyên\s+truyền|vận\s+động|phổ\s+biến|định\s+kỳ"
    r"|h[ằà]ng\s+(?:năm|quý|tháng|tuần|ngày)|theo\s+dõi|đôn\s+đốc|giám\s+sát|quản\s+lý\s+chặt\s+chẽ|thực\s+hiện\s+(?:nghiêm|tốt|đầy\s+đủ|hiệu\s+quả|có\s+hiệu\s+quả)|chấp\s+hành|không\s+để|kiểm\s+soát"
    r"|hướng\s+dẫn|bảo\s+đảm|đảm\s+bảo|kiên\s+quyết|kịp\s+thời|chủ\s+động|lâu\s+dài|từng\s+bước|công\s+khai,\s+minh\s+bạch|cải\s+thiện|khuyến\s+khích)(?!\w)",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"(?<!\w)(?:hoàn\s+(?:thành|tất)|ban\s+hành|phê\s+duyệt|trình|xây\s+dựng\s+(?:đề\s+án|kế\s+hoạch|phương\s+án|quy\s+(?:định|chế|trình)|cơ\s+sở|bộ)|thu\s+hồi|chấm\s+dứt\s+hoạt|lập\s+(?:đề|kế|danh|quy|dự)"
    r"|báo\s+cáo\s+kết\s+quả|tổng\s+kết|sơ\s+kết|bàn\s+giao|công\s+bố|khẩn\s+trương|sớm|dứt\s+điểm|khởi\s+công|thành\s+lập|sửa\s+đổi|bổ\s+sung|rà\s+soát|thanh\s+tra|kiểm\s+điểm|tham\s+mưu|đề\s+xuất|nghiên\s+cứu)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """What was found: its kind, the last day (None for sessions and the like), where it stands, whether it is the day of a report only."""

    kind: str
    on: date | None
    start: int
    end: int
    written: str
    report: bool = False


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def find(text: str, issued: date | None, workdays: Callable[[date, int], date] | None = None) -> Due | None:
    """The day by which `text` (one demand) is owed: the day of the work before the day of its report, a day before a quarter, these before sessions."""
    found = [due for due in every(text, issued, workdays) if due.on is None or issued is None or due.on >= issued or _firm(text, due)]
    if not found:
        return None
    order = {DATE: 0, QUARTER: 0, SESSION: 1, MULTI_YEAR: 2}
    return min(found, key=lambda due: (due.report and any(not other.report for other in found), order[due.kind], due.start))


def _firm(text: str, due: Due) -> bool:
    """A day of the past that is nevertheless meant as a term: the clerk shall see it."""
    return bool(re.match(r"(?:trước|chậm\s+nhất|muộn\s+nhất)", due.written, re.IGNORECASE)) and bool(text)


def every(text: str, issued: date | None, workdays: Callable[[date, int], date] | None = None) -> list[Due]:
    """All terms in `text`, in reading order, none within another."""
    made: list[Due] = []
    for source in (
        _days(text, issued),
        _halves(text, issued),
        _months(text, issued),
        _quarters(text, issued),
        _within(text, issued, workdays),
        _sessions(text),
        _years(text, issued),
    ):
        for due in source:
            if not any(due.start < other.end and other.start < due.end for other in made):
                made.append(due)
    return sorted(made, key=lambda due: due.start)


def lasting(text: str) -> bool:
    """Whether a demand without a day names work that never ends rather than a thing to be done once."""
    lasts, once = _LASTING.search(text), _ONCE.search(text)
    return lasts is not None and (once is None or lasts.start() < once.start())


def _made(text: str, found: re.Match[str], kind: str, on: date | None) -> Iterator[Due]:
    before = text[: found.start()]
    if _PAST.search(before + found.group()[:0]) or re.match(r"(?:tính|kể)\s", found.group(), re.IGNORECASE):
        return
    piece = re.split(r"[,;:(]|\.\s", before)[-1]
    report = bool(re.match(r"\s*(?:và\s+|đồng\s+thời\s+|định\s+kỳ\s+|tổng\s+hợp,?\s*)?(?:gửi\s+)?báo\s+cáo", piece, re.IGNORECASE)) or bool(
        re.match(r"(?:vào\s+)?báo\s+cáo", found.group(), re.IGNORECASE)
    )
    yield Due(kind, on, found.start(), found.end(), " ".join(found.group().split()), report)


def _days(text: str, issued: date | None) -> Iterator[Due]:
    for found in _DAY.finditer(text):
        if found["each"] or _RECURS.match(text[found.end() :]):
            continue
        on = _day(int(found["day"]), int(found["month"]), found["year"], issued)
        if on is not None or not found["year"]:
            yield from _made(text, found, DATE, on)


def _day(day: int, month: int, year: str | None, issued: date | None) -> date | None:
    """The day meant; a month's 31st that does not exist is its last day; without a year, the next such day after the document's."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    of = int(year) if year else issued.year if issued else None
    if of is None:
        return None
    made = min(date(of, month, 1) + timedelta(days=day - 1), last_day(of, month))
    if not year and issued and made < issued:
        return min(date(of + 1, month, 1) + timedelta(days=day - 1), last_day(of + 1, month))
    return made


def _months(text: str, issued: date | None) -> Iterator[Due]:
    for found in _MONTH.finditer(text):
        month = int(found["month"])
        if not 1 <= month <= 12:
            continue
        on = _day(31, month, found["year"], issued)
        if on and found["part"] == "giữa":
            on = on.replace(day=15)
        if on and not found["part"] and re.search(r"trước\s*$", found["lead"].strip(), re.IGNORECASE):
            on = on.replace(day=1) - timedelta(days=1)
        yield from _made(text, found, DATE, on)


def _quarters(text: str, issued: date | None) -> Iterator[Due]:
    for found in _QUARTER.finditer(text):
        word = (found["last"] or found["first"]).lower()
        quarter = _ROMAN.get(word) or int(word)
        year = int(found["year"]) if found["year"] else issued.year if issued else None
        if year and found["year_this"] and not found["year_this"].lower().endswith("nay"):
            year += 1
        on = last_day(year, quarter * 3) if year else None
        if on and issued and not found["year"] and on < issued:
            on = last_day(on.year + 1, quarter * 3)
        if on and not found["part"] and (found["lead"] or "").strip().lower().endswith("trước"):
            on = date(on.year, quarter * 3 - 2, 1) - timedelta(days=1)
        yield from _made(text, found, QUARTER, on)


def _halves(text: str, issued: date | None) -> Iterator[Due]:
    for found in _HALF.finditer(text):
        year = int(found["year"]) if found["year"] else issued.year if issued else None
        if re.search(r"(?:kết\s+quả|tình\s+hình|báo\s+cáo|của|trong\s+các)\s*$", text[: found.start()], re.IGNORECASE):
            continue
        first = found["part"].lower() == "đầu"
        on = (date(year, 6, 30) if first else date(year, 12, 31)) if year else None
        if on and issued and not found["year"] and on < issued:
            on = on.replace(year=on.year + 1)
        yield from _made(text, found, DATE, on)


def _within(text: str, issued: date | None, workdays: Callable[[date, int], date] | None) -> Iterator[Due]:
    for found in _WITHIN.finditer(text):
        n, unit = int(found["n"]), " ".join(found["unit"].lower().split())
        if n == 0 or re.match(r"\s*(?:một\s+lần|/\s*lần|đầu|cuối|qua|vừa|trước)", text[found.end() :], re.IGNORECASE):
            continue
        on = None
        if issued:
            if unit == "ngày làm việc":
                on = workdays(issued, n) if workdays else None
            elif unit == "tháng":
                month = issued.month - 1 + n
                on = _day(issued.day, month % 12 + 1, str(issued.year + month // 12), None)
            else:
                on = issued + timedelta(days=n * (7 if unit == "tuần" else 1))
        yield from _made(text, found, DATE, on)


def _sessions(text: str) -> Iterator[Due]:
    for found in _SESSION.finditer(text):
        if _NOT_A_SESSION.search(text[: found.start()]) and not re.search(r"(?:báo\s+cáo|trình)[^;.]{0,60}$", text[: found.start()], re.IGNORECASE):
            continue
        if re.match(r"\w+\s+(?:các|mỗi)\s", found.group(), re.IGNORECASE) or re.match(
            r"(?:tại|trong|sau|kể\s+từ)\s+(?:kỳ|phiên)\s+họp(?:\s+này)?\s*$", found.group(), re.IGNORECASE
        ):
            continue
        yield from _made(text, found, SESSION, None)


def _years(text: str, issued: date | None) -> Iterator[Due]:
    for found in _STAGE.finditer(text):
        last = int(found["last"])
        if issued is None or last > issued.year or (last == issued.year and re.search(r"trong\s+$", text[: found.start()], re.IGNORECASE)):
            yield from _made(text, found, MULTI_YEAR, date(last, 12, 31))
    for found in _YEAR_END.finditer(text):
        if re.match(r"\s*(?:học|ngân\s+sách\s+trước)", text[found.end() :], re.IGNORECASE):
            continue
        written = found["year"] or found["bare_year"]
        year = int(written) if written else issued.year if issued else None
        if year is None or (issued and year < issued.year):
            continue
        part = (found["part"] or "").strip().lower()
        before = not part and re.search(r"trước\s*$", found["lead"].strip(), re.IGNORECASE) is not None and not found["bare"]
        on = date(year - 1, 12, 31) if before else date(year, 6, 30) if part == "giữa" else date(year, 3, 31) if part == "đầu" else date(year, 12, 31)
        far = issued is not None and on - issued > FAR
        yield from _made(text, found, MULTI_YEAR if far else DATE, on)
    for found in re.finditer(r"(?:đến\s+)?(?:hết|trong|cả)\s+nhiệm\s+kỳ(?!\s+20)", text, re.IGNORECASE):
        yield from _made(text, found, MULTI_YEAR, None)
