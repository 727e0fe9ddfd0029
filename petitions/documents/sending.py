"""Files that a form brings: each is looked at and kept before the transaction begins; what cannot be taken is told with its reason."""

from flask import request

from petitions.core.errors import Invalid, PetitionsError
from petitions.core.words import Message, say
from petitions.documents import receiving
from petitions.documents.receiving import Received
from petitions.web import uploads
from petitions.web.transaction import office

MOST_FILES = 20
BOX = "file"
Refused = list[tuple[str, Message]]


def received(*, required: bool = True) -> tuple[list[Received], Refused]:
    """The files that were sent and could be taken; the names of the others with the reasons. Raises Invalid when there are none or too many."""
    sent = [file for file in request.files.getlist(BOX) if file.filename]
    if not sent and required:
        raise Invalid({BOX: [say("Hãy chọn tệp.")]})
    if len(sent) > MOST_FILES:
        raise Invalid({BOX: [say("Mỗi lần gửi nhiều nhất {n} tệp.", n=MOST_FILES)]})
    data_dir = office().settings.data_dir
    taken: list[Received] = []
    refused: Refused = []
    for file in sent:
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
        try:
            taken.append(receiving.receive(data_dir, file.stream, name, uploads.folder(data_dir)))
        except PetitionsError as problem:
            refused.append((name, problem.message))
    return taken, refused


def all_or_none() -> list[Received]:
    """The files that came with another form, if any; Invalid on the file's box when one of them cannot be taken."""
    taken, refused = received(required=False)
    if refused:
        raise Invalid({BOX: [say("{name}: {why}", name=name, why=why) for name, why in refused]})
    return taken
