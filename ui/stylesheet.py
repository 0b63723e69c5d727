"""The style of every widget, in one place: a 4-pixel grid, quiet edges, one accent colour, focus always seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from ui.theme import Colours


def stylesheet(c: Colours) -> str:
    """Qt's style sheet for these colours."""
    return "\n".join((_grounds(c), _words(c), _buttons(c), _inputs(c), _lists(c), _bars(c), _pieces(c)))


def _mark(name: str) -> str:
    return f'url("{resources.path("icons", f"{name}.svg").as_posix()}")'


def _grounds(c: Colours) -> str:
    return f"""
QWidget#window, QDialog, QWidget#place {{ background: {c.window}; }}
QFrame[role="surface"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 8px; }}
QFrame[role="panel"] {{ background: {c.surface}; border: none; }}
QFrame[role="reading"] {{ border: 2px solid transparent; border-radius: 4px; }}
QFrame[role="reading"]:focus {{ border-color: {c.accent_text}; }}
QFrame[role="line"] {{ background: {c.line}; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollArea[role="evidence"] {{ border: 2px solid transparent; border-radius: 6px; }}
QScrollArea[role="evidence"]:focus {{ border-color: {c.accent_text}; }}
QFrame[role="banner-danger"] {{ background: {c.danger_soft}; border-radius: 6px; }}
QFrame[role="banner-warning"] {{ background: {c.warning_soft}; border-radius: 6px; }}
QFrame[role="banner-success"] {{ background: {c.success_soft}; border-radius: 6px; }}
QFrame[role="entry"] {{ border: 2px solid transparent; border-radius: 6px; }}
QFrame[role="entry"]:hover {{ background: {c.hover}; }}
QFrame[role="entry"]:focus {{ border-color: {c.accent_text}; }}
QFrame[role="notice"] {{ background: {c.raised}; border: 1px solid {c.edge}; border-radius: 8px; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.edge}; padding: 4px 8px; }}
"""


def _words(c: Colours) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: 17pt; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: 12pt; font-weight: 600; }}
QLabel[role="section"] {{ font-size: 9pt; font-weight: 600; color: {c.accent_text}; }}
QLabel[role="quiet"] {{ color: {c.quiet}; }}
QLabel[role="small"] {{ color: {c.quiet}; font-size: 9pt; }}
QLabel[role="danger"] {{ color: {c.danger}; }}
QLabel[role="warning"] {{ color: {c.warning}; }}
QLabel[role="success"] {{ color: {c.success}; }}
QLabel[role="badge"] {{ background: {c.hover}; color: {c.text}; border-radius: 4px; padding: 2px 8px; font-size: 9pt; }}
QLabel[role="badge-danger"] {{ background: {c.danger_soft}; color: {c.danger}; border-radius: 4px; padding: 2px 8px;
    font-size: 9pt; }}
QLabel[role="badge-warning"] {{ background: {c.warning_soft}; color: {c.warning}; border-radius: 4px;
    padding: 2px 8px; font-size: 9pt; }}
QLabel[role="badge-success"] {{ background: {c.success_soft}; color: {c.success}; border-radius: 4px;
    padding: 2px 8px; font-size: 9pt; }}
"""


def _buttons(c: Colours) -> str:
    return f"""
