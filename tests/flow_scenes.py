"""Pictures of the flows: passports, import, export, letters, skills, administration; each returns what to draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from registry.commands import SetHostFact
from registry.demo.workbook import write_messy_workbook
from registry.queries import ListIds
from tests.registry.transfer.importing import write_workbook
from ui.administration.history_tab import HistoryTab
from ui.administration.staff_tab import StaffTab
from ui.dialogs.export import open_export
from ui.dialogs.make_form import open_make_form
from ui.dialogs.passport import PassportDialog
from ui.importing.flow import ImportFlow
from ui.letters.flow import LettersFlow
from ui.page import Page
from ui.pages.administration import AdministrationPage
from ui.pages.exchange import ExchangePage
from ui.pages.outreach import OutreachPage
from ui.pages.quality import QualityPage
from ui.pages.records import RecordsPage
from ui.pages.skills import SkillsPage
from ui.places import Selection
from ui.window import MainWindow

if TYPE_CHECKING:
    from tests.screenshots import Stage

Shown = TypeVar("Shown", bound=Page)


def _page(stage: Stage, place: str, kind: type[Shown], registry: str = "full") -> Shown:
    page = stage.window(registry, place).page
    assert isinstance(page, kind)
    return page


# --- people -----------------------------------------------------------------------------------------------------

#: The zone of an invented person's passport, one character of its number misread.
_ZONE = "P<D<<VON<ARNAU<<HALINA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T468D<<8512039F3102282<<<<<<<<<<<<<<06"


def passport(stage: Stage) -> QWidget:
    """The dialog that reads a zone."""
    page = _page(stage, "people", RecordsPage)
    page.start_new()
    page.card._ask_zone()
    stage.settle()
    dialog = page.window().findChildren(PassportDialog)[-1]
    dialog.zone.setPlainText(_ZONE)
    stage.settle()
    return dialog


def filled_from_passport(stage: Stage) -> QWidget:
    """A new person's card, filled from that passport; an address in Japan begun."""
    dialog = passport(stage)
    assert isinstance(dialog, PassportDialog)
    window = dialog.parentWidget()
    assert isinstance(window, MainWindow)
    page = window.page
    assert isinstance(page, RecordsPage)
    dialog.main.click()
    stage.settle()
    editors = {editor.name: editor for editor in page.card.form.editors()}
    for name, text in (("country", "JPN"), ("postal_code", "100"), ("region", "Tokyo"), ("street", "1-1 Chiyoda")):
        editors[f"address.{name}"].set_value(text, initial=False)
        editors[f"address.{name}"].check()
    page.card.form.ensureWidgetVisible(editors["address.country"])
    stage.settle()
    return page.window()


# --- exchange ---------------------------------------------------------------------------------------------------


def import_columns(stage: Stage) -> QWidget:
    """A messy workbook, its columns matched."""
    return _import(stage).window()


def import_file(stage: Stage) -> QWidget:
    """Nothing chosen yet."""
    page = _page(stage, "exchange", ExchangePage)
    page.begin_import()
    stage.settle()
    return page.window()


def import_refused(stage: Stage) -> QWidget:
    """A file that is no list."""
    file = stage.folder / "holiday.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 no list")
    page = _page(stage, "exchange", ExchangePage)
    page.take(file)
    stage.settle()
    return page.window()


def import_sheets(stage: Stage) -> QWidget:
    """A workbook with further sheets, one of which only counts its rows."""
    people = [["ID", "Name", "Town"], *([place, f"Maro Quillon {place}", "Lyon"] for place in range(1, 9))]
    skills = [
        ["ID", "Skill", "Level"],
        *([1 + place % 5, "Cooking", "expert"] for place in range(11)),
        [99, "Sewing", ""],
    ]
    jobs = [["ID", "Employer"], *([place, "Atelier"] for place in range(1, 9))]
    file = write_workbook(stage.folder / "sheets.xlsx", People=people, Skills=skills, Jobs=jobs)
    page = _page(stage, "exchange", ExchangePage)
    page.take(file)
    stage.settle()
    return page.window()


def import_plan(stage: Stage) -> QWidget:
    """What would happen to each row."""
    flow = _import(stage)
    flow.advance()
    stage.settle()
    flow.check.chips.choose("review")
    stage.settle()
    return flow.window()


def import_result(stage: Stage) -> QWidget:
    """What happened, in a registry of its own."""
    from tests.screenshots import make_registry

    registry = f"imported-{len(list(stage.folder.glob('imported-*')))}"
    make_registry(stage.folder / registry, 0)
    flow = _import(stage, registry)
    flow.advance()
    stage.settle()
    flow.check.apply()
    stage.settle()
    return flow.window()


def _import(stage: Stage, registry: str = "full") -> ImportFlow:
    file = stage.folder / "messy workbook.xlsx"
    if not file.exists():
        write_messy_workbook(file, count=600)
    page = _page(stage, "exchange", ExchangePage, registry)
    page.take(file)
    stage.settle()
    assert page.flow is not None
    return page.flow


