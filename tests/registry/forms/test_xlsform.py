"""An XLSForm made here is valid, and its answers come in without a mapping, however they were exported."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert  # type: ignore[import-untyped]

from registry.app import Registry
from registry.commands import ActivateProfile, ImportRecords, SaveProfile, WriteForm
from registry.errors import BadFile, Invalid
from registry.forms.making import NO_FORM, NO_KIND, NO_LANGUAGE, OTHER_ENDING
from registry.profiles.definition import Template
from registry.profiles.shipped import shipped
from registry.queries import ListForms, PlanImport
from registry.transfer.options import ImportOptions
from registry.transfer.submissions.finding import NO_ANSWERS
from tests.registry.forms.collecting import Style, write_answers
from tests.registry.profiles.templates import GUILD
from tests.registry.profiles.templates import KEPT as TEMPLATE_KEPT
from tests.registry.transfer.importing import counts, records

ENGLISH, FRENCH = "English (en)", "French (fr)"
STYLES = [
    Style(language, groups, several)
    for language in ("", ENGLISH, FRENCH)
    for groups in (False, True)
    for several in ("both", "details", "summary")
] + [Style(language, True, "both", between) for language in ("", ENGLISH, FRENCH) for between in ("-", ".")]
ANA: dict[str, Any] = {
    "full_name": "Ana Exemple",
    "family_name": "Exemple",
    "given_name": "Ana",
    "sex": "female",
    "birth_date": "1985-03",
    "birth_place": "Port Inventé",
    "birth_country": "PRT",
    "citizenship": "PRT",
    "citizenship__2": "FRA",
    "origin_region": "Coast",
    "phone": "+33 1 99 00 12 34",
    "phone__2": "+33 1 99 00 12 35",
    "email": "ana@example.org",
    "preferred_language": "pt",
    "address__street": "1 rue Inventée",
    "address__postal_code": "69001",
    "address__city": "Lyon",
    "address__country": "FRA",
    "consent__registration_service__letter": "given",
    "consent__elections__email": "refused",
    "repeat_education": (
        {"education__level": "1", "education__field": "011-Education", "education__year": "2004"},
        {"education__level": "7", "education__title": "MSc", "education__country": "FRA"},
    ),
    "repeat_job": (
        {"occupation": "keeper of lanterns", "employer": "Invented Lights", "sector": "Q", "occupation__from": "2010"},
    ),
    "repeat_skill": ({"skill": "Surgery", "skill__years": "1"}, {"skill": "kite mending"}),
    "repeat_spoken_language": ({"language": "pt", "language__level": "C2"}, {"language": "fr"}),
    "willing": "yes",
    "engagement_form": ("remote", "teaching"),
    "weeks_a_year": "4",
}
BO = {"full_name": "Bo Specimen", "consent__registration_service__letter": "refused"}
KEPT = {
    "full_name": "Ana Exemple",
    "family_name": "Exemple",
    "given_name": "Ana",
    "sex": "female",
    "birth_date": "1985-03",
    "birth_place": "Port Inventé",
    "birth_country": "PRT",
    "citizenship": "PRT",
    "citizenship.2": "FRA",
    "origin_region": "Coast",
    "phone": "+33199001234",
    "phone.2": "+33199001235",
    "email": "ana@example.org",
    "preferred_language": "pt",
    "address.street": "1 rue Inventée",
    "address.postal_code": "69001",
    "address.city": "Lyon",
    "address.country": "FRA",
    "consent.registration_service.letter": "given",
    "consent.elections.email": "refused",
    "education.level": "1",
    "education.field": "011",
    "education.year": "2004",
    "education.level.2": "7",
    "education.title.2": "MSc",
    "education.country.2": "FRA",
    "occupation": "keeper of lanterns",
    "employer": "Invented Lights",
    "sector": "Q",
    "occupation.from": "2010",
    "skill": "surgery",
    "skill.years": "1",
    "skill.2": "kite mending",
    "language": "pt",
    "language.level": "C2",
    "language.2": "fr",
    "willing": "yes",
    "engagement_form": "remote",
    "engagement_form.2": "teaching",
    "weeks_a_year": "4",
}


def made(registry: Registry, path: Path, template: str = "") -> Path:
    registry.execute(WriteForm("xlsform", path, template, "en"))
    return path


def valid(path: Path) -> str:
    """The XForm that pyxform makes of it; anything that it warns of, but for the missing language codes, fails."""
    logging.getLogger("pyxform").setLevel(logging.ERROR)
    converted = convert(str(path), validate=False)
    assert converted.warnings == []
    return str(converted.xform)


def test_an_association_answers_by_telephone(registry: Registry, tmp_path: Path) -> None:
    form = made(registry, tmp_path / "form.xlsx", "associations")
    valid(form)
    officers = ({"officer": "Bo Specimen"}, {"officer": "Cy Patron"})
    answers = {"name": "Amicale Exemple", "address__country": "FRA", "repeat_officer": officers}
    path = write_answers(form, tmp_path / "answers.xlsx", [answers], Style(FRENCH))
    plan = registry.read(PlanImport(path, ImportOptions()))
    assert (plan.kind, [m.header for m in plan.matches if not m.targets]) == ("associations", [])
    registry.execute(ImportRecords(plan))
    (one,) = records(registry, "associations")
    assert (one.values["name"], one.values["officer.2"]) == ("Amicale Exemple", "Cy Patron")


def test_the_registration_form_is_valid(registry: Registry, tmp_path: Path) -> None:
    assert registry.execute(WriteForm("xlsform", tmp_path / "form.xlsx")).value == 62
    xform = valid(tmp_path / "form.xlsx")
    assert '<translation lang="English (en)" default="true()">' in xform
    assert '<translation lang="French (fr)">' in xform
    assert "<address__city/>" in xform


def test_a_form_without_answers_is_no_list_of_people(registry: Registry, tmp_path: Path) -> None:
    form = made(registry, tmp_path / "form.xlsx")
    with pytest.raises(BadFile) as refusal:
        registry.read(PlanImport(form, ImportOptions()))
    assert refusal.value.message == NO_ANSWERS


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_answers_come_in_without_a_mapping(registry: Registry, tmp_path: Path, style: Style) -> None:
    form = made(registry, tmp_path / "form.xlsx")
    path = write_answers(form, tmp_path / "answers.xlsx", [ANA, BO], style)
    plan = registry.read(PlanImport(path, ImportOptions()))
    unmapped = [m.header for m in plan.matches if not m.targets and not m.header.startswith("_")]
    assert unmapped == []
    assert counts(registry.execute(ImportRecords(plan)).value) == (2, 0, 0, 0, 0)
    ana, bo = records(registry)
    assert {name: ana.values.get(name) for name in KEPT} == KEPT
    assert dict(ana.raw) == {}
    assert bo.values["full_name"] == "Bo Specimen"


@pytest.mark.parametrize("language", ["", ENGLISH, FRENCH])
def test_the_form_beside_the_answers_changes_nothing(registry: Registry, tmp_path: Path, language: str) -> None:
    form = made(registry, tmp_path / "form.xlsx")
    path = write_answers(form, tmp_path / "answers.xlsx", [ANA], Style(language, groups=True, several="summary"))
    plan = registry.read(PlanImport(path, ImportOptions(form=form)))
    registry.execute(ImportRecords(plan))
    (ana,) = records(registry)
    assert {name: ana.values.get(name) for name in KEPT} == KEPT


@pytest.fixture
def guild(registry: Registry) -> Registry:
    """A registry whose ministry asks the guild's questions."""
    registry.execute(SaveProfile(GUILD))
    registry.execute(ActivateProfile("guild"))
    return registry


