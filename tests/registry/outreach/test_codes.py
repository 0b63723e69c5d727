"""Codes on letters: short, and a slip or another post's letter is noticed."""

from __future__ import annotations

from registry.outreach.codes import letter_code, recipient_of


def test_every_code_is_read_back_however_it_is_typed() -> None:
    for number in (1, 31, 32, 1023, 5_000, 1_000_000, 40_000_000):
        code = letter_code(number, "LYS")
        for typed in (code, code.lower(), code.replace("-", ""), f" {code} ", code.replace("0", "O").replace("1", "l")):
            assert recipient_of(typed, "LYS") == number


def test_a_slip_is_noticed() -> None:
    code = letter_code(123_456, "LYS")
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    plain = code.replace("-", "")
    slips = [plain[:i] + c + plain[i + 1 :] for i in range(len(plain)) for c in letters if c != plain[i]]
    missed = [slip for slip in slips if recipient_of(slip, "LYS") is not None]
    assert len(missed) <= len(slips) // 100
    assert recipient_of("", "LYS") is None
    assert recipient_of("not a code at all", "LYS") is None


def test_a_letter_of_another_post_is_none_of_ours() -> None:
    foreign = [letter_code(number, "GVA") for number in range(1, 200)]
    assert sum(recipient_of(code, "LYS") is not None for code in foreign) < 20
