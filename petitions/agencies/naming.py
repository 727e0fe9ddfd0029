"""How names of agencies are written: "Sở TN&MT TP Hà Nội", "UBND Q. Hai Bà Trưng". Pure; for comparing, never for storing."""

import re

from petitions.areas.spelling import plain_key, syllable
from petitions.core.text import clean, nfc

_WORD = re.compile(r"[^\W_]+")
LONGEST = 300
_SPELT_OUT: dict[str, tuple[str, ...]] = {
    "ubnd": ("uỷ", "ban", "nhân", "dân"),
    "ubndtp": ("uỷ", "ban", "nhân", "dân"),
    "hđnd": ("hội", "đồng", "nhân", "dân"),
    "bql": ("ban", "quản", "lý"),
    "qlda": ("quản", "lý", "dự", "án"),
    "bqlda": ("ban", "quản", "lý", "dự", "án"),
    "vp": ("văn", "phòng"),
    "bhxh": ("bảo", "hiểm", "xã", "hội"),
    "ca": ("công", "an"),
    "tp": ("thành", "phố"),
    "tphn": ("thành", "phố", "hà", "nội"),
    "hn": ("hà", "nội"),
    "q": ("quận",),
    "h": ("huyện",),
    "p": ("phường",),
    "x": ("xã",),
    "tx": ("thị", "xã"),
    "kcn": ("khu", "công", "nghiệp"),
    "cnc": ("công", "nghệ", "cao"),
}
# The city goes without saying: "Sở Y tế Hà Nội", "Sở Y tế thành phố", "Sở Y tế TP Hà Nội" are one.
_TAILS = (("thành", "phố", "hà", "nội"), ("hà", "nội"), ("thành", "phố"), ("thanh", "pho", "ha", "noi"), ("ha", "noi"), ("thanh", "pho"))


def key_of(words: str) -> tuple[str, ...]:
    """Normal syllables of an agency's name, abbreviations of kinds spelt out, "và" left out, the city's name left out at the end."""
    made: list[str] = []
    for word in _WORD.findall(nfc(clean(words)[:LONGEST])):
        normal = syllable(word)
        made.extend(_SPELT_OUT.get(normal, (normal,)))
    kept = [word for word in made if word not in ("và", "va", "các", "cac")]
    for tail in _TAILS:
        if len(kept) > len(tail) and tuple(kept[-len(tail) :]) == tail:
            kept = kept[: -len(tail)]
            break
    return tuple(kept)


def plain(key: tuple[str, ...]) -> tuple[str, ...]:
    """The same without marks."""
    return tuple(plain_key(word) for word in key)
