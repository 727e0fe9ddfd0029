"""Pictures: size at the door; later one smaller picture that holds pixels and nothing else, turned the right way up."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from petitions.documents.kinds import MOST_PIXELS
from petitions.documents.reading.answers import Answer, refused

LONG_SIDE = 1_600
FORMATS = {"jpg": "JPEG", "png": "PNG"}
QUALITY = 85

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the measure below is stricter


def look(source: io.BytesIO, kind: str) -> Answer:
    """Width and height, and that it can be decoded."""
    try:
        with Image.open(source, formats=[FORMATS[kind]]) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                return refused("too_many_pixels")
            image.draft("RGB", (LONG_SIDE // 4, LONG_SIDE // 4))
            image.load()
            return Answer({"pages": 1, "width": width, "height": height})
    except Image.DecompressionBombError:
        return refused("too_many_pixels")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return refused("broken")


def read(source: io.BytesIO, kind: str) -> Answer:
    """The picture without anything that was written beside its pixels: no place, no camera, no comment, no profile."""
    with Image.open(source, formats=[FORMATS[kind]]) as image:
        if image.width * image.height > MOST_PIXELS:
            return refused("too_many_pixels")
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        upright = ImageOps.exif_transpose(image).convert("RGBA" if kind == "png" else "RGB")
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    bare = Image.new("RGB", upright.size, "white")  # a new picture: what the old one carried along stays behind
    bare.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    target = io.BytesIO()
    bare.save(target, FORMATS[kind], **({"quality": QUALITY} if kind == "jpg" else {}))
    return Answer({"pages": 1, "cut": False}, {"page-1": target.getvalue()})
