"""Every question the register answers, as a frozen query. How each is answered: actions.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from registry.queries.administration import (
    Check,
    GetBackupAge,
    GetSettings,
    HostFacts,
    ListBackups,
    ListTerms,
    ListUsers,
    UncodedValues,
)
from registry.queries.coverage import Coverage, ListEstimates, PlanEstimates
from registry.queries.duplicates import (
    DuplicatesOf,
    ListDuplicates,
    ListMerged,
    MergeProposal,
    ReviewDuplicates,
    UnmergePlan,
    WeighAnswers,
)
from registry.queries.engagement import ListConcerns, MapAssociations, ProfileSegments, WaysToEngage
from registry.queries.history import FieldOrigins, FindByNumber, GetHistory, LastUndoable, VerifyHistory
from registry.queries.importing import ListForms, PlanImport, ReadList
from registry.queries.mapping import HomeMap, WorldMap
from registry.queries.outreach import (
    CampaignPeople,
    ListCampaigns,
    ListConsentTexts,
    PrepareLetters,
    PreviewLetter,
)
from registry.queries.posts import Distances, LargePlaces, ListPosts, PlanPosts, PlanVisits
from registry.queries.profiles import GetProfile, ListProfiles
from registry.queries.quality import DataQuality, RecordQuality
from registry.queries.query import Query
from registry.queries.reports import PreviewReport
from registry.queries.templates import (
    GetTemplate,
    GetTemplateFile,
    ListTemplateFiles,
    ListTemplates,
    TemplateVersions,
    TryTemplate,
)

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from array import array  # noqa: F401

    from registry.activities import Activity  # noqa: F401
    from registry.attachments import Attachment  # noqa: F401
    from registry.list_views import ListView  # noqa: F401
    from registry.packed.facets import Facet  # noqa: F401
    from registry.records import Record  # noqa: F401
    from registry.registration.view import RegistrationView  # noqa: F401
    from registry.related import Group  # noqa: F401
    from registry.search.completing import Completion  # noqa: F401
    from registry.search.find import SearchAnswer  # noqa: F401
    from registry.segments.looking import SegmentView  # noqa: F401
    from registry.similar import Similar  # noqa: F401
    from registry.skills.inventory import Inventory  # noqa: F401
    from registry.statistics.counting import Statistics  # noqa: F401
    from registry.statistics.saved import Saved  # noqa: F401
    from registry.today import TodaySection  # noqa: F401

#: What stands in other files; everything else is written here.
__all__ = [
    "CampaignPeople",
    "Check",
    "Coverage",
    "DataQuality",
    "Distances",
    "DuplicatesOf",
    "FieldOrigins",
    "FindByNumber",
    "GetBackupAge",
    "GetHistory",
    "GetProfile",
    "GetSettings",
    "GetTemplate",
    "GetTemplateFile",
    "HomeMap",
    "HostFacts",
    "LargePlaces",
    "LastUndoable",
    "ListBackups",
    "ListCampaigns",
    "ListConcerns",
    "ListConsentTexts",
    "ListDuplicates",
    "ListEstimates",
    "ListForms",
    "ListMerged",
    "ListPosts",
    "ListProfiles",
    "ListTemplateFiles",
    "ListTemplates",
    "ListTerms",
    "ListUsers",
    "MapAssociations",
    "MergeProposal",
    "PlanEstimates",
    "PlanImport",
    "PlanPosts",
    "PlanVisits",
    "PrepareLetters",
    "PreviewLetter",
    "PreviewReport",
    "ProfileSegments",
    "Query",
    "ReadList",
    "RecordQuality",
    "ReviewDuplicates",
    "TemplateVersions",
    "TryTemplate",
    "UncodedValues",
    "UnmergePlan",
    "VerifyHistory",
    "WaysToEngage",
    "WeighAnswers",
    "WorldMap",
]


@dataclass(frozen=True)
class GetRecord(Query["Record"]):
    """One record with every field this user may see. Raises `Invalid` if it does not exist."""

    kind: str
    id: int


@dataclass(frozen=True)
class GetRecords(Query["Mapping[int, Record]"]):
    """Records by id with only `columns` filled ("" = all); missing ones are left out."""

    kind: str
    ids: tuple[int, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class GetRegistration(Query["RegistrationView"]):
    """The dated states of one person, and what a move, a return or a death would touch."""

    id: int


@dataclass(frozen=True)
class GetToday(Query["tuple[TodaySection, ...]"]):
    """What waits on a day: one section a matter, without those this user may not see."""

    today: date


@dataclass(frozen=True)
class GetRelated(Query["tuple[Group, ...]"]):
    """What a record is linked to, recorded on its own side or on the other; names only, by group."""

    kind: str
    id: int


@dataclass(frozen=True)
class ListAttachments(Query["tuple[Attachment, ...]"]):
    """The files kept with a record that this user may see, newest first, without their content."""

    id: int


@dataclass(frozen=True)
class GetPhoto(Query["bytes | None"]):
    """The photo of a record as a JPEG file, if there is one."""

    id: int


@dataclass(frozen=True)
class ListActivities(Query["tuple[Activity, ...]"]):
    """Dealings with a record: what is open first, by its date, then the newest."""

    kind: str
    id: int


@dataclass(frozen=True)
class SuggestHousehold(Query[str]):
    """A name for the household of these people: the one that they have, else a new one."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class SimilarRecords(Query["tuple[Similar, ...]"]):
    """Records that may be the one that is being written, the surest first.

    Attributes:
        texts: canonical field name -> text, as typed so far.
    """

    kind: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class ListIds(Query["array[int]"]):
    """Ids of all records found, sorted by a single-valued field ("" = name); of everybody only the `first`; 0 = all."""

    kind: str
    query: str = ""
    sort: str = ""
    descending: bool = False
    first: int = 0


