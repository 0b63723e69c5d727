"""Letters for the sexes that mean another one in another language: H and M are a man and a woman in Spanish."""

from __future__ import annotations

from collections.abc import Iterable

from registry.i18n import _
from registry.transfer.headings import wordings


def read(cells: Iterable[str]) -> dict[str, str]:
    """Letter -> code, where the letters of a column are his and hers of one language; {} = they are as usual.

    Args:
        cells: of one column.
    """
    letters = {text for cell in set(cells) if len(text := cell.strip().casefold()) == 1 and text.isalpha()}
    pair = next((pair for pair in wordings.plain("sexes") if letters == {*pair}), "")
    return dict(zip(pair, ("male", "female"), strict=False))


def told(column: str, letters: dict[str, str]) -> str:
    """What is said about them."""
    his, hers = (letter.upper() for letter in letters)
    return _(
        "“{column}”: {his} is read as a man and {hers} as a woman, since the column has these two letters.",
        column=column,
        his=his,
        hers=hers,
    )
