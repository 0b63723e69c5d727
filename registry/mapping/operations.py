"""What can be asked and taken out about maps: rights, words in the history, and who carries it out."""

from __future__ import annotations

from registry import commands as c
from registry import queries as q
from registry.access import Right
from registry.i18n import N_
from registry.operation import Action, Answer

#: They take counts out and change nothing: they leave a trace, and nobody waits for them.
ACTIONS: dict[type, Action] = {
    c.WriteMap: Action(
        "map", Right.EXPORT, N_("Write a map"), "registry.mapping.writing:write_map", undoable=False, writes=False
    ),
    c.WriteHomeMap: Action(
        "home_map",
        Right.EXPORT,
        N_("Write a map of origins"),
        "registry.mapping.writing:write_home_map",
        undoable=False,
        writes=False,
    ),
}

ANSWERS: dict[type, Answer] = {
    q.WorldMap: Answer(Right.READ, "registry.mapping.world:world_map"),
    q.HomeMap: Answer(Right.READ, "registry.mapping.home:home_map"),
}
