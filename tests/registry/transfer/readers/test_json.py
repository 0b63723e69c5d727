"""Lists in JSON are read like any other; what is no list of records ends in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.app import Registry
from registry.errors import BadFile
from registry.transfer.readers.table_files import open_table_file
from tests.registry.transfer.importing import counts, records, take_in


def test_a_list_of_objects_is_a_list(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(
        '[{"Name": "Ana Exemple", "City": "Lyon", "Languages": ["French", "Spanish"]}, {"Name": "Bo"}]', "utf-8"
    )
    assert counts(take_in(registry, path).value) == (2, 0, 0, 0, 0)
    assert records(registry)[0].values["language.2"] == "es"


@pytest.mark.parametrize(
    "text", ["[1, 2]", "{}", '{"a": 1}', "[" * 100_000, '[{"a": }]', '[{"a": "' + "x" * 40_000 + '"}]']
)
def test_what_holds_no_records_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BadFile), open_table_file(path):
        pass
