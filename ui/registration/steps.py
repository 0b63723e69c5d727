"""The steps that the menu of a card offers: one line each, and the dialog is imported when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from registry.i18n import N_
from ui import places
from ui.desk import Desk


@dataclass(frozen=True)
class CardStep:
    """One entry of the menu.

    Attributes:
        label: catalogue message.
        dialog: "module:callable" that makes the dialog from desk, record id, registration number and parent.
    """

    label: str
    dialog: str

    def open(self, desk: Desk, record_id: int, number: str, parent: QWidget) -> None:
        """Ask for what the step needs."""
        places.load(self.dialog)(desk, record_id, number, parent).open()


CARD_STEPS = (
    CardStep(N_("Confirm…"), "ui.registration.several:confirming"),
    CardStep(N_("Moved…"), "ui.registration.moves:MoveDialog"),
    CardStep(N_("Returned home…"), "ui.registration.moves:ReturnDialog"),
    CardStep(N_("Transferred…"), "ui.registration.moves:TransferDialog"),
    CardStep(N_("Untraceable…"), "ui.registration.moves:UntraceableDialog"),
    CardStep(N_("Died…"), "ui.registration.death:DeathDialog"),
    CardStep(N_("Certificate…"), "ui.paper.one_person:CertificateDialog"),
    CardStep(N_("Extract of personal data…"), "ui.paper.one_person:ExtractDialog"),
    CardStep(N_("Quality of the record…"), "ui.quality.record_dialog:RecordQualityDialog"),
)
