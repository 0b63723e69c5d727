"""The places of the rail and what lists offer: one line each, and the page is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from registry.access import Right
from registry.fields import KINDS, PEOPLE
from registry.i18n import N_


@dataclass(frozen=True)
class Place:
    """One entry of the rail.

    Attributes:
        code: name inside the program.
        label: catalogue message.
        icon: file in resources/icons.
        right: what a user needs to see it at all.
        page: "module:callable" that makes the page from a `Desk`.
    """

    code: str
    label: str
    icon: str
    right: Right
    page: str


@dataclass(frozen=True)
class ListAction:
    """A button above every list of records.

    Attributes:
        code, label, icon, right: as of a place.
        run: "module:callable", called with the `Desk` and the `Selection` of the list.
        kinds: for lists of these kinds only.
        when_empty: also offered by a list without a single record.
        more: an entry of the menu “More” instead of a button of its own.
    """

    code: str
    label: str
    icon: str
    right: Right
    run: str
    kinds: tuple[str, ...] = ("people", "associations")
    when_empty: bool = False
    more: bool = False


@dataclass(frozen=True)
class Selection:
    """What a list shows or what is marked in it.

    Attributes:
        kind: "people" or "associations".
        query: the query in force.
        ids: the marked records, in their order; None = all that the query finds.
        count: how many records that is.
        campaign: code of one: those who got something in it, instead of a query.
    """

    kind: str
    query: str
    ids: tuple[int, ...] | None
    count: int
    campaign: str = ""


_ADMINISTRATION = "ui.pages.administration:AdministrationPage"
_SEVERAL = "ui.registration.several"
#: What is printed beside letters, of a list or of a campaign.
PAPER = "ui.paper.addresses"

PLACES: tuple[Place, ...] = (
    Place("today", N_("Today"), "event", Right.READ, "ui.pages.today:TodayPage"),
    Place("people", N_("People"), "groups", Right.READ, "ui.pages.records:people"),
    Place("associations", N_("Associations"), "diversity_3", Right.READ, "ui.pages.records:associations"),
    Place("skills", N_("Skills"), "work", Right.READ, "ui.pages.skills:SkillsPage"),
    Place("outreach", N_("Outreach"), "mail", Right.WRITE_LETTERS, "ui.pages.outreach:OutreachPage"),
    Place("map", N_("Map"), "public", Right.READ, "ui.pages.map:MapPage"),
    Place("exchange", N_("Exchange"), "sync_alt", Right.EXPORT, "ui.pages.exchange:ExchangePage"),
    Place("quality", N_("Quality"), "rule", Right.READ, "ui.pages.quality:QualityPage"),
    Place("administration", N_("Administration"), "admin_panel_settings", Right.CHECK, _ADMINISTRATION),
)

#: What may be done for the list of people before it is chosen, called with the `Registry`.
AHEAD = "ui.pages.records:read_ahead"

LIST_ACTIONS: tuple[ListAction, ...] = (
    ListAction("segments", N_("Segments"), "bookmark", Right.READ, "ui.segments.dialog:open_segments"),
    ListAction("letters", N_("Letters"), "mail", Right.WRITE_LETTERS, "ui.pages.outreach:letters_to"),
    ListAction("export", N_("Export"), "download", Right.EXPORT, "ui.dialogs.export:open_export"),
    ListAction("import", N_("Import"), "upload", Right.IMPORT, "ui.pages.exchange:import_list", when_empty=True),
    *(
        ListAction(code, name, icon, Right.WRITE_LETTERS, f"{PAPER}:{code}", kinds, more=True)
        for code, name, icon, kinds in (
            ("labels", N_("Labels…"), "table_view", KINDS),
            ("envelopes", N_("Envelopes…"), "mail", KINDS),
            ("registered_mail", N_("List of registered mail…"), "fact_check", KINDS),
            ("attendance", N_("Attendance list…"), "groups", (PEOPLE,)),
        )
    ),
    ListAction(
        "save_search",
        N_("Save this search…"),
        "bookmark",
        Right.KEEP_SEGMENTS,
        "ui.segments.naming:save_search",
        more=True,
    ),
    ListAction("put_on", N_("Put on a list…"), "add", Right.KEEP_SEGMENTS, "ui.segments.listing:put_on", more=True),
    ListAction(
        "take_off",
        N_("Take off a list…"),
        "horizontal_rule",
        Right.KEEP_SEGMENTS,
        "ui.segments.listing:take_off",
        more=True,
    ),
    ListAction("merge", N_("Merge…"), "content_copy", Right.MERGE, "ui.quality.merge_dialog:merge_marked", more=True),
    ListAction("set_field", N_("Set a field…"), "edit", Right.EDIT, "ui.dialogs.set_field:set_field", more=True),
    ListAction(
        "follow_up",
        N_("Assign a follow-up…"),
        "event",
        Right.EDIT_OUTREACH,
        "ui.dialogs.activity:follow_up_for",
        more=True,
    ),
    ListAction(
        "activity",
        N_("Log activity…"),
        "phone_in_talk",
        Right.EDIT_OUTREACH,
        "ui.dialogs.activity:log_for",
        more=True,
    ),
    ListAction(
        "confirm",
        N_("Confirm registrations…"),
        "verified_user",
        Right.EDIT,
        f"{_SEVERAL}:confirm",
        ("people",),
        more=True,
    ),
    ListAction("notice", N_("Record notices…"), "mail", Right.EDIT, f"{_SEVERAL}:notice", ("people",), more=True),
    ListAction(
        "lapse",
        N_("Let registrations lapse…"),
        "hourglass_empty",
        Right.EDIT,
        f"{_SEVERAL}:lapse",
        ("people",),
        more=True,
    ),
)


def load(path: str) -> Callable[..., Any]:
    """The callable at "module:name"."""
    module, name = path.split(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
