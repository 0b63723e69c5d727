"""A template that is being written, as it would be printed."""

from __future__ import annotations

from dataclasses import replace

from registry.context import View
from registry.documents import templates
from registry.outreach.letter_making import LettersPreview, one_letter
from registry.queries import TryTemplate


def try_template(view: View, query: TryTemplate) -> LettersPreview:
    """The letter of one person from a template as it stands in the editor; a block is shown as a letter of its own."""
    written = query.template
    trees = {code: templates.with_blocks(tree, code) for code, tree in written.trees.items()}
    return one_letter(view, replace(written, trees=trees), query.record_id, query.language, {})
