"""Which part of a workbook (.xlsx) is which sheet."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from html import unescape
from posixpath import join, normpath
from typing import TypeVar

_ELEMENT = re.compile(r"<(?:\w+:)?(sheet|Relationship)\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")

Found = TypeVar("Found", int, str, tuple[int, int])


def by_sheet(package: zipfile.ZipFile, by_part: Mapping[str, set[Found]]) -> dict[str, list[Found]]:
    """Name of a sheet -> what was found in it, sorted, from what was found in each part of the package."""
    names = set(package.namelist())
    if not by_part or not {_BOOK, _RELATIONS} <= names:
        return {}
    parts = {found["Id"]: found.get("Target", "") for found in _elements(package, _RELATIONS) if "Id" in found}
    sheets: dict[str, list[Found]] = {}
    for found in _elements(package, _BOOK):
        identifier = next((value for key, value in found.items() if key.endswith(":id")), "")
        target = parts.get(identifier, "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if part in by_part and "name" in found:
            sheets[found["name"]] = sorted(by_part[part])
    return sheets


_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def _elements(package: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    text = package.read(part).decode("utf-8", "replace")
    return [
        {key: unescape(quoted or single) for key, quoted, single in _ATTRIBUTE.findall(attributes)}
        for _name, attributes in _ELEMENT.findall(text)
    ]
