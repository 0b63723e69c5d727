"""A letter as it would be printed: of a campaign that is being prepared, or of a template that is being written."""

from __future__ import annotations

from dataclasses import replace

from registry import records
from registry.context import View
from registry.documents import templates
from registry.outreach.addressees import acting_for, household
from registry.outreach.letter_making import ALONE, LettersPreview, one_letter
from registry.queries import PreviewLetter, TryTemplate


def preview_letter(view: View, query: PreviewLetter) -> LettersPreview:
    """The letter of one recipient, whether or not consent has been given: it is only looked at."""
    letter_template, record_id = templates.template(query.template), query.record_id
    kind = records.kinds_of(view.connection, [record_id]).get(record_id, "")
    together = household(view, query.household) if query.household else ALONE
    whom = acting_for(view, kind, query.per, [record_id]).get(record_id, together)
    return one_letter(view, letter_template, record_id, query.language, query.variables, query.printing, whom)


def try_template(view: View, query: TryTemplate) -> LettersPreview:
    """The letter of one person from a template as it stands in the editor; a block is shown as a letter of its own."""
    written = query.template
    trees = {code: templates.with_blocks(tree, code) for code, tree in written.trees.items()}
    return one_letter(view, replace(written, trees=trees), query.record_id, query.language, {})
