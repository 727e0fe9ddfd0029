"""Every page says whom it is for."""

from typing import Any

from petitions.web import access


def test_every_view_declares_its_access(app: Any) -> None:
    assert list(access.undeclared(app)) == []
    assert len(app.view_functions) > 1
