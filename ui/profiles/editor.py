"""The editor of a profile template: its parts at one side, the chosen part at the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from registry.changes import Outcome
from registry.commands import ActivateProfile, SaveProfile
from registry.errors import Invalid, RegistryError
from registry.fields import in_words
from registry.i18n import LANGUAGES, _
from registry.profiles.arranging import (
    Path,
    changed,
    code_of,
    moved,
    part_at,
    path_of,
    renamed,
    with_question,
    with_section,
    without,
)
from registry.profiles.checking import check
from registry.profiles.definition import Question, Section, Template
from registry.queries import GetSettings
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.profiles.head_forms import SectionForm, TemplateForm
from ui.profiles.outline import Outline
from ui.profiles.preview import PreviewDialog
from ui.profiles.question_form import QuestionForm, Surroundings, earlier_questions
from ui.widgets.labels import button, column, row, scrolled
from ui.widgets.summary import Banner

_HEIGHT, _FORM_WIDTH = 500, 480


class TemplateEditor(Dialog):
    """Works on a template of its own until it is saved as a new version.

    Attributes:
        template: as it stands.
    """

    def __init__(
        self, desk: Desk, template: Template, saved: Template | None, parent: QWidget | None, *, active: bool = False
    ) -> None:
        """`saved` is what the registry has of it, None = nothing yet; `active` whether it asks that now."""
        super().__init__(_("Profile template"), parent, width=900)
        self._desk, self._saved, self._active = desk, saved, active
        self.template = self._before = template
        self._languages = tuple(dict.fromkeys((*LANGUAGES, *template.languages)))
        self._warned = self._use = False
        self.outline = Outline()
        self.head, self.section, self.question = TemplateForm(), SectionForm(), QuestionForm()
        self._stack = QStackedWidget()
        self._areas = [scrolled(form) for form in (self.head, self.section, self.question)]
        self._trouble = Banner()
        self._build()
        self._connect()
        self._show(())
        self.head.titles.setFocus()

    def _build(self) -> None:
        beside = row(spacing=16)
        beside.addWidget(self.outline, 2)
        for area in self._areas:
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setMinimumWidth(_FORM_WIDTH)
            self._stack.addWidget(area)
        self._stack.setMinimumHeight(_HEIGHT)
        beside.addWidget(self._stack, 3)
        inside = column(spacing=12)
        inside.addLayout(beside, 1)
        inside.addWidget(self._trouble)
        self.body.addLayout(inside, 1)
        self.buttons.insertWidget(0, button(_("Preview…"), self.preview, icon="visibility"))
        self.add_cancel()
        if self._active:
            self.save_button = self.add_main(_("Save"))
        else:
            self._only_save = button(_("Save, do not use yet"), lambda: self.save(use=False))
            self.buttons.addWidget(self._only_save)
            self.save_button = self.add_main(_("Save and use"))
        self.save_button.clicked.connect(lambda: self.save(use=True))
        self.save_button.setDefault(False)  # Enter belongs to what is being written

    def _connect(self) -> None:
        self.outline.chosen.connect(self._show_part)
        self.outline.section_asked.connect(self.add_section)
        self.outline.question_asked.connect(self.add_question)
        self.outline.removal_asked.connect(self.remove)
        self.outline.move_asked.connect(self.move_part)
        self.head.edited.connect(self._take)
        self.head.language_asked.connect(self.add_language)
        self.section.edited.connect(self._take)
        self.question.edited.connect(self._take)

    # --- showing ------------------------------------------------------------------------------------------------

    def _show(self, path: Path) -> None:
        """Draw the parts anew, one of them as the current one."""
        self.outline.show_template(self.template, path)
        self._show_part(path)

    def _show_part(self, path: Path) -> None:
        part = part_at(self.template, path)
        if isinstance(part, Template):
            self.head.show_template(part, self._languages, saved=self._saved is not None)
            self._stack.setCurrentIndex(0)
        elif isinstance(part, Section):
            self.section.show_section(part, self._languages)
            self._stack.setCurrentIndex(1)
        else:
            earlier = earlier_questions(tuple(self.template.questions), part.code)
            self.question.show_question(part, Surroundings(self._languages, earlier, self._saved_question(part.code)))
            self._stack.setCurrentIndex(2)

    def _saved_question(self, code: str) -> Question | None:
        known = self._saved.questions if self._saved is not None else iter(())
        return next((q for q in known if q.code == code), None)

    def _take(self) -> None:
        """What was typed into the part that is shown."""
        path = self.outline.path
        part = part_at(self.template, path)
        if isinstance(part, Template):
            self.template = self.head.template(part)
            self.outline.rename(in_words(self.template.titles))
        elif isinstance(part, Section):
            section = self.section.section(part)
            self.template = changed(self.template, path, section)
            self.outline.rename(in_words(section.titles))
        else:
            question = self._named(self.question.question(), part)
            self.template = renamed(changed(self.template, path, question), part.code, question.code)
            self.outline.rename(in_words(question.labels))
        self._forget_trouble()

    def _named(self, question: Question, before: Question) -> Question:
        """Until it is saved, a question's code follows the words that it was made of."""
        others = {q.code for q in self.template.questions} - {before.code}
        made = code_of(before.labels[0][1], others, "question") if before.labels else ""
        follows = before.code == made or not before.labels
        if self._saved_question(before.code) is not None or not follows or question.code != before.code:
            return question
        code = code_of(question.labels[0][1] if question.labels else "", others, "question")
        self.question.code.setText(code)
        return replace(question, code=code)

    # --- parts --------------------------------------------------------------------------------------------------

    def add_section(self) -> None:
        """A section behind the current one."""
        path = self.outline.path
        place = path[0] + 1 if path else len(self.template.sections)
        code = code_of("", {s.code for s in self.template.sections}, "section")
        self.template = with_section(self.template, Section(code, (), ()), place)
        self._show((place,))
        self.section.titles.setFocus()

    def add_question(self) -> None:
        """A question behind the current one; in a section of its own where there is none yet."""
        if not self.template.sections:
            self.template = with_section(self.template, Section("section", (), ()), 0)
        path = self.outline.path or (len(self.template.sections) - 1,)
        place = path[1] + 1 if len(path) > 1 else len(self.template.sections[path[0]].questions)
        code = code_of("", {q.code for q in self.template.questions}, "question")
        self.template = with_question(self.template, Question(code, "text", ()), (path[0], place))
        self._show((path[0], place))
        self.question.labels.setFocus()

    def remove(self) -> None:
        """Take the current part out; its answers stay readable."""
        path = self.outline.path
        if path:
            self.template = without(self.template, path)
            self._show(path[:-1])
            self.outline.setFocus()
            self._forget_trouble()

    def move_part(self, by: int) -> None:
        """Put the current part one place further up or down."""
        self.template, path = moved(self.template, self.outline.path, by)
        self._show(path)
        self._forget_trouble()

    def add_language(self, language: str) -> None:
        """Offer every word in one more language."""
        self._languages = tuple(dict.fromkeys((*self._languages, language)))
        self._show_part(self.outline.path)
        self.head.titles.inputs[language].setFocus()

    # --- the end ------------------------------------------------------------------------------------------------

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost."""
        return self.template != self._before

    def preview(self) -> None:
        """Try the questions out as they stand."""
        if self._good():
            self._desk.read(GetSettings(), lambda settings: self._open_preview(settings.get("country", "")))

    def _open_preview(self, country: str) -> None:
        PreviewDialog(self.template, self._desk, country, self).open()

    def save(self, *, use: bool) -> None:
        """Keep it as a new version, and ask its questions from now on if that is wanted."""
        if not self._good():
            return
        self._use = use and not self._active
        self._let_save(allowed=False)
        self._desk.execute(SaveProfile(self.template), self._kept, self._refuse, title=_("Saving"))

    def _kept(self, outcome: Outcome[int]) -> None:
        name = in_words(self.template.titles)
        if self._use:
            self._desk.execute(ActivateProfile(self.template.name), lambda _outcome: self._used(name), self._refuse)
            return
        said = _("“{name}” was saved as version {version}.", name=name, version=outcome.value)
        self._desk.say(said, "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _used(self, name: str) -> None:
        said = _("“{name}” is in use: its questions stand on every card.", name=name)
        self._desk.say(said, "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _good(self) -> bool:
        """Whether it can be used; else it is shown where something is wrong."""
        try:
            check(self.template)
        except Invalid as error:
            self._refuse(error)
            return False
        return True

    def _refuse(self, error: RegistryError) -> None:
        self._let_save(allowed=True)
        if isinstance(error, Invalid) and error.field is not None:
            self._show(path_of(error.field))
        self._trouble.say(str(error), "danger")

    def _let_save(self, *, allowed: bool) -> None:
        for each in self._saving_buttons():
            each.setEnabled(allowed)

    def _saving_buttons(self) -> Sequence[QWidget]:
        return [self.save_button] if self._active else [self.save_button, self._only_save]

    def _forget_trouble(self) -> None:
        self._warned = False
        self._trouble.say("", "danger")

    def reject(self) -> None:
        """Leave; what was changed is lost only when that is said twice."""
        if self.is_dirty and not self._warned:
            self._warned = True
            self._trouble.say(_("This template has changes that are not saved. Cancel again to lose them."), "warning")
        else:
            super().reject()
