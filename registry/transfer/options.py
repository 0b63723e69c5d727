"""How a file is to be taken in: what the officer, a mapping file or the command line says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from registry.transfer.columns.mapping import Given

#: What becomes of rows whose external id is there with other content, and of likely duplicates (CLI.md).
EXISTING = ("update", "fill", "keep")
DUPLICATES = ("review", "skip", "update", "create")
#: What the officer says of one row: leave it out, it is somebody new, it is the record of this id.
LEAVE_OUT, SOMEBODY_NEW = -1, 0


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be taken in.

    Attributes:
        kind: "people" or "associations"; "" = to be found.
        sheet: name of the sheet; "" = to be found.
        given: what a mapping file or the officer says of columns and values.
        existing: one of `EXISTING`.
        duplicates: one of `DUPLICATES`.
        form: the form of a questionnaire (XLSForm) whose answers the file has.
        rows: number of a row -> `LEAVE_OUT`, `SOMEBODY_NEW`, or the id of the record whose empty fields it fills.
        refused: whether those are taken in too who answered that their data may not be kept.
        unnamed: whether a list is read too of which no column is known to hold names, for an officer to say.
    """

    kind: str = ""
    sheet: str = ""
    given: Given = field(default_factory=Given)
    existing: str = "update"
    duplicates: str = "review"
    form: Path | None = None
    refused: bool = False
    rows: Mapping[int, int] = field(default_factory=dict)
    unnamed: bool = False
