"""Coverage: registered people beside official estimates, the largest gap first; a line opens its people."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QWidget

from registry import formats, vocabularies
from registry.access import Right
from registry.changes import Changes
from registry.coverage.comparing import (
    COVERED,
    GAP,
    NO_ESTIMATE,
    NOBODY,
    STANDING_LABELS,
    CoverageRow,
    CoverageTable,
)
from registry.errors import RegistryError
from registry.formats import number
from registry.i18n import _, ngettext
from registry.queries import Coverage
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.skills_workbook import who_counts
from ui.mapping.estimates_dialog import EstimatesDialog
from ui.mapping.save_plans import SaveCoverageDialog
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows
from ui.widgets.wrapping import WrappingLayout

_ICONS = {GAP: "arrow_downward", COVERED: "check", NOBODY: "warning", NO_ESTIMATE: "help"}
_ROLES = {GAP: "quiet", COVERED: "success", NOBODY: "warning", NO_ESTIMATE: "quiet"}


class CoverageTab(Tab):
    """The table.

    Attributes:
        found: what is shown; None while it is being counted for the first time.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: CoverageTable | None = None
        self._query = ""
        self.place, self.year, self.source, self.sex = (QComboBox() for _number in range(4))
        self.everybody = QCheckBox(_("Count everybody"))
        self.table: Rows[CoverageRow] = Rows(_("Coverage"), _columns())
        self.state = EmptyState()
        self._build()
        self._fill()
        self.setFocusProxy(self.table)
        self.state.show_state("hourglass_empty", _("One moment…"), _("The people are being counted."))

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        choosers = QWidget()
        line = WrappingLayout(choosers)
        for name, box in (
            (_("By"), self.place),
            (_("Year of the estimates"), self.year),
            (_("Source of the estimates"), self.source),
            (_("Sex"), self.sex),
        ):
            box.setMinimumContentsLength(16)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            line.addWidget(Labelled(name, box))
        head = row(spacing=8)
        head.addWidget(choosers, 1)
        self.people = button(_("Show people"), self.open_people, icon="groups")
        self.estimates = button(_("Estimates…"), self.open_estimates, icon="edit")
        self.save = button(_("Save…"), self.save_table, "primary", "file_save")
        for each in (self.people, self.estimates, self.save):
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(head)
        if not self.desk.may(Right.ESTIMATE):
            self.estimates.hide()
        if not self.desk.may(Right.EXPORT):
            self.save.hide()
        self._total = label(role="heading", wrap=True)
        layout.addWidget(self._total)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        foot = row(spacing=12)
        self._notes = label(role="quiet", wrap=True)
        foot.addWidget(self._notes, 1)
        foot.addWidget(self.everybody)
        layout.addLayout(foot)

    def _fill(self) -> None:
        self.place.addItem(_("Country"), False)
        self.place.addItem(_("City"), True)
        self.sex.addItem(_("Both"), "")
        for code, words in vocabularies.get("sex").choices():
            if code in ("female", "male"):
                self.sex.addItem(words, code)
        self._offer(self.year, _("Newest of each place"), ())
        self._offer(self.source, _("Any"), ())
        for box in (self.place, self.year, self.source, self.sex):
            box.activated.connect(lambda _place: self._read())
        self.everybody.setToolTip(_("For once, also those who do not count by the ministry's definition"))
        self.everybody.toggled.connect(lambda _on: self._read())
        self.table.chosen.connect(self._allow)
        self.table.activated.connect(lambda _index: self.open_people())
        self._allow()

    @staticmethod
    def _offer(box: QComboBox, first: str, others: tuple[object, ...]) -> None:
        """What may be chosen, the same one chosen as before if it is still there."""
        before = box.currentData()
        box.clear()
        box.addItem(first, None)
        for other in others:
            box.addItem(str(other), other)
        box.setCurrentIndex(max(box.findData(before), 0) if before is not None else 0)

    # --- what is asked ------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Count if nothing has been counted yet."""
        if self.found is None:
            self._read()

    def refresh(self, changes: Changes) -> None:
        """People, estimates or the definition of who counts changed."""
        self._read()

    def search(self, text: str) -> None:
        """The officer typed into the search box."""
        self._query, self.found = text, None
        if self.isVisible():
            self._read()

    @property
    def asked(self) -> Coverage:
        """What the choosers say."""
        year, source = self.year.currentData() or 0, self.source.currentData() or ""
        sex = str(self.sex.currentData())
        return Coverage(self._query, bool(self.place.currentData()), year, source, sex, self.everybody.isChecked())

    def _read(self) -> None:
        self.desk.read(self.asked, self._show, self._refuse, key="coverage")

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, found: CoverageTable) -> None:
        self.found = found
        self.problem_changed.emit("")
        self._offer(self.year, _("Newest of each place"), found.years)
        self._offer(self.source, _("Any"), found.sources)
        self.table.show_things(found.rows)
        self.everybody.setVisible(bool(found.belonging))
        self._notes.setText(" ".join(filter(None, self._said(found))))
        self._total.setText(_total(found))
        self._total.setVisible(bool(found.estimated))
        self.save.setEnabled(bool(found.rows))
        if found.rows:
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_none()
        self._allow()

    def _show_none(self) -> None:
        self._stack.setCurrentWidget(self.state)
        actions = []
        if self.desk.may(Right.ESTIMATE):
            actions.append(("edit", _("Estimates…"), self.open_estimates))
        text = _("Neither people nor an estimate are known for any place. Take estimates in, or look for others.")
        self.state.show_state("public", _("Nothing to compare"), text, actions)

    def _said(self, found: CoverageTable) -> list[str]:
        return [
            who_counts(found.belonging, found.outside, everybody=self.everybody.isChecked()),
            ngettext(
                "{count} person lives in the home country and is not compared.",
                "{count} people live in the home country and are not compared.",
                found.at_home,
            )
            if found.at_home
            else "",
            ngettext(
                "Where {count} person lives is not known.", "Where {count} people live is not known.", found.placeless
            )
            if found.placeless
            else "",
            "" if found.years else _("No estimate is written down yet."),
        ]

    def _refuse(self, error: RegistryError) -> None:
        self.problem_changed.emit(str(error))
        if self.found is None:
            again = ("refresh", _("Try again"), self._read)
            self.state.show_state("error", _("The people cannot be counted"), str(error), [again])
            self._stack.setCurrentWidget(self.state)

    def _allow(self) -> None:
        self.people.setEnabled(self.table.current is not None and self.table.current.registered > 0)

    # --- what is opened -----------------------------------------------------------------------------------------

    def open_people(self) -> None:
        """The people of the chosen line."""
        chosen = self.table.current
        if chosen is not None and chosen.registered:
            self.desk.go("people", ("query", chosen.query))

    def open_estimates(self) -> EstimatesDialog:
        """All estimates."""
        dialog = EstimatesDialog(self.desk, self.window())
        dialog.open()
        return dialog

    def save_table(self) -> None:
        """Ask for the reason and the file."""
        if self.found is not None:
            SaveCoverageDialog(self.desk, self.asked, self.found.registered, self.window()).open()


