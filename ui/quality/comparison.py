"""Records that may be one: why, side by side, which of them stays and whose value each field takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QStackedWidget, QWidget

from registry.commands import Merged, MergeRecords
from registry.errors import NotAllowed, RegistryError
from registry.formats import percent, tenths
from registry.i18n import _, ngettext
from registry.matching.evidence import Evidence
from registry.matching.review import DuplicatePair
from registry.merging.proposal import Proposal, Side
from registry.queries import MergeProposal
from ui.desk import Desk
from ui.quality.sides import PAIR, PART, STAYS, Choice, SidesTable
from ui.widgets.empty import EmptyState
from ui.widgets.labels import clear, column, label, scrolled
from ui.widgets.wrapping import WrappingLayout

_ONLY_DIFFERENCES = "duplicates_only_differences"
#: Pairs of a group whose evidence is told, the likeliest; lines of it that are seen without scrolling.
_PAIRS, _EVIDENCE_HEIGHT = 3, 114


class Comparison(QWidget):
    """Reads the records that it is given; the officer marks cells.

    Attributes:
        table: the records.
        differences: hides the rows in which all say the same.

    Signals:
        changed: what can be done with the choice may be something else now.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._proposal: Proposal | None = None
        self._choice = Choice(0)
        self._chosen: set[str] = set()
        self._ids: tuple[int, ...] = ()
        layout = column(self, spacing=8)
        self._reasons = QWidget()
        self._reason_lines = column(self._reasons, spacing=8)
        self._reasons.installEventFilter(self)
        self._evidence: QScrollArea = scrolled(self._reasons)
        self._evidence.setProperty("role", "evidence")
        self._evidence.setAccessibleName(_("Why they may be one"))
        layout.addWidget(self._evidence)
        self.table = SidesTable()
        self.table.marked.connect(self._mark)
        self._state = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self.differences = QCheckBox(_("Only what differs"))
        self.differences.setChecked(desk.settings.text(_ONLY_DIFFERENCES) == "on")
        self.differences.toggled.connect(self._fold)
        self.setFocusProxy(self.table)
        self.clear()

    @property
    def ids(self) -> tuple[int, ...]:
        """Of all records that stand side by side."""
        return self._ids

    @property
    def part(self) -> tuple[int, ...]:
        """Of those that are not left out; () while they are being read."""
        return tuple(i for i in self._ids if i in self._choice.part) if self._proposal is not None else ()

    @property
    def ready(self) -> bool:
        """Whether there is anything to say about them."""
        return len(self.part) >= PAIR

    def command(self) -> MergeRecords:
        """What merges them as it is marked."""
        choice = self._choice
        taken = {name: i for name, i in choice.taken.items() if i != choice.stays}
        return MergeRecords(choice.stays, tuple(i for i in self.part if i != choice.stays), taken)

    def show_records(self, ids: Sequence[int], pairs: Sequence[DuplicatePair]) -> None:
        """Read these records and propose what becomes of them."""
        self._ids, self._proposal, self._chosen = tuple(ids), None, set()
        self._tell(pairs)
        self._state.show_state("hourglass_empty", _("One moment…"), _("The records are being read."))
        self._stack.setCurrentWidget(self._state)
        self.changed.emit()
        self._desk.read(MergeProposal(self._ids), self._take, self._fail, key=("compare", id(self)))

    def clear(self) -> None:
        """Nothing is compared."""
        self._ids, self._proposal = (), None
        self._tell(())
        self._state.show_state("content_copy", _("Nothing chosen"), _("Choose records on the list to compare them."))
        self._stack.setCurrentWidget(self._state)
        self.changed.emit()

    # --- the records --------------------------------------------------------------------------------------------

    def _take(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self._choice = Choice(proposal.stays, set(self._ids), _proposed(proposal))
        self._stack.setCurrentWidget(self.table)
        self._show()

    def _fail(self, error: RegistryError) -> None:
        icon = "lock" if isinstance(error, NotAllowed) else "error"
        self._state.show_state(icon, _("These records cannot be compared"), str(error))

    def _show(self) -> None:
        self.table.show_proposal(self._proposal, self._choice, differences=self.differences.isChecked())
        self.changed.emit()

    def _fold(self, only: bool) -> None:
        self._desk.settings.keep(_ONLY_DIFFERENCES, "on" if only else "off")
        self._show()

    def _mark(self, row: int, section: int) -> None:
        """The officer chose a cell."""
        line, record_id, choice = self.table.sides.lines[row], self.table.sides.record_id(section), self._choice
        if line == PART:
            self._leave_out(record_id)
        elif record_id not in choice.part:
            return
        elif line == STAYS:
            choice.stays = record_id
        elif isinstance(line, Side) and line.taken:
            choice.taken[line.together] = record_id
            self._chosen.add(line.together)
        self.table.sides.retell()
        self.changed.emit()

    def _leave_out(self, record_id: int) -> None:
        """Leave a record out, or take it in again; the proposal is then that of the others."""
        choice = self._choice
        choice.part ^= {record_id}
        if self.ready:
            self._desk.read(MergeProposal(self.part), self._propose_again, key=("compare", id(self)))

    def _propose_again(self, proposal: Proposal) -> None:
        """What was chosen by hand stays chosen, as long as that record is among them."""
        choice = self._choice
        if choice.stays not in choice.part:
            choice.stays = proposal.stays
        kept = {name: i for name, i in choice.taken.items() if name in self._chosen and i in choice.part}
        choice.taken = _proposed(proposal) | kept
        self.table.sides.retell()
        self.changed.emit()

    # --- the evidence -------------------------------------------------------------------------------------------

    def _tell(self, pairs: Sequence[DuplicatePair]) -> None:
        clear(self._reason_lines)
        for pair in pairs[:_PAIRS]:
            self._reason_lines.addWidget(self._line(pair))
        if len(pairs) > _PAIRS:
            more = len(pairs) - _PAIRS
            self._reason_lines.addWidget(
                label(ngettext("and {count} more pair", "and {count} more pairs", more), "small")
            )
        # What may have to be scrolled is reached by keyboard.
        self._evidence.setFocusPolicy(Qt.FocusPolicy.TabFocus if len(pairs) > 1 else Qt.FocusPolicy.NoFocus)
        self._evidence.setVisible(bool(pairs))

    def _fit_evidence(self) -> None:
        """As high as its lines, as far as there is room for them."""
        area = self._evidence
        around = max(area.height() - area.viewport().height(), 0)  # before it is laid out the viewport has any size
        wanted = self._reason_lines.heightForWidth(area.width() - area.verticalScrollBar().sizeHint().width())
        area.setFixedHeight(min(max(wanted, 0) + around, _EVIDENCE_HEIGHT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other lines stand there, or the same are shown."""
        if watched is self._reasons and event.type() == QEvent.Type.LayoutRequest:
            self._fit_evidence()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines are broken elsewhere."""
        super().resizeEvent(event)
        self._fit_evidence()

    def _line(self, pair: DuplicatePair) -> QWidget:
        """Why two of them may be one, the weightiest first."""
        made = QFrame()
        beside = WrappingLayout(made)
        if len(self._ids) > PAIR:
            one, other = (self._ids.index(side.id) + 1 for side in (pair.one, pair.other))
            words = _("{one} and {other}, {likelihood}:", one=one, other=other, likelihood=percent(pair.likelihood))
            beside.addWidget(label(words, "badge"))
        for found in pair.evidence:
            beside.addWidget(_badge(found))
        return made


def merged_in_words(merged: Merged) -> str:
    """What became part of what."""
    return ngettext(
        "{count} record is now part of {number}.",
        "{count} records are now part of {number}.",
        merged.count,
        number=merged.number,
    )


def _proposed(proposal: Proposal) -> dict[str, int]:
    """Whose value each field takes, by the name of the first of those that are chosen together."""
    return {side.together: side.taken for side in proposal.sides if side.taken}


def _badge(found: Evidence) -> QWidget:
    """One reason with its weight; what counts neither for nor against has none."""
    if not found.weight:
        made = label(found.words, "badge")
        made.setToolTip(_("Counts neither for nor against."))
        return made
    speaks = found.weight > 0
    weight = tenths(abs(found.weight))
    made = label(f"{found.words} {'+' if speaks else '−'}{weight}", "badge-success" if speaks else "badge-warning")
    made.setToolTip(_("Speaks for one and the same.") if speaks else _("Speaks for two different ones."))
    return made
