"""Campaigns: prepared, printed or sent, posted, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.documents.letters import Printing
    from registry.outreach.answering import AnswersRead  # noqa: F401
    from registry.outreach.preparing import Prepared  # noqa: F401
    from registry.outreach.printing import LettersResult  # noqa: F401
    from registry.outreach.returning import CameBack  # noqa: F401
    from registry.outreach.sending import Sent  # noqa: F401
    from registry.outreach.writing import MessagesWritten  # noqa: F401


@dataclass(frozen=True)
class WriteLetters(Command["LettersResult"]):
    """Prepare a campaign of letters and print it at once to one PDF.

    Attributes:
        purpose, basis: "" = the template's own.
        channel: "letter" or "event".
        language: "auto" = each person's own, else a code.
        variables: what the template's variables say instead of their defaults, as of `Variable.text`.
        printing: how they come onto paper; None = the post's envelope window, one side.
    """

    query: str
    template: str
    path: Path
    reason: str
    purpose: str = ""
    language: str = "auto"
    ids: tuple[int, ...] | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    per: str = "person"
    kind: str = "people"
    printing: Printing | None = None
    channel: str = "letter"
    basis: str = ""


@dataclass(frozen=True)
class Question:
    """A question that people answer.

    Attributes:
        text: as it is asked.
        answers: code -> what it means; () = any text.
    """

    text: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PrepareCampaign(Command["Prepared"]):
    """Decide who of a selection gets something, and keep it: recipients, and everybody left out with the reason.

    Attributes:
        channel: "letter", "email", "sms", "phone" or "event".
        template: id of a letter; "" = messages with texts of their own, or a list to call.
        purpose, basis: "" = the template's own.
        title: what the officer calls it; it appears on no paper and in no file name.
        per: "person", "household", "association" or "officer".
        variables: details of the template; of messages without one `subject.fr`, `text.fr` and so on.
        follows: code of a campaign: its recipients who did not answer, instead of a query.
    """

    query: str = ""
    channel: str = "letter"
    template: str = ""
    purpose: str = ""
    basis: str = ""
    language: str = "auto"
    per: str = "person"
    kind: str = "people"
    ids: tuple[int, ...] | None = None
    title: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    follows: str = ""
    question: Question | None = None


@dataclass(frozen=True)
class PrintCampaign(Command["LettersResult"]):
    """Print the letters of a prepared campaign that were not printed yet to one PDF.

    Attributes:
        most: so many at most; 0 = all.
        printing: as of `WriteLetters`.
    """

    campaign: str
    path: Path
    reason: str
    most: int = 0
    printing: Printing | None = None


@dataclass(frozen=True)
class WriteMessages(Command["MessagesWritten"]):
    """Write what a campaign sends to a file: .mbox, .zip of .eml, .csv, .xlsx or .vcf, as its channel allows."""

    campaign: str
    path: Path
    reason: str


@dataclass(frozen=True)
class SendMessages(Command["Sent"]):
    """Send the next e-mails of a campaign over the server of the settings; each is written down, so that it goes on.

    Attributes:
        most: so many at most in one operation.
    """

    campaign: str
    reason: str
    most: int = 10


@dataclass(frozen=True)
class MarkPosted(Command[int]):
    """What was printed went to the post; the result is how many letters that is.

    Attributes:
        on: the day; "" = today.
    """

    campaign: str
    on: str = ""


@dataclass(frozen=True)
class RecordReturned(Command["CameBack"]):
    """Letters came back: known by the codes printed on them.

    Attributes:
        reason: "unknown", "moved", "refused" or "deceased".
        on: the day; "" = today.
    """

    codes: tuple[str, ...]
    reason: str = "unknown"
    on: str = ""


@dataclass(frozen=True)
class RecordAnswers(Command["AnswersRead"]):
    """Somebody answered: codes of letters or messages, each with the answer, which may be "" where none is asked."""

    answers: tuple[tuple[str, str], ...]
    on: str = ""


@dataclass(frozen=True)
class ReadAnswers(Command["AnswersRead"]):
    """Answers, or what a gateway delivered, from a table with a column of codes."""

    path: Path


@dataclass(frozen=True)
class SaveConsentText(Command[bool]):
    """Keep what people read or hear before they agree; a version that is kept is not changed any more."""

    purpose: str
    version: str
    language: str
    text: str
