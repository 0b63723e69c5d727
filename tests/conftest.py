"""What every test stands on: no display, a home of its own, no unexpected warning or dialog."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before the first import of Qt, which reads them once.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"

from registry import i18n

# Machines are shared and slow at times: no example fails for its time.
settings.register_profile("patient", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

#: Where the optional public data sets lie; tests that need them are not collected without it.
TEST_DATA = Path(os.environ.get("DIASPORA_TEST_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")

#: Variables through which a person's own settings, registry or folders would leak into a test.
_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")
_PROGRAM = ("DIASPORA_REGISTRY", "DIASPORA_REGISTRY_USER", "DIASPORA_REGISTRY_PASSWORD_FILE")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--long`, with which the fault tests repeat their faults many times."""
    parser.addoption("--long", action="store_true", help="repeat each fault many times")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the public data sets where these are absent."""
    absent = [item for item in items if _lacks_data(item)]
    if absent:
        config.hook.pytest_deselected(items=absent)
        items[:] = [item for item in items if item not in absent]


def _lacks_data(item: pytest.Item) -> bool:
    nothing_to_read = any(
        "empty parameter set" in str(mark.kwargs.get("reason", "")) for mark in item.iter_markers("skip")
    )
    return nothing_to_read or ("test_data" in getattr(item, "fixturenames", ()) and not TEST_DATA.is_dir())


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of the public data sets."""
    return TEST_DATA


@pytest.fixture(scope="session")
def long_run(pytestconfig: pytest.Config) -> bool:
    """Whether faults are to be repeated many times (`--long`)."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test an empty home, settings and temporary folder of its own, and English."""
    home = tmp_path_factory.mktemp("home")
    for variable in _HOMES:
        monkeypatch.setenv(variable, str(home))
    for variable in _XDG:
        monkeypatch.setenv(variable, str(home / variable.lower()))
    (home / "xdg_runtime_dir").mkdir(mode=0o700)
    temporary = home / "temporary"
    temporary.mkdir()
    for variable in _TEMPORARY:
        monkeypatch.setenv(variable, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for variable in _PROGRAM:
        monkeypatch.delenv(variable, raising=False)
    i18n.use_language("en")
    yield home
    i18n.use_language("en")


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail the test if the program logged a warning or worse, unless marked `expects_warnings`."""
    yield
    if request.node.get_closest_marker("expects_warnings"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    unexpected = [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    assert not unexpected, f"logged: {unexpected}"


@pytest.fixture(autouse=True)
def no_dialog_left() -> Iterator[None]:
    """Fail the test if it ends while a modal dialog waits for an answer that nobody will give."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    dialog = application.activeModalWidget() if application else None
    if dialog is not None:
        title = dialog.windowTitle()
        dialog.close()
        pytest.fail(f"the test left a dialog open: {title!r}")
