"""Every sentence a person reads: one gettext catalogue, English in the source, other languages beside it."""

from __future__ import annotations

import gettext
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import resources

#: Languages whose catalogue is complete; English is the source.
LANGUAGES = ("en", "fr")
#: Languages that reports are written in: of the further ones the sentences of reports stand in `resources/report`.
PAPER_LANGUAGES = (*LANGUAGES, "es", "pt", "ar")
_DOMAIN = "registry"
_current = "en"
#: The language of a piece of work that speaks another one than the window; "" = the window's.
_of_work: ContextVar[str] = ContextVar("language", default="")


def N_(message: str) -> str:  # noqa: N802 - the gettext name that extractors and translators know
    """Mark `message` for the catalogue without translating it yet."""
    return message


def use_language(code: str) -> None:
    """Speak `code` from now on; a language without a catalogue falls back to English."""
    global _current
    _current = code if code in LANGUAGES else "en"


def current_language() -> str:
    """The two-letter code of the language in use."""
    return _of_work.get() or _current


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak `code`, one of `PAPER_LANGUAGES`, inside the block and in this thread alone."""
    before = _of_work.set(code if code in PAPER_LANGUAGES else "en")
    try:
        yield
    finally:
        _of_work.reset(before)


def _(message: str, /, **values: object) -> str:
    """`message` in the current language with its `{named}` values filled in."""
    return translate(message, current_language(), **values)


def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
    """The form of the message that fits `count`; `{count}` is written by the locale's number format."""
    from registry import formats

    text = _catalogue(current_language()).ngettext(singular, plural, count)
    return text.format(count=formats.number(count), **values)


def translate(message: str, language: str, /, **values: object) -> str:
    """`message` in `language` with its `{named}` values filled in."""
    text = _catalogue(language).gettext(message) if message else ""
    return text.format(**values) if values else text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    if language not in LANGUAGES and language in PAPER_LANGUAGES:
        return _Sentences(language)
    return gettext.translation(_DOMAIN, resources.path("translations"), [language], fallback=True)


class _Sentences(gettext.NullTranslations):
    """The sentences of one language as a file of JSON has them; of counted things one for each form (CLDR plurals)."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        text = resources.path("report", f"{language}.json").read_text("utf-8")
        self._known: dict[str, str | dict[str, str]] = json.loads(text)

    def gettext(self, message: str) -> str:
        """The sentence, in English where it is no sentence of a report."""
        found = self._known.get(message, message)
        return found if isinstance(found, str) else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for so many."""
        from babel import Locale

        found = self._known.get(msgid1)
        if not isinstance(found, dict):
            return super().ngettext(msgid1, msgid2, n)
        return found.get(Locale(self._language).plural_form(n), found["other"])
