"""The short code on a letter, by which it is known when it comes back: a number in base 32 and a check character."""

from __future__ import annotations

from registry.numbers import check_character

#: Crockford's: no letter that is taken for another or for a digit.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OILU", "011V")
_SHORTEST = 4


def letter_code(recipient_id: int, post: str) -> str:
    """The code of a recipient, such as `0C3D-7`; the check character depends on the post that sent the letter."""
    body = ""
    while recipient_id:
        recipient_id, digit = divmod(recipient_id, len(_DIGITS))
        body = _DIGITS[digit] + body
    body = body.rjust(_SHORTEST, _DIGITS[0])
    return f"{body}-{_check(body, post)}"


def recipient_of(code: str, post: str) -> int | None:
    """The recipient whose code that is, as typed or scanned; None if it is none of this post, or mistyped."""
    plain = "".join(c for c in code.upper().translate(_ALIKE) if c in _DIGITS)
    body, check = plain[:-1], plain[-1:]
    if len(body) < _SHORTEST or len(body) > 2 * _SHORTEST or check != _check(body, post):
        return None
    found = 0
    for digit in body:
        found = found * len(_DIGITS) + _DIGITS.index(digit)
    return found


def _check(body: str, post: str) -> str:
    return check_character(post + body).translate(_ALIKE)
