"""What says more of a demand than it demands itself: labelled lines ("Cơ quan chủ trì: …"), terms and reports that follow, sentences that only
say who leads. Pure."""

import re

from petitions.oversight.splitting import dues
from petitions.oversight.splitting.actors import GIVES, Actors

LEAST_WORDS = 3  # fewer words than these, once names and roles are taken away, say nothing that is to be done
ADDS = re.compile(
    r"^(?:(?:định\s+kỳ|h[ằà]ng\s+(?:quý|tháng|năm)|trước\s+ngày|kết\s+quả|đồng\s+thời|việc|các\s+nội\s+dung|công\s+việc)\b.*)?(?:tổng\s+hợp,?\s+)?(?:gửi\s+|và\s+)?báo\s+cáo|^(?:thời\s+(?:gian|hạn|điểm)|hoàn\s+thành\s+(?:trong|trước|vào|chậm)"
    r"|xong\s+trước|thực\s+hiện\s+(?:trong|xong)|(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ\s+trì|phối\s+hợp)|chậm\s+nhất|kết\s+quả|sản\s+phẩm|trong\s+đó|tiến\s+độ|lộ\s+trình|người\s+chịu\s+trách\s+nhiệm|trách\s+nhiệm\s+chính|định\s+kỳ|h[ằà]ng)",
    re.IGNORECASE,
)
ONLY_ROLE = re.compile(
    r"^[\s,]*(?:(?:chủ\s+trì|phối\s+hợp|tham\s+mưu|thực\s+hiện|tổ\s+chức|đôn\s+đốc|đầu\s+mối|theo\s+dõi|làm|là|cơ\s+quan|đơn\s+vị|và|việc|này|nội\s+dung)[\s,]*)*",
    re.IGNORECASE,
)
# "Cơ quan chủ trì: …", "Thời hạn: …" in lines of their own say more of the item above them.
LABELLED = re.compile(
    r"^\W*(?:(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ\s+trì|phối\s+hợp|thực\s+hiện|đầu\s+mối|tham\s+mưu|chịu)|(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|hạn)(?:\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo))?\s*(?::|là)|sản\s+phẩm|kết\s+quả\s*:|chế\s+độ\s+báo\s+cáo|người\s+chịu|(?:trách\s+nhiệm(?:\s+thực\s+hiện)?|chủ\s+trì|phối\s+hợp|thực\s+hiện|phân\s+công(?:\s+thực\s+hiện)?)\s*:)",
    re.IGNORECASE,
)
RESULT = re.compile(r"^\W*(?:sản\s+phẩm|kết\s+quả)(?:\s+đầu\s+ra)?\s*:\s*(?P<what>[^;.]{3,200})", re.IGNORECASE)
LEADING = re.compile(r"chủ\s+trì|tham\s+mưu|đầu\s+mối|thực\s+hiện|trách\s+nhiệm|phân\s+công", re.IGNORECASE)
_TERM = re.compile(r"thời\s+(?:gian|hạn)", re.IGNORECASE)


def only_roles(text: str, who: Actors) -> bool:
    """Whether a sentence merely says who leads and who helps: "Giao Sở Xây dựng là cơ quan đầu mối, Công an Thành phố phối hợp"."""
    if not who.named or dues.every(text, None):
        return False
    rest = text
    for one in sorted((*who.lead, *who.together), key=lambda one: -one.start):
        rest = rest[: one.start] + "," + rest[one.end :]
    rest = GIVES.sub(" ", rest.strip(" .;()"))
    return not ONLY_ROLE.sub("", re.sub(r"[\s,]+", " ", rest)).strip()


def lasts(text: str) -> bool:
    """A labelled term that names no day: "Thời gian: thường xuyên"."""
    found = _TERM.search(text)
    return found is not None and dues.lasting(text[found.end() :])
