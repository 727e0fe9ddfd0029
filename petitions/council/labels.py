"""How a constituency and a term are called: always with their body, for numbers mean nothing across bodies and terms."""

from typing import Any

from petitions.core.dates import format_day, parse_day
from petitions.core.words import Message, say

KIND_WORDS = {
    "city_council": say("Hội đồng nhân dân thành phố"),
    "na_delegation": say("Đoàn đại biểu Quốc hội"),
    "commune_council": say("Hội đồng nhân dân xã, phường"),
}
SESSION_WORDS = {
    "first": say("kỳ họp thứ nhất"),
    "ordinary": say("thường lệ"),
    "ordinary_mid": say("thường lệ giữa năm"),
    "ordinary_end": say("thường lệ cuối năm"),
    "thematic": say("chuyên đề"),
    "urgent": say("đột xuất"),
    "unknown": say("chưa rõ loại"),
}
CERTAINTY_WORDS = {"draft": say("Chờ xác nhận"), "published": say("Theo nguồn đã công bố"), "confirmed": say("Đã xác nhận")}
SHARE_WORDS = {"whole": say("trọn vẹn"), "part": say("một phần")}
BEGINNING_WORDS = {"elected": say("trúng cử"), "by_election": say("bầu bổ sung"), "transferred_in": say("chuyển sinh hoạt đến")}
ENDING_WORDS = {
    "term_end": say("hết nhiệm kỳ"),
    "resigned": say("thôi làm nhiệm vụ theo nguyện vọng"),
    "transferred_out": say("chuyển sinh hoạt đi nơi khác"),
    "dismissed": say("bãi nhiệm, mất quyền đại biểu"),
    "died": say("từ trần"),
    "other": say("lý do khác"),
}
ROLE_WORDS = {"member": say("thành viên"), "deputy_head": say("tổ phó"), "head": say("tổ trưởng")}


def constituency_label(*, number: int, body: str, term: str, name: str, former: bool) -> Message:
    """ "ĐVBC số 20 HĐND (Gia Lâm cũ)"; one without a name of former districts says its term: "ĐVBC số 1 ĐBQH khóa XVI"."""
    if former and name:
        return say("ĐVBC số {number} {body} ({name} cũ)", number=number, body=body, name=name)
    if name:
        return say("ĐVBC số {number} {body} khóa {term} ({name})", number=number, body=body, term=term, name=name)
    return say("ĐVBC số {number} {body} khóa {term}", number=number, body=body, term=term)


def term_label(*, body: str, term: str, years: str) -> Message:
    """ "HĐND khóa XVI (2021-2026)"."""
    return say("{body} khóa {term} ({years})", body=body, term=term, years=years) if years else say("{body} khóa {term}", body=body, term=term)


ACT_WORDS = {
    "council.load_reference": say("Đã nạp dữ liệu tham chiếu"),
    "council.edit_constituency": say("Đã sửa đơn vị bầu cử"),
    "council.add_constituency": say("Đã thêm đơn vị bầu cử"),
    "council.add_line": say("Đã thêm một nơi vào danh sách"),
    "council.end_line": say("Đã kết thúc một nơi trong danh sách"),
    "council.supersede_line": say("Đã gạch một dòng sai"),
    "council.confirm_line": say("Đã xác nhận một nơi"),
    "council.give_mandate": say("Đã ghi đại biểu"),
    "council.end_mandate": say("Đã kết thúc nhiệm kỳ của đại biểu"),
}
FIELD_WORDS = {
    "number": say("số"),
    "name": say("tên"),
    "seats": say("số đại biểu được bầu"),
    "confirmed": say("xác nhận số"),
    "note": say("ghi chú"),
    "valid_from": say("từ ngày"),
    "valid_to": say("đến hết ngày"),
    "certainty": say("mức chắc chắn"),
    "delegate": say("đại biểu"),
    "from_on": say("từ ngày"),
    "to_on": say("đến hết ngày"),
    "began_by": say("bắt đầu do"),
    "ended_by": say("kết thúc do"),
}
VALUE_WORDS = CERTAINTY_WORDS | BEGINNING_WORDS | ENDING_WORDS


def in_words(name: str, old: Any, new: Any) -> Message:
    """A journal's change of a field in words: "số: 21 → 24"; only the new value where there was none."""
    field = FIELD_WORDS.get(name, name)
    if old is None or old == new:
        return say("{field}: {new}", field=field, new=_value(new))
    return say("{field}: {old} → {new}", field=field, old=_value(old), new=_value(new))


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) == len("2025-07-01") and (day := parse_day(value)):
        return format_day(day)
    if isinstance(value, bool):
        return say("có") if value else say("không")
    return "–" if value is None else VALUE_WORDS.get(value, value) if isinstance(value, str) else value
