"""Texts about consent: kept by version and language, never changed, and named by the answers given to them."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import RecordConsent, SaveConsentText, Undo
from registry.errors import Invalid
from registry.queries import GetRecord, ListConsentTexts, Search

NEWS = "outreach_news"


def test_a_text_is_kept_once_and_not_changed(registry: Registry) -> None:
    assert registry.execute(SaveConsentText(NEWS, "2026-1", "en", "May we write to you?")).value
    assert not registry.execute(SaveConsentText(NEWS, "2026-1", "en", "May we write to you?")).value
    with pytest.raises(Invalid, match="kept with another text"):
        registry.execute(SaveConsentText(NEWS, "2026-1", "en", "May we call you?"))
    outcome = registry.execute(SaveConsentText(NEWS, "2026-1", "fr", "Pouvons-nous vous écrire ?"))
    assert {(text.version, text.language) for text in registry.read(ListConsentTexts(NEWS))} == {
        ("2026-1", "en"),
        ("2026-1", "fr"),
    }
    registry.execute(Undo(outcome.batch))
    assert len(registry.read(ListConsentTexts())) == 1


def test_an_answer_names_a_text_that_is_kept(registry: Registry) -> None:
    person = registry.read(Search("Silent")).results[0].id
    registry.execute(RecordConsent(person, NEWS, ("letter",), "given", text_version="the old leaflet"))
    registry.execute(SaveConsentText(NEWS, "2026-1", "en", "May we write to you?"))
    with pytest.raises(Invalid, match="Kept are: 2026-1"):
        registry.execute(RecordConsent(person, NEWS, ("letter",), "given", text_version="2025-9"))
    registry.execute(RecordConsent(person, NEWS, ("letter",), "given", text_version="2026-1", language="en"))
    (answer,) = [c for c in registry.read(GetRecord("people", person)).consents if c.purpose == NEWS]
    assert (answer.text_version, answer.language) == ("2026-1", "en")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (SaveConsentText("peace", "1", "en", "x"), "purpose"),
        (SaveConsentText(NEWS, "1", "klingon-x", "x"), "language"),
        (SaveConsentText(NEWS, " ", "en", "x"), "version"),
        (SaveConsentText(NEWS, "1", "en", " "), "text"),
    ],
)
def test_what_is_missing_is_said_at_its_field(registry: Registry, command: SaveConsentText, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        registry.execute(command)
    assert refused.value.field == field
