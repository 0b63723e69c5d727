"""Who counts: the ministry's own definition, with which every count of people begins unless everybody is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from registry.access import Role, Session
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.telling import tell
from registry.search.tree import EVERYBODY, Node, all_of
from registry.segments import kept

#: The name of the setting.
SETTING = "belonging"
UNUSABLE = N_("The definition of who counts cannot be used any more: {reason} An administrator corrects it.")
NO_SEGMENTS = N_("The definition of who counts names no segment, which its maker could change. Write its query here.")
#: All who count see these fields: with others, one definition would not be the same for everybody.
_NAMES = Names(PEOPLE, Session(0, "", Role.MANAGER))


@dataclass(frozen=True)
class Definition:
    """Who counts.

    Attributes:
        node: finds everybody who does.
        words: the definition in the current language; "" = none was made, and everybody counts.
        everybody: whether it is left aside for once.
    """

    node: Node
    words: str
    everybody: bool = False

    def within(self, tree: Node) -> Node:
        """Those of them who count."""
        return tree if self.everybody else all_of((self.node, tree))

    @property
    def narrows(self) -> bool:
        """Whether somebody may be left out of a count by it."""
        return bool(self.words) and not self.everybody


def read(text: str) -> Node:
    """The definition as a tree; raises `Invalid` for what is no query, or about fields that not everybody sees."""
    node = parse(text, _NAMES)
    if any(kept.terms(node)):
        raise Invalid(NO_SEGMENTS)
    return node


def definition(view: View, *, everybody: bool = False) -> Definition:
    """The registry's own, for a count; raises `Invalid` if it speaks of a question that was removed since."""
    text = view.settings.get(SETTING, "")
    try:
        node = read(text)
    except Invalid as problem:
        if everybody:
            return Definition(EVERYBODY, text, everybody=True)
        raise Invalid(UNUSABLE, reason=str(problem)) from None
    return Definition(node, tell(node, _NAMES), everybody)
