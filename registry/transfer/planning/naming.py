"""What becomes of a record's full name when a list gives only its parts; names are never split by guessing."""

from __future__ import annotations

from collections.abc import Mapping

from registry.i18n import N_
from registry.search.folding import fold, name_key
from registry.writing import NAME_PARTS, compose_full_name

STAYS = N_("The full name stays “{name}”: it was not made of its parts. Correct it on the card if it is wrong.")

#: What a full name is made of.
MADE_OF = frozenset({*NAME_PARTS, "name_order", "native_name"})

Own = Mapping[str, object]


def full_name(before: Own, said: Own, news: Own, *, fill: bool) -> object:
    """The full name of a record of which a row says new parts: the row's own, one that follows them, or what it was.

    A full name that was made of its parts follows them. Another one gives way only to family and given name together,
    one of which it contradicts, and not where only empty fields are filled.

    Args:
        before: the person's row as it is kept.
        said, news: what the row of the list says of it, and what of that is new.
    """
    if said.get("full_name") and not fill:
        return said["full_name"]
    after = {**before, **news}
    composed = compose_full_name(after)
    if before["full_name"] == compose_full_name(before):
        return composed
    whole = bool(after.get("family_name") and after.get("given_name"))
    return composed if whole and not fill and _contradicted(before, news) else before["full_name"]


def stays(before: Own, said: Own, news: Own) -> str:
    """The full name that stays although parts of the name are new and make another one; "" if there is none."""
    kept = str(before["full_name"])
    if said.get("full_name") or not MADE_OF & news.keys() or news["full_name"] != kept:
        return ""
    return kept if name_key(compose_full_name({**before, **news})) != name_key(kept) else ""


def _contradicted(before: Own, news: Own) -> bool:
    """Whether a new part of the name has a word that the full name lacks."""
    words = set(fold(str(before["full_name"])).split())
    return any(not words.issuperset(fold(str(news[part])).split()) for part in NAME_PARTS if news.get(part))
