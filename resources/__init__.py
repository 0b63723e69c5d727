"""Data that ships with the program: vocabularies, letter templates, fonts, icons, translations."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The file at `parts` below the resources folder, in the source tree and in the frozen program alike."""
    return ROOT.joinpath(*parts)
