"""What can be done and asked about estimates, posts and visits: rights, words in the history, who carries it out."""

from __future__ import annotations

from registry import commands as c
from registry import queries as q
from registry.access import Right
from registry.i18n import N_
from registry.operation import Action, Answer


def _taking_out(code: str, label: str, handler: str) -> Action:
    """What takes counts out and changes nothing: it leaves a trace, and nobody waits for it."""
    return Action(code, Right.EXPORT, label, handler, undoable=False, writes=False)


ACTIONS: dict[type, Action] = {
    c.SaveEstimate: Action(
        "save_estimate", Right.ESTIMATE, N_("Write down an estimate"), "registry.coverage.estimates:save_estimate"
    ),
    c.RemoveEstimates: Action(
        "remove_estimates", Right.ESTIMATE, N_("Remove estimates"), "registry.coverage.estimates:remove_estimates"
    ),
    c.ImportEstimates: Action(
        "import_estimates", Right.ESTIMATE, N_("Import estimates"), "registry.coverage.planning:import_estimates"
    ),
    c.WriteCoverage: _taking_out(
        "write_coverage", N_("Write the coverage"), "registry.coverage.writing:write_coverage"
    ),
    c.WriteVisits: _taking_out("write_visits", N_("Write a plan of visits"), "registry.posts.writing:write_visits"),
    c.SavePost: Action("save_post", Right.SETTINGS, N_("Write down a post"), "registry.posts.keeping:save_post"),
    c.RemovePosts: Action("remove_posts", Right.SETTINGS, N_("Remove posts"), "registry.posts.keeping:remove_posts"),
    c.ImportPosts: Action("import_posts", Right.SETTINGS, N_("Import posts"), "registry.posts.planning:import_posts"),
}

ANSWERS: dict[type, Answer] = {
    q.ListEstimates: Answer(Right.READ, "registry.coverage.estimates:list_estimates"),
    q.PlanEstimates: Answer(Right.ESTIMATE, "registry.coverage.planning:plan_estimates"),
    q.Coverage: Answer(Right.READ, "registry.coverage.comparing:coverage"),
    q.ListPosts: Answer(Right.READ, "registry.posts.keeping:list_posts"),
    q.PlanPosts: Answer(Right.SETTINGS, "registry.posts.planning:plan_posts"),
    q.Distances: Answer(Right.READ, "registry.posts.distances:distances"),
    q.PlanVisits: Answer(Right.READ, "registry.posts.visits:plan_visits"),
    q.LargePlaces: Answer(Right.READ, "registry.posts.visits:large_places"),
}
