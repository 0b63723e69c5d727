"""Whether somebody who is being registered is there already: asked of the matching, while the card is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry import fields
from registry.context import View
from registry.drafts import DraftReader
from registry.fields import PEOPLE
from registry.kinds import Situation
from registry.matching import evidence, few
from registry.matching.evidence import Evidence
from registry.matching.review import named, sides
from registry.queries import SimilarRecords

#: Records shown at once.
_MOST = 5
#: As likely as not (0..1): before a record is made it is asked, as it would wait for review.
_LIKELY = 0.5


@dataclass(frozen=True)
class Similar:
    """A record that may be the one that is being written.

    Attributes:
        likelihood: 0..1.
        evidence: what speaks for and against, the weightiest first.
    """

    id: int
    number: str
    name: str
    likelihood: float
    evidence: tuple[Evidence, ...]

    @property
    def likely(self) -> bool:
        """Whether it is probably the same; else it only may be."""
        return self.likelihood >= _LIKELY

    @property
    def shared(self) -> str:
        """What speaks for it, in one line."""
        return ", ".join(one.words for one in self.evidence if one.weight > 0)


def similar_records(view: View, query: SimilarRecords) -> tuple[Similar, ...]:
    """At most five, the likeliest first; what a field cannot hold is not compared."""
    texts = {n: t for n, t in query.texts.items() if t.strip() and _may_compare(view, query.kind, n)}
    reader = DraftReader(query.kind, tuple(texts), Situation(view.settings.get("country", "")))
    rows = few.rows_of(query.kind, reader.read(tuple(texts.values())))
    pairs = few.pairs_with(view.connection, query.kind, [(-1, rows)], view.progress) if texts else []
    pairs = sorted(pairs, key=lambda pair: (-pair.likelihood, pair.other))[:_MOST]
    known = sides(view.connection, query.kind, [pair.other for pair in pairs])
    own = rows["person" if query.kind == PEOPLE else "association"][0]
    mine = str(own.get("full_name" if query.kind == PEOPLE else "name") or ""), _parts(own)
    found = []
    for pair in pairs:
        side, parts = known[pair.other]
        said = evidence.told(view.session, query.kind, pair.evidence, *named(mine, (side.name, parts)))
        found.append(Similar(side.id, side.number, side.name, pair.likelihood / 10_000, said))
    return tuple(found)


def _may_compare(view: View, kind: str, name: str) -> bool:
    found = fields.find(kind, name)
    return found is not None and view.session.sees(found[0])


def _parts(own: Mapping[str, object]) -> dict[str, str]:
    return {name: str(own.get(f"{name}_name") or "") for name in ("given", "family")}
