"""A new person's card filled from the machine readable zone of a passport or identity card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from registry.errors import Invalid
from registry.i18n import _
from registry.mrz.filling import fields_of, to_compare
from registry.mrz.finding import looks_like_mrz
from registry.mrz.reading import Mrz, read
from ui.card.banner import Banner
from ui.card.form import Form
from ui.dialogs.passport import PassportDialog


class ZoneIntake(QObject):
    """Takes a zone that was typed into the form, or into the dialog, and fills the form with what it says."""

    def __init__(self, form: Form, banner: Banner, refill: Callable[[dict[str, str]], None], parent: QWidget) -> None:
        """`refill` makes the form anew with these texts as what was typed."""
        super().__init__(parent)
        self._form, self._banner, self._refill = form, banner, refill

    def ask(self, window: QWidget) -> None:
        """Open the dialog."""
        dialog = PassportDialog(window)
        dialog.taken.connect(lambda mrz: self._fill(mrz, self._form.changes()))
        dialog.open()

    def take_from(self, name: str) -> None:
        """Read the zone that stands in this field; what it fills takes its place."""
        text = self._form.text_of(name)
        if not looks_like_mrz(text):
            return  # read already: a reader typed faster than the form was made anew
        try:
            mrz = read(text)
        except Invalid as refused:
            self._banner.show_problem(str(refused))
            return
        self._fill(mrz, {typed: value for typed, value in self._form.changes().items() if typed != name})

    def _fill(self, mrz: Mrz, before: dict[str, str]) -> None:
        self._refill({**before, **fields_of(mrz)})
        compared = to_compare(mrz)
        for problem in reversed(compared):  # the first of a field stays
            self._form.set_hint(problem.field, problem.reason)
        if not before.get("full_name"):
            self._form.set_hint("full_name", _("Left empty, it is made of given name and family name."), "small")
        doubted = next((problem.field for problem in compared if self._form.shows(problem.field)), "")
        self._form.focus_field(doubted or self._form.first_empty())
        sentences = [*mrz.corrections, *(problem.reason for problem in compared)]
        take_back = (_("Take back"), lambda: self._take_back(before))
        if sentences:
            heading = _("Filled in from the document. Look at this before you save:")
            self._banner.show_advice("\n".join((heading, *sentences)), [take_back, (_("Close"), self._banner.hide)])
        else:
            self._banner.show_done(_("Filled in from the document."), [take_back])

    def _take_back(self, before: dict[str, str]) -> None:
        self._banner.hide()
        self._refill(before)
