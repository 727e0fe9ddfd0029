"""Agencies named in running text: by the register, by groups ("UBND các quận, huyện"), as lists, with the post that is meant. Pure."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from petitions.agencies import resolver
from petitions.agencies.directory import Directory
from petitions.agencies.naming import key_of, plain
from petitions.areas.spelling import syllable

AGENCY, GROUP, COUNCIL, OTHER = "agency", "group", "council", "other"
_WORD = re.compile(r"[^\W_]+")
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_UPPER}][\w]*(?:\s+[{_UPPER}][\w]*)*"
_COMMITTEE = r"(?:UBND|U[ỷỶ] ban nhân dân|[ỦU][yỷY] ban [Nn]hân dân|ỦY BAN NHÂN DÂN|[Cc]hính quyền)"
_AREA = r"(?:quận|huyện|thị\s+xã|thị\s+trấn|phường|xã|thành\s+phố|cấp\s+huyện|cấp\s+xã|địa\s+phương)"
_POST = re.compile(
    r"(?:(?:các\s+)?đồng\s+chí\s+|đ/c\s+|ông\s+|bà\s+)?(?P<post>(?:Phó\s+)?(?:Giám\s+đốc|Chủ\s+tịch|Cục\s+trưởng|Trưởng\s+ban|Bộ\s+trưởng|Tổng\s+Giám\s+đốc|Chánh(?=\s+(?:Thanh|Văn))"
    r"|Thủ\s+trưởng|[Nn]gười\s+đứng\s+đầu|[Ll]ãnh\s+đạo|Viện\s+trưởng|Chánh\s+án|Tư\s+lệnh))\s+(?:của\s+)?",
    re.IGNORECASE,
)
_COUNCIL = re.compile(
    r"(?:(?:Thường\s+trực|[Cc]ác\s+Ban(?:\s+của)?(?!\s+(?:quản|[Qq]uản|[Cc]hỉ))|Ban|[Cc]ác\s+Tổ\s+đại\s+biểu(?:\s+và\s+(?:[Cc]ác\s+)?(?:vị\s+)?đại\s+biểu)?|Tổ\s+đại\s+biểu"
    r"|(?:[Cc]ác\s+)?(?:vị\s+)?[Đđ]ại\s+biểu|Chủ\s+tịch|Văn\s+phòng(?:\s+Đoàn\s+(?:ĐBQH|đại\s+biểu\s+Quốc\s+hội)\s+và)?)\s+)?"
    r"(?:HĐND|Hội\s+đồng\s+nhân\s+dân)(?!\s+(?:các|cấp|quận|huyện|xã|phường))(?:\s+(?:[Tt]hành\s+phố|TP\.?|tỉnh))?(?:\s+Hà\s+Nội)?"
    r"|[Cc]ác\s+(?:Ban(?!\s+(?:[Qq]uản|[Cc]hỉ))|Tổ\s+đại\s+biểu|đại\s+biểu)(?![\w])|(?:[Cc]ác\s+)?(?:Tổ\s+)?[Đđ]ại\s+biểu(?=\s*(?:,|và|giám\s+sát))"
    r"|Ban\s+(?:Pháp\s+chế|Kinh\s+tế\s*-\s*Ngân\s+sách|Đô\s+thị|Văn\s+hóa\s*-\s*Xã\s+hội)|Đoàn\s+(?:giám\s+sát|ĐBQH|đại\s+biểu\s+Quốc\s+hội)[^,;.]{0,20}?(?=[\s,;.])"
    r"|Chủ\s+tọa\s+kỳ\s+họp|Thường\s+trực"
)
_GROUP_OF_COMMITTEES = re.compile(
    rf"{_COMMITTEE}\s+(?:(?:các|\d+|tất\s+cả\s+các|một\s+số)\s+)*(?P<kinds>{_AREA}(?:(?:\s*(?:,|và|/|hoặc|-)\s*|\s+)(?:các\s+)?{_AREA})*)(?P<tail>\s+(?:liên\s+quan|có\s+liên\s+quan|trên\s+địa\s+bàn(?:\s+[Tt]hành\s+phố)?))?",
    re.IGNORECASE,
)
_VAGUE_NOUN = (
    r"(?:sở|ban(?!\s+quản)|ngành|đoàn\s+thể|đơn\s+vị|cơ\s+quan|địa\s+phương|tổ\s+chức(?:\s+chính\s+trị\s*-\s*xã\s+hội)?|chủ\s+đầu\s+tư|doanh\s+nghiệp|cấp"
    r"|quận|huyện|thị\s+xã|xã|phường|thị\s+trấn|ban\s+quản\s+lý(?:\s+dự\s+án)?|lực\s+lượng|bộ)"
)
_VAGUE = re.compile(
    rf"(?:(?:các|những|một\s+số)\s+(?:\d+\s+)?{_VAGUE_NOUN}|{_VAGUE_NOUN}(?=(?:\s*,\s*{_VAGUE_NOUN})*\s+(?:(?:có\s+)?liên\s+quan|chức\s+năng)))"
    rf"(?:(?:\s*,\s*|\s+và\s+(?:các\s+)?|\s+|/){_VAGUE_NOUN}(?!\w))*(?:\s+(?:có\s+liên\s+quan|liên\s+quan|chức\s+năng|trực\s+thuộc|(?:của\s+)?[Tt]hành\s+phố|TP))*(?!\w)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"sở(?:\s*,)?(?:\s+ban\s*,?)?\s+ngành(?:\s+(?:liên\s+quan|[Tt]hành\s+phố))?(?!\w)", re.IGNORECASE)
_PROVINCE = re.compile(rf"{_COMMITTEE}\s+(?:các\s+)?tỉnh(?:\s*,\s*thành\s+phố)?(?:\s+(?-i:{_NAME}))?", re.IGNORECASE)
_LISTED_DEPARTMENTS = re.compile(rf"(?:các\s+)?(?P<head>[Ss]ở|[Bb]ộ)\s*(?::\s*|\s)(?=[{_UPPER}])")
_LISTED_AREAS = re.compile(
    rf"{_COMMITTEE}\s+(?:các\s+|\d+\s+)?(?P<kind>quận|huyện|thị\s+xã|phường|xã|thị\s+trấn)(?:\s*,\s*(?:quận|huyện|thị\s+xã|phường|xã))*\s*:?\s+(?=[{_UPPER}])",
    re.IGNORECASE,
)
# Behind a post: "Lãnh đạo các huyện", "Chủ tịch tỉnh, thành phố": their committees.
_AREAS_LED = re.compile(rf"(?:các\s+)?(?P<areas>(?:tỉnh|{_AREA})(?:\s*(?:,|và)\s*(?:các\s+)?{_AREA})*)(?!\w)(?!\s+(?-i:[{_UPPER}]))", re.IGNORECASE)
_COMMA = re.compile(r"\s*(?:,\s*(?:và\s+)?|\s+và\s+|;\s*|\s+cùng\s+)")
_HEADS = (
    r"(?:Sở|Ban|Uỷ\s+ban|Ủy\s+ban|UBND|Văn\s+phòng|Thanh\s+tra|Công\s+an|Bộ|Cục|Chi\s+cục|Tổng\s+cục|Kho\s+bạc|Bảo\s+hiểm\s+xã\s+hội|Ngân\s+hàng|Tòa\s+án|Viện|Tổng\s+công\s+ty"
    r"|Công\s+ty|Tập\s+đoàn|Trung\s+tâm|Trường|Bệnh\s+viện|Quỹ|Hội|Liên\s+đoàn|Liên\s+minh|Báo|Đài|Mặt\s+trận|Cảnh\s+sát|Bộ\s+Tư\s+lệnh|Đảng\s+ủy|Thành\s+đoàn|Tổ\s+công\s+tác|Ban\s+Chỉ\s+đạo)"
)
_OTHER = re.compile(
    rf"(?!Ban\s+hành|Báo\s+cáo|Trường\s+hợp|Quỹ\s+(?:đất|nhà)|Hội\s+nghị|Bộ\s+phận|Viện\s+dẫn|Thanh\s+tra\s+trách){_HEADS}(?!\w)(?P<rest>(?:\s+(?:[\w&/.]+|-))*)"
)
# Words that end a name that the register does not know: what an agency does begins here.
_DOES = re.compile(
    r"\s+(?:chủ\s+trì|phối\s+hợp|tham\s+mưu|khẩn\s+trương|tiếp\s+tục|tập\s+trung|hoàn\s+thành|rà\s+soát|chỉ\s+đạo|tổ\s+chức|ban\s+hành|báo\s+cáo|tăng\s+cường|đẩy\s+(?:nhanh|mạnh)"
    r"|thực\s+hiện|triển\s+khai|hướng\s+dẫn|kiểm\s+tra|nghiên\s+cứu|có\s+trách\s+nhiệm|phải|cần|sớm|đã|chưa|còn|đang|trong|trước|theo|cùng|để|về|thuê|lập|bố\s+trí|công\s+khai|xử\s+lý"
    r"|cung\s+cấp|bảo\s+đảm|đảm\s+bảo|định\s+kỳ|thường\s+xuyên|giao(?!\s+thông)|(?<!công\s)trình|và(?=\s+(?:các|Sở|UBND|Công|Ban|đơn|cơ))|xây\s+dựng\s+(?:kế\s+hoạch|đề\s+án|phương\s+án|quy)|thanh\s+tra|giải\s+quyết|quan\s+tâm|chú\s+trọng|nâng\s+cao|là|tại|cho|với|của)(?!\w)"
)
_CITY_TAIL = re.compile(r"\s+(?:(?:[Tt]hành\s+phố|TP\.?|Tp\.?)(?:\s*Hà\s+Nội)?|Hà\s+Nội)(?!\w)")
_OTHER_CITY = re.compile(rf"\s+(?:[Tt]hành\s+phố\s+|TP\.?\s*|tỉnh\s+)(?!Hà\s+Nội|HN)(?P<name>[{_UPPER}][\w]*(?:\s+[{_UPPER}][\w]*)+|HCM)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where it stands, what it is called by the register (or as written), what it is, the post that is named with it."""

    start: int
    end: int
    name: str
    kind: str
    agency_id: int | None = None
    post: str = ""


