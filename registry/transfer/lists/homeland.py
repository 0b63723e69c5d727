"""The country whose habits a list follows, or one of its columns: telephone numbers are written without its code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from registry import vocabularies
from registry.i18n import N_, _
from registry.transfer.columns.mapping import Match
from registry.transfer.values.countries import named_in

AS_OF_POST = N_("“{column}”: numbers without country code are read as numbers of {country}, where this post stands.")
AS_OF_LIST = N_(
    "“{column}”: numbers without country code are read as numbers of {country}: the list's addresses end in .{ending}."
)
AS_OF_HEADING = N_(
    "“{column}”: numbers without country code are read as numbers of {country}, which the heading names."
)

_ENDING = re.compile(r"(?:@|://|www\.)[\w.-]*\.([a-z]{2})(?![\w.])", re.IGNORECASE)
#: Endings that are sold to everybody or stand for a language (ISO 3166-1 codes nevertheless).
_ANYBODYS = frozenset(("ac", "ai", "cc", "co", "fm", "gg", "io", "la", "me", "sh", "tk", "to", "tv", "ws"))
_SHARE = 0.6
_FEWEST = 5


def country_of(matches: Sequence[Match], columns: Sequence[Sequence[str]], post: str) -> tuple[str, list[str]]:
    """(alpha-3 code, sentences to say): the country of a list's e-mail and web addresses, else the post's."""
    targets = {t: m for m in matches for t in m.targets}
    phones = [m for t, m in targets.items() if t.partition(".")[0] == "phone" and not named_in(m.header)]
    bare = [m for m in phones if any(map(_is_bare, columns[m.column]))]
    if not bare or "address.country" in targets:
        return post, []
    webbed = [m.column for t, m in targets.items() if t.partition(".")[0] in ("email", "website")]
    endings = Counter(e[1].lower() for c in webbed for text in columns[c] for e in _ENDING.finditer(text))
    ending, count = max(endings.items(), key=lambda e: e[1], default=("", 0))
    country = vocabularies.get("country").find("GB" if ending == "uk" else ending.upper()) if ending else None
    own = country is not None and ending not in _ANYBODYS
    if own and country and count >= max(_FEWEST, _SHARE * endings.total()):
        name = vocabularies.get("country").label(country)
        return country, [_(AS_OF_LIST, column=m.heading, country=name, ending=ending) for m in bare]
    if not post:
        return post, []
    name = vocabularies.get("country").label(post)
    return post, [_(AS_OF_POST, column=m.heading, country=name) for m in bare]


def of_headings(matches: Sequence[Match], columns: Sequence[Sequence[str]]) -> tuple[dict[str, str], list[str]]:
    """(Heading -> alpha-3 code, sentences to say) of columns of telephones whose heading names a country."""
    phones = [m for m in matches if any(t.partition(".")[0] == "phone" for t in m.targets)]
    named = {m.header: code for m in phones if (code := named_in(m.header))}
    label = vocabularies.get("country").label
    bare = [m.header for m in phones if m.header in named and any(map(_is_bare, columns[m.column]))]
    return named, [_(AS_OF_HEADING, column=header, country=label(named[header])) for header in bare]


def _is_bare(cell: str) -> bool:
    text = cell.strip()
    return sum(c.isdigit() for c in text) >= 6 and not text.startswith(("+", "00"))
