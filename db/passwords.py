"""What a password must be, and recovery keys as people read and type them."""

from __future__ import annotations

import hashlib
import math
import re
import secrets
import unicodedata

from db.errors import MistypedRecoveryKey

SHORTEST = 10  # characters
WEAKEST = 60.0  # bits

# Douglas Crockford's base 32: no I, L, O, U, so that a printed key is read in one way only.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_SECRET = 23  # bytes; with the checksum exactly 8 groups of 5 characters
_CHECKSUM = 2
_GROUP = 5

_COMMON_WORD = re.compile(
    r"administrateur|administrator|ambassade|azertyuiop|bienvenue|changeme|consulate|consulat|"
    r"diaspora|dragon|embassy|football|iloveyou|jetaime|letmein|master|ministere|ministry|monkey|"
    r"motdepasse|passport|passeport|password|princess|qwertyuiop|qwertz|registre|registry|secret|"
    r"soleil|sunshine|welcome|azerty|qwerty|admin|login|test|user"
)
_UNDISGUISED = str.maketrans("@013457$!", "aoleastsi")


def normalised(password: str) -> bytes:
    """The bytes that are hashed: NFKC, so that every keyboard's way of typing one password is the same."""
    return unicodedata.normalize("NFKC", password).encode()


def password_problem(password: str, name: str = "") -> str | None:
    """`too_short`, `too_common` or `too_weak` (under about 60 bits); None if the password will do.

    A common word, and the user's own `name`, count as one character, `P@ssw0rd` like `password`.
    """
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < SHORTEST:
        return "too_short"
    folded = plain.lower() if len(plain.lower()) == len(plain) else plain
    known = [match.span() for match in _COMMON_WORD.finditer(folded.translate(_UNDISGUISED))]
    known += [match.span() for match in re.finditer(re.escape(name.lower()), folded) if name]
    rare = "".join(
        " " if any(start == place for start, _ in known) else character
        for place, character in enumerate(folded)
        if not any(start < place < end for start, end in known)
    )
    if _steps(rare) * math.log2(_pool(plain)) >= WEAKEST:
        return None
    return "too_common" if known else "too_weak"


def _pool(password: str) -> int:
    """How many characters there are of the kinds in use; at least two."""
    kinds = (
        (26, str.islower),
        (26, str.isupper),
        (10, str.isdigit),
        (30, lambda c: c.isalpha() and not c.islower() and not c.isupper()),
        (20, lambda c: not c.isalnum()),
    )
    return sum(size for size, has in kinds if any(map(has, password))) or 2


def _steps(text: str) -> int:
    """Characters that are not the same as, or next after, or next before the one before: `aaa`, `4321`."""
    return sum(place == 0 or abs(ord(character) - ord(text[place - 1])) > 1 for place, character in enumerate(text))


def new_recovery_key() -> str:
    """184 random bits as eight groups of five characters, with a checksum."""
    secret = secrets.token_bytes(_SECRET)
    number = int.from_bytes(secret + _checksum(secret), "big")
    length = (_SECRET + _CHECKSUM) * 8 // 5
    digits = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
    return "-".join(digits[start : start + _GROUP] for start in range(0, length, _GROUP))


def read_recovery_key(typed: str) -> str:
    """The key as it was printed, without its dashes; case, spaces, O for 0, I and L for 1 do not matter.

    Raises `MistypedRecoveryKey` if this cannot be one.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    digits = re.sub(r"[\s\-\u2010-\u2015_.]", "", plain).translate(_LOOKALIKES)
    total = _SECRET + _CHECKSUM
    if len(digits) * 5 != total * 8 or not set(digits) <= set(_ALPHABET):
        raise MistypedRecoveryKey
    number = 0
    for digit in digits:
        number = number << 5 | _ALPHABET.index(digit)
    content = number.to_bytes(total, "big")
    if _checksum(content[:_SECRET]) != content[_SECRET:]:
        raise MistypedRecoveryKey
    return digits


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(b"recovery key" + secret).digest()[:_CHECKSUM]