def _total(found: CoverageTable) -> str:
    if not found.estimated or found.share is None:
        return ""
    return _(
        "{matched} of {estimated} estimated people are registered: {share}.",
        matched=number(found.matched),
        estimated=number(found.estimated),
        share=formats.share(found.share),
    )


def _columns() -> list[Column[CoverageRow]]:
    def figure(value: int | None) -> str:
        return "" if value is None else number(value)

    return [
        Column(_("Place"), lambda r: r.label),
        Column(_("Registered"), lambda r: number(r.registered), width=100, number=True),
        Column(_("Estimated"), lambda r: figure(r.estimate.population if r.estimate else None), width=100, number=True),
        Column(_("Missing"), lambda r: figure(r.missing), width=100, number=True),
        Column(
            _("Registered share"), lambda r: "" if r.share is None else formats.share(r.share), width=130, number=True
        ),
        Column(_("Year"), lambda r: str(r.estimate.year) if r.estimate else "", width=70, number=True),
        Column(_("Source"), lambda r: r.estimate.source if r.estimate else ""),
        Column(
            _("Standing"),
            lambda r: _(STANDING_LABELS[r.standing]),
            lambda r: _ICONS[r.standing],
            lambda r: _ROLES[r.standing],
            width=210,
        ),
    ]
