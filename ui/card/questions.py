"""Questions of profile templates on the card: answers to tick, and questions that depend on others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from registry import fields, vocabularies
from registry.fields import Field
from registry.i18n import _
from ui.card.editors import LABEL_WIDTH, FieldEditor
from ui.widgets.labels import column, label, row


class Ticks(QWidget):
    """The answers of a list of its own, of which several can be given: each with a box to tick.

    Attributes:
        field: the question.
        boxes: code -> its box.

    Signals:
        edited: a box was ticked or cleared.
    """

    edited = Signal()

    def __init__(self, field: Field, values: Mapping[str, str], typed: Mapping[str, str], *, editable: bool) -> None:
        super().__init__()
        self.field = field
        self._held = _answers(field, values)
        now = _answers(field, {**values, **typed})
        known = vocabularies.get(field.vocabulary)
        offered = known.choices()
        gone = [(code, known.label(code)) for code in self._held if code not in dict(offered)]
        outer = row(self, spacing=8)
        required = field.asked is not None and field.asked.required
        caption = label(f"{field.title} *" if required else field.title, "quiet", wrap=True)
        caption.setFixedWidth(LABEL_WIDTH)
        caption.setToolTip(_("{field} (wanted by the questionnaire)", field=field.title) if required else "")
        outer.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop)
        inside = column(spacing=4)
        outer.addLayout(inside, 1)
        self.boxes: dict[str, QCheckBox] = {}
        for code, words in (*offered, *gone):
            box = QCheckBox(words.replace("&", "&&"))
            box.setAccessibleName(f"{field.title}: {words}")
            box.setChecked(code in now)
            box.setEnabled(editable)
            box.toggled.connect(lambda _on: self.edited.emit())
            inside.addWidget(box)
            self.boxes[code] = box
        if field.help:
            inside.addWidget(label(field.help, "small", wrap=True))
        self.setFocusProxy(next(iter(self.boxes.values())))

    def stops(self) -> list[QWidget]:
        """What the keyboard can reach, in the order in which it stands."""
        return list(self.boxes.values())

    def codes(self) -> list[str]:
        """What is ticked: first what the record holds, in its order."""
        ticked = [code for code, box in self.boxes.items() if box.isChecked()]
        return [*(c for c in self._held if c in ticked), *(c for c in ticked if c not in self._held)]

    def changes(self) -> dict[str, str]:
        """Numbered name -> new code of what changed; "" empties."""
        now = self.codes()
        places = range(max(len(now), len(self._held)))
        pairs = {p: (_at(self._held, p), _at(now, p)) for p in places}
        return {fields.numbered(self.field.name, p): new for p, (old, new) in pairs.items() if old != new}


class Conditions:
    """Which questions are shown, as the answers stand that they depend on."""

    def __init__(self, answers: Callable[[str], Sequence[str] | None]) -> None:
        """`answers` tells what stands in a field now; None = the field is not here."""
        self._answers = answers
        self._dependent: list[tuple[Field, QWidget]] = []

    def add(self, field: Field, widget: QWidget) -> None:
        """Show a question only when its condition holds, or when it has an answer."""
        if field.asked is not None and field.asked.condition is not None:
            self._dependent.append((field, widget))

    def apply(self) -> None:
        """Show what is to be answered now, and what has an answer: nothing is saved unseen."""
        for field, widget in self._dependent:
            widget.setVisible(self._met(field) or any(self._answers(field.name) or ()))

    def _met(self, field: Field) -> bool:
        if field.asked is None or field.asked.condition is None:
            return True
        name, wanted = field.asked.condition
        given = self._answers(name)
        return given is None or not set(given).isdisjoint(wanted)


def answers_in(name: str, editors: Sequence[FieldEditor], ticks: Sequence[Ticks]) -> Sequence[str] | None:
    """What stands in the inputs of a field, numbered ones included; None = it has none."""
    ticked = next((t.codes() for t in ticks if t.field.name == name), None)
    typed = [e.text() for e in editors if e.field.name == name]
    return ticked if ticked is not None else typed or None


def _answers(field: Field, values: Mapping[str, str]) -> list[str]:
    """The codes that a record holds, in their order."""
    found: list[str] = []
    for name, value in values.items():
        if fields.split(name)[0] == field.name and value:
            found.append(value)
    return found


def _at(codes: Sequence[str], place: int) -> str:
    return codes[place] if place < len(codes) else ""
