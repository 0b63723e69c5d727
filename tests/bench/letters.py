"""Letters: ours against a plain reportlab platypus loop on the same words, in the same run (BENCHMARKS rows 4, 4b)."""

from __future__ import annotations

import datetime
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from registry.documents.letters import Letter, Sender, write_letters
from registry.documents.templates import Template
from registry.documents.tree import Field, Paragraph, Run, Tree
from resources import path as resource

_NAMES = ("Amara", "Boris", "Célestine", "Dragan", "Élodie", "Fatou", "Goran", "Hana", "Ígor", "Jelena")
_CITIES = ("Hamburg", "Lyon", "Łódź", "Malmö", "Genève", "Praha", "Zürich", "Köln", "Århus", "Porto")
_LATIN = (
    (
        "The forum brings together citizens, families, associations and the authorities that serve them. It is the "
        "occasion to say plainly what life abroad asks of you, to hear what became of last year’s proposals, and to "
        "decide together what comes next, for those who live here and for those who mean to go back one day."
    ),
    (
        "Attendance is free of charge and your family is welcome. Please reply in good time, giving the number of "
        "people who will come, so that there are chairs, interpreters and a meal for everybody who makes the journey."
    ),
)
_ARABIC = (
    (
        "يجمع المنتدى المواطنين والأسر والجمعيات والسلطات التي تخدمهم، وهو مناسبة لقول ما تتطلبه الحياة في الخارج، "
        "ولسماع ما آلت إليه مقترحات العام الماضي، ولنقرر معا ما سيأتي بعد ذلك لمن يعيشون هنا ولمن ينوون العودة يوما ما."
    ),
    (
        "الحضور مجاني وأسركم موضع ترحيب. نرجو الرد في الوقت المناسب مع ذكر عدد من سيحضرون حتى تكون هناك مقاعد ومترجمون "
        "ووجبة دافئة لكل من يقطع هذه الرحلة إلينا من قريب أو من بعيد في هذا اليوم الذي يجمعنا مرة كل عام."
    ),
)


def run(count: int, *, arabic: bool = False) -> tuple[float, float]:
    """Write `count` letters both ways; letters a second of ours and of platypus."""
    words = _ARABIC if arabic else _LATIN
    language = "ar" if arabic else "en"
    people = list(_people(count))

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder:
            letters = (_letter(person, language) for person in people)
            write_letters(
                Path(folder, "letters.pdf"),
                letters,
                template=_template(words, language),
                sender=Sender("Republic of Avaria", "Consulate General", "DEU", "Hamburg", logo=_logo()),
                day=datetime.date(2027, 3, 1),
            )

    return count / _seconds(ours), count / _seconds(lambda: _platypus(people, words, arabic))


def main(small: bool = False) -> list[dict[str, object]]:
    """The rows of the benchmark table."""
    count = 20 if small else 2_000
    rows: list[dict[str, object]] = []
    for arabic, bar in ((False, 3.0), (True, 1.5)):
        run(5, arabic=arabic)  # fonts loaded on both sides
        ours, peer = run(count if not arabic else count // 4, arabic=arabic)
        rows.append(
            {
                "name": "letters/s, Arabic" if arabic else "letters/s",
                "ours": round(ours, 1),
                "peer": round(peer, 1),
                "ratio": round(ours / peer, 2),
                "bar": f">= {bar:g}",
            }
        )
    return rows


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _people(count: int) -> Iterator[tuple[str, str, str]]:
    chance = random.Random(4)
    for number in range(count):
        name = f"{chance.choice(_NAMES)} {chance.choice(_NAMES)}ić {number}"
        yield name, chance.choice(_CITIES), f"HAM-{number:06d}"


def _template(words: tuple[str, ...], language: str) -> Template:
    """Four justified paragraphs, two of them with values of the recipient."""
    tree = Tree(
        (
            Paragraph((Field("salutation"), Run(","))),
            Paragraph((Run(words[0]),), "justify"),
            Paragraph((Field("full_name"), Run(", " + words[1] + " "), Field("city")), "justify"),
            Paragraph((Run(words[0]),), "justify"),
            Paragraph((Run(words[1] + " "), Field("number")), "justify"),
            Paragraph((Run("Consulate General"),), style="signature"),
        )
    )
    return Template("bench", "outreach_news", {"en": "Bench"}, (), {language: tree})


def _letter(person: tuple[str, str, str], language: str) -> Letter:
    name, city, number = person
    values = {"salutation": f"Dear {name}", "full_name": name, "city": city, "number": number}
    return Letter(language, (name, "Lindenstraße 12", f"20095 {city}", "DEUTSCHLAND"), values, f"{number[-4:]}-K")


def _logo() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (120, 120), (30, 70, 120)).save(file, "PNG")
    return file.getvalue()


def _set_rise(text: Any, rise: float) -> None:
    """reportlab's own fails on a line that begins with a lifted mark: it looks at the operator before it."""
    text._rise = rise
    text._code.append(f"{rise:.2f} Ts")


def _platypus(people: list[tuple[str, str, str]], words: tuple[str, ...], arabic: bool) -> None:
    """What one writes first with reportlab: a story of flowables, a page break after each letter."""
    from reportlab.lib.enums import TA_JUSTIFY  # type: ignore[import-untyped]
    from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
    from reportlab.pdfgen.textobject import PDFTextObject  # type: ignore[import-untyped]
    from reportlab.platypus import (  # type: ignore[import-untyped]
        Image,
        PageBreak,
        Paragraph,
        SimpleDocTemplate,
        Spacer,
    )

    font = "NotoNaskhArabic-Regular" if arabic else "NotoSans-Regular"
    pdfmetrics.registerFont(TTFont(font, str(resource("fonts", f"{font}.ttf"))))
    plain = ParagraphStyle("plain", fontName=font, fontSize=10.5, leading=14.3, spaceAfter=7)
    full = ParagraphStyle("full", plain, alignment=TA_JUSTIFY)
    if arabic:
        plain.shaping = full.shaping = 1
        plain.wordWrap = full.wordWrap = "RTL"
        PDFTextObject.setRise = _set_rise
    logo = _logo()
    story: list[object] = []
    for name, city, number in people:
        story += [
            Image(io.BytesIO(logo), 45, 45, hAlign="LEFT"),
            Paragraph("Republic of Avaria", plain),
            Paragraph("Consulate General", plain),
            Spacer(1, 60),
            Paragraph(f"{name}<br/>Lindenstraße 12<br/>20095 {city}<br/>DEUTSCHLAND", plain),
            Spacer(1, 40),
            Paragraph("Hamburg, 1 March 2027", plain),
            Paragraph(f"Dear {name},", plain),
            Paragraph(words[0], full),
            Paragraph(f"{name}, {words[1]} {city}", full),
            Paragraph(words[0], full),
            Paragraph(f"{words[1]} {number}", full),
            Paragraph("Consulate General", plain),
            PageBreak(),
        ]
    SimpleDocTemplate(io.BytesIO(), pagesize=A4, title="Letters").build(story)
