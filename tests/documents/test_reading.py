"""Reading in the guarded child: what it finds, and that it is ended when it takes too much."""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

import pytest
from PIL import Image

from petitions.core.errors import RuleBroken
from petitions.documents import confining, guard
from petitions.documents.reading import answers, office, pdf, pictures, plain
from tests.make import documents as make

TEXT = "Kính gửi Sở Xây dựng\nNgập úng ở đường liên xã Trâu Quỳ"


def run(task: str, kind: str, data: bytes, folder: Path, limits: guard.Limits | None = None) -> guard.Outcome:
    with tempfile.TemporaryFile(dir=folder) as source:
        source.write(data)
        return guard.run(task, kind, source, folder, limits or (guard.LOOK if task == "look" else guard.READ))


@pytest.mark.parametrize(
    ("kind", "data"),
    [("pdf", make.pdf(TEXT)), ("docx", make.docx(*TEXT.split("\n"))), ("xlsx", make.xlsx(tuple(TEXT.split("\n")))), ("txt", TEXT.encode())],
    ids=["pdf", "docx", "xlsx", "txt"],
)
def test_the_text_of_each_kind_is_read(kind: str, data: bytes, tmp_path: Path) -> None:
    outcome = run("read", kind, data, tmp_path)
    assert outcome.why is None
    assert " ".join(outcome.parts["text"].decode().split()) == " ".join(TEXT.split())


def test_pages_of_a_pdf_become_pictures_of_a_bounded_size(tmp_path: Path) -> None:
    outcome = run("read", "pdf", make.pdf("trang", pages=25).replace(b"[0 0 595 842]", b"[0 0 9595 842]"), tmp_path)
    assert outcome.facts["pages"] == 25
    assert len([name for name in outcome.parts if name.startswith("page-")]) == 20
    assert max(Image.open(io.BytesIO(outcome.parts["page-1"])).size) <= 1400


def test_slow_drawing_does_not_cost_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "DRAWING_ENDS", -1.0)
    answer = pdf.read(io.BytesIO(make.pdf(TEXT, pages=3)), "pdf")
    assert list(answer.parts) == ["text"]
    assert answer.parts["text"].decode().count("Ngập úng") == 3


def test_a_photo_is_shown_without_what_it_carried_along_and_upright(tmp_path: Path) -> None:
    data = make.photo(1200, 800)
    assert b"Exif" in data
    picture = run("read", "jpg", data, tmp_path).parts["page-1"]
    shown = Image.open(io.BytesIO(picture))
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"Exif", b"bi mat", "Máy ảnh".encode(), b"http://ns.adobe.com"):
        assert trace not in picture
    assert shown.height > shown.width  # it was taken on its side


def test_a_see_through_picture_is_shown_on_white() -> None:
    picture = pictures.read(io.BytesIO(make.png()), "png").parts["page-1"]
    assert Image.open(io.BytesIO(picture)).mode == "RGB"


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        ("pdf", make.pdf(pages=1001), "too_many_pages"),
        ("pdf", b"%PDF-1.7 broken", "broken"),
        ("png", make.huge_png(), "too_many_pixels"),
        ("jpg", make.photo(90, 60)[:400], "broken"),
        ("docx", make.package("docx", other="<a/>"), "broken"),
        ("docx", make.package("docx", word__document="<w:document>"), "broken"),
        ("docx", make.package("docx", word__document='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "broken"),
        ("xlsx", make.package("xlsx"), "broken"),
    ],
)
def test_what_cannot_be_taken_is_told_at_the_door(kind: str, data: bytes, problem: str, tmp_path: Path) -> None:
    assert run("look", kind, data, tmp_path).facts == {"problem": problem}


def test_a_pdf_bomb_ends_its_reader_and_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LOOK", guard.Limits(processor=3, clock=8, memory=500 << 20))
    with pytest.raises(RuleBroken, match="quá nặng"):
        make.received(make.pdf_bomb(), "bom.pdf", tmp_path)
    assert not (tmp_path / "data").exists()


def program(tmp_path: Path, body: str) -> tuple[str, ...]:
    path = tmp_path / "child.py"
    path.write_text(body, encoding="utf-8")
    return sys.executable, str(path)


