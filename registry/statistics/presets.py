"""Statistics that ship: what a ministry asks for first."""

from __future__ import annotations

from dataclasses import dataclass

from registry.access import Session
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_, _
from registry.statistics.countable import countable


@dataclass(frozen=True)
class Preset:
    """One of them.

    Attributes:
        code: what `stats --saved` calls it.
        label: catalogue message.
    """

    code: str
    label: str
    by: tuple[str, ...]
    kind: str = PEOPLE

    @property
    def title(self) -> str:
        """What it is called, in the current language."""
        return _(self.label)


PRESETS = (
    Preset("age-sex", N_("By age and sex"), ("age", "sex")),
    Preset("country-sex", N_("By country and sex"), ("address.country", "sex")),
    Preset("country", N_("By country"), ("address.country",)),
    Preset("generation-age", N_("Generation by age"), ("generation", "age")),
    Preset("occupation-education", N_("Occupation by education"), ("occupation.1", "education")),
    Preset("sector-sex", N_("Sector by sex"), ("sector.section", "sex")),
    Preset("return-generation", N_("Return intention by generation"), ("return_intention", "generation")),
    Preset("engagement-age", N_("Forms of engagement by age"), ("engagement_form", "age")),
    Preset("trust-generation", N_("Trust by generation"), ("trust", "generation")),
    Preset("obstacles-country", N_("Obstacles by country"), ("address.country", "obstacle")),
    Preset("arrival", N_("By year of arrival"), ("arrival_year",)),
    Preset("arrival-reason", N_("Arrival period by reason"), ("arrival_period", "migration_reason")),
    Preset("membership-age", N_("Association membership by age"), ("age", "membership")),
    Preset("dual-citizenship", N_("Dual citizenship in the host country"), ("host.dual_citizenship", "citizenship")),
    Preset("origin", N_("By region of origin"), ("origin_region",)),
    Preset("registered", N_("By year of registration"), ("registered_on",)),
    Preset("associations", N_("Associations by type and level"), ("type", "level"), ASSOCIATIONS),
    Preset("associations-country", N_("Associations by country"), ("address.country",), ASSOCIATIONS),
    Preset("associations-sector", N_("Associations by sector"), ("sector",), ASSOCIATIONS),
)


def presets(session: Session) -> list[Preset]:
    """Those whose fields this user sees."""
    seen = {kind: {one.code for one in countable(kind, session)} for kind in (PEOPLE, ASSOCIATIONS)}
    return [preset for preset in PRESETS if seen[preset.kind].issuperset(preset.by)]
