"""What nobody expected is a dialog with a report to copy, and the report names nobody."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui import trouble


def fail() -> None:
    raise RuntimeError("Ana Exemple lives at 1 rue Inventée")


@pytest.mark.expects_warnings
def test_an_unexpected_failure_shows_a_report_without_its_message(qtbot: QtBot) -> None:
    with pytest.raises(RuntimeError) as caught:
        fail()
    trouble._show(RuntimeError, caught.value, caught.tb)
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, trouble.TroubleDialog)]
    (shown,) = dialog.findChildren(QPlainTextEdit)
    assert "RuntimeError" in shown.toPlainText()
    assert "test_trouble.py" in shown.toPlainText()
    assert "Exemple" not in shown.toPlainText()
    dialog.close()  # and is deleted: the next failure is shown again
    assert trouble._shown is None
