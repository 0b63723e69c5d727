"""How letters greet: a table of cases in five languages, and what nobody guesses."""

from __future__ import annotations

from typing import Any

import pytest

from registry.outreach.salutations import association_salutation, household_salutation, salutation

ANA = {"full_name": "Ana Exemple", "family_name": "Exemple", "sex": "female"}
BO = {"full_name": "Bo Exemple", "family_name": "Exemple", "sex": "male"}
CY = {"full_name": "Cy Pattern", "family_name": "Pattern", "sex": "male", "title": "Dr"}
ONE_NAME = {"full_name": "Suharto", "sex": "male"}
UNSAID = {"full_name": "Kim Lee", "family_name": "Kim"}
NOBODY: dict[str, str] = {}

ONE = [
    ("en", ANA, "Dear Ms Exemple"),
    ("en", BO, "Dear Mr Exemple"),
    ("en", CY, "Dear Dr Pattern"),
    ("en", CY | {"sex": ""}, "Dear Dr Pattern"),
    ("en", ONE_NAME, "Dear Suharto"),
    ("en", UNSAID, "Dear Kim Lee"),
    ("en", ANA | {"sex": "other"}, "Dear Ana Exemple"),
    ("en", ANA | {"sex": "not_known"}, "Dear Ana Exemple"),
    ("en", NOBODY, "Dear Sir or Madam"),
    ("fr", ANA, "Madame"),
    ("fr", BO, "Monsieur"),
    ("fr", CY, "Monsieur"),
    ("fr", ANA | {"title": "Dr"}, "Madame"),
    ("fr", UNSAID, "Madame, Monsieur"),
    ("fr", ONE_NAME, "Monsieur"),
    ("fr", NOBODY, "Madame, Monsieur"),
    ("es", ANA, "Estimada señora Exemple"),
    ("es", BO, "Estimado señor Exemple"),
    ("es", CY, "Estimado Dr Pattern"),
    ("es", ONE_NAME, "Estimado/a Suharto"),
    ("es", UNSAID, "Estimado/a Kim Lee"),
    ("es", NOBODY, "Estimada señora, estimado señor"),
    ("pt", ANA, "Exma. Senhora Exemple"),
    ("pt", BO, "Exmo. Senhor Exemple"),
    ("pt", CY, "Exmo. Senhor Dr Pattern"),
    ("pt", UNSAID, "Caro/a Kim Lee"),
    ("pt", NOBODY, "Exma. Senhora, Exmo. Senhor"),
    ("ar", ANA, "السيدة Ana Exemple المحترمة"),
    ("ar", BO, "السيد Bo Exemple المحترم"),
    ("ar", ONE_NAME, "السيد Suharto المحترم"),
    ("ar", UNSAID, "السيد/ة Kim Lee المحترم/ة"),
    ("ar", NOBODY, "السيدة المحترمة، السيد المحترم"),
    ("de", ANA, "Dear Ms Exemple"),
]
SEVERAL = [
    ("en", [ANA, BO], "Dear Mr and Ms Exemple"),
    ("en", [ANA, CY], "Dear Ms Exemple and Dr Pattern"),
    ("en", [ANA, UNSAID], "Dear Ms Exemple and Kim Lee"),
    ("en", [ANA, ANA], "Dear Ms Exemple and Ms Exemple"),
    ("en", [ANA, BO, BO], "Dear members of the Exemple family"),
    ("en", [ANA, CY, UNSAID], "Dear Ana Exemple, Cy Pattern and Kim Lee"),
    ("en", [ANA, CY, UNSAID, BO], "Dear Sir or Madam"),
    ("en", [ANA], "Dear Ms Exemple"),
    ("en", [], "Dear Sir or Madam"),
    ("fr", [ANA, BO], "Madame, Monsieur"),
    ("fr", [ANA, ANA], "Madame, Madame"),
    ("fr", [ANA, BO, BO], "Chère famille Exemple"),
    ("fr", [ANA, CY, UNSAID, BO], "Mesdames, Messieurs"),
    ("es", [ANA, BO], "Estimados señores Exemple"),
    ("es", [ANA, CY], "Estimada señora Exemple, Estimado Dr Pattern"),
    ("pt", [ANA, BO], "Exmos. Senhores Exemple"),
    ("ar", [ANA, BO], "السيد والسيدة Exemple المحترمان"),
    ("ar", [ANA, BO, BO], "عائلة Exemple المحترمة"),
]
BODIES = [
    ("en", None, "Dear members of Club of Examples"),
    ("en", ANA, "Dear Ms Exemple, dear members of Club of Examples"),
    ("fr", None, "Mesdames et Messieurs les membres de Club of Examples"),
    ("fr", BO, "Monsieur, chers membres de Club of Examples"),
    ("es", NOBODY, "Estimados miembros de Club of Examples"),
    ("pt", ANA, "Exma. Senhora Exemple, caros membros da associação Club of Examples"),
    ("ar", None, "السيدات والسادة أعضاء Club of Examples المحترمون"),
]


@pytest.mark.parametrize(("language", "person", "greeting"), ONE)
def test_one_person_is_greeted_by_what_is_known(language: str, person: dict[str, str], greeting: str) -> None:
    assert salutation(person, language) == greeting


@pytest.mark.parametrize(("language", "people", "greeting"), SEVERAL)
def test_a_household_is_greeted_together(language: str, people: list[dict[str, str]], greeting: str) -> None:
    assert household_salutation(people, language) == greeting


@pytest.mark.parametrize(("language", "contact", "greeting"), BODIES)
def test_an_association_is_greeted_with_who_opens_its_letters(language: str, contact: Any, greeting: str) -> None:
    assert association_salutation("Club of Examples", contact, language) == greeting


def test_braces_in_a_name_are_a_name() -> None:
    odd = {"full_name": "{title} {0}", "family_name": "{full_name}", "sex": "male", "title": "{association}"}
    assert salutation(odd, "en") == "Dear {association} {full_name}"
    assert association_salutation("{salutation}", odd, "en").endswith("dear members of {salutation}")
