"""Names are found however they are spelled, in whatever script and order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry.app import Registry
from registry.commands import ImportRecords
from registry.queries import CloseRecords, ListIds, PlanImport, Search
from registry.search.folding import fold
from registry.search.readings import joined, words_of
from registry.transfer.options import ImportOptions
from tests.registry import post as posts

#: (name in the register, what is asked for), invented people all.
OTHER_SCRIPTS = [
    ("محمد الفاسي", "Mohammed Alfassi"),
    ("Fatima Bensouda", "فاطمة بنسودة"),
    ("דוד שמעוני", "David Shimoni"),
    ("Rivka Goldmann", "רבקה גולדמן"),
    ("Владимир Кузнецов", "Vladimir Kuznetsov"),
    ("Oleksandr Shevchuk", "Олександр Шевчук"),
    ("Γιώργος Παπαδάκης", "Giorgos Papadakis"),
    ("Eleni Markou", "Ελένη Μάρκου"),
    ("Արամ Սարգսյան", "Aram Sargsyan"),
    ("Anahit Petrosyan", "Անահիտ Պետրոսյան"),
    ("ნინო ბერიძე", "Nino Beridze"),
    ("Giorgi Kapanadze", "გიორგი კაპანაძე"),
    ("አበበ ተስፋዬ", "Abebe Tesfaye"),
    ("Meseret Bekele", "መሰረት በቀለ"),
    ("रमेश शर्मा", "Ramesh Sharma"),
    ("Sunita Verma", "सुनीता वर्मा"),
    ("রহিম চৌধুরী", "Rahim Chowdhury"),
    ("Nasrin Akter", "নাসরিন আক্তার"),
    ("முருகன் செல்வம்", "Murugan Selvam"),
    ("Lakshmi Raman", "லட்சுமி ராமன்"),
    ("නිමල් පෙරේරා", "Nimal Perera"),
    ("Kumari Fernando", "කුමාරි ප්‍රනාන්දු"),
    ("สมชาย ใจดี", "Somchai Jaidee"),
    ("김민준", "Kim Min-jun"),
    ("Park Seo-yeon", "박서연"),
    ("王伟", "Wang Wei"),
    ("Li Xiaoming", "李小明"),
    ("タナカ ヒロシ", "Tanaka Hiroshi"),
    ("Yamada Sakura", "やまだ さくら"),
]
SPELLINGS = [
    ("Mohamed Benali", "Muhammad Ben Ali"),
    ("Katarzyna Wiśniewska", "Katarzina Wisniewska"),
    ("Jürgen Müller", "Juergen Mueller"),
    ("Jean-Pierre Dubois", "Dubois Jeanpierre"),
    ("Yusuf Hassan Ibrahim", "Youssef Ibrahim"),
    ("Siobhán O’Connor", "OConnor Siobhan"),
    ("Catherine Lefèvre", "Katherine Lefevre"),
    ("Thomas Whitfield", "Tohmas Whitfeild"),
    ("Alexandra Stavropoulou", "Alexandra Stav"),
    ("Maria da Conceição Pereira", "M. Pereira"),
]
OTHERS = [
    "Lena Vogel",
    "Omar Haddad",
    "Marco Ricci",
    "Peter Novak",
    "Sara Lindqvist",
    "Ivan Petkov",
    "Kim Soo-jin",
    "Wang Fang",
    "John Bollinghausen",
    *(f"{given} {family}" for given in ("John", "Joan", "Jon") for family in ("Bull", "Bell", "Ball", "Bolt", "Bole")),
]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("names")
    listed = folder / "names.csv"
    names = [name for name, _asked in (*OTHER_SCRIPTS, *SPELLINGS)] + OTHERS
    listed.write_text("\n".join(["full_name", *names]) + "\n", encoding="utf-8")
    with Registry.open(posts.make(folder / "registry"), "amel", posts.PASSWORD) as opened:
        opened.execute(ImportRecords(opened.read(PlanImport(listed, ImportOptions(duplicates="create")))))
        yield opened


def found(registry: Registry, text: str) -> list[str]:
    """Names in the order in which they are found."""
    return [hit.name for hit in registry.read(Search(text, plain=True)).results]


@pytest.mark.parametrize(("name", "asked"), [*OTHER_SCRIPTS, *SPELLINGS])
def test_the_name_is_found_first(registry: Registry, name: str, asked: str) -> None:
    assert found(registry, asked)[:1] == [name]


def test_a_name_that_is_not_typed_to_its_end_is_among_the_first(registry: Registry) -> None:
    listed = found(registry, "John Boll")
    assert listed.index("John Bollinghausen") < min(listed.index(close) for close in ("Joan Bole", "Jon Bull"))
    assert found(registry, "John Bollinghau")[0] == "John Bollinghausen"


def test_where_nobody_fits_the_close_names_are_asked_for_apart(registry: Registry) -> None:
    assert found(registry, "Peter Nowhere")[0] == "Peter Novak"
    assert list(registry.read(ListIds("people", "Peter Nowhere"))) == []
    close = registry.read(CloseRecords("people", "Peter Nowhere"))
    assert close[0] == registry.read(Search("Peter Novak")).results[0].id
    assert found(registry, "Xqzw Vvrrk") == []
    assert list(registry.read(CloseRecords("people", "Xqzw Vvrrk"))) == []


def test_close_names_count_among_what_is_found(registry: Registry) -> None:
    answer = registry.read(Search("Yousef Ibrahim"))
    assert answer.results[0].name == "Yusuf Hassan Ibrahim"
    assert answer.total == len(answer.results)


def test_words_beside_a_close_name_hold_as_they_are_written(registry: Registry) -> None:
    assert len(registry.read(CloseRecords("people", "Yousef Ibrahim"))) > 0
    for query in ("Yousef Ibrahim sex:female", '"Yousef Ibrahim"', "Yousef Ibrahim 12345", "-Yusuf Ibrahim"):
        assert "Yusuf Hassan Ibrahim" not in [hit.name for hit in registry.read(Search(query)).results], query


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Jean-Pierre O’Neil", [["jean", "pierre", "jeanpierre"], ["oneil"]]),
        ("김응진", [["kim"], ["eungjin"]]),
        ("남궁민수", [["namkung"], ["minsu"]]),
        ("王小明", [["wang"], ["xiaoming"]]),
        ("芭芭拉·鮑克瑟", [["babala"], ["baokese"]]),
        ("Müller, Jürgen (Dr.)", [["muller"], ["jurgen"], ["dr"]]),
        ("- · ", []),
    ],
)
def test_the_words_of_a_name(name: str, words: list[list[str]]) -> None:
    found = words_of(name)
    assert [[*(t.text for t in parts), *([joined(parts).text] if len(parts) > 1 else [])] for parts in found] == words


def test_letters_are_read_by_their_commonest_sound() -> None:
    assert fold("דוד") == "dwd"
    assert fold("خالد") == "khald"
    assert fold("한국") == "hankuk"
