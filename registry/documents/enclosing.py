"""The pages of another PDF file inside one that is being written: copied as they are, without links and forms."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Protocol

from registry.errors import Invalid
from registry.i18n import N_

NO_PAGES = N_("An enclosure of this letter cannot be read. Remove it from the template, or add the PDF file again.")

#: What a page needs besides its content and what that uses; everything else could do something.
_KEPT = ("/MediaBox", "/CropBox", "/Rotate")


class Document(Protocol):
    """The file being written."""

    def reserve(self) -> int:
        """The number of an object that is written by `put`."""

    def put(self, number: int, data: bytes) -> None:
        """Write an object under its number, now."""

    def put_page(self, entries: bytes) -> None:
        """Write a page of these entries."""


class Enclosed:
    """One enclosed file: its content is written when it is first needed, its pages each time."""

    def __init__(self, document: Document, content: bytes) -> None:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        self._document = document
        self._numbers: dict[tuple[int, int], int] = {}
        try:
            reader = PdfReader(BytesIO(content), strict=False)
            self._pages = [self._entries(page) for page in reader.pages]
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Invalid(NO_PAGES) from error

    def add_pages(self) -> int:
        """Let all pages follow; returns how many they are."""
        for entries in self._pages:
            self._document.put_page(entries)
        return len(self._pages)

    def _entries(self, page: Any) -> bytes:
        """A page's own entries, those that it inherits among them."""
        parts = []
        for key in (*_KEPT, "/Resources", "/Contents"):
            value = page.raw_get(key) if key in page else _inherited(page, key)
            if value is not None:
                parts.append(key.encode("ascii") + b" " + self._written(value))
        return b" ".join(parts)

    def _written(self, value: Any) -> bytes:
        """A value as it stands in our file; what it refers to is copied first."""
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

        if isinstance(value, IndirectObject):
            return b"%d 0 R" % self._copied(value)
        if isinstance(value, StreamObject):
            data = value._data if isinstance(value._data, bytes) else str(value._data).encode("latin-1")
            entries = self._dictionary(value, skip=("/Length",)) + b" /Length %d" % len(data)
            return b"<< " + entries + b" >>\nstream\n" + data + b"\nendstream"
        if isinstance(value, DictionaryObject):
            return b"<< " + self._dictionary(value) + b" >>"
        if isinstance(value, ArrayObject):
            return b"[ " + b" ".join(self._written(each) for each in list.__iter__(value)) + b" ]"
        leaf = BytesIO()
        value.write_to_stream(leaf)
        return leaf.getvalue()

    def _dictionary(self, value: Any, skip: tuple[str, ...] = ()) -> bytes:
        parts = []
        for key in value:
            # A parent would bring the whole other file along.
            if key not in (*skip, "/Parent", "/P", "/StructParents", "/Metadata"):
                name = BytesIO()
                key.write_to_stream(name)
                parts.append(name.getvalue() + b" " + self._written(value.raw_get(key)))
        return b" ".join(parts)

    def _copied(self, reference: Any) -> int:
        """The number under which an object of the other file stands in ours."""
        from pypdf.generic import NullObject

        key = (reference.idnum, reference.generation)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._document.reserve()
            found = reference.get_object()
            self._document.put(
                number, b"null" if found is None or isinstance(found, NullObject) else self._written(found)
            )
        return number


def _inherited(page: Any, key: str) -> Any:
    """An entry that the page has from the nodes above it."""
    above, depth = page.get("/Parent"), 0
    while above is not None and depth < 32:
        node = above.get_object()
        if key in node:
            return node.raw_get(key)
        above, depth = node.get("/Parent"), depth + 1
    return None
