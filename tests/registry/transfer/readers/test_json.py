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
    "text",
    ["[1, 2]", '[{"a": "b"}, "c"]', "{}", '{"a": 1}', "[" * 100_000, '[{"a": }]', '[{"a": "' + "x" * 40_000 + '"}]'],
)
def test_what_holds_no_records_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BadFile), open_table_file(path):
        pass


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            '[{"phone": 33612345678.0, "id": 12345678901234567890}]',
            [["phone", "id"], ["33612345678.0", "1234567890" * 2]],
        ),
        ('[{"address": {"city": "Lyon"}}]', [["address.city"], ["Lyon"]]),
        (
            '[{"job": [{"title": "Baker"}, {"title": "Cook", "tasks": [{"a": "1"}, {"a": "2"}]}]}]',
            [["job.title", "job.title.2", "job.tasks.a.2", "job.tasks.2.a.2"], ["Baker", "Cook", "1", "2"]],
        ),
        ('[{"phone": "1", "phone": "2"}]', [["phone", "phone.2"], ["1", "2"]]),
        ('{"header": [1], "people": [{"name": "Ana"}]}', [["name"], ["Ana"]]),
        ('[{"na\\udc00me": "A\\ud800", "b": "\\ud83d\\ude00"}]', [["na\ufffdme", "b"], ["A\ufffd", "\U0001f600"]]),
    ],
)
def test_nothing_of_a_record_is_lost(tmp_path: Path, text: str, rows: list[list[str]]) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, "utf-8")
    with open_table_file(path) as file:
        assert [row for batch in file.rows(file.sheets[0]) for row in batch.rows] == [
            [cell or None for cell in row] for row in rows
        ]
