"""The proposals of a document: one a duty, each with its source sentence. What is a duty and what a finding is decided here. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from petitions.oversight.splitting import dues, rhythms
from petitions.oversight.splitting.actors import FINDING, GIVES, Actors, actors, heading_actors
from petitions.oversight.splitting.dues import Due
from petitions.oversight.splitting.labels import ADDS, LABELLED, LEADING, LEAST_WORDS, ONLY_ROLE, RESULT, lasts, only_roles
from petitions.oversight.splitting.mentions import GROUP, Mention, Register
from petitions.oversight.splitting.outline import DASHES, Clause
from petitions.oversight.splitting.sentences import bounds, pieces, sentences

_ASSESSES = re.compile(
    r"^(?:\W*(?:về\s+)?)(?:những\s+|một\s+số\s+)?(?:kết\s+quả|đánh\s+giá|tồn\s+tại|hạn\s+chế|nguyên\s+nhân|ưu\s+điểm|khuyết\s+điểm|khái\s+quát|thực\s+trạng|tình\s+hình|khó\s+khăn|mặt\s+được|đặc\s+điểm"
    r"|bối\s+cảnh|bài\s+học|công\s+tác\s+(?:chỉ\s+đạo|triển\s+khai)|việc\s+(?:chấp\s+hành|thực\s+hiện)\s+.*(?:kết\s+quả|thời\s+gian\s+qua)|nội\s+dung\s+giám\s+sát|căn\s+cứ)",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"kiến\s+nghị|đề\s+nghị|yêu\s+cầu|nhiệm\s+vụ|giải\s+pháp|kết\s+luận|tổ\s+chức\s+thực\s+hiện|giao\s+", re.IGNORECASE)
_NO_DUTY = re.compile(
    r"^(?:tán\s+thành|thông\s+qua|ghi\s+nhận|đánh\s+giá\s+(?:cao)?|biểu\s+dương|hoan\s+nghênh|nghị\s+quyết\s+(?:này|đã|có)|thông\s+báo\s+này|kết\s+luận\s+này|kèm\s+theo|điều\s+khoản|cơ\s+bản\s+(?:nhất\s+trí|thống\s+nhất)"
    r"|nhất\s+trí|thống\s+nhất\s+(?:đánh|với)|căn\s+cứ\s+(?:luật|nghị|quyết)|xét\s|trên\s+đây\s+là|văn\s+phòng\s+.{0,40}(?:thông\s+báo|trân)|theo\s+(?:báo\s+cáo|số\s+liệu))",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^(?:(?:tiếp\s+tục|khẩn\s+trương|tập\s+trung|sớm|chủ\s+động|nghiêm\s+túc|thường\s+xuyên|kịp\s+thời|quyết\s+liệt|kiên\s+quyết|phấn\s+đấu|cần|phải|quan\s+tâm|chú\s+trọng)(?!\w)|(?:chỉ\s+đạo|rà\s+soát|hoàn\s+(?:thành|thiện|tất)|ban\s+hành|tăng\s+cường"
    r"|đẩy\s+(?:nhanh|mạnh)|nâng\s+cao|xây\s+dựng|triển\s+khai|tổ\s+chức|thực\s+hiện|thu\s+hồi|xử\s+lý|kiểm\s+tra|thanh\s+tra|bố\s+trí|công\s+(?:khai|bố)|lập|trình|tham\s+mưu|đề\s+xuất|nghiên\s+cứu|sửa\s+đổi|bổ\s+sung|cập\s+nhật|giải\s+quyết|khắc\s+phục"
    r"|chấm\s+dứt|bảo\s+đảm|đảm\s+bảo|hướng\s+dẫn|tuyên\s+truyền|vận\s+động|báo\s+cáo|phê\s+duyệt|đầu\s+tư|cải\s+tạo|sắp\s+xếp|kiện\s+toàn|phối\s+hợp|siết\s+chặt|quản\s+lý|đánh\s+giá|phân\s+(?:bổ|loại|cấp)|thành\s+lập|huy\s+động|ưu\s+tiên|duy\s+trì"
    r"|khởi\s+công|bàn\s+giao|cưỡng\s+chế|làm\s+rõ|xác\s+định|cấp|di\s+dời|thẩm\s+định|đôn\s+đốc|theo\s+dõi|giám\s+sát|tổng\s+(?:kết|hợp|kiểm)|sơ\s+kết|thống\s+kê|chuẩn\s+bị|tháo\s+gỡ|mở\s+rộng|phát\s+triển|ứng\s+dụng|đào\s+tạo|chuyển|thay\s+thế|kiểm\s+(?:kê|điểm|soát)|đẩy|giao|có\s+(?:giải\s+pháp|biện\s+pháp|kế\s+hoạch|phương\s+án)|không\s+để|đối\s+thoại|xem\s+xét|quy\s+định|áp\s+dụng|khai\s+thác|thí\s+điểm|lắp\s+đặt|số\s+hóa|nạo\s+vét|sửa\s+chữa|trồng|chấn\s+chỉnh)(?!\w))",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"(?:(?<=^)|(?<=[\s,;:(]))(?<!công\s)(?<!lộ\s)(?<!quy\s)(?<!chương\s)(?<!hành\s)(?<!ngày\s)(?P<what>(?:[Bb]an\s+hành|[Tt]rình|(?:[Xx]ây\s+dựng|[Ll]ập)\s+(?=đề|kế|phương|quy|danh|dự|cơ|bộ|báo|hồ|bản)|[Hh]oàn\s+(?:thành|thiện)|[Cc]ông\s+(?:bố|khai)|[Pp]hê\s+duyệt|[Bb]áo\s+cáo|[Tt]hu\s+hồi|[Bb]àn\s+giao"
    r"|[Kk]hởi\s+công|[Ss]ửa\s+đổi|[Tt]hành\s+lập)\s+(?!(?:trước|trong|chậm)\b)[^,;.()]{4,160})",
)
_CUT_DUE = re.compile(r"\s*(?:,\s*)?(?:xong\s+)?(?:trước|trong|chậm\s+nhất|vào|đến|tại)\s+(?:ngày|quý|tháng|năm|hết|vòng|các|kỳ\s+họp|\d).*$", re.IGNORECASE)


_OUGHT = re.compile(r"(?<!\w)(?:phải|cần)\s+(?:được\s+)?", re.IGNORECASE)

_STATES = re.compile(r"(?<!\w)(?:đến\s+nay|tính\s+đến|hiện\s+nay|thời\s+gian\s+qua)(?!\w)", re.IGNORECASE)
_BY_THEN = re.compile(r"(?:trước|trong|chậm\s+nhất|định\s+kỳ|đến|h[ằà]ng|phấn\s+đấu)\s", re.IGNORECASE)
_TELLS = re.compile(r"(?<!\w)(?:đã|còn|chưa)(?!\w)", re.IGNORECASE)
_TOPIC = re.compile(r"(?:về|đối\s+với|lĩnh\s+vực|nội\s+dung|nhóm\s+vấn\s+đề|công\s+tác|riêng)\s", re.IGNORECASE)
_PROMISES = re.compile(r"(?<!\w)(?:sẽ|cam\s+kết|hứa|phải|cần)(?!\w)", re.IGNORECASE)
_BULLETS = "-–—−+•●▪* "
SHORT = 60  # a heading shorter than this may end with a full stop


@dataclass(frozen=True, slots=True)
class Proposal:
    """One duty as proposed; `start`, `end`: where its source stands in the text that was split."""

    clause: str
    text: str
    lead: tuple[Mention, ...]
    together: tuple[Mention, ...]
    post: str
    product: str
    due_kind: str
    due_on: date | None
    due_words: str
    report_on: date | None
    rhythm: str | None
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known when an item is reached: who was named above it, by when, whether demands or findings stand here."""

    who: Actors
    due: Due | None = None
    rhythm: str | None = None
    findings: bool = False
    demanded: bool = False
    alone: bool = False  # a demand pasted by itself, without number or heading


