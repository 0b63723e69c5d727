"""What a text is read into: a value, or a value with the text beside it, or a text that its field can't hold."""

from __future__ import annotations

from typing import NamedTuple


class Unread(NamedTuple):
    """A text that its field can't hold, and why."""

    text: str
    reason: str


class Coded(NamedTuple):
    """A code that a vocabulary has for a text, and the text as it was written."""

    code: str
    text: str


class Called(NamedTuple):
    """A telephone number and how it was written."""

    e164: str
    raw: str


#: What a text was read into; None = it says nothing.
Value = str | Called | Coded | Unread | None