QPushButton {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 6px;
    padding: 7px 15px; min-height: 18px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:focus {{ border: 2px solid {c.accent_text}; padding: 6px 14px; }}
QPushButton:disabled {{ color: {c.edge}; border-color: {c.line}; background: transparent; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
    font-weight: 600; }}
QPushButton[role="primary"]:hover {{ border-color: {c.text}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="primary"]:disabled {{ background: {c.line}; border-color: {c.line}; color: {c.quiet}; }}
QPushButton[role="danger"] {{ color: {c.danger}; border-color: {c.danger}; }}
QPushButton[role="link"] {{ background: transparent; border: 2px solid transparent; color: {c.accent_text};
    padding: 4px 4px; text-align: left; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-color: {c.accent_text}; }}
QPushButton[role="chip"] {{ border: 1px solid {c.line}; border-radius: 12px; padding: 3px 12px;
    background: {c.surface}; }}
QPushButton[role="chip"]:hover {{ background: {c.hover}; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {c.accent_text}; padding: 2px 11px; }}
QPushButton[role="chip"]:checked, QPushButton[role="chip-on"] {{ background: {c.accent_soft}; color: {c.text};
    border: 1px solid {c.accent_text}; border-radius: 12px; padding: 3px 12px; }}
QPushButton[role="chip-on"]:focus {{ border: 2px solid {c.accent_text}; padding: 2px 11px; }}
QPushButton::menu-indicator {{ image: {_mark("mark_open")}; width: 16px; height: 16px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 8px; }}
QPushButton[menu="true"] {{ padding-right: 30px; }}
QPushButton[menu="true"]:focus {{ padding-right: 29px; }}
QToolButton {{ background: transparent; color: {c.text}; border: 2px solid transparent; border-radius: 6px;
    padding: 4px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {c.accent_soft}; }}
QToolButton:focus {{ border-color: {c.accent_text}; }}
QToolButton:disabled {{ color: {c.edge}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[role="rail"] {{ border-radius: 8px; padding: 8px 4px; text-align: left; }}
QToolButton[role="rail"]:checked {{ background: {c.accent_soft}; font-weight: 600; }}
"""


def _inputs(c: Colours) -> str:
    editors = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox"
    focused = ", ".join(f"{name}:focus" for name in editors.split(", "))
    return f"""
{editors} {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 6px;
    padding: 5px 8px; min-height: 20px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
{focused} {{ border: 2px solid {c.accent_text}; padding: 4px 7px; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ background: {c.window}; color: {c.quiet};
    border-color: {c.line}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {c.danger};
    padding: 4px 7px; }}
QComboBox {{ padding-left: 10px; padding-right: 28px; }}
QComboBox:focus {{ padding-left: 9px; }}
QComboBox:editable {{ padding-left: 8px; }}
QComboBox:editable:focus {{ padding-left: 7px; }}
QComboBox::drop-down {{ border: none; width: 28px; subcontrol-origin: border; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: {_mark("mark_open")}; width: 20px; height: 20px; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {c.quiet}; }}
QComboBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
QComboBox QAbstractItemView {{ background: {c.raised}; border: 1px solid {c.edge}; outline: none; padding: 4px;
    selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 22px; }}
QSpinBox::up-arrow {{ image: {_mark("mark_shut")}; width: 16px; height: 16px; }}
QSpinBox::down-arrow {{ image: {_mark("mark_open")}; width: 16px; height: 16px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent_text}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: 16px; height: 16px; border: 1px solid {c.edge};
    border-radius: 4px; background: {c.surface}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {c.accent};
    border-color: {c.accent}; image: {_mark("mark_check")}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {c.edge}; border-radius: 8px;
    background: {c.surface}; }}
QRadioButton::indicator:checked {{ border: 5px solid {c.accent}; width: 6px; height: 6px; background: {c.on_accent}; }}
"""


def _lists(c: Colours) -> str:
    return f"""
QTableView, QListView, QTreeView, QListWidget, QTableWidget {{ background: {c.surface}; color: {c.text};
    border: 1px solid {c.line}; border-radius: 8px; outline: none; gridline-color: {c.line};
    selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 1px solid {c.accent_text}; }}
QTableView[role="plain"] {{ border: none; border-radius: 0; background: transparent; }}
QListWidget[role="parts"] {{ border: none; border-radius: 0; background: transparent; padding: 8px 4px; }}
QListWidget[role="parts"]:focus {{ border: 1px solid {c.accent_text}; }}
QListWidget[role="parts"]::item {{ padding: 6px 8px; border-radius: 6px; color: {c.quiet}; }}
QListWidget[role="parts"]::item:selected {{ color: {c.text}; }}
QTableView::item, QTreeView::item {{ padding: 0 8px; border: none; }}
QTreeView[role="facets"] {{ padding: 4px 0 4px 4px; }}
QTreeView[role="facets"]::item {{ padding: 0 4px; }}
QTreeView[role="offers"] {{ background: {c.raised}; border: 1px solid {c.edge}; border-radius: 8px; padding: 4px; }}
QTreeView[role="offers"]::item {{ padding: 6px 8px; }}
QListView {{ padding: 4px; }}
QListView::item {{ padding: 6px 8px; border-radius: 4px; }}
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{ background: {c.accent_soft};
    color: {c.text}; }}
QHeaderView {{ background: {c.surface}; border: none; border-top-left-radius: 8px; border-top-right-radius: 8px; }}
QHeaderView::section {{ background: transparent; color: {c.quiet}; border: none;
    border-bottom: 1px solid {c.line}; padding: 8px 11px; font-size: 9pt; font-weight: 600; }}
QHeaderView::section:hover {{ color: {c.text}; }}
QHeaderView::up-arrow {{ image: {_mark("mark_shut")}; width: 16px; height: 16px; subcontrol-position: center right; }}
QHeaderView::down-arrow {{ image: {_mark("mark_open")}; width: 16px; height: 16px;
    subcontrol-position: center right; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; border-radius: 8px; padding: 4px; }}
QMenu::item {{ padding: 7px 24px 7px 12px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {c.accent_soft}; }}
QMenu::item:disabled {{ color: {c.quiet}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
"""


def _bars(c: Colours) -> str:
    return f"""
QWidget#rail {{ background: {c.surface}; }}
QWidget#top {{ background: {c.surface}; }}
QWidget#status {{ background: {c.surface}; }}
QWidget#status QLabel {{ color: {c.quiet}; font-size: 9pt; }}
QWidget#status QLabel[role="warning"] {{ color: {c.warning}; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {c.edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent;
    border: none; width: 0; height: 0; }}
QAbstractScrollArea::corner {{ background: transparent; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QSplitter::handle {{ background: transparent; }}
"""


def _pieces(c: Colours) -> str:
    return f"""
QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {c.quiet}; border: none; border-bottom: 2px solid transparent;
    padding: 8px 4px; margin: 0 12px 0 0; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent_text}; font-weight: 600; }}
QTabBar::tab:focus {{ color: {c.accent_text}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QGroupBox {{ border: none; font-weight: 600; }}
"""