class Reader:
    """One document being read; `made` grows as the reading goes on."""

    def __init__(self, text: str, register: Register, issued: date | None, workdays: Callable[[date, int], date] | None) -> None:
        self.text, self.register, self.issued, self.workdays = text, register, issued, workdays
        self.made: list[Proposal] = []
        self._from = 0

    def read(self, root: Clause) -> list[Proposal]:
        """All proposals of the document."""
        alone = not root.parts and all(not line.isupper() for line in root.lines)
        self._clause(root, Ground(Actors(), demanded=alone, alone=alone))
        return self.made

    def _clause(self, clause: Clause, above: Ground) -> None:
        ground = above
        labelled = bool(clause.clauses) and all(LABELLED.match(one.lines[0] if one.lines else "") for one in clause.clauses)
        for line in clause.lines:
            first = line is clause.lines[0] and clause.kind not in ("root", *DASHES)
            ground = self._line(clause, line, ground, heading=first and not labelled and (len(clause.lines) > 1 or bool(clause.parts)))
        for part in clause.parts:
            if isinstance(part, Clause):
                self._clause(part, ground)
            else:
                ground = self._line(clause, part, ground if ground.findings else replace(ground, who=above.who, due=above.due), heading=False)

    def _line(self, clause: Clause, line: str, ground: Ground, *, heading: bool) -> Ground:
        """One paragraph: an introduction changes the ground for what follows it; else it may hold duties."""
        start = max(self.text.find(line, self._from), 0)
        self._from = start + len(line)
        if self.made and self.made[-1].clause == clause.label and LABELLED.match(line):
            self.made[-1] = self._added(self.made[-1], line, actors(line.lstrip(_BULLETS), self.register))
            return ground
        opens = line.rstrip().endswith(":")
        if (heading and (not line.rstrip().endswith((".", ";")) or len(line) < SHORT) and not (opens and len(line) >= SHORT)) or (
            clause.kind == "root" and line.isupper()
        ):
            return self._titled(line, ground)
        first, last = list(sentences(line))[-1]
        if opens and (clause.parts or len(clause.lines) > 1):
            self._duties(clause, line[:first], start, ground)
            return self._introduced(line[first:last], ground)
        self._duties(clause, line, start, ground)
        return ground

    def _titled(self, line: str, ground: Ground) -> Ground:
        """A heading: whom it speaks to, whether findings stand below it."""
        who = heading_actors(line, self.register)
        if who.named or who.council:
            return Ground(who, ground.due, ground.rhythm, findings=False, demanded=True)
        if _ASSESSES.match(line) and not re.match(r"\W*kết\s+luận", line, re.IGNORECASE):
            return replace(ground, findings=True)
        if _DEMANDS.search(line):
            told = actors(line, self.register)
            return Ground(told if told.named else ground.who, ground.due, ground.rhythm, findings=False, demanded=True)
        return ground

    def _introduced(self, line: str, ground: Ground) -> Ground:
        """ "Đề nghị UBND Thành phố tập trung chỉ đạo:", "Sở Xây dựng chủ trì, phối hợp với Sở Tài chính:": who owes what follows, perhaps by when."""
        who = heading_actors(line, self.register)
        if not who.named:
            who = actors(line, self.register)
        asks = bool(GIVES.search(line)) or who.named
        due = dues.find(line, self.issued, self.workdays)
        findings = (ground.findings and not asks) or (not asks and not ground.demanded and bool(_ASSESSES.match(line)))
        kept = who if who.named or who.council else ground.who
        return Ground(kept, due or ground.due, rhythms.find(line) or ground.rhythm, findings, ground.demanded or asks)

    # -- duties of one paragraph -----------------------------------------------------------------------------------------

    def _duties(self, clause: Clause, line: str, offset: int, ground: Ground) -> None:
        before = len(self.made)
        for start, end in sentences(line):
            if _NO_DUTY.match(line[start:end].lstrip(_BULLETS)):
                continue
            parts = [bounds(line, start + a, start + b) for a, b in pieces(line[start:end])]
            for a, b in self._joined(line, parts):
                self._sentence(clause, line[a:b], offset + a, ground, before)

    def _joined(self, line: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Parts between semicolons that name nobody new, or only who shall do it, belong to the part before them."""
        found: list[tuple[int, int]] = []
        for start, end in parts:
            if not found or self._stands_alone(line[start:end], line[found[-1][0] : found[-1][1]]):
                found.append((start, end))
            else:
                found[-1] = (found[-1][0], end)
        return found

    def _stands_alone(self, piece: str, before: str) -> bool:
        """Whether a part behind a semicolon is a duty of its own: somebody named who shall do more than lead, or work with a day of its own."""
        who = actors(piece, self.register)
        if who.named and who.at_start:
            rest = ONLY_ROLE.sub("", piece[who.end :])
            for due in reversed(dues.every(rest, self.issued, self.workdays)):
                rest = rest[: due.start] + rest[due.end :]
            return len(rest.split()) >= LEAST_WORDS and not who.council
        own = not who.named and bool(_DOES.match(piece)) and not ADDS.match(piece) and self._due(piece) is not None
        return own and self._due(before) is not None

    def _sentence(self, clause: Clause, text: str, offset: int, ground: Ground, before: int) -> None:
        who = actors(text, self.register)
        if who.council and not who.named:
            return
        last = self.made[-1] if len(self.made) > before else None
        if last and (LABELLED.match(text) or only_roles(text, who)):
            self.made[-1] = self._added(last, text, who)
            return
        if last and ADDS.match(text) and (not who.named or {one.name for one in who.lead} <= {one.name for one in last.lead}):
            self.made[-1] = self._added(last, text, who)
            return
        if self._is_finding(text, who, ground, clause, follows=last is not None):
            return
        if last and not who.named and (self._due(text) is None or not (_DOES.match(text) or _OUGHT.search(text))):
            self.made[-1] = self._added(last, text, who) if _DOES.match(text) else last
            return
        obliged = who if who.named else self._inherited(last, ground, who)
        if obliged.named or not ground.who.council:
            self.made.append(self._proposal(clause, text, offset, obliged, ground))

    def _is_finding(self, text: str, who: Actors, ground: Ground, clause: Clause, *, follows: bool) -> bool:
        """Whether a sentence tells what is, rather than what shall be."""
        bare, due = text.lstrip(_BULLETS), self._due(text)
        if who.named:
            after = text[who.end :]
            if ground.alone and _PROMISES.search(after):
                return False
            if not who.asked and (FINDING.match(after) or (ground.findings and due is None)):
                return True
            told = (
                who.asked
                or due is not None
                or re.search(r"chủ\s+trì|phối\s+hợp|có\s+trách\s+nhiệm|(?<!\w)(?:phải|cần)(?!\w)", after, re.IGNORECASE) is not None
            )
            return not told and clause.kind == "root" and not ground.demanded
        if ground.findings or FINDING.match(bare) or _STATES.search(bare[:40]):
            return True
        if follows and _OUGHT.search(bare) and due is not None:
            return False
        if due is None and len(bare) < SHORT and _TOPIC.match(bare):
            return True
        numbered = clause.kind not in ("root", "part")
        started = bool(_DOES.match(bare)) or (due is not None and bool(_BY_THEN.match(bare)))
        if started and (numbered or follows or ground.alone):
            return False
        return not ((ground.who.named or ground.demanded) and numbered and clause.kind not in ("roman", "capital") and not _TELLS.search(bare))

    def _inherited(self, last: Proposal | None, ground: Ground, who: Actors) -> Actors:
        """Who owes what names nobody: who was named just before, else whom the introduction or heading speaks to."""
        if last and last.lead:
            return Actors(last.lead, who.together, last.post)
        together = {one.name: one for one in (*ground.who.together, *who.together)}
        return replace(ground.who, together=tuple(together.values()), end=0, at_start=False)

    def _due(self, text: str) -> Due | None:
        return dues.find(text, self.issued, self.workdays)

    def _proposal(self, clause: Clause, text: str, offset: int, who: Actors, ground: Ground) -> Proposal:
        due, rhythm = self._due(text) or ground.due, rhythms.find(text) or ground.rhythm
        kind = due.kind if due else dues.CONTINUOUS if rhythm or dues.lasting(text[who.end :] if who.at_start else text) else dues.NONE
        reports = [one.on for one in dues.every(text, self.issued, self.workdays) if one.report and one.on and due and one.start != due.start]
        product = next((found["what"] for found in _PRODUCT.finditer(text)), "")
        clean = text.strip().lstrip(_BULLETS).rstrip(" ;")
        return Proposal(
            clause=clause.label,
            text=clean[:1].upper() + clean[1:],
            lead=who.lead,
            together=who.together,
            post=who.post,
            product=_CUT_DUE.sub("", product).strip(),
            due_kind=kind,
            due_on=due.on if due else None,
            due_words=due.written if due else "",
            report_on=reports[0] if reports else None,
            rhythm=rhythm,
            source=text.strip(),
            start=offset,
            end=offset + len(text),
        )

    def _added(self, before: Proposal, text: str, who: Actors) -> Proposal:
        """The sentence after a duty says more of it: its term, its rhythm, who leads."""
        due, rhythm = self._due(text), before.rhythm or rhythms.find(text)
        end = self.text.find(text, before.start)
        kept = replace(
            before,
            text=f"{before.text.rstrip('.')}. {text.strip().lstrip(_BULLETS)}",
            source=f"{before.source} {text.strip()}",
            rhythm=rhythm,
            end=max(before.end, end + len(text)),
        )
        if who.named and (not before.lead or only_roles(text, who) or (LABELLED.match(text) and LEADING.search(text[:40]))):
            named = tuple(one for one in before.together if one.kind != GROUP)  # a vague group of the introduction gives way to who is named
            kept = replace(kept, lead=who.lead, post=who.post, together=named if before.lead else before.together)
        if told := RESULT.match(text):
            kept = replace(kept, product=told["what"].strip())
        names = {one.name for one in kept.lead}
        kept = replace(kept, together=tuple({one.name: one for one in (*kept.together, *who.together) if one.name not in names}.values()))
        open_ended = before.due_on is None and before.due_kind in (dues.NONE, dues.CONTINUOUS)
        if due and due.report and not open_ended:
            return replace(kept, report_on=due.on)
        if due and open_ended:
            return replace(kept, due_kind=due.kind, due_on=due.on, due_words=due.written)
        return replace(kept, due_kind=dues.CONTINUOUS) if (rhythm or lasts(text)) and before.due_kind == dues.NONE else kept
