"""Photos and signatures made small: decoded in the guarded child, turned upright, scaled, without what cameras add."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps

from registry.errors import BadFile
from registry.i18n import N_

NO_PICTURE = N_("This file is damaged, or no picture. Choose a JPEG, PNG or WebP file.")
TOO_MANY_PIXELS = N_("This picture has more than {limit} million pixels. Make it smaller and choose it again.")

#: The formats that are decoded, as Pillow calls them.
_FORMATS = ("JPEG", "PNG", "WEBP")
#: Most pixels that are decoded, in millions: more than any camera of a telephone takes.
MOST_MILLIONS = 120
_QUALITY = 88


def fitted(content: bytes, width: int, height: int, written_as: str) -> Iterator[list[bytes]]:
    """The picture in `content`, not larger than so many pixels, as a new "JPEG" or "PNG" file; raises `BadFile`."""
    Image.MAX_IMAGE_PIXELS = None  # asked below, before a pixel is decoded
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_MILLIONS * 1_000_000:
                raise BadFile(TOO_MANY_PIXELS, limit=MOST_MILLIONS)
            # A JPEG is decoded at half, a quarter or an eighth of its size where that is enough; upright or not.
            longest = max(width, height)
            picture.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((width, height), Image.Resampling.LANCZOS)
            opaque = _on_white(upright)
    except (OSError, SyntaxError, ValueError, EOFError):
        raise BadFile(NO_PICTURE) from None
    written = BytesIO()
    # Made of the pixels alone: no place, time, camera or thumbnail comes along.
    clean = Image.frombytes("RGB", opaque.size, opaque.tobytes())
    clean.save(written, written_as, quality=_QUALITY, optimize=True)
    yield [written.getvalue()]


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency: a signature cut out of its paper stays black on white."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGB", layered.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground
