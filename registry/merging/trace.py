"""What a merge did, kept with the merged record: ids, values of the survivor's own row, and why they were one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field


@dataclass
class Trace:
    """What one record's merging into another changed there.

    Attributes:
        own: column of the survivor's own row -> [before, after].
        moved: table -> [id that a row had, id that it has at the survivor].
        filled: table -> [id of a row of the survivor, the values that it took over where it had none].
        added: table -> ids of rows made for the survivor, such as the other name.
        gave_way: table -> ids of rows removed because the merged record's say more, or count instead.
        pointed: table -> ids of rows of others that led to the merged record.
        said: by field what it said for one (nats), as the queue had it, and in "" the log-odds; {} = not compared.
    """

    own: dict[str, list[object]] = field(default_factory=dict)
    moved: dict[str, list[list[int]]] = field(default_factory=dict)
    filled: dict[str, list[tuple[int, dict[str, object]]]] = field(default_factory=dict)
    added: dict[str, list[int]] = field(default_factory=dict)
    gave_way: dict[str, list[int]] = field(default_factory=dict)
    pointed: dict[str, list[int]] = field(default_factory=dict)
    said: dict[str, float] = field(default_factory=dict)

    def pairs(self) -> Iterator[tuple[str, int, int]]:
        """(table, id before, id since) of every moved row."""
        return ((table, old, new) for table, some in self.moved.items() for old, new in some)

    def dump(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def load(cls, text: str) -> Trace:
        """As it was kept."""
        return cls(**json.loads(text))
