"""E-mails, text messages and lists to call: written to files, sent over a server, and what came of them."""

from __future__ import annotations

import csv
import mailbox
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from zipfile import ZipFile

import pytest

from registry.app import Registry
from registry.commands import (
    AddRecord,
    ChangeSetting,
    EditRecord,
    PrepareCampaign,
    ReadAnswers,
    SendMessages,
    WriteMessages,
)
from registry.errors import Invalid, StorageTrouble
from registry.outreach.sms import length_of
from registry.queries import CampaignPeople, GetHistory, GetSettings, ListCampaigns, Search

CONSENTS = {f"consent.outreach_news.{channel}": "given" for channel in ("email", "sms", "phone")}
PEOPLE = (
    {"full_name": "Lea Mail", "sex": "female", "family_name": "Mail", "preferred_language": "fr"},
    {"full_name": "Max Post", "sex": "male", "family_name": "Post", "preferred_language": "en"},
)
TEXTS = {
    "subject.en": "News",
    "text.en": "{{salutation}}, come on Sunday.",
    "subject.fr": "Nouvelles",
    "text.fr": "{{salutation}}, venez dimanche.",
}


@pytest.fixture
def post(registry: Registry) -> Registry:
    """Two who agreed to everything, and the post's own address."""
    for place, texts in enumerate(PEOPLE):
        contact = {"email": f"person{place}@example.org", "phone": f"+3369900123{place}"}
        registry.execute(AddRecord("people", {**texts, **contact, **CONSENTS}))
    registry.execute(ChangeSetting("smtp_from", "consulate@example.org"))
    return registry


def prepared(post: Registry, channel: str = "email", **texts: str) -> str:
    return post.execute(PrepareCampaign("", channel, variables=texts or TEXTS)).value.campaign


def mails_in(path: Path) -> list[mailbox.mboxMessage]:
    """The messages of a mailbox."""
    box = mailbox.mbox(path)
    try:
        return list(box)
    finally:
        box.close()


def states(post: Registry, code: str) -> dict[str, str]:
    people = post.read(CampaignPeople(code)).people
    return {one.name: one.state for one in people if one.state != "excluded"}


def test_a_mailbox_has_one_message_each_in_their_language(post: Registry, tmp_path: Path) -> None:
    code = prepared(post)
    written = post.execute(WriteMessages(code, tmp_path / "out.mbox", "test")).value
    assert written.messages == 2
    box = mails_in(tmp_path / "out.mbox")
    assert {mail["Subject"] for mail in box} == {"News", "Nouvelles"}
    assert {mail["To"] for mail in box} == {"Lea Mail <person0@example.org>", "Max Post <person1@example.org>"}
    assert "Dear Mr Post, come on Sunday." in next(m.as_string() for m in box if m["Subject"] == "News")
    assert states(post, code) == {"Lea Mail": "printed", "Max Post": "printed"}


def test_drafts_from_a_letter_have_plain_text_and_html(post: Registry, tmp_path: Path) -> None:
    code = post.execute(PrepareCampaign("", "email", template="annual-forum")).value.campaign
    post.execute(WriteMessages(code, tmp_path / "out.zip", "test"))
    with ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["00001.eml", "00002.eml"]
        mails = [message_from_bytes(archive.read(name), policy=policy.default) for name in archive.namelist()]
    kinds = {part.get_content_type() for mail in mails for part in mail.walk()}
    assert kinds >= {"text/plain", "text/html"}
    assert all(mail["Subject"] and mail["X-Unsent"] == "1" for mail in mails)


