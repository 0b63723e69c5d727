"""Pictures whose scenes stand in files of their own, all drawn mirrored too."""

from __future__ import annotations

from tests import (
    campaign_scenes,
    engagement_scenes,
    link_scenes,
    mapping_scenes,
    paper_scenes,
    segment_scenes,
    statistics_scenes,
    template_scenes,
)

#: Name of the picture -> what sets the stage.
SCENES = {
    **link_scenes.SCENES,
    **segment_scenes.SCENES,
    **template_scenes.SCENES,
    **paper_scenes.SCENES,
    **campaign_scenes.SCENES,
    **statistics_scenes.SCENES,
    **engagement_scenes.SCENES,
    **mapping_scenes.SCENES,
}
