"""Templates saved, put to use and out of use; every version is kept, so that its answers stay readable."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import RowMapping, func, select

from db.models import profile, profile_answer
from registry.commands import ActivateProfile, RetireProfile, SaveProfile
from registry.context import Context, View
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.profiles.checking import check, wrong
from registry.profiles.definition import ANSWERS, Template
from registry.profiles.exchanging import as_text, from_json
from registry.queries import GetProfile, ListProfiles

NO_TEMPLATE = N_("There is no profile template “{name}”.")
OTHER_KIND = N_("Version {version} of this template is about other records. Give the template another code.")
OTHER_ANSWERS = N_(
    "In version {version} the answer to “{code}” was another kind ({kind}), and what was answered would not fit. "
    "Give the changed question another code."
)


@dataclass(frozen=True)
class ProfileView:
    """One template as the administration lists it.

    Attributes:
        template: its newest version.
        active: whether its questions are asked.
        answers: how many answers there are to any of its versions.
    """

    template: Template
    active: bool
    answers: int


def save_profile(context: Context, command: SaveProfile) -> int:
    """Keep a template as a new version; a template in use asks the new questions at once. Returns the version."""
    template = command.template
    check(template)
    rows = _versions(context, template.name)
    for row in rows:
        _require_same_answers(template, _template(row))
    # A number that was given once is never given again, not even after an undo.
    version = context.transaction.reserve(f"profile.{template.name}")
    active = any(row["active"] for row in rows)
    _set_active(context, rows, 0)
    kept = {"name": template.name, "version": version, "kind": template.kind, "active": active}
    context.transaction.insert(profile, [kept | {"definition": as_text(replace(template, version=version))}])
    context.note.update(template=template.name, version=version)
    return version


def activate_profile(context: Context, command: ActivateProfile) -> bool:
    """Ask the questions of the newest version from now on; False if they were asked already."""
    rows = _known(context, command.name)
    context.note.update(template=command.name, version=rows[-1]["version"])
    return _set_active(context, rows, rows[-1]["id"])


def retire_profile(context: Context, command: RetireProfile) -> bool:
    """Ask the questions no longer; what was answered stays readable. False if they were not asked."""
    rows = _known(context, command.name)
    context.note.update(template=command.name)
    return _set_active(context, rows, 0)


def list_profiles(view: View, _query: ListProfiles) -> tuple[ProfileView, ...]:
    """The newest version of every template, by name."""
    counted = select(profile_answer.c.profile, func.count())
    answers = {row[0]: row[1] for row in view.connection.execute(counted.group_by(profile_answer.c.profile))}
    newest: dict[str, RowMapping] = {}
    active: set[str] = set()
    rows = view.connection.execute(select(profile).order_by(profile.c.name, profile.c.version)).mappings()
    for row in rows:
        newest[row["name"]] = row
        active |= {row["name"]} if row["active"] else set()
    return tuple(ProfileView(_template(row), name in active, answers.get(name, 0)) for name, row in newest.items())


def get_profile(view: View, query: GetProfile) -> Template:
    """One version of a template, by default the newest."""
    rows = _known(view, query.name)
    found = [row for row in rows if query.version in (0, row["version"])]
    if not found:
        raise Invalid(NO_TEMPLATE, name=query.name[:40])
    return _template(found[-1])


def templates_in_use(view: View) -> list[Template]:
    """The templates whose questions are asked now, by name."""
    rows = view.connection.execute(select(profile).where(profile.c.active).order_by(profile.c.name)).mappings()
    return [_template(row) for row in rows]


def _require_same_answers(template: Template, before: Template) -> None:
    """A question keeps its kind of answer, or what was answered could not be read any more."""
    if before.kind != template.kind:
        raise wrong("", OTHER_KIND, version=before.version)
    known = {question.code: question for question in before.questions}
    for number, section in enumerate(template.sections, 1):
        for place, question in enumerate(section.questions, 1):
            old = known.get(question.code)
            if old is not None and old.holds != question.holds:
                kind = _(ANSWERS[old.kind])
                raise wrong(f"{number}.{place}", OTHER_ANSWERS, version=before.version, code=old.code, kind=kind)


def _set_active(context: Context, rows: Sequence[RowMapping], row_id: int) -> bool:
    """Let the row of this id be the active one, and no other."""
    changes = [row for row in rows if row["active"] != (row["id"] == row_id)]
    for row in changes:
        context.transaction.update(profile, row["id"], {"active": row["id"] == row_id})
    return bool(changes)


def _versions(view: View, name: str) -> Sequence[RowMapping]:
    chosen = select(profile).where(profile.c.name == name).order_by(profile.c.version)
    return view.connection.execute(chosen).mappings().all()


def _known(view: View, name: str) -> Sequence[RowMapping]:
    rows = _versions(view, name)
    if not rows:
        raise Invalid(NO_TEMPLATE, name=name[:40])
    return rows


def _template(row: RowMapping) -> Template:
    document: Any = json.loads(row["definition"])
    return from_json(document)
