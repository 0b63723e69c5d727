"""What an operation changed, for whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

#: What the registry's own tables are called when they changed; those of records have their records' kind.
KIND_OF_TABLE = {
    "campaign": "campaigns",
    "consent_text": "consent_texts",
    "duplicate_pair": "duplicates",
    "host_fact": "host_countries",
    "key_slot": "staff",
    "list_view": "list_views",
    "profile": "profiles",
    "saved_statistics": "statistics",
    "segment": "segments",
    "setting": "settings",
    "template": "templates",
    "template_file": "templates",
    "term": "vocabularies",
    "user_account": "staff",
}

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True)
class Changes:
    """Kinds and ids touched: "people", "associations", "backups" and the values of `KIND_OF_TABLE`.

    Attributes:
        ids: kind -> ids touched.
    """

    ids: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def touch(self, kind: str) -> bool:
        """Whether anything of `kind` changed."""
        return bool(self.ids.get(kind))


@dataclass(frozen=True)
class Outcome(Generic[Value]):
    """What `Registry.execute` gives back.

    Attributes:
        value: the command's own result.
        batch: number of the operation in the history; 0 = it changed nothing, or leaves no trace there.
        changes: what was touched.
    """

    value: Value
    batch: int
    changes: Changes
