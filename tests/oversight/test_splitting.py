"""Conclusions split into duties: whole documents with their judged split, tables of terms and names, text that nobody meant to be split."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.agencies import queries as agencies
from petitions.core import db
from petitions.oversight.splitting import dues, rhythms
from petitions.oversight.splitting.document import split
from petitions.oversight.splitting.mentions import Register
from petitions.oversight.splitting.outline import outline
from petitions.oversight.splitting.paragraphs import heading, paragraphs

DOCUMENTS = Path(__file__).parent / "documents"
ISSUED = date(2025, 8, 20)


@pytest.fixture(scope="module")
def directory(office_template, request):
    """The shipped register, as the office knows it."""
    engine = db.make_engine(f"sqlite:///{office_template('sqlite').folder / 'petitions.sqlite'}")
    with db.reading(engine) as session:
        made = agencies.directory(session)
    engine.dispose()
    return made


@pytest.mark.parametrize("name", sorted(path.stem for path in DOCUMENTS.glob("*.json")))
def test_a_document_is_split_as_a_person_split_it(directory, name):
    expected = json.loads((DOCUMENTS / f"{name}.json").read_text("utf-8"))
    found = split((DOCUMENTS / f"{name}.txt").read_text("utf-8"), directory)
    register = Register(directory, found.heading.dated_on)

    def called(words):
        return [one.name for name in words for one in register.listed(name, 0)]

    assert [one.clause for one in found.proposals] == [one["clause"] for one in expected]
    for got, want in zip(found.proposals, expected, strict=True):
        assert want["key"] in got.source
        assert [one.name for one in got.lead] == called(want["lead"]), want["key"]
        assert {one.name for one in got.together} >= set(called(want["with"])), want["key"]
        assert (got.due_kind, got.due_on and got.due_on.isoformat()) == (want["due_kind"], want["due_on"]), want["key"]
        assert got.rhythm == want.get("rhythm"), want["key"]
        assert got.source.split()[0] in found.text[got.start : got.end]


TERMS = [
    ("hoàn thành trước ngày 30/6/2026", "date", "2026-06-30"),
    ("xong trước 30/6", "date", "2026-06-30"),
    ("chậm nhất là ngày 05 tháng 9 năm 2025", "date", "2025-09-05"),
    ("báo cáo trước ngày 31/11/2025", "date", "2025-11-30"),
    ("trong tháng 9", "date", "2025-09-30"),
    ("trước tháng 10/2025", "date", "2025-09-30"),
    ("trong 6 tháng đầu năm 2026", "date", "2026-06-30"),
    ("trong quý IV/2026", "quarter", "2026-12-31"),
    ("hoàn thành trong Quý 1 năm 2026", "quarter", "2026-03-31"),
    ("trong quý II", "quarter", "2026-06-30"),
    ("trước quý IV/2025", "quarter", "2025-09-30"),
    ("trong quý III và quý IV năm 2025", "quarter", "2025-12-31"),
    ("trình HĐND Thành phố trước kỳ họp cuối năm", "session", None),
    ("báo cáo tại kỳ họp thường lệ giữa năm 2026", "session", None),
    ("báo cáo tại kỳ họp gần nhất", "session", None),
    ("trong giai đoạn 2026-2030", "multi_year", "2030-12-31"),
    ("đến hết năm 2028", "multi_year", "2028-12-31"),
    ("trong năm 2025", "date", "2025-12-31"),
    ("trước năm 2026", "date", "2025-12-31"),
    ("trong vòng 15 ngày kể từ ngày ban hành", "date", "2025-09-04"),
    ("hoàn thành trước ngày 31/12/2025; báo cáo kết quả trước ngày 15/01/2026", "date", "2025-12-31"),
    ("báo cáo kế hoạch trước 15/9/2025, hoàn thành trước ngày 31/12/2025", "date", "2025-12-31"),
    ("kiểm tra theo Nghị quyết số 04/NQ-HĐND ngày 08/4/2022", None, None),
    ("tính đến ngày 30/6/2025 còn 83 công trình", None, None),
    ("báo cáo trước ngày 25 hằng tháng", None, None),
    ("các kết luận tại phiên chất vấn tại kỳ họp thứ 3", None, None),
    ("giai đoạn 2021 - 2023", None, None),
    ("dự án quá 24 tháng không triển khai", None, None),
]


@pytest.mark.parametrize(("words", "kind", "on"), TERMS)
def test_terms_as_documents_write_them(words, kind, on):
    found = dues.find(words, ISSUED)
    assert (found and found.kind, found and found.on and found.on.isoformat()) == (kind, on)


def test_a_term_in_working_days_asks_the_calendar():
    assert dues.find("trong thời hạn 10 ngày làm việc kể từ ngày nhận", ISSUED, lambda day, n: date(2025, 9, 4)).on == date(2025, 9, 4)
    assert dues.find("trong thời hạn 10 ngày làm việc", ISSUED).on is None


@pytest.mark.parametrize(
    ("words", "rhythm"),
    [
        ("báo cáo tiến độ hằng quý", "quarterly"),
        ("định kỳ 06 tháng một lần kiểm tra", "half-yearly"),
        ("báo cáo 6 tháng, hằng năm", "half-yearly"),
        ("hàng tháng báo cáo Thường trực", "monthly"),
        ("báo cáo tại các kỳ họp thường lệ", "session"),
        ("định kỳ hằng năm", "yearly"),
        ("bảo đảm mỗi năm khởi công ít nhất 10 trường", None),
        ("báo cáo kết quả 6 tháng đầu năm", None),
    ],
)
def test_rhythms_of_reports(words, rhythm):
    assert rhythms.find(words) == rhythm


NAMES = [
    ("UBND Thành phố, các sở, ngành", ["Ủy ban nhân dân Thành phố Hà Nội", "các sở, ngành"]),
    ("Sở GD&ĐT và Sở TN-MT", ["Sở Giáo dục và Đào tạo", "Sở Tài nguyên và Môi trường"]),
    ("các Sở: Xây dựng, Tài chính và Quy hoạch - Kiến trúc", ["Sở Xây dựng", "Sở Tài chính", "Sở Quy hoạch - Kiến trúc"]),
    ("UBND các huyện Ba Vì, Mỹ Đức và thị xã Sơn Tây", ["Ủy ban nhân dân huyện Ba Vì", "Ủy ban nhân dân huyện Mỹ Đức", "Ủy ban nhân dân thị xã Sơn Tây"]),
    ("UBND các quận, huyện, thị xã rà soát", ["UBND các quận, huyện, thị xã"]),
    ("Công an Thành phố", ["Công an Thành phố Hà Nội"]),
    ("Công an các quận", []),
    ("Ban hành quy định", []),
    ("thành phố xanh", []),
    ("Thường trực HĐND Thành phố", ["Thường trực HĐND Thành phố"]),
]


@pytest.mark.parametrize(("words", "names"), NAMES)
def test_names_in_running_text(directory, words, names):
    assert [one.name for one in Register(directory, date(2024, 7, 1)).listed(words, 0)] == names


def test_a_post_is_kept_beside_its_agency(directory):
    [one] = Register(directory, ISSUED).listed("Giám đốc Sở Xây dựng chỉ đạo", 0)
    assert (one.name, one.post) == ("Sở Xây dựng", "Giám đốc Sở Xây dựng")


def test_who_helps_and_who_is_told(directory):
    def who(text):
        [one] = split(f"I. KIẾN NGHỊ\n1. {text}", directory, issued=date(2024, 7, 1)).proposals
        return [name.name for name in one.lead], [name.name for name in one.together]

    assert who("Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ và các đơn vị liên quan kiểm tra.") == (["Sở Y tế"], ["Sở Nội vụ", "các đơn vị liên quan"])
    assert who("Thường trực HĐND Thành phố yêu cầu Sở Y tế kiểm tra.") == (["Sở Y tế"], [])
    assert who("Sở Y tế trình UBND Thành phố phê duyệt đề án.") == (["Sở Y tế"], [])
    assert who("Ban hành quy chế, do Sở Nội vụ chủ trì, Sở Y tế phối hợp.") == (["Sở Nội vụ"], ["Sở Y tế"])
    assert who("Đối với Sở Y tế, khẩn trương kiểm tra các cơ sở.") == (["Sở Y tế"], [])


def test_labels_below_an_item_belong_to_it(directory):
    text = "I. NHIỆM VỤ\n1. Xây dựng đề án thoát nước\n- Cơ quan chủ trì: Sở Xây dựng;\n- Cơ quan phối hợp: Sở Tài chính;\n- Thời hạn: Quý II/2026."
    text += "\n2. Lập quy hoạch."
    first, second = split(text, directory, issued=ISSUED).proposals
    assert ([one.name for one in first.lead], [one.name for one in first.together], first.due_on) == (["Sở Xây dựng"], ["Sở Tài chính"], date(2026, 6, 30))
    assert (second.clause, second.lead, second.due_kind) == ("I.2", (), "none")


def test_findings_are_no_duties(directory):
    text = "I. KẾT QUẢ\n1. Sở Y tế kiểm tra 45 cơ sở.\nII. HẠN CHẾ\nSở Xây dựng chưa hoàn thành 03 dự án.\n"
    text += "III. KIẾN NGHỊ\n1. Sở Y tế đã có nhiều cố gắng.\n2. Giao các Ban HĐND giám sát việc thực hiện."
    assert split(text, directory, issued=ISSUED).proposals == ()


def test_lines_that_the_margin_broke_are_joined():
    lines = paragraphs(
        "1. Sở Xây dựng chủ trì, phối hợp với Ủy ban nhân dân các quận, huyện\nvà các đơn vị liên quan hoàn thành trước ngày\n31/12/2025.\n\n- 2 -\n2. Sở Y tế."
    )
    assert lines == [
        "1. Sở Xây dựng chủ trì, phối hợp với Ủy ban nhân dân các quận, huyện và các đơn vị liên quan hoàn thành trước ngày 31/12/2025.",
        "2. Sở Y tế.",
    ]


def test_the_heading_is_read():
    top = heading(paragraphs((DOCUMENTS / "ket-luan-giai-trinh.txt").read_text("utf-8")))
    assert (top.number, top.symbol, top.dated_on, top.kind) == ("15", "KL-HĐND", date(2025, 8, 20), "conclusion")
    assert top.title.startswith("Phiên giải trình")


def test_clauses_are_called_as_people_call_them():
    tree = outline(["Chương I", "Điều 1. A", "1. B", "a) C", "- D", "2. E", "Điều 2. F", "1.1. G"])
    labels = []

    def walk(clause):
        for part in clause.clauses:
            labels.append(part.label)
            walk(part)

    walk(tree)
    assert labels == ["Chương I", "Điều 1", "Điều 1.1", "Điều 1.1.a", "Điều 1.1.a", "Điều 1.2", "Điều 2", "Điều 2.1.1"]


PIECES = st.sampled_from(
    [
        "I. ",
        "1. ",
        "1.1. ",
        "a) ",
        "- ",
        "Điều 3. ",
        "Giao ",
        "Sở Y tế ",
        "UBND các quận, ",
        "phối hợp với ",
        "trước ngày 31/02/2025",
        "quý IV",
        "; ",
        ": ",
        ". ",
        "\n",
        "(",
        "TP. ",
        "báo cáo hằng quý",
        "“",
        "99/99/9999",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join))
def test_no_text_breaks_it_and_every_source_stands_in_the_text(directory, text):
    found = split(text, directory, issued=ISSUED)
    for one in found.proposals:
        assert 0 <= one.start < one.end <= len(found.text)
        assert one.text
