"""How a constituency and a term are called: always with their body, for numbers mean nothing across bodies and terms."""

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
