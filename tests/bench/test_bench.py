"""The benchmarks run, in small; how fast is nobody's business here."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import NAMES, run


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_gives_figures(name: str) -> None:
    lines = run((name,), small=True)
    assert lines
    for line in lines:
        assert line["ours"] > 0
        assert set(line) == {"name", "ours", "peer", "ratio", "bar"}
