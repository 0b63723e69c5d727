"""Rows that a workbook (.xlsx) hides by a filter or by hand: the reader gives them like any other."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from html import unescape
from posixpath import join, normpath

_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?>")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
_ELEMENT = re.compile(r"<(?:\w+:)?(sheet|Relationship)\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
#: So many are told at most.
MOST = 10_000


def numbers(chunk: bytes) -> set[int]:
    """The numbers of hidden rows whose tags stand in a piece of a worksheet."""
    if b"hidden" not in chunk:
        return set()
    tags = (tag for tag in _ROW.findall(chunk) if _HIDDEN.search(tag))
    return {int(found[1]) for tag in tags if (found := _NUMBER.search(tag))}


def by_sheet(package: zipfile.ZipFile, by_part: Mapping[str, set[int]]) -> dict[str, list[int]]:
    """Name of a sheet -> numbers of its hidden rows, from those of each part of the package."""
    names = set(package.namelist())
    if not by_part or not {_BOOK, _RELATIONS} <= names:
        return {}
    parts = {found["Id"]: found.get("Target", "") for found in _elements(package, _RELATIONS) if "Id" in found}
    sheets = {}
    for found in _elements(package, _BOOK):
        identifier = next((value for key, value in found.items() if key.endswith(":id")), "")
        target = parts.get(identifier, "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if part in by_part and "name" in found:
            sheets[found["name"]] = sorted(by_part[part])[:MOST]
    return sheets


_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def _elements(package: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    text = package.read(part).decode("utf-8", "replace")
    return [
        {key: unescape(quoted or single) for key, quoted, single in _ATTRIBUTE.findall(attributes)}
        for _name, attributes in _ELEMENT.findall(text)
    ]
