"""Pictures of the place Outreach: its campaigns, its templates, what is printed beside letters."""

from __future__ import annotations

from tests import campaign_scenes, paper_scenes, template_scenes

#: Name of the picture -> what brings the stage there.
SCENES = template_scenes.SCENES | paper_scenes.SCENES | campaign_scenes.SCENES
