"""Pictures of what lists and cards print beside letters; each returns what to draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry.queries import ListIds
from ui.paper import addresses
from ui.paper.one_person import CertificateDialog, ExtractDialog
from ui.places import Selection

if TYPE_CHECKING:
    from tests.screenshots import Stage


def labels(stage: Stage) -> QWidget:
    """A sheet of which four labels are used."""
    dialog = addresses.labels(stage.window().desk, Selection("people", "country:FRA", None, 137))
    assert isinstance(dialog, addresses.LabelsDialog)
    stage.settle()
    dialog.picker.choose(5)
    stage.settle()
    return dialog


def own_labels(stage: Stage) -> QWidget:
    """Measures that do not fit."""
    dialog = addresses.labels(stage.window().desk, Selection("people", "country:FRA", None, 12))
    assert isinstance(dialog, addresses.LabelsDialog)
    dialog.sheet.setCurrentIndex(dialog.sheet.count() - 1)
    dialog.measures.setText("4x7 63.5x38.1 7.2+15.1 2.5x0 A4")
    stage.settle()
    return dialog


def listed(stage: Stage, make: Callable[..., QWidget]) -> QWidget:
    """Envelopes, or one of the lists."""
    dialog = make(stage.window().desk, Selection("people", "country:FRA", None, 12))
    stage.settle()
    return dialog


def of_one(stage: Stage, dialog: type[CertificateDialog] | type[ExtractDialog]) -> QWidget:
    """A certificate or an extract."""
    window = stage.window()
    registry = window.desk.registry
    person = registry.read(ListIds("people", "state:active"))[0]
    made = dialog(window.desk, person, "LYS-26-000017-B", window)
    made.open()
    stage.settle()
    return made


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "labels": labels,
    "labels-own": own_labels,
    "envelopes": partial(listed, make=addresses.envelopes),
    "registered-mail": partial(listed, make=addresses.registered_mail),
    "attendance": partial(listed, make=addresses.attendance),
    "certificate": partial(of_one, dialog=CertificateDialog),
    "extract": partial(of_one, dialog=ExtractDialog),
}
