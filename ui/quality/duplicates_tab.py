"""The queue of records that may be one: looked at side by side, answered with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QTabBar, QWidget

from registry import fields
from registry.access import NO_RIGHT, Right
from registry.changes import Changes, Outcome
from registry.commands import Command, FindDuplicates, KeepApart
from registry.errors import NotAllowed, RegistryError
from registry.formats import likelihood, moment, number
from registry.i18n import _, ngettext
from registry.matching.groups import DuplicateGroup, DuplicatesToReview
from registry.matching.running import Duplicates
from registry.queries import ReviewDuplicates
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.quality.comparison import Comparison, merged_in_words
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, isolated, label, row

Result = TypeVar("Result")

_QUEUE_WIDTH = 290
#: Entries of the queue that are read at a time.
_PAGE = 60


class DuplicatesTab(Tab):
    """What waits, the comparison of what is chosen, and the three verdicts.

    Attributes:
        queue: groups of records, the likeliest first.
        comparison: of the chosen group.
        finder: looks for duplicates among all records.
        answers: shows what the verdicts teach.
        merge, apart, later: the verdicts; each has a key.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._groups: list[DuplicateGroup] = []
        self._later: list[tuple[int, ...]] = []
        self._pending: list[tuple[int, ...]] = []
        self._wanted = 0
        self._count, self._limit = 0, _PAGE
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=12)
        self._kinds = QTabBar()
        self._kinds.setAccessibleName(_("Duplicates"))
        self._kinds.setExpanding(False)
        for words in (_("People"), _("Associations")):
            self._kinds.addTab(words)
        self._kinds.currentChanged.connect(lambda _tab: self._turn())
        self._age = label(role="small")
        self.finder = button(_("Look for duplicates"), self.look, icon="content_paste_search")
        head.addWidget(self._kinds)
        head.addStretch(1)
        head.addWidget(self._age)
        self.answers = button(_("Answers…"), self.weigh_answers, "link")
        self.answers.setToolTip(_("What the answers teach, and what it would change"))
        head.addWidget(self.answers)
        head.addWidget(self.finder)
        layout.addLayout(head)
        self._state = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(self._review())
        layout.addWidget(self._stack, 1)
        self._say("hourglass_empty", _("One moment…"), _("The queue is being read."))
        self._add_keys()

    def _review(self) -> QWidget:
        self.queue = QListWidget()
        self.queue.setAccessibleName(_("Duplicates to review"))
        self.queue.setUniformItemSizes(True)
        self.queue.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.queue.currentRowChanged.connect(self._compare)
        self.queue.verticalScrollBar().valueChanged.connect(self._scroll)
        self.comparison = Comparison(self.desk)
        self.comparison.changed.connect(self._allow)
        beside = QWidget()
        layout = column(beside, spacing=8)
        layout.addWidget(self.comparison, 1)
        foot = row(spacing=8)
        self.later = button(_("Later (L)"), self.put_off, icon="schedule")
        self.apart = button(_("Not the same (N)"), self.keep_apart, icon="close")
        self.merge = button(_("Merge (M)"), self.make_one, "primary", "check")
        foot.addWidget(self.comparison.differences)
        foot.addStretch(1)
        for made in (self.later, self.apart, self.merge):
            foot.addWidget(made)
        layout.addLayout(foot)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(12)
        splitter.addWidget(self.queue)
        splitter.addWidget(beside)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_QUEUE_WIDTH, 900])
        self.setFocusProxy(self.queue)
        return splitter

    def _add_keys(self) -> None:
        """One key a verdict; one that is held down answers once."""
        for key, answer in (("M", self.make_one), ("N", self.keep_apart), ("L", self.put_off)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(answer)

    @property
    def kind(self) -> str:
        """Of the records that are reviewed."""
        return fields.KINDS[self._kinds.currentIndex()]

    @property
    def current(self) -> DuplicateGroup | None:
        """The group that is chosen."""
        place = self.queue.currentRow()
        return self._groups[place] if 0 <= place < len(self._groups) else None

    # --- the queue ----------------------------------------------------------------------------------------------

    def begin_at(self, kind: str, record_id: int) -> None:
        """Choose the group of a record when the queue is read; 0 = the first."""
        self._wanted = record_id
        self._kinds.setCurrentIndex(fields.KINDS.index(kind))

    def arrive(self) -> None:
        """Read the queue."""
        may = self.desk.may(Right.EDIT)
        self.finder.setEnabled(may)
        self.answers.setEnabled(may)
        if may:
            self._read()
        else:
            self._say("lock", _("Nothing to review with this account"), _(NO_RIGHT))

    def _turn(self) -> None:
        """The other kind of record."""
        self._count, self._limit = 0, _PAGE
        self._list([], 0)
        self._say("hourglass_empty", _("One moment…"), _("The queue is being read."))
        self.arrive()

    def refresh(self, changes: Changes) -> None:
        """Records changed, and those that are compared may be others now."""
        if (changes.touch(self.kind) or changes.touch("duplicates")) and self.desk.may(Right.EDIT):
            if (changes.ids.get(self.kind) or frozenset()) & {0, *self.comparison.ids}:
                self.comparison.clear()
            self._read()

    def _read(self) -> None:
        query = ReviewDuplicates(self.kind, self._limit)
        self.desk.read(query, partial(self._show, self.kind), self._fail, key="duplicates")

    def _scroll(self, value: int) -> None:
        if value and value == self.queue.verticalScrollBar().maximum():
            self._read_on()

    def _read_on(self) -> None:
        """The next part of the queue, if there is one."""
        if self._count > self._limit:
            self._limit += _PAGE
            self._read()

    def _show(self, kind: str, found: DuplicatesToReview) -> None:
        if kind != self.kind:
            return
        self._count = found.count
        self._tell_age(found)
        last = {ids: place for place, ids in enumerate(self._later)}
        waiting = (group for group in found.groups if group.ids not in self._pending)
        groups = sorted(waiting, key=lambda group: last.get(group.ids, -1))
        chosen = self._wanted_place(groups)
        bar = self.queue.verticalScrollBar()
        here, compared = bar.value(), self.comparison.ids
        self._list(groups, chosen)
        if compared and self.comparison.ids == compared:
            self.queue.doItemsLayout()
            bar.setValue(here)
        if not groups and found.looked_at:
            self._say(
                "check_circle", _("No duplicates wait"), _("New ones are found when you look for duplicates again.")
            )
        elif not groups:
            text = _("All records are compared with each other. Nothing is changed by it; you decide what is one.")
            self._say("content_copy", _("Nobody has looked for duplicates yet"), text, look=True)
        else:
            self._stack.setCurrentIndex(1)

    def _wanted_place(self, groups: Sequence[DuplicateGroup]) -> int:
        """Where the group is that was asked for, else the one that is chosen, else the first."""
        wanted, self._wanted = self._wanted, 0
        shown = set(self.comparison.ids) or (set(self.current.ids) if self.current is not None else set())
        places = [n for n, group in enumerate(groups) if wanted in group.ids]
        places += [n for n, group in enumerate(groups) if not wanted and set(group.ids) == shown]
        # Somebody may have joined the group, or left it, meanwhile.
        places += [n for n, group in enumerate(groups) if not wanted and not shown.isdisjoint(group.ids)]
        if wanted and not places:
            self.desk.say(_("This record is not among those to review any more."))
        return places[0] if places else 0

    def _list(self, groups: Sequence[DuplicateGroup], chosen: int) -> None:
        self._groups = list(groups)
        self.queue.blockSignals(True)
        self.queue.clear()
        for group in groups:
            item = QListWidgetItem(_told(group))
            item.setSizeHint(QSize(0, 54))
            item.setToolTip("\n".join(isolated(f"{one.name}, {one.number}") for one in group.records))
            self.queue.addItem(item)
        self.queue.setCurrentRow(chosen if groups else -1)
        self.queue.blockSignals(False)
        self._compare(self.queue.currentRow())

    def _compare(self, _place: int) -> None:
        group = self.current
        if group is None:
            self.comparison.clear()
        elif group.ids != self.comparison.ids:
            self.comparison.show_records(group.ids, group.pairs)
        if group is not None and group is self._groups[-1]:
            self._read_on()

    def _tell_age(self, found: DuplicatesToReview) -> None:
        words = ""
        if found.looked_at:
            words = ngettext(
                "{count} to review; looked for on {when} among {records} records",
                "{count} to review; looked for on {when} among {records} records",
                found.count,
                when=moment(found.looked_at),
                records=number(found.compared),
            )
        elif found.count:
            words = ngettext(
                "{count} to review; nobody has compared all records yet",
                "{count} to review; nobody has compared all records yet",
                found.count,
            )
        self._age.setText(words)

    def _say(self, icon: str, title: str, text: str, *, look: bool = False) -> None:
        actions = [("content_paste_search", _("Look for duplicates"), self.look)] if look else []
        self._state.show_state(icon, title, text, actions)
        self._stack.setCurrentWidget(self._state)

    def _fail(self, error: RegistryError) -> None:
        icon = "lock" if isinstance(error, NotAllowed) else "error"
        self._state.show_state(
            icon, _("The queue cannot be shown"), str(error), [("refresh", _("Try again"), self._read)]
        )
        self._stack.setCurrentWidget(self._state)

    def look(self) -> None:
        """Compare all records, which may take a while and can be stopped."""
        self.finder.setEnabled(False)
        self.desk.execute(
            FindDuplicates(self.kind),
            self._found,
            self._not_found,
            title=_("Looking for duplicates"),
            on_cancelled=self._allow_looking,
        )

    def weigh_answers(self) -> None:
        """What the verdicts so far would change if they counted."""
        from ui.quality.answers_dialog import AnswersDialog

        AnswersDialog(self.desk, self.kind, self.window()).open()

    def _found(self, outcome: Outcome[Duplicates]) -> None:
        self._allow_looking()
        found = outcome.value
        self.desk.say(
            ngettext(
                "{count} pair of records may be one; {records} were compared.",
                "{count} pairs of records may be one; {records} were compared.",
                found.pairs,
                records=number(found.records),
            ),
            "success",
        )
        self.comparison.clear()
        self._read()

    def _not_found(self, error: RegistryError) -> None:
        self._allow_looking()
        self.desk.fail(error)

    def _allow_looking(self) -> None:
        self.finder.setEnabled(self.desk.may(Right.EDIT))

    # --- the verdicts -------------------------------------------------------------------------------------------

    def _allow(self) -> None:
        self.merge.setEnabled(self.comparison.ready and self.desk.may(Right.MERGE))
        self.apart.setEnabled(self.comparison.ready)
        self.later.setEnabled(self.current is not None)

    def make_one(self) -> None:
        """They are the same: merge them as it is marked."""
        if self.merge.isEnabled() and self.current is not None:
            self._answer(self.comparison.command(), merged_in_words)

    def keep_apart(self) -> None:
        """They are not the same, which is remembered until there is something new."""
        if self.apart.isEnabled() and self.current is not None:
            self._answer(KeepApart(self.comparison.part), _kept_apart)

    def put_off(self) -> None:
        """To the end of the queue, as long as the window is open."""
        group = self.current
        if group is None:
            return
        self._later = [ids for ids in self._later if ids != group.ids] + [group.ids]
        place = self.queue.currentRow()
        groups = [one for one in self._groups if one is not group]
        self._list([*groups, group], min(place, max(len(groups) - 1, 0)))

    def _answer(self, command: Command[Result], told: Callable[[Result], str]) -> None:
        """Show the next one at once, and write the answer down."""
        group, place = self._groups[self.queue.currentRow()], self.queue.currentRow()
        self._pending.append(group.ids)
        groups = [one for one in self._groups if one is not group]
        self._list(groups, min(place, max(len(groups) - 1, 0)))

        def done(outcome: Outcome[Result]) -> None:
            settled()
            self.desk.say(told(outcome.value), "success", (_("Undo"), self.desk.undo))

        def refused(error: RegistryError) -> None:
            settled()
            self.desk.fail(error)

        def settled() -> None:
            self._pending.remove(group.ids)
            self._read()

        self.desk.execute(command, done, refused, title=_("Writing the answer down"), on_cancelled=settled)


def _kept_apart(_new: bool) -> str:
    return _("Remembered: they are not the same.")


def _told(group: DuplicateGroup) -> str:
    """Names and how likely it is, in two lines."""
    names = " / ".join(dict.fromkeys(one.name for one in group.records))
    count = len(group.records)
    records = ngettext("{count} record", "{count} records", count)
    likely = _("{records}: {told}", records=records, told=likelihood(group.likelihood))
    return f"{isolated(names)}\n{isolated(likely)}"
