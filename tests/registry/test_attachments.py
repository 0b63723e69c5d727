"""Files inside the register: photo and signature made small, limits, who sees what, undo, erasure."""

from __future__ import annotations

import random
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from PIL import Image

from registry import attachments, pictures
from registry import commands as c
from registry.app import Registry
from registry.errors import BadFile, Invalid, NotAllowed, RegistryError
from registry.kinds import NOT_IN_LIST
from registry.queries import Check, GetHistory, GetPhoto, GetRecord, ListAttachments, VerifyHistory
from registry.transfer.readers.preflight import UNREADABLE
from tests.db.register import decrypted_pages, kept_of
from tests.registry.post import ANA, BO, CLUB, Post

PDF = b"%PDF-1.7\n1 0 obj\n<< /Title (Zwyntharobel) >>\nendobj\n"
_ORIENTATION, _GPS, _MAKER = 0x0112, 0x8825, 0x010F


@pytest.fixture
def clerk(post: Post) -> Registry:
    return post.open("clara")


def photo(path: Path, size: tuple[int, int] = (1200, 900), orientation: int = 1) -> Path:
    """A JPEG as a telephone makes it: the left half red, with the place where it was taken."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_MAKER] = "Lanternworks"
    exif.get_ifd(_GPS).update({1: "N", 2: (45.0, 45.0, 50.0), 3: "E", 4: (4.0, 50.0, 1.0)})
    picture.save(path, exif=exif, comment="Lanternworks")
    return path


def document(folder: Path, content: bytes = PDF, name: str = "Zwyntharobel secret.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def add(registry: Registry, path: Path, kind: str = "document", title: str = "A paper", to: int = ANA) -> int:
    return registry.execute(c.AddAttachment(to, kind, path, title)).value


def listed(registry: Registry, record_id: int = ANA) -> list[tuple[str, str, str]]:
    return [(a.kind, a.title, a.media_type) for a in registry.read(ListAttachments(record_id))]


def shown_photo(registry: Registry, record_id: int = ANA) -> Image.Image:
    content = registry.read(GetPhoto(record_id))
    assert content is not None
    return Image.open(BytesIO(content))


def test_a_photo_is_scaled_and_says_no_more_where_it_was_taken(clerk: Registry, tmp_path: Path) -> None:
    source = photo(tmp_path / "photo.jpg")
    with Image.open(source) as taken:
        assert taken.getexif().get_ifd(_GPS)
    assert b"Lanternworks" in source.read_bytes()
    add(clerk, source, "photo", "")
    kept = shown_photo(clerk)
    assert kept.size == (600, 450)
    assert kept.format == "JPEG"
    assert not kept.getexif()
    assert not {"exif", "comment", "icc_profile"} & kept.info.keys()
    content = clerk.read(GetPhoto(ANA)) or b""
    assert b"Exif" not in content
    assert b"Lanternworks" not in content
    assert len(content) < 60_000


def test_a_photo_is_turned_upright(clerk: Registry, tmp_path: Path) -> None:
    add(clerk, photo(tmp_path / "photo.jpg", orientation=6), "photo", "")  # the camera was held on its side
    kept = shown_photo(clerk).convert("RGB")
    assert kept.size == (600, 800)
    top, bottom = kept.getpixel((300, 100)), kept.getpixel((300, 700))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 50 > top[2]
    assert bottom[2] > 200 > 50 > bottom[0]


@pytest.mark.parametrize("written_as", ["PNG", "WEBP", "JPEG"])
def test_a_signature_is_a_picture_on_white(clerk: Registry, tmp_path: Path, written_as: str) -> None:
    drawn = Image.new("RGBA", (1800, 300), (0, 0, 0, 0)) if written_as != "JPEG" else Image.new("CMYK", (1800, 300))
    path = tmp_path / "drawn"
    drawn.save(path, written_as)
    number = add(clerk, path, "signature", "")
    target = tmp_path / "copy.png"
    clerk.execute(c.SaveAttachment(number, target))
    with Image.open(target) as kept:
        assert (kept.format, kept.size) == ("PNG", (600, 100))
        assert kept.convert("RGB").getpixel((300, 50)) == (255, 255, 255)


def test_a_small_picture_is_not_made_larger(clerk: Registry, tmp_path: Path) -> None:
    add(clerk, photo(tmp_path / "small.jpg", (90, 120)), "photo", "")
    assert shown_photo(clerk).size == (90, 120)


def test_there_is_one_photo_and_undo_brings_the_one_before_back(clerk: Registry, tmp_path: Path) -> None:
    add(clerk, photo(tmp_path / "a.jpg", (60, 80)), "photo", "")
    add(clerk, photo(tmp_path / "b.jpg", (30, 40)), "photo", "")
    assert listed(clerk) == [("photo", "", "image/jpeg")]
    assert shown_photo(clerk).size == (30, 40)
    clerk.execute(c.Undo())
    assert listed(clerk) == [("photo", "", "image/jpeg")]
    assert shown_photo(clerk).size == (60, 80)
    clerk.execute(c.Undo())
    assert listed(clerk) == []
    assert clerk.read(GetPhoto(ANA)) is None
    assert clerk.read(VerifyHistory()).ok


def _bomb(path: Path) -> Path:
    """A PNG of 900 million pixels in some hundred kilobytes."""
    side = 30_000
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side // 8 + 1)) for _row in range(side)) + packer.flush()

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def test_a_decompression_bomb_is_refused_with_a_sentence(clerk: Registry, tmp_path: Path) -> None:
    bomb = _bomb(tmp_path / "bomb.png")
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(BadFile, match="more than 120 million pixels"):
        add(clerk, bomb, "photo", "")
    assert listed(clerk) == []


@pytest.mark.parametrize(
    "content",
    [PDF, b"\xff\xd8\xff\xe0 no picture", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBPVP8 ", b"GIF89a", b"a text"],
)
def test_what_is_no_picture_is_no_photo(clerk: Registry, tmp_path: Path, content: bytes) -> None:
    for kind in ("photo", "signature"):
        with pytest.raises(BadFile) as caught:
            add(clerk, document(tmp_path, content), kind, "")
        assert caught.value.message == pictures.NO_PICTURE


def test_a_cut_off_picture_is_refused(clerk: Registry, tmp_path: Path) -> None:
    whole = photo(tmp_path / "photo.jpg").read_bytes()
    with pytest.raises(BadFile) as caught:
        add(clerk, document(tmp_path, whole[: len(whole) // 2]), "photo", "")
    assert caught.value.message == pictures.NO_PICTURE


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, "application/pdf"),
        (b"plain words, \xc3\xa9crits", "text/plain"),
        (b"II*\x00" + bytes(20), "image/tiff"),
        (
            b"PK\x03\x04....word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_content(
    clerk: Registry, tmp_path: Path, content: bytes, expected: str
) -> None:
    path = document(tmp_path, content, "misnamed.exe")
    number = add(clerk, path, "form", "  A  form ")
    assert listed(clerk) == [("form", "A form", expected)]
    target = tmp_path / "copy"
    assert clerk.execute(c.SaveAttachment(number, target)).value == len(content)
    assert target.read_bytes() == content


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03", b"\x7fELF\x02\x01\x00", b"PK\x03\x04....evil.js", b"\xff\xfe\x00"]
)
def test_programs_and_unknown_files_are_refused(clerk: Registry, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadFile) as caught:
        add(clerk, document(tmp_path, content, "harmless.pdf"))
    assert caught.value.message == attachments.OTHER_TYPE


def test_limits_and_what_is_missing_are_told(clerk: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = document(tmp_path, PDF + bytes(10_000_000), "large.pdf")
    refusals: list[tuple[c.AddAttachment, str]] = [
        (c.AddAttachment(ANA, "document", large, "x"), attachments.TOO_LARGE),
        (c.AddAttachment(ANA, "document", document(tmp_path, b"", "e.pdf"), "x"), attachments.EMPTY),
        (c.AddAttachment(ANA, "document", tmp_path / "missing.pdf", "x"), UNREADABLE),
        (c.AddAttachment(ANA, "document", tmp_path, "x"), UNREADABLE),
        (c.AddAttachment(ANA, "document", document(tmp_path), " "), attachments.NO_TITLE),
        (c.AddAttachment(ANA, "video", document(tmp_path), "x"), NOT_IN_LIST),
        (c.AddAttachment(9999, "document", document(tmp_path), "x"), "There is no such record."),
    ]
    for command, message in refusals:
        with pytest.raises(RegistryError) as caught:
            clerk.execute(command)
        assert caught.value.message.startswith(message)
        assert str(tmp_path) not in str(caught.value)
    monkeypatch.setattr(attachments, "MOST_OF_A_RECORD", 1)
    half = document(tmp_path, PDF + bytes(600_000), "half.pdf")
    add(clerk, half)
    with pytest.raises(Invalid) as full:
        add(clerk, half)
    assert full.value.message == attachments.TOO_MUCH
    assert len(listed(clerk)) == 1
    add(clerk, half, to=CLUB)


def test_documents_are_absent_for_those_who_see_no_restricted_fields(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    paper = add(clerk, document(tmp_path))
    face = add(clerk, photo(tmp_path / "p.jpg"), "photo", "")
    assert len(listed(clerk)) == 2
    for name in ("otto", "mara"):
        other = post.open(name)
        assert listed(other) == [("photo", "", "image/jpeg")]
        assert other.read(GetPhoto(ANA))
        assert other.execute(c.SaveAttachment(face, tmp_path / f"{name}.jpg")).value
        with pytest.raises(Invalid) as caught:
            other.execute(c.SaveAttachment(paper, tmp_path / f"{name}.pdf"))
        assert caught.value.message == attachments.NO_FILE
        assert not (tmp_path / f"{name}.pdf").exists()
        with pytest.raises(NotAllowed):
            other.execute(c.RemoveAttachment(face))


def test_removing_is_undone_and_the_history_tells_without_title_or_path(clerk: Registry, tmp_path: Path) -> None:
    number = add(clerk, document(tmp_path), title="Zwyntharobel paper")
    version = clerk.read(GetRecord("people", ANA)).version
    clerk.execute(c.RemoveAttachment(number))
    assert listed(clerk) == []
    with pytest.raises(Invalid):
        clerk.execute(c.RemoveAttachment(number))
    clerk.execute(c.Undo())
    assert listed(clerk) == [("document", "Zwyntharobel paper", "application/pdf")]
    clerk.execute(c.SaveAttachment(number, tmp_path / "copy.pdf"))
    operations = clerk.read(GetHistory(limit=4)).operations
    assert [o.code for o in operations] == ["save_attachment", "undo", "remove_attachment", "add_attachment"]
    assert operations[0].note == {"kind": "document", "record": ANA}
    assert "Zwyntharobel" not in repr(operations)
    kept = clerk.read(ListAttachments(ANA))[0]
    assert (kept.officer, kept.added_on, kept.size) == ("clara", date.today().isoformat(), len(PDF))
    assert clerk.read(GetRecord("people", ANA)).version == version, "no reason for a conflict on the card"
    assert clerk.read(VerifyHistory()).ok


def test_a_copy_that_cannot_be_written_leaves_nothing(clerk: Registry, tmp_path: Path) -> None:
    number = add(clerk, document(tmp_path))
    before = clerk.read(GetHistory(limit=1)).operations[0].batch
    with pytest.raises(RegistryError):
        clerk.execute(c.SaveAttachment(number, tmp_path / "nowhere" / "copy.pdf"))
    assert clerk.read(GetHistory(limit=1)).operations[0].batch == before


def test_deleting_and_undoing_a_record_keeps_its_files(clerk: Registry, tmp_path: Path) -> None:
    add(clerk, document(tmp_path), to=BO)
    clerk.execute(c.DeleteRecords("people", (BO,)))
    assert listed(clerk, BO) == []
    clerk.execute(c.Undo())
    assert len(listed(clerk, BO)) == 1
    assert clerk.read(VerifyHistory()).ok


def test_of_an_erased_record_no_byte_of_its_files_is_left(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    noise = random.Random(5).randbytes(40_000)
    paper, removed = PDF + noise, PDF + noise[::-1]
    add(admin, document(tmp_path, paper), to=BO, title="Zwyntharobel paper")
    admin.execute(c.RemoveAttachment(add(admin, document(tmp_path, removed), to=BO)))
    key, database = admin._unlocked.data_key, post.folder / "registry.db"
    marks = [content[at : at + 64] for content in (paper, removed) for at in (len(PDF), 20_000)]
    forms = [form for mark in marks for form in (mark, mark.hex().encode())]
    kept = kept_of(admin._engine, BO)
    admin.execute(c.ChangeSetting("post_city", "Lyon"))
    admin.execute(c.EraseRecord(BO, "asked for it"))
    pages = decrypted_pages(database, key)
    assert not any(form in pages for form in (*forms, *kept, b"Zwyntharobel"))
    assert admin.read(VerifyHistory()).ok
    assert admin.read(Check()).ok


def test_the_bytes_can_be_found_before_they_are_erased(post: Post, tmp_path: Path) -> None:
    """The same search finds them while they are kept: the test above looks where something is."""
    admin = post.open("amel")
    noise = random.Random(5).randbytes(40_000)
    number = add(admin, document(tmp_path, PDF + noise), to=BO)
    key = admin._unlocked.data_key
    admin.close()
    assert noise[:32] in decrypted_pages(post.folder / "registry.db", key)
    admin = post.open("amel")
    before = kept_of(admin._engine, BO)
    admin.execute(c.RemoveAttachment(number))
    removed = [kept for kept in kept_of(admin._engine, BO) if kept not in before]
    admin.close()
    pages = decrypted_pages(post.folder / "registry.db", key)
    assert removed
    assert all(kept in pages for kept in removed)