@dataclass(frozen=True)
class CloseRecords(Query["array[int]"]):
    """Ids of records with names close to the words of a query: for those whom no record fits."""

    kind: str
    query: str


@dataclass(frozen=True)
class ReadNames(Query[None]):
    """Read the words of all names into memory, so that the first search for a name needs not."""


@dataclass(frozen=True)
class Search(Query["SearchAnswer"]):
    """The best matches of a query, best first, and how many there are."""

    query: str
    kind: str = "people"
    limit: int = 20
    offset: int = 0
    plain: bool = False


@dataclass(frozen=True)
class MatchReasons(Query["Mapping[int, str]"]):
    """Why a query finds these records, as a sentence by id, where what is shown of them does not tell.

    Attributes:
        ids: a page of what the query found.
        shown: canonical names of the fields that are read beside the name.
    """

    kind: str
    query: str
    ids: tuple[int, ...]
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompleteQuery(Query["Completion"]):
    """What may come next in a query that is being typed: words for fields, or the values of a field with their counts.

    Attributes:
        cursor: how many characters stand before the place where it is typed.
    """

    kind: str
    text: str
    cursor: int
    limit: int = 8


@dataclass(frozen=True)
class Facets(Query["tuple[Facet, ...]"]):
    """How many of the records found have each value, facet by facet; what the query chooses of one does not narrow it.

    Attributes:
        columns: codes of facets (`registry/packed/dimensions.py`) or names of fields; none = all facets of the kind.
        most: so many values of each at most, besides those chosen and those not known.
    """

    kind: str
    query: str = ""
    columns: tuple[str, ...] = ()
    most: int = 8


@dataclass(frozen=True)
class CountBy(Query["Statistics"]):
    """How many of the records found have each value of a field, or each pair of values of two.

    Attributes:
        by: one or two names of fields, or of what `registry/statistics/countable.py` offers beside them.
        public: as it may be published: without protected fields, small counts withheld.
        everybody: also people who do not count by the ministry's definition.
    """

    by: tuple[str, ...]
    query: str = ""
    kind: str = "people"
    public: bool = False
    everybody: bool = True


@dataclass(frozen=True)
class SavedStatistics(Query["tuple[Saved, ...]"]):
    """The statistics that ship and those that colleagues saved, as far as this user sees their fields."""


@dataclass(frozen=True)
class ListSegments(Query["tuple[SegmentView, ...]"]):
    """The segments that this user may use, by name.

    Attributes:
        counts: whether each is counted, and compared with this user's last look.
    """

    kind: str = ""  # both
    counts: bool = True


@dataclass(frozen=True)
class ListViews(Query["tuple[ListView, ...]"]):
    """This user's own views of a list, by name."""

    kind: str


@dataclass(frozen=True)
class SkillsInventory(Query["Inventory"]):
    """People counted by two dimensions, without those who refused the inventory.

    Attributes:
        query: query language; "" = everybody.
        rows, columns: codes of dimensions (`registry/packed/dimensions.py`).
        least: CEFR level below which a spoken language does not count; "" = any.
        everybody: count also those who do not count by the ministry's definition.
    """

    query: str = ""
    rows: str = "occupation.1"
    columns: str = "country"
    least: str = ""
    everybody: bool = False