@pytest.mark.parametrize("evil", ["Bcc: all@example.org", "x\r\nBcc: all@example.org", "x\u2028Bcc: a", "a <b@c.d>"])
def test_no_value_begins_another_header(post: Registry, tmp_path: Path, evil: str) -> None:
    person = post.read(Search("Lea Mail")).results[0].id
    post.execute(EditRecord("people", person, {"full_name": evil}))
    code = prepared(post, **{"subject.en": f"{evil} {{{{full_name}}}}", "text.en": "x"})
    post.execute(WriteMessages(code, tmp_path / "out.mbox", "test"))
    box = mails_in(tmp_path / "out.mbox")
    assert len(box) == 2
    for mail in box:
        assert set(mail.keys()) <= {
            *("From", "To", "Subject", "Date", "Message-ID", "Content-Language", "MIME-Version", "Content-Type"),
            "Content-Transfer-Encoding",
        }
        assert mail["Bcc"] is None


def test_text_messages_are_counted_as_they_are_paid(post: Registry, tmp_path: Path) -> None:
    post.execute(ChangeSetting("outreach_rates", "sms: 0.10"))
    code = prepared(post, "sms", **{"text.en": "Come on Sunday", "text.fr": "Ça commence à 10 heures: ŵ" + "x" * 60})
    written = post.execute(WriteMessages(code, tmp_path / "out.csv", "test")).value
    assert (written.messages, written.parts, written.cost) == (2, 3, "0.30")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["phone"] for row in rows} == {"+33699001230", "+33699001231"}
    assert {row["alphabet"]: row["parts"] for row in rows} == {"GSM-7": "1", "UCS-2": "2"}


