"""File names as people send them, made harmless: no path, no controls, no marks that turn the reading direction. Pure."""

import re
from pathlib import PurePosixPath

from petitions.core.text import clean

LONGEST = 150
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\u2028\u2029\u2066-\u2069]+')


def clean_name(sent: str, kind: str) -> str:
    """The name alone, cleaned, with an ending that tells the kind: "C:\\a\\Báo cáo.PDF" → "Báo cáo.PDF"; nothing left: "tai-lieu.pdf"."""
    name = clean(sent.replace("\\", "/").rpartition("/")[2].replace("\n", " "))
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", name)).strip(" .")
    stem, ending = name, ending_of(name)
    if ending:
        stem = name[: -len(ending) - 1].strip(" .")
    return f"{stem[:LONGEST].strip() or 'tai-lieu'}.{ending or kind}"


def ending_of(name: str) -> str:
    """What stands behind the last dot, without it; as written."""
    return PurePosixPath(name.replace("\\", "/")).suffix.removeprefix(".")
