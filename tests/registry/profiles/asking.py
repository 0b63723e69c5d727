"""What the tests of profile templates ask a registry again and again."""

from __future__ import annotations

from pathlib import Path

from registry import additions, fields, vocabularies
from registry.app import Registry
from registry.commands import ImportRecords
from registry.queries import GetRecord, ListIds, PlanImport
from registry.records import Record
from registry.transfer.options import ImportOptions
from tests.registry.post import ANA


def record(registry: Registry, record_id: int = ANA) -> Record:
    return registry.read(GetRecord("people", record_id))


def answers(of: Record) -> dict[str, str]:
    return {name: value for name, value in of.values.items() if name.startswith("profile.")}


def found(registry: Registry, query: str) -> list[int]:
    return list(registry.read(ListIds("people", query)))


def names(registry: Registry) -> list[str]:
    with additions.in_use(registry.additions()):
        return [f.name for f in fields.of("people") if f.asked and not f.former]


def imported(registry: Registry, path: Path) -> dict[str, int]:
    plan = registry.read(PlanImport(path, ImportOptions()))
    result = registry.execute(ImportRecords(plan)).value
    return {"created": result.created, "updated": result.updated, "unchanged": result.unchanged}


def choices(vocabulary: str) -> list[tuple[str, str]]:
    return vocabularies.get(vocabulary).choices()