@pytest.mark.parametrize(
    ("text", "alphabet", "places", "parts"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("ж" * 70, "UCS-2", 70, 1),
        ("ж" * 71, "UCS-2", 71, 2),
        ("😀" * 36, "UCS-2", 72, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ],
)
def test_length_of_a_text_message(text: str, alphabet: str, places: int, parts: int) -> None:
    length = length_of(text)
    assert (length.alphabet, length.places, length.parts) == (alphabet, places, parts)


def test_a_list_to_call_says_names_and_numbers_and_no_status(post: Registry, tmp_path: Path) -> None:
    code = post.execute(PrepareCampaign("", "phone")).value.campaign
    post.execute(WriteMessages(code, tmp_path / "calls.csv", "test"))
    with (tmp_path / "calls.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert head == ["code", "number", "name", "phone", "language", "answer"]
    assert {row[2] for row in rows} == {"Lea Mail", "Max Post"}
    code = post.execute(PrepareCampaign("", "phone")).value.campaign
    post.execute(WriteMessages(code, tmp_path / "calls.vcf", "test"))
    assert (tmp_path / "calls.vcf").read_text("utf-8").count("BEGIN:VCARD") == 2


def test_what_a_gateway_delivered_is_read_back(post: Registry, tmp_path: Path) -> None:
    code = prepared(post, "sms")
    post.execute(WriteMessages(code, tmp_path / "out.csv", "test"))
    letters = {one.name: one.letter for one in post.read(CampaignPeople(code)).people if one.letter}
    report = tmp_path / "report.csv"
    report.write_text(f"code;status\n{letters['Lea Mail']};DELIVRD\n{letters['Max Post']};UNDELIV\n", "utf-8")
    assert post.execute(ReadAnswers(report)).value.changed == 2
    assert states(post, code) == {"Lea Mail": "delivered", "Max Post": "returned"}


class _Server(socketserver.ThreadingTCPServer):
    """A mail server that takes messages, and refuses one recipient."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[str] = []
        self.refused = "nobody@example.org"
        self.breaks_after = 99


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self._say("220 ready")
        data = False
        lines: list[str] = []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if data:
                if line == ".":
                    data = False
                    self.server.taken.append("\n".join(lines))
                    self._say("250 taken")
                    if len(self.server.taken) >= self.server.breaks_after:
                        return
                else:
                    lines.append(line)
            elif line.upper().startswith("DATA"):
                data, lines = True, []
                self._say("354 go on")
            elif line.upper().startswith("RCPT") and self.server.refused in line:
                self._say("550 no such user")
            elif line.upper().startswith("QUIT"):
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server(post: Registry) -> Iterator[_Server]:
    """A mail server on this machine, in the post's settings."""
    with _Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        for name, value in {
            "smtp_server": "127.0.0.1",
            "smtp_port": str(running.server_address[1]),
            "smtp_security": "none",
            "smtp_rate": "6000",
        }.items():
            post.execute(ChangeSetting(name, value))
        yield running
        running.shutdown()


def test_messages_are_sent_one_by_one_and_go_on_where_they_ended(post: Registry, server: _Server) -> None:
    code = prepared(post)
    first = post.execute(SendMessages(code, "test", most=1)).value
    assert (first.sent, first.left) == (1, 1)
    second = post.execute(SendMessages(code, "test")).value
    assert (second.sent, second.left) == (1, 0)
    assert len(server.taken) == 2
    assert len({line for mail in server.taken for line in mail.split("\n") if line.startswith("Message-ID")}) == 2
    assert states(post, code) == {"Lea Mail": "posted", "Max Post": "posted"}


def test_an_address_that_the_server_refuses_is_kept_as_such(post: Registry, server: _Server) -> None:
    server.refused = "person0@example.org"
    code = prepared(post)
    sent = post.execute(SendMessages(code, "test")).value
    assert (sent.sent, sent.failed, sent.left) == (1, 1, 0)
    assert post.read(ListCampaigns(code))[0].returned == {"undelivered": 1}


def test_a_server_that_breaks_off_leaves_the_rest_for_later(post: Registry, server: _Server) -> None:
    server.breaks_after = 1
    code = prepared(post)
    sent = post.execute(SendMessages(code, "test")).value
    assert (sent.sent, sent.left) == (1, 1)
    server.breaks_after = 99
    assert post.execute(SendMessages(code, "test")).value.sent == 1
    assert len(server.taken) == 2


def test_a_server_that_is_not_there_is_a_sentence(post: Registry) -> None:
    code = prepared(post)
    with pytest.raises(Invalid, match="Set the mail server"):
        post.execute(SendMessages(code, "test"))
    post.execute(ChangeSetting("smtp_server", "127.0.0.1"))
    post.execute(ChangeSetting("smtp_port", "1"))
    with pytest.raises(StorageTrouble, match="does not answer as it should"):
        post.execute(SendMessages(code, "test"))
    assert states(post, code) == {"Lea Mail": "prepared", "Max Post": "prepared"}


def test_the_servers_password_is_shown_nowhere(post: Registry) -> None:
    post.execute(ChangeSetting("smtp_password", "tell-nobody-77"))
    assert post.read(GetSettings())["smtp_password"] == "•"
    assert "tell-nobody-77" not in str(post.read(GetHistory()))


@pytest.mark.parametrize(
    ("channel", "name", "words"),
    [("email", "a.vcf", "written as"), ("sms", "a.mbox", "written as"), ("phone", "a.pdf", "written as")],
)
def test_other_endings_are_refused(post: Registry, tmp_path: Path, channel: str, name: str, words: str) -> None:
    code = prepared(post, channel)
    with pytest.raises(Invalid, match=words):
        post.execute(WriteMessages(code, tmp_path / name, "test"))
    assert not (tmp_path / name).exists()


def test_a_field_that_texts_cannot_say_is_told_before_anything_is_written(post: Registry, tmp_path: Path) -> None:
    code = prepared(post, **{"text.en": "{{birth_date}}", "subject.en": "x"})
    with pytest.raises(Invalid, match="birth_date"):
        post.execute(WriteMessages(code, tmp_path / "a.mbox", "test"))


def test_an_address_that_is_none_keeps_nobody_else_waiting(post: Registry, tmp_path: Path) -> None:
    person = post.read(Search("Lea Mail")).results[0].id
    post.execute(EditRecord("people", person, {"email": "lea..mail@example.org"}))
    code = prepared(post)
    assert post.execute(WriteMessages(code, tmp_path / "out.mbox", "test")).value.messages == 1
    assert [mail["To"] for mail in mails_in(tmp_path / "out.mbox")] == ["Max Post <person1@example.org>"]
    assert states(post, code) == {"Lea Mail": "returned", "Max Post": "printed"}
