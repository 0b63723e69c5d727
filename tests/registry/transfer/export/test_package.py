"""A workbook that is given up, as when the disk is full or somebody cancels, says nothing as it goes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from registry.transfer.export.ods import OdsBook
from registry.transfer.export.workbook import Column, Workbook


@pytest.mark.parametrize("kind", [Workbook, OdsBook])
def test_a_workbook_given_up_complains_to_nobody(
    kind: Callable[[IO[bytes]], Workbook | OdsBook], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", heard.append)
    with (tmp_path / "book").open("wb") as file:
        book = kind(file)
        book.sheet("People", [Column("Name")])
        book.row(["Ravn"])
    del book
    gc.collect()
    assert heard == []
