"""The kinds of record as the command line names them."""

from __future__ import annotations

from enum import StrEnum

from registry import fields


class Kind(StrEnum):
    """What a command is about."""

    PEOPLE = fields.PEOPLE
    ASSOCIATIONS = fields.ASSOCIATIONS
