"""Third step: what would happen to each row and why; nothing is written before the officer says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from registry.changes import Outcome
from registry.commands import ImportRecords
from registry.errors import Invalid, RegistryError
from registry.formats import number
from registry.i18n import N_, _, ngettext
from registry.progress import Progress
from registry.queries import PlanImport
from registry.transfer.planning.plan import CREATED, OUTCOMES, UPDATED, CellProblem, PlanRow
from ui.desk import Desk
from ui.importing import intake as words
from ui.importing.changes_panel import KEYS, ChangesPanel
from ui.importing.intake import Intake
from ui.importing.plan_rows import DECIDED, PlanRows, problem_columns, row_columns, why
from ui.importing.texts_panel import TextsPanel
from ui.widgets.chips import Chips
from ui.widgets.empty import EmptyState
from ui.widgets.flow import Step
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner
from ui.widgets.working import Working
from ui.widgets.wrapping import WrappingLayout

if TYPE_CHECKING:
    from registry.transfer.planning.apply import ImportResult
    from registry.transfer.planning.plan import Plan
    from registry.transfer.planning.spellings import Spelling

_ALL, _TEXTS, _PROBLEMS, _REMARKS = "", "texts", "problems", "remarks"
#: Milliseconds after the last letter typed, before rows are looked for.
_PAUSE = 200


class PlanStep(Step):
    """The plan as a table.

    Signals:
        applied: (ImportResult, number of the operation): the plan was carried out.
        report_asked: the plan is to be saved as a workbook.
    """

    applied = Signal(object, int)
    report_asked = Signal()

    title = N_("Check")
    main = N_("Import")

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._desk, self._intake = desk, intake
        #: The row that is shown when the plan was worked out anew; 0 = the first.
        self._again = 0
        self._outcome = _ALL
        self._asking = QTimer(self, interval=_PAUSE, singleShot=True)
        self._asking.timeout.connect(lambda: self.show_outcome(self._outcome))
        desk.runner.closed.connect(self._asking.stop)
        self._stack = QStackedWidget()
        column(self).addWidget(self._stack)
        self._working, self._trouble = Working(), EmptyState()
        self._view = self._plan_view()
        for part in (self._view, self._working, self._trouble):
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(self._working)

    def _plan_view(self) -> QWidget:
        view = QWidget()
        layout = column(view)
        layout.addLayout(self._options())
        self._banner = Banner()
        layout.addWidget(self._banner)
        self.chips = Chips(_("Rows that are shown"))
        self.chips.chosen.connect(self.show_outcome)
        layout.addWidget(self.chips)
        self.table: Rows[PlanRow] = Rows(_("Rows of the file"), row_columns(self._intake.rows))
        self.table.chosen.connect(self._show_changes)
        self.problems: Rows[CellProblem] = Rows(_("Values kept as they were written"), problem_columns())
        self.remarks: Rows[str] = Rows(_("Remarks on the file"), [Column(_("Remark"), lambda remark: remark)])
        self._changes = ChangesPanel()
        self._changes.decided.connect(self._decide)
        for key in KEYS:
            pressed = QShortcut(QKeySequence(key), self.table, context=Qt.ShortcutContext.WidgetShortcut)
            pressed.setAutoRepeat(False)
            pressed.activated.connect(partial(self._changes.press, key))
        below = row(spacing=16)
        self._tables = _Tables()
        self._tables.addWidget(self.table)
        self.texts = TextsPanel(self._intake)
        self.texts.decided.connect(self._show_decided)
        self._tables.addWidget(self.texts)
        self._tables.addWidget(self.problems)
        self._tables.addWidget(self.remarks)
        below.addWidget(self._tables, 1)
        below.addWidget(self._changes)
        layout.addLayout(below, 1)
        return view

    def _options(self) -> QHBoxLayout:
        self._existing = _combo(words.EXISTING_WORDS)
        self._duplicates = _combo(words.DUPLICATE_WORDS)
        self._existing.currentIndexChanged.connect(self._choose_options)
        self._duplicates.currentIndexChanged.connect(self._choose_options)
        choosers = QWidget()
        wrapping = WrappingLayout(choosers)
        wrapping.addWidget(Labelled(_("Rows whose reference is known"), self._existing))
        wrapping.addWidget(Labelled(_("Rows that look like somebody known"), self._duplicates))
        self.wanted = QLineEdit()
        self.wanted.setPlaceholderText(_("Name or reason"))
        self.wanted.setClearButtonEnabled(True)
        self.wanted.textChanged.connect(lambda _text: self._asking.start())
        wrapping.addWidget(Labelled(_("Show only rows with"), self.wanted))
        options = row(spacing=16)
        options.addWidget(choosers, 1)
        save = button(_("Save report…"), self.report_asked.emit, icon="file_save")
        options.addWidget(save, 0, Qt.AlignmentFlag.AlignBottom)
        return options

    @property
    def ready(self) -> bool:
        """There is something to do, and it is not being done already."""
        shown = self._stack.currentIndex() == 0 and self._intake.plan is not None
        return shown and (self._intake.pending or self._to_write > 0)

    @property
    def writing(self) -> bool:
        """The plan is being carried out."""
        return self._stack.currentWidget() is self._working and self._intake.plan is not None

    def leave(self) -> None:
        """A plan that is still worked out is not wanted any more."""
        self._working.cancel()

    @property
    def _to_write(self) -> int:
        plan = self._intake.plan
        return plan.counts["created"] + plan.counts["updated"] if plan is not None else 0

    @property
    def main_words(self) -> str:
        """How many rows change the register; before that, what was decided is to be seen."""
        if self._intake.pending:
            count = len(self._intake.decided)
            if not count:
                return _("Work it out again")
            return ngettext("Work it out with {count} decision", "Work it out with {count} decisions", count)
        if not self._to_write:
            return _("Nothing to import")
        return ngettext("Import {count} row", "Import {count} rows", self._to_write)

    def enter(self) -> None:
        """Work the plan out."""
        with QSignalBlocker(self._existing), QSignalBlocker(self._duplicates):
            self._existing.setCurrentIndex(self._existing.findData(self._intake.existing))
            self._duplicates.setCurrentIndex(self._duplicates.findData(self._intake.duplicates))
        self._banner.say("", "notice")
        self.make_plan()

    def _choose_options(self) -> None:
        self._intake.existing = self._existing.currentData()
        self._intake.duplicates = self._duplicates.currentData()
        self.make_plan()

    def make_plan(self) -> None:
        """Work out what would happen."""
        self._intake.plan = None
        title = _("Working out what would happen")
        intake, registry = self._intake, self._desk.registry
        query = PlanImport(intake.path, intake.options(), intake.password)

        def work(progress: Progress) -> tuple[Plan, Sequence[Spelling]]:
            from registry.transfer.planning.spellings import spellings

            try:
                plan = registry.read(query, progress)
            except Invalid:
                intake.check_file()  # what was said of its columns fits the file as it was
                raise
            return plan, spellings(plan)

        task = self._desk.runner.call(
            work, self._take, self._fail, title=title, key="plan", on_cancelled=self._offer_again
        )
        self._show_work(self._working)
        self._working.watch(task, title)

    def _show_work(self, part: QWidget) -> None:
        if part is not self._working:
            self._working.stop()
        self._stack.setCurrentWidget(part)
        self.ready_changed.emit()

    def _fail(self, error: RegistryError) -> None:
        self._show_work(self._trouble)
        title = _("This list cannot be taken in so")
        self._trouble.show_state("error", title, str(error), [("refresh", _("Try again"), self.make_plan)])

    def _offer_again(self) -> None:
        self._show_work(self._trouble)
        again = [("refresh", _("Work it out again"), self.make_plan)]
        self._trouble.show_state("info", _("Stopped"), _("Nothing was changed in the register."), again)

    def _take(self, worked: tuple[Plan, Sequence[Spelling]]) -> None:
        plan, spelled = worked
        self._intake.take_plan(plan)
        self._show_work(self._view)
        self.texts.show_texts(spelled)
        chips = self._chips(plan)
        self.problems.show_things(plan.problems)
        self.remarks.show_things(plan.warnings)
        # Who decides on one row after the other stays among those that were chosen.
        shown = self._outcome if self._again and self._outcome in {code for code, *_words in chips} else _ALL
        self.chips.show_chips(chips, shown)
        self.show_outcome(shown)
        self.table.setFocus()

    def _chips(self, plan: Plan, kept: str = "") -> list[tuple[str, str, str, str]]:
        """What there is to see, with how many, by all that is decided; `kept` also if there is none any more."""
        chips = [(_ALL, _("All rows: {count}", count=number(len(plan.entries))), "", "")]
        counts: Mapping[str, int] = {**plan.counts, "review": plan.review, DECIDED: len(self._intake.rows)}
        for code in (*OUTCOMES, "review", DECIDED):
            name, icon, role = words.OUTCOME_WORDS[code]
            if counts[code] or code == kept:
                chips.append((code, _("{outcome}: {count}", outcome=_(name), count=number(counts[code])), icon, role))
        asked, decided = self.texts.counts
        if asked:
            chips.append((_TEXTS, _("Texts to decide: {count}", count=number(asked)), "rule", "warning"))
        elif decided:
            chips.append((_TEXTS, _("Texts decided: {count}", count=number(decided)), "rule", "success"))
        if plan.problems:
            written = _("Values kept as written: {count}", count=number(len(plan.problems)))
            chips.append((_PROBLEMS, written, "warning", "warning"))
        if plan.warnings:
            remarks = _("Remarks on the file: {count}", count=number(len(plan.warnings)))
            chips.append((_REMARKS, remarks, "info", "warning"))
        return chips

    def show_outcome(self, outcome: str) -> None:
        """Show the rows of one outcome, of all, or the values that could not be read."""
        plan = self._intake.plan
        if plan is None:
            return
        others: dict[str, QWidget] = {_TEXTS: self.texts, _PROBLEMS: self.problems, _REMARKS: self.remarks}
        self._tables.setCurrentWidget(others.get(outcome, self.table))
        if outcome in others:
            self._changes.clear()
            return
        self._outcome = outcome
        if wanted := self.wanted.text().strip():
            decided = dict(self._intake.rows)
            look = partial(PlanRows, plan, decided, outcome, wanted)
            self._desk.runner.call(lambda _progress: look(), self._show_rows, key="plan rows")
        else:
            self._show_rows(PlanRows(plan, self._intake.rows, outcome))

    def _show_rows(self, rows: PlanRows) -> None:
        """Show rows that were looked for, unless others are wanted by now."""
        now = (self._outcome, self.wanted.text().strip())
        if rows.plan is not self._intake.plan or (rows.outcome, rows.wanted) != now:
            return
        self.table.show_things(rows)
        if rows:
            self.table.choose(min(bisect_left(rows, self._again, key=lambda each: each.row), len(rows) - 1))
        self._again = 0

    def _show_changes(self) -> None:
        plan, current = self._intake.plan, self.table.current
        if plan is None or current is None:
            self._changes.clear()
        else:
            decided = current.row in self._intake.rows
            self._changes.show_row(
                current,
                why(current),
                [plan.show(change) for change in current.changes],
                decided=decided,
                may=decided or current.outcome in (CREATED, UPDATED),
            )

    def _decide(self, row: int, what: int | None) -> None:
        """Another outcome for one row; on to the next, unless a decision is taken back."""
        self._intake.decide(row, what)
        place = self.table.currentIndex().row()
        self.table.choose(min(place + (what is not None), len(self.table.things) - 1))
        self.table.viewport().update()
        self.table.setFocus()
        self._show_changes()
        self._show_decided()

    def _show_decided(self) -> None:
        """Count anew what there is to see; the rows stay as they are listed."""
        assert self._intake.plan is not None
        shown = self.chips.code
        self.chips.show_chips(self._chips(self._intake.plan, shown), shown)
        self.ready_changed.emit()

    def go_on(self) -> None:
        """Work the plan out with what was decided, or carry it out."""
        if self._intake.pending:
            current = self.table.current
            self._again = current.row if current is not None else 0
            self.make_plan()
        else:
            self.apply()

    def apply(self) -> None:
        """Carry the plan out."""
        plan = self._intake.plan
        if plan is None:
            return
        title = _("Importing")
        task = self._desk.execute(
            ImportRecords(plan), self._done, self._refuse, title=title, on_cancelled=self._stopped
        )
        self._show_work(self._working)
        self._working.watch(task, title)

    def _done(self, outcome: Outcome[ImportResult]) -> None:
        self._working.stop()
        self.applied.emit(outcome.value, outcome.batch)

    def _refuse(self, error: RegistryError) -> None:
        self._back_to_plan(str(error), "danger")

    def _stopped(self) -> None:
        self._back_to_plan(_("Stopped. Nothing was imported."), "notice")

    def _back_to_plan(self, sentence: str, role: str) -> None:
        self._show_work(self._view)
        self._banner.say(sentence, role)


class _Tables(QStackedWidget):
    """What is left of the window: one that is small is not scrolled to the decisions beside the table."""

    def sizeHint(self) -> QSize:
        """No more than it needs."""
        return self.minimumSizeHint()


def _combo(choices: Mapping[str, str]) -> QComboBox:
    made = QComboBox()
    for code, name in choices.items():
        made.addItem(_(name), code)
    return made