class Register:
    """The agencies as they lived on a day, ready to be found in text."""

    def __init__(self, directory: Directory, on: date | None) -> None:
        self.directory, self.on = directory, on

    @cached_property
    def _keys(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """First syllable → keys that begin with it, longest first."""
        made: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for entry in self.directory.agencies.values():
            for name in entry.names:
                key = key_of(name)
                if key and key != ("thành", "phố"):  # "Thành phố" alone is mostly the place
                    made[key[0]].add(key)
        return {first: sorted(keys, key=lambda key: (-len(key), key)) for first, keys in made.items()}

    def name(self, agency_id: int) -> str:
        """The register's name."""
        return self.directory.agencies[agency_id].name

    def listed(self, text: str, start: int) -> list[Mention]:
        """The agencies that a list beginning at `start` names, in order; empty when none begins there."""
        found: list[Mention] = []
        here = start
        while more := self._at(text, here) or (self._beside(text, here) if found else []):
            found.extend(more)
            comma = _COMMA.match(text, more[-1].end)
            if comma is None:
                break
            here = comma.end()
        return found

    def _beside(self, text: str, start: int) -> list[Mention]:
        """A vague group without "các", as it stands behind a name: "UBND Thành phố, sở ngành …"."""
        vague = _BESIDE.match(text, start)
        return [Mention(start, vague.end(), " ".join(vague.group().split()), GROUP)] if vague else []

    def _at(self, text: str, start: int) -> list[Mention]:
        """What is named at this very place: one agency, or several where one head serves many ("các quận Hoàng Mai, Hà Đông")."""
        post = _POST.match(text, start)
        if post is not None and (areas := _AREAS_LED.match(text, post.end())) is not None:
            areas_named = " ".join(areas["areas"].split())
            return [Mention(start, areas.end(), f"UBND các {areas_named}", OTHER if areas_named.lower().startswith("tỉnh") else GROUP)]
        if post is not None and (meant := self._without_post(text, post.end())):
            return [Mention(start, one.end, one.name, one.kind, one.agency_id, f"{text[post.start('post') : post.end('post')]} {one.name}") for one in meant]
        return self._without_post(text, start)

    def _without_post(self, text: str, start: int) -> list[Mention]:
        if council := _COUNCIL.match(text, start):
            return [Mention(start, council.end(), council.group(), COUNCIL)]
        if many := self._areas(text, start) or self._departments(text, start):
            return many
        group = _GROUP_OF_COMMITTEES.match(text, start)
        if group is not None and not re.match(rf"\s+[{_UPPER}]", text[group.end() :]) and not self._is_city(group):
            return [Mention(start, group.end(), " ".join(group.group().split()), GROUP)]
        if province := _PROVINCE.match(text, start):
            return [Mention(start, province.end(), " ".join(province.group().split()), OTHER)]
        if one := self._registered(text, start):
            return [one]
        if vague := _VAGUE.match(text, start):
            return [Mention(start, vague.end(), " ".join(vague.group().split()), GROUP)]
        return self._unregistered(text, start)

    def _is_city(self, group: re.Match[str]) -> bool:
        """ "UBND Thành phố" is one agency, no group."""
        return "".join(group["kinds"].lower().split()) == "thànhphố"

    def _registered(self, text: str, start: int) -> Mention | None:
        """The longest name of the register that begins here."""
        head = _WORD.match(text, start)
        if head is None or not (head.group()[0].isupper() or head.group()[0].isdigit()):
            return None
        words = [(syllables, word.end()) for word in _some_words(text, start) if (syllables := key_of(word.group()) or (syllable(word.group()),))]
        stream = [(one, end) for syllables, end in words for one in syllables]
        for key in self._keys.get(stream[0][0], ()) if stream else ():
            end = _matched(key, stream)
            if end is None or _OTHER_CITY.match(text, end) or (len(key) <= 4 and _of_area(text, end, key)):
                continue
            tail = _CITY_TAIL.match(text, end)
            found = resolver.find(self.directory, " ".join(key), self.on)
            agency = found.named_id or found.agency_id
            if agency is None and found.candidates:
                agency = next((number for number, name in self.directory.by_name.get(plain(key), ()) if name == key), found.candidates[0].agency_id)
            if agency is not None:
                return Mention(start, tail.end() if tail else end, self.name(agency), AGENCY, agency)
        return None

    def _areas(self, text: str, start: int) -> list[Mention]:
        """ "UBND quận Hoàng Mai", "UBND các huyện Ba Vì, Mỹ Đức và thị xã Sơn Tây": a committee each."""
        head = _LISTED_AREAS.match(text, start)
        if head is None:
            return []
        found: list[Mention] = []
        kind, here = " ".join(head["kind"].split()).lower(), head.end()
        while name := re.compile(_NAME).match(text, here):
            if re.match(rf"{_HEADS}(?!\w)", name.group()) and found:
                break
            one = self._committee(f"{kind} {name.group()}", start if not found else here, name.end())
            if one.agency_id is None and found:
                break
            found.append(one)
            more = re.compile(rf"\s*(?:,\s*(?:và\s+)?|\s+và\s+)(?:(?:các\s+)?(?P<kind>quận|huyện|thị\s+xã|phường|xã)\s+)?(?=[{_UPPER}])").match(
                text, name.end()
            )
            if more is None:
                break
            kind, here = " ".join((more["kind"] or kind).split()).lower(), more.end()
        return found

    def _committee(self, area: str, start: int, end: int) -> Mention:
        resolved = resolver.find(self.directory, f"Ủy ban nhân dân {area}", self.on)
        if resolved.outcome is resolver.Outcome.UNKNOWN and self.on is not None:
            resolved = resolver.find(self.directory, f"Ủy ban nhân dân {area}")
        agency = resolved.named_id or resolved.agency_id
        if agency is None:
            return Mention(start, end, f"UBND {area}", OTHER)
        return Mention(start, end, self.name(agency), AGENCY, agency)

    def _departments(self, text: str, start: int) -> list[Mention]:
        """ "các Sở: Xây dựng, Tài chính và Quy hoạch - Kiến trúc": a department each."""
        head = _LISTED_DEPARTMENTS.match(text, start)
        if head is None:
            return []
        word = head["head"].capitalize()
        found: list[Mention] = []
        here = head.end()
        while one := self._registered(f"{word} {text[here:]}", 0):
            shift = here - len(word) - 1
            found.append(Mention(start if not found else here, one.end + shift, one.name, one.kind, one.agency_id))
            more = _COMMA.match(text, found[-1].end)
            if more is None or re.match(rf"{_HEADS}(?!\w)|các\s", text[more.end() :]) or not text[more.end() : more.end() + 1].isupper():
                break
            here = more.end()
        return found

    def _unregistered(self, text: str, start: int) -> list[Mention]:
        """A body that the register does not know, as written."""
        found = _OTHER.match(text, start)
        if found is None:
            return []
        stop = _DOES.search(text, start + len(found.group()) - len(found["rest"]), found.end())
        end = stop.start() if stop else found.end()
        name = text[start:end].rstrip(" .-")
        if len(name.split()) < 2 or len(name) > 120 or not any(word[0].isupper() for word in name.split()[1:]):
            return []
        return [Mention(start, start + len(name), " ".join(name.split()), OTHER)]


def _some_words(text: str, start: int) -> list[re.Match[str]]:
    """The next words, up to a mark that no name holds."""
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, start + 160):
        if words and re.search(
            r"[.;:()\n]", text[words[-1].end() : word.start()].replace(". ", " ", 1 if words[-1].group() in ("TP", "Q", "H", "P", "X", "TX") else 0)
        ):
            break
        words.append(word)
    return words


def _matched(key: tuple[str, ...], stream: Sequence[tuple[str, int]]) -> int | None:
    """Where `key` ends in the stream of syllables ("và", "các" left out within it), or None."""
    place = 0
    end = None
    for want in key:
        while place and place < len(stream) and stream[place][0] in ("và", "các") and want not in ("và", "các"):
            place += 1
        if place >= len(stream) or stream[place][0] != want:
            return None
        end = stream[place][1]
        place += 1
    return end


def _of_area(text: str, end: int, key: tuple[str, ...]) -> bool:
    """A name as short as "Công an" that goes on with an area is another agency's: "Công an quận Hoàng Mai"."""
    rest = text[end : end + 24].lower()
    if key in (("công", "an"), ("uỷ", "ban", "nhân", "dân")):
        return not _CITY_TAIL.match(text, end) and bool(re.match(r"\s+(?:các|cấp|quận|huyện|thị|phường|xã|tỉnh|nhân|viên|\d)", rest))
    return bool(re.match(r"\s+(?:quận|huyện|thị\s+xã|phường|xã|tỉnh)(?!\w)", rest))
