"""What becomes of the demo petitions at the agencies: the same each time, every day before 2026-01-20, every state among them. Pure.

A round's petitions leave in one letter some weeks after the meetings; what happens then follows from the place of a petition among those of its
letter (`PLANS`), so that each agency has something of everything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from petitions.workdays.counting import quarter_end


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter of a round: for one level, with its number and day; `every`: of so many petitions that are not answered in the sheets one is sent."""

    round: str
    level: str
    number: str
    day: date
    every: int = 1


SENDINGS = (
    Sending("D", "city", "471", date(2022, 12, 9), 3),
    Sending("D", "legacy_district", "472", date(2022, 12, 9), 3),
    Sending("E", "city", "218", date(2023, 7, 6), 3),
    Sending("F", "city", "502", date(2023, 12, 12), 3),
    Sending("F", "legacy_district", "503", date(2023, 12, 12), 3),
    Sending("G", "city", "233", date(2024, 7, 4), 2),
    Sending("G", "legacy_district", "234", date(2024, 7, 4), 3),
    Sending("H", "city", "560", date(2024, 12, 12), 1),
    Sending("H", "legacy_district", "561", date(2024, 12, 12), 2),
    Sending("H", "central", "88", date(2024, 12, 16), 1),
    Sending("I", "city", "251", date(2025, 6, 27), 1),
    Sending("I", "legacy_district", "252", date(2025, 6, 27), 1),
    Sending("J", "city", "640", date(2025, 12, 10), 1),
)
NOT_HANDED_OVER = frozenset({"Ủy ban nhân dân huyện Gia Lâm", "Ủy ban nhân dân quận Hoàn Kiếm", "Ủy ban nhân dân quận Hoàng Mai"})
SIGNATORY, AUTHORITY = "Nguyễn Mẫu An", "TL. Thường trực HĐND, KT. Chánh Văn phòng"

SETTLED, CLARIFIED, EXPLAINED, TOLD, MISSED, PROMISED, AIMLESS, LATE, REROUTED, SUSPENDED, SILENT, ANSWERED, WAITING, RETURNING, EXTENDING, BACK, PAUSED = (
    "settled", "clarified", "explained", "told", "missed", "promised", "aimless", "late", "rerouted", "suspended", "silent", "answered", "waiting",
    "returning", "extending", "back", "paused",
)  # fmt: skip
# What happens to the petitions of a round's letter, by their place among those that the sheets hold no answer for.
OLD = (SETTLED, EXPLAINED, CLARIFIED, PROMISED, TOLD, SETTLED, REROUTED, MISSED, PROMISED, AIMLESS)
PLANS: Mapping[str, tuple[str, ...]] = {
    "D": OLD,
    "E": OLD,
    "F": OLD,
    "G": OLD,
    "H": (SUSPENDED, CLARIFIED, SETTLED, PROMISED, LATE, EXPLAINED, SETTLED, REROUTED, AIMLESS),
    "I": (SETTLED, PROMISED, LATE, ANSWERED, CLARIFIED, EXPLAINED, MISSED, SETTLED, TOLD),
    "J": (WAITING, ANSWERED, SILENT, EXTENDING, WAITING, RETURNING, SETTLED, PAUSED, BACK, PROMISED),
}
OF_CLASS: Mapping[str, str] = {"resolved": SETTLED, "explained": EXPLAINED, "in_progress": PROMISED}

SAID: Mapping[str, tuple[str, ...]] = {
    "resolved": (
        "Đơn vị quản lý đã thi công xong và bàn giao; địa phương cùng tổ dân phố xác nhận tại hiện trường.",
        "Đã xử lý dứt điểm trong đợt kiểm tra liên ngành; hồ sơ nghiệm thu gửi kèm.",
        "Đã bố trí kinh phí sự nghiệp và hoàn thành; kết quả được niêm yết tại trụ sở Ủy ban nhân dân.",
    ),
    "in_progress": (
        "Đã kiểm tra thực địa, đưa vào kế hoạch đầu tư; đang lựa chọn nhà thầu và giải phóng mặt bằng.",
        "Đã tiếp thu, giao đơn vị chuyên môn lập phương án; phần cấp bách xử lý trước, phần còn lại theo lộ trình.",
        "Dự án đang thi công, đạt khoảng một nửa khối lượng; chủ đầu tư cam kết ngày hoàn thành.",
    ),
    "explained": (
        "Nội dung thuộc quy hoạch đã được phê duyệt; cơ quan cung cấp thông tin và hướng dẫn thủ tục cho cử tri.",
        "Theo quy định hiện hành, trường hợp nêu chưa thuộc đối tượng; cơ quan giải thích rõ căn cứ và nơi liên hệ.",
    ),
    "unclear": ("Cơ quan ghi nhận ý kiến của cử tri và sẽ xem xét trong thời gian tới.",),
}
QUESTION = "Trả lời chưa nêu việc cụ thể, thời gian và đơn vị thực hiện. Đề nghị nói rõ làm gì, ai làm, khi nào xong."
EVIDENCE = "Tổ đại biểu cùng Ủy ban nhân dân xã, phường kiểm tra thực tế: đã xong như văn bản trả lời."

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_QUARTER = re.compile(r"quý (I{1,3}|IV)/(\d{4})")
_YEAR = re.compile(r"(?:hoàn thành|trong) năm (\d{4})")
_QUARTERS = {"I": 1, "II": 4, "III": 7, "IV": 10}


def promised_in(text: str) -> date | None:
    """The day that an answer promises in its words: a day, the end of a quarter or of a year; None when it promises none."""
    if found := _DAY.search(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _QUARTER.search(text):
        return quarter_end(date(int(found[2]), _QUARTERS[found[1]], 1))
    if found := _YEAR.search(text):
        return date(int(found[1]), 12, 31)
    return None


def words_of(answer_class: str, number: int) -> str:
    """The answer of this class for the petition with this number."""
    return SAID[answer_class][number % len(SAID[answer_class])]


def after(day: date, days: int) -> date:
    """So many days later, on a weekday."""
    found = day + timedelta(days=days)
    return found + timedelta(days=max(0, 7 - found.weekday())) if found.weekday() >= 5 else found
