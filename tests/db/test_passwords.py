"""Passwords good enough to keep, recovery keys read as people type them."""

from __future__ import annotations

import pytest

from db.errors import MistypedRecoveryKey
from db.passwords import new_recovery_key, normalised, password_problem, read_recovery_key


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short1!A", "too_short"),
        ("P@ssw0rd12345", "too_common"),
        ("Consulate2026", "too_common"),
        ("motdepasse1234", "too_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "too_weak"),
        ("12345678901234", "too_weak"),
        ("selam4521x", "too_weak"),
        ("river stamp orange kettle", None),
        ("vR7#kw2m!Qz9", None),
        ("ሰላም ነህ ወንድሜ ደህና", None),
    ],
)
def test_rule(password: str, problem: str | None) -> None:
    assert password_problem(password) == problem


def test_own_name_counts_for_nothing() -> None:
    assert password_problem("Marisolbeyene42") is None
    assert password_problem("Marisolbeyene42", "marisolbeyene") == "too_common"


def test_every_way_of_typing_it_is_the_same_password() -> None:
    assert normalised("Zoe\u0308 ﬁn １") == normalised("Zoë fin 1")


def test_recovery_key_is_read_as_people_type_it() -> None:
    printed = new_recovery_key()
    plain = printed.replace("-", "")
    assert [len(group) for group in printed.split("-")] == [5] * 8
    sloppy = f" {printed.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}\n"
    assert read_recovery_key(sloppy) == read_recovery_key(printed) == plain
    assert new_recovery_key() != printed


def test_a_wrong_character_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of 65,536 wrong keys one passes the checksum: always the same key, so that the test never meets that one.
    monkeypatch.setattr("secrets.token_bytes", lambda count: bytes(range(count)))
    plain = read_recovery_key(new_recovery_key())
    for place in range(0, len(plain), 3):
        wrong = plain[:place] + ("2" if plain[place] != "2" else "3") + plain[place + 1 :]
        with pytest.raises(MistypedRecoveryKey):
            read_recovery_key(wrong)
    for wrong in ("", plain[:-1], plain + "0", "U" + plain[1:]):
        with pytest.raises(MistypedRecoveryKey):
            read_recovery_key(wrong)
