"""A zone fills the card: names as people write them, the registry's own codes, and nothing that is protected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import fields, vocabularies
from registry.drafts import DraftReader
from registry.fields import PEOPLE
from registry.kinds import Situation
from registry.mrz.filling import LEFT_EMPTY, fields_of, to_compare
from registry.mrz.reading import Mrz, read
from registry.mrz.states import country
from tests.registry.mrz.making import Zone, lines

TODAY = date(2026, 3, 1)


def mrz(layout: str = "TD3", **says: str) -> Mrz:
    """The zone that says so, read."""
    return read("\n".join(lines(layout, replace(Zone(), **says))), TODAY)


def test_a_zone_fills_the_fields_of_the_card() -> None:
    found = fields_of(mrz(nationality="D", issuer="D"))
    assert found.pop("document.issuer", "Germany") == "Germany"
    assert found == {
        "family_name": "Eriksson",
        "given_name": "Anna Maria",
        "sex": "female",
        "birth_date": "1974-08-12",
        "citizenship": "DEU",
        "document.type": "passport",
        "document.number": "L898902C3",
        "document.expires": "2012-04-15",
    }


@given(st.sampled_from(["TD1", "TD2", "TD3"]), st.sampled_from(["D", "GBN", "MAR", "RKS", "XOM", "XXA", "UTO"]))
def test_every_filled_field_can_be_kept(layout: str, state: str) -> None:
    filled = fields_of(mrz(layout, nationality=state, issuer=state, sex="<", code="I", expiry="<<<<<<"))
    draft = DraftReader(PEOPLE, tuple(filled), Situation("FRA")).read(tuple(filled.values()))
    assert draft.problems == []
    assert all(fields.find(PEOPLE, name) for name in filled)
    assert "sex" not in filled
    assert "document.expires" not in filled


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("D", "DEU"), ("MAR", "MAR"), ("GBD", "GBR"), ("GBN", "GBR"), ("GBO", "GBR"), ("GBP", "GBR"), ("GBS", "GBR"),
        ("RKS", "XKX"), ("UTO", ""), ("UNO", ""), ("UNA", ""), ("UNK", ""), ("XOM", ""), ("EUE", ""), ("XPO", ""),
        ("XXA", ""), ("XXB", ""), ("XXC", ""), ("XXX", ""), ("", ""), ("QQQ", ""),
    ],
)  # fmt: skip
def test_codes_of_states(code: str, kept: str) -> None:
    assert country(code) == kept


def test_every_code_of_a_country_is_that_of_the_vocabulary() -> None:
    assert all(country(code) == code for code in vocabularies.get("country").codes)


@pytest.mark.parametrize("nationality", ["XXA", "XXB", "XXC", "XXX"])
def test_statelessness_and_asylum_leave_no_trace(nationality: str) -> None:
    """DOMAIN.md, section 2: facts of asylum are protected; also that a host country issued a document to somebody."""
    found = mrz(nationality=nationality, issuer="CHE", number="WRONG1234")
    assert set(fields_of(found)) == {"family_name", "given_name", "sex", "birth_date"}
    assert [(p.field, p.reason) for p in to_compare(found)] == [("citizenship", LEFT_EMPTY)]
    assert nationality not in LEFT_EMPTY


def test_the_travel_document_of_a_refugee_leaves_no_trace_whatever_it_names() -> None:
    found = mrz(code="PR", nationality="ETH", issuer="CHE")
    assert set(fields_of(found)) == {"family_name", "given_name", "sex", "birth_date"}
    wrong = replace(found, problems=read(_spoilt(), TODAY).problems)
    assert {p.field for p in to_compare(wrong)} == {"", "citizenship"}


def _spoilt() -> str:
    return "".join(lines("TD3", Zone())).replace("L898902C3", "L898902C4")


def test_a_code_that_is_no_country_is_named_once() -> None:
    specimen = mrz()
    assert [p.field for p in to_compare(specimen)] == ["citizenship"]
    assert "“UTO”" in to_compare(specimen)[0].reason
    assert [p.field for p in to_compare(mrz(issuer="QQQ", nationality="FRA"))] == ["document.issuer"]
    assert to_compare(mrz(issuer="UNO", nationality="FRA")) == ()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("P", "passport"), ("PP", "passport"), ("PD", "passport"), ("PN", "passport"), ("PE", "travel_document"),
        ("PL", "travel_document"), ("I", "identity_card"), ("ID", "identity_card"), ("C", "identity_card"),
        ("AC", "other"), ("A", "other"), ("AR", "residence_permit"), ("IR", "residence_permit"),
    ],
)  # fmt: skip
def test_kinds_of_document(code: str, kind: str) -> None:
    assert fields_of(mrz("TD2", code=code))["document.type"] == kind


@pytest.mark.parametrize(
    ("family", "nationality", "written"),
    [
        ("ERIKSSON", "SWE", "Eriksson"), ("VAN DER BERG", "NLD", "van der Berg"),
        ("VAN DEN BERG", "BEL", "Van den Berg"),
        ("DE LA CRUZ", "ESP", "de la Cruz"), ("DE LUCA", "ITA", "De Luca"), ("DA SILVA", "BRA", "da Silva"),
        ("COSTA E SILVA", "PRT", "Costa e Silva"), ("GARCIA Y LOPEZ", "ESP", "Garcia y Lopez"), ("LE", "VNM", "Le"),
        ("EL AMRANI", "MAR", "El Amrani"), ("AHMAD BIN ISMAIL", "MYS", "Ahmad bin Ismail"),
        ("LA ROSA", "ITA", "La Rosa"),
        ("MCDONALD", "GBR", "McDonald"), ("MC", "GBR", "Mc"), ("VAN", "VNM", "Van"), ("TRAN VAN", "VNM", "Tran Van"),
        ("ABU AL HASSAN", "JOR", "Abu al Hassan"),
    ],
)  # fmt: skip
def test_family_names_are_written_as_their_bearers_do(family: str, nationality: str, written: str) -> None:
    assert fields_of(mrz(family=family, nationality=nationality))["family_name"] == written


def test_given_names_have_no_particles() -> None:
    assert fields_of(mrz(given="VAN MINH MCKENZIE"))["given_name"] == "Van Minh McKenzie"
