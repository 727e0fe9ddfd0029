"""The transfer letter with its annex as DOCX or PDF: of a bundle as it would be, of a letter as it stands in the register."""

from flask import Blueprint, Response

from petitions.core import clock
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.documents.store import open_store
from petitions.duties import letters_out, subjects
from petitions.duties.models.transfer import TransferLetter
from petitions.duties.queries import transfers
from petitions.duties.queries.transfers import BundleShown
from petitions.letters.desk.letters import file_answer
from petitions.web.access import identity, needs
from petitions.web.transaction import db, office

blueprint = Blueprint("papers", __name__)


@blueprint.get("/bundles/<int:bundle_id>/<any(docx, pdf):form>")
@needs(Permission.DUTY_READ)
def bundle(bundle_id: int, form: str) -> Response:
    """The letter that a bundle would be, or is: the last one that was not recalled."""
    found = transfers.bundle(db(), bundle_id, identity())
    return _answer(found, next((one for one in reversed(found.letters) if one.recalled_at is None), None), form)


@blueprint.get("/letters/<int:letter_id>/<any(docx, pdf):form>")
@needs(Permission.DUTY_READ)
def letter(letter_id: int, form: str) -> Response:
    """The letter as it stands in the register."""
    row, of = transfers.letter(db(), letter_id, identity(), clock.now())
    return _answer(transfers.bundle(db(), of.id, identity()), row, form)


def _answer(found: BundleShown, row: TransferLetter | None, form: str) -> Response:
    kept = letters_out.kept(db(), row, open_store(office().settings.data_dir)) if row else None
    content = kept or letters_out.docx(db(), found, captions_of(found), row, today=clock.today())
    name = row.full_number if row else f"{say('Dự thảo')} {found.bundle.id}"
    return file_answer(content, name, form)


def captions_of(found: BundleShown) -> dict[int, subjects.Caption]:
    """The captions of a bundle's lines, by line."""
    keys = {item.id: (item.subject_kind, item.subject_id) for item in found.items}
    known = subjects.captions(db(), list(keys.values()))
    return {number: known[key] for number, key in keys.items()}
