"""Questions about campaigns and letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from registry.queries.query import Query

if TYPE_CHECKING:
    from registry.documents.letters import Printing
    from registry.outreach.campaigns import CampaignPage, CampaignView  # noqa: F401
    from registry.outreach.consent_texts import ConsentText  # noqa: F401
    from registry.outreach.letter_making import LettersPreview  # noqa: F401
    from registry.outreach.preparing import Recipients  # noqa: F401


@dataclass(frozen=True)
class PrepareLetters(Query["Recipients"]):
    """Who would get something and who would not, and why; as of `PrepareCampaign`, but nothing is kept."""

    query: str
    template: str = ""
    purpose: str = ""
    language: str = "auto"
    ids: tuple[int, ...] | None = None
    channel: str = "letter"
    basis: str = ""
    per: str = "person"
    kind: str = "people"
    follows: str = ""


@dataclass(frozen=True)
class PreviewLetter(Query["LettersPreview"]):
    """The letter of one recipient as the PDF will be.

    Attributes:
        variables, printing, per: as of `WriteLetters`.
        household: ids of others of the household whom it serves too.
    """

    record_id: int
    template: str
    language: str = "auto"
    variables: Mapping[str, str] = field(default_factory=dict)
    printing: Printing | None = None
    per: str = "person"
    household: tuple[int, ...] = ()


@dataclass(frozen=True)
class ListCampaigns(Query["tuple[CampaignView, ...]"]):
    """Campaigns, newest first, with their counts; `code` = only this one."""

    code: str = ""


@dataclass(frozen=True)
class CampaignPeople(Query["CampaignPage"]):
    """The people or associations of a campaign in one state.

    Attributes:
        state: "prepared", "printed", "posted", "delivered", "returned", "answered" or "excluded"; "" = all.
    """

    code: str
    state: str = ""
    offset: int = 0
    limit: int = 200


@dataclass(frozen=True)
class ListConsentTexts(Query["tuple[ConsentText, ...]"]):
    """The texts on which consent was asked, newest first; `purpose` "" = all."""

    purpose: str = ""
