"""A letter rendered before its transaction begins: one with a long annex takes seconds, and SQLite has one writer. What is rendered is kept with the mark of
everything that went into it; the transaction takes it only when its own letter bears the same mark, and renders anew when anything changed meanwhile."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from petitions.letters import queries, registry, rendering
from petitions.letters.fields import Sheet, context
from petitions.letters.models import DRAWN, LetterBook
from petitions.letters.values import IssueValues


@dataclass(frozen=True, slots=True)
class Ready:
    """The DOCX, and the mark of its template and its words."""

    mark: str
    content: bytes


def printed(session: Session, sheet: Sheet, day: date, *, today: date, ready: Ready | None = None) -> bytes:
    """The DOCX of `sheet` by the template of `day`: the one that lies ready when it was made of the same."""
    template, told = queries.template_on(session, sheet.kind, day), context(sheet, today=today)
    if ready is not None and ready.mark == _mark(template.sha256, told):
        return ready.content
    return rendering.render(template.content, told)


def rendered(session: Session, sheet: Sheet, book: LetterBook, values: IssueValues, *, signatory_id: int | None, today: date) -> Ready:
    """What issuing `sheet` with `values` would freeze, as far as can be known before: of a drawn number the next one. Only reads."""
    signer = queries.who_signs(session, book.body_id, values.dated_on, asked=values.signatory_id or signatory_id)
    number = registry.plain(values.number)
    if not number and book.numbering == DRAWN:
        number = registry.draw(session, book.code, values.dated_on.year)
    whole = replace(sheet, number=number, dated_on=values.dated_on, signing=signer.signing, signatory=signer.name)
    return laid(session, whole, values.dated_on, today=today)


def laid(session: Session, sheet: Sheet, day: date, *, today: date) -> Ready:
    """`sheet` by the template of `day`, with its mark. Only reads."""
    template, told = queries.template_on(session, sheet.kind, day), context(sheet, today=today)
    return Ready(_mark(template.sha256, told), rendering.render(template.content, told))


def _mark(template: str, told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([template, told], sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
