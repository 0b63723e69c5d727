"""What can be asked about associations, segments, concerns and quality, and the report: rights, and who answers."""

from __future__ import annotations

from registry import commands as c
from registry import queries as q
from registry.access import Right
from registry.i18n import N_
from registry.operation import Action, Answer

ACTIONS: dict[type, Action] = {
    c.WriteReport: Action(
        "report",
        Right.EXPORT,
        N_("Write the mapping report"),
        "registry.report.making:write_report",
        undoable=False,
        writes=False,
    ),
}

ANSWERS: dict[type, Answer] = {
    q.MapAssociations: Answer(Right.READ, "registry.engagement.associations:map_associations"),
    q.ProfileSegments: Answer(Right.READ, "registry.engagement.profiles:profile_segments"),
    q.WaysToEngage: Answer(Right.READ, "registry.engagement.ways:ways_to_engage"),
    q.ListConcerns: Answer(Right.READ, "registry.engagement.concerns:list_concerns"),
    q.DataQuality: Answer(Right.READ, "registry.quality.overview:data_quality"),
    q.PreviewReport: Answer(Right.EXPORT, "registry.report.making:preview_report"),
    q.RecordQuality: Answer(Right.READ, "registry.quality.record:record_quality"),
}
