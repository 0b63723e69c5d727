"""The value of a condition, in the editor that its field calls for; what was not touched stays as it was written."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from registry import fields, kinds, vocabularies
from registry.fields import CONSENT, Field
from registry.i18n import _
from registry.search.names import NEAR
from ui.widgets.choices import CodeBox
from ui.widgets.labels import row
from ui.widgets.open_code import OpenCodeLine

_CODED = frozenset({kinds.CODE, kinds.COUNTRY, kinds.LANGUAGE})
_AT_LEAST = re.compile(r"(?P<value>[^<>:]+)>=(?P<level>[^<>:]+)")


class ValueBox(QWidget):
    """One value.

    Signals:
        edited: it was changed by the officer.
    """

    edited = Signal()

    def __init__(self, kind: str, known: tuple[Field, ...], value: str, operator: str) -> None:
        """`known` is the field, or every consent, or nothing where the field is not chosen yet."""
        super().__init__()
        self._value, self._touched = value, False
        self._level: CodeBox | None = None
        layout = row(self, spacing=8)
        field = known[0] if known else None
        level = fields.by_name(kind).get(f"{field.name}.level") if field is not None else None
        at_least = _AT_LEAST.fullmatch(value) if level is not None else None
        self.editor = self._made(known, at_least["value"] if at_least else value, operator)
        layout.addWidget(self.editor, 2)
        if level is not None and operator == ":" and (at_least or not re.search("[<>:]", value)):
            self._level = _code_box(level.vocabulary, _("At least this level"), at_least["level"] if at_least else "")
            self._level.setItemText(0, _("Any level"))
            for place in range(1, self._level.count()):
                self._level.setItemText(place, f"≥ {self._level.itemText(place)}")
            self._level.currentIndexChanged.connect(self._touch)
            layout.addWidget(self._level, 1)
        self.setFocusProxy(self.editor)

    @property
    def controls(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        return [self.editor, *([self._level] if self._level is not None else [])]

    def value(self) -> str:
        """As a query writes it."""
        if not self._touched:
            return self._value
        if isinstance(self.editor, CodeBox):
            text = self.editor.code()
        elif isinstance(self.editor, QComboBox):
            text = str(self.editor.currentData() or "")
        else:
            text = self.editor.text().strip()
        level = self._level.code() if self._level is not None and text else ""
        return f"{text}>={level}" if level else text

    def _touch(self) -> None:
        self._touched = True
        self.edited.emit()

    def _made(self, known: tuple[Field, ...], value: str, operator: str) -> QComboBox | QLineEdit:
        name = _("Value")
        field = known[0] if known else None
        if len(known) > 1:
            return self._of_consents(known, value, name)
        code = vocabularies.get(field.vocabulary).find(value) if field is not None and field.vocabulary else None
        if field is not None and field.kind in _CODED and (code is not None or not value):
            box = _code_box(field.vocabulary, name, code or "")
            box.currentIndexChanged.connect(self._touch)
            if box.isEditable():
                box.editTextChanged.connect(self._touch)
            return box
        if field is not None and field.kind is kinds.OPEN_CODE:
            line: QLineEdit = OpenCodeLine(field.vocabulary, name)
            line.setText(vocabularies.get(field.vocabulary).label(code) if code else value)
        else:
            line = QLineEdit(value)
            line.setAccessibleName(name)
            line.setPlaceholderText(_hint(field))
        line.textChanged.connect(self._touch)
        return line

    def _of_consents(self, known: tuple[Field, ...], value: str, name: str) -> QComboBox | QLineEdit:
        """What was agreed to, by any channel or by one."""
        box = QComboBox()
        box.setAccessibleName(name)
        purposes, channels = vocabularies.get("consent_purpose"), vocabularies.get("consent_channel")
        box.addItem("", "")
        for purpose in dict.fromkeys(field.key[0] for field in known if field.key and field.table == CONSENT):
            box.addItem(purposes.label(purpose), purpose)
            for _purpose, channel in (field.key for field in known if field.key and field.key[0] == purpose):
                words = _("{purpose}, by {channel}", purpose=purposes.label(purpose), channel=channels.label(channel))
                box.addItem(words, f"{purpose}/{channel}")
        purpose, slash, channel = value.partition("/")
        place = box.findData(f"{purposes.find(purpose)}{slash}{(channels.find(channel) or channel) if slash else ''}")
        if place < 0 and value:
            box.addItem(value, value)
            place = box.count() - 1
        box.setCurrentIndex(max(place, 0))
        box.currentIndexChanged.connect(self._touch)
        return box


def _code_box(vocabulary: str, name: str, code: str) -> CodeBox:
    return CodeBox(vocabulary, name, vocabularies.get(vocabulary).find(code) or "")


def _hint(field: Field | None) -> str:
    if field is None:
        return ""
    if field.name == NEAR:
        return _("For example {example}", example="Lyon<50km")
    if field.kind is kinds.PARTIAL_DATE:
        return _("1985, 1985-03, or 2y for two years ago")
    return _("A whole number") if field.kind is kinds.INTEGER else _("The beginning of a word")
