"""What a heading of a list or a question says about consent: to keep the data at all, or to one use; the answer no."""

from __future__ import annotations

import re
from collections.abc import Iterable

from registry import vocabularies
from registry.fields import CONSENT, PEOPLE
from registry.i18n import N_, ngettext
from registry.search.folding import fold
from registry.transfer.headings import wordings
from registry.transfer.headings.headers import is_our_question, key, named

REFUSED = N_("this person answered that these data may not be kept")


def asks_to_keep(question: str) -> bool:
    """Whether a question is about keeping the data at all; consents of our own forms are about one use of them."""
    return _says(wordings.pattern("consent", "agreement"), question)


def heads_consent(heading: str) -> bool:
    """Whether a heading of a list says that consent to keep the data stands below it."""
    return _says(wordings.pattern("consent"), heading) and not names_use(heading)


def names_use(heading: str) -> bool:
    """Whether a heading names a use of the data, which is all that is agreed to below it."""
    return wordings.pattern("purposes", "channels", "other_uses").search(key(heading)) is not None


def refused_by(heading: str) -> tuple[str, ...]:
    """Canonical names of the consents that a no below a heading refuses; () of a heading that names no use of ours.

    Of a purpose alone they are those by every channel, of a channel alone those for every purpose.
    """
    if not _says(wordings.pattern("consent", "permission"), heading):
        return ()
    said = wordings.pattern("purposes", "channels", "other_uses").findall(key(heading))
    purposes, channels = _codes("purposes", said), _codes("channels", said)
    if not purposes and not channels:
        return ()
    return tuple(
        f"{CONSENT}.{purpose}.{channel}"
        for purpose in purposes or vocabularies.get("consent_purpose").codes
        for channel in channels or vocabularies.get("consent_channel").codes
    )


def is_no(answer: str) -> bool:
    """Whether an answer is no."""
    return fold(answer.strip()) in wordings.folded("refusal")


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
    return bool(word.search(key(text))) and not is_our_question(text) and named(PEOPLE, text) is None


def _codes(group: str, said: Iterable[str]) -> list[str]:
    return [code for code, word in wordings.patterns(group).items() if any(map(word.fullmatch, said))]
