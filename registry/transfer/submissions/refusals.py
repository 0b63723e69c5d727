"""Who answered that their data may not be kept: the question, or the heading of a list, and the answer no."""

from __future__ import annotations

import re
from collections.abc import Iterable

from registry.fields import PEOPLE
from registry.i18n import N_, ngettext
from registry.search.folding import fold
from registry.transfer.headings.headers import is_our_question, named

REFUSED = N_("this person answered that these data may not be kept")

#: What a question says that asks whether somebody may be kept, folded, in the five languages.
_QUESTION = re.compile(
    r"\b(?:consent\w*|agree\w*|accept\w*|autoris\w*|acepta\w*|autoriza\w*|consient\w*|aceita\w*|concorda\w*|\w*wafq\w*)\b"
)
#: What a heading of a list says; "accepted" and "authorised" are there of other things.
_HEADING = re.compile(r"\b(?:consent\w*|consient\w*|einwillig\w*|\w*wafq\w*|rgpd|gdpr|dsgvo)\b")
#: What is agreed to in other columns: one use of the data.
_ONE_USE = re.compile(
    r"\b(?:e-?mail\w*|mail\w*|courriel\w*|sms|whatsapp|phone|tel\w*|letter|newsletter\w*|photo\w*|foto\w*|imag\w*|publi\w*)\b"
)
_NO = frozenset({"no", "non", "nao", "nein", "la", "false", "n", "disagree", "refuse"})


def asks_to_keep(question: str) -> bool:
    """Whether a question is about keeping the data at all; consents of our own forms are about one use of them."""
    return _says(_QUESTION, question)


def heads_consent(heading: str) -> bool:
    """Whether a heading of a list says that consent to keep the data stands below it."""
    return _says(_HEADING, heading) and not _ONE_USE.search(fold(heading))


def is_no(answer: str) -> bool:
    """Whether an answer is no."""
    return fold(answer.strip()) in _NO


def told(reasons: Iterable[str]) -> list[str]:
    """What is said of rows that are left out for these reasons, if any of them is a refusal."""
    count = sum(reason == REFUSED for reason in reasons)
    if not count:
        return []
    return [
        ngettext(
            "{count} person answered that these data may not be kept, and is not taken in.",
            "{count} people answered that these data may not be kept, and are not taken in.",
            count,
        )
    ]


def _says(word: re.Pattern[str], text: str) -> bool:
    return bool(word.search(fold(text))) and not is_our_question(text) and named(PEOPLE, text) is None
