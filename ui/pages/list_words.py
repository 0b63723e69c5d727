"""What the lists of people and of associations call their records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from registry import fields
from registry.i18n import N_, ngettext


@dataclass(frozen=True)
class ListWords:
    """What a list calls its records; catalogue messages, and what it says of a number of them."""

    icon: str
    title: str
    new: str
    empty: str
    empty_text: str
    count: Callable[[int], str]
    deleted: Callable[[int], str]
    columns: tuple[str, ...]


WORDS = {
    fields.PEOPLE: ListWords(
        "groups",
        N_("People"),
        N_("New person"),
        N_("No people yet"),
        N_("Take in the list you keep today, or register the first person."),
        lambda count: ngettext("{count} person", "{count} people", count),
        lambda count: ngettext("{count} person deleted.", "{count} people deleted.", count),
        ("full_name", "number", "birth_date", "address.city", "address.country", "phone", "state"),
    ),
    fields.ASSOCIATIONS: ListWords(
        "diversity_3",
        N_("Associations"),
        N_("New association"),
        N_("No associations yet"),
        N_("Take in the list you keep today, or add the first association."),
        lambda count: ngettext("{count} association", "{count} associations", count),
        lambda count: ngettext("{count} association deleted.", "{count} associations deleted.", count),
        ("name", "acronym", "type", "address.city", "address.country", "members", "contact_person", "email"),
    ),
}
