"""Questions about records that may be one, or are one already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.matching.groups import DuplicateGroup, DuplicatesToReview  # noqa: F401
    from registry.matching.judging import Effect  # noqa: F401
    from registry.matching.review import DuplicatePair  # noqa: F401
    from registry.merging.merged import MergedPart  # noqa: F401
    from registry.merging.proposal import Proposal  # noqa: F401
    from registry.merging.unmerging import UnmergeView  # noqa: F401


@dataclass(frozen=True)
class ListDuplicates(Query["tuple[DuplicatePair, ...]"]):
    """Pairs that may be one and wait, the likeliest first; `threshold` (0..1) is for those that are in no group."""

    kind: str = "people"
    threshold: float = 0.5
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True)
class ReviewDuplicates(Query["DuplicatesToReview"]):
    """Records that may be one, together what is reviewed together; those first that are held for one.

    Attributes:
        limit: how many groups are read; all are counted.
    """

    kind: str = "people"
    limit: int = 200


@dataclass(frozen=True)
class WeighAnswers(Query["Effect"]):
    """What officers' answers teach, and what would become of the queue if it counted."""

    kind: str = "people"


@dataclass(frozen=True)
class DuplicatesOf(Query["tuple[DuplicateGroup, ...]"]):
    """What waits for review and has this record in it, the likeliest first."""

    kind: str
    id: int


@dataclass(frozen=True)
class UnmergePlan(Query["UnmergeView"]):
    """What taking a merged record out would do; its own number, or that of the record that it is part of."""

    number: str


@dataclass(frozen=True)
class ListMerged(Query["tuple[MergedPart, ...]"]):
    """The records that became part of one, the last merged first."""

    id: int


@dataclass(frozen=True)
class MergeProposal(Query["Proposal"]):
    """Records side by side, with the one that should stay and whose value each field should take."""

    ids: tuple[int, ...]
