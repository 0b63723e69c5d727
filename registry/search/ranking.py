"""How well a record's names fit the words asked for, so that the best stands first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from registry.search.folding import fold

#: The name is exactly what was asked; the same words in another order.
EXACT, REORDERED = 1.0, 0.98
#: Between these lie names with all words and names with none: found by place, telephone or another field.
_ALL, _NONE = 0.95, 0.4
#: The score of those beyond the ones compared.
NOT_COMPARED = 0.5


def score(asked: Sequence[str], names: Iterable[str | None]) -> float:
    """0..1: the best fit of folded words `asked` among a record's `names`."""
    wanted = " ".join(asked)
    return max((_fit(asked, wanted, fold(name)) for name in names if name), default=_NONE)


def _fit(asked: Sequence[str], wanted: str, name: str) -> float:
    if name == wanted:
        return EXACT
    parts = name.split()
    if sorted(parts) == sorted(asked):
        return REORDERED
    fit = sum(_word(word, parts) for word in asked) / len(asked) if asked else 0.0
    close = fuzz.token_sort_ratio(wanted, name) / 100
    return _NONE + (_ALL - _NONE) * (0.7 * fit + 0.3 * close) if fit else _NONE * (0.75 + 0.25 * close)


def _word(word: str, parts: Sequence[str]) -> float:
    """1 for a whole word of the name, less for the beginning of one."""
    if word in parts:
        return 1.0
    return max((0.6 + 0.4 * len(word) / len(part) for part in parts if part.startswith(word)), default=0.0)
