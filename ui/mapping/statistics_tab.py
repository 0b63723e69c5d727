"""Statistics: people or associations counted by one field or two, as a table and a chart beside each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QScrollArea, QSplitter, QStackedWidget, QWidget

from registry import fields
from registry.access import Right
from registry.changes import Changes
from registry.commands import DeleteStatistics, RenameStatistics, SaveStatistics
from registry.errors import RegistryError
from registry.figures.shapes import Figure, Palette
from registry.figures.sheet import Style
from registry.i18n import _, ngettext
from registry.queries import CountBy, SavedStatistics
from registry.statistics import drawing
from registry.statistics.countable import countable
from registry.statistics.counting import Statistics
from registry.statistics.saved import Saved
from registry.statistics.suppression import LEAST
from registry.statistics.writing import SEVERAL_MEANS, WITHHELD_MEANS
from ui import icons
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.skills_workbook import who_counts
from ui.mapping.field_chooser import FieldChooser
from ui.mapping.save_statistics import SaveStatisticsDialog
from ui.segments.naming import NameDialog
from ui.widgets.cross_table import CrossTable
from ui.widgets.empty import EmptyState
from ui.widgets.figure_view import FigureView
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, icon_button, label, row, scrolled
from ui.widgets.wrapping import WrappingLayout

_FIRST = ("age", "sex")
#: Points of the words of a chart on the screen.
_WORDS = 9.0


class StatisticsTab(Tab):
    """The statistics.

    Attributes:
        found: the table that is shown; None = nothing was counted yet.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Statistics | None = None
        self._query, self._arrived = "", False
        self._saved: tuple[Saved, ...] = ()
        self._shown_saved = ""
        self.kind, self.saved, self.share, self.chart = (QComboBox() for _number in range(4))
        self.first = FieldChooser(_("Counted by"))
        self.second = FieldChooser(_("And by"), _("Nothing else"))
        self.public, self.everybody = QCheckBox(_("As it may be published")), QCheckBox(_("Count everybody"))
        self.table, self.view, self.state = CrossTable(), FigureView(), EmptyState()
        self._build()
        self._fill()
        self._connect()
        self.setFocusProxy(self.table)
        self.state.show_state("hourglass_empty", _("One moment…"), _("The people are being counted."))

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=8)
        choosers = QWidget()
        line = WrappingLayout(choosers)
        named = ((_("Statistics"), self.saved), (_("Whom"), self.kind), (_("Counted by"), self.first))
        for name, box in (*named, (_("And by"), self.second), (_("Numbers"), self.share), (_("Chart"), self.chart)):
            line.addWidget(Labelled(name, box))
        head.addWidget(choosers, 1)
        self._menu = QMenu(self)
        self.more = icon_button("more_vert", _("Save, rename, delete"), self._open_menu)
        self.write = button(_("Save as a file…"), self.save_file, "primary", "file_save")
        for control in (self.more, self.write):
            head.addWidget(control, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(head)
        foot = row(spacing=12)
        self._note = label(role="quiet", wrap=True)
        foot.addWidget(self._note, 1)
        for switch in (self.public, self.everybody):
            foot.addWidget(switch, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(foot)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self.table)
        side: QScrollArea = scrolled(self.view)
        side.setMinimumWidth(280)
        split.addWidget(side)
        split.setSizes([640, 600])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.state)
        self._stack.addWidget(split)
        layout.addWidget(self._stack, 1)

    def _fill(self) -> None:
        for kind, words in ((fields.PEOPLE, _("People")), (fields.ASSOCIATIONS, _("Associations"))):
            self.kind.addItem(words, kind)
        shares = (
            ("", _("Counts")),
            ("row", _("Per cent of the row")),
            ("column", _("Per cent of the column")),
            ("all", _("Per cent of all")),
        )
        for code, words in shares:
            self.share.addItem(words, code)
        for box in (self.saved, self.chart):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.saved.setMaxVisibleItems(24)
        self.everybody.setToolTip(_("For once, also those who do not count by the ministry's definition"))
        self.public.setToolTip(_(WITHHELD_MEANS, least=LEAST))
        kept = self.desk.settings.text("statistics.by").split(",") if self.desk.settings.text("statistics.by") else []
        self._offer(*(kept if len(kept) == 2 else _FIRST))
        if not self.desk.may(Right.EXPORT):
            self.write.hide()
        if not self.desk.may(Right.KEEP_SEGMENTS):
            self.more.hide()

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _place: self._turn_kind())
        self.first.picked.connect(lambda _code: self._turn())
        self.second.picked.connect(lambda _code: self._turn())
        self.share.activated.connect(lambda _place: self.table.counts.show_share(self.share.currentData()))
        self.chart.activated.connect(lambda _place: self._draw())
        self.saved.activated.connect(lambda place: self._open_saved(str(self.saved.itemData(place) or "")))
        self.public.toggled.connect(lambda _on: self._read())
        self.everybody.toggled.connect(lambda _on: self._read())
        self.table.opened.connect(lambda down, across: self._open(down if down >= 0 else None, across))
        self.view.chosen.connect(self._open_key)

    def _offer(self, first: str, second: str) -> None:
        """What this kind of record can be counted by."""
        choices = countable(self.searched, self.desk.session)
        self.first.offer(choices, first)
        self.second.offer(choices, second)

    # --- what is asked ------------------------------------------------------------------------------------------

    @property
    def searched(self) -> str:
        """Which records the search box is about."""
        return str(self.kind.currentData())

    @property
    def asked(self) -> CountBy:
        """What the choosers say."""
        by = (self.first.code, self.second.code) if self.second.code else (self.first.code,)
        return CountBy(by, self._query, self.searched, self.public.isChecked(), self.everybody.isChecked())

    def arrive(self) -> None:
        """Count if nothing has been counted yet; what colleagues saved meanwhile is there."""
        self._arrived = True
        self.searched_changed.emit(self.searched)
        self.desk.read(SavedStatistics(), self._list_saved, key="saved statistics")
        if self.found is None:
            self._read()
        else:
            self._take_keyboard()

    def refresh(self, changes: Changes) -> None:
        """Records, what is saved, or the definition of who counts changed."""
        if changes.touch("statistics"):
            self.desk.read(SavedStatistics(), self._list_saved, key="saved statistics")
        if set(changes.ids) - {"statistics"}:
            self._read()

    def search(self, text: str) -> None:
        """The officer typed into the search box."""
        self._query = text
        self.found = None
        self._show_name("")
        if self.isVisible():
            self._read()

    def _turn_kind(self) -> None:
        self.searched_changed.emit(self.searched)
        self._offer("type" if self.searched == fields.ASSOCIATIONS else _FIRST[0], "")
        self._turn()

    def _turn(self) -> None:
        self._show_name("")
        if self.searched == fields.PEOPLE:
            self.desk.settings.keep("statistics.by", f"{self.first.code},{self.second.code}")
        self._read()

    def _read(self) -> None:
        self.desk.read(self.asked, self._show, self._refuse, title=_("Counting"), key="statistics")

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, found: Statistics) -> None:
        self.found = found
        self.problem_changed.emit("")
        self._note.setText(" ".join(self._said(found)))
        self.everybody.setVisible(bool(found.belonging))
        self.write.setEnabled(bool(found.rows))
        self._offer_charts(found)
        if found.rows:
            self.table.counts.whole = _("Everybody") if self.searched == fields.PEOPLE else _("All")
            self.table.show_table(found)
            self._draw()
            self._stack.setCurrentIndex(1)
        else:
            self._show_none()
        self._take_keyboard()

    def _said(self, found: Statistics) -> list[str]:
        total = found.total
        if self.searched == fields.PEOPLE:
            said = [ngettext("{count} person.", "{count} people.", total or 0)]
        else:
            said = [ngettext("{count} association.", "{count} associations.", total or 0)]
        said = said if total is not None else []
        said.append(who_counts(found.belonging, found.outside, everybody=self.everybody.isChecked()))
        said += [_(SEVERAL_MEANS)] if found.several else []
        said += [_(WITHHELD_MEANS, least=LEAST)] if any(cell.suppressed for cell in found.cells) else []
        return [sentence for sentence in said if sentence]

    def _offer_charts(self, found: Statistics) -> None:
        """The charts that these fields can have; another choice than before falls back to what suits."""
        before = str(self.chart.currentData() or "")
        self.chart.clear()
        for code in drawing.offered(found.dimensions):
            self.chart.addItem(_(drawing.CHARTS[code]), code)
        self.chart.setCurrentIndex(max(self.chart.findData(before), 0))
        self.chart.updateGeometry()

    def _draw(self) -> None:
        found, chart = self.found, str(self.chart.currentData() or "")
        if found is None:
            return
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def made(width: float, colours: Palette) -> Figure:
            return drawing.figure(found, Style(colours, width, _WORDS, mirrored), chart)

        self.view.draw(made)

    def _show_none(self) -> None:
        searched = bool(self._query.strip())
        clear = ("close", _("Show all"), lambda: self.query_changed.emit(""))
        people = ("groups", _("To the people"), lambda: self.desk.go(fields.PEOPLE))
        actions = [clear if searched else people]
        words = _("Nobody fits this search.") if searched else _("There is nobody to count yet.")
        self.state.show_state("search", _("Nobody to show"), words, actions)
        self._stack.setCurrentIndex(0)

    def _refuse(self, error: RegistryError) -> None:
        self.problem_changed.emit(str(error))
        self.write.setEnabled(False)
        again = ("refresh", _("Try again"), self._read)
        self.state.show_state("error", _("This cannot be counted"), str(error), [again])
        self._stack.setCurrentIndex(0)

    def _take_keyboard(self) -> None:
        """Once after arriving."""
        if self._arrived and self.isVisible() and self._stack.currentIndex() == 1:
            self.table.setFocus()
        self._arrived = False

    # --- what is opened -----------------------------------------------------------------------------------------

    def _open(self, down: int | None, across: int | None) -> None:
        """The records of a cell; of the whole row or column where the other is None or -1."""
        if self.found is not None:
            query = self.found.query_of(down, None if across is None or across < 0 else across)
            self.desk.go(self.searched, ("query", query))

    def _open_key(self, key: str) -> None:
        place = drawing.places(self.found, key) if self.found is not None else None
        if place is not None:
            self._open(*place)

    def save_file(self) -> None:
        """Ask how the table leaves, and where to."""
        if self.found is not None and self.found.rows:
            chart = str(self.chart.currentData() or "")
            SaveStatisticsDialog(self.desk, self.found, self.asked, chart, self.desk.window).open()

    # --- saved ones ---------------------------------------------------------------------------------------------

    def _list_saved(self, found: tuple[Saved, ...]) -> None:
        """Those that ship, then those of colleagues."""
        self._saved = found
        self.saved.clear()
        self.saved.addItem(_("Own choice"), "")
        for place, each in enumerate(found):
            if place and each.owner and not found[place - 1].owner:
                self.saved.insertSeparator(self.saved.count())
            self.saved.addItem(each.name, each.code)
        self._show_name(self._shown_saved)

    def _show_name(self, code: str) -> None:
        self._shown_saved = code if self.saved.findData(code) >= 0 else ""
        self.saved.setCurrentIndex(max(self.saved.findData(self._shown_saved), 0))

    @property
    def _current(self) -> Saved | None:
        return next((each for each in self._saved if each.code == self._shown_saved and self._shown_saved), None)

    def _open_saved(self, code: str) -> None:
        """Count what is saved under a name."""
        each = next((each for each in self._saved if each.code == code), None)
        if each is None:
            self._show_name("")
            return
        asked = each.asked
        self.kind.setCurrentIndex(self.kind.findData(asked.kind))
        self.searched_changed.emit(asked.kind)
        self._offer(asked.by[0], asked.by[1] if len(asked.by) > 1 else "")
        for box, on in ((self.public, asked.public), (self.everybody, asked.everybody)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        self.chart.clear()
        self.chart.addItem(_(drawing.CHARTS[each.chart]), each.chart)
        if asked.query != self._query:
            self.query_changed.emit(asked.query)
        self._query = asked.query
        self._show_name(code)
        self._read()

    def _open_menu(self) -> None:
        menu, mine = self._menu, self._current
        menu.clear()
        menu.addAction(icons.icon("add"), _("Save under a name…")).triggered.connect(lambda _on: self.keep())
        if mine is not None and mine.mine:
            menu.addAction(icons.icon("edit"), _("Rename…")).triggered.connect(lambda _on: self.rename(mine))
            menu.addAction(icons.icon("delete"), _("Delete")).triggered.connect(lambda _on: self.delete(mine))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def keep(self) -> None:
        """Ask for a name for what is counted now."""
        asked, chart = self.asked, str(self.chart.currentData() or "")
        dialog = NameDialog(self.desk, _("Save the statistics under a name"), _("Save"), self.window())
        dialog.explanation.setText(_("All colleagues see what is counted under this name, each with today's numbers."))
        dialog.command = lambda text, _shared: SaveStatistics(
            text, asked.by, asked.query, asked.kind, asked.public, asked.everybody, chart
        )
        self._ask(dialog)

    def rename(self, saved: Saved) -> None:
        """Ask for another name."""
        dialog = NameDialog(self.desk, _("Rename the statistics"), _("Rename"), self.window())
        dialog.explanation.hide()
        dialog.name.setText(saved.name)
        dialog.name.selectAll()
        dialog.command = lambda text, _shared: RenameStatistics(saved.name, text)
        self._ask(dialog)

    def _ask(self, dialog: NameDialog) -> None:
        def done(name: str) -> None:
            self._shown_saved = name.strip()
            self.desk.say(_("Saved as “{name}”.", name=name.strip()), "success", (_("Undo"), self.desk.undo))
            self.desk.read(SavedStatistics(), self._list_saved, key="saved statistics")

        dialog.shared.hide()
        dialog.on_done = done
        dialog.open()

    def delete(self, saved: Saved) -> None:
        """Forget it; it can be taken back."""
        said = _("The statistics “{name}” are deleted.", name=saved.name)
        self.desk.execute(
            DeleteStatistics(saved.name),
            lambda _outcome: self.desk.say(said, "notice", (_("Undo"), self.desk.undo)),
        )
