"""The places People and Associations: one list, its filters, and the card of the record that is open."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from registry import fields
from registry.access import Right
from registry.app import Registry
from registry.changes import Changes, Outcome
from registry.commands import DeleteRecords
from registry.errors import RegistryError
from registry.i18n import _, ngettext
from registry.queries import CloseRecords, GetRecords, ListIds, ReadNames
from ui import places
from ui.card.card import RecordCard
from ui.desk import Desk
from ui.page import Page
from ui.pages.list_head import ListHead
from ui.pages.list_words import WORDS
from ui.places import ListAction, Selection
from ui.segments.line import SegmentLine
from ui.widgets.empty import EmptyState
from ui.widgets.facet_panel import FacetPanel
from ui.widgets.filter_bar import FilterBar
from ui.widgets.labels import column, row
from ui.widgets.record_model import cell
from ui.widgets.record_table import RecordTable

#: Below this width of the place, an open card covers the list.
_NARROW = 800
#: Below this width of the list, there is no room for facets beside it.
_FACETS_FROM = 900
_CARD_WIDTH, _EDGE, _GAP = 580, 16, 12
#: Milliseconds without an arrow key after which the card follows.
_PAUSE = 120
#: So many rows are shown before all are there; so many are in sight.
_FIRST, _AHEAD = 200, 32


class RecordsPage(Page):
    """A list of records of one kind."""

    searches = True

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk)
        self.kind = self.searched = kind
        self.kinds = frozenset({kind, "profiles", "segments"})
        self._words = WORDS[kind]
        self._wanted = 0
        self._close_only = self._narrowable = False
        self._arrived = self._partly = self._names_read = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._follow)
        self.table = RecordTable(desk, kind, self._words.columns)
        self.table.setAccessibleName(_(self._words.title))
        self.filters = FilterBar(desk, kind)
        self.facets = FacetPanel(desk, kind)
        self.segment = SegmentLine(desk, kind, self)
        self._card: RecordCard | None = None
        self.state = EmptyState()
        self.head = ListHead(desk, kind, self._words, self.table, self._run, self.start_new)
        self._stack = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._connect()
        self.setFocusProxy(self.table)
        self.state.show_state("hourglass_empty", _("One moment…"), _("The list is being read."))
        self._stack.setCurrentWidget(self.state)

    def _build(self) -> None:
        outer = column(self, margin=_EDGE, spacing=12)
        self._list = QWidget()
        self._list.setMinimumWidth(280)
        inside = column(self._list, spacing=12)
        inside.setContentsMargins(1, 0, 1, 0)  # a splitter from right to left cuts one pixel off
        inside.addWidget(self.head)
        inside.addWidget(self.filters)
        inside.addWidget(self.segment)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.state)
        beside = row(spacing=_GAP)
        beside.addWidget(self.facets)
        beside.addWidget(self._stack, 1)
        inside.addLayout(beside, 1)
        self._splitter.addWidget(self._list)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(_GAP)
        self._splitter.setStretchFactor(0, 1)
        outer.addWidget(self._splitter, 1)

    @property
    def card(self) -> RecordCard:
        """The card beside the list, out of sight until a record is opened; made when it is first asked for."""
        if self._card is None:
            self._card = RecordCard(self.desk, self.kind)
            self._card.hide()
            self._card.closed.connect(self._close_card)
            self._card.added.connect(self._added)
            self._splitter.addWidget(self._card)
            self._splitter.setCollapsible(1, False)
            self._splitter.setStretchFactor(1, 0)
            self._splitter.setSizes([1000, _CARD_WIDTH])
        return self._card

    def _open_card(self) -> RecordCard | None:
        """The card if it is in sight."""
        return None if self._card is None or self._card.isHidden() else self._card

    def _run(self, action: ListAction) -> None:
        places.load(action.run)(self.desk, self.selection())

    def _connect(self) -> None:
        self.head.narrow.clicked.connect(self._turn_facets)
        self.filters.chosen.connect(self._take_query)
        self.facets.chosen.connect(self._take_query)
        self.table.sorted.connect(lambda *_order: self._read())
        self.table.opened.connect(self.open_record)
        self.table.marked.connect(self._mark)
        self.table.reached.connect(lambda _record_id: self._pause.start())
        self.table.deleted.connect(self.delete_marked)
        self.table.refused.connect(lambda sentence: self.desk.say(sentence, "warning"))
        self.table.records.failed.connect(self.desk.fail)

    # --- the list -----------------------------------------------------------------------------------------------

    def arrive(self, intent: object = "") -> None:
        """Show the list; an intent of ("open", id) opens a card, ("query", text) sets a query, "new" a new card."""
        if isinstance(intent, tuple) and intent[0] == "query":
            self._take_query(str(intent[1]))
        elif not self.table.records.ids:
            self._arrived = True
            self._read_first()
        if isinstance(intent, tuple) and intent[0] == "open":
            self.open_record(int(intent[1]))
        elif intent == "new":
            self.start_new()
        self.table.setFocus()

    def search(self, text: str) -> None:
        """The officer typed into the search box."""
        self.query = text
        self.filters.show_query(text)
        self.segment.show_query(text)
        self._read()

    def _take_query(self, text: str) -> None:
        self.search(text)
        self.query_changed.emit(text)

    def refresh(self, changes: Changes) -> None:
        """Records were added, changed or removed, or the fields that profile templates add, or segments."""
        if changes.touch("profiles"):
            self.table.records.retitle()
            self.filters.show_query(self.query)
        if changes.touch("segments"):
            self.segment.refresh()
        self._read()
        if self._card is not None:
            self._card.refresh(changes)

    def _read_first(self) -> None:
        """Of a list that was never shown, first what is in sight, then the rest: all of a million take a while."""
        if self._whole():
            query = ListIds(self.kind, first=_FIRST)
            self.desk.read(query, self._show_first, lambda _error: self._read(), key=("list", self.kind))
        else:
            self._read()

    def _whole(self) -> bool:
        """Whether everybody is asked for, in the order that needs no sorting."""
        return not self.query.strip() and self.table.sorting == ("", False)

    def _show_first(self, ids: array[int]) -> None:
        if ids and self._whole():
            self._partly = True
            self.table.show_ids(ids)
            self._stack.setCurrentWidget(self.table)
            self.head.wait()
            self.table.viewport().repaint()
        self._read()

    def _read(self) -> None:
        query = ListIds(self.kind, self.query, *self.table.sorting)
        self.desk.read(query, self._show, self._refuse, key=("list", self.kind))

    def _show(self, ids: array[int]) -> None:
        if not self._names_read:
            # Behind the list, which has been waited for; the first search then needs not wait.
            self._names_read = True
            self.desk.read(ReadNames(), lambda _read: None, lambda _error: None, key=("names", self.kind))
        self._close_only = False
        if ids or not self.query.strip():
            self._show_list(ids, self._words.count(len(ids)) if ids else "")
        else:
            close = CloseRecords(self.kind, self.query)
            self.desk.read(close, self._show_close, self._refuse, key=("list", self.kind))

    def _show_close(self, ids: array[int]) -> None:
        """No record fits; these have names that are close."""
        self._close_only = bool(ids)
        close = ngettext("None fits; {count} close name", "None fits; {count} close names", len(ids))
        self._show_list(ids, close if ids else self._words.count(0))

    def _show_list(self, ids: array[int], count: str) -> None:
        self.table.records.reasons.begin(self.query)
        self._partly = False
        self.table.show_ids(ids)
        some = bool(ids) or bool(self.query.strip())
        self.head.count.setText(count)
        self.filters.setVisible(some)
        self._narrowable = some
        self._fit()
        self.facets.show_query(self.query)
        self.head.allow(some=some, found=bool(ids))
        self._show_problem("")
        if ids:
            self._stack.setCurrentWidget(self.table)
            self._take_keyboard(self.table.setFocus)
            if self._wanted and self.table.select_id(self._wanted):
                self._wanted = 0
        else:
            self._show_none()
        self._mark()

    def _show_none(self) -> None:
        """Nothing here: because nothing was asked for, or because nothing fits."""
        if self.query.strip():
            clear = ("close", _("Show all"), lambda: self._take_query(""))
            self.state.show_state(
                "search",
                _("Nothing found"),
                _("No record fits this search. Check the spelling, or take out a filter."),
                [clear],
            )
        else:
            self.state.show_state(
                self._words.icon, _(self._words.empty), _(self._words.empty_text), self._first_steps()
            )
        self._stack.setCurrentWidget(self.state)
        self._take_keyboard(self.state.focus_main)

    def _take_keyboard(self, take: Callable[[], None]) -> None:
        """Once after arriving, and only if the officer has not gone elsewhere meanwhile."""
        if self._arrived and self.isVisible():
            take()
        self._arrived = False

    def _first_steps(self) -> list[tuple[str, str, Callable[[], object]]]:
        steps: list[tuple[str, str, Callable[[], object]]] = [
            (a.icon, _(a.label), partial(self._run, a)) for a in self.head.offered if a.when_empty and not a.more
        ]
        if self.desk.may(Right.EDIT):
            steps.append(("add", _(self._words.new), self.start_new))
        return steps

    def _refuse(self, error: RegistryError) -> None:
        """The query cannot be read, or the list could not be."""
        self._show_problem(str(error))
        if self._partly:  # nobody shall take a part for all
            self._partly = False
            self.table.show_ids(array("q"))
        if not self.table.records.ids:
            again = ("refresh", _("Try again"), self._read)
            self.state.show_state("error", _("The list cannot be shown"), str(error), [again])
            self._stack.setCurrentWidget(self.state)

    def _show_problem(self, sentence: str) -> None:
        self.problem_changed.emit(sentence)

    def _follow(self) -> None:
        """Show the card of the row that the arrow keys reached, if a card is open."""
        here, card = self.table.current_id(), self._open_card()
        if here and card is not None and not card.editing and card.record_id not in (0, here):
            card.load(here)

    def _mark(self) -> None:
        marked = self.table.marked_count()
        text = ngettext("{count} marked", "{count} marked", marked) if marked > 1 else ""
        self.status_changed.emit(text)

    def selection(self) -> Selection:
        """What an action works on: the marked records if there are several, else all that the query finds."""
        count = self.table.marked_count()
        if 1 < count < len(self.table.records.ids):
            return Selection(self.kind, self.query, self.table.marked_ids(), count)
        if self._close_only:  # which the query does not find
            return Selection(self.kind, self.query, tuple(self.table.records.ids), len(self.table.records.ids))
        return Selection(self.kind, self.query, None, len(self.table.records.ids))

    def _turn_facets(self) -> None:
        """Show the facets or put them away, here and after the next start."""
        self.desk.settings.keep(f"facets.{self.kind}", "shown" if self.head.narrow.isChecked() else "hidden")
        self._fit()
        if not self.facets.isHidden():
            self.facets.setFocus()

    # --- records ------------------------------------------------------------------------------------------------

    def open_record(self, record_id: int) -> None:
        """Show the card of a record beside the list."""
        if self.card.may_leave() and self.card.record_id != record_id:
            self.card.load(record_id)
        self._show_card()

    def start_new(self) -> None:
        """Show an empty card."""
        if self.desk.may(Right.EDIT) and self.card.may_leave():
            self.card.start_new()
            self._show_card()

    def _added(self, record_id: int) -> None:
        self._wanted = record_id

    def delete_marked(self) -> None:
        """Delete the marked records; what is deleted can be taken back from where that is said."""
        ids = self.table.marked_ids()
        if ids and self.desk.may(Right.EDIT):
            self.desk.execute(DeleteRecords(self.kind, ids), self._deleted, title=_("Deleting"))

    def _deleted(self, outcome: Outcome[int]) -> None:
        self.desk.say(self._words.deleted(outcome.value), "notice", (_("Undo"), self.desk.undo))

    def _show_card(self) -> None:
        self.card.show()
        self._fit()

    def _close_card(self) -> None:
        self.card.hide()
        self._fit()
        self.table.setFocus()

    def _fit(self) -> None:
        narrow, open_ = self.width() < _NARROW, self._open_card() is not None
        beside = open_ and not narrow
        self._list.setVisible(not narrow or not open_)
        self.table.set_compact(beside)
        room = self.width() - 2 * _EDGE - (_CARD_WIDTH + _GAP if beside else 0)
        self.head.narrow.setVisible(room >= _FACETS_FROM)
        self.facets.setVisible(self._narrowable and self.head.narrow.isChecked() and room >= _FACETS_FROM)
        self.facets.count()
        self.head.fit(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the card all the room where there is little."""
        super().resizeEvent(event)
        self._fit()

    def may_leave(self) -> bool:
        """Whether the card holds nothing that was not saved."""
        return self._card is None or self._card.may_leave()


def read_ahead(registry: Registry) -> None:
    """Show the first people to nobody: what reading and writing a row takes is then in memory."""
    ids = registry.read(ListIds(fields.PEOPLE, first=_FIRST))
    columns = WORDS[fields.PEOPLE].columns
    for record in registry.read(GetRecords(fields.PEOPLE, tuple(ids[:_AHEAD]), columns)).values():
        for name in columns:
            cell(record, name)


def people(desk: Desk) -> RecordsPage:
    """The place People."""
    return RecordsPage(desk, fields.PEOPLE)


def associations(desk: Desk) -> RecordsPage:
    """The place Associations."""
    return RecordsPage(desk, fields.ASSOCIATIONS)
