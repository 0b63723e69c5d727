"""Confirming registrations, writing down notices and letting them lapse: one person or a whole list."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from registry import dates, fields
from registry.changes import Outcome
from registry.commands import Command, ConfirmRegistration, LapseRegistrations, RecordNotice
from registry.errors import Invalid, RegistryError
from registry.i18n import N_, _, ngettext
from registry.kinds import Situation
from registry.queries import GetSettings, ListIds
from registry.registration.outcomes import Treated
from registry.settings import number
from ui.card.editors import FieldEditor
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.widgets.labels import label
from ui.widgets.summary import Banner

#: Records that were left, named one by one up to so many.
_NAMED = 200


@dataclass(frozen=True)
class Step:
    """One thing that can be done with several registrations.

    Attributes:
        title, main: catalogue messages.
        asks: what will be done with how many, and what follows.
        command: from ids and the day until which they are valid ("" = by the setting).
        told: what is said of how many afterwards.
        until: whether that day can be typed.
    """

    title: str
    main: str
    asks: Callable[[int], str]
    command: Callable[[tuple[int, ...], str], Command[Treated]]
    told: Callable[[int], str]
    until: bool = False


STEPS = {
    "confirm": Step(
        N_("Confirm registrations"),
        N_("Confirm"),
        lambda count: ngettext(
            "{count} registration becomes active again, confirmed today. Notices are cleared.",
            "{count} registrations become active again, confirmed today. Notices are cleared.",
            count,
        ),
        ConfirmRegistration,
        lambda count: ngettext("{count} registration confirmed.", "{count} registrations confirmed.", count),
        until=True,
    ),
    "notice": Step(
        N_("Record notices"),
        N_("Record"),
        lambda count: ngettext(
            "For {count} registration it is written down that the next notice went out today: the first, or if "
            "that was long enough ago the second. The state becomes “Expiring”.",
            "For {count} registrations it is written down that the next notice went out today: the first, or if "
            "that was long enough ago the second. The state becomes “Expiring”.",
            count,
        ),
        lambda ids, _until: RecordNotice(ids),
        lambda count: ngettext("{count} notice recorded.", "{count} notices recorded.", count),
    ),
    "lapse": Step(
        N_("Let registrations lapse"),
        N_("Let lapse"),
        lambda count: ngettext(
            "{count} registration is looked at. It lapses if it ran out and two notices were given long enough ago.",
            "{count} registrations are looked at. Those lapse that ran out and were given two notices long enough ago.",
            count,
        ),
        lambda ids, _until: LapseRegistrations(ids),
        lambda count: ngettext("{count} registration lapsed.", "{count} registrations lapsed.", count),
    ),
}


class SeveralDialog(Dialog):
    """Says what will be done with how many, does it, and names those that were left with the reason."""

    def __init__(self, desk: Desk, step: Step, selection: Selection, parent: QWidget) -> None:
        super().__init__(_(step.title), parent, width=520)
        self._desk, self._step, self._selection = desk, step, selection
        self.sentence = label(step.asks(selection.count), wrap=True)
        self.body.addWidget(self.sentence)
        field = fields.by_name(fields.PEOPLE)["valid_until"]
        self.until = FieldEditor(field, field.name, Situation)
        self.body.addWidget(self.until)
        self.until.setVisible(step.until)
        if step.until:
            desk.read(GetSettings(), self._propose)
        self.left = QPlainTextEdit()
        self.left.setReadOnly(True)
        self.left.setTabChangesFocus(True)
        self.left.setAccessibleName(_("Left as they are"))
        self.left.setMinimumHeight(140)
        self.left.hide()
        self.body.addWidget(self.left)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.cancel = self.add_cancel()
        self.main = self.add_main(_(step.main))
        self.main.clicked.connect(self._begin)
        (self.until if step.until else self.main).setFocus()

    def _propose(self, settings: Mapping[str, str]) -> None:
        """The day until which they are valid by the registry's setting; the officer may write another."""
        if not self.until.text():
            until = dates.years_later(date.today(), number(settings, "validity_years"))
            self.until.set_value(until.isoformat())

    def _begin(self) -> None:
        self.main.setEnabled(False)
        self._trouble.say("", "danger")
        if self._selection.ids is not None:
            self._carry_out(self._selection.ids)
        else:
            self._desk.read(ListIds(self._selection.kind, self._selection.query), self._carry_out, self._fail)

    def _carry_out(self, ids: Sequence[int] | array[int]) -> None:
        command = self._step.command(tuple(ids), self.until.text().strip())
        self._desk.execute(
            command, self._finish, self._fail, title=_(self._step.title), on_cancelled=lambda: self._allow()
        )

    def _finish(self, outcome: Outcome[Treated]) -> None:
        done, left = outcome.value.done, outcome.value.left
        undo = (_("Undo"), self._desk.undo) if done else None
        self._desk.say(self._step.told(done), "success" if done else "warning", undo)
        if not left:
            self.accept()
            return
        words = ngettext("{count} registration was left:", "{count} registrations were left:", len(left))
        self.sentence.setText(f"{self._step.told(done)} {words}")
        lines = [_("{field}: {value}", field=item.number, value=item.reason) for item in left[:_NAMED]]
        self.left.setPlainText("\n".join([*lines, *(["…"] if left[_NAMED:] else [])]))
        self.left.show()
        for part in (self.until, self.main):
            part.hide()
        self.cancel.setText(_("Close"))
        self.cancel.setFocus()

    def _allow(self) -> None:
        self.main.setEnabled(True)

    def _fail(self, error: RegistryError) -> None:
        self._allow()
        if isinstance(error, Invalid) and error.field == "valid_until":
            self.until.set_problem(str(error))
            self.until.setFocus()
        else:
            self._trouble.say(str(error), "danger")


def confirm(desk: Desk, selection: Selection) -> None:
    """Confirm what a list shows or what is marked in it."""
    _open(desk, "confirm", selection)


def notice(desk: Desk, selection: Selection) -> None:
    """Write down that notices went out to them."""
    _open(desk, "notice", selection)


def lapse(desk: Desk, selection: Selection) -> None:
    """Let those lapse that can."""
    _open(desk, "lapse", selection)


def confirming(desk: Desk, record_id: int, _number: str, parent: QWidget) -> SeveralDialog:
    """Confirm one registration, from its card."""
    return SeveralDialog(desk, STEPS["confirm"], Selection(fields.PEOPLE, "", (record_id,), 1), parent)


def _open(desk: Desk, code: str, selection: Selection) -> None:
    assert desk.window is not None
    SeveralDialog(desk, STEPS[code], selection, desk.window).open()
