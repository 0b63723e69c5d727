"""Segments that ship: what a consulate asks for again and again, kept in no registry until somebody takes it over."""

from __future__ import annotations

from dataclasses import dataclass

from registry.access import Session
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, KINDS, PEOPLE
from registry.i18n import N_, _
from registry.search.names import Names
from registry.search.parser import parse
from registry.skills.presets import presets

NO_READY = N_("There is no ready-made segment “{code}”. Choose one of: {known}.")
_HERE = "(state:provisional OR state:active OR state:expiring)"


@dataclass(frozen=True)
class ReadySegment:
    """A segment that can be taken over.

    Attributes:
        code: the same in every language.
        title: what it is called in the language in use.
        query: query language, in names of fields and codes.
    """

    code: str
    title: str
    query: str
    kind: str = PEOPLE


#: By kind: code -> label, a catalogue message, and query.
_READY = {
    PEOPLE: {
        "passports": (
            N_("A passport or another document lapses within 6 months"),
            f"document.expires<+6m {_HERE}",
        ),
        "unconfirmed": (N_("Not confirmed for 2 years"), f"(confirmed>2y OR confirmed:none) {_HERE}"),
        "expiring": (N_("Registration runs out within 2 months"), f"valid_until<+2m {_HERE}"),
        "newsletter": (N_("Consents to the newsletter by letter"), f"consent:outreach_news/letter {_HERE}"),
        "unreachable": (N_("No telephone, no e-mail and no address"), f"phone:none email:none city:none {_HERE}"),
        "returned": (N_("Letters came back"), f"address.state:returned {_HERE}"),
        "in_person": (N_("Prefer to be met in person"), f"preferred_channel:event {_HERE}"),
    },
    ASSOCIATIONS: {
        "media": (N_("Media"), "(type:media OR type:media_outlet)"),
        "focal_points": (N_("Associations and institutions with a focal point"), "officer.role:focal_point"),
    },
}


def ready_segments(kind: str, session: Session) -> tuple[ReadySegment, ...]:
    """Those of a kind that ask for nothing that this user does not see, presets of the skills inventory last."""
    found = [ReadySegment(code, _(label), query, kind) for code, (label, query) in _READY[kind].items()]
    if kind == PEOPLE:
        found += [ReadySegment(preset.code, preset.label, preset.query) for preset in presets()]
    return tuple(each for each in found if _is_seen(each, session))


def ready_segment(code: str, session: Session) -> ReadySegment:
    """The one with this code; raises `Invalid` if there is none for this user."""
    offered = [each for kind in KINDS for each in ready_segments(kind, session)]
    for each in offered:
        if each.code == code:
            return each
    raise Invalid(NO_READY, code=code[:40], known=", ".join(each.code for each in offered))


def _is_seen(ready: ReadySegment, session: Session) -> bool:
    try:
        parse(ready.query, Names(ready.kind, session))
    except Invalid:
        return False
    return True
