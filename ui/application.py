"""The running program: language, appearance, sign-in, the window, and locking it when nobody works."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

import resources
from registry import i18n
from registry.i18n import _
from ui import theme, trouble
from ui.collecting import Collector
from ui.idle import IdleWatch
from ui.settings import Settings
from ui.sign_in import SignIn

if TYPE_CHECKING:
    from registry.app import Registry
    from ui.window import MainWindow

#: Seconds between two hand-overs of Python's lock: keeps the window alive beside a busy worker.
SWITCH_INTERVAL = 0.0005
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur"})


class Program(QObject):
    """Everything between the start and the end of the program.

    Attributes:
        settings: what the window remembers.
        window: the window that is shown, sign-in or main.
    """

    def __init__(self, application: QApplication, settings: Settings | None = None, language: str = "") -> None:
        super().__init__(application)
        self._application = application
        self.settings = settings or Settings()
        self._language = language
        self._translator = QTranslator(self)
        self.window: QWidget | None = None
        self.collector = Collector(self)
        self._idle = IdleWatch(self)
        self._idle.expired.connect(self._lock)
        self._copied_here = False
        QApplication.clipboard().dataChanged.connect(self._note_copy)
        application.setQuitOnLastWindowClosed(False)
        application.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow_system())
        self.speak()
        theme.use_fonts(application)
        theme.apply(application, self.settings.text("appearance", "system"))

    def speak(self) -> None:
        """Use the language asked for, else the one chosen before, else the system's."""
        code = self._language or self.settings.text("language") or QLocale.system().name().partition("_")[0]
        i18n.use_language(code)
        used = i18n.current_language()
        QLocale.setDefault(QLocale(used))
        self._application.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{used}", folder):
            self._application.installTranslator(self._translator)
        right_to_left = used in RIGHT_TO_LEFT
        direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        self._application.setLayoutDirection(direction)

    def ask(self, folder: str = "", user: str = "", message: str = "") -> SignIn:
        """Show the sign-in window."""
        sign_in = SignIn(self.settings, folder, user, message)
        sign_in.opened.connect(self.enter)
        sign_in.closed.connect(self._application.quit)
        self._show(sign_in)
        return sign_in

    def enter(self, registry: Registry, place: str = "") -> MainWindow:
        """Show the main window on an open registry."""
        from ui.desk import Desk
        from ui.window import MainWindow

        window = MainWindow(Desk(registry, self.settings), place)
        window.leaving.connect(lambda how: self._leave(window, how))
        window.closed.connect(lambda: self._close(window))
        before = self.window
        if before is not None and self.settings.text("maximized") == "yes":
            window.setWindowState(Qt.WindowState.WindowMaximized)
        self._show(window)
        self._idle.start()
        return window

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.setWindowIcon(QIcon(str(resources.path("icons", "program.svg"))))
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _leave(self, window: MainWindow, how: str) -> None:
        """Lock, sign out, or make the window anew in another language or appearance."""
        desk = window.desk
        folder, user = str(desk.registry.folder), desk.session.name
        self.settings.keep("maximized", "yes" if window.isMaximized() else "")
        if how == "rebuild":
            if any(task.writes and not task.quiet for task in desk.runner.tasks):
                desk.say(_("The window looks like this as soon as it is opened again: work is still running."))
            else:
                self._rebuild(window)
            return
        self._idle.stop()
        desk.close()
        if self._copied_here:
            QApplication.clipboard().clear()
        message = _("The window is locked. Type your password to go on.") if how == "lock" else ""
        self.ask(folder, user, message)

    def _rebuild(self, window: MainWindow) -> None:
        self._language = ""
        self.speak()
        theme.apply(self._application, self.settings.text("appearance", "system"))
        desk, place = window.desk, window.page_code
        desk.runner.close()
        self.enter(desk.registry, place)

    def _note_copy(self) -> None:
        """Remember whether what is on the clipboard was put there from one of our windows."""
        self._copied_here = QApplication.focusWindow() is not None

    def _lock(self) -> None:
        """Nobody touched the window for a while: forget everything, unless a change is being written just now."""
        from ui.window import MainWindow

        if isinstance(self.window, MainWindow):
            if any(task.writes and not task.quiet for task in self.window.desk.runner.tasks):
                self._idle.start()
            else:
                self._leave(self.window, "lock")

    def _close(self, window: MainWindow) -> None:
        self.settings.keep("maximized", "yes" if window.isMaximized() else "")
        window.desk.close()
        self._application.quit()

    def _follow_system(self) -> None:
        if self.settings.text("appearance", "system") == "system":
            theme.apply(self._application, "system")


def run(folder: str = "", user: str = "", password: str = "", language: str = "") -> int:
    """Show the window until it is closed; with a password, on that registry at once. Returns the exit status."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("diaspora-registry")
    application.setDesktopFileName("diaspora-registry")
    trouble.install()
    program = Program(application, language=language)
    if password:
        QTimer.singleShot(0, lambda: _open(program, Path(folder), user, password))
    else:
        program.ask(folder, user)
    return application.exec()


def _open(program: Program, folder: Path, user: str, password: str) -> None:
    from registry.app import Registry
    from registry.errors import RegistryError

    try:
        registry = Registry.open(folder, user, password)
    except RegistryError as error:
        program.ask(str(folder), user, str(error))
        return
    program.settings.keep_recent(folder, user)
    program.enter(registry)
