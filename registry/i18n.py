"""Every sentence a person reads: one gettext catalogue, English in the source, other languages beside it."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import resources

#: Languages whose catalogue is complete; English is the source.
LANGUAGES = ("en", "fr")
_DOMAIN = "registry"
_current = "en"


def N_(message: str) -> str:  # noqa: N802 - the gettext name that extractors and translators know
    """Mark `message` for the catalogue without translating it yet."""
    return message


def use_language(code: str) -> None:
    """Speak `code` from now on; a language without a catalogue falls back to English."""
    global _current
    _current = code if code in LANGUAGES else "en"


def current_language() -> str:
    """The two-letter code of the language in use."""
    return _current


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak `code` inside the block."""
    before = _current
    use_language(code)
    try:
        yield
    finally:
        use_language(before)


def _(message: str, /, **values: object) -> str:
    """`message` in the current language with its `{named}` values filled in."""
    return translate(message, _current, **values)


def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
    """The form of the message that fits `count`; `{count}` is written by the locale's number format."""
    from registry import formats

    text = _catalogue(_current).ngettext(singular, plural, count)
    return text.format(count=formats.number(count), **values)


def translate(message: str, language: str, /, **values: object) -> str:
    """`message` in `language` with its `{named}` values filled in."""
    text = _catalogue(language).gettext(message) if message else ""
    return text.format(**values) if values else text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(_DOMAIN, resources.path("translations"), [language], fallback=True)
