"""Whatever people are called and say, what is exported of them imports again as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from registry.app import Registry
from registry.commands import DeleteRecords, ExportRecords, LoadDemonstration
from registry.fields import PEOPLE
from registry.queries import ListIds
from tests.registry.transfer.importing import contents, counts, take_in

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=20)
#: What stands in a column of telephones or e-mail addresses and is something else, or more.
_CONTACTS = st.sampled_from(
    ["ana@example.org", "ring ana@example.org", "+33199001234 / b@example.org", "none", "at home"]
)
_PERSON = st.fixed_dictionaries(
    {"full_name": _TEXTS.map(lambda t: "Ana " + t)},
    optional={
        "external_id": st.uuids().map(str),
        "family_name": _TEXTS,
        "birth_date": st.one_of(st.dates().map(str), _TEXTS),
        "state": st.sampled_from(["active", "lapsed", "gone away"]),
        "sex": st.sampled_from(["male", "F", "perhaps"]),
        "phone": st.one_of(st.just("+33199001234"), _CONTACTS, _TEXTS),
        "phone.2": st.one_of(_CONTACTS, _TEXTS),
        "phone.3": st.just("0199001235"),
        "email": st.one_of(st.emails(), _CONTACTS, _TEXTS),
        "email.2": st.emails(),
        "address.city": _TEXTS,
        "address.country": st.one_of(st.just("PER"), _TEXTS),
        "address.street.2": _TEXTS,
        "citizenship": st.one_of(st.sampled_from(["FRA", "PER"]), _TEXTS),
        "citizenship.2": st.sampled_from(["FRA", "DEU"]),
        "language": st.one_of(st.just("fr"), _TEXTS),
        "language.level": st.sampled_from(["B2", "fluent"]),
        "skill": _TEXTS,
        "skill.2": _TEXTS,
        "skill.level.2": st.sampled_from(["3", "high"]),
        "association.role": _TEXTS,
        "association.2": _TEXTS,
        "association.from.2": st.one_of(st.just("1999"), _TEXTS),
        "consent.outreach_news.letter": st.sampled_from(["given", "refused", "maybe"]),
        "notes": _TEXTS.map(lambda t: t + "\n" + t),
    },
)


@pytest.fixture(scope="module")
def two_registries(
    empty_template: Path, other_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Registry, Registry]]:
    """Two registries, to be emptied after each example."""
    folder = tmp_path_factory.mktemp("two")
    one, other = (shutil.copytree(t, folder / name) for t, name in ((empty_template, "one"), (other_template, "other")))
    with Registry.open(one, "demo", "demo") as first, Registry.open(other, "demo", "demo") as second:
        yield first, second


# Few examples of many people: each starts two processes that read the file.
@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "json", "vcf"])
@given(people=st.lists(_PERSON, min_size=6, max_size=14))
@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking would import hundreds of times
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
def test_export_then_import_is_the_identity(
    two_registries: tuple[Registry, Registry], ending: str, people: list[Mapping[str, str]]
) -> None:
    one, other = two_registries
    for used in two_registries:
        used.execute(DeleteRecords(PEOPLE, tuple(used.read(ListIds(PEOPLE)))))
    one.execute(LoadDemonstration(PEOPLE, tuple(people)))
    path = one.folder.parent / f"out.{ending}"
    one.execute(ExportRecords(PEOPLE, "", path, "test"))
    assert counts(take_in(one, path).value)[2] == len(people)
    take_in(other, path, duplicates="create")
    assert contents(other) == contents(one)
