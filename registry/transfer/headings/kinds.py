"""The kinds of telephones and addresses that headings name: "Home phone", "Business city"."""

from __future__ import annotations

from collections.abc import Iterable

from registry.transfer.headings import wordings
from registry.transfer.headings.headers import key

#: Keys of the words for them.
PHONE_KINDS, ADDRESS_KINDS = "phone_kinds", "address_kinds"
#: The kind of the address where somebody lives.
LIVED_IN = "home"


def kind_named(words: str, headings: Iterable[str]) -> str:
    """Code of the one kind that headings name which are not about the country that people come from; else ""."""
    said = [text for text in map(key, headings) if wordings.pattern("homeland").search(text) is None]
    codes = [code for code, word in wordings.patterns(words).items() if any(map(word.search, said))]
    return codes[0] if len(codes) == 1 else ""
