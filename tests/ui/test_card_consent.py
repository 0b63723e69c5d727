"""Consent in full: what proves it, withdrawn, run out, by keyboard."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from registry.commands import RecordConsent
from registry.consents import Consent
from registry.queries import GetRecord
from tests.ui.cards import CONTROL, KEYS, alone, dialog, notice, press, show_part, words, write
from tests.ui.conftest import Screen
from ui.card.card import RecordCard
from ui.dialogs.consent import ConsentDialog


def consents(screen: Screen, card: RecordCard) -> dict[str, Consent]:
    found = screen.window.desk.registry.read(GetRecord("people", card.record_id)).consents
    return {f"{answer.purpose}.{answer.channel}": answer for answer in found}


def ask_consent(screen: Screen, card: RecordCard, purpose: str = "outreach_news") -> ConsentDialog:
    card._ask_consent(purpose)
    return dialog(screen, ConsentDialog)


def test_consent_is_recorded_with_its_proof_from_the_matrix(screen: Screen) -> None:
    card = alone(screen)
    card.edit()
    card._show_whole()
    show_part(card, "Consents")
    more = next(b for b in card.form._consents[0].findChildren(QWidget)
                if b.accessibleName().startswith("Details: News and invitations"))  # fmt: skip
    more.setFocus()
    QTest.keyClick(more, KEYS.Key_Space)
    shown = dialog(screen, ConsentDialog)
    write("Given")
    letter: QCheckBox = shown.channels["letter"]
    letter.setFocus()
    press(KEYS.Key_Space)
    shown.inputs["how"].input.setFocus()
    write("Signed")
    shown.inputs["on"].input.setFocus()
    press(KEYS.Key_A, CONTROL)
    write("2199-01-01")
    press(KEYS.Key_Return)
    screen.settle()
    assert "still to come" in words(shown.inputs["on"])
    press(KEYS.Key_A, CONTROL)
    write("3 March 2025")
    shown.inputs["expires"].input.setFocus()
    write("2199")
    press(KEYS.Key_Return)
    screen.settle()
    assert notice(screen) == "Consent recorded."
    answer = consents(screen, card)["outreach_news.letter"]
    assert (answer.status, answer.decided_on, answer.how, answer.expires) == ("given", "2025-03-03", "signed", "2199")
    assert answer.taken_by == "demo"
    assert "Given 3 Mar 2025 · Signed · until 2199: Letter" in words(card.reading)


def test_no_channel_is_said_at_the_channels(screen: Screen) -> None:
    card = alone(screen)
    shown = ask_consent(screen, card)
    shown.main.click()
    screen.settle()
    assert "Choose at least one channel." in words(shown)
    shown.reject()


def test_consent_is_withdrawn_and_says_so(screen: Screen) -> None:
    card = alone(screen)
    command = RecordConsent(card.record_id, "outreach_news", ("letter", "sms"), "given", "oral", "2024-05-01")
    screen.window.desk.execute(command)
    screen.settle()
    shown = ask_consent(screen, card)
    assert [code for code, box in shown.channels.items() if box.isChecked()] == ["letter", "sms"]
    day = shown.withdrawn.input
    assert isinstance(day, QLineEdit)
    day.setText("2023")
    shown.withdraw.click()
    screen.settle()
    assert "before the day of the answer" in words(shown.withdrawn)
    day.setText("2025-06-30")
    shown.withdraw.click()
    screen.settle()
    assert notice(screen) == "2 consents withdrawn."
    show_part(card, "Consents")
    said = words(card.reading)
    assert "Withdrawn on 30 Jun 2025 · given 1 May 2024 · Oral, with a witness: Letter, Text message" in said
    screen.window.desk.undo()
    screen.settle()
    assert consents(screen, card)["outreach_news.letter"].status == "given"


def test_one_that_ran_out_is_shown_as_such_and_asked_for_anew(screen: Screen) -> None:
    card = alone(screen)
    command = RecordConsent(card.record_id, "outreach_news", ("letter",), "given", "", "2019", expires="2020")
    screen.window.desk.execute(command)
    screen.settle()
    show_part(card, "Consents")
    assert "Given 2019 · ran out, 2020: Letter" in words(card.reading)
    card.edit()
    cells = {cell.field.name: cell.status for cell in card.form._consents[0].cells} if card.form._consents else {}
    assert not cells.get("consent.outreach_news.letter")
