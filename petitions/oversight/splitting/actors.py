"""Who a sentence obliges: "Giao X chủ trì, phối hợp với Y", "Đề nghị X chỉ đạo Y", "…, giao X tham mưu", "X phối hợp Y rà soát". Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from petitions.oversight.splitting.mentions import AGENCY, COUNCIL, GROUP, Mention, Register

_B, _E = r"(?<!\w)", r"(?!\w)"
_GIVES = (
    r"(?:giao(?:\s+(?:nhiệm\s+vụ|trách\s+nhiệm))?(?:\s+cho)?|yêu\s+cầu|đề\s+nghị|kiến\s+nghị(?:\s+với)?|phân\s+công|chỉ\s+đạo|đôn\s+đốc"
    r"|đề\s+xuất|lưu\s+ý|ủy\s+quyền(?:\s+cho)?)"
)
_ADVERB = (
    r"(?:(?:cần|phải|tập\s+trung|tiếp\s+tục|khẩn\s+trương|quan\s+tâm|quyết\s+liệt|tăng\s+cường|chủ\s+động"
    r"|sớm|kịp\s+thời|thường\s+xuyên|trực\s+tiếp|có\s+trách\s+nhiệm|nghiêm\s+túc|xem\s+xét)\s*,?\s+)*"
)
GIVES = re.compile(rf"{_B}{_GIVES}\s*:?\s+", re.IGNORECASE)
_NESTED = re.compile(rf"[\s,]*{_ADVERB}(?:chỉ\s+đạo|giao|yêu\s+cầu|phân\s+công)(?:\s+cho)?\s*:?\s+", re.IGNORECASE)
_LEADS = re.compile(r"\s*(?:là\s+(?:cơ\s+quan|đơn\s+vị)\s+|làm\s+|giữ\s+vai\s+trò\s+)?(?:chủ\s+trì|đầu\s+mối|tham\s+mưu)" + _E, re.IGNORECASE)
_TOGETHER = re.compile(
    rf"{_B}(?:phối\s+hợp(?:\s+(?:chặt\s+chẽ|đồng\s+bộ|hiệu\s+quả))?(?:\s+(?:cùng\s+với|cùng|với))?|cùng\s+với|cùng|có\s+sự\s+tham\s+gia\s+của|với\s+sự\s+phối\s+hợp\s+của)\s+",
    re.IGNORECASE,
)
_HELPS = re.compile(r"\s*(?:cùng\s+)?(?:phối\s+hợp|hỗ\s+trợ|tham\s+gia)\s*(?:thực\s+hiện\s*)?(?=$|[,.;)]|\s+và)", re.IGNORECASE)
_LABELS = re.compile(
    rf"{_B}(?:cơ\s+quan|đơn\s+vị)\s+(?P<role>(?:chủ\s+trì|đầu\s+mối|phối\s+hợp|thực\s+hiện|tham\s+mưu|chịu\s+trách\s+nhiệm))(?:\s+(?:thực\s+hiện|tham\s+mưu))?\s*(?::|là)\s*"
    rf"|{_B}(?P<bare>trách\s+nhiệm(?:\s+thực\s+hiện)?|chủ\s+trì|phối\s+hợp|thực\s+hiện|phân\s+công(?:\s+thực\s+hiện)?)\s*:\s*",
    re.IGNORECASE,
)
_AGENT = re.compile(rf"(?:^|[,;:(–-]\s*|{_B}(?:và|do|bởi|trong\s+đó)\s+)(?=\S)", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:trước|trong|cuối|sau|thời\s+hạn|do\s+đó|vì\s+(?:vậy|thế)|cũng\s+tại|để|căn\s+cứ|trên\s+cơ\s+sở|đối\s+với|về|nhằm|cùng\s+với|bên\s+cạnh|ngoài\s+ra|đồng\s+thời|từ|đến|riêng|chậm\s+nhất|theo|định\s+kỳ|h[ằà]ng|thời\s+gian\s+tới|qua|khi|năm|quý|tại|với)\b",
    re.IGNORECASE,
)
_TOWARD = re.compile(r"(?:riêng\s+)?(?:đối\s+với|về\s+phía|kiến\s+nghị\s+với|với)\s+", re.IGNORECASE)
_TELLS = re.compile(
    r"\s*,?\s*(?:(?-i:[A-ZĐÀ-Ỵ])\w*\s+){0,5}(?:kết\s+luận\s*:?\s*|cũng\s+|đã\s+|tiếp\s+tục\s+)?(?:giao|yêu\s+cầu|đề\s+nghị|kiến\s+nghị(?:\s+với)?|đề\s+xuất)(?:\s+cho)?\s+",
    re.IGNORECASE,
)
_COUNCIL_TELLS = re.compile(
    r"[^,;.:]{0,60}?(?:\s(?:giao|yêu\s+cầu|đề\s+nghị|kiến\s+nghị(?:\s+với)?|đề\s+xuất|phân\s+công)(?:\s+cho)?\s+|\s*:\s+)", re.IGNORECASE
)
_FOR = re.compile(
    r"^(?:đối\s+với|về\s+phía|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của|kiến\s+nghị\s+(?:đối\s+)?với|đề\s+nghị(?:\s+đối\s+với)?|yêu\s+cầu(?:\s+đối\s+với)?|giao|chỉ\s+đạo|phân\s+công|với)\s+",
    re.IGNORECASE,
)
# What may stand before an agency without making it the one who acts: "trình UBND Thành phố", "của Sở Y tế".
FINDING = re.compile(
    r"^\s*,?\s*(?:cơ\s+bản\s+)?(?:đã|chưa|còn|đang|có\s+(?!trách\s+nhiệm|giải\s+pháp|biện\s+pháp|kế\s+hoạch|phương\s+án|báo\s+cáo)|là\s+(?!cơ\s+quan|đơn\s+vị)|được|bị|mới|vẫn|không\s+(?!để|được|cấp|thực)|nhận\s+(?:định|thấy|được)|cho\s+biết|cho\s+rằng|khẳng\s+định|thừa\s+nhận)(?!\w)",
    re.IGNORECASE,
)

_CLOSES = re.compile(r"\s*\)\s*[.;]*\s*$")
MOST_AFTER = 14  # letters that may follow the names in a heading: "… Trung ương"


@dataclass(frozen=True, slots=True)
class Actors:
    """Who leads, who helps, which post answers for it; `asked`: a word like "giao" stands before; `end`: where what they shall do begins."""

    lead: tuple[Mention, ...] = ()
    together: tuple[Mention, ...] = ()
    post: str = ""
    asked: bool = False
    at_start: bool = False
    end: int = 0
    council: bool = False

    @property
    def named(self) -> bool:
        """Whether any agency is obliged."""
        return bool(self.lead)


def actors(text: str, register: Register) -> Actors:
    """Who `text` (one sentence or a part of one) obliges."""
    main = _main(text, register)
    found = main or Actors()
    lead, together = list(found.lead), list(found.together)
    if taking := _taking_lead(text, register, found):
        rest = [one for one in lead if one.name not in {name.name for name in taking.lead}]
        # "UBND Thành phố ban hành …, giao Sở Tài chính chủ trì": who is charged within the sentence does it.
        together += [one for one in rest if one.kind == GROUP and found.end > taking.end]
        lead = list(taking.lead)
        found = replace(taking, at_start=found.at_start, end=max(found.end, 0) or taking.end, asked=True)
    together += _helping(text, register, {one.name for one in lead})
    lead, vague = _sorted(lead)
    together += vague
    names = {one.name for one in lead}
    kept = tuple({one.name: one for one in together if one.name not in names and one.kind != COUNCIL}.values())
    post = next((one.post for one in lead if one.post), "")
    councils = bool(found.lead) and all(one.kind == COUNCIL for one in found.lead)
    return replace(found, lead=tuple(one for one in lead if one.kind != COUNCIL), together=kept, post=post, council=councils)


def heading_actors(text: str, register: Register) -> Actors:
    """Who a heading speaks to: "Đối với Sở Xây dựng", "UBND Thành phố:", "Trách nhiệm của các sở, ngành"."""
    plain = text.strip().rstrip(":.;").strip()
    start = found.end() if (found := _FOR.match(plain)) else 0
    listed = register.listed(plain, start)
    if not listed or len(plain) - listed[-1].end > MOST_AFTER:
        return Actors()
    lead, vague = _sorted(one for one in listed if one.kind != COUNCIL)
    post = next((one.post for one in lead if one.post), "")
    return Actors(tuple(lead), tuple(vague), post, asked=True, at_start=True, end=len(text), council=not lead and not vague)


def _sorted(listed: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Those who lead, and vague groups that only stand beside a named agency ("UBND Thành phố, các sở, ngành")."""
    found = list({one.name: one for one in listed}.values())
    named = [one for one in found if one.kind != GROUP or one.name.lower().startswith(("ubnd", "ủy ban", "uỷ ban"))]
    if not named or all(one.kind == COUNCIL for one in named):
        return found, []
    return named, [one for one in found if one not in named]


