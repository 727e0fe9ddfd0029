"""How often a report is owed: "báo cáo hằng quý", "định kỳ 06 tháng một lần", "tại các kỳ họp thường lệ". Pure."""

import re

WEEKLY, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY, EACH_SESSION = "weekly", "monthly", "quarterly", "half-yearly", "yearly", "session"
_EVERY = r"(?:h[ằà]ng|mỗi|từng|theo|định\s+kỳ(?:\s+h[ằà]ng|\s+theo|\s+mỗi)?)"
_UNITS = (
    (WEEKLY, rf"{_EVERY}\s+tuần|(?:07|7|bảy)\s+ngày\s+(?:một|/)\s*lần|tuần\s+(?:một|/)\s*lần"),
    (HALF_YEARLY, rf"(?:{_EVERY}\s+)?(?:0?6|sáu)\s+tháng\s*(?:(?:một|01|1)\s+lần|/\s*(?:1\s+)?lần)|{_EVERY}\s+(?:0?6|sáu)\s+tháng(?!\s+(?:đầu|cuối))"
        rf"|(?:0?6|sáu)\s+tháng(?=\s*(?:,|và)\s*(?:(?:h[ằà]ng|cả|1|một)\s+)?năm)"
        r"|(?:một|1|01)\s+năm\s+(?:hai|2|02)\s+lần|nửa\s+năm"),
    (QUARTERLY, rf"{_EVERY}\s+quý(?!\s+[IV1-4])|(?:0?3|ba)\s+tháng\s*(?:(?:một|01|1)\s+lần|/\s*(?:1\s+)?lần)"
        rf"|quý\s*(?:(?:một|1)\s+lần|/\s*lần)|tháng\s+cuối\s+quý"),
    (MONTHLY, rf"{_EVERY}\s+tháng|(?:một|01|1)\s+tháng\s*(?:(?:một|01|1)\s+lần|/\s*lần)|tháng\s*(?:một\s+lần|/\s*lần)"),
    (EACH_SESSION, r"(?:(?:tại|trước|vào)\s+)?(?:các|mỗi|từng)\s+kỳ\s+họp(?:\s+thường\s+lệ)?"
        r"|(?:kỳ\s+họp\s+thường\s+lệ)\s+(?:giữa\s+năm\s+và\s+cuối\s+năm|h[ằà]ng\s+năm)|giữa\s+hai\s+kỳ\s+họp"),
    (YEARLY, rf"{_EVERY}\s+năm(?!\s+20)|(?:một|01|1)\s+năm\s*(?:(?:một|01|1)\s+lần|/\s*lần)|năm\s*(?:một\s+lần|/\s*lần)"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _UNITS)
_REPORTS = re.compile(r"báo\s+cáo|thông\s+tin|công\s+khai|gửi\s+kết\s+quả|cập\s+nhật", re.IGNORECASE)
_REGULAR = re.compile(r"định\s+kỳ|(?:một|01|1)\s+lần|/\s*lần", re.IGNORECASE)


def find(text: str) -> str | None:
    """The rhythm that `text` sets, or None. A target ("mỗi năm khởi công 10 trường") is none: it needs a report or the word for regular beside it."""
    for piece in re.split(r";|\.\s|,\s(?=bảo đảm|phấn đấu)", text):
        for kind, pattern in _KINDS:
            for found in pattern.finditer(piece):
                near = piece[max(0, found.start() - 70) : found.end() + 50]
                if _REGULAR.search(found.group()) or re.search(r"định\s+kỳ\s*$", piece[: found.start()], re.IGNORECASE) or _REPORTS.search(near):
                    return kind
    return None
