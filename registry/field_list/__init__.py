"""The descriptions themselves: to add a field, add a column, a migration and one entry in the file of its group."""

from __future__ import annotations

from functools import cache

from registry.field_list import abilities, association, person
from registry.field_list.shared import (
    ACTIVITY_FIELDS,
    ADDRESS_FIELDS,
    CONTACT_FIELDS,
    notes_fields,
    registration_fields,
)
from registry.fields import Field


@cache
def person_fields() -> tuple[Field, ...]:
    """Every field of a person, in the order of the card."""
    return (
        *registration_fields("person"),
        *person.PERSON_STATE,
        *person.PERSON_NAMES,
        *person.PERSON_IDENTITY,
        *person.PERSON_ORIGIN,
        *person.PERSON_DOCUMENTS,
        *person.PERSON_FAMILY,
        *CONTACT_FIELDS,
        *abilities.PERSON_PREFERENCES,
        *ADDRESS_FIELDS,
        *person.PERSON_MIGRATION,
        *abilities.PERSON_EDUCATION,
        *abilities.PERSON_WORK,
        *abilities.PERSON_SKILLS,
        *abilities.PERSON_ENGAGEMENT,
        *abilities.PERSON_REMITTANCES,
        *abilities.PERSON_ELECTIONS,
        *person.MEMBERSHIPS,
        *person.consent_fields(),
        *ACTIVITY_FIELDS,
        *notes_fields("person"),
    )


@cache
def association_fields() -> tuple[Field, ...]:
    """Every field of an association or institution, in the order of the card."""
    return (
        *registration_fields("association"),
        *association.ASSOCIATION,
        *association.ASSOCIATION_PEOPLE,
        *association.ASSOCIATION_ACTION,
        *CONTACT_FIELDS,
        *association.ASSOCIATION_CONTACT,
        *ADDRESS_FIELDS,
        *ACTIVITY_FIELDS,
        *association.ASSOCIATION_NOTES,
        *notes_fields("association"),
    )
