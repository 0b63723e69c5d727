"""The segments that somebody may use, and what one name means to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from db.models import segment
from registry.access import Session
from registry.errors import Invalid
from registry.i18n import N_
from registry.search.folding import fold
from registry.search.parser import parse
from registry.search.tree import Node, Term
from registry.search.tree import terms as every_term

#: The field of a query that names a segment.
FIELD = "in"
NO_SEGMENT = N_("There is no segment “{name}”. Save a query under this name first.")
NEAREST = N_("There is no segment “{name}”. Did you mean “{suggestion}”?")


@dataclass(frozen=True)
class Kept:
    """A segment as it is kept.

    Attributes:
        kind: "people" or "associations".
        query: what it finds; of a fixed list what it found when it was fixed.
        fixed_on: the day since which it is a fixed list; "" = it is asked anew each time.
        owner: account id of its maker.
    """

    id: int
    name: str
    kind: str
    query: str
    fixed_on: str
    shared: bool
    owner: int

    @property
    def fixed(self) -> bool:
        """Whether it is a fixed list."""
        return bool(self.fixed_on)


class AnyWord:
    """Every word is a field: for queries that were read once already, perhaps by somebody who sees more."""

    def knows(self, _word: str) -> bool:
        """Yes."""
        return True

    def nearest(self, word: str) -> str:
        """The word itself."""
        return word


def usable(connection: Connection, user_id: int) -> list[Kept]:
    """The segments that are this user's own or shared, by name; of one name their own comes first."""
    mine = or_(segment.c.owner == user_id, segment.c.shared)
    found = (_kept(row._mapping) for row in connection.execute(select(segment).where(mine)))
    return sorted(found, key=lambda s: (fold(s.name), s.owner != user_id, s.id))


def everybodys(connection: Connection) -> list[Kept]:
    """All segments, others' own among them: never to be shown."""
    return [_kept(row._mapping) for row in connection.execute(select(segment).order_by(segment.c.id))]


def named(connection: Connection, user_id: int, name: str) -> Kept | None:
    """What `name` means to a user: their own segment before a shared one; capitals and accents do not matter."""
    return next((s for s in usable(connection, user_id) if key(s.name) == key(name)), None)


def find(connection: Connection, session: Session, name: str) -> Kept:
    """The segment of this name; raises `Invalid` with the nearest."""
    found = named(connection, session.user_id, name)
    if found is None:
        near = nearest(name, (s.name for s in usable(connection, session.user_id)))
        raise Invalid(NEAREST if near else NO_SEGMENT, field="name", name=name[:80], suggestion=near)
    return found


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of `names` most like `name`; "" if there are none."""
    from rapidfuzz import process

    found = process.extractOne(name, list(names), processor=fold)
    return str(found[0]) if found else ""


def key(name: str) -> str:
    """What two names of segments share that mean the same: capitals, accents and script are left aside."""
    return fold(name)


def terms(tree: Node) -> Iterator[Term]:
    """Every place in a query that names a segment, as far as `is_segment` knows its field's word."""
    return (term for term in every_term(tree) if is_segment(term.field))


def is_segment(word: str) -> bool:
    """Whether a field word of a query names segments."""
    from registry.search.names import SEGMENT_WORDS

    return fold(word) in SEGMENT_WORDS


def tree_of(query: str) -> Node:
    """The tree of a query that was read once already."""
    return parse(query, AnyWord())


def uses(kept: Kept, other: Kept) -> bool:
    """Whether the query of `kept` names `other`, as its maker understands the name."""
    if kept.fixed or kept.id == other.id or not (other.shared or other.owner == kept.owner):
        return False
    return any(key(term.value) == key(other.name) for term in terms(tree_of(kept.query)))


def _kept(row: object) -> Kept:
    values = dict(row)  # type: ignore[call-overload]
    return Kept(**{**values, "fixed_on": values["fixed_on"] or ""})
