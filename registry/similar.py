"""Whether somebody who is being registered is there already: by simple keys, while the card is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from db.models import METADATA, address, association, document, email, person, phone, record
from registry import fields
from registry.context import View
from registry.drafts import Draft, DraftReader
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_
from registry.kinds import Situation
from registry.queries import SimilarRecords
from registry.search.folding import fold, name_key
from registry.transfer.lookup import EVIDENCE
from registry.writing import compose_full_name

#: What two records share, and the words for it.
SHARED = {
    **{code: EVIDENCE[code] for code in ("document", "name_birth", "name")},
    "acronym_city": N_("the same acronym and town"),
    "website": N_("the same website"),
    "email": N_("the same e-mail"),
    "phone": N_("the same telephone"),
}
#: What is enough by itself; a family shares a telephone, and two people may have one name.
_ENOUGH = {
    PEOPLE: frozenset({"document", "name_birth"}),
    ASSOCIATIONS: frozenset({"name", "acronym_city", "website"}),
}
#: Records shown at once.
_MOST = 5


@dataclass(frozen=True)
class Similar:
    """A record that may be the one that is being written.

    Attributes:
        shared: codes of `SHARED`.
        likely: whether it is probably the same; else it only may be.
    """

    id: int
    number: str
    name: str
    shared: tuple[str, ...]
    likely: bool


def similar_records(view: View, query: SimilarRecords) -> tuple[Similar, ...]:
    """At most five, the surest first; what a field cannot hold is not compared."""
    texts = {n: t for n, t in query.texts.items() if t.strip() and _may_compare(view, query.kind, n)}
    reader = DraftReader(query.kind, tuple(texts), Situation(view.settings.get("country", "")))
    draft = reader.read(tuple(texts.values()))
    shared: dict[int, list[str]] = {}
    for code, record_id in (_people if query.kind == PEOPLE else _associations)(view, draft):
        if code not in shared.setdefault(record_id, []):
            shared[record_id].append(code)
    found = _similar(view, query.kind, shared)
    return tuple(sorted(found, key=lambda one: (not one.likely, -len(one.shared), one.name))[:_MOST])


def _may_compare(view: View, kind: str, name: str) -> bool:
    found = fields.find(kind, name)
    return found is not None and view.session.sees(found[0])


def _people(view: View, draft: Draft) -> Iterator[tuple[str, int]]:
    own = draft.rows.get(("person", 0), {})
    born = str(own.get("birth_date") or "")
    key = name_key(str(own.get("full_name") or compose_full_name(own)))
    named = select(person.c.id, person.c.birth_date).where(person.c.name_key == key)
    for row in view.connection.execute(named) if key else ():
        if not born or not row.birth_date:
            yield "name", row.id
        elif _agree(born, row.birth_date):
            yield "name_birth", row.id
    papers = _values(draft, "document", "number")
    bare = ("".join(c for c in number if c.isalnum()).upper() for number in papers)
    yield from _equal(view, "document", document.c.number, [*papers, *bare])
    yield from _contacts(view, draft)


def _agree(one: str, other: str) -> bool:
    """Whether two partial dates can be the same day."""
    shorter, longer = sorted((one.rstrip("~"), other.rstrip("~")), key=len)
    return longer.startswith(shorter)


def _associations(view: View, draft: Draft) -> Iterator[tuple[str, int]]:
    own = draft.rows.get(("association", 0), {})
    if key := name_key(str(own.get("name") or "")):
        for row_id in view.connection.execute(select(association.c.id).where(association.c.name_key == key)).scalars():
            yield "name", row_id
    acronym, cities = fold(str(own.get("acronym") or "")), {fold(city) for city in _values(draft, "address", "city")}
    if acronym and cities:
        located = select(association.c.id, association.c.acronym, address.c.city).join(
            address, address.c.record_id == association.c.id
        )
        for row in view.connection.execute(located.where(association.c.acronym.is_not(None))):
            if fold(row.acronym) == acronym and fold(row.city or "") in cities:
                yield "acronym_city", row.id
    if site := _site(str(own.get("website") or "")):
        sites = select(association.c.id, association.c.website).where(association.c.website.is_not(None))
        yield from (("website", row.id) for row in view.connection.execute(sites) if _site(row.website) == site)
    yield from _contacts(view, draft)


def _contacts(view: View, draft: Draft) -> Iterator[tuple[str, int]]:
    yield from _equal(view, "email", email.c.folded, _values(draft, "email", "folded"))
    yield from _equal(view, "phone", phone.c.e164, _values(draft, "phone", "e164"))


def _values(draft: Draft, table: str, column: str) -> list[str]:
    return [str(row[column]) for (name, _), row in draft.rows.items() if name == table and row.get(column)]


def _equal(view: View, code: str, column: ColumnElement[str], values: Iterable[str]) -> Iterator[tuple[str, int]]:
    owner = METADATA.tables[code].c.record_id
    for record_id in view.connection.execute(select(owner).where(column.in_(list(values)))).scalars():
        yield code, record_id


def _site(text: str) -> str:
    """A web address as it is compared: without its protocol, `www` and the last stroke."""
    return text.casefold().rpartition("://")[2].removeprefix("www.").rstrip("/")


def _similar(view: View, kind: str, shared: dict[int, list[str]]) -> Iterator[Similar]:
    """Those of the kind, with number and name."""
    own, name = (person, person.c.full_name) if kind == PEOPLE else (association, association.c.name)
    joined = select(record.c.id, record.c.number, name.label("name")).join(own, own.c.id == record.c.id)
    for row in view.connection.execute(joined.where(record.c.id.in_(sorted(shared)))):
        codes = shared[row.id]
        more = len(codes) > 1 and (kind != PEOPLE or "name" in codes)
        likely = more or bool(_ENOUGH[kind] & set(codes))
        yield Similar(row.id, row.number, row.name, tuple(code for code in SHARED if code in codes), likely)
