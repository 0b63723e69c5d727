"""What the editor shows is the tree, and reads back as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from registry.documents.flat import joined
from registry.documents.templates import as_written, ids_of
from registry.documents.tree import Bullets, Field, Paragraph, Run, Tree
from tests.registry.documents.trees import one_of_each, trees
from ui.templates.chips import chip_format
from ui.templates.document import char_format, fill, insert, read, read_selection


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees)
def test_the_editor_gives_the_tree_back(qtbot: QtBot, tree: Tree) -> None:
    document = QTextDocument()
    fill(document, tree)
    assert read(document) == (joined(tree) if tree.blocks else Tree((Paragraph(()),)))


def test_every_kind_of_part_comes_back(qtbot: QtBot) -> None:
    document, tree = QTextDocument(), one_of_each()
    fill(document, tree)
    assert read(document) == joined(tree)


@pytest.mark.parametrize("name", ids_of("letter"))
def test_every_letter_that_ships_comes_back(qtbot: QtBot, name: str) -> None:
    for tree in as_written("letter", name).trees.values():
        document = QTextDocument()
        fill(document, tree)
        assert read(document) == joined(tree)


def test_a_condition_whose_end_was_deleted_ends_with_its_paragraph(qtbot: QtBot) -> None:
    document = QTextDocument()
    tree = one_of_each()
    fill(document, tree)
    text = document.toRawText()
    end = QTextCursor(document)
    end.setPosition(text.index(" in ") + 5)
    end.deleteChar()
    assert isinstance(read(document), Tree)


def test_two_equal_chips_side_by_side_are_two(qtbot: QtBot) -> None:
    document = QTextDocument()
    tree = Tree((Paragraph((Field("city"), Field("city"))),))
    fill(document, tree)
    assert read(document) == tree


def test_what_is_marked_can_be_put_in_elsewhere(qtbot: QtBot) -> None:
    document, other = QTextDocument(), QTextDocument()
    fill(document, one_of_each())
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    marked = read_selection(cursor)
    assert any(isinstance(block, Bullets) for block in marked.blocks)
    fill(other, Tree((Paragraph((Run("before"),)),)))
    at = QTextCursor(other)
    at.movePosition(QTextCursor.MoveOperation.End)
    insert(at, marked.blocks[:3])
    assert read(other).blocks[0] == Paragraph((Run("before"),))
    assert len(read(other).blocks) == 4


def test_a_chip_that_is_typed_over_keeps_its_look(qtbot: QtBot) -> None:
    document = QTextDocument()
    cursor = QTextCursor(document)
    cursor.insertText("\ufffc", chip_format(Field("city"), char_format(Run("", bold=True))))
    assert read(document) == Tree((Paragraph((Field("city", bold=True),)),))
