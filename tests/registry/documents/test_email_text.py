"""The document as HTML and as plain text: back to the same tree, and no value is markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from registry.documents.email_text import html_of, plain_text, tree_of_html
from registry.documents.flat import joined
from registry.documents.templates import template, template_ids
from registry.documents.tree import Bullets, Field, Image, PageBreak, Paragraph, Run, Section, Table, Tree
from tests.registry.documents.trees import one_of_each, trees


def _ratios(tree: Tree) -> Tree:
    """Widths of columns are relative: as shares of a hundred they are the same."""

    def same(block: object) -> object:
        if isinstance(block, Table):
            total = sum(block.widths)
            return Table(block.rows, tuple(round(100 * w / total, 2) for w in block.widths), block.header)
        if isinstance(block, Section):
            return Section(block.field, block.test, tuple(same(each) for each in block.blocks), block.values)  # type: ignore[misc]
        return block

    return Tree(tuple(same(block) for block in tree.blocks))  # type: ignore[misc]


@settings(max_examples=60, deadline=None)
@given(trees)
def test_html_gives_the_tree_back(tree: Tree) -> None:
    assert _ratios(tree_of_html(html_of(tree, None, language="en"))) == _ratios(joined(tree))


def test_every_kind_of_part_comes_back() -> None:
    tree = one_of_each()
    assert _ratios(tree_of_html(html_of(tree, None, language="en"))) == _ratios(joined(tree))


@pytest.mark.parametrize("name", template_ids())
def test_every_letter_that_ships_comes_back(name: str) -> None:
    for language, tree in template(name).trees.items():
        assert _ratios(tree_of_html(html_of(tree, None, language=language))) == _ratios(joined(tree))


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    "</p></body></html><a href=x>",
    "{{city}} {{if city}}",
    "&amp; &#0; <!-- -->",
    "a\x00b\x1b[31m\u202ec",
    "x\r\nBcc: everybody@example.org",
]


@pytest.mark.parametrize("value", [*HOSTILE, "w" * 200_000])
def test_a_value_is_text_and_nothing_else(value: str) -> None:
    tree = Tree((Paragraph((Run("Dear "), Field("full_name"))), Bullets(((Field("full_name"),),))))
    started = time.process_time()
    html = html_of(tree, {"full_name": value}, language="en")
    text = plain_text(tree, {"full_name": value})
    assert time.process_time() - started < 2
    assert not any(found in html for found in ("<script", "<img", "<a ", "\x00", "\x1b", "\u202e"))
    assert html.count("</body>") == 1
    read = tree_of_html(html)
    assert all(isinstance(block, Paragraph | Bullets) for block in read.blocks)
    assert "\x00" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_recipient_reads_words_in_their_direction() -> None:
    tree = Tree(
        (
            Paragraph((Run("مرحبا "), Field("full_name", bold=True)), "center"),
            Table((((Run("a"),), (Run("b"),)),), (1.0, 1.0)),
            Image("logo", 100.0),
            PageBreak(),
            Bullets(((Run("one"),), (Run("two"),)), ordered=True),
        )
    )
    html = html_of(tree, {"full_name": "Ana"}, language="ar", sources={"logo": "cid:logo"})
    assert '<html lang="ar" dir="rtl">' in html
    assert "<b>Ana</b>" in html
    assert 'src="cid:logo"' in html
    assert "text-align:center" in html
    assert plain_text(tree, {"full_name": "Ana"}) == "مرحبا Ana\n\na  b\n\n1. one\n2. two\n"
    assert "cid" not in html_of(tree, {}, language="ar")


def test_a_page_from_elsewhere_keeps_its_words_and_looks() -> None:
    page = """<html><head><title>T</title><style>p{}</style></head><body><h3>News</h3><p>Some <strong>bold</strong>
      and <em>slanted</em> text<script>x()</script></p><div>In a division</div><ul><li>one<li>two</ul></body>"""
    assert tree_of_html(page).blocks[:3] == (
        Paragraph((Run("News"),), style="heading"),
        Paragraph((Run("Some "), Run("bold", bold=True), Run(" and "), Run("slanted", italic=True), Run(" text"))),
        Paragraph((Run("In a division"),)),
    )
