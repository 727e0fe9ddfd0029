"""A template that was edited in Word: taken when it can be used, refused with what is wrong."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotAllowed
from petitions.core.identity import SYSTEM
from petitions.letters import checking, queries, reference
from petitions.letters.actions import keeping
from petitions.letters.kinds import KINDS
from petitions.letters.layout import building
from tests.make import accounts
from tests.make import letters as make

URGING = building.template("urging")


def edited(change: Callable[[Any], None]) -> bytes:
    """The shipped template after `change`."""
    document = Document(BytesIO(URGING))
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def saying(words: str) -> bytes:
    """The shipped template with one more paragraph."""
    return edited(lambda document: document.add_paragraph(words))


def packed(name: str, content: bytes) -> bytes:
    """The shipped template with one more file in it."""
    target = BytesIO(URGING)
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shipped_can_be_used(kind: str) -> None:
    assert checking.problems(building.template(kind), kind) == ()


def test_an_edited_one_can_be_used() -> None:
    assert checking.problems(saying("Thêm {{ sender | upper }}{% if remark %}, {% for line in remark %}{{ line }}{% endfor %}{% endif %}"), "urging") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK nonsense", "không mở được"),
        (URGING[:3000], "không mở được"),
        (saying("{{ agency_nam }}"), "Không có trường «agency_nam»"),
        (saying("{{ sender.upper() }}"), "Không có trường «sender.upper»"),
        (saying("{% for row in rows %}{{ row.secret }}{% endfor %}"), "Không có trường «row.secret»"),
        (saying("{{ lipsum(9) }}"), "Không có trường «lipsum»"),
        (saying("{% macro m() %}{% endmacro %}"), "chỉ được chứa"),
        (saying("{% include 'x' %}"), "chỉ được chứa"),
        (saying("{% for a in rows %}{% for b in rows %}{% endfor %}{% endfor %}"), "lặp danh sách trong danh sách"),
        (saying("{{ sender"), "viết sai"),
        (saying("{{ sender | safe }}"), "viết sai"),
        (edited(lambda document: document.element.body.clear_content()), "Mẫu thiếu chỗ điền «number»"),
        (packed("word/vbaProject.bin", b"x"), "macro"),
        (packed("word/_rels/extra.xml.rels", b'<Relationship Target="http://x" TargetMode="External"/>'), "từ bên ngoài"),
        (packed("word/media/bomb", b"0" * (13 * 1024 * 1024)), "quá nặng"),
        (URGING + b"0" * (2 * 1024 * 1024), "lớn hơn 2 MB"),
    ],
)
def test_what_cannot_be_used_is_said(content: bytes, said: str) -> None:
    assert said in " ".join(str(message) for message in checking.problems(content, "urging"))


def test_versions_follow_one_another_by_day(session: Session) -> None:
    make.body(session)
    by = accounts.identity(session, name="Q", roles=("administrator",), scopes={})
    with pytest.raises(Invalid):
        keeping.add_template(session, "urging", b"x", name="Hỏng", valid_from=date(2026, 2, 1), by=by, now=make.NOW)
    with pytest.raises(NotAllowed):
        clerk = accounts.identity(session, name="C", roles=("clerk",), scopes={})
        keeping.add_template(session, "urging", URGING, name="Mới", valid_from=date(2026, 2, 1), by=clerk, now=make.NOW)
    made = keeping.add_template(session, "urging", saying("Bản mới."), name="Mới", valid_from=date(2026, 2, 1), by=by, now=make.NOW)
    assert made.version == 2
    assert queries.template_on(session, "urging", date(2026, 1, 31)).version == 1
    assert queries.template_on(session, "urging", date(2026, 2, 1)).id == made.id
    keeping.withdraw_template(session, made.id, by=by, now=make.NOW, today=date(2026, 2, 3))
    assert queries.template_on(session, "urging", date(2026, 2, 3)).version == 1
    with pytest.raises(Invalid):
        keeping.withdraw_template(session, queries.template_on(session, "urging", date(2026, 2, 3)).id, by=by, now=make.NOW, today=date(2026, 2, 3))


def test_loading_adds_what_is_missing_and_nothing_twice(session: Session) -> None:
    body = make.body(session)
    body.code = "HD"
    session.flush()
    reference.load(session, by=SYSTEM, now=make.NOW)
    assert reference.load(session, by=SYSTEM, now=make.NOW) == 0
    assert len({row.kind for row in queries.templates(session)}) == len(KINDS)