def _main(text: str, register: Register) -> Actors | None:
    """The subject of the sentence, or whom it asks."""
    first = GIVES.match(text)
    if first is not None and (listed := register.listed(text, first.end())):
        return _nested(text, register, listed, asked=True, at_start=True)
    if listed := register.listed(text, 0):
        return _told(text, register, listed) or _nested(text, register, listed, asked=False, at_start=True)
    if toward := _TOWARD.match(text):
        listed = register.listed(text, toward.end())
        if listed and re.match(r"\s*[,:]\s", text[listed[-1].end :]) and not register.listed(text, listed[-1].end + 2):
            return _nested(text, register, listed, asked=True, at_start=True)
    opening = _OPENING.match(text)
    if opening is not None:
        for comma in re.finditer(r"[,:]\s+", text):
            here = found.end() if (found := GIVES.match(text, comma.end())) else comma.end()
            listed = register.listed(text, here)
            if listed and not _only_names(text, comma.start(), listed):
                return _told(text, register, listed) or _nested(text, register, listed, asked=found is not None, at_start=True)
    for asks in GIVES.finditer(text):
        if asks.start() and (listed := register.listed(text, asks.end())):
            return _nested(text, register, listed, asked=True, at_start=False)
    return None


def _told(text: str, register: Register, listed: list[Mention]) -> Actors | None:
    """ "Thường trực HĐND yêu cầu UBND Thành phố …", "Thủ tướng … giao Bộ Y tế …": who is told, not who tells."""
    tells = (_COUNCIL_TELLS if all(one.kind == COUNCIL for one in listed) else _TELLS).match(text, listed[-1].end)
    if tells is None or not (told := register.listed(text, tells.end())):
        return None
    return _nested(text, register, told, asked=True, at_start=True)


