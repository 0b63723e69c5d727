"""The demonstration: a marked registry of invented people, and the main job done on it once, for real."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from registry import setup
from registry.app import Registry
from registry.commands import ChangeSetting, ExportRecords, ImportRecords, LoadDemonstration, WriteLetters
from registry.demo import questionnaires, surroundings, waiting
from registry.demo.associations import associations
from registry.demo.people import people as invented_people
from registry.demo.workbook import write_messy_workbook
from registry.errors import Invalid, RegistryError
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_, _
from registry.progress import Progress
from registry.queries import GetSettings, PlanImport, Search
from registry.vocabularies import DEMONSTRATION_COUNTRY

USER = PASSWORD = "demo"
_POST, _COUNTRY = "LYS", "FRA"
_REASON = "demonstration"
_PARTS = ("registry.db", "registry.db-wal", "registry.db-shm", "keys.json")
#: People of one operation: so many fit in memory with their history, whatever the size of the whole.
_BATCH = 10_000
_QUERY = "country:FR state:active"
#: How the invented consulate signs its letters.
_SETTINGS = {
    "home_name": "Republic of Valdoria",
    "home_name.fr": "République de Valdorie",
    "post_name": "Consulate General in Lyon",
    "post_name.fr": "Consulat général à Lyon",
    "post_city": "Lyon",
    "post_address": "7 quai des Acacias-Inventés\n69002 LYON",
}
_TEMPLATE = "annual-forum"

TAKEN = N_("“{name}” holds something that is not a demonstration registry. Choose a new folder.")
LABELS = {
    "workbook": N_("Wrote a messy list"),
    "import_report": N_("Imported the list, with a report"),
    "xlsx": N_("Searched, and exported to a workbook"),
    "csv": N_("Exported everybody to a text file"),
    "letters": N_("Printed letters"),
}


@dataclass(frozen=True)
class Demonstration:
    """What was done.

    Attributes:
        people, associations: records loaded.
        imported: records created from the messy list.
        found: people whom the search found.
        letters: letters printed.
        outputs: step of `LABELS` -> file.
        counts: step -> how many records it was about.
        seconds: how long everything took.
    """

    people: int
    associations: int
    imported: int
    found: int
    letters: int
    outputs: Mapping[str, Path]
    counts: Mapping[str, int]
    seconds: float


def run(folder: Path, *, people: int, seed: int, progress: Progress) -> Demonstration:
    """Make the registry in `folder` and the files in `<folder>-output`; an older demonstration is made anew.

    Raises `Invalid` if the folder holds anything else.
    """
    started = time.monotonic()
    folder = folder.absolute()
    outputs = folder.with_name(folder.name + "-output")
    _clear(folder)
    setup.create(
        folder,
        post=_POST,
        country=_COUNTRY,
        home=DEMONSTRATION_COUNTRY,
        admin=USER,
        password=PASSWORD,
        demonstration=True,
    )
    outputs.mkdir(exist_ok=True)
    with Registry.open(folder, USER, PASSWORD) as registry:
        questionnaires.use(registry)
        rows = questionnaires.answered(associations(seed), ASSOCIATIONS, seed)
        loaded = registry.execute(LoadDemonstration(ASSOCIATIONS, tuple(rows)), progress).value
        for done, some in _batches(people, seed):
            progress.step(done, people, _("Inventing people"))
            registry.execute(LoadDemonstration(PEOPLE, some), progress)
        waiting.let_consents_run_out(registry, date.today())
        for name, value in _SETTINGS.items():
            registry.execute(ChangeSetting(name, value))
        surroundings.fill(registry, people)
        files, counts = _main_job(registry, outputs, people, seed, progress)
    seconds = round(time.monotonic() - started, 2)
    return Demonstration(
        people, loaded, counts["import_report"], counts["xlsx"], counts["letters"], files, counts, seconds
    )


def _main_job(
    registry: Registry, folder: Path, people: int, seed: int, progress: Progress
) -> tuple[dict[str, Path], dict[str, int]]:
    """Import a messy list, search, export, print letters; returns files and counts by step."""
    files = {
        "workbook": folder / "honorary-consul-list.xlsx",
        "import_report": folder / "import-report.xlsx",
        "xlsx": folder / "active-in-france.xlsx",
        "csv": folder / "everybody.csv",
        "letters": folder / "letters.pdf",
    }
    write_messy_workbook(files["workbook"], seed, people)
    counts = dict(zip(("workbook", "import_report"), _import(registry, files, progress), strict=True))
    found = registry.read(Search(_QUERY))
    for step, query in (("xlsx", _QUERY), ("csv", "")):
        registry.confirm(PASSWORD)
        counts[step] = registry.execute(ExportRecords(PEOPLE, query, files[step], _REASON), progress).value
    if counts["xlsx"] != found.total:
        raise RegistryError(N_("The search and the export found different people."))
    registry.confirm(PASSWORD)
    written = registry.execute(WriteLetters("", _TEMPLATE, files["letters"], _REASON), progress).value
    counts["letters"] = written.letters
    return files, counts


def _import(registry: Registry, files: Mapping[str, Path], progress: Progress) -> tuple[int, int]:
    """Import the messy list with its report; returns its rows and how many records were created."""
    from registry.transfer.options import ImportOptions
    from registry.transfer.planning.report import write_report

    plan = registry.read(PlanImport(files["workbook"], ImportOptions()), progress)
    done = registry.execute(ImportRecords(plan), progress).value
    write_report(plan, files["import_report"])
    return done.rows, done.created


def _batches(people: int, seed: int) -> Iterator[tuple[int, tuple[Mapping[str, str], ...]]]:
    """The invented people in order, with how many came before."""
    situated = waiting.situated(invented_people(people, seed), date.today())
    stream = questionnaires.answered(situated, PEOPLE, seed)
    done = 0
    while rows := tuple(islice(stream, _BATCH)):
        yield done, rows
        done += len(rows)


def _clear(folder: Path) -> None:
    """Remove an older demonstration; raises `Invalid` for anything else that stands there."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not _is_demonstration(folder):
        raise Invalid(TAKEN, name=folder.name)
    for part in _PARTS:
        (folder / part).unlink(missing_ok=True)
    shutil.rmtree(folder / "backups", ignore_errors=True)


def _is_demonstration(folder: Path) -> bool:
    """Whether the registry in `folder` opens with the password that only demonstrations may have."""
    try:
        with Registry.open(folder, USER, PASSWORD) as registry:
            return registry.read(GetSettings()).get("demonstration") == "1"
    except RegistryError:
        return False
