"""Pictures of duplicates: the queue and the comparison, what a card says of them, taking apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from registry.app import Registry
from registry.commands import AddRecord, EditRecord, FindDuplicates, KeepApart, LoadDemonstration, MergeRecords
from registry.queries import ListDuplicates, ListIds, ReviewDuplicates, WeighAnswers
from tests.bench.families import entries
from ui.pages.quality import QualityPage
from ui.pages.records import RecordsPage
from ui.places import Selection
from ui.quality.merge_dialog import merge_marked

if TYPE_CHECKING:
    from tests.screenshots import Stage

#: An invented person, registered three times.
NADIA = {
    "full_name": "Nadia Haddad-Moreau",
    "family_name": "Haddad-Moreau",
    "given_name": "Nadia",
    "birth_date": "1984-05-17",
    "sex": "female",
    "phone": "+33 1 99 00 22 41",
    "email": "nadia.haddad@example.org",
    "address.street": "14 rue des Lanternes",
    "address.city": "Lyon",
    "address.postal_code": "69003",
    "address.country": "FRA",
    "skill": "nursing",
    "registered_on": "2016-02-11",
}
NADIAS = (
    NADIA,
    NADIA | {"full_name": "Nadia Haddad", "family_name": "Haddad", "birth_date": "1984-05-17", "occupation": "Nurse"},
    NADIA
    | {
        "full_name": "Nadja Haddad",
        "family_name": "Haddad",
        "given_name": "Nadja",
        "native_name": "نادية حداد",
        "email": "n.haddad@example.org",
        "last_confirmed": "2025-09-02",
    },
)
#: Another, twice.
OSKAR = {"full_name": "Oskar Lindqvist-Baro", "birth_date": "1990-01-30", "phone": "+33 1 99 00 88 12"}
OSKARS = (OSKAR | {"occupation": "Joiner"}, OSKAR | {"full_name": "Oscar Lindqvist Baro", "email": "oscar@example.org"})


def _prepared(stage: Stage) -> QualityPage:
    """One person registered three times, and what the engine finds beside."""
    page = stage.page("quality")
    assert isinstance(page, QualityPage)
    registry = page.desk.registry
    if not registry.read(ReviewDuplicates()).looked_at:
        for texts in NADIAS:
            registry.execute(AddRecord("people", texts))
        registry.execute(FindDuplicates())
    page.arrive(("duplicates", 0))
    stage.settle()
    return page


def review(stage: Stage) -> QWidget:
    """The queue, and the likeliest group side by side."""
    return _prepared(stage).window()


def pair(stage: Stage) -> QWidget:
    """Two records, only what differs."""
    page = _prepared(stage)
    places = [n for n, group in enumerate(page.duplicates._groups) if len(group.ids) == 2]
    page.duplicates.queue.setCurrentRow(places[0])
    page.duplicates.comparison.differences.setChecked(True)
    stage.settle()
    return page.window()


def none_yet(stage: Stage) -> QWidget:
    """Nobody has looked for duplicates."""
    page = stage.window("empty", "quality").page
    assert isinstance(page, QualityPage)
    return page.window()


def _merged(stage: Stage) -> RecordsPage:
    """A record of which another is part, with something added since; its card is open."""
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    registry = page.desk.registry
    if not registry.read(ListIds("people", "Lindqvist-Baro")):
        first, *others = (registry.execute(AddRecord("people", texts)).value.id for texts in OSKARS)
        registry.execute(MergeRecords(first, tuple(others)))
        since = {"email.2": "since.the.merge@example.org", "language": "German", "occupation": "Carpenter"}
        registry.execute(EditRecord("people", first, since))
    page.open_record(registry.read(ListIds("people", "Lindqvist-Baro"))[0])
    stage.settle()
    return page


def merged_card(stage: Stage) -> QWidget:
    """What a card says of the records that are part of it."""
    return _merged(stage).window()


def maybe_card(stage: Stage) -> QWidget:
    """What a card says of who may be the same."""
    group = _prepared(stage).duplicates.comparison.ids
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    page.open_record(group[0])
    stage.settle()
    return page.window()


def typing(stage: Stage) -> QWidget:
    """Who may be the same, beside the card of somebody who is being registered."""
    _prepared(stage)
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    page.start_new()
    editors = {editor.name: editor for editor in page.card.form.editors()}
    for name, text in (("full_name", "Надя Haddad"), ("birth_date", NADIA["birth_date"])):
        editors[name].set_value(text, initial=False)
    page.card.similar._ask()
    stage.settle()
    return page.window()


def take_apart(stage: Stage) -> QWidget:
    """Where does it belong?"""
    page = _merged(stage)
    page.card.same.apart.click()
    stage.settle()
    return page.window().findChildren(QDialog)[-1]


def merge(stage: Stage) -> QWidget:
    """The comparison of records that were marked in the list."""
    ids = _prepared(stage).duplicates.comparison.ids
    page = stage.page("people")
    merge_marked(page.desk, Selection("people", "", ids, len(ids)))
    stage.settle()
    return page.window().findChildren(QDialog)[-1]


def _answered(registry: Registry) -> None:
    """Pairs of whom officers said what they are, now and then otherwise than the program would have."""
    registry.execute(LoadDemonstration("people", tuple(person for _who, person in entries(120, 2))))
    registry.execute(FindDuplicates())
    gone: set[int] = set()
    for number, pair in enumerate(reversed(registry.read(ListDuplicates("people", 0.1, 500)))):
        ids, names = (pair.one.id, pair.other.id), (pair.one.external_id, pair.other.external_id)
        if all(names) and gone.isdisjoint(ids):
            gone.update(ids)
            same = names[0][1:] == names[1][1:] and number > 6
            registry.execute(MergeRecords(ids[0], ids[1:]) if same else KeepApart(ids))


def answers(stage: Stage) -> QWidget:
    """What the answers teach, before they count."""
    page = _prepared(stage)
    registry = page.desk.registry
    if registry.read(WeighAnswers()).taught is None:
        _answered(registry)
    page.duplicates.weigh_answers()
    stage.settle()
    return page.window().findChildren(QDialog)[-1]


#: Name of the picture -> what sets the stage.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "duplicates": review,
    "duplicates-pair": pair,
    "duplicates-none": none_yet,
    "duplicates-card": maybe_card,
    "duplicates-merge": merge,
    "duplicates-typing": typing,
    "merged-card": merged_card,
    "take-apart": take_apart,
    "duplicates-answers": answers,
}
