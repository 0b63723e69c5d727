"""What happens when the program itself is at fault: one sentence and a report to copy, without personal data."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from registry import fault_report
from registry.i18n import _
from ui.dialogs.base import Dialog
from ui.widgets.labels import button, label

_log = logging.getLogger(__name__)
# Held here: without a parent window nothing else would keep the dialog alive.
_shown: TroubleDialog | None = None


def install() -> None:
    """Show a dialog for whatever nobody expected, instead of a traceback."""
    sys.excepthook = _show


def _show(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    global _shown
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = fault_report.text(error)
    _log.error("unexpected failure\n%s", text)
    if _shown is not None:  # one report at a time: the first is the cause
        return
    _shown = TroubleDialog(text, QApplication.activeWindow())
    _shown.finished.connect(_hidden)
    _shown.open()


def _hidden(_result: int) -> None:
    global _shown
    _shown = None


class TroubleDialog(Dialog):
    """Says that something unexpected happened and offers the report."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Something unexpected happened"), parent, width=560)
        self.body.addWidget(
            label(
                _(
                    "What you did last was not kept; everything before it is safe. Copy this report and send it to "
                    "whoever looks after the program. It holds nothing about the people in the registry."
                ),
                wrap=True,
            )
        )
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        shown.setMinimumHeight(180)
        self.body.addWidget(shown)
        self.buttons.insertWidget(
            0, button(_("Copy the report"), lambda: QApplication.clipboard().setText(text), icon="content_copy")
        )
        self.add_main(_("Close")).clicked.connect(self.accept)
