"""Passwords: argon2id hashes, the rule of QCVN 12:2026/BCA, and drawing one. Hashing is slow on purpose: do it before a write transaction begins."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from petitions.core.text import nfc
from petitions.core.words import Message, say

LEAST = 8
MOST = 200
REMEMBERED = 10
_PLAIN = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"  # without l, I, O, 0, 1, o: they are read aloud and copied by hand
_SPECIAL = "!@#%+=?*"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a hash costs: memory in KiB, rounds."""

    memory: int
    rounds: int


USUAL = Cost(memory=19_456, rounds=2)  # the OWASP floor for argon2id: eight threads may hash at once on a small server
QUICK = Cost(memory=8, rounds=1)  # for tests


@cache
def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.rounds, memory_cost=cost.memory, parallelism=1, type=Type.ID)


def make_hash(password: str, cost: Cost = USUAL) -> str:
    """The argon2id hash of `password` (composed Unicode, so that two keyboards agree). Takes tens of milliseconds."""
    return _hasher(cost).hash(nfc(password))


def verify(stored: str, password: str) -> bool:
    """Whether `password` made the hash `stored`; a damaged hash fits nothing."""
    try:
        return _hasher(USUAL).verify(stored, nfc(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody(cost: Cost) -> str:
    return make_hash(secrets.token_urlsafe(24), cost)


def verify_nobody(password: str, cost: Cost = USUAL) -> bool:
    """Take as long as `verify` would and say no: an unknown name must not answer faster than a known one."""
    return verify(_nobody(cost), password) and False


def outdated(stored: str, cost: Cost = USUAL) -> bool:
    """Whether `stored` was made at another cost and should be made anew at the next sign-in."""
    return _hasher(cost).check_needs_rehash(stored)


def weaknesses(password: str, *, username: str = "") -> list[Message]:
    """What `password` lacks by QCVN 12:2026/BCA (at least 8 characters; lower, upper, digit, special); empty when nothing. The user name is refused too."""
    password = nfc(password)
    found: list[Message] = []
    if len(password) < LEAST:
        found.append(say("Mật khẩu cần ít nhất {n} ký tự.", n=LEAST))
    if len(password) > MOST:
        found.append(say("Mật khẩu dài nhất {n} ký tự.", n=MOST))
    if not any(c.islower() for c in password):
        found.append(say("Mật khẩu cần ít nhất một chữ thường."))
    if not any(c.isupper() for c in password):
        found.append(say("Mật khẩu cần ít nhất một chữ hoa."))
    if not any(c.isdigit() for c in password):
        found.append(say("Mật khẩu cần ít nhất một chữ số."))
    if not any(not c.isalnum() and not c.isspace() and c.isprintable() for c in password):
        found.append(say("Mật khẩu cần ít nhất một ký tự đặc biệt, ví dụ ! @ # %."))
    if len(username) >= 4 and username in password.lower():
        found.append(say("Mật khẩu không được chứa tên đăng nhập."))
    return found


def used_before(password: str, former: Sequence[str]) -> bool:
    """Whether `password` made one of the hashes `former` (the last ten). Up to ten hashes long: before the transaction."""
    return any(verify(stored, password) for stored in former[:REMEMBERED])


def draw(length: int = 14) -> str:
    """A random first password that keeps the rule and is easy to read aloud: three groups of letters and digits, one special sign."""
    while True:
        body = "".join(secrets.choice("".join(_PLAIN)) for _ in range(length - 1))
        place = secrets.randbelow(length - 2) + 1
        password = body[:place] + secrets.choice(_SPECIAL) + body[place:]
        if not weaknesses(password):
            return password
