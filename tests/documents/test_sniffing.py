"""What a file is, by content; its ending must agree; packages are measured before anything is unpacked."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.core.errors import RuleBroken
from petitions.core.words import using_language
from petitions.documents import names, sealing, sniffing
from petitions.documents.kinds import FILE_KINDS
from tests.make import documents as make

REAL = {
    "a.pdf": make.pdf("x"),
    "a.docx": make.docx("x"),
    "a.xlsx": make.xlsx(("x",)),
    "a.doc": make.compound("WordDocument"),
    "a.xls": make.compound("Workbook"),
    "a.jpg": make.photo(80, 60),
    "a.png": make.png(),
    "a.txt": "Kính gửi".encode(),
}


@pytest.mark.parametrize("name", REAL)
def test_each_kind_is_known_by_its_content(name: str) -> None:
    assert sniffing.kind_of(io.BytesIO(REAL[name]), name).code == name.partition(".")[2]
    assert sniffing.kind_of(io.BytesIO(REAL[name]), "không đuôi").code == name.partition(".")[2]


@pytest.mark.parametrize("name", REAL)
def test_an_ending_that_lies_is_refused_and_says_what_it_is(name: str) -> None:
    for other in REAL:
        if other == name:
            continue
        with pytest.raises(RuleBroken) as refusal:
            sniffing.kind_of(io.BytesIO(REAL[name]), other.upper())
        kind = FILE_KINDS[name.partition(".")[2]]
        assert str(kind.label) in str(refusal.value)
        assert f".{other.partition('.')[2]}" in str(refusal.value)


def test_jpeg_has_two_endings() -> None:
    assert sniffing.kind_of(io.BytesIO(REAL["a.jpg"]), "ảnh.JPEG").code == "jpg"


def zipped_without_types() -> bytes:
    return make.package("docx").replace(b"[Content_Types].xml", b"[Inhalte_Types].xml")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "rỗng"),
        (b"\x00\x01\x02binary", "Không nhận ra"),
        (b"MZ\x90\x00", "Không nhận ra"),
        (b"GIF89a\x01\x00\x01\x00\x00", "Không nhận ra"),
        (make.compound("SomethingElse"), "Không nhận ra"),
        (make.compound("EncryptedPackage"), "mật khẩu"),
        (make.docx("x", kind="docm"), "macro"),
        (make.package("docx", word__document="<a/>", word__vbaProject="x").replace(b"vbaProject.xml", b"vbaProject.bin"), "macro"),
        (zipped_without_types(), "Không nhận ra"),
        (make.zip_bomb(), "quá lớn"),
        (make.many_entries(60_000), "quá nhiều tệp con"),
        (make.docx("x")[:-30], "hỏng"),
        (b"PK\x03\x04" + b"\x00" * 200, "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "Không nhận ra"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_none_of_ours_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        sniffing.kind_of(io.BytesIO(data), "tài liệu.docx")


def test_entities_in_the_list_of_contents_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><Types>&a;</Types>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("[Content_Types].xml", bomb)
    with pytest.raises(RuleBroken, match="quá lớn"):
        sniffing.kind_of(target, "a.docx")


def test_refusals_are_told_in_english_too() -> None:
    with pytest.raises(RuleBroken) as refusal:
        sniffing.kind_of(io.BytesIO(REAL["a.jpg"]), "scan.pdf")
    with using_language("en"):
        assert "JPEG picture" in str(refusal.value)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(list(REAL.values())), st.data())
def test_broken_bytes_never_raise_anything_else(data: bytes, draw: st.DataObject) -> None:
    broken = bytearray(data[:4000])
    for _ in range(draw.draw(st.integers(0, 6))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    try:
        sniffing.kind_of(io.BytesIO(bytes(broken)), "a.pdf")
    except RuleBroken:
        return


@pytest.mark.parametrize(
    ("sent", "kind", "kept"),
    [
        ("C:\\Users\\a\\Báo cáo số 12.pdf", "pdf", "Báo cáo số 12.pdf"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("anh\u202egpj.exe.jpg", "jpg", "anhgpj.exe.jpg"),
        ("  <b>.. .png", "png", "b.png"),
        ("", "pdf", "tai-lieu.pdf"),
        (".pdf", "pdf", "pdf.pdf"),
        ("a\x00b\n.txt", "txt", "ab.txt"),
        ("x" * 400 + ".docx", "docx", "x" * 150 + ".docx"),
    ],
)
def test_names_are_made_harmless(sent: str, kind: str, kept: str) -> None:
    assert names.clean_name(sent, kind) == kept


def test_numbers_that_lead_to_a_person_are_left_out_of_the_index() -> None:
    text = "Ông A, ĐT 0912 345 678, CCCD 001085012345, a.b@c.vn; công văn 4521/SXD-HTKT ngày 12/01/2026, năm 2021-2025, 12.345.678 đồng"
    sealed = sealing.without_numbers(text)
    for word in ("0912", "345 678", "001085012345", "a.b@c.vn"):
        assert word not in sealed
    for word in ("4521/SXD-HTKT", "12/01/2026", "2021-2025", "12.345.678"):
        assert word in sealed