def export(stage: Stage) -> QWidget:
    """The export dialog."""
    page = _page(stage, "people", Page)
    dialog = open_export(page.desk, Selection("people", "country:FRA", None, 0))
    stage.settle()
    return dialog


def make_form(stage: Stage) -> QWidget:
    """The dialog that makes forms."""
    dialog = open_make_form(_page(stage, "exchange", Page).desk)
    stage.settle()
    return dialog


# --- outreach ---------------------------------------------------------------------------------------------------


def letters(stage: Stage, step: int) -> QWidget:
    """One step of letters to the people in France."""
    flow = _letters(stage)
    for _ in range(step):
        flow.advance()
        stage.settle()
    return flow.window()


def campaigns(stage: Stage, registry: str = "full") -> QWidget:
    """The campaigns that were printed."""
    return _page(stage, "outreach", OutreachPage, registry).window()


def _letters(stage: Stage, query: str = "country:FRA") -> LettersFlow:
    page = _page(stage, "outreach", OutreachPage)
    page.arrive(Selection("people", query, None, 0))
    stage.settle()
    assert page.flow is not None
    return page.flow


def letters_done(stage: Stage) -> QWidget:
    """The letters of some marked people, printed."""
    page = _page(stage, "outreach", OutreachPage)
    found = page.desk.registry.read(ListIds("people", "country:FRA"))
    page.arrive(Selection("people", "", tuple(found[:40]), 40))
    stage.settle()
    assert page.flow is not None
    page.flow.show_step(2)
    page.flow.printing.print_to(Path(stage.folder) / "letters.pdf")
    stage.settle()
    return page.window()


# --- skills -----------------------------------------------------------------------------------------------------


def skills(stage: Stage, rows: str = "occupation.1", columns: str = "country") -> QWidget:
    """The table of who can do what and where."""
    return _skills(stage, rows, columns).window()


def skills_workbook(stage: Stage) -> QWidget:
    """The dialog of the workbook, for the medical professions."""
    page = _skills(stage, "occupation.1", "country")
    page.preset.setCurrentIndex(page.preset.findData("medical"))
    page.preset.activated.emit(page.preset.currentIndex())
    stage.settle()
    page.write_workbook()
    stage.settle()
    return page.window().findChildren(QDialog)[-1]


def _skills(stage: Stage, rows: str, columns: str) -> SkillsPage:
    page = _page(stage, "skills", SkillsPage)
    for box, code in ((page.rows, rows), (page.columns, columns)):
        box.setCurrentIndex(box.findData(code))
        box.activated.emit(box.currentIndex())
    stage.settle()
    return page


# --- quality ----------------------------------------------------------------------------------------------------


def quality(stage: Stage, by: str = "") -> QWidget:
    """The score, and what the records lack; by the values of a field."""
    page = _page(stage, "quality", QualityPage)
    page.arrive("overview")
    page.overview.by.setCurrentIndex(page.overview.by.findData(by))
    page.overview.by.activated.emit(page.overview.by.currentIndex())
    stage.settle()
    return page.window()


def coding(stage: Stage) -> QWidget:
    """Texts that wait for a code."""
    page = _page(stage, "quality", QualityPage)
    page.arrive("coding")
    stage.settle()
    return page.window()


# --- administration ---------------------------------------------------------------------------------------------


def administration(stage: Stage, tab: str, registry: str = "full") -> QWidget:
    """A tab."""
    page = _page(stage, "administration", AdministrationPage, registry)
    page.arrive(tab)
    stage.settle()
    history = page.tabs["history"]
    if tab == "history" and isinstance(history, HistoryTab):
        history.verify()
        stage.settle()
    return page.window()


def hosts(stage: Stage) -> QWidget:
    """Host countries, two of them known."""
    page = _page(stage, "administration", AdministrationPage)
    for country, value in (("FRA", "yes"), ("ARE", "partly")):
        page.desk.runner.registry.execute(SetHostFact(country, "dual_citizenship", value, "Invented for this picture"))
    page.arrive("hosts")
    stage.settle()
    return page.window()


def add_account(stage: Stage) -> QWidget:
    """The dialog of a new account."""
    page = _page(stage, "administration", AdministrationPage)
    page.arrive("staff")
    stage.settle()
    staff = page.tabs["staff"]
    assert isinstance(staff, StaffTab)
    dialog: QDialog = staff.add()
    stage.settle()
    return dialog


#: Those that are drawn as they are: name of the picture -> what sets the stage; campaigns come after the letters.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "import-file": import_file,
    "import-refused": import_refused,
    "import-result": import_result,
    "letters-done": letters_done,
    "outreach": campaigns,
    "staff": lambda stage: administration(stage, "staff"),
    "staff-add": add_account,
    "hosts": hosts,
    "checks": lambda stage: administration(stage, "checks"),
}
