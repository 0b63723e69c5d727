"""Whatever two records say: merging and taking apart is the identity, and the order of merging loses no fact."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import commands as c
from registry import fields
from registry.app import Registry
from registry.queries import VerifyHistory
from tests.registry.post import Post
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


people = st.fixed_dictionaries(_NEEDED, optional=_OTHERS).map(_whole)
some = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@some
@given(records=st.lists(people, min_size=2, max_size=3))
def test_merging_and_taking_apart_is_the_identity(post: Post, records: list[dict[str, str]]) -> None:
    with _clerk(post) as clerk:
        ids = [add(clerk, texts).id for texts in records]
        before = everything(clerk)
        clerk.execute(c.MergeRecords(ids[0], tuple(ids[1:])))
        for _other in ids[1:]:
            clerk.execute(c.UnmergeRecord(str(ids[0])))
        assert everything(clerk) == before
        assert clerk.read(VerifyHistory()).ok


@some
@given(records=st.lists(people, min_size=3, max_size=3))
def test_the_order_of_merging_changes_no_fact(post: Post, records: list[dict[str, str]]) -> None:
    with _clerk(post) as clerk:
        left = [add(clerk, texts).id for texts in records]
        right = [add(clerk, texts).id for texts in records]
        clerk.execute(c.MergeRecords(left[0], (left[1],)))
        clerk.execute(c.MergeRecords(left[0], (left[2],)))
        clerk.execute(c.MergeRecords(right[1], (right[2],)))
        clerk.execute(c.MergeRecords(right[0], (right[1],)))
        assert facts(clerk, left[0]) == facts(clerk, right[0])


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
    from tests.registry.post import PASSWORD

    return Registry.open(post.folder, "clara", PASSWORD)
