"""The skills inventory as a workbook: who is in it, who is not, and above a number of people why it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from registry.commands import WriteSkillsWorkbook
from registry.i18n import _, ngettext
from registry.skills.workbook import SkillsWorkbook
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.widgets.files import ask_target
from ui.widgets.labels import label


@dataclass(frozen=True)
class Chosen:
    """What the page shows when the workbook is asked for.

    Attributes:
        title: name of the selection, translated.
        query, preset: as of `WriteSkillsWorkbook`.
        people: how many take part; left_out: how many refused.
        who: the sentence about who counts, "" = there is no definition.
        everybody: as of `WriteSkillsWorkbook`.
    """

    title: str
    query: str
    preset: str
    people: int
    left_out: int
    who: str = ""
    everybody: bool = False


class SkillsWorkbookDialog(TakingOut):
    """Asks for the reason and for the file."""

    def __init__(self, desk: Desk, chosen: Chosen, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Skills workbook"), parent)
        self._chosen = chosen
        who = ngettext(
            "{selection}: {count} person.", "{selection}: {count} people.", chosen.people, selection=chosen.title
        )
        self.form.addWidget(label(who, wrap=True))
        what = _(
            "The workbook has their skills, occupations, languages and addresses, and the counts by country and level. "
            "It is not encrypted: give it only to whom it is for."
        )
        self.form.addWidget(label(what, "quiet", wrap=True))
        if chosen.who:
            self.form.addWidget(label(chosen.who, "quiet", wrap=True))
        if chosen.left_out:
            self.form.addWidget(label(left_out(chosen.left_out), "quiet", wrap=True))
        self.add_reason(_("Why it is written"))
        self.end_form()
        self.show_count(chosen.people)
        self.reason.setFocus()

    def ask_file(self) -> None:
        """Ask where the workbook shall be written, then write it."""
        name, pattern = _("skills-inventory") + ".xlsx", _("Excel workbook (*.xlsx)")
        ask_target(self, self.desk.settings, "export", _("Save the workbook"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the workbook."""
        chosen = self._chosen
        command = WriteSkillsWorkbook(chosen.query, path, self.reason.text().strip(), chosen.preset, chosen.everybody)
        self.write_file(command, path, _("Writing the workbook"), _said)


def _said(made: SkillsWorkbook) -> str:
    return ngettext("{count} person is in the workbook.", "{count} people are in the workbook.", made.people)


def left_out(count: int) -> str:
    """The sentence about those who refused."""
    return ngettext(
        "{count} person refused the skills inventory and is left out.",
        "{count} people refused the skills inventory and are left out.",
        count,
    )


def who_counts(definition: str, outside: int, *, everybody: bool) -> str:
    """The sentence about the ministry's definition; "" without one."""
    if not definition:
        return ""
    if everybody:
        return _(
            "Everybody is counted, also who does not count by the definition: {definition}.", definition=definition
        )
    within = _("Who counts: {definition}.", definition=definition)
    others = ngettext("{count} other person is not counted.", "{count} other people are not counted.", outside)
    return f"{within} {others}" if outside else within