def _only_names(text: str, comma: int, listed: list[Mention]) -> bool:
    """Whether a list behind a comma merely goes on listing ("tại Sở A, Sở B, cần …"): nothing it does follows."""
    after = text[listed[-1].end :]
    return not after.strip(" .;") or (after.lstrip().startswith((",", ";", ")")) and comma < 0)


def _nested(text: str, register: Register, listed: list[Mention], *, asked: bool, at_start: bool) -> Actors:
    """ "UBND Thành phố chỉ đạo Sở Xây dựng …": named agencies that are charged lead; vague groups help the one who charges them."""
    end = listed[-1].end
    inner = _NESTED.match(text, end)
    if inner is not None and (charged := register.listed(text, inner.end())):
        named = [one for one in charged if one.kind in (AGENCY, "other")]
        if named:
            vague = tuple(one for one in charged if one not in named)
            return Actors(tuple(named), vague, asked=True, at_start=at_start, end=charged[-1].end)
        return Actors(tuple(listed), tuple(charged), asked=True, at_start=at_start, end=charged[-1].end)
    return Actors(tuple(listed), asked=asked, at_start=at_start, end=end)


def _taking_lead(text: str, register: Register, main: Actors) -> Actors | None:
    """An agency that takes the lead within the sentence: "giao Sở Xây dựng chủ trì", "do Sở Y tế chủ trì", "Cơ quan chủ trì: Sở Y tế"."""
    for label in _LABELS.finditer(text):
        if not _helps(label) and (listed := register.listed(text, label.end())):
            return Actors(tuple(listed), asked=True, end=listed[-1].end)
    for place in _AGENT.finditer(text):
        found = GIVES.match(text, place.end())
        here = found.end() if found else place.end()
        if here < main.end:
            continue
        listed = register.listed(text, here)
        if not listed or all(one.kind == COUNCIL for one in listed):
            continue
        giving = found is not None and re.match(r"(?:giao|phân)", found.group(), re.IGNORECASE) is not None
        alone = text[: place.end()].rstrip().endswith("(") and _CLOSES.match(text, listed[-1].end) is not None  # "… (Sở Y tế)."
        if _LEADS.match(text, listed[-1].end) or giving or alone:
            return Actors(tuple(listed), asked=True, end=listed[-1].end)
    return None


def _helps(label: re.Match[str]) -> bool:
    return "phối" in (label["role"] or label["bare"]).lower()


def _helping(text: str, register: Register, leading: set[str]) -> list[Mention]:
    """Co-ordinators: after "phối hợp với", before "phối hợp", after "Cơ quan phối hợp:"."""
    found: list[Mention] = []
    for word in (*_TOGETHER.finditer(text), *(label for label in _LABELS.finditer(text) if _helps(label))):
        found.extend(register.listed(text, word.end()))
    for place in _AGENT.finditer(text):
        listed = register.listed(text, place.end())
        if listed and _HELPS.match(text, listed[-1].end) and place.end() > 0:
            found.extend(one for one in listed if one.name not in leading)
    return sorted({one.name: one for one in found}.values(), key=lambda one: one.start)
