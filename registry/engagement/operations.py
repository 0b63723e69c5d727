"""What can be asked about associations, segments, concerns and the quality of data: rights, and who answers."""

from __future__ import annotations

from registry import queries as q
from registry.access import Right
from registry.operation import Answer

ANSWERS: dict[type, Answer] = {
    q.MapAssociations: Answer(Right.READ, "registry.engagement.associations:map_associations"),
    q.ProfileSegments: Answer(Right.READ, "registry.engagement.profiles:profile_segments"),
    q.WaysToEngage: Answer(Right.READ, "registry.engagement.ways:ways_to_engage"),
    q.ListConcerns: Answer(Right.READ, "registry.engagement.concerns:list_concerns"),
    q.DataQuality: Answer(Right.READ, "registry.quality.overview:data_quality"),
    q.RecordQuality: Answer(Right.READ, "registry.quality.record:record_quality"),
}
