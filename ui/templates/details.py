"""The dialog of what a template is: title, purpose, what it rests on, the details that are asked before printing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from registry import vocabularies
from registry.documents.template_json import check
from registry.documents.templates import BASES, Template, Variable
from registry.documents.tree import Paragraph, Run, Tree
from registry.errors import Invalid
from registry.i18n import _, current_language
from ui.dialogs.base import Dialog
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, label
from ui.widgets.summary import Banner

#: Stands for a text that is not written yet, while everything else is checked.
_SOMETHING = Tree((Paragraph((Run("."),)),))


class DetailsDialog(Dialog):
    """Title, purpose and details of a template.

    Signals:
        decided: the changed `Template`.
    """

    decided = Signal(object)

    def __init__(self, template: Template, language: str, parent: QWidget | None = None, *, new: bool = False) -> None:
        """`language` is the one in which details are given what they say if nothing else is written."""
        super().__init__(_("Letter template"), parent, width=720)
        self._template, self._language = template, language
        self.name = QLineEdit(template.id)
        self.name.setReadOnly(not new)
        self._named = Labelled(_("Name"), self.name, _("Small letters, digits and hyphens; it stays as it is."))
        self.name_title = QLineEdit(template.titles.get(current_language()) or next(iter(template.titles.values()), ""))
        self.purpose, self.basis = QComboBox(), QComboBox()
        for code in vocabularies.get("consent_purpose").codes:
            self.purpose.addItem(vocabularies.get("consent_purpose").label(code), code)
        for code, words in BASES.items():
            self.basis.addItem(_(words), code)
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(template.purpose or "outreach_news")))
        self.basis.setCurrentIndex(max(0, self.basis.findData(template.basis)))
        self.body.addWidget(Labelled(_("Title"), self.name_title))
        self.body.addWidget(self._named)
        if template.kind == "letter":
            self.body.addWidget(Labelled(_("Purpose"), self.purpose))
            resting = _("A task of the consulate, such as a notice of expiry, needs no consent; all else does.")
            self.body.addWidget(Labelled(_("It rests on"), self.basis, resting))
            self._build_variables()
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.add_main(_("Continue") if new else _("Use")).clicked.connect(self._decide)

    def _build_variables(self) -> None:
        self.body.addWidget(label(_("Details that are asked before printing"), "section"))
        self._grid = QGridLayout()
        for place, words in enumerate((_("Name"), _("What is asked"), _("Says, if nothing is written"), "")):
            self._grid.addWidget(label(words, "quiet"), 0, place)
        for place, share in enumerate((2, 3, 4)):
            self._grid.setColumnStretch(place, share)
        self._lines: list[tuple[QLineEdit, QLineEdit, QLineEdit, QCheckBox]] = []
        self.body.addLayout(self._grid)
        for variable in self._template.variables:
            self._add(variable)
        self.more = button(_("Add a detail"), lambda: self._add(Variable("", {}, {})), "link", "add")
        self.body.addWidget(self.more)

    def _add(self, variable: Variable) -> None:
        titles, here = variable.titles, current_language()
        name = QLineEdit(variable.name)
        name.setPlaceholderText("forum.place")
        asked = QLineEdit(titles.get(here) or next(iter(titles.values()), ""))
        says = QLineEdit(variable.defaults.get(self._language, ""))
        for text in (name, asked, says):
            text.setCursorPosition(0)
        dated = QCheckBox(_("a day"))
        dated.setChecked(variable.dated)
        number = len(self._lines) + 1
        for place, (widget, words) in enumerate(
            ((name, _("Name")), (asked, _("What is asked")), (says, _("Says, if nothing is written")), (dated, ""))
        ):
            if words:
                widget.setAccessibleName(f"{words} {number}")
            self._grid.addWidget(widget, number, place)
        self._lines.append((name, asked, says, dated))

    def _variables(self) -> tuple[Variable, ...]:
        before = {variable.name: variable for variable in self._template.variables}
        found = []
        for name, asked, says, dated in self._lines:
            code = name.text().strip()
            if not code:
                continue
            old = before.get(code, Variable(code, {}, {}))
            titles = {**old.titles, current_language(): asked.text().strip() or code}
            defaults = {**old.defaults, self._language: says.text().strip()}
            found.append(Variable(code, titles, defaults, dated.isChecked()))
        return tuple(found)

    def _decide(self) -> None:
        titles = {**self._template.titles, current_language(): self.name_title.text().strip()}
        decided = replace(self._template, id=self.name.text().strip(), titles=titles)
        if decided.kind == "letter":
            decided = replace(
                decided,
                purpose=str(self.purpose.currentData()),
                basis=self.basis.currentData(),
                variables=self._variables(),
            )
        try:
            check(decided if decided.trees else replace(decided, trees={"en": _SOMETHING}))
        except Invalid as refused:
            self._trouble.say(str(refused), "danger")
            return
        self.accept()  # first, so that the editor gets the keyboard
        self.decided.emit(decided)
