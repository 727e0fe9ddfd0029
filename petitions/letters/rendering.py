"""Filling a template: in a sandbox that knows no function and nothing but the fields, each value escaped; an unknown field is an error, never a blank."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from petitions.core.errors import RuleBroken
from petitions.core.words import say


def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox: no functions, three harmless filters."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in ("length", "int", "upper", "escape", "e")}
    made.tests = {name: made.tests[name] for name in ("defined", "none")}
    return made


def render(template: bytes, fields: Mapping[str, Any]) -> bytes:
    """The DOCX that `template` becomes with `fields`. Raises RuleBroken when the template speaks of what is not there."""
    document = DocxTemplate(BytesIO(template))
    try:
        document.render(dict(fields), environment(), autoescape=True)
    except UndefinedError as problem:
        raise RuleBroken(say("Mẫu văn bản dùng một trường không có: {why}. Hãy sửa mẫu rồi thử lại.", why=str(problem))) from problem
    except TemplateError as problem:
        raise RuleBroken(say("Mẫu văn bản viết sai chỗ điền: {why}. Hãy sửa mẫu rồi thử lại.", why=str(problem))) from problem
    made = BytesIO()
    document.save(made)
    return made.getvalue()
