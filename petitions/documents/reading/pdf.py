"""PDF: page count and marks at the door; text and pictures of pages later."""

import io
import time
from collections.abc import Iterator
from typing import Any

import pypdfium2
from PIL import Image

from petitions.documents.kinds import MOST_PAGES, MOST_PREVIEWS
from petitions.documents.reading.answers import FIRST, MOST_TEXT, Answer, marking, refused

LONG_SIDE = 1_400  # pixels of a page's picture
MOST_SCALE = 2.0
COLOURS = 256  # of a page's picture: letters stay sharp, a coloured scan stays readable, and the file small
MOST_PICTURES = 40 * 1024 * 1024  # bytes of all pictures
DRAWING_ENDS = 45.0  # seconds of processor after which no further page is drawn; the guard allows twice that


def look(source: io.BytesIO, _kind: str) -> Answer:
    """Pages, and whether the first one bears a mark of secrecy."""
    document = _opened(source)
    if isinstance(document, Answer):
        return document
    pages = len(document)
    if pages > MOST_PAGES:
        return refused("too_many_pages")
    if not pages:
        return refused("broken")
    return Answer({"pages": pages, "marking": marking(_text(document[0], FIRST))})


def read(source: io.BytesIO, _kind: str) -> Answer:
    """The text of all pages, pictures of the first ones."""
    document = _opened(source)
    if isinstance(document, Answer):
        return document
    answer = Answer({"pages": len(document)})
    answer.with_text("\n".join(_texts(document)))
    drawn = 0
    for number in range(min(len(document), MOST_PREVIEWS)):
        if drawn > MOST_PICTURES or time.process_time() > DRAWING_ENDS:
            break  # the text is more than the pictures: they must not cost it
        picture = _picture(document[number])
        answer.parts[f"page-{number + 1}"] = picture
        drawn += len(picture)
    return answer


def _texts(document: Any) -> Iterator[str]:
    """The texts of the pages, until there is enough."""
    left = MOST_TEXT + 1
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        text = _text(page, left)
        page.close()
        yield text
        left -= len(text) + 1
        if left <= 0:
            return


def _opened(source: io.BytesIO) -> Any:
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as problem:
        return refused("locked" if "password" in str(problem).lower() else "broken")


def _text(page: Any, most: int) -> str:
    text_page = page.get_textpage()
    found: str = text_page.get_text_range(0, min(text_page.count_chars(), most)) if text_page.count_chars() > 0 else ""
    text_page.close()
    return found


def _picture(page: Any) -> bytes:
    """The page as PNG, its long side at most LONG_SIDE pixels, however large it says it is."""
    width, height = page.get_size()
    scale = min(MOST_SCALE, LONG_SIDE / max(width, height, 1.0))
    image = page.render(scale=scale, may_draw_forms=False).to_pil()
    target = io.BytesIO()
    image.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(target, "PNG", optimize=False)
    return target.getvalue()
