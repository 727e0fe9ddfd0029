"""Vietnamese text: one canonical form, folding for comparison, tone placement.

`clean` is applied to everything typed or imported; `fold` and `tone_normal` are for comparing, never for storing.
"""

import re
import unicodedata

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E])
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# The tone stands on the second vowel of oa, oe, uy when the syllable is open (hoà); the other school puts it on the first (hòa).
_OPEN = re.compile(rf"([oO])([{_TONES}])([aAeE])(?!\w)|([uU])([{_TONES}])([yY])(?!\w)")


def nfc(text: str) -> str:
    """Composed Unicode."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Composed, without NULs, controls and invisible characters; blanks folded, line breaks kept."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE))
    lines = (_SPACES.sub(" ", line).strip() for line in nfc(text).split("\n"))
    return "\n".join(lines).strip()


def fold(text: str) -> str:
    """Lower case without any mark: "Đường Hoà" → "duong hoa". For comparing."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D").lower()


def tone_normal(text: str) -> str:
    """Lower case, composed, tone marks of open oa, oe, uy on the second vowel (hòa → hoà), so both schools compare equal."""
    split = unicodedata.normalize("NFD", text.lower())

    def move(found: re.Match[str]) -> str:
        a = found.group(1) or found.group(4)
        tone = found.group(2) or found.group(5)
        b = found.group(3) or found.group(6)
        return f"{a}{b}{tone}"

    return nfc(_OPEN.sub(move, split))
