"""Confirming registrations, writing down notices and letting them lapse: one person or a whole list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry import dates, fields
from registry.commands import Command, ConfirmRegistration, LapseRegistrations, RecordNotice
from registry.i18n import N_, _, ngettext
from registry.kinds import Situation
from registry.queries import GetSettings
from registry.registration.outcomes import Treated
from registry.settings import number
from ui.card.editors import FieldEditor
from ui.desk import Desk
from ui.dialogs.treating import TreatingDialog, Treatment
from ui.places import Selection


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


class SeveralDialog(TreatingDialog):
    """Says what will be done with how many registrations, does it, and names those that were left."""

    def __init__(self, desk: Desk, step: Step, selection: Selection, parent: QWidget) -> None:
        treatment = Treatment(_(step.title), _(step.main), step.asks(selection.count), self._command, step.told, _left)
        super().__init__(desk, treatment, selection, parent)
        self._step = step
        field = fields.by_name(fields.PEOPLE)["valid_until"]
        self.until = FieldEditor(field, field.name, Situation)
        self.inputs.addWidget(self.until)
        self.until.setVisible(step.until)
        if step.until:
            desk.read(GetSettings(), self._propose)
        (self.until if step.until else self.main).setFocus()

    def _propose(self, settings: Mapping[str, str]) -> None:
        """The day until which they are valid by the registry's setting; the officer may write another."""
        if not self.until.text():
            until = dates.years_later(date.today(), number(settings, "validity_years"))
            self.until.set_value(until.isoformat())

    def _command(self, ids: tuple[int, ...]) -> Command[Treated]:
        return self._step.command(ids, self.until.text().strip())

    def refused_at(self, field: str) -> FieldEditor | None:
        """The day until which they are valid can be one that is past."""
        return self.until if field == "valid_until" else None


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


def _left(count: int) -> str:
    return ngettext("{count} registration was left:", "{count} registrations were left:", count)