def test_a_template_has_its_conditions_and_languages(guild: Registry, tmp_path: Path) -> None:
    form = made(guild, tmp_path / "guild.xlsx", "guild")
    xform = valid(form)
    assert "selected( /data/group_teaching/profile__guild__mentoring , 'yes')" in xform.replace(
        "diaspora_guild", "data"
    )
    assert "Énergie solaire" in xform
    assert "En bref." in xform


@pytest.mark.parametrize("language", ["", ENGLISH, FRENCH])
def test_answers_to_a_template_come_in_without_a_mapping(guild: Registry, tmp_path: Path, language: str) -> None:
    form = made(guild, tmp_path / "guild.xlsx", "guild")
    answers = {
        "full_name": "Ana Exemple",
        "profile__guild__mentoring": "yes",
        "profile__guild__topics": ("soil", "weaving"),
        "profile__guild__hours": "12",
        "profile__guild__since": "2019-05",
        "profile__guild__tongues": "fr",
        "profile__guild__motto": "Thread by thread",
        "profile__guild__story": "First line\nsecond line",
        "profile__guild__came_from": "PRT",
        "profile__guild__craft": "weaver of reeds",
        "profile__guild__debts": "none at all",
    }
    path = write_answers(form, tmp_path / "answers.xlsx", [answers], Style(language, several="details"))
    plan = guild.read(PlanImport(path, ImportOptions()))
    assert [m.header for m in plan.matches if not m.targets] == []
    guild.execute(ImportRecords(plan))
    (ana,) = records(guild)
    kept = TEMPLATE_KEPT | {"profile.guild.topics": "soil", "profile.guild.topics.2": "weaving"}
    assert {name: ana.values.get(name) for name in kept} == kept


