"""Rules that every template keeps, so that pages work under a content policy that allows nothing inline and nobody else's host."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateError, meta, nodes

from tests.house.source import PACKAGE, TEMPLATES, here, templates

FORBIDDEN = {
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a script without nonce or file": re.compile(r"<script(?![^>]*\b(?:nonce|src)\s*=)", re.IGNORECASE),
    "a style without nonce": re.compile(r"<style(?![^>]*\bnonce\s*=)", re.IGNORECASE),
    "something from another host": re.compile(r"\b(?:src|srcset|action|hx-[a-z]+)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "text taken for markup": re.compile(r"\|\s*safe\b"),
    "escaping switched off": re.compile(r"autoescape\s+false"),
    "a percent placeholder": re.compile(r"\b_\(\s*[\"'][^\"']*%\("),
    "hx-on or hx-vals code, which need eval": re.compile(r"\shx-on|hx-vals\s*=\s*[\"']js:", re.IGNORECASE),
}
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def parsed_with(app: Any) -> Iterator[tuple[Path, nodes.Template]]:
    """Every template that can be read at all; the others are told of by `test_every_template_compiles`."""
    for path in templates():
        with suppress(TemplateError):
            yield path, app.jinja_env.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = []
    for path in templates():
        source = path.read_text(encoding="utf-8")
        # Expressions are blanked (a `>` inside one ends no tag), but for the rules about expressions themselves.
        about_expressions = what in {"text taken for markup", "escaping switched off", "a percent placeholder"}
        text = source if about_expressions else EXPRESSION.sub(lambda part: re.sub(r"[^\n]", "_", part.group()), source)
        found += [f"{here(path, text.count(chr(10), 0, match.start()) + 1)} {match.group()[:80]}" for match in FORBIDDEN[what].finditer(text)]
    assert not found, f"{what}:\n" + "\n".join(found)


def test_every_template_compiles(app: Any) -> None:
    """With the filters and tests that pages really have: a misspelt filter is found here and not by a clerk."""
    broken = []
    for path in templates():
        try:
            app.jinja_env.compile(path.read_text(encoding="utf-8"), filename=str(path))
        except TemplateError as error:
            broken.append(f"{here(path)}: {error}")
    assert broken == []


def test_every_template_that_is_named_exists(app: Any) -> None:
    lost = []
    for path, parsed in parsed_with(app):
        lost += [f"{here(path)} -> {name}" for name in meta.find_referenced_templates(parsed) if name and not (TEMPLATES / name).is_file()]
    assert lost == []


def test_every_icon_that_is_named_is_there(app: Any) -> None:
    known = {line.split("#")[0].strip() for line in (PACKAGE / "web" / "icons.txt").read_text(encoding="utf-8").splitlines()}
    lost = []
    for path, parsed in parsed_with(app):
        for call in parsed.find_all(nodes.Call):
            first = call.args[0] if call.args else None
            if isinstance(call.node, nodes.Name) and call.node.name == "icon" and isinstance(first, nodes.Const) and first.value not in known:
                lost.append(f"{here(path, call.lineno)} {first.value}")
    assert not lost, "not in petitions/web/icons.txt:\n" + "\n".join(lost)
