"""Choosing files: the system's own dialog, beginning in the folder that was used last for the same thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.settings import Settings


def ask_file(
    parent: QWidget,
    settings: Settings,
    use: str,
    title: str,
    patterns: Sequence[str],
    on_chosen: Callable[[Path], None],
) -> None:
    """Ask for a file to read.

    Args:
        use: what for, for the folder's memory: "import", "export", "letters".
        title, patterns: translated; patterns such as "Lists (*.xlsx *.csv)".
    """
    dialog = _dialog(parent, settings, use, title, patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, settings, use, on_chosen)


def ask_target(
    parent: QWidget,
    settings: Settings,
    use: str,
    title: str,
    patterns: Sequence[str],
    name: str,
    on_chosen: Callable[[Path], None],
) -> None:
    """Ask where a file shall be written; `name` is proposed, and its ending is added where one was forgotten."""
    dialog = _dialog(parent, settings, use, title, patterns)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    _open(dialog, settings, use, on_chosen)


def folder(settings: Settings, use: str) -> Path:
    """Where the last file of this use stood, else the user's documents."""
    kept = Path(settings.text(f"folder.{use}") or QDir.homePath())
    return kept if kept.is_dir() else Path(QDir.homePath())


def keep_folder(settings: Settings, use: str, path: Path) -> None:
    """Begin there next time."""
    settings.keep(f"folder.{use}", str(path.parent))


def show_file(path: Path) -> None:
    """Open a file with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def dropped_file(data: QMimeData) -> Path | None:
    """The one file that is being dropped, if it is one."""
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None


def _dialog(parent: QWidget, settings: Settings, use: str, title: str, patterns: Sequence[str]) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder(settings, use)))
    dialog.setNameFilters(list(patterns))
    return dialog


def _open(dialog: QFileDialog, settings: Settings, use: str, on_chosen: Callable[[Path], None]) -> None:
    def chosen(name: str) -> None:
        keep_folder(settings, use, Path(name))
        on_chosen(Path(name))

    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
