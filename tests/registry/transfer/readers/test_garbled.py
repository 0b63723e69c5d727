"""Texts that were read in a wrong encoding before the file was saved are told and kept."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.transfer.readers import garbled
from tests.registry.transfer.importing import plan, records, take_in, write_csv, write_workbook


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850"])
@pytest.mark.parametrize("text", ["François", "Müller", "Zoë Ñandú", "Réunion", "Señora"])
def test_utf8_in_another_encoding_is_seen(text: str, encoding: str) -> None:
    assert garbled.is_garbled(text.encode().decode(encoding))


@pytest.mark.parametrize("text", ["Иван", "محمد", "ከበደ", "l’ami", "สมชาย"])
def test_other_scripts_are_seen_too(text: str) -> None:
    # Where the encoding has no letter, programs take the byte for a control sign.
    letters = (bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert garbled.is_garbled("".join(letters))


@pytest.mark.parametrize(
    "text",
    [
        "François",
        "DÉCÉDÉ…",
        "SÃO PAULO",
        "«É»",
        "Різдво",
        "Наташа",
        "محمد",
        "Ñuñoa",
        "ÂÂ",
        "N° 5 «Été»",
        "王小明",
        "½ – €",
    ],
)
def test_texts_as_they_are_written_are_none(text: str) -> None:
    assert not garbled.is_garbled(text)


def test_they_are_told_once_and_kept(registry: Registry) -> None:
    listed = [["City", "Name"], ["Lyon", "FranÃ§ois Exemple"], ["Orl\ufffdans", "Bo Exemple"], ["Nîmes", "Cy Exemplé"]]
    folder = registry.folder.parent
    for path in (write_csv(folder / "list.csv", listed), write_workbook(folder / "list.xlsx", List=listed)):
        said = [text for text in plan(registry, path).warnings if "wrong encoding" in text]
        assert [text[: text.index(";")] for text in said] == [
            "2 cells look like texts in a wrong encoding (the first in row 2: “FranÃ§ois Exemple”)"
        ]
    take_in(registry, folder / "list.csv")
    assert [r.values["full_name"] for r in records(registry)] == ["FranÃ§ois Exemple", "Bo Exemple", "Cy Exemplé"]
