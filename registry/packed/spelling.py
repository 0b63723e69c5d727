"""How texts that differ by their spelling alone are shown: as most records spell them."""

from __future__ import annotations

from collections.abc import Iterable

from registry.packed.dimensions import Dimension
from registry.packed.store import Columns


def spellings(columns: Columns, by: Dimension, groups: Iterable[str]) -> dict[str, str]:
    """Of each group of texts the commonest spelling; none where codes are counted."""
    if not by.texts:
        return {}
    column = columns.of(by.described)
    spelled = {group: column.spellings[group] for group in groups if group in column.spellings}
    return {group: column.values[max(some, key=column.totals.__getitem__)] for group, some in spelled.items()}
