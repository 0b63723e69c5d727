"""Letters for the sexes that mean another one in another language: H and M are a man and a woman in Spanish."""

from __future__ import annotations

from collections.abc import Iterable

from registry import foreign_words
from registry.i18n import _
from registry.transfer.headings import wordings
from registry.transfer.headings.headers import spelled


def read(heading: str, cells: Iterable[str]) -> dict[str, str]:
    """Letter -> code, where the letters of a column are his and hers of one language; {} = they are as usual.

    Args:
        cells: of the column below the heading.
    """
    letters = {text for cell in set(cells) if len(text := cell.strip().casefold()) == 1 and text.isalpha()}
    pairs = wordings.by_language("sexes").items()
    pair = next((pair for language, pair in pairs if letters == {*pair} and _may_be_of(language, heading)), "")
    return dict(zip(pair, ("male", "female"), strict=False))


def _may_be_of(language: str, heading: str) -> bool:
    """Whether a heading is of a language, if that is a further one: F and N elsewhere are women and no answer."""
    further = foreign_words.languages().get(language)
    return further is None or spelled(heading) in map(spelled, further["fields"]["sex"].split("|"))


def told(column: str, letters: dict[str, str]) -> str:
    """What is said about them."""
    his, hers = (letter.upper() for letter in letters)
    return _(
        "“{column}”: {his} is read as a man and {hers} as a woman, since the column has these two letters.",
        column=column,
        his=his,
        hers=hers,
    )
