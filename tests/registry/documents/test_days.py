"""Days of a letter in the words of its language."""

from __future__ import annotations

import datetime

import pytest

from registry.documents.days import in_words, long_date


@pytest.mark.parametrize(
    ("text", "language", "country", "words"),
    [
        ("2027-06-12", "en", "FR", "Saturday, 12 June 2027"),
        ("12/06/2027", "en", "FR", "Saturday, 12 June 2027"),
        ("12/06/2027", "en", "US", "Monday, December 6, 2027"),
        ("samedi 12 juin 2027 à 10 heures", "en", "FR", "Saturday, 12 June 2027, 10:00"),
        ("Saturday 12 June 2027 at 6:30 pm", "fr", "FR", "samedi 12 juin 2027, 18:30"),
        ("12.06.2027 12 a.m.", "fr", "FR", "samedi 12 juin 2027, 00:00"),
        ("2027-06-12", "no-such", "FR", "Saturday, 12 June 2027"),
    ],
)
def test_a_day_is_said_in_a_language(text: str, language: str, country: str, words: str) -> None:
    assert in_words(text, language, country) == words


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2027", "2027-06", "before 12 June 2027", "2027-02-30", "2027-06-12 25:00", "12 June 2027 0 pm"],
)
def test_what_is_no_day_is_told(text: str) -> None:
    assert in_words(text, "fr", "FR") == ""


def test_the_day_of_a_letter() -> None:
    day = datetime.date(2026, 11, 23)
    written = [long_date(day, *place) for place in (("en", "FR"), ("en", "US"), ("fr", "FR"))]
    assert written == ["23 November 2026", "November 23, 2026", "23 novembre 2026"]
