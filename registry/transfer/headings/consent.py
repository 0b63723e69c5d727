"""What a heading of a list or a question says about consent: to keep the data at all, or to one use; the answer no."""

from __future__ import annotations

import re
from collections.abc import Iterable

from registry import vocabularies
from registry.fields import CONSENT, PEOPLE
from registry.i18n import N_, ngettext
from registry.nothing import EMPTY
from registry.search.folding import fold
from registry.transfer.headings import wordings
from registry.transfer.headings.headers import is_our_question, key, named

REFUSED = N_("this person answered that these data may not be kept")
#: What a newsletter is unsubscribed from where nothing else is named.
NEWSLETTER = f"{CONSENT}.outreach_news.email"
#: "Notes (do not call before nine)": what stands in brackets is about the column, not what it says.
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
#: What ends the first part of an answer.
_BEGINNING = re.compile(r"\s*[,;.:!(]\s*|\s+[–—-]\s+")
#: Codes of the vocabulary of answers.
_YES, _NO = "yes", "no"
#: Between the words of a heading such as "HasOptedOutOfEmail".
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def asks_to_keep(question: str) -> bool:
    """Whether a question is about keeping the data at all; consents of our own forms are about one use of them."""
    return _says(wordings.pattern("consent", "agreement"), question)


def heads_consent(heading: str) -> bool:
    """Whether a heading of a list says that consent to keep the data stands below it."""
    agrees = _says(wordings.pattern("consent"), heading) or all(
        _says(wordings.pattern(word), heading) for word in ("agreement", "data")
    )
    return agrees and not names_use(heading) and not opts_out(heading)


def names_use(heading: str) -> bool:
    """Whether a heading names a use of the data, which is all that is agreed to below it."""
    return wordings.pattern("purposes", "channels", "other_uses").search(key(heading)) is not None


def opts_out(heading: str) -> bool:
    """Whether a heading says that what stands below it refuses: "Do not email", "Unsubscribed on", "DoNotCall"."""
    words = key(_CAPITAL.sub(" ", heading))
    if wordings.pattern("unsubscribed").search(words):
        return True
    words = key(_BRACKETS.sub(" ", _CAPITAL.sub(" ", heading)))
    forbids = wordings.pattern("forbids").search(words) is not None
    return forbids and wordings.pattern("purposes", "channels", "contact").search(words) is not None


def refused_by(heading: str) -> tuple[str, ...]:
    """Canonical names of the consents that are refused below a heading (`refuses`); () if it names no use of ours.

    Of a purpose alone they are those by every channel, of a channel alone those for every purpose.
    """
    out = opts_out(heading)
    if not out and not _says(wordings.pattern("consent", "permission"), heading):
        return ()
    words = key(_CAPITAL.sub(" ", heading) if out else heading)
    said = wordings.pattern("purposes", "channels", "other_uses").findall(words)
    purposes, channels = _codes("purposes", said), _codes("channels", said)
    if not purposes and not channels and (not out or wordings.pattern("contact").search(words) is None):
        return (NEWSLETTER,) if out and not said else ()
    return tuple(
        f"{CONSENT}.{purpose}.{channel}"
        for purpose in purposes or vocabularies.get("consent_purpose").codes
        for channel in channels or vocabularies.get("consent_channel").codes
    )


def refuses(heading: str, answer: str) -> bool:
    """Whether an answer refuses what stands above it: a no; where that says who opted out, whatever is none."""
    return _opted_out(answer) if opts_out(heading) else is_no(answer)


def unsubscribed(answer: str) -> bool:
    """Whether an answer says by itself that somebody wants no newsletter, whatever stands above it."""
    word = wordings.pattern("unsubscribed")
    return any(word.fullmatch(key(said)) for said in _sayings(answer))


def is_no(answer: str) -> bool:
    """Whether an answer is no, or says that somebody does not agree: "No, I don't", "Je n'accepte pas".

    "No answer" is none, and "Yes, but I do not want letters" is a yes.
    """
    said = _sayings(answer)
    if not wordings.folded("refusal").isdisjoint(map(fold, said)) or unsubscribed(answer):
        return True
    return _YES not in map(_yes_no, said) and wordings.pattern("disagreement").search(key(answer)) is not None


def _opted_out(answer: str) -> bool:
    """Whether an answer says that somebody opted out: a yes, a day, a reason, "opted out"; no link to do so."""
    said = answer.strip()
    if said.casefold() in EMPTY or not said.strip("0/.:- ") or "//" in said:
        return False
    subscribed = wordings.pattern("permission").fullmatch(key(said)) is not None
    return not subscribed and _NO not in map(_yes_no, _sayings(said))


def _sayings(answer: str) -> tuple[str, str]:
    """An answer, and its beginning."""
    said = " ".join(answer.split())
    return said, _BEGINNING.split(said, maxsplit=1)[0]


def _yes_no(text: str) -> str | None:
    return vocabularies.get("yes_no").find(text)


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
