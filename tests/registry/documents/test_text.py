"""Text in many scripts: drawn, and read back in logical order."""

from __future__ import annotations

import time

import pytest

import resources
from registry.documents.fonts import face
from registry.documents.text import Span, Style, clean, lay_out
from tests.registry.documents.pages import character_boxes, pdfium_text, printed, pypdf_text

SCRIPTS = {
    "Latin": "Les représentants œuvrent à l’étranger: Łódź, Đà Nẵng, office, efficient.",
    "Cyrillic": "Уважаемые соотечественники, приглашаем вас на форум.",
    "Greek": "Αγαπητοί συμπολίτες, σας προσκαλούμε στο φόρουμ.",
    "Armenian": "Հյուպատոսությունը հրավիրում է Ձեզ համաժողովին։",
    "Georgian": "საკონსულო გიწვევთ დიასპორის ფორუმზე.",
    "Hebrew": "הקונסוליה מזמינה אתכם לכנס השנתי",
    "Arabic": "تتشرف القنصلية العامة بدعوتكم إلى المنتدى السنوي للجالية",
    "Ethiopic": "ቆንስላው ለዓመታዊው የዲያስፖራ መድረክ ይጋብዝዎታል።",
    "Thai": "สถานกงสุลขอเชิญท่านเข้าร่วม การประชุมประจำปี",
    "Tamil": "தூதரகம் உங்களை ஆண்டு மன்றத்திற்கு அழைக்கிறது.",
    "Chinese": "领事馆诚挚邀请您参加年度侨民论坛，敬请光临。",
    "Traditional Chinese": "領事館誠摯邀請您參加年度僑民論壇。",
    "Japanese": "総領事館は、毎年恒例のフォーラムにご招待申し上げます。",
    "Korean": "영사관은 연례 재외동포 포럼에 귀하를 초대합니다.",
}
#: Vowels move and letters join: PDFium reads what is stated beside the glyphs, pypdf the glyphs alone.
REORDERED = {
    "Devanagari": "वाणिज्य दूतावास आपको प्रवासी मंच की वार्षिक बैठक में आमंत्रित करता है। हिन्दी",
    "Bengali": "কনস্যুলেট আপনাকে বার্ষিক ফোরামে আমন্ত্রণ জানাচ্ছে।",
    "Sinhala": "කොන්සල් කාර්යාලය ඔබට වාර්ෂික සංසදයට ආරාධනා කරයි. ශ්‍රී",
    "Khmer": "ស្ថានកុងស៊ុលសូមអញ្ជើញលោកអ្នកចូលរួមវេទិកាប្រចាំឆ្នាំ។",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_text_reads_back_in_logical_order(script: str) -> None:
    pdf = printed(SCRIPTS[script])
    assert pypdf_text(pdf) == SCRIPTS[script]
    assert pdfium_text(pdf) == SCRIPTS[script]


@pytest.mark.parametrize("script", REORDERED)
def test_reordered_scripts_read_back_in_logical_order(script: str) -> None:
    assert pdfium_text(printed(REORDERED[script])) == REORDERED[script]


@pytest.mark.parametrize("script", [*SCRIPTS, *REORDERED])
def test_no_character_is_a_box(script: str) -> None:
    text = {**SCRIPTS, **REORDERED}[script]
    block = lay_out([Span(text)], 480)
    items = [item for line in block.lines for item in line.items]
    assert items
    assert not any(item.piece.missing for item in items)
    assert all(glyph.number for item in items for glyph in item.piece.glyphs)


def test_right_to_left_words_stand_from_right_to_left() -> None:
    block = lay_out([Span("שלום Hamburg עולם", Style(10))], 480)
    (line,) = block.lines
    faces = [item.piece.face.name for item in line.items if not item.space]
    assert faces == ["NotoSansHebrew-Regular", "NotoSans-Regular", "NotoSansHebrew-Regular"]
    assert line.left > 300
    texts = ["".join(glyph.text for glyph in item.piece.glyphs) for item in line.items if not item.space]
    assert texts == ["םלוע", "Hamburg", "םולש"]


@pytest.mark.parametrize("number", ["+33 1 99 00 12 34", "(+33) 1 99.00.12.34", "01 99 00 12 34"])
@pytest.mark.parametrize("sentence", ["اتصلوا على الرقم {} كل يوم", "Call {} (محمد علي) any day", "محمد علي: {}"])
def test_a_telephone_number_is_dialled_from_left_to_right_in_every_sentence(number: str, sentence: str) -> None:
    text = sentence.format(number)
    (line,) = lay_out([Span(text, Style(10))], 480, direction="rtl").lines
    shown = "".join(glyph.text or " " for item in line.items for glyph in item.piece.glyphs).replace("\u00a0", " ")
    assert number in shown
    if not number.startswith("(") and not sentence.startswith("Call"):  # which PDFium orders by rules of its own
        assert pdfium_text(printed(text)).replace("\u00a0", " ") == text


def test_other_numbers_beside_each_other_follow_the_direction_of_the_sentence() -> None:
    (line,) = lay_out([Span("سنة 2024 2025", Style(10))], 480).lines
    texts = [
        "".join(glyph.text for glyph in item.piece.glyphs).strip("\u200f") for item in line.items if not item.space
    ]
    assert texts == ["2025", "2024", "ةنس"]


def test_a_mixed_paragraph_follows_the_direction_asked_for() -> None:
    block = lay_out([Span("محمد علي lives in Lyon")], 480, direction="ltr")
    (line,) = block.lines
    assert line.left == 0
    assert line.items[0].piece.face.name == "NotoNaskhArabic-Regular"
    first = "".join(glyph.text for glyph in line.items[0].piece.glyphs)
    assert first == "يلع"


def test_justified_lines_fill_the_column_and_the_last_does_not() -> None:
    block = lay_out([Span("The forum brings together citizens and families. " * 6)], 300, align="justify")
    ends = [
        line.left + sum(item.width + (line.gap if item.space else 0) for item in line.items) for line in block.lines
    ]
    assert len(ends) > 3
    assert all(abs(end - 300) < 0.01 for end in ends[:-1])
    assert ends[-1] < 299


def test_wrapping_keeps_every_word() -> None:
    text = "Freundschafts- und Kulturverein der Landsleute, gegründet 1998 – seit 2004 eingetragen. " * 8
    pdf = printed(text, width=170, align="justify")
    assert pdfium_text(pdf).replace("\ufffe", "-") == text.strip()


@pytest.mark.parametrize("character", ["x", "中", "م", "ก", "é", "क्षि", "\u0300", "-", " "])
def test_a_word_without_end_stays_in_bounds_and_is_quick(character: str) -> None:
    start = time.process_time()
    pdf = printed(character * (200_000 // len(character)), width=400)
    assert time.process_time() - start < 2
    (boxes,) = character_boxes(pdf)
    # A mark without a letter hangs over the edge by its own width.
    assert all(left >= 57 - 8 and right <= 57 + 400 + 8 for left, _bottom, right, _top in boxes)


def test_what_no_font_has_is_marked_and_reported() -> None:
    block = lay_out([Span("a\U00012000b")], 480)
    (line,) = block.lines
    assert "".join(item.piece.missing for item in line.items) == "\U00012000"
    assert "".join(glyph.text for item in line.items for glyph in item.piece.glyphs) == "a\ufffdb"


def test_controls_and_overrides_are_dropped() -> None:
    assert clean("a\x00b\x1b[31m\u202eevil\u2066x\u2069\ufeff\u200b\u00adz\ud800") == "ab[31mevilxz"
    assert clean("one\r\ntwo\u2028three\tfour") == "one\ntwo\nthree four"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert len(clean("e" + "\u0301" * 500)) < 8


def test_bold_ideographs_are_drawn_heavier() -> None:
    block = lay_out([Span("王小明", Style(10, bold=True))], 480)
    assert all(item.piece.embolden for line in block.lines for item in line.items)


def test_fonts_fit_their_budget_and_come_with_their_licence() -> None:
    files = list(resources.path("fonts").glob("*.ttf"))
    assert len(files) >= 20
    assert sum(file.stat().st_size for file in files) < 25_000_000
    assert "SIL Open Font License" in resources.path("fonts", "OFL.txt").read_text("utf-8")
    assert all(face(file.stem).characters for file in files)