@pytest.mark.parametrize("template", shipped(), ids=lambda template: template.name)
@pytest.mark.parametrize("language", ["", FRENCH])
def test_what_ships_comes_back_with_a_column_for_each_answer(
    registry: Registry, tmp_path: Path, template: Template, language: str
) -> None:
    registry.execute(SaveProfile(template))
    registry.execute(ActivateProfile(template.name))
    form = made(registry, tmp_path / "form.xlsx", template.name)
    several = next(question for question in template.questions if question.several and question.choices)
    name, field = "full_name" if template.kind == "people" else "name", f"profile.{template.name}.{several.code}"
    first, second = (choice.code for choice in several.choices[:2])
    answers = {name: "Ana Exemple", field.replace(".", "__"): (first, second)}
    path = write_answers(form, tmp_path / "answers.xlsx", [answers], Style(language, several="both"))
    plan = registry.read(PlanImport(path, ImportOptions()))
    assert (plan.kind, plan.unmapped) == (template.kind, [])
    registry.execute(ImportRecords(plan))
    (ana,) = records(registry, template.kind)
    assert (ana.values[field], ana.values[f"{field}.2"]) == (first, second)


def test_a_template_for_associations_asks_for_their_name(registry: Registry, tmp_path: Path) -> None:
    registry.execute(SaveProfile(replace(GUILD, name="circle", kind="associations")))
    registry.execute(ActivateProfile("circle"))
    form = made(registry, tmp_path / "circle.xlsx", "circle")
    valid(form)
    answers = {"name": "Circle of Weavers", "profile__circle__motto": "Thread by thread"}
    path = write_answers(form, tmp_path / "answers.xlsx", [answers], Style(ENGLISH))
    plan = registry.read(PlanImport(path, ImportOptions()))
    assert (plan.kind, [m.header for m in plan.matches if not m.targets]) == ("associations", [])
    registry.execute(ImportRecords(plan))
    (circle,) = records(registry, "associations")
    assert circle.values["name"] == "Circle of Weavers"
    assert circle.values["profile.circle.motto"] == "Thread by thread"


def test_the_forms_are_listed(guild: Registry) -> None:
    listed = [(form.template, form.title, form.languages) for form in guild.read(ListForms())]
    assert listed == [
        ("", "Registration form", ("en", "fr")),
        ("associations", "Form for associations", ("en", "fr")),
        ("guild", "Questionnaire of the guild", ("en", "fr")),
    ]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("xlsform", "form.xlsx", "nobody"), NO_FORM),
        (("telegram", "form.xlsx"), NO_KIND),
        (("xlsform", "form.pdf"), OTHER_ENDING),
        (("xlsform", "form.xlsx", "", "tlh"), NO_LANGUAGE),
    ],
)
def test_what_cannot_be_made_is_said(
    registry: Registry, tmp_path: Path, command: tuple[str, ...], message: str
) -> None:
    kind, name, *rest = command
    with pytest.raises(Invalid) as refusal:
        registry.execute(WriteForm(kind, tmp_path / name, *rest))
    assert refusal.value.message == message
    assert not (tmp_path / name).exists()
