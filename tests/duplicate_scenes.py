"""Pictures of duplicates: the queue and the comparison, what a card says of them, taking apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry.commands import AddRecord, FindDuplicates
from registry.queries import ReviewDuplicates
from ui.pages.quality import QualityPage

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


#: Name of the picture -> what sets the stage.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "duplicates": review,
    "duplicates-pair": pair,
    "duplicates-none": none_yet,
}
