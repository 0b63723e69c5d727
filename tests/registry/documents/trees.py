"""Trees of every kind of part, for what must come back from another form of the same document."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from registry.documents.tree import (
    Bullets,
    Condition,
    Enclosure,
    Field,
    Image,
    PageBreak,
    Paragraph,
    Reuse,
    Run,
    Section,
    Table,
    Tree,
)

#: Letters of several scripts, markup, spaces inside: what people write, without what no page prints.
_letters = st.sampled_from("abzÉßжاבमあ0,.<>&\"'")
_words = st.lists(_letters, min_size=1, max_size=6).map("".join)
_text = st.lists(_words, min_size=1, max_size=3).map(" ".join)
_name = st.sampled_from(["city", "forum.date", "post.email", "profile.guild.trade"])
_value = st.sampled_from(["female", "value: of | two words", "100 %", "ÀÉ"])
_size = st.one_of(st.none(), st.integers(8, 40).map(lambda half: half / 2))
_flag = st.booleans()
_leaf = st.one_of(
    st.builds(Run, _text, _flag, _flag, _flag, _size), st.builds(Field, _name, _flag, _flag, _flag, _size)
)
_align = st.sampled_from(["start", "left", "center", "right", "justify"])


def _tests(make: Any, inside: Any) -> Any:
    return st.one_of(
        st.builds(lambda f, t, parts: make(f, t, parts), _name, st.sampled_from(["filled", "empty", "past"]), inside),
        st.builds(lambda f, parts, value: make(f, "equals", parts, (value,)), _name, inside, _value),
        st.builds(
            lambda f, t, parts, values: make(f, t, parts, tuple(values)),
            _name,
            st.sampled_from(["in", "other"]),
            inside,
            st.lists(_value, min_size=1, max_size=3),
        ),
    )


_inline = st.recursive(_leaf, lambda inner: _tests(Condition, st.lists(inner, max_size=2).map(tuple)), max_leaves=4)
inlines = st.lists(_inline, min_size=1, max_size=3).map(tuple)
_row = st.tuples(inlines, inlines)
_plain_block = st.one_of(
    st.builds(Paragraph, inlines, _align, st.sampled_from(["body", "subject", "heading", "signature", "small"])),
    st.builds(Bullets, st.lists(inlines, min_size=1, max_size=3).map(tuple), _flag),
    st.builds(Table, st.lists(_row, min_size=1, max_size=3).map(tuple), st.just((1.0, 3.0)), _flag),
    st.builds(Image, st.sampled_from(["logo", "my seal"]), st.integers(20, 400).map(float), _align),
    st.just(PageBreak()),
    st.builds(Reuse, st.sampled_from(["signature", "footer"])),
    st.builds(Enclosure, st.just("the programme")),
)
_block = st.recursive(_plain_block, lambda inner: _tests(Section, st.lists(inner, max_size=2).map(tuple)), max_leaves=4)
trees = st.lists(_block, max_size=5).map(lambda blocks: Tree(tuple(blocks)))


def one_of_each() -> Tree:
    """Every kind of part, once."""
    bold, field = Run("Bold", bold=True), Field("city", italic=True, size=12.0)
    return Tree(
        (
            Paragraph((Run("Subject"),), style="subject"),
            Paragraph((Run("A heading"),), "center", "heading"),
            Paragraph(
                (
                    Run("Text with {{ braces, "),
                    bold,
                    Run(" and "),
                    field,
                    Condition("city", "filled", (Run(" in "), Field("city")), ()),
                    Condition("sex", "in", (Run(" yes", underline=True),), ("female", "male")),
                ),
                "justify",
            ),
            Bullets(((Run("one"),), (Run("two"), Field("number")))),
            Bullets(((Run("first"),), (Run("second"),)), ordered=True),
            Section(
                "valid_until",
                "past",
                (Paragraph((Run("It has expired."),)), Section("sex", "equals", (PageBreak(),), ("female",))),
            ),
            Table(
                (((Run("Day"),), (Run("Place"),)), ((Field("forum.date"),), (Run("Hall\nFloor 2"),))), (1.0, 2.0), True
            ),
            Image("logo", 120.0, "center"),
            Paragraph((Run("Small print"),), "right", "small"),
            Reuse("signature"),
            Enclosure("programme"),
            Paragraph((Run("The end"),), style="signature"),
        )
    )
