"""The window: rail, search box, the place that is shown, and the status line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from registry import vocabularies
from registry.backups import BackupAge, age_words
from registry.changes import Changes
from registry.fields import PEOPLE
from registry.i18n import _
from registry.queries import GetBackupAge, GetSettings
from ui import places
from ui.daily_backup import DailyBackup
from ui.desk import Desk, Notice
from ui.page import Page
from ui.places import Place
from ui.quiet_look import QuietLook
from ui.tasks import EVERYTHING
from ui.user_menu import UserMenu
from ui.widgets.empty import EmptyState
from ui.widgets.labels import column, icon_button, label, line, row
from ui.widgets.notice import NoticeBar
from ui.widgets.query_offers import QueryOffers
from ui.widgets.rail import Rail
from ui.widgets.search_box import SearchBox
from ui.widgets.status import StatusBar

#: Below this width the rail shows icons alone.
_NARROW = 960
#: Milliseconds after which a worker reads ahead what the list of people needs, where another place is shown first.
_AHEAD = 400
#: What the window is at its first start: a laptop's screen.
_FIRST_SIZE = QSize(1366, 740)


class MainWindow(QWidget):
    """One user at work on one registry.

    Signals:
        leaving: "sign_out", "lock" or "rebuild" (language or appearance chosen anew).
        closed: the window was closed.
    """

    leaving = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, place: str = "") -> None:
        """`place` is the code of the place to begin with, by default the first."""
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Diaspora Registry"))
        self.setMinimumSize(600, 360)
        self.resize(_FIRST_SIZE)
        self.desk = desk
        desk.window = self
        desk.setParent(self)
        self.places: tuple[Place, ...] = tuple(p for p in places.PLACES if desk.may(p.right))
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, list[Changes]] = {}
        self._code = ""
        self.rail = Rail(self.places)
        self.search = SearchBox()
        self.status = StatusBar(desk.runner)
        self._problem = label(role="danger", wrap=True)
        self._problem.setContentsMargins(16, 12, 16, 0)
        self._problem.hide()
        self._stack = QStackedWidget()
        self._build()
        self.offers = QueryOffers(desk, self.search, self._searched)
        self.notices = NoticeBar(self)
        self._connect()
        self._add_shortcuts()
        desk.read(GetSettings(), self._show_registry)
        self.daily = DailyBackup(desk)
        self.quiet_look = QuietLook(desk)
        self._ask_backup_age()
        if self.places:
            codes = [known.code for known in self.places]
            self.show_place(place if place in codes else codes[0])
            self._read_ahead()
        else:
            self._show_nothing()

    def _build(self) -> None:
        outer = column(self, spacing=0)
        middle: QHBoxLayout = row(spacing=0)
        middle.addWidget(self.rail)
        middle.addWidget(line(vertical=True))
        right = column(spacing=0)
        right.addWidget(self._top())
        right.addWidget(line())
        right.addWidget(self._problem)
        right.addWidget(self._stack, 1)
        middle.addLayout(right, 1)
        outer.addLayout(middle, 1)
        outer.addWidget(line())
        outer.addWidget(self.status)

    def _top(self) -> QWidget:
        top = QWidget()
        top.setObjectName("top")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top.setFixedHeight(56)
        layout = row(top, spacing=12)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self.search, 3)
        self.build = icon_button("filter_list", _("Search by conditions"), self._build_query)
        layout.addWidget(self.build)
        layout.addStretch(1)
        self.user_menu = UserMenu(self.desk)
        layout.addWidget(self.user_menu)
        return top

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_place)
        self.search.searched.connect(self._search)
        self.desk.runner.closed.connect(self.search.rest)
        self.search.left.connect(self._focus_page)
        self.user_menu.leaving.connect(self._leave)
        self.desk.changed.connect(self._spread)
        self.desk.noticed.connect(self._notice)
        self.desk.place_asked.connect(self.show_place)

    def _add_shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+K", self._focus_search),
            (QKeySequence.StandardKey.Undo, self.desk.undo),
            (QKeySequence.StandardKey.New, lambda: self._page().start_new()),
            ("Ctrl+L", lambda: self._leave("lock")),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    @property
    def page_code(self) -> str:
        """The code of the place that is shown."""
        return self._code

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._code)

    def show_place(self, code: str, intent: object = "") -> None:
        """Show a place; its page is made when it is first shown."""
        if not any(place.code == code for place in self.places):
            return
        page = self._pages.get(code) or self._make(code)
        self._code = code
        self._stack.setCurrentWidget(page)
        self.rail.select(code)
        self.search.show_query(page.query)
        self._say_problem(code, "")
        self.status.set_page("")
        page.arrive(intent)
        for changes in self._stale.pop(code, []):
            page.refresh(changes)

    def _read_ahead(self) -> None:
        """Have the list of people at hand before it is chosen: its modules, which take longest, and its first rows."""
        if self._code == PEOPLE or PEOPLE not in {place.code for place in self.places}:
            return
        runner, registry = self.desk.runner, self.desk.registry
        ahead = QTimer(self, singleShot=True, interval=_AHEAD)
        ahead.timeout.connect(
            lambda: runner.call(lambda _p: places.load(places.AHEAD)(registry), lambda _done: None, lambda _error: None)
        )
        runner.closed.connect(ahead.stop)
        ahead.start()

    def _make(self, code: str) -> Page:
        place = next(place for place in self.places if place.code == code)
        page: Page = places.load(place.page)(self.desk)
        page.setAccessibleName(_(place.label))
        page.query_changed.connect(lambda text: self._follow(code, text))
        page.problem_changed.connect(lambda text: self._say_problem(code, text))
        page.status_changed.connect(lambda text: self._say_status(code, text))
        self._pages[code] = page
        self._stack.addWidget(page)
        return page

    def _page(self) -> Page:
        return self._pages[self._code]

    def _spread(self, changes: Changes) -> None:
        """Refresh the page that is shown, and remember it for the others."""
        if changes.touch("backups"):
            self._ask_backup_age()
        for code, page in self._pages.items():
            if not any(changes.touch(kind) for kind in page.kinds):
                continue
            if code == self._code:
                page.refresh(changes)
            else:
                self._stale.setdefault(code, []).append(changes)
                if len(self._stale[code]) > 8:
                    self._stale[code] = [EVERYTHING]

    def _search(self, text: str) -> None:
        """The page that is shown searches, or else the first that can."""
        if not self._page().searches:
            self.show_place(next(p.code for p in self.places if p.code == "people"), "")
            self.search.show_query(text)
        self._page().search(text)

    def _build_query(self) -> None:
        """Edit what the search box says as rows."""
        from ui.building.dialog import BuilderDialog

        dialog = BuilderDialog(self.desk, self._searched(), self.search.text(), self)
        dialog.chosen.connect(self._take_query)
        dialog.open()

    def _take_query(self, text: str) -> None:
        self.search.show_query(text)
        self._search(text)

    def _searched(self) -> str:
        """The kind of record that the search box finds now."""
        return self.page.searched if self.page is not None and self.page.searches else PEOPLE

    def _follow(self, code: str, text: str) -> None:
        if code == self._code:
            self.search.show_query(text)

    def _say_problem(self, code: str, text: str) -> None:
        if code == self._code:
            self.search.set_problem(text)
            self._problem.setText(text)
            self._problem.setVisible(bool(text))

    def _say_status(self, code: str, text: str) -> None:
        if code == self._code:
            self.status.set_page(text)

    def _notice(self, notice: Notice) -> None:
        self.notices.show_notice(notice)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _focus_page(self) -> None:
        self._page().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_registry(self, settings: Mapping[str, str]) -> None:
        country = vocabularies.get("country").label(settings.get("country", ""))
        words = settings.get("post_name") or _("Post {post}, {country}", post=settings.get("post", ""), country=country)
        if settings.get("demonstration"):
            words += " · " + _("Demonstration with invented people")
        self.status.set_place(words)

    def _ask_backup_age(self) -> None:
        self.desk.read(GetBackupAge(), self._show_backup_age, key="backup age")

    def _show_backup_age(self, age: BackupAge) -> None:
        self.status.set_backup(age_words(age), ok=age.ok)

    def _show_nothing(self) -> None:
        nothing = EmptyState()
        nothing.show_state("lock", _("Nothing to see with this account"), _("Ask an administrator for a role."))
        self._stack.addWidget(nothing)

    def may_leave(self) -> bool:
        """Whether no page would lose anything."""
        return all(page.may_leave() for page in self._pages.values())

    def _leave(self, how: str) -> None:
        if how == "lock" or self.may_leave():
            self.leaving.emit(how)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room to the place when there is little of it."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self.rail.set_narrow(narrow)
        self.status.set_narrow(narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for what would be lost; the program then stops the work and signs out."""
        if not self.may_leave():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()
