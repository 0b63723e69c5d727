"""Whatever two records say: merging and taking apart is the identity, and the order of merging loses no fact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import names
from db.models import name_posting, name_word, record_names
from registry import commands as c
from registry import fields
from registry.app import Registry
from registry.queries import GetRecord, VerifyHistory
from tests.registry.post import ANA, BO, CY, PASSWORD, Post
from tests.registry.test_merging import add, everything, shown

#: Field -> values that it may have; few, so that two records often agree, or one says more.
_POOL = {
    "full_name": ("Noa Devised", "Noah Devised", "Noa B. Devised"),
    "native_name": ("Ноа", "نوح"),
    "birth_date": ("1985", "1985-03-04", "1958"),
    "sex": ("female", "other"),
    "state": ("active", "lapsed"),
    "phone": ("01 99 00 11 22", "01 99 00 33 44"),
    "phone.kind": ("mobile", "home"),
    "phone.2": ("01 99 00 33 44",),
    "email": ("noa@example.org", "NOA@example.org", "devised@example.org"),
    "skill": ("nursing_care", "structural_engineering"),
    "skill.level": ("2", "3"),
    "address.city": ("Lyon", "Nantes"),
    "address.country": ("FRA",),
    "occupation": ("2221", "Lantern keeper"),
    "consent.elections.letter": ("given", "refused"),
    "consent.outreach_news.letter": ("given",),
    "notes": ("met at the fair",),
    "trained_occupation": ("2221", "Lantern keeper"),
}
_NEEDED = {"full_name": st.sampled_from(_POOL["full_name"])}
_OTHERS = {name: st.sampled_from(values) for name, values in _POOL.items() if name not in _NEEDED}
_BELONGS = {"phone.kind": "phone", "skill.level": "skill", "phone.2": "phone"}


def _whole(texts: dict[str, str]) -> dict[str, str]:
    """Without what belongs to a value that is not there."""
    return {n: v for n, v in texts.items() if _BELONGS.get(n, n) in texts}


#: The second merge takes back the name that the first one took, and so the other name that the first one kept.
_CALLED_AGAIN = ({"full_name": "Noa B. Devised"}, {"full_name": "Noa Devised"}, {"full_name": "Noa B. Devised"})

#: What else may be known of a record, by somebody who may read protected values.
_EXTRAS: tuple[Callable[[Registry, int], object], ...] = (
    lambda registry, record_id: registry.execute(c.Relate(record_id, BO, "sibling")),
    lambda registry, record_id: registry.execute(c.Relate(CY, record_id, "parent")),
    lambda registry, record_id: registry.execute(
        c.EditRecord("people", record_id, {"association": "Club of Examples"})
    ),
    lambda registry, record_id: registry.execute(c.AddToSegment("people", "Choir", (record_id, ANA))),
    lambda registry, record_id: registry.execute(c.LogActivity("people", (record_id, BO), {"activity": "call"})),
    lambda registry, record_id: registry.execute(c.MarkUntraceable(record_id, "a letter came back")),
    lambda registry, record_id: registry.execute(c.SetProtected(record_id, "safe_contact", f"only by {record_id}")),
    lambda registry, record_id: registry.execute(
        c.AddAttachment(record_id, "document", _paper(registry.folder, record_id), "a paper")
    ),
    lambda registry, record_id: registry.execute(
        c.AddRecord("people", {"full_name": "Next Devised", "phone": "01 99 00 11 22"})
    ),
)


def _paper(folder: Path, record_id: int) -> Path:
    path = folder.parent / f"paper{record_id}.txt"
    path.write_text(f"of {record_id}", encoding="utf-8")
    return path


people = st.fixed_dictionaries(_NEEDED, optional=_OTHERS).map(_whole)
some = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


extras = st.lists(st.tuples(st.integers(0, len(_EXTRAS) - 1), st.integers(0, 2)), max_size=8)


@some
@given(
    records=st.lists(people, min_size=2, max_size=3),
    more=extras,
    chosen=st.sets(st.sampled_from(("full_name", "birth_date", "sex", "state"))),
    order=st.permutations(range(3)),
    apart=st.booleans(),
)
@example(records=[*_CALLED_AGAIN], more=[], chosen={"full_name"}, order=[0, 1, 2], apart=True)
def test_merging_and_taking_apart_is_the_identity(
    post: Post,
    records: list[dict[str, str]],
    more: list[tuple[int, int]],
    chosen: set[str],
    order: list[int],
    apart: bool,
) -> None:
    """In one operation or several, and taken out in any order."""
    with _clerk(post) as clerk:
        ids = [add(clerk, texts).id for texts in records]
        for which, of in sorted({(which, ids[of % len(ids)]) for which, of in more}):
            _EXTRAS[which](clerk, of)
        before, computed = everything(clerk), indexes(clerk)
        numbers = [clerk.read(GetRecord("people", record_id)).number for record_id in ids]
        staying, *others = (place for place in order if place < len(ids))
        for some in [[other] for other in others] if apart else [others]:
            taken = dict.fromkeys(chosen, ids[some[-1]])
            clerk.execute(c.MergeRecords(ids[staying], tuple(ids[other] for other in some), taken))
        assert everything(clerk) != before
        for other in sorted(others):
            clerk.execute(c.UnmergeRecord(numbers[other]))
        assert everything(clerk) == before
        assert indexes(clerk) == computed
        assert clerk.read(VerifyHistory()).ok


@some
@given(records=st.lists(people, min_size=3, max_size=3))
def test_the_order_of_merging_changes_no_fact(post: Post, records: list[dict[str, str]]) -> None:
    with _clerk(post) as clerk:
        left, right, at_once = ([add(clerk, texts).id for texts in records] for _time in range(3))
        clerk.execute(c.MergeRecords(left[0], (left[1],)))
        clerk.execute(c.MergeRecords(left[0], (left[2],)))
        clerk.execute(c.MergeRecords(right[1], (right[2],)))
        clerk.execute(c.MergeRecords(right[0], (right[1],)))
        clerk.execute(c.MergeRecords(at_once[0], tuple(at_once[1:])))
        assert facts(clerk, left[0]) == facts(clerk, right[0]) == facts(clerk, at_once[0])


def indexes(registry: Registry) -> tuple[object, ...]:
    """What is computed of the records: every word of the full text, and the index of names."""
    with registry._engine.connect() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'record_text', 'instance')")
        text = sorted(map(tuple, connection.exec_driver_sql("SELECT term, doc, col FROM temp.words")))
        connection.exec_driver_sql("DROP TABLE temp.words")
        words = {row.id: (row.text, row.script) for row in connection.execute(select(name_word))}
        listed = names.names_of(connection, connection.execute(select(record_names.c.record_id)).scalars().all())
        called = {who: [[[words[w] for w in parts] for parts in name] for name in some] for who, some in listed.items()}
        ids = connection.execute(select(name_posting.c.word_id).distinct()).scalars().all()
        having = {words[word]: records.tolist() for word, records in names.records_of(connection, ids).items()}
    return text, called, having


def facts(registry: Registry, record_id: int) -> list[tuple[str, ...]]:
    """All that a record says: of each row its values, in any order; what another row says as well is no fact more."""
    rows: dict[tuple[str, int], set[str]] = {}
    for name, value in shown(registry, record_id).values.items():
        found = fields.find("people", name)
        if found is not None and found[0].table != "record":
            rows.setdefault((found[0].group, found[1]), set()).add(f"{found[0].name}={value}")
    said = list(rows.values())
    return sorted(tuple(sorted(row)) for row in said if not any(row < other for other in said))


def _clerk(post: Post) -> Registry:
    """Petra, who may do what a clerk may and see what is protected."""
    return Registry.open(post.folder, "petra", PASSWORD)
