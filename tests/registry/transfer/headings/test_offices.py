"""Officers from columns of a list of associations: the office is the header, in five languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import commands as c
from registry import queries as q
from registry.app import Registry
from registry.transfer.headings.offices import office_of
from registry.transfer.options import ImportOptions
from registry.transfer.planning.plan import Plan
from tests.registry.post import Post

LIST = """Association;Président;Treasurer;Secretaria general;Contact person;Phone
Choir of the Lake;Ana Exemple;Di Invented;vacante;Ana Exemple;+33199001234
Club of the Hill;Bo Sample;Ed Invented;Flo Invented;Gus Invented;+33199001235
Circle of the Bay;Hal Invented;Ida Invented;Jo Invented;Kim Invented;+33199001236
"""


def plan_of(registry: Registry, folder: Path, text: str) -> Plan:
    path = folder / "associations.csv"
    path.write_text(text, encoding="utf-8")
    return registry.read(q.PlanImport(path, ImportOptions()))


def officers(registry: Registry, name: str) -> dict[str, str]:
    """Office -> who holds it, of the association of that name."""
    (hit,) = registry.read(q.Search(name, "associations")).results
    values = registry.read(q.GetRecord("associations", hit.id)).values
    found = [("officer", "officer.role"), *((f"officer.{n}", f"officer.role.{n}") for n in range(2, 9))]
    return {values[role]: values[person] for person, role in found if person in values}


@pytest.mark.parametrize(
    ("headers", "office"),
    [
        (
            ("President", "Présidente de l'association", "presidente", "Presidenta", "الرئيس", "رئيس الجمعية"),
            "president",
        ),
        (("Treasurer 2", "Nom du trésorier", "Tesorera", "Tesoureiro", "أمين الصندوق"), "treasurer"),
        (("Name of the secretary", "Secrétaire", "Secretario", "Secretária geral", "أمين السر"), "secretary"),
        (("Contact person", "Personne de contact", "Persona de contacto", "Pessoa de contacto"), "focal_point"),
        (("Chief Executive / Secretary", "CEO"), "director"),
        (("Phone", "President's phone", "Members", ""), ""),
    ],
)
def test_an_office_is_known_by_its_header(headers: tuple[str, ...], office: str) -> None:
    assert {header: office_of(header) for header in headers} == dict.fromkeys(headers, office)


def test_columns_become_officers_linked_to_whom_the_register_knows(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    plan = plan_of(clerk, tmp_path, LIST)
    assert plan.kind == "associations"
    assert (plan.mapping["Treasurer"], plan.mapping["Secretaria general"]) == ("officer", "officer.2")
    assert "3 officers were found in the register and will be linked." in plan.warnings
    assert plan.problems == []
    clerk.execute(c.ImportRecords(plan))
    lake = officers(clerk, "choir of the lake")
    assert lake["president"].startswith("Ana Exemple (TST-")
    assert lake["focal_point"] == lake["president"]
    assert (lake["treasurer"], lake.get("secretary")) == ("Di Invented", None)
    assert officers(clerk, "club of the hill").keys() == {"president", "treasurer", "secretary", "focal_point"}
    (hit,) = clerk.read(q.Search("choir of the lake", "associations")).results
    assert "Ana Exemple" in clerk.read(q.GetRecord("associations", hit.id)).values["contact_person"]
    assert plan_of(clerk, tmp_path, LIST).counts["unchanged"] == 3


def test_a_name_of_several_people_stays_a_name(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    clerk.execute(c.AddRecord("people", {"full_name": "Bo Sample", "birth_date": "1970"}))
    plan = plan_of(clerk, tmp_path, LIST)
    assert "1 officer stays a name: several people in the register are called so." in plan.warnings
    clerk.execute(c.ImportRecords(plan))
    assert officers(clerk, "club of the hill")["president"] == "Bo Sample"
