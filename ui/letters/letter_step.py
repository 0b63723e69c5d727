"""Second step: language and details of the letter, beside the letter of a real recipient as it will be printed."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from registry import vocabularies
from registry.documents import templates
from registry.documents.days import in_words
from registry.documents.preview import page_image
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.formats import number
from registry.i18n import N_, _, current_language, ngettext
from registry.progress import Progress
from ui import icons
from ui.desk import Desk
from ui.letters.draft import Draft, field_words
from ui.letters.sheet import Sheet
from ui.widgets.flow import Step
from ui.widgets.inputs import Labelled
from ui.widgets.labels import clear, column, icon_button, label, row
from ui.widgets.summary import Banner

if TYPE_CHECKING:
    from registry.outreach.preparing import Person

#: PDFium draws on one thread at a time.
_DRAWING = Lock()
#: Height of a sheet of A4 or Letter to its width, at the most; and how small it may become, in pixels.
_PROPORTION, _SMALLEST = 1.45, 160
AS_WRITTEN = N_("This is no day that can be said in each language, such as 2027-06-12 10:00: it is printed as it is.")
_PAUSE = 250  # milliseconds without a key after which the letter is drawn again


class LetterStep(Step):
    """What the letter says."""

    title = N_("Letter")
    main = N_("Continue")

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__()
        self._desk, self._draft = desk, draft
        self._place = 0
        outer = row(self, spacing=24)
        outer.addWidget(self._side())
        right = column(spacing=8)
        right.addLayout(self._turning())
        self._sheet = Sheet()
        self._sheet.resized.connect(self._draw)
        self._board = QScrollArea()
        self._board.setWidgetResizable(True)
        self._board.setWidget(self._sheet)
        right.addWidget(self._board, 1)
        outer.addLayout(right, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)

    def _side(self) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=16)
        self._language = QComboBox()
        self._language.currentIndexChanged.connect(self._choose_language)
        layout.addWidget(Labelled(_("Language"), self._language))
        self._details: QVBoxLayout = column(spacing=16)
        layout.addLayout(self._details)
        self._missing = Banner()
        layout.addWidget(self._missing)
        layout.addStretch(1)
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setFixedWidth(300)
        side.setWidget(inside)
        return side

    def _turning(self) -> QVBoxLayout:
        turning = row(spacing=4)
        self._before = icon_button("chevron_left", _("Previous recipient"), lambda: self._turn(-1))
        self._after = icon_button("chevron_right", _("Next recipient"), lambda: self._turn(1))
        self._who = label()
        turning.addStretch(1)
        turning.addWidget(self._before)
        turning.addWidget(self._who)
        turning.addWidget(self._after)
        self._larger = icon_button("zoom_in", _("Enlarge the letter"), self._zoom)
        turning.addWidget(self._larger)
        turning.addStretch(1)
        holder: QVBoxLayout = column(spacing=0)
        holder.addLayout(turning)
        return holder

    @property
    def sheet(self) -> Sheet:
        """The preview."""
        return self._sheet

    def enter(self) -> None:
        """Show what is decided."""
        self._place = 0
        template = templates.template(self._draft.template)
        self._language.blockSignals(True)
        self._language.clear()
        if self._draft.kind == PEOPLE:
            self._language.addItem(_("Each person’s own"), "auto")
        elif self._draft.language == "auto":  # an association has no language of its own
            self._draft.language = template.languages[0]
        for code in template.languages:
            self._language.addItem(vocabularies.get("language").label(code), code)
        self._language.setCurrentIndex(max(0, self._language.findData(self._draft.language)))
        self._language.blockSignals(False)
        self._ask_details()
        self._show_missing()
        self._draw()
        self._language.setFocus()

    def _ask_details(self) -> None:
        """One line a detail; of words, one a language that somebody gets the letter in."""
        clear(self._details)
        template = templates.template(self._draft.template)
        languages = self._draft.languages(template)
        for variable in template.variables:
            if variable.dated:
                self._details.addWidget(self._day(variable, languages[0]))
                continue
            for language in languages:
                self._details.addWidget(self._words(variable, language, several=len(languages) > 1))

    def _day(self, variable: templates.Variable, language: str) -> Labelled:
        """A day, written once: each letter says it in its own language, if it can be read."""
        line = self._line(variable.name, variable.defaults.get(language, ""))
        asked = Labelled(_titled(variable), line, self._hint())

        def tell() -> None:
            text = line.text().strip()
            lost = bool(text) and not in_words(text, language, "")
            asked.set_problem(_(AS_WRITTEN) if lost else "")

        line.textEdited.connect(tell)
        tell()
        return asked

    def _words(self, variable: templates.Variable, language: str, *, several: bool) -> Labelled:
        line = self._line(f"{variable.name}.{language}", variable.defaults.get(language, ""))
        name = vocabularies.get("language").label(language)
        title = _("{detail}, in {language}", detail=_titled(variable), language=name) if several else _titled(variable)
        return Labelled(title, line, self._hint())

    def _line(self, name: str, default: str) -> QLineEdit:
        line = QLineEdit(self._draft.variables.get(name, ""))
        line.setPlaceholderText(default)
        line.textEdited.connect(lambda text: self._write(name, text))
        return line

    def _hint(self) -> str:
        return "" if self._details.count() else _("Left empty, it says what is shown in grey.")

    def _zoom(self) -> None:
        """As wide as there is room, or whole again."""
        larger = self._sheet.minimumHeight() <= _SMALLEST
        self._sheet.setMinimumHeight(round(self._board.viewport().width() * _PROPORTION) if larger else _SMALLEST)
        icons.dress(self._larger, "zoom_out" if larger else "zoom_in")
        words = _("Show the whole letter") if larger else _("Enlarge the letter")
        self._larger.setToolTip(words)
        self._larger.setAccessibleName(words)

    def _write(self, name: str, text: str) -> None:
        if text.strip():
            self._draft.variables[name] = text.strip()
        else:
            self._draft.variables.pop(name, None)
        self._pause.start()

    def _choose_language(self) -> None:
        self._draft.language = self._language.currentData()
        self._ask_details()
        self._draw()

    def _show_missing(self) -> None:
        self._missing.say(missing_words(self._draft), "warning")

    def _people(self) -> tuple[Person, ...]:
        return self._draft.recipients.included if self._draft.recipients is not None else ()

    def _turn(self, step: int) -> None:
        self._place = (self._place + step) % max(1, len(self._people()))
        self._draw()

    def _draw(self) -> None:
        people = self._people()
        if not people or not self.isVisible():
            return
        person = people[self._place]
        words = _(
            "{place} of {count}: {name}", place=number(self._place + 1), count=number(len(people)), name=person.name
        )
        self._who.setText(words)
        for turn in (self._before, self._after):
            turn.setEnabled(len(people) > 1)
        query, width, registry = self._draft.preview(person), self._sheet.wanted_width, self._desk.registry

        def draw(progress: Progress) -> tuple[int, int, bytes]:
            with _DRAWING:
                progress.step(0, 0, "")  # nobody waits for the letter before this one
                return page_image(registry.read(query, progress).pdf, 0, width)

        self._sheet.setAccessibleName(_("The letter to {name}", name=person.name))
        self._desk.runner.call(draw, lambda page: self._sheet.show_page(*page), self._fail, key="preview")

    def _fail(self, error: RegistryError) -> None:
        self._sheet.clear()
        self._desk.fail(error)


def _titled(variable: templates.Variable) -> str:
    return variable.titles.get(current_language()) or variable.titles["en"]


def missing_words(draft: Draft) -> str:
    """Which fields of the letter are empty, and for how many; "" = none."""
    if draft.recipients is None or not draft.recipients.missing:
        return ""
    lines = [
        ngettext(
            "{field}: missing in {count} letter", "{field}: missing in {count} letters", count, field=field_words(name)
        )
        for name, count in sorted(draft.recipients.missing.items(), key=lambda item: -item[1])
    ]
    return "\n".join([_("The letter leaves out what is missing:"), *lines])