def test_a_reader_that_hangs_is_killed_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "pids"
    body = (
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "other = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{other.pid}}')\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(guard, "PROGRAM", program(tmp_path, body))
    began = time.monotonic()
    assert run("read", "pdf", b"x", tmp_path, guard.Limits(processor=5, clock=2)).why == "timeout"
    assert time.monotonic() - began < 10
    for pid in map(int, note.read_text().split()):
        assert gone(pid)


def gone(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True  # dead, not yet buried by its parent
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    "body",
    [
        "import sys; sys.stdout.buffer.write(b'not a frame')",
        'import sys; sys.stdout.buffer.write(b\'{"name": "facts", "size": 99999999999}\\n\')',
        'import sys; sys.stdout.buffer.write(b\'{"name": "facts", "size": 2}\\n[]\')',
        'import sys; sys.stdout.buffer.write(b\'{"name": "text", "size": -1}\\n\')',
        "",
    ],
)
def test_nonsense_from_the_reader_is_not_believed(body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PROGRAM", program(tmp_path, body))
    assert run("read", "pdf", b"x", tmp_path).why == "broken"


def test_the_reader_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETITIONS_SECRET_KEY", "s" * 40)
    body = (
        "import json, os, sys\ndata = json.dumps({'env': list(os.environ)})\n"
        "sys.stdout.write(json.dumps({'name': 'facts', 'size': len(data)}) + chr(10) + data)"
    )
    monkeypatch.setattr(guard, "PROGRAM", program(tmp_path, body))
    assert not any(name.startswith("PETITIONS") for name in run("read", "pdf", b"x", tmp_path).facts["env"])


def test_limits_hold_for_memory_processor_and_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = "import sys\nfrom petitions.documents.confining import confine\nconfine(*map(int, sys.argv[3:7]))\n"
    for rest, why in (("x = bytearray(400 << 20)", "killed"), ("while True: pass", "timeout"), ("sys.stdout.buffer.write(bytes(9 << 20))", "killed")):
        monkeypatch.setattr(guard, "PROGRAM", program(tmp_path, begin + rest))
        limits = guard.Limits(processor=1, clock=15, memory=300 << 20, output=1 << 20)
        assert run("read", "pdf", b"x", tmp_path, limits).why == why, rest


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("UBND THÀNH PHỐ\nMẬT\nSố: 1", "MẬT"),
        ("T Ố I  M Ậ T", "TỐI MẬT".replace(" ", "")),
        ("Độ mật: Tuyệt mật", "TUYỆTMẬT"),
        ("Bảo mật thông tin", None),
        ("x\n" * 2000 + "MẬT", None),
        ("Mật ong", None),
    ],
)
def test_a_mark_of_secrecy_is_seen_where_it_stands_alone(text: str, mark: str | None) -> None:
    assert answers.marking(text) == mark


def test_word_leaves_out_the_copy_for_old_readers() -> None:
    body = "<w:p><mc:Choice><w:t>một</w:t></mc:Choice><mc:Fallback><w:p><w:t>một</w:t></w:p></mc:Fallback><w:t> hai</w:t><w:tab/><w:t>ba</w:t></w:p>"
    data = make.package(
        "docx", word__document=f"<w:document {make.WORD}>{body}</w:document>", word__header1=f"<w:hdr {make.WORD}><w:p><w:t>đầu</w:t></w:p></w:hdr>"
    )
    text = office.read(io.BytesIO(data), "docx").parts["text"].decode()
    assert text.split() == ["một", "hai", "ba", "đầu"]


def test_excel_reads_numbers_and_texts_in_place() -> None:
    cells = '<row><c><v>12</v></c><c t="inlineStr"><is><t>tại chỗ</t></is></c><c t="s"><v>9</v></c><c t="str"><v>công thức</v></c></row>'
    data = make.package("xlsx", xl__workbook="<a/>", xl__worksheets__sheet1=f"<worksheet {make.SHEET}>{cells}</worksheet>")
    assert office.read(io.BytesIO(data), "xlsx").parts["text"].decode().split() == ["12", "tại", "chỗ", "công", "thức"]


def test_text_is_cut_and_says_so() -> None:
    answer = office.read(io.BytesIO(make.docx("chữ " * 200_000)), "docx")
    assert answer.facts["cut"]
    assert len(answer.parts["text"].decode()) <= answers.MOST_TEXT


@pytest.mark.parametrize(("data", "text"), [("chào".encode("utf-16"), "chào"), (b"\xef\xbb\xbfabc", "abc"), (b"\xb8\xb5 TCVN3", "")])
def test_plain_text_is_read_in_the_encodings_that_can_be_known(data: bytes, text: str) -> None:
    assert plain.read(io.BytesIO(data), "txt").parts["text"].decode() == text


def test_the_frames_are_what_the_parent_reads(tmp_path: Path) -> None:
    output = io.BytesIO()
    confining.tell({"pages": 2}, {"text": "đọc".encode()}, output)
    assert guard._answer(output, 100) == guard.Outcome(facts={"pages": 2}, parts={"text": "đọc".encode()})
