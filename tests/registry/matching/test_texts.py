"""Columns of texts as numbers: as many as come, each once and in order, whatever letters they have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.matching import texts
from registry.matching.texts import Column, Kept, Numbering

lists = st.lists(st.lists(st.text(max_size=3), max_size=5), max_size=40)


@settings(max_examples=40, deadline=None)
@given(listed=st.lists(st.text(st.characters(), max_size=4)))
def test_texts_in_one_piece_come_back_as_they_were(listed: list[str]) -> None:
    kept = Kept(listed)
    assert [*kept] == kept[:] == listed
    assert kept[1:-1] == listed[1:-1]
    assert kept.take(np.arange(len(listed))[::-1]) == listed[::-1]
    assert [kept[n] for n in range(-len(listed), len(listed))] == listed * 2
    with pytest.raises(IndexError):
        kept[len(listed)]


@settings(max_examples=40, deadline=None)
@given(rows=lists, at_once=st.integers(1, 4))
def test_a_column_says_of_every_record_what_it_said(rows: list[list[str]], at_once: int) -> None:
    """Also where texts are put away again and again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "_AT_ONCE", at_once)
        column = Column(3)
        for some in (rows[:2], rows[2:]):
            owners = [place for place, row in enumerate(some) for _text in row]
            column.extend(len(some), owners, [text for row in some for text in row])
        found = column.texts()
    assert [*found.texts] == sorted(set(found.texts))
    said = [[found.texts[code] for code in codes if code >= 0] for codes in found.codes.tolist()]
    assert said == [list(dict.fromkeys(filter(None, row)))[:3] for row in rows]
    assert found.counts().tolist() == [sum(text in row for row in said) for text in found.texts]


@settings(max_examples=40, deadline=None)
@given(listed=st.lists(st.text(max_size=2)), at_once=st.integers(1, 4))
def test_numbers_lead_to_the_texts_that_got_them(listed: list[str], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "_AT_ONCE", at_once)
        numbering = Numbering()
        numbers = numbering.each(listed[:3]) + numbering.each(listed[3:])
        kept, places = numbering.settled()
    assert [kept[place] for place in places[numbers].tolist()] == listed if listed else not len(kept)
    assert places[-1] == -1
