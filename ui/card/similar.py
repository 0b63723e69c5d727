"""Beside a new card: records that may be the same, while it is filled in and before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from registry.formats import likelihood
from registry.i18n import _
from registry.queries import SimilarRecords
from ui.card.banner import Banner
from ui.desk import Desk
from ui.widgets.eliding import ElidingButton
from ui.widgets.labels import clear, column, indented, label, row

if TYPE_CHECKING:
    from registry.similar import Similar

#: Milliseconds without a key after which the register is asked.
_PAUSE = 400
#: What stands inside a link before its first letter.
_INDENT = 6
#: Shown beside the fields; the fields need the room.
_MOST = 3


class SimilarRecordsPanel(QFrame):
    """Hidden while nobody is like the one who is being registered."""

    def __init__(self, desk: Desk, kind: str, banner: Banner, discard: Callable[[], None]) -> None:
        """`discard` forgets what was typed, so that another record can take the card."""
        super().__init__()
        self._desk, self._kind, self._banner, self._discard = desk, kind, banner, discard
        self._texts: Mapping[str, str] = {}
        self.setProperty("role", "banner-warning")
        self._layout = column(self, margin=12, spacing=4)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        desk.runner.closed.connect(self._pause.stop)
        self.hide()

    def look(self, texts: Mapping[str, str]) -> None:
        """The card says this now."""
        self._texts = texts
        self._pause.start()

    def forget(self) -> None:
        """Nobody is being registered any more, or somebody else."""
        self._pause.stop()
        self._texts = {}
        self.hide()

    def before_saving(self, texts: Mapping[str, str], save: Callable[[], None], wait: Callable[[], None]) -> None:
        """Save at once, or ask first if somebody is probably registered already; then `wait` is called."""

        def answered(found: Sequence[Similar]) -> None:
            likely = [one for one in found if one.likely]
            if not likely:
                save()
                return
            wait()
            one = likely[0]
            words = {"name": one.name, "number": one.number, "shared": one.shared}
            sentence = _("{name} ({number}) is registered already: {shared}. Is it the same?", **words)
            instead = (_("Open it, discard this"), partial(self._open, one.id))
            self.hide()
            self._banner.show_unsaved(sentence, [instead, (_("Save anyway"), save_anyway)])
            self._banner.focus_action()

        def save_anyway() -> None:
            self._banner.hide()
            save()

        self._pause.stop()
        self._desk.read(SimilarRecords(self._kind, texts), answered, key=("similar", self._kind))

    def _ask_to_open(self, one: Similar) -> None:
        sentence = _("What you typed here is not saved. Open {number} all the same?", number=one.number)
        self._banner.show_unsaved(sentence, [(_("Open it, discard this"), partial(self._open, one.id))])

    def _open(self, record_id: int) -> None:
        self._discard()
        self._desk.go(self._kind, ("open", record_id))

    def _ask(self) -> None:
        self._desk.read(SimilarRecords(self._kind, self._texts), self._show, key=("similar", self._kind))

    def _show(self, found: Sequence[Similar]) -> None:
        clear(self._layout)
        if self._texts and found:
            heading = label(_("Perhaps registered already:"), wrap=True)
            heading.setContentsMargins(_INDENT, 0, 0, 0)
            self._layout.addWidget(heading)
            for one in found[:_MOST]:
                self._layout.addWidget(self._line(one))
        self.setVisible(bool(self._texts and found))

    def _line(self, one: Similar) -> QWidget:
        made = QWidget()
        layout = column(made, spacing=0)
        name = row(spacing=0)
        name.addWidget(ElidingButton(one.name, partial(self._ask_to_open, one)))
        name.addStretch(1)
        layout.addLayout(name)
        layout.addLayout(indented(label(_told(one), "small", wrap=True), _INDENT))
        return made


def _told(one: Similar) -> str:
    """How likely it is the same, and why."""
    words = {"number": one.number, "told": likelihood(one.likelihood), "shared": one.shared}
    other = ", ".join(said.words for said in one.evidence if said.weight < 0)
    if other:
        return _("{number}, {told}: {shared}; but {other}", **words, other=other)
    return _("{number}, {told}: {shared}", **words)
