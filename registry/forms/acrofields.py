"""The fields of a fillable PDF (ISO 32000-1, 12.7): text, lists that also take other words, boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from registry import kinds
from registry.forms.content import choices, say, shown_choice
from registry.transfer.headings.headers import question_name

if TYPE_CHECKING:
    from pypdf import PdfWriter

    from registry.forms.pages import Place

#: Flags of fields (tables 228 and 230): several lines; a list that opens, and one in which can be typed.
_MULTILINE, _COMBO, _EDIT = 1 << 12, 1 << 17, 1 << 18
#: Of a widget: it is printed.
_PRINT = 4
#: Points that a box to tick is wide and high.
TICK = 10.0
#: What a ticked box says.
TICKED = "/yes"


def with_fields(pages: IO[bytes], places: Sequence[Place], file: IO[bytes], language: str) -> None:
    """Write the pages with a field at each place, named as in questionnaires: a point would part it."""
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=pages)
    made: ArrayObject = ArrayObject()
    looks = _looks(writer, TICK)
    for place in places:
        widget = writer.add_annotation(place.page, _widget(place, language, looks))
        assert widget.indirect_reference is not None
        made.append(widget.indirect_reference)
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in _HELVETICA.items()})
    fonts = DictionaryObject({NameObject("/Helv"): font})
    form = {
        "/Fields": made,
        "/NeedAppearances": BooleanObject(True),
        "/DA": TextStringObject(_LOOK),
        "/DR": DictionaryObject({NameObject("/Font"): fonts}),
    }
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject(k): v for k, v in form.items()})
    writer.write(file)


_HELVETICA = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
_LOOK = "/Helv 10 Tf 0 g"


def _widget(place: Place, language: str, looks: Any) -> Any:
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    box = (place.left, place.bottom, place.left + place.width, place.bottom + place.height)
    entries: dict[str, Any] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Widget"),
        "/Rect": ArrayObject(FloatObject(round(edge, 2)) for edge in box),
        "/F": NumberObject(_PRINT),
        "/T": TextStringObject(question_name(place.item.name)),
        "/TU": TextStringObject(say(place.item.labels, language)),  # what a screen reader says
        "/DA": TextStringObject(_LOOK),
    }
    offered = choices(place.item.field, language)
    if place.tick:
        off = NameObject("/Off")
        entries |= {"/FT": NameObject("/Btn"), "/AS": off, "/V": off, "/AP": looks}
    elif offered:
        labels = [shown_choice(place.item.field, code, language) for code in offered]
        entries |= {"/FT": NameObject("/Ch"), "/Ff": NumberObject(_COMBO | _EDIT)}
        entries["/Opt"] = ArrayObject(TextStringObject(label) for label in labels)
    else:
        several_lines = place.item.field.kind is kinds.LONG_TEXT
        entries |= {"/FT": NameObject("/Tx"), "/Ff": NumberObject(_MULTILINE if several_lines else 0)}
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})


def _looks(writer: PdfWriter, size: float) -> Any:
    """How a box looks with its tick and without, which readers do not draw themselves."""
    from pypdf.generic import DictionaryObject, NameObject

    cross = f"q 1.2 w 2 2 m {size - 2:.2f} {size - 2:.2f} l S 2 {size - 2:.2f} m {size - 2:.2f} 2 l S Q"
    drawn = {TICKED: cross, "/Off": ""}
    looks = {NameObject(state): writer._add_object(_look(code, size)) for state, code in drawn.items()}
    return DictionaryObject({NameObject("/N"): DictionaryObject(looks)})


def _look(code: str, size: float) -> Any:
    from pypdf.generic import ArrayObject, FloatObject, NameObject, StreamObject

    stream = StreamObject()
    stream.set_data(code.encode("ascii"))
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in (0, 0, size, size))
    return stream
