"""A figure in the window: what it draws, what is under the pointer, what the keyboard chooses, what is copied."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from registry.figures.charts import Group, bars
from registry.figures.shapes import Area, Figure, Palette, Words
from registry.figures.sheet import Style
from ui import theme
from ui.widgets.figure_view import FigureView, Picture, polygon

GROUPS = (Group("DE", "Germany", 120), Group("FR", "France", 60), Group("LB", "Lebanon", None))


def chart(width: float, palette: Palette) -> Figure:
    return bars("People by country", GROUPS, Style(palette, width))


def shown(qtbot: QtBot, width: int = 600) -> FigureView:
    view = FigureView()
    qtbot.addWidget(view)
    view.resize(width, 200)
    view.draw(chart)
    view.show()
    return view


def middle(view: FigureView, key: str) -> QPoint:
    assert view.figure is not None
    box = next(s for s in view.figure.shapes if isinstance(s, Area) and s.key == key)
    x, y = box.rings[0].mean(axis=0) * view.width() / view.figure.width
    return QPoint(round(float(x)), round(float(y)))


def test_what_is_drawn_has_the_colour_of_its_group(qtbot: QtBot) -> None:
    view = shown(qtbot)
    image = view.grab().toImage()
    ratio = image.devicePixelRatio()
    place = middle(view, "DE") * ratio
    assert view.figure is not None
    box = next(s for s in view.figure.shapes if isinstance(s, Area) and s.key == "DE")
    assert image.pixelColor(place) == QColor(box.fill)


def test_a_click_tells_the_key_and_a_click_beside_nothing(qtbot: QtBot) -> None:
    view = shown(qtbot)
    with qtbot.waitSignal(view.chosen, timeout=2000) as told:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, "FR"))
    assert told.args == ["FR"]
    with qtbot.assertNotEmitted(view.chosen):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 2, 2))


def test_the_keyboard_goes_through_the_groups(qtbot: QtBot) -> None:
    view = shown(qtbot)
    chosen: list[str] = []
    view.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_End, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    assert chosen == ["FR", "LB"]
    assert view.accessibleDescription() == "Lebanon: withheld"


def test_whoever_cannot_see_it_hears_its_numbers(qtbot: QtBot) -> None:
    view = shown(qtbot)
    assert view.accessibleName() == "People by country"
    assert view.accessibleDescription() == "Germany: 120; France: 60; Lebanon: withheld."


def test_another_width_is_drawn_anew_not_stretched(qtbot: QtBot) -> None:
    view = shown(qtbot)
    assert view.figure is not None
    height, wide = view.figure.height, view.figure.width
    view.resize(900, 200)
    assert view.figure.width > wide
    assert view.figure.height == height
    assert view.minimumHeight() >= height


def test_the_picture_goes_to_the_clipboard(qtbot: QtBot) -> None:
    view = shown(qtbot)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * view.width()
    assert image.pixelColor(1, 1) == QColor(theme.colours().surface)


def test_words_are_cut_to_their_room(qtbot: QtBot) -> None:
    text = "A very long name of a country that nobody has"
    words = Words(10, 20, text, 9, "#000000", room=60)
    picture = Picture(Figure(200, 40, (words,), "", ""))
    image = QImage(400, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.scale(2, 2)
    picture.paint(painter)
    painter.end()
    dark = np.array([[QColor(image.pixel(x, y)).lightness() < 128 for x in range(400)] for y in range(80)])
    right = int(np.flatnonzero(dark.any(axis=0)).max())
    assert 80 < right <= 2 * (10 + 60) + 2


def test_a_hole_is_not_part_of_an_area(qtbot: QtBot) -> None:
    outer = np.array([(0, 0), (30, 0), (30, 30), (0, 30)], np.float32)
    inner = np.array([(10, 10), (20, 10), (20, 20), (10, 20)], np.float32)
    picture = Picture(Figure(30, 30, (Area((outer, inner), "#ff0000", key="ring"),), "", ""))
    assert picture.at(QPointF(5, 5)) == 0
    assert picture.at(QPointF(15, 15)) == -1


def test_points_arrive_as_they_are() -> None:
    points = np.array([(1.5, 2.25), (-3, 4)], np.float32)
    assert [(p.x(), p.y()) for p in polygon(points).toList()] == [(1.5, 2.25), (-3, 4)]


def test_words_keep_their_own_direction_in_a_mirrored_window(qtbot: QtBot) -> None:
    def drawn(direction: Qt.LayoutDirection) -> QImage:
        image = QImage(200, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painter.setLayoutDirection(direction)
        Picture(Figure(200, 40, (Words(10, 20, "18–29", 12, "#000000"),), "", "")).paint(painter)
        painter.end()
        return image

    assert drawn(Qt.LayoutDirection.LeftToRight) == drawn(Qt.LayoutDirection.RightToLeft)
