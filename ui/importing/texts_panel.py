"""Texts of a list that no vocabulary knows, or that are spelled in several ways: each decided once for all its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry import fields
from registry.i18n import _
from registry.transfer.planning.spellings import Spelling
from ui.importing.intake import Intake
from ui.widgets.labels import button, column
from ui.widgets.rows import Column, Rows
from ui.widgets.text_question import TextQuestion


class TextsPanel(QWidget):
    """The texts, and the place to say what the chosen one is read as; what is not decided stays as it is written.

    Signals:
        decided: one was decided, or left as it is.
    """

    decided = Signal()

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        layout = column(self, spacing=8)
        self.table: Rows[Spelling] = Rows(_("Texts of the list"), self._columns())
        self.table.chosen.connect(self._ask)
        layout.addWidget(self.table, 1)
        self.question = TextQuestion()
        self.question.answered.connect(self.decide)
        layout.addWidget(self.question)
        self._known: dict[tuple[str, str], Spelling] = {}

    def _columns(self) -> list[Column[Spelling]]:
        return [
            Column(_("Field"), lambda s: self._fields[s.field].title, width=190),
            Column(_("As it is written"), lambda s: s.text),
            Column(_("Rows"), lambda s: str(s.rows), width=80, number=True),
            Column(_("Read as"), self._read_as, role=lambda s: "accent_text" if self._decision(s) else "quiet"),
        ]

    @property
    def _kind(self) -> str:
        assert self._intake.plan is not None
        return self._intake.plan.kind

    @property
    def _fields(self) -> Mapping[str, fields.Field]:
        return fields.by_name(self._kind)

    def _decision(self, one: Spelling) -> str:
        return self._intake.texts.get(one.field, {}).get(one.text, "")

    def _read_as(self, one: Spelling) -> str:
        told = self._decision(one)
        if told:
            return told
        if not one.suggestions:
            return ""
        likeness = f" ({_(one.likeness)})" if one.likeness else ""
        return _("perhaps {text}", text=one.suggestions[0].label) + likeness

    def show_texts(self, spelled: Sequence[Spelling]) -> None:
        """Show the texts of the plan."""
        found = list(spelled)
        there = {(one.field, one.text) for one in found}
        self._known = {key: one for key, one in self._known.items() if self._decision(one)}
        self._known |= {(one.field, one.text): one for one in found}
        # What was decided is no question any more, but can be decided otherwise.
        found += [one for key, one in self._known.items() if key not in there and one.field in self._fields]
        self.table.show_things(found)
        if found:
            self.table.choose(0)

    @property
    def counts(self) -> tuple[int, int]:
        """How many texts are to be decided, and how many are."""
        decided = sum(bool(self._decision(one)) for one in self.table.things)
        return len(self.table.things) - decided, decided

    def _ask(self) -> None:
        """Ask what the chosen text is, beginning with the likeliest."""
        one = self.table.current
        if one is None:
            self.question.ask_nothing()
            return
        choices = [button(_("Read it so"), self.decide, icon="check")]
        if len(self._alike(one)) > 1:
            choices.append(button(_("Read all of these so"), self.decide_alike, icon="check"))
        choices.append(button(_("Leave it as written"), self.leave))
        likeliest = self._decision(one) or (one.suggestions[0].label if one.suggestions else "")
        self.question.ask(self._fields[one.field], one.text, likeliest, choices)

    def decide(self) -> None:
        """Read the chosen text as the line says, in every row."""
        one = self.table.current
        if one is not None and (text := self.question.said):
            self._intake.texts.setdefault(one.field, {})[one.text] = text
            self._next()

    def _alike(self, one: Spelling) -> list[Spelling]:
        """The spellings that resemble the same commoner one."""
        if not one.likeness:
            return []
        said = one.suggestions[0].label
        return [s for s in self.table.things if s.field == one.field and s.likeness and s.suggestions[0].label == said]

    def decide_alike(self) -> None:
        """Read all spellings of one thing as the line says; each can be decided otherwise afterwards."""
        one = self.table.current
        if one is not None and (text := self.question.said):
            for each in self._alike(one):
                self._intake.texts.setdefault(each.field, {})[each.text] = text
            self._next()

    def leave(self) -> None:
        """Keep the chosen text as it is written."""
        one = self.table.current
        if one is not None:
            self._intake.texts.get(one.field, {}).pop(one.text, None)
            self._next()

    def _next(self) -> None:
        place = self.table.currentIndex().row()
        self.table.viewport().update()
        self.table.choose(min(place + 1, len(self.table.things) - 1))
        self._ask()
        self.decided.emit()
